import { describe, expect, it } from 'vitest';
import { defaultForecastConfiguration, forecastLead } from '#domain/admissions/forecast/predict';
import { type Factor, factors } from '#domain/admissions/triage/configuration';
import { judgeLead, meanPoints } from '#domain/admissions/triage/judge';
import { scoreLead } from '#domain/admissions/triage/score';
import { say } from '#main/app/phrases';
import { asOf, facts, setting, workedLead, workspaceBaseline } from '#test/support/triage';

// Numbers worked out apart from the code, with Python's math.exp, from the specification's own coefficients (section 2.1).

/** A score of given values with every factor known and no blocker. */
function scoreOf(value: number) {
  const maximum: Readonly<Record<Factor, number>> = { engagement: 40, recency: 30, source: 20, contactability: 20, courseFit: 15 };
  return {
    leadId: 'lead',
    confidence: 1,
    blockers: [],
    factors: factors.map((factor) => ({ factor, value, points: maximum[factor] * value, maximum: maximum[factor], known: true, reason: { key: `triage.${factor}`, params: {} } })),
  };
}
const averages = { engagement: 12, recency: 9, source: 6, contactability: 6, courseFit: 4.5 };

describe('the chance of converting', () => {
  it.each([
    // −3 + .085·40 + .07·30 + .06·20 + .055·20 + .05·15 = 5.55
    [1, 0.996],
    // −3 + .3 · 8.55 = −.435
    [0.3, 0.393],
    // −3
    [0, 0.047],
  ])('of a lead with every factor at %d is %d', (value, probability) => {
    expect(forecastLead(scoreOf(value), averages, defaultForecastConfiguration).probability).toBe(probability);
  });

  it('of the worked lead: −3 + .085·30.51 + .07·10.61 + .06·10.29 + .055·10 + .05·9 = 1.95345', () => {
    const { forecast } = judgeLead(workedLead, setting({ baseline: workspaceBaseline }));
    expect(forecast.probability).toBe(0.876);
    // 45 − 20 · .762854 = 29.74
    expect(forecast.etaDays).toBe(30);
    expect(forecast.confidence).toBe(0.95);
    expect(forecast.explanation).toEqual({ engagement: 0.7629, recency: 0.3536, source: 0.5143, contactability: 0.5, courseFit: 0.6 });
  });

  it("of the specification's own example, both channels and a new source, is .583 in 39 days", () => {
    // −3 + .085·12 + .07·9 + .06·6 + .055·20 + .05·4.5 = .335; 45 − 20 · .3.
    const { forecast } = judgeLead(facts({ source: { key: 'new', name: 'organic_search' } }), setting());
    expect(forecast).toMatchObject({ probability: 0.583, etaDays: 39 });
  });
});

describe('the days until then', () => {
  it('are told from a chance of .25 on', () => {
    // The example with nothing but an unknown source: −3 + .085·12 + .07·9 + .05·4.5 = −1.125, a chance of .245.
    const nothing = facts({ hasEmail: false, hasPhone: false, source: { key: 'unknown', name: 'unknown' } });
    expect(judgeLead(nothing, setting()).forecast).toMatchObject({ probability: 0.245, etaDays: null });
    const lower = { ...defaultForecastConfiguration, minProbabilityForEta: 0.24 };
    expect(judgeLead(nothing, setting({ forecast: lower })).forecast.etaDays).toBe(39);
  });

  it('are shortened by engagement alone, by 20 of 45 at the most', () => {
    expect(forecastLead(scoreOf(1), averages, defaultForecastConfiguration).etaDays).toBe(25);
    expect(forecastLead({ ...scoreOf(1), factors: scoreOf(1).factors.map((each) => (each.factor === 'engagement' ? { ...each, value: 0, points: 0 } : each)) }, averages, defaultForecastConfiguration).etaDays).toBe(45);
  });

  it('follow the numbers that are set: 35 days, shortened by up to 25', () => {
    const tuned = { ...defaultForecastConfiguration, etaBaseDays: 35, etaEngagementShorteningMax: 25 };
    // 35 − 25 · .762854 = 15.93
    expect(judgeLead(workedLead, setting({ baseline: workspaceBaseline, forecast: tuned })).forecast.etaDays).toBe(16);
  });
});

describe('what helps and what hurts', () => {
  const { forecast } = judgeLead(workedLead, setting({ baseline: workspaceBaseline }));

  it('is told against an average lead of the workspace, the strongest first', () => {
    expect(meanPoints(setting({ baseline: workspaceBaseline }))).toEqual({ engagement: 20, recency: 9, source: 6, contactability: 16, courseFit: 4.5 });
    // .085·(30.51 − 20), .06·(10.29 − 6), .05·(9 − 4.5), .07·(10.61 − 9)
    expect(forecast.drivers.map(({ factor, logOdds }) => [factor, logOdds])).toEqual([
      ['engagement', 0.893],
      ['source', 0.257],
      ['courseFit', 0.225],
      ['recency', 0.113],
    ]);
    // .055·(10 − 16)
    expect(forecast.risks.map(({ factor, logOdds }) => [factor, logOdds])).toEqual([['contactability', -0.33]]);
    expect(forecast.drivers.map(({ reason }) => say(reason))[1]).toBe('UCAS converts 51 % (all sources 30 %)');
  });

  it('leaves out what is unknown and what is hardly noticed', () => {
    const judged = judgeLead(facts({ lastActivityAt: asOf }), setting({ baseline: workspaceBaseline }));
    expect(judged.forecast.drivers.map(({ factor }) => factor)).toEqual(['recency', 'contactability']);
    expect(judged.forecast.risks).toEqual([]);
  });

  it('counts grave blockers among the risks, and no lesser ones', () => {
    const judged = judgeLead(facts({ hasEmail: false, hasPhone: false, course: null }), setting());
    expect(judged.forecast.risks.map(({ factor, logOdds, reason }) => [factor, logOdds, reason.key])).toEqual([
      ['contactability', -0.33, 'triage.contactability.none'],
      [null, null, 'blockers.noContact.description'],
    ]);
  });

  it('cannot be told of a score that lacks a factor', () => {
    const { factors: some, ...score } = scoreLead(facts(), setting());
    expect(() => forecastLead({ ...score, factors: some.slice(1) }, averages, defaultForecastConfiguration)).toThrow('engagement');
  });
});
