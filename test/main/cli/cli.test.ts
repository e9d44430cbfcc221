import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entryNames } from '#contract/index';
import { temporaryFolder } from '#test/support/app';
import { whyNotBuilt } from '#test/support/built';
import { commandLine, workspaceCommandLine } from '#test/support/commandLine';
import { fileWith, smallCsv } from '#test/support/files';
import { runBuilt } from '#test/support/processes';

const notBuilt = whyNotBuilt();
const alone = { IVY_PASSWORD: undefined };
const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string;

describe.skipIf(notBuilt !== null)(`the command line${notBuilt === null ? '' : ` (skipped: ${notBuilt})`}`, { timeout: 60_000 }, () => {
  describe('"ivy entries"', () => {
    it('tells the whole contract as JSON, with permissions and schemas, and touches no profile', async () => {
      const ivy = commandLine();
      const done = await ivy.run(['entries']);
      expect([done.code, done.stderr]).toEqual([0, '']);
      const entries = done.json() as { name: string; permission: string | null; access: unknown; input: object; output: object }[];
      expect(entries.map(({ name }) => name)).toEqual(entryNames);
      for (const entry of entries) {
        expect(entry.input, entry.name).toMatchObject({ $schema: expect.any(String) as string });
        expect(entry.output, entry.name).toMatchObject({ $schema: expect.any(String) as string });
      }
      const by = (name: string) => entries.find((entry) => entry.name === name);
      expect(by('platform.users.create')).toMatchObject({ kind: 'command', permission: 'user_create', access: null, rate: 'admin', input: { required: ['name', 'email', 'role', 'passPhrase'] } });
      expect(by('admissions.imports.run')).toMatchObject({ kind: 'job', permission: null, access: { resource: 'lead_data', operation: 'create' }, changes: expect.arrayContaining(['leads']) as string[] });
      expect(by('platform.workspaces.status')).toMatchObject({ who: 'anyone', permission: null, access: null });
      expect(existsSync(ivy.profile)).toBe(false);
    });

    it('ends quietly where its reader has seen enough', async () => {
      const running = runBuilt('cli', ['entries']);
      running.child.stdout?.destroy();
      expect((await running.ended).code).toBe(0);
      expect(running.stderr()).toBe('');
    });
  });

  describe('"ivy call"', () => {
    it('prints the bare answer as one line, and nothing else on standard output', async () => {
      const ivy = await workspaceCommandLine();
      const done = await ivy.run(['call', 'platform.users.list', '{"include_inactive":false}']);
      expect([done.code, done.stderr]).toEqual([0, '']);
      expect(done.stdout).toMatch(/^[^\n]+\n$/);
      expect(done.json()).toMatchObject({ items: [{ email: 'ada@school.example' }] });
    });

    it('takes its input from standard input, and waits for a job whose progress goes to standard error', async () => {
      const ivy = await workspaceCommandLine();
      const done = await ivy.run(['call', 'admissions.imports.run', '-'], { input: JSON.stringify({ path: fileWith(smallCsv) }) });
      expect(done.json()).toMatchObject({ importId: uuid, imported: 4 });
      expect(done.stderr).toMatch(/Looking into the file/);
      expect((await ivy.run(['call', 'admissions.leads.list', '-'], { input: '' })).json()).toMatchObject({ total: 4 });
    });

    it('starts a job with --detach, answers with its id, and the job comes to its end all the same', async () => {
      const ivy = await workspaceCommandLine();
      const started = await ivy.run(['call', 'admissions.imports.run', JSON.stringify({ path: fileWith(smallCsv) }), '--detach']);
      expect(started.json()).toEqual({ jobId: uuid });
      const job = await ivy.run(['call', 'platform.jobs.get', started.stdout]);
      expect(job.json()).toMatchObject({ state: 'succeeded', result: { imported: 4 } });
    });

    it('ends with 1 and one line of JSON on standard error where it is refused', async () => {
      const ivy = await workspaceCommandLine();
      const refused: readonly [string, string[], NodeJS.ProcessEnv][] = [
        ['unknown_entry', ['call', 'no.such.entry'], {}],
        ['invalid_input', ['call', 'admissions.leads.list', '{"limit":0}'], {}],
        ['wrong_credentials', ['call', 'admissions.leads.list'], { IVY_PASSWORD: 'not it at all' }],
        ['not_signed_in', ['call', 'admissions.leads.list'], alone],
        ['workspace_missing', ['--profile', join(temporaryFolder(), 'none'), 'call', 'admissions.leads.list'], {}],
      ];
      for (const [code, args, environment] of refused) {
        const done = await ivy.run(args, { environment });
        expect([done.code, done.stdout, done.error().code]).toEqual([1, '', code]);
        expect(done.stderr.trim().split('\n')).toHaveLength(1);
        expect(done.error().message).toMatch(/\w{3}/);
      }
    });
  });

  describe('"ivy call --lines"', () => {
    it('answers each line with a line, in order; what is bad gets an error in its place', async () => {
      const ivy = await workspaceCommandLine();
      const lines = ['{"givenName":"Zara"}', '{"givenName":', '', '{"colour":"red"}', '7', '{"given_name":"Jan"}'];
      const done = await ivy.run(['call', 'admissions.leads.create', '--lines'], { input: `${lines.join('\n')}\n` });
      expect(done.code).toBe(1);
      const answers = done.stdout.trim().split('\n').map((line) => JSON.parse(line) as { name?: string; error?: { code: string } });
      expect(answers.map(({ name, error }) => name ?? error?.code)).toEqual(['Zara', 'invalid_input', 'invalid_input', 'invalid_input', 'Jan']);
      const listed = await ivy.run(['call', 'admissions.leads.list', '--lines'], { input: '{"limit":1}\r\n{"search":"jan"}' });
      expect(listed.code).toBe(0);
      expect(listed.stdout.trim().split('\n').map((line) => (JSON.parse(line) as { total: number }).total)).toEqual([2, 1]);
    });

    it('tries a wrong pass phrase once, however many lines there are', async () => {
      const ivy = await workspaceCommandLine();
      const done = await ivy.run(['call', 'admissions.leads.list', '--lines'], { input: '{}\n'.repeat(20), environment: { IVY_PASSWORD: 'not it at all' } });
      expect(done.code).toBe(1);
      expect(new Set(done.stdout.trim().split('\n'))).toEqual(new Set([done.stdout.split('\n')[0]]));
      expect(done.stdout).toMatch(/^\{"error":\{"code":"wrong_credentials"/);
      expect((await ivy.run(['call', 'admissions.leads.list'])).code).toBe(0);
    });
  });

  describe('what makes no sense', () => {
    it.each([
      ['a command that is not there', ['dance']],
      ['an entry that is not named', ['call']],
      ['an option that is not there', ['call', 'admissions.leads.list', '--loud']],
      ['input that is not JSON', ['call', 'admissions.leads.list', '{limit: 1}']],
      ['a workspace of no kind', ['init', '--name', 'Ada', '--email', 'ada@school.example', '--workspace', 'garden']],
      ['a port that is none', ['serve', '--port', 'many']],
    ])('ends with 2, in words, with nothing on standard output: %s', async (_name, args) => {
      const done = await commandLine().run(args);
      expect([done.code, done.stdout]).toEqual([2, '']);
      expect(done.stderr).toMatch(/\w{3}/);
      expect(done.stderr).not.toMatch(/\n\s+at /);
    });

    it('while help and the version are what was asked for', async () => {
      const ivy = commandLine();
      expect(await ivy.run(['--help'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/Usage: ivy/) as string });
      expect(await ivy.run(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string });
    });
  });
});
