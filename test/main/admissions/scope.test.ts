import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { monday, type Person, type TestApp, temporaryFolder, workspaceApp } from '#test/support/app';
import { fileWith } from '#test/support/files';

// One lead of another team, whose every value is a word that stands nowhere else. Whoever sees that word saw the lead.

const secret = 'Quetzalcoatl';
const csv = `Lead ID,First name,Last name,Email,Phone,Created,Remark
Z-${secret},${secret},${secret},${secret.toLowerCase()}@example.org,07700 900999,2026-09-01,${secret} is mine
Z-2,${secret},Broken,other@example.org,,2026-09-31,${secret} again
`;

interface Scene extends TestApp {
  readonly leadId: string;
  readonly touchpointId: string;
  readonly taskId: string;
  readonly importId: string;
  readonly other: Person;
}

/** A workspace in which one team has a lead, a contact, a task and an import, and somebody of another team sits at the command line. */
async function scene(): Promise<Scene> {
  const app = await workspaceApp();
  const { owner } = app;
  const path = fileWith(csv, 'fair.csv');
  const { columns } = await owner.call('admissions.imports.preview', { path });
  const mapped = columns.map((column) => (column.header === 'Created' ? { ...column, type: 'date' as const, proposedField: 'enquiredAt', dateFormat: 'iso' } : column));
  const { importId, rejected } = await owner.call('admissions.imports.run', { path, columns: mapped });
  expect(rejected).toBe(1);
  const [lead] = (await owner.call('admissions.leads.list')).items;
  const { touchpointId } = await owner.call('admissions.touchpoints.create', { leadId: lead!.id, kind: 'call', outcome: 'reached', note: secret });
  const task = await owner.call('admissions.tasks.create', { leadId: lead!.id, title: `Call ${secret}` });
  const team = await owner.call('platform.teams.create', { name: 'Elsewhere', department: 'Overseas' });
  const other = await app.newUser('staff', { teamId: team.id });
  return { ...app, leadId: lead!.id, touchpointId, taskId: task.id, importId, other: other };
}

describe('a lead of another team', () => {
  it('is in no answer of any entry that reads', async () => {
    const { other } = await scene();
    const answers = [
      await other.call('admissions.leads.list', { search: secret }),
      await other.call('admissions.leads.list', { filter: { field: 'name', contains: secret } }),
      await other.call('admissions.leads.list', { filter: { field: 'attribute.remark', isNotEmpty: true } }),
      await other.call('admissions.leads.list', { filter: { not: { field: 'email', is: 'nobody' } } }),
      await other.call('admissions.triage.queue'),
      await other.call('admissions.tasks.list', { includeDone: true }),
      await other.call('admissions.leads.options'),
      await other.call('admissions.imports.list'),
      await other.call('admissions.sources.list'),
      await other.call('admissions.courses.list'),
    ];
    expect(JSON.stringify(answers).toLowerCase()).not.toContain(secret.toLowerCase());
    expect(await other.call('admissions.leads.list')).toMatchObject({ items: [], total: 0 });
    expect(await other.call('admissions.triage.queue')).toMatchObject({ items: [], total: 0, resting: 0 });
  });

  it('is refused by its id, whatever is asked of it', async () => {
    const { other, leadId, touchpointId, taskId, importId, owner } = await scene();
    const refusals = [
      await other.refused('admissions.leads.get', { id: leadId }),
      await other.refused('admissions.leads.timeline', { id: leadId }),
      await other.refused('admissions.leads.update', { id: leadId, course: 'Law' }),
      await other.refused('admissions.leads.assign', { ids: [leadId], ownerId: other.userId }),
      await other.refused('admissions.leads.snooze', { id: leadId, until: monday + 86_400_000 }),
      await other.refused('admissions.touchpoints.create', { leadId, kind: 'call', outcome: 'reached' }),
      await other.refused('admissions.touchpoints.remove', { id: touchpointId }),
      await other.refused('admissions.tasks.list', { leadId }),
      await other.refused('admissions.tasks.create', { leadId, title: 'Mine now' }),
      await other.refused('admissions.tasks.update', { id: taskId, done: true }),
      await other.refused('admissions.triage.score', { ids: [leadId] }),
      await other.refused('admissions.forecast.predict', { ids: [leadId] }),
      await other.refused('admissions.imports.undo', { importId }),
      await other.refused('admissions.imports.problems', { importId }),
    ];
    expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(['out_of_scope', 'not_found']));
    expect(JSON.stringify(refusals)).not.toContain(secret);
    expect((await owner.call('admissions.leads.get', { id: leadId })).course).toBeNull();
    expect((await owner.call('admissions.tasks.list', {})).items).toHaveLength(1);
  });

  it('is in no file that is exported', async () => {
    const { other } = await scene();
    const path = join(temporaryFolder(), 'leads.csv');
    expect(await other.call('admissions.leads.export', { path })).toMatchObject({ rows: 0 });
    // The header holds the labels of attributes, which belong to the workspace; no value of a lead does.
    expect(readFileSync(path, 'utf8').trim().split('\r\n')).toHaveLength(1);
    expect(readFileSync(path, 'utf8')).not.toContain(secret);
  });

  it('is not changed by a file of another team that names its id: the row is rejected and said to be so', async () => {
    const { other, owner, leadId } = await scene();
    const path = fileWith(`Lead ID,First name,Email\nZ-${secret},Changed,changed@example.org\nZ-9,New,new@example.org\n`, 'fair.csv');
    const done = await other.call('admissions.imports.run', { path, origin: 'fair' });
    expect(done).toMatchObject({ imported: 1, updated: 0, rejected: 1 });
    const target = join(temporaryFolder(), 'problems.csv');
    await other.call('admissions.imports.problems', { importId: done.importId, path: target });
    expect(readFileSync(target, 'utf8')).toContain('belongs to another team');
    expect((await owner.call('admissions.leads.get', { id: leadId })).email).toBe(`${secret.toLowerCase()}@example.org`);
  });

  it('shows as no duplicate of one’s own lead', async () => {
    const { other, owner, leadId } = await scene();
    const made = await other.call('admissions.leads.create', { givenName: 'Twin', email: `${secret.toLowerCase()}@example.org` });
    const mine = await other.call('admissions.leads.get', { id: made.id });
    expect(mine.duplicates).toEqual([]);
    // Whoever sees both is told.
    expect((await owner.call('admissions.leads.get', { id: leadId })).duplicates.map(({ name }) => name)).toEqual(['Twin']);
  });
});
