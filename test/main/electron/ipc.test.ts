import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { ServerEvent } from '#contract/answer';
import { maximumInputBytes } from '#main/app/limits';
import { channels } from '#preload/channels';
import { passPhrase, temporaryFolder } from '#test/support/app';
import { desktop, type TestDesktop } from '#test/support/desktop';
import { BrowserWindow, DroppedFile, frame, ipcRenderer, mainWorld, speakFrom, stage } from '#test/support/electron';

const signIn = async ({ ivy }: TestDesktop): Promise<void> => {
  expect(await ivy.call(1, 'platform.sessions.signIn', { email: 'ada@school.example', passPhrase })).toMatchObject({ ok: true });
};
const refusal = { ok: false, error: { code: 'not_permitted' } };

describe('the window’s page', () => {
  it('sees eleven functions of the program, and nothing of Electron', async () => {
    const { ivy } = await desktop();
    expect([...mainWorld.keys()]).toEqual(['ivy']);
    expect(ivy.door).toBe('electron');
    expect(Object.keys(ivy).sort()).toEqual(['addFile', 'call', 'cancel', 'chooseFile', 'chooseFolder', 'contact', 'door', 'openAttachment', 'openLink', 'saveDownload', 'subscribe']);
    expect(Object.isFrozen(ivy)).toBe(true);
  });

  it('calls an entry', async () => {
    const { ivy } = await desktop();
    expect(await ivy.call(1, 'platform.workspaces.status', {})).toMatchObject({ ok: true, result: { state: 'open' } });
    expect(await ivy.call(2, 'no.such.entry', {})).toMatchObject({ ok: false, error: { code: 'unknown_entry' } });
  });

  it('is signed in without ever holding the token', async () => {
    const given = await desktop();
    const { ivy, window, test } = given;
    const signedIn = await ivy.call(1, 'platform.sessions.signIn', { passPhrase });
    expect(signedIn).not.toHaveProperty('token');
    expect(await ivy.call(2, 'platform.sessions.current', {})).toMatchObject({ ok: true, result: { user: { email: 'ada@school.example' } } });
    const { items } = (await test.owner.call('platform.sessions.list')) as { items: { door: string }[] };
    expect(items.map(({ door }) => door)).toContain('electron');
    // A token is 43 letters of base64url; nothing of that shape was in an answer or an event.
    expect(JSON.stringify([signedIn, window.webContents.sent])).not.toMatch(/[\w-]{43}/);
    expect(await ivy.call(3, 'platform.sessions.signOut', {})).toMatchObject({ ok: true });
    expect(await ivy.call(4, 'platform.sessions.current', {})).toMatchObject({ ok: false, error: { code: 'not_signed_in' } });
  });

  it('stays signed in when it is loaded anew, while another window is a stranger', async () => {
    const given = await desktop();
    await signIn(given);
    given.window.webContents.reload();
    expect(await given.ivy.call(1, 'platform.sessions.current', {})).toMatchObject({ ok: true });
    const other = new BrowserWindow();
    await other.loadURL('ivy://app/');
    speakFrom(other.webContents);
    expect(await given.ivy.call(2, 'platform.sessions.current', {})).toMatchObject(refusal);
  });

  it('hears what changes as whoever is signed in', async () => {
    const given = await desktop();
    const events: ServerEvent[] = [];
    const stop = given.ivy.subscribe((event) => events.push(event));
    await given.test.newUser('staff');
    await new Promise((done) => setTimeout(done, 60));
    expect(events).toEqual([]);
    await signIn(given);
    await given.test.newUser('staff');
    await vi.waitFor(() => {
      expect(events.some((event) => event.kind === 'changed' && event.changes.some(({ topic }) => topic === 'users'))).toBe(true);
    });
    stop();
    const before = events.length;
    await given.test.newUser('staff');
    await new Promise((done) => setTimeout(done, 60));
    expect(events).toHaveLength(before);
  });

  it('may call with plain JSON alone, and no more of it than any other door takes', async () => {
    const { ivy } = await desktop();
    expect(await ivy.call(1, 'platform.workspaces.status', 'a'.repeat(maximumInputBytes))).toMatchObject({ ok: false, error: { code: 'too_large' } });
    for (const args of [[], ['1', 'platform.workspaces.status', {}], [1, 7, {}], [1, 'a'.repeat(500), {}]]) {
      expect(await ipcRenderer.invoke(channels.call, ...args)).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
    }
  });

  it('cancels a call, and leaves none behind when it is loaded anew or dies', async () => {
    const { ivy, window, test } = await desktop();
    const signals: AbortSignal[] = [];
    vi.spyOn(test.app, 'call').mockImplementation((_request, { signal }) => {
      signals.push(signal);
      return new Promise((done) => {
        signal.addEventListener('abort', () => { done({ ok: false, error: { code: 'cancelled', message: 'Cancelled.' } }); });
      });
    });
    const cancelled = { ok: false, error: { code: 'cancelled' } };
    const first = ivy.call(1, 'platform.workspaces.status', {});
    ivy.cancel(1);
    expect(await first).toMatchObject(cancelled);
    const second = ivy.call(2, 'platform.workspaces.status', {});
    window.webContents.reload();
    expect(await second).toMatchObject(cancelled);
    const third = ivy.call(3, 'platform.workspaces.status', {});
    window.webContents.dies();
    expect(await third).toMatchObject(cancelled);
    expect(signals).toHaveLength(3);
  });
});

describe('somebody else who speaks on the channel', () => {
  it('is not heard: a frame inside the page, a foreign page in the window, a frame that has gone', async () => {
    const given = await desktop();
    await signIn(given);
    const { contents } = { contents: given.window.webContents };
    const strangers = [
      frame('https://attacker.example/'),
      frame('ivy://app.attacker.example/'),
      frame('file:///tmp/page.html'),
      frame('ivy://app/', contents.mainFrame),
      null,
    ];
    for (const stranger of strangers) {
      speakFrom(contents, stranger);
      for (const channel of Object.values(channels).filter((name) => stage.handlers.has(name))) {
        expect(await ipcRenderer.invoke(channel, 1, 'platform.sessions.current', {}), stranger?.url).toMatchObject(refusal);
      }
    }
    expect(stage.dialogs).toEqual([]);
    expect(stage.opened).toEqual([]);
  });

  it('cancels nothing', async () => {
    const { ivy, window, test } = await desktop();
    let aborted = false;
    vi.spyOn(test.app, 'call').mockImplementation((_request, { signal }) => {
      signal.addEventListener('abort', () => { aborted = true; });
      return new Promise(() => undefined);
    });
    void ivy.call(1, 'platform.workspaces.status', {});
    speakFrom(window.webContents, frame('https://attacker.example/'));
    ipcRenderer.send(channels.cancel, 1);
    await new Promise((done) => setTimeout(done, 20));
    expect(aborted).toBe(false);
  });
});

describe('files', () => {
  it('are chosen in a dialog; the page learns an id, a name and a size', async () => {
    const given = await desktop();
    await signIn(given);
    const path = join(temporaryFolder(), 'leads.csv');
    writeFileSync(path, 'name\nZara\n');
    const registered = vi.spyOn(given.test.app, 'registerFile');
    stage.chooses.open = path;
    const chosen = await given.ivy.chooseFile({ title: 'Leads', extensions: ['csv', 'xlsx'] });
    expect(chosen).toEqual({ fileId: expect.any(String) as string, name: 'leads.csv', bytes: 10 });
    expect(stage.dialogs).toEqual([{ kind: 'open', options: { title: 'Leads', properties: ['openFile'], filters: [{ name: 'Leads', extensions: ['csv', 'xlsx'] }] } }]);
    // It is the person's own file: it stays when the core has read it.
    expect(registered).toHaveBeenCalledWith(expect.any(String), expect.objectContaining({ path, temporary: false }));
    stage.chooses.open = null;
    expect(await given.ivy.chooseFile({ title: 'Leads', extensions: ['csv'] })).toBeNull();
  });

  it('are dropped from the disk, and only from there', async () => {
    const given = await desktop();
    await signIn(given);
    const path = join(temporaryFolder(), 'leads.csv');
    writeFileSync(path, 'a');
    expect(await given.ivy.addFile(new DroppedFile(path))).toMatchObject({ name: 'leads.csv', bytes: 1 });
    await expect(given.ivy.addFile(new File(['a'], 'made-up.csv'))).rejects.toThrow(/Ivy does not understand/);
    await expect(given.ivy.addFile(new DroppedFile(temporaryFolder()))).rejects.toThrow(/not a file/);
    await expect(given.ivy.addFile(new DroppedFile('relative.csv'))).rejects.toThrow(/not a file/);
  });

  it('are refused to somebody who is not signed in', async () => {
    const { ivy } = await desktop();
    const path = join(temporaryFolder(), 'leads.csv');
    writeFileSync(path, 'a');
    await expect(ivy.addFile(new DroppedFile(path))).rejects.toThrow('Sign in first.');
  });

  it('are saved where the person says, and not where they say nothing', async () => {
    const given = await desktop();
    await signIn(given);
    const { ivy } = given;
    const { result } = (await ivy.call(1, 'platform.audit.export', {})) as { result: { jobId: string } };
    const downloadId = await vi.waitFor(async () => {
      const job = (await ivy.call(2, 'platform.jobs.get', { jobId: result.jobId })) as { result: { state: string; result: { downloadId: string } } };
      expect(job.result.state).toBe('succeeded');
      return job.result.result.downloadId;
    });
    expect(await ivy.saveDownload(downloadId, '../ignored')).toBe(false);
    const path = join(temporaryFolder(), 'mine.csv');
    stage.chooses.save = path;
    expect(await ivy.saveDownload(downloadId, '../ignored')).toBe(true);
    expect(readFileSync(path, 'utf8')).toContain('sequence,at,who');
    expect(stage.dialogs.at(-1)).toEqual({ kind: 'save', options: { defaultPath: 'audit.csv' } });
    await expect(ivy.saveDownload('unknown', 'x')).rejects.toThrow(/no longer at hand/);
    // A place where nothing can be written is said to be one.
    const folder = join(temporaryFolder(), 'folder');
    mkdirSync(folder);
    stage.chooses.save = folder;
    await expect(ivy.saveDownload(downloadId, 'x')).rejects.toThrow();
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });
});

describe('links of a page', () => {
  it('are opened by the main process, once they are checked', async () => {
    const { ivy } = await desktop();
    await ivy.openLink('https://school.example/');
    await ivy.contact('email', 'zara@school.example');
    expect(stage.opened).toEqual(['https://school.example/', 'mailto:zara@school.example']);
    await expect(ivy.openLink('file:///etc/passwd')).rejects.toThrow('Ivy opens only https links.');
    await expect(ivy.contact('phone', 'javascript:1')).rejects.toThrow(/not an address/);
    await expect(ivy.contact('fax' as 'phone', '1234')).rejects.toThrow(/does not understand/);
    expect(stage.opened).toHaveLength(2);
  });
});

describe('what is attached to a lead', () => {
  /** Somebody at the window with a lead, and what they attach to it. */
  const scene = async () => {
    const given = await desktop();
    await signIn(given);
    const { id: leadId } = await given.test.owner.call('admissions.leads.create', { givenName: 'Zara' });
    const attach = async (fileId: string): Promise<string> => {
      const answer = (await given.ivy.call(2, 'admissions.attachments.create', { leadId, fileId })) as { ok: boolean; result: { id: string; path: null } };
      expect(answer).toMatchObject({ ok: true, result: { path: null, state: 'there' } });
      return answer.result.id;
    };
    const attachAt = async (path: string): Promise<string> => {
      stage.chooses.open = path;
      return attach((await given.ivy.chooseFile({ title: 'Attach a file', extensions: [] }))!.fileId);
    };
    return { ...given, attach, attachAt };
  };

  it('is chosen in the system’s dialog and opened by its own program', async () => {
    const { ivy, attachAt, attach } = await scene();
    const folder = temporaryFolder();
    const path = join(folder, 'transcript.PDF');
    writeFileSync(path, 'a');
    await ivy.openAttachment(await attachAt(path));
    expect(stage.dialogs).toEqual([{ kind: 'open', options: { title: 'Attach a file', properties: ['openFile'], filters: [] } }]);
    stage.chooses.open = join(folder, 'papers');
    mkdirSync(join(folder, 'papers'));
    const chosen = await ivy.chooseFolder('Attach a folder');
    expect(chosen).toMatchObject({ name: 'papers' });
    await ivy.openAttachment(await attach(chosen!.fileId));
    expect([stage.opened, stage.revealed]).toEqual([[path, join(folder, 'papers')], []]);
  });

  it('is shown in its folder and not run where it is a program', async () => {
    const { ivy, attachAt, attach } = await scene();
    const folder = temporaryFolder();
    for (const name of ['setup.exe', 'run.sh', 'macro.docm', 'plain']) writeFileSync(join(folder, name), 'a');
    for (const name of ['setup.exe', 'run.sh', 'macro.docm', 'plain']) await ivy.openAttachment(await attachAt(join(folder, name)));
    mkdirSync(join(folder, 'Program.app'));
    stage.chooses.open = join(folder, 'Program.app');
    await ivy.openAttachment(await attach((await ivy.chooseFolder('Attach'))!.fileId));
    expect(stage.opened).toEqual([]);
    expect(stage.revealed.map((path) => path.slice(folder.length + 1))).toEqual(['setup.exe', 'run.sh', 'macro.docm', 'plain', 'Program.app']);
  });

  it('says so where it is gone, or where nothing opens it', async () => {
    const { ivy, attachAt } = await scene();
    const path = join(temporaryFolder(), 'gone.txt');
    writeFileSync(path, 'a');
    const id = await attachAt(path);
    stage.opens = false;
    await expect(ivy.openAttachment(id)).rejects.toThrow(/no application/);
    rmSync(path);
    await expect(ivy.openAttachment(id)).rejects.toThrow(/gone\.txt is not there any more\. It was moved, renamed or deleted/);
    await expect(ivy.openAttachment('no id')).rejects.toThrow();
  });
});
