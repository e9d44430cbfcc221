import { describe, expect, it } from 'vitest';
import { emptyApp, fixedClock, monday, passPhrase, type Person, type TestApp, workspaceApp } from '#test/support/app';
import { fileWith } from '#test/support/files';

const hour = 3_600_000;
const day = 24 * hour;

/** A lead that nobody can reach: its one blocker of weight is critical. */
async function unreachable(person: Person): Promise<string> {
  const { id } = await person.call('admissions.leads.create', { givenName: 'Zara', familyName: 'Patel', source: 'UCAS', course: 'Law' });
  return id;
}

const list = (person: Person, input = {}) => person.call('admissions.alerts.list', input);
const settled = (person: Person) => list(person, { states: ['resolved'] });
const notices = ({ events }: Person) => events.flatMap((event) => (event.kind === 'notice' ? [event.notice] : []));

/** A workspace with one lead and its one alert, which is escalated. */
async function scene(): Promise<TestApp & { readonly leadId: string; readonly alertId: string }> {
  const test = await workspaceApp();
  const leadId = await unreachable(test.owner);
  return { ...test, leadId, alertId: `${leadId}:data_completeness:noContact` };
}

describe('a blocker', () => {
  it('raises an alert with its evidence in words, its action and its time', async () => {
    const { owner, leadId, alertId } = await scene();
    const { items, total, counts, sinceYesterday } = await list(owner);
    expect([total, counts, sinceYesterday]).toEqual([1, { 1: 0, 2: 1, 3: 0 }, { 1: 0, 2: 1, 3: 0 }]);
    expect(items[0]).toMatchObject({ id: alertId, level: 2, severity: 'critical', state: 'open', lead: { id: leadId, name: 'Zara Patel' }, openedAt: monday, dueAt: monday + day, lastStep: null });
    expect(items[0]?.title).toMatch(/e-mail/i);
    expect(items[0]?.actionRequired).not.toBe('');
  });

  it('that is gone settles its alert by itself; another cause is another alert', async () => {
    const { owner, clock, leadId } = await scene();
    clock.advance(hour);
    await owner.call('admissions.leads.update', { id: leadId, email: 'zara@example.com', phone: '07700 900001' });
    expect(await list(owner)).toMatchObject({ items: [], total: 0 });
    expect((await settled(owner)).items).toMatchObject([{ state: 'resolved', resolvedAt: monday + hour, lastStep: { step: 'gone', by: null } }]);
  });

  it('that comes back opens the same alert again, and no second', async () => {
    const { owner, clock, leadId, alertId } = await scene();
    for (let times = 0; times < 3; times += 1) {
      await owner.call('admissions.leads.update', { id: leadId, email: 'zara@example.com', phone: '07700 900001' });
      clock.advance(hour);
      await owner.call('admissions.leads.update', { id: leadId, email: null, phone: null });
    }
    expect((await list(owner)).items.map(({ id, openedAt, lastStep }) => [id, openedAt, lastStep?.step])).toEqual([[alertId, monday + 3 * hour, 'returned']]);
    expect((await settled(owner)).total).toBe(0);
  });

  it('of a lead that is lost is none any more', async () => {
    const { owner, leadId } = await scene();
    await owner.call('admissions.leads.update', { id: leadId, stage: 'lost' });
    expect((await list(owner)).total).toBe(0);
  });

  it('of little weight raises one only while somebody owns the lead', async () => {
    const { owner } = await workspaceApp();
    const { id } = await owner.call('admissions.leads.create', { email: 'zoe@example.org', source: 'UCAS', course: 'Law' });
    await owner.call('admissions.triage.config.update', { configuration: { bands: { high: 90, medium: 1 } } });
    await owner.call('admissions.triage.rescore');
    expect((await list(owner)).items.map(({ cause, level }) => [cause, level])).toEqual([['data_completeness:noPhone', 1]]);
    const { previous } = await owner.call('admissions.leads.assign', { ids: [id], ownerId: null });
    expect((await list(owner)).total).toBe(0);
    await owner.call('admissions.leads.assign', { assignments: [...previous] });
    expect((await list(owner, { mine: true })).total).toBe(1);
  });
});

describe('an alert', () => {
  it('is taken on, put off, settled with a note, and each step taken back', async () => {
    const { owner, clock, alertId } = await scene();
    const ids = [alertId];
    const state = async () => {
      const [found] = (await list(owner, { states: ['open', 'acknowledged', 'snoozed', 'resolved'] })).items;
      return [found?.state, found?.dueAt, found?.lastStep?.step, found?.lastStep?.by];
    };
    clock.advance(hour);
    await owner.call('admissions.alerts.acknowledge', { ids });
    expect(await state()).toEqual(['acknowledged', monday + 25 * hour, 'acknowledged', 'Ada Lovelace']);
    await owner.call('admissions.alerts.reopen', { ids, undo: true });
    expect(await state()).toEqual(['open', monday + day, 'undone', 'Ada Lovelace']);
    await owner.call('admissions.alerts.snooze', { ids, until: monday + 2 * day });
    expect((await list(owner)).total).toBe(0);
    await owner.call('admissions.alerts.reopen', { ids, undo: true });
    await owner.call('admissions.alerts.resolve', { ids, note: 'She will send her number.' });
    const [resolved] = (await settled(owner)).items;
    expect(resolved?.lastStep).toMatchObject({ step: 'resolved', note: 'She will send her number.' });
    await owner.call('admissions.alerts.reopen', { ids });
    expect(await state()).toEqual(['open', monday + 25 * hour, 'reopened', 'Ada Lovelace']);
    const audited = await owner.call('platform.audit.list', { limit: 50 });
    expect(audited.items.filter(({ action }) => action.startsWith('admissions.alerts.')).length).toBe(6);
  });

  it('that was settled stays so while its cause stays, whatever else happens to the lead', async () => {
    const { owner, leadId, alertId } = await scene();
    await owner.call('admissions.alerts.resolve', { ids: [alertId] });
    await owner.call('admissions.leads.update', { id: leadId, city: 'Leeds' });
    await owner.call('admissions.triage.rescore');
    expect([(await list(owner)).total, (await settled(owner)).total]).toEqual([0, 1]);
  });

  it('refuses what makes no sense, all of a batch or none', async () => {
    const { owner, alertId, leadId } = await scene();
    const other = `${await unreachable(owner)}:data_completeness:noContact`;
    const refused = async (verb: string, input: object) => (await owner.refused(`admissions.alerts.${verb}`, input)).code;
    expect(await refused('snooze', { ids: [alertId], until: monday - 1 })).toBe('invalid_input');
    expect(await refused('snooze', { ids: [alertId], until: monday + 91 * day })).toBe('invalid_input');
    expect(await refused('reopen', { ids: [alertId] })).toBe('conflict');
    expect(await refused('reopen', { ids: [alertId], undo: true })).toBe('conflict');
    expect(await refused('acknowledge', { ids: ['no id'] })).toBe('invalid_input');
    expect(await refused('acknowledge', { ids: [`${leadId}:data_completeness:noPhone`] })).toBe('not_found');
    expect(await refused('acknowledge', { ids: ['0190a0a0-0000-7000-8000-000000000000:data_completeness:noContact'] })).toBe('not_found');
    await owner.call('admissions.alerts.resolve', { ids: [alertId] });
    expect(await refused('resolve', { ids: [other, alertId] })).toBe('conflict');
    expect((await list(owner)).items.map(({ id }) => id)).toEqual([other]);
  });

  it('of another team is in no list and is refused, which is audited', async () => {
    const { owner, newUser, alertId, leadId } = await scene();
    const team = await owner.call('platform.teams.create', { name: 'Elsewhere', department: 'Overseas' });
    const far = await newUser('staff', { teamId: team.id });
    expect(await list(far)).toMatchObject({ items: [], total: 0, counts: { 1: 0, 2: 0, 3: 0 }, sinceYesterday: { 1: 0, 2: 0, 3: 0 } });
    expect((await far.refused('admissions.alerts.list', { leadId })).code).toBe('out_of_scope');
    for (const [verb, input] of [['acknowledge', {}], ['snooze', { until: monday + day }], ['resolve', {}], ['reopen', {}]] as const) {
      expect((await far.refused(`admissions.alerts.${verb}`, { ids: [alertId], ...input })).code).toBe('out_of_scope');
    }
    const { items } = await owner.call('platform.audit.list', { limit: 20 });
    expect(items.filter(({ outcome, action }) => outcome === 'refused' && action.startsWith('admissions.alerts.')).length).toBeGreaterThanOrEqual(4);
    expect((await far.refused('admissions.alerts.age')).code).toBe('not_permitted');
  });

  it('goes to the manager when its time is over, once, and not sooner for a clock that was set back', async () => {
    const { clock, alertId, newUser, signIn } = await scene();
    await newUser('manager', { email: 'mary@school.example' });
    const ageAt = async (at: number) => {
      clock.set(at);
      const [owner, manager] = [await signIn('ada@school.example'), await signIn('mary@school.example')];
      for (const person of [owner, manager]) person.listen();
      const { escalated, told } = await owner.call('admissions.alerts.age');
      const shown = (await list(manager, { escalated: true })).items.map(({ id, state }) => [id, state]);
      return { escalated, told, shown, titles: [notices(owner), notices(manager)].map((each) => each.map(({ title }) => title)) };
    };
    const nothing = { escalated: 0, told: 0, shown: [], titles: [[], []] };
    expect(await ageAt(monday - 20 * hour)).toEqual(nothing);
    // A clock that was wrong for a while took some of the time away, but not more than all of it.
    expect(await ageAt(monday + 4 * hour - 1)).toEqual(nothing);
    const passed = { escalated: 1, told: 1, shown: [[alertId, 'open']], titles: [[], ['1 alert has waited too long and is yours now.']] };
    expect(await ageAt(monday + 4 * hour)).toEqual(passed);
    expect(await ageAt(monday + 11 * day)).toEqual({ ...passed, escalated: 0, told: 0, titles: [[], []] });
  });

  it('that was put off comes back when its time has come, also where the program was closed meanwhile', async () => {
    const first = await scene();
    await first.owner.call('admissions.alerts.snooze', { ids: [first.alertId], until: monday + 2 * day });
    first.clock.advance(hour);
    expect(await first.owner.call('admissions.alerts.age')).toMatchObject({ woken: 0 });
    await first.app.close();
    const { app, stranger } = emptyApp({ folder: first.folder, clock: fixedClock(monday + 9 * day) });
    const owner = stranger();
    await owner.call('platform.sessions.signIn', { passPhrase });
    await app.inside.settled();
    expect((await list(owner)).items).toMatchObject([{ id: first.alertId, state: 'open', lastStep: { step: 'woke' }, dueAt: monday + 10 * day }]);
  });
});

/** So many leads whom nobody can reach and whom everybody wants. */
function storm(count: number): string {
  return fileWith(['Lead ID,First name,Last name,Source,Course', ...Array.from({ length: count }, (_none, index) => `S-${String(index)},Ada,No ${String(index)},UCAS,Law`)].join('\n'));
}

describe('a storm of alerts', () => {
  it('is one line on Today and one notice, and is not told of again', async () => {
    const { owner, clock } = await workspaceApp();
    await owner.call('admissions.triage.config.update', { configuration: { bands: { high: 2, medium: 1 } } });
    owner.listen();
    await owner.call('admissions.imports.run', { path: storm(3_000) });
    const { counts, sinceYesterday, items } = await list(owner, { limit: 5 });
    expect([counts[3], sinceYesterday[3], items.length]).toEqual([3_000, 3_000, 5]);
    expect(notices(owner)).toEqual([]);
    expect(await owner.call('admissions.alerts.age')).toMatchObject({ told: 1 });
    expect(notices(owner).map(({ title }) => title)).toEqual(['3,000 urgent alerts']);
    clock.advance(hour);
    expect(await owner.call('admissions.alerts.age')).toMatchObject({ told: 0 });
    await owner.call('admissions.triage.rescore');
    expect(await owner.call('admissions.alerts.age')).toMatchObject({ told: 0 });
    const { items: [imported] } = await owner.call('admissions.imports.list');
    await owner.call('admissions.imports.undo', { importId: imported!.id });
    expect((await list(owner)).total).toBe(0);
  });

  it('in the night waits for the morning, and for somebody who is there', async () => {
    const { owner, clock, signIn } = await workspaceApp();
    await owner.call('admissions.triage.config.update', { configuration: { bands: { high: 2, medium: 1 } } });
    await owner.call('admissions.imports.run', { path: storm(3) });
    expect(await owner.call('admissions.alerts.age')).toMatchObject({ told: 0 });
    const ageAt = async (at: number) => {
      clock.set(at);
      const ada = await signIn('ada@school.example');
      ada.listen();
      await ada.call('admissions.alerts.age');
      return notices(ada).map(({ title, body }) => [title, body]);
    };
    // Half past eight in the evening in London, then a quarter to eight in the morning: by then the four hours are over, too.
    expect(await ageAt(Date.UTC(2026, 9, 5, 19, 30))).toEqual([]);
    expect(await ageAt(Date.UTC(2026, 9, 6, 6, 45))).toEqual([['3 urgent alerts', '3 alerts have waited too long and are yours now. The list of alerts says which, why and what to do.']]);
  });
});
