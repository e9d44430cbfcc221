import { describe, expect, it } from 'vitest';
import { createIds } from '#main/app/ids';
import { fixedClock, monday, workspaceApp } from '#test/support/app';

const day = 86_400_000;

describe('a clock that was set back', () => {
  it('makes ids that still sort in the order in which they were made', () => {
    const clock = fixedClock(monday);
    const newId = createIds(clock);
    const made = [newId(), newId()];
    clock.advance(-30 * day);
    made.push(newId(), newId());
    clock.advance(31 * day);
    made.push(newId(), newId());
    expect([...made].sort()).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
  });

  it('leaves scores, tasks, notes and the audit as they are, and in their order', async () => {
    const { owner, clock, signIn } = await workspaceApp();
    const { id: leadId } = await owner.call('admissions.leads.create', { givenName: 'Zara', familyName: 'Patel', email: 'zara@example.org', source: 'UCAS' });
    await owner.call('admissions.touchpoints.create', { leadId, kind: 'call', outcome: 'reached' });
    const soon = await owner.call('admissions.tasks.create', { leadId, title: 'Soon', due: 'tomorrow' });
    await owner.call('admissions.tasks.update', { id: soon.id, done: true });
    await owner.call('admissions.notes.create', { leadId, text: 'Before' });
    const before = await owner.call('admissions.leads.get', { id: leadId });
    clock.advance(-3 * day);
    const earlier = await signIn('ada@school.example');
    // What happened "in the future" makes the lead no fresher than it was, and no staler.
    expect((await earlier.call('admissions.triage.score', { ids: [leadId] })).leads[0]!.score).toBe(before.score);
    await earlier.call('admissions.triage.rescore');
    expect(await earlier.call('admissions.leads.get', { id: leadId })).toMatchObject({ score: before.score, lastContactedAt: monday, nextTaskAt: null });
    // Work goes on: an id that is newer, a revision that is higher, a task that is due by the clock of now.
    const later = await earlier.call('admissions.tasks.create', { leadId, title: 'Later', due: 'tomorrow 9:00' });
    expect(later.id > soon.id).toBe(true);
    expect(later.dueAt).toBe(Date.UTC(2026, 9, 3, 8));
    await earlier.call('admissions.notes.create', { leadId, text: 'After' });
    expect((await earlier.call('admissions.notes.list', { leadId })).items.map(({ text }) => text).sort()).toEqual(['After', 'Before']);
    expect((await earlier.call('admissions.leads.update', { id: leadId, city: 'Leeds' })).revision).toBeGreaterThan(before.revision);
    expect((await earlier.call('admissions.tasks.list', { leadId, includeDone: true })).items.map(({ title }) => title)).toEqual(['Later', 'Soon']);
    expect(await earlier.call('platform.audit.verify')).toMatchObject({ intact: true });
    // Nothing alerts a second time.
    const alerts = (await earlier.call('admissions.alerts.list')).items.map(({ id }) => id);
    await earlier.call('admissions.alerts.age');
    expect((await earlier.call('admissions.alerts.list')).items.map(({ id }) => id)).toEqual(alerts);
    clock.set(monday + 60_000);
    const again = await signIn('ada@school.example');
    await again.call('admissions.triage.rescore');
    expect((await again.call('admissions.leads.get', { id: leadId })).lastContactedAt).toBe(monday);
  });
});

describe('two people at one lead in the same second', () => {
  it('both keep what they changed where it is different, and the second is told where it is the same', async () => {
    const { owner, newUser } = await workspaceApp();
    const [team] = (await owner.call('platform.teams.list')).items;
    const grace = await newUser('staff', { teamId: team!.id });
    const { id, revision } = await owner.call('admissions.leads.create', { givenName: 'Zara' });
    const [first, second] = await Promise.all([
      owner.call('admissions.leads.update', { id, city: 'Leeds' }),
      grace.call('admissions.leads.update', { id, course: 'Law' }),
    ]);
    expect(new Set([first.revision, second.revision]).size).toBe(2);
    expect(await owner.call('admissions.leads.get', { id })).toMatchObject({ city: 'Leeds', course: 'Law' });
    expect(await grace.refused('admissions.leads.update', { id, city: 'York', revision })).toMatchObject({ code: 'conflict', message: expect.stringContaining('Look at it again') });
    expect((await owner.call('admissions.leads.get', { id })).city).toBe('Leeds');
  });
});

describe('a lead that was merged', () => {
  it('is merged no second time, works as no survivor, and takes nothing on; each refusal names the lead that stands for it', async () => {
    const { owner } = await workspaceApp();
    const [one, two, three] = [
      await owner.call('admissions.leads.create', { givenName: 'Zara', familyName: 'One' }),
      await owner.call('admissions.leads.create', { givenName: 'Zara', familyName: 'Two' }),
      await owner.call('admissions.leads.create', { givenName: 'Zara', familyName: 'Three' }),
    ];
    await owner.call('admissions.duplicates.merge', { survivorId: two.id, mergedId: one.id });
    const into = { code: 'not_found', details: { mergedInto: two.id }, message: expect.stringContaining('merged into Zara Two') as string };
    for (const [entry, input] of [
      ['admissions.duplicates.merge', { survivorId: three.id, mergedId: one.id }],
      ['admissions.duplicates.merge', { survivorId: one.id, mergedId: three.id }],
      ['admissions.leads.update', { id: one.id, city: 'Leeds' }],
      ['admissions.touchpoints.create', { leadId: one.id, kind: 'call' }],
      ['admissions.notes.create', { leadId: one.id, text: 'Lost' }],
      ['admissions.tasks.create', { leadId: one.id, title: 'Lost' }],
      ['admissions.attachments.create', { leadId: one.id, link: 'https://example.org/' }],
      ['admissions.consents.record', { leadId: one.id, channel: 'email', granted: true }],
    ] as const) expect(await owner.refused(entry, input), entry).toMatchObject(into);
    // The merge that a later one rests on is taken back last.
    const { mergeId: later } = await owner.call('admissions.duplicates.merge', { survivorId: three.id, mergedId: two.id });
    expect((await owner.call('admissions.duplicates.list', { state: 'merged' })).items.length).toBeGreaterThan(0);
    await owner.call('admissions.duplicates.unmerge', { mergeId: later });
    expect((await owner.call('admissions.leads.get', { id: two.id })).name).toBe('Zara Two');
  });
});
