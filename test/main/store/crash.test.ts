import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { seededRng } from '#domain/kernel/rng';
import { emptyApp, fixedClock, passPhrase, type Person, temporaryFolder, workspaceApp } from '#test/support/app';
import { whyNotBuilt } from '#test/support/built';
import { fileWith } from '#test/support/files';
import { runBuilt, type Running } from '#test/support/processes';

const notBuilt = whyNotBuilt();
const rows = 3_000;

function leadsCsv(source: string): string {
  const lines = Array.from({ length: rows }, (_, index) => {
    const id = String(index);
    return `A-${id},Person ${id},p${id}@example.com,${source},${String(index % 20)}`;
  });
  return `Lead ID,First name,Email,Source,Web visits\n${lines.join('\n')}\n`;
}

/** A profile with a workspace that nobody has open. */
async function closedProfile(fill?: (owner: Person) => Promise<void>): Promise<string> {
  const { app, folder, owner } = await workspaceApp({ clock: fixedClock(Date.now()) });
  await fill?.(owner);
  await app.close();
  return folder;
}

function copyOf(profile: string): string {
  const folder = join(temporaryFolder(), 'profile');
  cpSync(profile, folder, { recursive: true });
  return folder;
}

async function reopen(folder: string): Promise<{ owner: Person; settled(): Promise<void>; close(): Promise<void> }> {
  const { app, stranger } = emptyApp({ folder, clock: fixedClock(Date.now()) });
  const owner = stranger();
  await owner.call('platform.sessions.signIn', { passPhrase });
  return { owner, settled: () => app.inside.settled(), close: () => app.close() };
}

const importing = (profile: string, file: string): Running =>
  runBuilt('cli', ['--profile', profile, 'import', 'leads', file], { environment: { IVY_PASSWORD: passPhrase } });

/** How long an import takes here and now, from its first word to its end. */
async function duration(profile: string, file: string): Promise<number> {
  const running = importing(copyOf(profile), file);
  await running.said(/Looking into the file/, 'stderr');
  const since = performance.now();
  expect((await running.ended).code).toBe(0);
  return performance.now() - since;
}

/** Moments spread over a whole import, one in each part of it; the first is right at its beginning. */
function moments(seed: number, kills: number): number[] {
  const random = seededRng(seed);
  return Array.from({ length: kills }, (_, index) => (index === 0 ? 0 : (index + random()) / kills));
}

async function killed(profile: string, file: string, after: number): Promise<NodeJS.Signals | null> {
  const running = importing(profile, file);
  await running.said(/Looking into the file/, 'stderr');
  await wait(after);
  running.child.kill('SIGKILL');
  return (await running.ended).signal;
}

async function expectSound(owner: Person): Promise<void> {
  expect(await owner.call('platform.backups.check')).toEqual({ intact: true, problems: [] });
  expect(await owner.call('platform.audit.verify')).toMatchObject({ intact: true });
  for (const job of (await owner.call('platform.jobs.list')).items) expect(['succeeded', 'interrupted'], job.entry).toContain(job.state);
}

describe.skipIf(notBuilt !== null)(`an import whose process is killed${notBuilt === null ? '' : ` (skipped: ${notBuilt})`}`, () => {
  it('has come in whole or not at all, and can be done again', async () => {
    const profile = await closedProfile();
    const file = fileWith(leadsCsv('UCAS'));
    const whole = await duration(profile, file);
    const found: number[] = [];
    for (const moment of moments(1, 5)) {
      const folder = copyOf(profile);
      const signal = await killed(folder, file, moment * whole);
      const { owner, settled, close } = await reopen(folder);
      const { total } = await owner.call('admissions.leads.list', { limit: 1 });
      expect([0, rows], `killed at ${moment.toFixed(2)} (${signal ?? 'it had ended'})`).toContain(total);
      expect((await owner.call('admissions.leads.list', { search: 'Person 12', limit: 1 })).total > 0).toBe(total > 0);
      expect((await owner.call('admissions.imports.list')).items.map(({ state, imported }) => [state, imported])).toEqual(total === 0 ? [] : [['done', rows]]);
      await settled();
      await expectSound(owner);
      expect((await owner.call('admissions.sources.list')).items.map(({ name }) => name)).toEqual(total === 0 ? [] : ['UCAS']);
      const again = await owner.call('admissions.imports.run', { path: file });
      expect(again).toMatchObject({ imported: rows - total, updated: total, rejected: 0 });
      expect((await owner.call('admissions.leads.list', { limit: 1 })).total).toBe(rows);
      await close();
      found.push(total);
    }
    // Whoever is killed at the first word of the import has brought nothing in.
    expect(found[0]).toBe(0);
  }, 60_000);

  it('has changed all of the leads that were there already, or none', async () => {
    const file = fileWith(leadsCsv('UCAS'));
    const profile = await closedProfile(async (owner) => {
      await owner.call('admissions.imports.run', { path: file });
    });
    writeFileSync(file, leadsCsv('Open day'));
    const whole = await duration(profile, file);
    for (const moment of moments(2, 3)) {
      const folder = copyOf(profile);
      const signal = await killed(folder, file, moment * whole);
      const { owner, settled, close } = await reopen(folder);
      const count = async (source: string): Promise<number> =>
        (await owner.call('admissions.leads.list', { filter: { field: 'source', is: source }, limit: 1 })).total;
      const changed = await count('Open day');
      expect([0, rows], `killed at ${moment.toFixed(2)} (${signal ?? 'it had ended'})`).toContain(changed);
      expect(await count('UCAS')).toBe(rows - changed);
      await settled();
      expect((await owner.call('admissions.imports.list')).items.map(({ state }) => state)).toEqual(changed === 0 ? ['done'] : ['done', 'done']);
      await expectSound(owner);
      await close();
    }
  }, 60_000);

  it('while it is taken back is taken back at the next start, but for what somebody has worked on', async () => {
    const file = fileWith(leadsCsv('UCAS'));
    const profile = await closedProfile(async (owner) => {
      await owner.call('admissions.imports.run', { path: file });
      const [lead] = (await owner.call('admissions.leads.list', { limit: 1 })).items;
      await owner.call('admissions.touchpoints.create', { leadId: lead!.id, kind: 'call' });
    });
    const before = await reopen(profile);
    const importId = (await before.owner.call('admissions.imports.list')).items[0]!.id;
    await before.close();
    const running = runBuilt('cli', ['--profile', profile, 'call', 'admissions.imports.undo', JSON.stringify({ importId })], { environment: { IVY_PASSWORD: passPhrase } });
    await running.said(/Taking the import back/, 'stderr');
    running.child.kill('SIGKILL');
    await running.ended;
    const { owner, settled, close } = await reopen(profile);
    expect((await owner.call('admissions.leads.list', { limit: 1 })).total).toBe(1);
    await settled();
    expect((await owner.call('admissions.imports.list')).items).toMatchObject([{ state: 'undone', imported: rows, kept: 1 }]);
    expect((await owner.call('admissions.leads.list', { limit: 1 })).total).toBe(1);
    await expectSound(owner);
    await close();
  });
});
