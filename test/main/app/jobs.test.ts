import { v7 } from 'uuid';
import { describe, expect, it, vi } from 'vitest';
import type { EntryName, InputOf } from '#contract/index';
import type { JobState } from '#contract/platform/jobs';
import type { App } from '#main/app/createApp';
import { insertJob, markJobRunning } from '#main/store/platform/jobs';
import { emptyApp, monday, passPhrase, type Person, workspaceApp } from '#test/support/app';
import { fileWith } from '#test/support/files';

const csv = (rows: number, prefix = 'A'): string =>
  `Lead ID,First name,Email\n${Array.from({ length: rows }, (_, index) => `${prefix}-${String(index)},Person ${String(index)},${prefix}${String(index)}@example.com`).join('\n')}\n`;

interface Progress {
  readonly done: number;
  readonly total: number;
  readonly note: string;
}

/** Starts a job and does not wait for it, as a window does. */
async function start<Name extends EntryName>(app: App, person: Person, entry: Name, input: InputOf<Name>, onProgress?: (progress: Progress) => void): Promise<string> {
  const request = { entry, input, token: person.token(), door: 'cli', connection: 'starter', requestId: v7() } as const;
  const answer = await app.call(request, { signal: new AbortController().signal, ...(onProgress === undefined ? {} : { onProgress }) });
  if (!answer.ok) throw new Error(answer.error.message);
  return (answer.result as { jobId: string }).jobId;
}

const endStates: readonly JobState['state'][] = ['succeeded', 'failed', 'cancelled', 'interrupted'];

async function ended(person: Person, jobId: string): Promise<JobState> {
  let job: JobState | undefined;
  await vi.waitFor(async () => {
    job = await person.call('platform.jobs.get', { jobId });
    expect(endStates).toContain(job.state);
  }, { timeout: 15_000, interval: 10 });
  return job!;
}

describe('a job', () => {
  it('answers at once with its id, tells its owner how it stands, and keeps its result', async () => {
    const { app, owner, newUser } = await workspaceApp();
    const other = await newUser('super_admin');
    owner.listen();
    other.listen();
    const jobId = await start(app, owner, 'admissions.imports.run', { path: fileWith(csv(500)) });
    const job = await ended(owner, jobId);
    expect(job).toMatchObject({ state: 'succeeded', entry: 'admissions.imports.run', result: { imported: 500 }, error: null, createdAt: monday, finishedAt: monday });
    const told = owner.events.flatMap((event) => (event.kind === 'job' && event.jobId === jobId ? [event.state] : []));
    expect([...new Set(told)]).toEqual(['waiting', 'running', 'succeeded']);
    expect(other.events.filter(({ kind }) => kind === 'job')).toEqual([]);
    expect((await other.refused('platform.jobs.get', { jobId })).code).toBe('not_found');
    expect((await other.refused('platform.jobs.cancel', { jobId })).code).toBe('not_found');
    expect((await other.call('platform.jobs.list')).items).toEqual([]);
  });

  it('tells progress that never goes back and never beyond its end', async () => {
    const { app, owner } = await workspaceApp();
    const path = fileWith(csv(2_000));
    // The second import changes leads that are there, which takes another way.
    for (const outcome of [{ imported: 2_000 }, { updated: 2_000 }]) {
      const seen: Progress[] = [];
      const job = await ended(owner, await start(app, owner, 'admissions.imports.run', { path }, (progress) => seen.push(progress)));
      expect(job.result).toMatchObject(outcome);
      const shares = seen.filter(({ total }) => total > 0).map(({ done, total }) => done / total);
      expect(shares.length).toBeGreaterThan(2);
      expect(shares).toEqual([...shares].sort((a, b) => a - b));
      expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
      expect(seen.map(({ note }) => note)).toContain('Looking into the file');
    }
  });

  it('that fails says why, and is in the audit', async () => {
    const { app, owner } = await workspaceApp();
    const jobId = await start(app, owner, 'admissions.imports.run', { path: '/nowhere/leads.csv' });
    expect(await ended(owner, jobId)).toMatchObject({ state: 'failed', result: null, error: { code: 'not_found' } });
    const [row] = (await owner.call('platform.audit.list', { outcome: 'failed' })).items;
    expect(row).toMatchObject({ action: 'admissions.imports.run', targetIds: [jobId], details: { code: 'not_found' } });
  });

  it('that writes waits for the one before it; one that reads does not', async () => {
    const { app, owner } = await workspaceApp();
    const first = await start(app, owner, 'admissions.imports.run', { path: fileWith(csv(1_500)) });
    const second = await start(app, owner, 'admissions.imports.run', { path: fileWith(csv(10, 'B')) });
    expect((await owner.call('platform.jobs.get', { jobId: second })).state).toBe('waiting');
    const check = await owner.call('admissions.imports.check', { path: fileWith(csv(5, 'C')) });
    expect(check.rows).toBe(5);
    expect((await owner.call('platform.jobs.get', { jobId: second })).state).toBe('waiting');
    expect((await ended(owner, first)).state).toBe('succeeded');
    expect((await ended(owner, second)).state).toBe('succeeded');
    expect((await owner.call('admissions.leads.list', { limit: 1 })).total).toBe(1_510);
    expect((await owner.call('platform.jobs.list')).items.map(({ id }) => id).slice(1)).toEqual([second, first]);
  });
});

describe('a job that is cancelled', () => {
  it('stops, leaves nothing behind and says so; the next one runs', async () => {
    const { app, owner } = await workspaceApp();
    const path = fileWith(csv(3_000));
    const reading = new Promise<void>((begun) => {
      void start(app, owner, 'admissions.imports.run', { path }, ({ note }) => {
        if (note.startsWith('Reading')) begun();
      });
    });
    await reading;
    const [{ id: jobId }] = (await owner.call('platform.jobs.list')).items as [JobState];
    expect((await owner.call('platform.jobs.cancel', { jobId })).id).toBe(jobId);
    expect(await ended(owner, jobId)).toMatchObject({ state: 'cancelled', result: null, error: { code: 'cancelled' } });
    expect((await owner.call('admissions.leads.list')).total).toBe(0);
    expect((await owner.call('platform.jobs.cancel', { jobId })).state).toBe('cancelled');
    expect(await owner.call('admissions.imports.run', { path })).toMatchObject({ imported: 3_000 });
  });

  it('while it waits never begins', async () => {
    const { app, owner } = await workspaceApp();
    const first = await start(app, owner, 'admissions.imports.run', { path: fileWith(csv(500)) });
    const second = await start(app, owner, 'admissions.imports.run', { path: fileWith(csv(10, 'B')) });
    await owner.call('platform.jobs.cancel', { jobId: second });
    expect((await ended(owner, first)).state).toBe('succeeded');
    expect(await ended(owner, second)).toMatchObject({ state: 'cancelled', startedAt: null });
    expect((await owner.call('admissions.leads.list', { limit: 1 })).total).toBe(500);
  });

  it('has its caller with it where the caller waits, and not where it does not', async () => {
    const { app, owner } = await workspaceApp();
    const call = async (wait: boolean): Promise<string> => {
      const abort = new AbortController();
      const request = { entry: 'admissions.imports.run', input: { path: fileWith(csv(1_000)) }, token: owner.token(), door: 'cli', connection: 'caller', requestId: v7(), wait } as const;
      const answer = app.call(request, { signal: abort.signal, onProgress: () => { abort.abort(); } });
      await answer;
      abort.abort();
      const [{ id: jobId }] = (await owner.call('platform.jobs.list')).items as [JobState];
      return (await ended(owner, jobId)).state;
    };
    expect(await call(true)).toBe('cancelled');
    expect(await call(false)).toBe('succeeded');
  });
});

describe('a job when the program ends', () => {
  it('is cancelled by an orderly end, with nothing of it left', async () => {
    const { app, owner, folder } = await workspaceApp();
    const jobId = await start(app, owner, 'admissions.imports.run', { path: fileWith(csv(3_000)) });
    await app.close();
    const { stranger } = emptyApp({ folder });
    const again = stranger();
    await again.call('platform.sessions.signIn', { passPhrase });
    expect(await again.call('platform.jobs.get', { jobId })).toMatchObject({ state: 'cancelled' });
    expect((await again.call('admissions.leads.list')).total).toBe(0);
  });

  it('says after a crash that it was interrupted and what to do', async () => {
    const { app, owner, folder } = await workspaceApp();
    const [waiting, running] = [v7(), v7()];
    app.inside.workspace.store().transaction((writer) => {
      const userKey = writer.value<number>('select key from users')!;
      for (const id of [waiting, running]) insertJob(writer, { id, entry: 'admissions.imports.run', userKey, input: {} }, monday);
      markJobRunning(writer, running, monday);
    });
    const done = await start(app, owner, 'admissions.triage.rescore', {});
    await ended(owner, done);
    await app.close();
    const { stranger } = emptyApp({ folder });
    const again = stranger();
    await again.call('platform.sessions.signIn', { passPhrase });
    for (const jobId of [waiting, running]) {
      expect(await again.call('platform.jobs.get', { jobId })).toMatchObject({ state: 'interrupted', error: { message: expect.stringMatching(/start it again/) }, finishedAt: monday });
    }
    expect((await again.call('platform.jobs.get', { jobId: done })).state).toBe('succeeded');
    expect((await again.call('platform.jobs.cancel', { jobId: running })).state).toBe('interrupted');
  });
});
