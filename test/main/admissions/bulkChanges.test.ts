import { describe, expect, it } from 'vitest';
import type { Filter } from '#contract/filter';
import { putBackInterrupted } from '#main/admissions/bulkRuns';
import { insertBulkChange, keepBulkChangeLead } from '#main/store/admissions/bulkChanges';
import { type Person, workspaceApp } from '#test/support/app';
import { fileWith } from '#test/support/files';

const header = 'Lead ID,First name,Source,Stage\n';
const rows = (count: number): string => Array.from({ length: count }, (_none, index) => `L-${String(index)},Lead ${String(index)},${index % 3 === 0 ? 'Fair' : 'UCAS'},${index % 4 === 0 ? 'contacted' : 'enquiry'}`).join('\n');

async function withLeads(count = 12) {
  const app = await workspaceApp();
  await app.owner.call('admissions.imports.run', { path: fileWith(`${header}${rows(count)}\n`) });
  const list = async (filter?: Filter) => (await app.owner.call('admissions.leads.list', { limit: 500, ...(filter === undefined ? {} : { filter }) })).items.sort((a, b) => a.externalId!.localeCompare(b.externalId!, 'en', { numeric: true }));
  return { ...app, list };
}

const fair: Filter = { field: 'source', is: 'Fair' };
const stagesOf = (leads: readonly { readonly stage: string }[]): string[] => leads.map(({ stage }) => stage);

/** Starts a job without waiting for it. */
async function start(app: Awaited<ReturnType<typeof workspaceApp>>['app'], owner: Person, entry: string, input: unknown): Promise<string> {
  const answer = await app.call({ entry, input, token: owner.token(), door: 'cli', connection: 'job', requestId: 'r' }, { signal: new AbortController().signal });
  if (!answer.ok) throw new Error(answer.error.message);
  return (answer.result as { jobId: string }).jobId;
}

describe('a bulk change', () => {
  it('moves every lead that matches, and gives each its own earlier stage back', async () => {
    const { owner, list } = await withLeads();
    const before = await list();
    const { id, chosen, changed } = await owner.call('admissions.bulkChanges.run', { leads: { matching: { filter: fair } }, change: { stage: 'contacted' } });
    expect([chosen, changed]).toEqual([4, 3]);
    expect(stagesOf(await list(fair))).toEqual(['contacted', 'contacted', 'contacted', 'contacted']);
    expect(await owner.call('admissions.bulkChanges.list')).toMatchObject({ items: [{ id, field: 'stage', wanted: 'contacted', leads: 3, undone: false }] });
    expect(await owner.call('admissions.bulkChanges.undo', { id })).toEqual({ restored: 3, left: 0, leftLeads: [] });
    expect(stagesOf(await list())).toEqual(stagesOf(before));
    expect((await owner.call('admissions.bulkChanges.list')).items).toMatchObject([{ undone: true }]);
    expect((await owner.refused('admissions.bulkChanges.undo', { id })).code).toBe('conflict');
  });

  it('leaves what somebody has changed since, and names it', async () => {
    const { owner, list } = await withLeads();
    const { id } = await owner.call('admissions.bulkChanges.run', { leads: { matching: { filter: fair } }, change: { stage: 'lost' } });
    const [moved, , merged] = await list(fair);
    await owner.call('admissions.leads.update', { id: moved!.id, stage: 'applied' });
    await owner.call('admissions.duplicates.merge', { survivorId: (await list({ field: 'source', is: 'UCAS' }))[0]!.id, mergedId: merged!.id });
    expect(await owner.call('admissions.bulkChanges.undo', { id })).toEqual({ restored: 2, left: 2, leftLeads: [{ id: moved!.id, name: moved!.name }] });
    expect(stagesOf(await list(fair))).toEqual(['applied', 'enquiry', 'enquiry']);
  });

  it('knows outcomes by a stage, and forgets them with it', async () => {
    const { app, owner, list } = await withLeads();
    const { id } = await owner.call('admissions.bulkChanges.run', { leads: { matching: {} }, change: { stage: 'enrolled' } });
    const outcomes = () => app.inside.workspace.store().value<number>('select count(*) from outcomes');
    expect(outcomes()).toBe(12);
    await owner.call('admissions.bulkChanges.undo', { id });
    expect(outcomes()).toBe(0);
    expect((await list()).every(({ converted }) => converted === null)).toBe(true);
  });

  it('assigns named leads and those that match save some, each once', async () => {
    const { owner, newUser, list } = await withLeads();
    const officer = await newUser('manager');
    const [first, second] = await list(fair);
    const [other] = await list({ field: 'source', is: 'UCAS' });
    await owner.call('admissions.leads.assign', { ids: [second!.id], ownerId: null });
    const { id, chosen, changed } = await owner.call('admissions.bulkChanges.run', { leads: { matching: { filter: fair, except: [first!.id] }, ids: [other!.id, second!.id] }, change: { ownerId: officer.userId } });
    expect([chosen, changed]).toEqual([4, 4]);
    expect((await list()).filter(({ owner: of }) => of?.id === officer.userId).map(({ externalId }) => externalId)).toEqual(['L-1', 'L-3', 'L-6', 'L-9']);
    await owner.call('admissions.bulkChanges.undo', { id });
    expect((await list({ field: 'owner', is: officer.userId })).length).toBe(0);
    expect((await owner.refused('admissions.bulkChanges.run', { leads: { ids: [first!.id] }, change: { ownerId: first!.id } })).code).toBe('not_found');
  });

  it('tags, and its undo touches only its own tags', async () => {
    const { owner, list } = await withLeads();
    const [first, second] = await list(fair);
    await owner.call('admissions.tags.add', { ids: [first!.id], tags: ['Fair 2026', 'Old'] });
    const { id, changed } = await owner.call('admissions.bulkChanges.run', { leads: { matching: { filter: fair } }, change: { addTags: ['Fair 2026', 'Call'], removeTags: ['Old'] } });
    expect(changed).toBe(4);
    await owner.call('admissions.tags.add', { ids: [second!.id], tags: ['Since'] });
    await owner.call('admissions.tags.remove', { ids: [second!.id], tags: ['Call'] });
    expect((await list(fair)).map(({ tags }) => tags.map(({ name }) => name).join())).toEqual(['Call,Fair 2026', 'Fair 2026,Since', 'Call,Fair 2026', 'Call,Fair 2026']);
    expect(await owner.call('admissions.bulkChanges.undo', { id })).toMatchObject({ restored: 4, left: 0 });
    expect((await list(fair)).map(({ tags }) => tags.map(({ name }) => name).join())).toEqual(['Fair 2026,Old', 'Since', '', '']);
  });

  it('that is cancelled puts back what it had changed', async () => {
    const { app, owner, list } = await withLeads(300);
    const before = stagesOf(await list());
    // While the second hundred is changed, somebody presses cancel.
    let moved = 0;
    app.inside.workspace.store().watch('leads', () => {
      moved += 1;
      if (moved === 150) app.inside.jobs.cancel(jobId);
    }, 'stage');
    const jobId = await start(app, owner, 'admissions.bulkChanges.run', { leads: { matching: {} }, change: { stage: 'lost' } });
    await expect.poll(async () => (await owner.call('platform.jobs.get', { jobId })).state, { timeout: 30_000 }).toBe('cancelled');
    expect(moved).toBe(400);
    expect(stagesOf(await list())).toEqual(before);
    expect((await owner.call('admissions.bulkChanges.list')).items).toMatchObject([{ leads: 200, undone: true }]);
  });

  it('that a crash ended is put back at the next start', async () => {
    const { app, owner, clock, list } = await withLeads();
    const store = app.inside.workspace.store();
    const [lead] = await list();
    const userKey = store.value<number>('select key from users limit 1')!;
    store.transaction((writer) => {
      const key = insertBulkChange(writer, { id: 'crashed', userKey, field: 'stage', wanted: 'lost' }, clock());
      keepBulkChangeLead(writer, key, { leadKey: writer.value<number>('select key from leads order by key limit 1')!, before: 1, after: 7 });
      writer.run('update leads set stage = 7, revision = revision + 1 where key = (select min(key) from leads)');
    });
    expect((await owner.call('admissions.leads.get', { id: lead!.id })).stage).toBe('lost');
    expect(await putBackInterrupted(store, app.inside.workspace.settings(), clock())).toBe(true);
    expect((await owner.call('admissions.leads.get', { id: lead!.id })).stage).toBe('contacted');
    expect(await putBackInterrupted(store, app.inside.workspace.settings(), clock())).toBe(false);
  });

  it('reaches no lead of another team, and is taken back by nobody else', async () => {
    const { owner, newUser, list } = await withLeads();
    const team = await owner.call('platform.teams.create', { name: 'Elsewhere', department: 'Overseas' });
    const staff = await newUser('staff', { teamId: team.id });
    const [lead] = await list();
    expect((await staff.refused('admissions.bulkChanges.run', { leads: { ids: [lead!.id] }, change: { stage: 'lost' } })).code).toBe('out_of_scope');
    expect(await staff.call('admissions.bulkChanges.run', { leads: { matching: {} }, change: { stage: 'lost' } })).toMatchObject({ chosen: 0, changed: 0 });
    const { id } = await owner.call('admissions.bulkChanges.run', { leads: { ids: [lead!.id] }, change: { stage: 'lost' } });
    expect((await staff.refused('admissions.bulkChanges.undo', { id })).code).toBe('out_of_scope');
    expect((await staff.call('admissions.bulkChanges.list')).items.map(({ leads }) => leads)).toEqual([0]);
    expect((await owner.refused('admissions.bulkChanges.run', { leads: {}, change: { stage: 'lost' } })).message).toContain('Name leads');
    expect((await owner.refused('admissions.bulkChanges.run', { leads: { matching: {} }, change: { addTags: [] } })).code).toBe('invalid_input');
  });

  it('can be taken back as long as it is among the newest twenty', async () => {
    const { owner, list } = await withLeads(3);
    const [lead] = await list();
    const run = (stage: 'lost' | 'applied') => owner.call('admissions.bulkChanges.run', { leads: { ids: [lead!.id] }, change: { stage } });
    const { id } = await run('lost');
    for (let index = 0; index < 20; index += 1) await run(index % 2 === 0 ? 'applied' : 'lost');
    expect((await owner.call('admissions.bulkChanges.list')).items).toHaveLength(21);
    await run('applied');
    expect((await owner.refused('admissions.bulkChanges.undo', { id })).code).toBe('not_found');
  });
});
