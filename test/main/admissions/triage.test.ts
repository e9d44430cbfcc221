import { describe, expect, it } from 'vitest';
import { emptyApp, monday, passPhrase, workspaceApp } from '#test/support/app';
import { fileWith, smallCsv } from '#test/support/files';

const day = 86_400_000;

describe('scoring what a caller describes', () => {
  it("answers the specification's own example in its shape: low, with blockers", async () => {
    const { owner } = await workspaceApp();
    const input = { leads: [{ id: 'test123', has_email: false, has_phone: false, source: 'unknown' }] } as never;
    const [lead] = (await owner.call('admissions.triage.score', input)).leads;
    // Nothing is known but that contact is missing and the source is unknown: (40 + 30 + 15) · .3 of 125.
    expect(lead).toMatchObject({ leadId: 'test123', score: 20.4, band: 'low', action: 'qualify', confidence: 0.32 });
    expect(lead!.blockers.map(({ type, severity }) => [type, severity])).toEqual([
      ['data_completeness', 'critical'],
      ['source_quality', 'medium'],
      ['data_completeness', 'low'],
    ]);
    expect(lead!.alerts).toEqual([expect.objectContaining({ level: 2, severity: 'critical' })]);
    expect(lead!.reasons).toContain('No e-mail address and no phone number');
  });

  it('takes the weights of a request, without keeping them', async () => {
    const { owner } = await workspaceApp();
    const leads = [{ id: 'a', hasEmail: true, hasPhone: true, source: 'UCAS' }];
    const plain = (await owner.call('admissions.triage.score', { leads })).leads[0]!;
    const contact = (await owner.call('admissions.triage.score', { leads, weights: { contactability: 200 } })).leads[0]!;
    expect(contact.score).toBeGreaterThan(plain.score);
    expect((await owner.call('admissions.triage.config.get')).weights.contactability).toBe(20);
  });

  it('refuses weights that add up to nothing', async () => {
    const { owner } = await workspaceApp();
    const zero = { engagement: 0, recency: 0, source: 0, contactability: 0, courseFit: 0 };
    expect((await owner.refused('admissions.triage.score', { leads: [{ id: 'a' }], weights: zero })).code).toBe('invalid_input');
  });
});

describe('a contact that was logged', () => {
  it('moves the score and says why, and can be taken back', async () => {
    const { owner } = await workspaceApp();
    await owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
    const [lead] = (await owner.call('admissions.leads.list', { search: "o'brien" })).items;
    const logged = await owner.call('admissions.touchpoints.create', { leadId: lead!.id, kind: 'call', outcome: 'reached', note: 'Wants to visit.' });
    expect(logged.score.after).toBeGreaterThan(logged.score.before!);
    expect(logged.score.reasons.map(({ factor }) => factor)).toEqual(expect.arrayContaining(['recency', 'engagement']));
    expect(logged.score.reasons.find(({ factor }) => factor === 'recency')!.reason).toBe('Active today');
    expect(logged.lead).toMatchObject({ stage: 'contacted', score: logged.score.after });
    const { items } = await owner.call('admissions.leads.timeline', { id: lead!.id });
    expect(items.map(({ title }) => title)).toEqual(expect.arrayContaining(['Called · reached', expect.stringMatching(/^Score rose from \d+ to \d+$/)]));
    const undone = await owner.call('admissions.touchpoints.remove', { id: logged.touchpointId });
    expect(undone.score.after).toBe(logged.score.before);
    expect((await owner.call('admissions.leads.get', { id: lead!.id })).stage).toBe('enquiry');
  });

  it('that reached nobody makes no lead more engaged', async () => {
    const { owner } = await workspaceApp();
    await owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
    const [lead] = (await owner.call('admissions.leads.list', { search: "o'brien" })).items;
    const logged = await owner.call('admissions.touchpoints.create', { leadId: lead!.id, kind: 'call', outcome: 'no_answer' });
    expect(logged.score.after).toBe(logged.score.before);
    expect(logged.lead.lastContactedAt).toBe(monday);
  });

  it('takes the lead out of the queue for a while', async () => {
    const { owner, clock } = await workspaceApp();
    await owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
    const before = await owner.call('admissions.triage.queue');
    expect(before.total).toBe(3);
    await owner.call('admissions.touchpoints.create', { leadId: before.items[0]!.lead.id, kind: 'email', outcome: 'sent' });
    const after = await owner.call('admissions.triage.queue');
    expect(after).toMatchObject({ total: 2, resting: 1, contactedToday: 1 });
    clock.advance(3 * day);
    await owner.call('platform.sessions.signIn', { passPhrase });
    expect((await owner.call('admissions.triage.queue')).total).toBe(3);
  });
});

describe('the queue', () => {
  it('leaves out whoever was put off, until then', async () => {
    const { owner, clock } = await workspaceApp();
    await owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
    const [first] = (await owner.call('admissions.triage.queue')).items;
    await owner.call('admissions.leads.snooze', { id: first!.lead.id, until: monday + 2 * day });
    expect((await owner.call('admissions.triage.queue')).items.map(({ lead }) => lead.id)).not.toContain(first!.lead.id);
    clock.advance(2 * day + 1);
    await owner.call('platform.sessions.signIn', { passPhrase });
    expect((await owner.call('admissions.triage.queue')).items.map(({ lead }) => lead.id)).toContain(first!.lead.id);
  });

  it('never lists who has enrolled or is lost', async () => {
    const { owner } = await workspaceApp();
    await owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
    const [first] = (await owner.call('admissions.triage.queue')).items;
    await owner.call('admissions.leads.update', { id: first!.lead.id, stage: 'lost' });
    expect((await owner.call('admissions.triage.queue')).total).toBe(2);
  });
});

describe('changing the rules', () => {
  it('keeps every version of the weights with who and why, and rescores all leads', async () => {
    const { owner } = await workspaceApp();
    await owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
    const before = Object.fromEntries((await owner.call('admissions.leads.list')).items.map(({ id, score }) => [id, score]));
    const { rescoreJobId } = await owner.call('admissions.triage.config.update', { weights: { recency: 80 }, reason: 'Speed matters in clearing.' });
    await finished(owner, rescoreJobId);
    const after = (await owner.call('admissions.leads.list')).items;
    expect(after.some(({ id, score }) => score !== before[id])).toBe(true);
    const { weights, history } = await owner.call('admissions.triage.config.get');
    expect(weights).toEqual({ engagement: 40, recency: 80, source: 20, contactability: 20, courseFit: 15 });
    expect(history[0]).toMatchObject({ by: 'Ada Lovelace', reason: 'Speed matters in clearing.' });
    expect(history).toHaveLength(2);
  });

  it('moves the bands of all leads at once, in lists, filters and the queue', async () => {
    const { owner } = await workspaceApp();
    await owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
    const bands = async (): Promise<unknown[]> => (await owner.call('admissions.leads.list')).items.map(({ score, band }) => [score, band]);
    expect(await bands()).toEqual([[63.1, 'medium'], [32.4, 'low'], [29, 'low'], [20.4, 'low']]);
    await owner.call('admissions.triage.config.update', { configuration: { bands: { high: 30, medium: 25 } } });
    expect(await bands()).toEqual([[63.1, 'high'], [32.4, 'high'], [29, 'medium'], [20.4, 'low']]);
    expect((await owner.call('admissions.leads.list', { filter: { field: 'band', is: 'high' } })).items.map(({ band }) => band)).toEqual(['high', 'high']);
    expect((await owner.call('admissions.triage.queue')).items.map(({ lead, action }) => [lead.band, action])).toEqual([['high', 'contact_now'], ['medium', 'nurture'], ['low', 'qualify']]);
  });

  it('writes only scores that changed', async () => {
    const { owner } = await workspaceApp();
    await owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
    expect(await owner.call('admissions.triage.rescore')).toEqual({ scored: 4, changed: 0 });
    const [lead] = (await owner.call('admissions.leads.list', { search: 'zara' })).items;
    await owner.call('admissions.leads.update', { id: lead!.id, phone: null });
    expect(await owner.call('admissions.triage.rescore')).toMatchObject({ scored: 4 });
  });

  it('lets a course fill up: its leads are blocked and fall', async () => {
    const { owner } = await workspaceApp();
    await owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
    const [lead] = (await owner.call('admissions.leads.list', { search: 'zara' })).items;
    const course = (await owner.call('admissions.courses.list')).items.find(({ name }) => name === 'Computer Science')!;
    expect(course).toMatchObject({ leads: 2, taken: 1, places: null });
    await owner.call('admissions.courses.update', { id: course.id, places: 1 });
    const [scored] = (await owner.call('admissions.triage.score', { ids: [lead!.id] })).leads;
    expect(scored!.blockers).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'course_capacity', severity: 'high', description: 'Computer Science is full: 1 of 1 places taken' })]));
    expect(scored!.score).toBeLessThan(lead!.score!);
  });

  it("takes the forecast's weights by the specification's own names", async () => {
    const { owner } = await workspaceApp();
    const changed = await owner.call('admissions.forecast.config.update', { weights: { engagement_points: 0.1 }, eta_base_days: 35 } as never);
    expect(changed.configuration).toMatchObject({ weights: { engagement: 0.1, recency: 0.07 }, etaBaseDays: 35, bias: -3 });
  });
});

describe('the forecast', () => {
  it('gives an ETA only where the chance is high enough, and tells what helps and hurts', async () => {
    const { owner } = await workspaceApp();
    const leads = [
      { id: 'warm', hasEmail: true, hasPhone: true, source: 'UCAS', emailOpens: 12, emailClicks: 6, eventsAttended: 2, conversations: 3, lastActivityAt: monday, course: 'Law' },
      { id: 'cold', hasEmail: false, hasPhone: false, source: 'unknown', lastActivityAt: monday - 90 * day },
    ];
    const [warm, cold] = (await owner.call('admissions.forecast.predict', { leads })).leads;
    expect(warm!.probability).toBeGreaterThan(0.9);
    // Engagement 1 − .8 · .6 · .3 · .3 = .957, so 45 − 20 · .957 days.
    expect(warm!.etaDays).toBe(26);
    expect(warm!.drivers.join(' ')).toContain('Active today');
    expect(cold!).toMatchObject({ etaDays: null });
    expect(cold!.probability).toBeLessThan(0.25);
    expect(cold!.risks).toContain('No e-mail address and no phone number');
  });
});

describe('the passing of days', () => {
  it('ages scores at the next start, and only once a day', async () => {
    const first = await workspaceApp();
    await first.owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
    const [before] = (await first.owner.call('admissions.leads.list', { search: 'zara' })).items;
    await first.app.close();
    first.clock.advance(10 * day);
    const { stranger, app } = emptyApp({ folder: first.folder, clock: first.clock });
    const owner = stranger();
    await owner.call('platform.sessions.signIn', { passPhrase });
    await app.inside.settled();
    const [after] = (await owner.call('admissions.leads.list', { search: 'zara' })).items;
    expect(after!.score).toBeLessThan(before!.score!);
    const [shown] = (await owner.call('admissions.triage.score', { ids: [after!.id] })).leads;
    expect(shown!.score).toBe(after!.score);
  });
});

async function finished(person: Awaited<ReturnType<typeof workspaceApp>>['owner'], jobId: string): Promise<void> {
  for (let turn = 0; turn < 500; turn += 1) {
    const { state } = await person.call('platform.jobs.get', { jobId });
    if (state === 'succeeded') return;
    if (state !== 'waiting' && state !== 'running') throw new Error(`The job ended as ${state}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('The job did not end.');
}
