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
  readonly noteId: string;
  readonly attachmentId: string;
  readonly consentId: string;
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
  const note = await owner.call('admissions.notes.create', { leadId: lead!.id, text: `${secret} prefers evenings` });
  const attached = await owner.call('admissions.attachments.create', { leadId: lead!.id, link: `https://example.org/${secret}` });
  const said = await owner.call('admissions.consents.record', { leadId: lead!.id, channel: 'post', granted: true });
  const team = await owner.call('platform.teams.create', { name: 'Elsewhere', department: 'Overseas' });
  const other = await app.newUser('staff', { teamId: team.id });
  return { ...app, leadId: lead!.id, touchpointId, taskId: task.id, noteId: note.id, attachmentId: attached.id, consentId: said.id, importId, other };
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
      await other.call('admissions.tasks.list', { mine: true }),
      await other.call('admissions.leads.options'),
      await other.call('admissions.imports.list'),
      await other.call('admissions.sources.list'),
      await other.call('admissions.courses.list'),
    ];
    expect(JSON.stringify(answers).toLowerCase()).not.toContain(secret.toLowerCase());
    expect(await other.call('admissions.leads.list')).toMatchObject({ items: [], total: 0 });
    expect(await other.call('admissions.triage.queue')).toMatchObject({ items: [], total: 0, resting: 0 });
  });

  it('is refused by its id, whatever is asked of it, and each refusal is audited with who asked for what', async () => {
    const { other, leadId, touchpointId, taskId, noteId, attachmentId, consentId, importId, owner } = await scene();
    const mine = await other.call('admissions.leads.create', { givenName: 'Mine' });
    // What is asked, and of what: the id that the audit names.
    const asked: readonly (readonly [string, object, string])[] = [
      ['admissions.leads.get', { id: leadId }, leadId],
      ['admissions.leads.timeline', { id: leadId }, leadId],
      ['admissions.leads.timeline', { id: leadId, search: secret }, leadId],
      ['admissions.leads.update', { id: leadId, course: 'Law' }, leadId],
      ['admissions.leads.assign', { ids: [leadId], ownerId: other.userId }, leadId],
      ['admissions.leads.snooze', { id: leadId, until: monday + 86_400_000 }, leadId],
      ['admissions.leads.contact', { id: leadId, channel: 'email' }, leadId],
      ['admissions.touchpoints.create', { leadId, kind: 'call', outcome: 'reached' }, leadId],
      ['admissions.touchpoints.remove', { id: touchpointId }, touchpointId],
      ['admissions.tasks.list', { leadId }, leadId],
      ['admissions.tasks.create', { leadId, title: 'Mine now' }, leadId],
      ['admissions.tasks.update', { id: taskId, done: true }, taskId],
      ['admissions.tasks.remove', { id: taskId }, taskId],
      ['admissions.tasks.calendar', { id: taskId }, taskId],
      ['admissions.notes.list', { leadId }, leadId],
      ['admissions.notes.create', { leadId, text: 'Mine now' }, leadId],
      ['admissions.notes.update', { id: noteId, pinned: true }, noteId],
      ['admissions.notes.remove', { id: noteId }, noteId],
      ['admissions.attachments.list', { leadId }, leadId],
      ['admissions.attachments.create', { leadId, link: 'https://example.org/' }, leadId],
      ['admissions.attachments.open', { id: attachmentId }, attachmentId],
      ['admissions.attachments.remove', { id: attachmentId }, attachmentId],
      ['admissions.consents.list', { leadId }, leadId],
      ['admissions.consents.record', { leadId, channel: 'email', granted: false }, leadId],
      ['admissions.consents.remove', { id: consentId }, consentId],
      ['admissions.duplicates.merge', { survivorId: mine.id, mergedId: leadId }, leadId],
      ['admissions.duplicates.merge', { survivorId: leadId, mergedId: mine.id }, leadId],
      ['admissions.triage.score', { ids: [leadId] }, leadId],
      ['admissions.forecast.predict', { ids: [leadId] }, leadId],
    ];
    for (const [entry, input] of asked) {
      const refusal = await other.refused(entry, input);
      expect(refusal.code, entry).toBe('out_of_scope');
      expect(JSON.stringify(refusal)).not.toContain(secret);
    }
    for (const entry of ['admissions.imports.undo', 'admissions.imports.problems']) expect((await other.refused(entry, { importId })).code).toMatch(/out_of_scope|not_found/);
    const { items } = await owner.call('platform.audit.list', { outcome: 'refused', actorId: other.userId, limit: 100 });
    const audited = items.map(({ action, targetIds }) => `${action} ${targetIds.join(' ')}`);
    for (const [entry, , id] of asked) expect(audited).toContain(`${entry} ${id}`);
    expect((await owner.call('admissions.leads.get', { id: leadId })).course).toBeNull();
    expect((await owner.call('admissions.tasks.list', {})).items).toHaveLength(1);
    expect((await owner.call('admissions.notes.list', { leadId })).items).toMatchObject([{ id: noteId, pinned: false }]);
    expect((await owner.call('admissions.attachments.list', { leadId })).items).toHaveLength(1);
  });

  it('is seen by the manager of its department, and not by one of another', async () => {
    const { owner, newUser, leadId, noteId } = await scene();
    const [own] = (await owner.call('platform.teams.list')).items;
    const manager = await newUser('manager', { teamId: own!.id });
    // A second team of the same department, whose manager looks after both.
    const near = await owner.call('platform.teams.create', { name: 'Next door', department: own!.departmentName });
    const neighbour = await newUser('manager', { teamId: near.id });
    const colleague = await newUser('staff', { teamId: near.id });
    const far = await newUser('manager', { teamId: (await owner.call('platform.teams.list')).items.find(({ name }) => name === 'Elsewhere')!.id });
    for (const person of [manager, neighbour]) {
      expect((await person.call('admissions.leads.list')).total).toBe(1);
      expect((await person.call('admissions.notes.list', { leadId })).total).toBe(1);
      expect((await person.call('admissions.tasks.list', { leadId })).items).toHaveLength(1);
    }
    // A manager sets the words of others right; each step is audited.
    expect((await neighbour.call('admissions.notes.update', { id: noteId, text: 'Prefers mornings' })).text).toBe('Prefers mornings');
    for (const person of [far, colleague]) {
      expect((await person.call('admissions.leads.list')).total).toBe(0);
      expect((await person.refused('admissions.notes.list', { leadId })).code).toBe('out_of_scope');
    }
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
