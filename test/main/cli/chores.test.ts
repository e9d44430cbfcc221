import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { passPhrase, temporaryFolder } from '#test/support/app';
import { whyNotBuilt } from '#test/support/built';
import { commandLine, workspaceCommandLine } from '#test/support/commandLine';
import { questionPool } from '#test/support/coursePacks';
import { fileWith, smallCsv } from '#test/support/files';
import { runBuilt } from '#test/support/processes';

const notBuilt = whyNotBuilt();
const alone = { IVY_PASSWORD: undefined };
const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string;

describe.skipIf(notBuilt !== null)(`the chores of the command line${notBuilt === null ? '' : ` (skipped: ${notBuilt})`}`, { timeout: 60_000 }, () => {
  describe('"ivy init"', () => {
    const init = ['init', '--name', 'Ada Lovelace', '--email', 'ada@school.example', '--workspace', 'both'];

    it('makes a workspace, once', async () => {
      const ivy = commandLine();
      const done = await ivy.run([...init, '--workspace-name', 'Ada’s school']);
      expect(done.code).toBe(0);
      expect(done.json()).toEqual({ workspaceId: uuid, userId: uuid, recoveryKey: expect.stringMatching(/^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/) as string });
      expect((await ivy.run(['call', 'platform.settings.get'])).json()).toMatchObject({ workspaceName: 'Ada’s school' });
      const again = await ivy.run(init);
      expect([again.code, again.error().code]).toEqual([1, 'workspace_exists']);
    });

    it('needs a pass phrase, or to be told that there is none', async () => {
      const ivy = commandLine();
      expect((await ivy.run(init, { environment: alone })).code).toBe(2);
      expect((await ivy.run(init, { environment: { IVY_PASSWORD: 'short' } })).error().code).toBe('invalid_input');
      expect((await ivy.run([...init, '--no-pass-phrase'], { environment: alone })).code).toBe(0);
      expect((await ivy.run(['call', 'platform.sessions.current'], { environment: alone })).json()).toMatchObject({ user: { hasPassPhrase: false } });
    });
  });

  it('"ivy login" stays signed in on this command line alone, until "ivy logout"', async () => {
    const ivy = await workspaceCommandLine();
    const done = await ivy.run(['login']);
    expect(done.json()).toEqual({ user: expect.objectContaining({ email: 'ada@school.example' }) as object, expiresAt: expect.any(Number) as number });
    const kept = join(ivy.configuration, 'ivy', 'sessions.json');
    if (process.platform !== 'win32') expect(statSync(kept).mode & 0o077).toBe(0);
    const { token } = (JSON.parse(readFileSync(kept, 'utf8')) as Record<string, { token: string }>)[ivy.profile]!;
    for (const name of readdirSync(ivy.profile)) expect(readFileSync(join(ivy.profile, name)).includes(token), name).toBe(false);
    expect((await ivy.run(['call', 'admissions.leads.list'], { environment: alone })).code).toBe(0);
    expect((await ivy.run(['call', 'platform.sessions.current'], { environment: alone })).json()).toMatchObject({ user: { name: 'Ada Lovelace' } });
    const elsewhere = commandLine(ivy.profile);
    expect((await elsewhere.run(['call', 'admissions.leads.list'], { environment: alone })).error().code).toBe('not_signed_in');
    expect((await ivy.run(['logout'], { environment: alone })).code).toBe(0);
    expect((await ivy.run(['call', 'admissions.leads.list'], { environment: alone })).error().code).toBe('not_signed_in');
  });

  it('"ivy import leads FILE" tells how many came in, and where to see what did not', async () => {
    const ivy = await workspaceCommandLine();
    const done = await ivy.run(['import', 'leads', fileWith(smallCsv)]);
    expect(done.json()).toEqual({ importId: uuid, imported: 4, updated: 0, rejected: 0, duplicates: 0 });
    const again = await ivy.run(['import', 'leads', fileWith(`${smallCsv}A-5,Max\n`)]);
    expect([again.code, again.json()]).toEqual([0, { importId: uuid, imported: 0, updated: 4, rejected: 1, duplicates: 0 }]);
    expect(again.stderr).toMatch(/1 rows were rejected\. See them with: ivy call admissions\.imports\.problems/);
    const missing = await ivy.run(['import', 'leads', 'no-such-file.csv']);
    expect([missing.code, missing.stdout, missing.error().code]).toEqual([1, '', 'not_found']);
  });

  it('"ivy import course FILE" takes a file as it is proposed, "ivy check course FILE" says what is wrong with it', async () => {
    const ivy = await workspaceCommandLine();
    const pool = fileWith(questionPool(), 'pool.csv');
    const done = await ivy.run(['import', 'course', pool]);
    expect([done.code, done.json()]).toEqual([0, { courseId: uuid, questions: 140, flagged: 3, rejected: 0 }]);
    expect((await ivy.run(['check', 'course', pool])).json()).toMatchObject({ format: 'table', questions: 140, problems: [] });
    const gift = fileWith('Which?{=This ~That}\n\nPair?{=a->1 =b->2 =c->3}\n\nBroken{=\n', 'some.gift');
    const some = await ivy.run(['import', 'course', gift]);
    expect([some.code, some.json()]).toEqual([0, { courseId: uuid, questions: 1, flagged: 0, rejected: 2 }]);
    expect(some.stderr).toMatch(/Types of question that Ivy does not ask: matching \(1\)/);
    const checked = await ivy.run(['check', 'course', gift]);
    expect([checked.code, checked.json()]).toEqual([1, expect.objectContaining({ rejected: 2, problems: [{ file: 'some.gift', line: expect.any(Number) as number, severity: 'rejected', reason: expect.stringContaining('GIFT') as string }] })]);
  });

  it('gives an import up where somebody presses Ctrl-C, with nothing of it left', async () => {
    const ivy = await workspaceCommandLine();
    const rows = Array.from({ length: 60_000 }, (_, index) => `A-${String(index)},p${String(index)}@example.com`);
    const args = ['--profile', ivy.profile, 'import', 'leads', fileWith(`Lead ID,Email\n${rows.join('\n')}\n`)];
    const running = runBuilt('cli', args, { environment: { IVY_PASSWORD: passPhrase } });
    await running.said(/Reading/, 'stderr');
    running.child.kill('SIGINT');
    expect((await running.ended).code).toBe(1);
    expect(running.stdout()).toBe('');
    expect(running.stderr().trim().split('\n').at(-1)).toMatch(/^\{"error":\{"code":"cancelled","message":"Cancelled\. Nothing was changed\."\}\}$/);
    expect((await ivy.run(['call', 'admissions.leads.list'])).json()).toMatchObject({ total: 0 });
  });

  it('"ivy backup FILE" and "ivy restore FILE" move a workspace from one profile to another', async () => {
    const ivy = await workspaceCommandLine();
    await ivy.run(['import', 'leads', fileWith(smallCsv)]);
    const file = join(temporaryFolder(), 'whole.ivybackup');
    const done = await ivy.run(['backup', file]);
    expect(done.json()).toMatchObject({ path: file, bytes: statSync(file).size, checksum: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    const other = commandLine();
    expect((await other.run(['restore', file])).json()).toEqual({ done: true });
    expect((await other.run(['call', 'admissions.leads.list'])).json()).toMatchObject({ total: 4 });
    expect((await ivy.run(['restore', file])).error().code).toBe('workspace_exists');
  });

  it('takes its profile from --profile before IVY_PROFILE, and says who signs in with --user', async () => {
    const ivy = await workspaceCommandLine();
    const other = join(temporaryFolder(), 'other');
    expect((await ivy.run(['--profile', other, 'call', 'platform.workspaces.status'])).json()).toMatchObject({ state: 'missing' });
    expect((await ivy.run(['call', 'platform.workspaces.status'])).json()).toMatchObject({ state: 'locked', users: 1 });
    await ivy.run(['call', 'platform.users.create', JSON.stringify({ name: 'Grace Hopper', email: 'grace@school.example', role: 'staff', passPhrase })]);
    expect((await ivy.run(['call', 'platform.settings.get'])).error()).toMatchObject({ code: 'invalid_input', message: expect.stringMatching(/give the e-mail/) as string });
    expect((await ivy.run(['--user', 'grace@school.example', 'call', 'platform.sessions.current'])).json()).toMatchObject({ user: { role: 'staff' } });
  });
});
