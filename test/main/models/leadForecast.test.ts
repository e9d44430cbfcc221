import { describe, expect, it } from 'vitest';
import { seededRng } from '#domain/kernel/rng';
import { leadHistory, remainingDays, seasonalFactors, shareWithin } from '#domain/models/leads/history';
import { workspaceApp } from '#test/support/app';
import { fileWith } from '#test/support/files';

/** Leads of three years, of whom those who enquired in August convert more often. */
function datedLeads(rows: number): string {
  const random = seededRng(7);
  const lines = Array.from({ length: rows }, (_, row) => {
    const month = 1 + Math.floor(random() * 12);
    const visits = Math.floor(random() * 12);
    const source = random() < 0.5 ? 'Referral' : 'Advert';
    const converted = random() < 1 / (1 + Math.exp(3 - visits / 4 - (month === 8 ? 2 : 0) - (source === 'Referral' ? 1.5 : 0)));
    return `L-${String(row)},l${String(row)}@example.ac.uk,${source},${String(visits)},${converted ? 'yes' : 'no'},${String(2023 + (row % 3))}-${String(month).padStart(2, '0')}-11`;
  });
  return `Lead ID,Email,Source,Web visits,Converted,Enquiry date\n${lines.join('\n')}\n`;
}

/** The request of the first system, as it was written. */
const described = {
  lead_id: 'lead_123',
  lead_features: { email: 'test@example.com', phone: '+1 555-123-4567', source: 'organic_search', course_declared: 'Computer Science', engagement_data: { email_opens: 8, email_clicks: 3, events_attended: 1, portal_logins: 2, web_visits: 6 } },
  include_confidence_intervals: true,
  include_cohort_analysis: true,
  forecast_horizon_days: 90,
} as never;

describe('the forecast of a lead by the model that serves', () => {
  it('says what is missing while none does, and figures that leads tell themselves', async () => {
    const { owner } = await workspaceApp();
    const lead = await owner.call('admissions.leads.create', { givenName: 'Zara', source: 'Referral' });
    const first = await owner.call('admissions.forecast.model', { leadId: lead.id });
    expect(first).toMatchObject({ state: 'no_model', conversionProbability: null, confidenceInterval: null, modelConfidence: null, featureImportance: {} });
    expect(first.notice).toMatch(/at least 40 leads that converted and 40 that did not; there are 0 and 0/);
    await owner.call('admissions.imports.run', { path: fileWith(datedLeads(300)) });
    expect((await owner.call('admissions.forecast.model', described)).notice).toMatch(/enough known outcomes to train one/);
    expect((await owner.refused('admissions.forecast.model', {})).code).toBe('invalid_input');
  });

  it('has chance, range, time, cohort, importance, confidence and season, for a lead of the workspace and one that is described', async () => {
    const { owner, app, newUser } = await workspaceApp();
    await owner.call('admissions.imports.run', { path: fileWith(datedLeads(600)) });
    await owner.call('admissions.triage.rescore', {});
    const { modelId } = await owner.call('models.training.run', { modelType: 'logistic_regression', folds: 2, seed: 3 });
    await owner.call('models.registry.activate', { modelId: modelId! });
    const { items } = await owner.call('admissions.leads.list', { limit: 1 });
    const said = await owner.call('admissions.forecast.model', { leadId: items[0]!.id });
    const { probability, interval } = await owner.call('models.predictions.predict', { leadId: items[0]!.id });
    expect(said).toMatchObject({ state: 'model', notice: null, modelId, version: 1, conversionProbability: probability, confidenceInterval: { lower: interval.lower, upper: interval.upper } });
    expect(said.cohortPerformance).toMatchObject({ source: items[0]!.source, cohortSize: expect.any(Number) as number });
    expect(said.cohortPerformance!.cohortSize).toBeGreaterThan(200);
    expect(said.featureImportance.webVisits).toBeGreaterThan(0.3);
    expect(Object.values(said.featureImportance).reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1.001);
    expect(said.drivers[0]!.column).toMatch(/\w/);
    expect(said.modelConfidence).toBeGreaterThan(0.4);
    expect(said.seasonalFactors).toMatchObject({ nextPeakMonth: 8 });
    expect(said.seasonalFactors!.factors[7]).toBeGreaterThan(1.1);

    const seeds = await owner.call('admissions.forecast.model', described);
    expect(seeds).toMatchObject({ leadId: 'lead_123', state: 'model', horizon: { days: 90 }, cohortPerformance: null });
    expect(seeds.conversionProbability).toBeGreaterThan(0);
    expect(seeds.confidenceInterval!.standardError).toBeGreaterThan(0);
    // No answer holds a figure that is none.
    expect(JSON.stringify([said, seeds])).not.toMatch(/NaN|Infinity/);

    const { id: teamId } = await owner.call('platform.teams.create', { name: 'Elsewhere', department: 'Elsewhere' }) as { id: string };
    const stranger = await newUser('staff', { teamId });
    expect((await stranger.refused('admissions.forecast.model', { leadId: items[0]!.id })).code).toBe('not_found');

    app.inside.workspace.store().transaction((writer) => writer.run("update models set artefact = x'0102', checksum = 'other'"));
    expect((await owner.call('admissions.forecast.model', { leadId: items[0]!.id })).notice).toMatch(/cannot be read/);
  });
});

describe('what leads tell beside a model', () => {
  it('is how long those still take that have not converted at an age: a hand-worked case', () => {
    // A hundred conversions after 1, 2, … 100 days: of those that took longer than 40, half took 70 or less.
    const history = leadHistory(new Uint8Array(100).fill(1), new Float64Array(100).fill(8), Float64Array.from({ length: 100 }, (_, row) => row + 1));
    expect(remainingDays(history, 40)).toBe(31);
    expect(shareWithin(history, 40, 30)).toBeCloseTo(0.5, 1);
    expect(remainingDays(history, 85)).toBeNull();
    expect(remainingDays(leadHistory(Uint8Array.of(1), Float64Array.of(1), Float64Array.of(3)), 0)).toBeNull();
    expect(leadHistory(new Uint8Array(3), new Float64Array(3).fill(Number.NaN), new Float64Array(3)).daysToConvert).toEqual([]);
  });

  it('is a season where enquiries have dates enough, shrunk to the usual', () => {
    const month = Float64Array.from({ length: 1_200 }, (_, row) => (row % 12) + 1);
    const labels = Uint8Array.from(month, (of, row) => Number(row % 24 < 12 && (of === 8 || of === 9 || row % 48 < 12)));
    const season = seasonalFactors(leadHistory(labels, month, new Float64Array(1_200).fill(Number.NaN)), 8)!;
    expect(season).toMatchObject({ nextPeakMonth: 9 });
    expect(season.currentMonthFactor).toBeGreaterThan(1.2);
    // Rate of August .5 over 100, of all .2917: (50 + 50 · .2917) / 150 / .2917 = 1.476.
    expect(season.currentMonthFactor).toBeCloseTo(1.48, 2);
    expect(seasonalFactors(leadHistory(labels.subarray(0, 100), month.subarray(0, 100), new Float64Array(100)), 8)).toBeNull();
  });
});
