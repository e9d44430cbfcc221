import { describe, expect, it } from 'vitest';
import { type Person, workspaceApp } from '#test/support/app';
import { fileWith, smallCsv } from '#test/support/files';

async function withLeads() {
  const app = await workspaceApp();
  await app.owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
  return app;
}

const list = async (person: Person) => (await person.call('admissions.leads.list')).items;

describe('a preview of other weights', () => {
  it('tells beforehand, to the point, what scoring anew brings, and writes nothing', async () => {
    const { owner, app } = await withLeads();
    const before = await list(owner);
    const changes = { weights: { engagement: 5, recency: 100 }, configuration: { recencyHalfLifeDays: 3 } };
    const preview = await owner.call('admissions.triage.config.preview', changes);
    expect(await list(owner)).toEqual(before);
    expect((await owner.call('admissions.triage.config.get')).history).toHaveLength(1);
    expect(preview).toMatchObject({ measure: 'score', leads: 4 });
    expect(preview.rise + preview.fall).toBeGreaterThan(0);

    await owner.call('admissions.triage.config.update', { ...changes, reason: 'As previewed.' });
    await app.inside.settled();
    await owner.call('admissions.triage.rescore');
    const after = new Map((await list(owner)).map(({ id, score, band }) => [id, { score, band }]));
    for (const { lead, before: was, after: becomes } of [...preview.risers, ...preview.fallers]) {
      expect(before.find(({ id }) => id === lead.id)).toMatchObject({ name: lead.name, score: was });
      expect(after.get(lead.id)!.score).toBe(becomes);
    }
    for (const { band, after: count } of preview.bands) expect([...after.values()].filter((lead) => lead.band === band)).toHaveLength(count);
    const queue = (await owner.call('admissions.triage.queue')).items.map(({ lead }) => lead.id);
    expect(preview.queue.map(({ lead }) => lead.id)).toEqual(queue);
  });

  it('of bands alone moves no score, and counts who changes band', async () => {
    const { owner } = await withLeads();
    const preview = await owner.call('admissions.triage.config.preview', { configuration: { bands: { high: 30, medium: 25 } } });
    expect(preview).toMatchObject({ rise: 0, fall: 0, risers: [], fallers: [], bandChanges: 3, leaving: [] });
    expect(preview.bands).toEqual([{ band: 'high', before: 0, after: 2 }, { band: 'medium', before: 1, after: 1 }, { band: 'low', before: 3, after: 1 }]);
    expect(preview.queue.every(({ place, placeBefore }) => place === placeBefore)).toBe(true);
  });

  it('of blocker thresholds counts whom they would hold back', async () => {
    const { owner } = await withLeads();
    await owner.call('admissions.leads.create', { givenName: 'Fresh', email: 'fresh@example.org' });
    const configuration = (await owner.call('admissions.triage.config.get')).configuration;
    const stall = (answer: { blockers: { type: string; before: number; after: number }[] }) => answer.blockers.find(({ type }) => type === 'engagement_stall')!;
    const none = stall(await owner.call('admissions.triage.config.preview', { configuration: { blockers: { ...configuration.blockers, stallDays: 3_000, longStallDays: 3_000 } } }));
    expect(none.after).toBeLessThanOrEqual(none.before);
  });

  it('is of the leads that one may see', async () => {
    const { owner, newUser } = await withLeads();
    const team = await owner.call('platform.teams.create', { name: 'Elsewhere', department: 'Overseas' });
    const manager = await newUser('manager', { teamId: team.id });
    expect(await manager.call('admissions.triage.config.preview', { weights: { recency: 90 } })).toMatchObject({ leads: 0, rise: 0, risers: [], queue: [] });
  });

  it('is refused where the configuration makes no sense, and to whoever may not look at it', async () => {
    const { owner, newUser } = await withLeads();
    expect((await owner.refused('admissions.triage.config.preview', { weights: { recency: -1 } })).code).toBe('invalid_input');
    expect((await owner.refused('admissions.triage.config.preview', { configuration: { bands: { high: 40, medium: 60 } } })).message).toContain('medium band');
    const staff = await newUser('staff');
    expect((await staff.refused('admissions.triage.config.preview', {})).code).toBe('not_permitted');
    expect((await staff.refused('admissions.forecast.config.preview', {})).code).toBe('not_permitted');
  });
});

describe('a preview of the forecast', () => {
  it('moves chances and leaves scores and the queue alone', async () => {
    const { owner, app } = await withLeads();
    const before = await list(owner);
    const preview = await owner.call('admissions.forecast.config.preview', { bias: -1, minProbabilityForEta: 0.9 });
    expect(preview).toMatchObject({ measure: 'chance', leads: 4, rise: 4, fall: 0, bandChanges: 0 });
    expect(preview.expected.after).toBeGreaterThan(preview.expected.before);
    expect(preview.queue.every(({ place, placeBefore, score, newScore }) => place === placeBefore && score === newScore)).toBe(true);
    expect(await list(owner)).toEqual(before);
    await owner.call('admissions.forecast.config.update', { bias: -1, minProbabilityForEta: 0.9 });
    await app.inside.settled();
    await owner.call('admissions.triage.rescore');
    const after = await list(owner);
    for (const { lead, after: becomes } of preview.risers) expect(after.find(({ id }) => id === lead.id)!.probability).toBe(becomes);
    expect(after.filter(({ etaDays }) => etaDays !== null)).toHaveLength(preview.dated.after);
    expect((await owner.refused('admissions.forecast.config.preview', { bias: 1_000 })).code).toBe('invalid_input');
  });
});

describe('going back', () => {
  it('to earlier weights is a new version with its reason, and every score is what it was', async () => {
    const { owner, app } = await withLeads();
    const before = (await list(owner)).map(({ id, score }) => [id, score]);
    await owner.call('admissions.triage.config.update', { weights: { recency: 90 } });
    await app.inside.settled();
    await owner.call('admissions.triage.rescore');
    const { history } = await owner.call('admissions.triage.config.get');
    await owner.call('admissions.triage.config.update', { weights: history[1]!.weights, reason: 'Back to the weights of before.' });
    await app.inside.settled();
    await owner.call('admissions.triage.rescore');
    expect((await list(owner)).map(({ id, score }) => [id, score])).toEqual(before);
    const now = await owner.call('admissions.triage.config.get');
    expect(now.history).toHaveLength(3);
    expect(now.history[0]).toMatchObject({ reason: 'Back to the weights of before.', by: 'Ada Lovelace' });
  });

  it('to an earlier configuration or forecast finds it in their versions', async () => {
    const { owner } = await withLeads();
    await owner.call('admissions.triage.config.update', { configuration: { recencyHalfLifeDays: 7 } });
    await owner.call('admissions.forecast.config.update', { bias: -2 });
    const { configurations } = await owner.call('admissions.triage.config.get');
    expect(configurations.map(({ by, configuration }) => [by, configuration.recencyHalfLifeDays])).toEqual([['Ada Lovelace', 7], [expect.anything(), 14]]);
    const forecast = await owner.call('admissions.forecast.config.get');
    expect(forecast.configurations.map(({ configuration }) => configuration.bias)).toEqual([-2, -3]);
  });
});
