import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, workspaceApp } from '#test/support/app';

async function scene(door: 'cli' | 'web' = 'cli') {
  const test = await workspaceApp({ door });
  const { id: leadId } = await test.owner.call('admissions.leads.create', { givenName: 'Zara' });
  const list = async () => (await test.owner.call('admissions.attachments.list', { leadId })).items;
  return { ...test, leadId, list };
}

describe('an attachment', () => {
  it('refers to a file or folder of this machine, and says when it is gone', async () => {
    const { owner, leadId, list, app } = await scene();
    const folder = temporaryFolder();
    const path = join(folder, 'transcript.pdf');
    writeFileSync(path, 'a');
    mkdirSync(join(folder, 'papers'));
    const file = await owner.call('admissions.attachments.create', { leadId, path });
    expect(file).toMatchObject({ kind: 'file', name: 'transcript.pdf', path, link: null, state: 'there', addedBy: 'Ada Lovelace' });
    expect(await owner.call('admissions.attachments.create', { leadId, path: join(folder, 'papers'), name: 'All her papers' })).toMatchObject({ kind: 'folder', name: 'All her papers' });
    expect(await owner.call('admissions.attachments.open', { id: file.id })).toEqual({ kind: 'file', link: null, path, openingId: null });
    rmSync(path);
    expect((await list()).map(({ name, state }) => [name, state])).toEqual([['All her papers', 'there'], ['transcript.pdf', 'missing']]);
    expect(await owner.refused('admissions.attachments.open', { id: file.id })).toMatchObject({ code: 'not_found', message: expect.stringMatching(/is not there any more.*Attach it again/) });
    expect((await owner.refused('admissions.attachments.create', { leadId, path })).message).toContain('no file or folder');
    // The reference alone is kept, and its path sealed.
    const stored = app.inside.workspace.store().all<{ path: Buffer | null }>('select path from attachments');
    expect(stored.every(({ path: kept }) => kept !== null && !kept.toString('latin1').includes('transcript'))).toBe(true);
    expect(JSON.stringify((await owner.call('platform.audit.list', { limit: 50 })).items)).not.toContain('transcript');
  });

  it('may be an https link, and no other', async () => {
    const { owner, leadId, list } = await scene('web');
    const made = await owner.call('admissions.attachments.create', { leadId, link: 'https://example.org/forms/ucas.pdf?token=secret' });
    expect(made).toMatchObject({ kind: 'link', name: 'example.org/forms/ucas.pdf', link: 'https://example.org/forms/ucas.pdf?token=secret', state: 'there' });
    for (const link of ['http://example.org/', 'file:///etc/passwd', 'javascript:alert(1)', 'https://ada:pass@example.org/', 'not a link', '']) {
      expect((await owner.refused('admissions.attachments.create', { leadId, link })).code, link).toBe('invalid_input');
    }
    expect(await list()).toHaveLength(1);
    await owner.call('admissions.attachments.remove', { id: made.id });
    expect(await list()).toEqual([]);
    await owner.call('admissions.attachments.remove', { id: made.id, removed: false });
    expect(await list()).toMatchObject([{ id: made.id }]);
  });

  it('of a file cannot be made or opened in a browser tab, which is told why', async () => {
    const { owner, leadId, app, signIn, list } = await scene('web');
    expect(await owner.refused('admissions.attachments.create', { leadId, path: '/etc/passwd' })).toMatchObject({ code: 'not_permitted', message: expect.stringContaining('command line') });
    const copy = join(temporaryFolder(), 'copy');
    writeFileSync(copy, 'a');
    const { fileId } = app.registerFile(owner.token(), { path: copy, name: 'transcript.pdf', temporary: true });
    expect(await owner.refused('admissions.attachments.create', { leadId, fileId })).toMatchObject({ code: 'not_permitted', message: expect.stringMatching(/hands over a copy/) });
    const path = join(temporaryFolder(), 'transcript.pdf');
    writeFileSync(path, 'a');
    const atTerminal = await signIn('ada@school.example', 'cli');
    const { id } = await atTerminal.call('admissions.attachments.create', { leadId, path });
    expect(await owner.refused('admissions.attachments.open', { id })).toMatchObject({ code: 'not_permitted', message: expect.stringContaining('Ivy’s own window') });
    // The tab learns that there is a file, not where.
    expect(await list()).toMatchObject([{ kind: 'file', name: 'transcript.pdf', path: null, state: 'there' }]);
    expect(readFileSync(path, 'utf8')).toBe('a');
  });

  it('is offered to a window once, and to nobody else', async () => {
    const { owner, leadId, app, signIn } = await scene();
    const path = join(temporaryFolder(), 'transcript.pdf');
    writeFileSync(path, 'a');
    const { id } = await owner.call('admissions.attachments.create', { leadId, path });
    const window = await signIn('ada@school.example', 'electron');
    const { openingId, path: told } = await window.call('admissions.attachments.open', { id });
    expect(told).toBeNull();
    expect(() => app.resolveOpening(null, openingId!)).toThrow('Sign in first.');
    expect(() => app.resolveDownload(window.token(), openingId!)).toThrow(/no longer at hand/);
    expect(app.resolveOpening(window.token(), openingId!)).toMatchObject({ path });
    expect(() => app.resolveOpening(window.token(), openingId!)).toThrow(/Open the attachment again/);
  });
});
