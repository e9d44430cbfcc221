import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LeadRow } from '#contract/admissions/leads';
import { temporaryFolder, type Person, type TestApp, workspaceApp } from '#test/support/app';
import { fileWith, smallCsv } from '#test/support/files';

interface Teams extends TestApp {
  readonly near: Person;
  readonly far: Person;
  /** Brought in by the team of `near`. */
  readonly leads: readonly LeadRow[];
}

/** Two teams of two departments; all leads belong to the first. */
async function twoTeams(): Promise<Teams> {
  const test = await workspaceApp();
  const overseas = await test.owner.call('platform.teams.create', { name: 'International', department: 'Overseas' });
  const near = await test.newUser('staff');
  const far = await test.newUser('staff', { teamId: overseas.id });
  await near.call('admissions.imports.run', { path: fileWith(smallCsv) });
  const leads = (await near.call('admissions.leads.list')).items;
  return { ...test, near, far, leads };
}

describe('leads of another team', () => {
  it('are in no list, no search, no count, no queue, no file', async () => {
    const { near, far } = await twoTeams();
    for (const [person, count] of [[near, 4], [far, 0]] as const) {
      expect((await person.call('admissions.leads.list')).total).toBe(count);
      expect((await person.call('admissions.leads.list', { search: 'Zara' })).total).toBe(Math.min(1, count));
      expect((await person.call('admissions.leads.list', { filter: { not: { field: 'source', is: 'Nowhere' } } })).total).toBe(count);
      const path = join(temporaryFolder(), 'leads.csv');
      expect((await person.call('admissions.leads.export', { path })).rows).toBe(count);
      expect(readFileSync(path, 'utf8').includes('zara.patel@example.com')).toBe(count > 0);
      expect((await person.call('admissions.triage.queue')).items.length > 0).toBe(count > 0);
    }
  });

  it('can be neither looked at nor changed, by no entry that takes an id', async () => {
    const { near, far, leads, owner } = await twoTeams();
    const id = leads[0]!.id;
    const { touchpointId } = await near.call('admissions.touchpoints.create', { leadId: id, kind: 'call' });
    const task = await near.call('admissions.tasks.create', { leadId: id, title: 'Send the guide' });
    const before = await owner.call('admissions.leads.get', { id });
    const attempts: readonly [string, object][] = [
      ['admissions.leads.get', { id }],
      ['admissions.leads.timeline', { id }],
      ['admissions.leads.update', { id, course: 'Law' }],
      ['admissions.leads.assign', { ids: [id], ownerId: far.userId }],
      ['admissions.leads.snooze', { id, until: null }],
      ['admissions.touchpoints.create', { leadId: id, kind: 'call' }],
      ['admissions.touchpoints.remove', { id: touchpointId }],
      ['admissions.tasks.list', { leadId: id }],
      ['admissions.tasks.create', { leadId: id, title: 'Call' }],
      ['admissions.tasks.update', { id: task.id, done: true }],
      ['admissions.triage.score', { ids: [id] }],
      ['admissions.forecast.predict', { ids: [id] }],
    ];
    for (const [entry, input] of attempts) {
      const { code, message } = await far.refused(entry, input);
      expect(['out_of_scope', 'not_found'], `${entry}: ${message}`).toContain(code);
      expect(message).not.toMatch(/Zara|Patel|Jan|Berg|Brien/);
    }
    expect(await owner.call('admissions.leads.get', { id })).toEqual(before);
    expect((await far.call('admissions.tasks.list')).items).toEqual([]);
  });

  it('are not told by an import either: the same file is another team’s own business', async () => {
    const { far, owner, leads } = await twoTeams();
    const importId = (await owner.call('admissions.imports.list')).items[0]!.id;
    expect((await far.refused('admissions.imports.undo', { importId })).code).toBe('out_of_scope');
    expect((await far.refused('admissions.imports.problems', { importId })).code).toBe('out_of_scope');
    expect(await far.call('admissions.imports.list')).toMatchObject({ items: [], total: 0 });
    const done = await far.call('admissions.imports.run', { path: fileWith(smallCsv.replaceAll('Computer Science', 'Medicine')) });
    expect(done.updated).toBe(0);
    const listed = await owner.call('admissions.leads.get', { id: leads.find(({ name }) => name === 'Zara Patel')!.id });
    expect(listed.course).toBe('Computer Science');
  });

  it('come into sight with the team, and go with it, at the next call', async () => {
    const { far, near, owner } = await twoTeams();
    const [teamOfNear] = (await owner.call('platform.users.list')).items.filter(({ id }) => id === near.userId).map(({ teamId }) => teamId);
    const [teamOfFar] = (await owner.call('platform.users.list')).items.filter(({ id }) => id === far.userId).map(({ teamId }) => teamId);
    await owner.call('platform.users.update', { id: far.userId, teamId: teamOfNear! });
    expect((await far.call('admissions.leads.list')).total).toBe(4);
    await owner.call('platform.users.update', { id: far.userId, teamId: teamOfFar! });
    expect((await far.call('admissions.leads.list')).total).toBe(0);
    await owner.call('platform.users.update', { id: near.userId, teamId: null });
    expect((await near.call('admissions.leads.list')).total).toBe(0);
  });
});
