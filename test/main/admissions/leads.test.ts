import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { monday, temporaryFolder, workspaceApp } from '#test/support/app';
import { fileWith, smallCsv } from '#test/support/files';

const day = 86_400_000;

describe('a lead made by hand', () => {
  it('needs no field at all', async () => {
    const { owner } = await workspaceApp();
    const made = await owner.call('admissions.leads.create', {});
    expect(made.name).toMatch(/^Lead [0-9a-f]{8}$/);
    expect(made.score).not.toBeNull();
    expect(made.owner!.name).toBe('Ada Lovelace');
  });

  it('is normalised, scored and found by any word of it', async () => {
    const { owner } = await workspaceApp();
    const made = await owner.call('admissions.leads.create', { givenName: 'Zoë', familyName: "O'Brien", email: ' Zoe@Example.ORG ', phone: '020 7946 0018', source: 'Open day', course: 'Law' });
    expect(made).toMatchObject({ name: "Zoë O'Brien", email: 'zoe@example.org', phone: '+442079460018', channels: { email: { allowed: true, consent: 'unknown' } } });
    for (const search of ['zoe', 'ZOË', 'obrien', "o'b", 'brien zo', 'zoe@example', '+44 2079', '02079', '0018']) {
      const { total } = await owner.call('admissions.leads.list', { search });
      expect([search, total]).toEqual([search, search === 'obrien' ? 0 : 1]);
    }
    expect((await owner.call('admissions.leads.list', { search: '"; drop table leads' })).total).toBe(0);
  });

  it('is told what is wrong with an address or a number', async () => {
    const { owner } = await workspaceApp();
    expect(await owner.refused('admissions.leads.create', { email: 'nobody' })).toMatchObject({ code: 'invalid_input', message: expect.stringContaining('no e-mail address') });
    expect(await owner.refused('admissions.leads.create', { phone: '12' })).toMatchObject({ code: 'invalid_input', message: expect.stringContaining('no telephone number') });
  });

  it('changed by two people in the same second: the second is told', async () => {
    const { owner } = await workspaceApp();
    const made = await owner.call('admissions.leads.create', { givenName: 'Zara' });
    await owner.call('admissions.leads.update', { id: made.id, revision: made.revision, course: 'Law' });
    const error = await owner.refused('admissions.leads.update', { id: made.id, revision: made.revision, course: 'Music' });
    expect(error).toMatchObject({ code: 'conflict' });
    expect((await owner.call('admissions.leads.get', { id: made.id })).course).toBe('Law');
  });

  it('may not be contacted by a channel that was refused', async () => {
    const { owner } = await workspaceApp();
    const made = await owner.call('admissions.leads.create', { email: 'z@example.org', phone: '020 7946 0018', emailConsent: false });
    expect(made.channels.email).toEqual({ allowed: false, reason: 'Asked not to be e-mailed', consent: 'refused', saidAt: made.createdAt });
    expect(made.channels.phone.allowed).toBe(true);
    const changed = await owner.call('admissions.leads.update', { id: made.id, emailConsent: true });
    expect(changed.channels.email).toEqual({ allowed: true, reason: null, consent: 'given', saidAt: made.createdAt });
  });
});

describe('lists', () => {
  const names = async (owner: Awaited<ReturnType<typeof workspaceApp>>['owner'], filter: object) =>
    (await owner.call('admissions.leads.list', { filter: filter, sort: [{ field: 'name', direction: 'ascending' }] })).items.map(({ name }) => name);

  it('filter by every kind of field', async () => {
    const { owner } = await workspaceApp();
    await owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
    expect(await names(owner, { field: 'source', is: 'ucas' })).toEqual(["Zoë O'Brien", 'Zara Patel']);
    expect(await names(owner, { field: 'course', isNot: 'law' })).toEqual(['A-4', 'Zara Patel', 'Jan van der Berg']);
    expect(await names(owner, { not: { field: 'course', is: 'law' } })).toEqual(['A-4', 'Zara Patel', 'Jan van der Berg']);
    expect(await names(owner, { field: 'course', isEmpty: true })).toEqual(['A-4']);
    expect(await names(owner, { field: 'name', contains: 'ZOE o’b' })).toEqual(["Zoë O'Brien"]);
    expect(await names(owner, { field: 'email', startsWith: 'zara.' })).toEqual(['Zara Patel']);
    expect(await names(owner, { field: 'hasPhone', is: false })).toEqual(['A-4', "Zoë O'Brien"]);
    expect(await names(owner, { field: 'converted', is: true })).toEqual(['Jan van der Berg']);
    expect(await names(owner, { field: 'webVisits', atLeast: 1 })).toEqual(["Zoë O'Brien", 'Zara Patel']);
    expect(await names(owner, { field: 'webVisits', is: 0 })).toEqual(['Jan van der Berg']);
    expect(await names(owner, { field: 'webVisits', isEmpty: true })).toEqual(['A-4']);
    expect(await names(owner, { field: 'enquiredAt', between: ['2026-08-01', '2026-09-01'] })).toEqual(["Zoë O'Brien", 'Zara Patel']);
    expect(await names(owner, { field: 'enquiredAt', is: '2026-09-20' })).toEqual(['Jan van der Berg']);
    expect(await names(owner, { field: 'lastActivityAt', withinLast: { amount: 1, unit: 'weeks' } })).toEqual(['Zara Patel']);
    expect(await names(owner, { field: 'attribute.occupation', is: 'student' })).toEqual(['Zara Patel', 'Jan van der Berg']);
    expect(await names(owner, { field: 'attribute.occupation', isEmpty: true })).toEqual(['A-4', "Zoë O'Brien"]);
    expect(await names(owner, { field: 'blocker', is: 'engagement_stall' })).toEqual(["Zoë O'Brien"]);
    expect(await names(owner, { any: [{ field: 'stage', in: ['enrolled'] }, { all: [{ field: 'source', is: 'UCAS' }, { field: 'score', moreThan: 50 }] }] })).toEqual(['Zara Patel', 'Jan van der Berg']);
    expect(await names(owner, { field: 'owner', isEmpty: true })).toHaveLength(4);
  });

  it('tell what a filter cannot mean', async () => {
    const { owner } = await workspaceApp();
    const refused = async (filter: object) => (await owner.refused('admissions.leads.list', { filter })).message;
    expect(await refused({ field: 'colour', is: 'red' })).toContain('leads have no such field');
    expect(await refused({ field: 'score', contains: '7' })).toContain('contains does not fit; use is, isNot');
    expect(await refused({ field: 'score', is: 'seven' })).toContain('give a number');
    expect(await refused({ field: 'enquiredAt', is: 'soon' })).toContain('give a date');
    expect(await refused({ field: 'attribute.gone', is: 'x' })).toContain('no such attribute');
    expect(await refused({ field: 'score', is: 1, moreThan: 2 })).toContain('A filter is');
  });

  it('page through everything once, in any sort and direction, the unanswered last', async () => {
    const { owner } = await workspaceApp();
    const rows = Array.from({ length: 57 }, (_none, index) => `A-${String(index)},${index % 3 === 0 ? '' : `2026-0${String(1 + (index % 9))}-10`},${String(index % 5)}`).join('\n');
    await owner.call('admissions.imports.run', { path: fileWith(`Lead ID,Created,Web visits\n${rows}\n`) });
    for (const field of ['score', 'probability', 'name', 'enquiredAt', 'lastActivityAt', 'stage', 'source'] as const) {
      for (const direction of ['ascending', 'descending'] as const) {
        const seen: (number | null)[] = [];
        const ids: string[] = [];
        let after: string | undefined;
        do {
          const page = await owner.call('admissions.leads.list', { sort: [{ field, direction }], limit: 10, ...(after === undefined ? {} : { after }) });
          ids.push(...page.items.map(({ id }) => id));
          seen.push(...page.items.map(({ enquiredAt }) => enquiredAt));
          after = page.nextKey ?? undefined;
        } while (after !== undefined);
        expect(new Set(ids).size).toBe(57);
        const jumped = await owner.call('admissions.leads.list', { sort: [{ field, direction }], limit: 7, offset: 40 });
        expect(jumped.items.map(({ id }) => id)).toEqual(ids.slice(40, 47));
        if (field === 'enquiredAt') {
          expect(seen.slice(-19).every((at) => at === null)).toBe(true);
          const answered = seen.slice(0, -19) as number[];
          expect(answered).toEqual([...answered].sort((a, b) => (direction === 'ascending' ? a - b : b - a)));
        }
      }
    }
  });

  it('keep up with changes, additions and removals', async () => {
    const { owner } = await workspaceApp();
    const { importId } = await owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
    await names(owner, {  any: [] });
    const made = await owner.call('admissions.leads.create', { givenName: 'Aaron', familyName: 'Aardvark' });
    const byName = async () => (await owner.call('admissions.leads.list', { sort: [{ field: 'name', direction: 'ascending' }] })).items.map(({ name }) => name);
    expect(await byName()).toEqual(['A-4', 'Aaron Aardvark', "Zoë O'Brien", 'Zara Patel', 'Jan van der Berg']);
    await owner.call('admissions.leads.update', { id: made.id, familyName: 'Zulu' });
    expect(await byName()).toEqual(['A-4', "Zoë O'Brien", 'Zara Patel', 'Jan van der Berg', 'Aaron Zulu']);
    await owner.call('admissions.imports.undo', { importId });
    expect(await byName()).toEqual(['Aaron Zulu']);
  });

  it('go to a file with formulas made harmless', async () => {
    const { owner } = await workspaceApp();
    await owner.call('admissions.leads.create', { givenName: '=cmd|calc', familyName: '+1', course: '@SUM(A1)' });
    const path = join(temporaryFolder(), 'out.csv');
    expect(await owner.call('admissions.leads.export', { path })).toMatchObject({ rows: 1, path });
    const [, line] = readFileSync(path, 'utf8').split('\r\n');
    expect(line).toContain("'=cmd|calc +1");
    expect(line).toContain("'@SUM(A1)");
  });
});

describe('other people’s rows', () => {
  it('are neither listed nor answered, and the refusal is audited', async () => {
    const { owner, newUser } = await workspaceApp();
    await owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
    const [lead] = (await owner.call('admissions.leads.list')).items;
    const team = await owner.call('platform.teams.create', { name: 'International', department: 'Overseas' });
    const other = await newUser('staff', { teamId: team.id });
    expect((await other.call('admissions.leads.list')).total).toBe(0);
    expect((await other.call('admissions.triage.queue')).total).toBe(0);
    for (const [entry, input] of [
      ['admissions.leads.get', { id: lead!.id }],
      ['admissions.leads.update', { id: lead!.id, course: 'Law' }],
      ['admissions.touchpoints.create', { leadId: lead!.id, kind: 'call' }],
      ['admissions.triage.score', { ids: [lead!.id] }],
      ['admissions.leads.assign', { ids: [lead!.id], ownerId: other.userId }],
    ] as const) {
      expect([entry, (await other.refused(entry, input)).code]).toEqual([entry, 'out_of_scope']);
    }
    const { items } = await owner.call('platform.audit.list', { actorId: other.userId, outcome: 'refused' });
    expect(items).toHaveLength(5);
    expect(items[0]).toMatchObject({ action: 'admissions.leads.assign', details: { code: 'out_of_scope' } });
  });

  it('become one’s own by assignment, and go back by undo', async () => {
    const { owner, newUser } = await workspaceApp();
    await owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
    const [lead] = (await owner.call('admissions.leads.list')).items;
    const team = await owner.call('platform.teams.create', { name: 'International', department: 'Overseas' });
    const other = await newUser('staff', { teamId: team.id });
    const { previous } = await owner.call('admissions.leads.assign', { ids: [lead!.id], ownerId: other.userId });
    expect((await other.call('admissions.leads.get', { id: lead!.id })).owner!.id).toBe(other.userId);
    expect((await other.call('admissions.triage.queue', { whose: 'mine' })).total).toBe(1);
    await owner.call('admissions.leads.assign', { assignments: previous });
    expect((await other.call('admissions.leads.list')).total).toBe(0);
  });

  it('of the same department are seen by a manager', async () => {
    const { owner, newUser } = await workspaceApp();
    await owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
    const team = await owner.call('platform.teams.create', { name: 'Evening', department: 'Admissions' });
    expect((await (await newUser('manager', { teamId: team.id })).call('admissions.leads.list')).total).toBe(4);
    expect((await (await newUser('staff', { teamId: team.id })).call('admissions.leads.list')).total).toBe(0);
    expect((await (await newUser('student')).refused('admissions.leads.list')).code).toBe('not_permitted');
  });
});

describe('tasks', () => {
  it('are made, done, undone, and listed by what is due', async () => {
    const { owner } = await workspaceApp();
    const lead = await owner.call('admissions.leads.create', { givenName: 'Zara' });
    const later = await owner.call('admissions.tasks.create', { leadId: lead.id, title: 'Send the guide', dueAt: monday + 2 * day });
    const sooner = await owner.call('admissions.tasks.create', { title: 'Tidy the list', dueAt: monday + day });
    expect((await owner.call('admissions.tasks.list', { mine: true })).items.map(({ title }) => title)).toEqual(['Tidy the list', 'Send the guide']);
    await owner.call('admissions.tasks.update', { id: sooner.id, done: true });
    expect((await owner.call('admissions.tasks.list', {})).items.map(({ id }) => id)).toEqual([later.id]);
    expect((await owner.call('admissions.tasks.update', { id: sooner.id, done: false })).doneAt).toBeNull();
    expect((await owner.call('admissions.tasks.list', { leadId: lead.id })).items).toEqual([expect.objectContaining({ lead: { id: lead.id, name: 'Zara' } })]);
  });
});

describe('a sample workspace', () => {
  it('is filled with made-up people, and a real one never is', async () => {
    const { owner } = await workspaceApp({ sample: true });
    const done = await owner.call('admissions.imports.sample');
    expect(done.imported).toBe(420);
    expect(done.rejected).toBe(0);
    const queue = await owner.call('admissions.triage.queue', { limit: 20 });
    expect(queue.items[0]!.lead.band).toBe('high');
    expect((await owner.call('admissions.tasks.list', { mine: true })).items.length).toBeGreaterThan(3);
    const courses = (await owner.call('admissions.courses.list')).items;
    expect(courses.some(({ places, taken }) => places !== null && taken >= places)).toBe(true);
    const real = await workspaceApp();
    expect((await real.owner.refused('admissions.imports.sample')).code).toBe('conflict');
  });
});
