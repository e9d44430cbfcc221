import { describe, expect, it } from 'vitest';
import { bands, configurationProblems, defaultTriageConfiguration, defaultWeights } from '#domain/admissions/triage/configuration';
import { bandOf, scoreLead } from '#domain/admissions/triage/score';
import { facts, setting, workedLead, workspaceBaseline } from '#test/support/triage';

// Numbers in this file were worked out apart from the code, with Python's math.log and plain fractions, from the formulas of
// docs/triage.md; the steps stand beside each of them.

describe('the score of a lead that knows all five factors', () => {
  const score = scoreLead(workedLead, setting({ baseline: workspaceBaseline }));

  it('is the sum of its points as a share of all points', () => {
    // engagement 1 − (1 − .2·ln 5/ln 11)(1 − .4·ln 3/ln 6)(1 − .7·ln 2/ln 3)(1 − .7·ln 2/ln 4) = .762854; · 40 = 30.51
    // recency    2^(−21/14) = .353553; · 30 = 10.61
    // source     (30 + 20 · (120 + 20·.3)/(400 + 20)) / (50 + 20) = 36/70 = .514286; · 20 = 10.29
    // contact    an e-mail address and no telephone: .5; · 20 = 10
    // course     37 of 40 places, nearly full: .6; · 15 = 9
    expect(score.factors.map(({ factor, value, points, maximum }) => [factor, value, points, maximum])).toEqual([
      ['engagement', 0.7629, 30.51, 40],
      ['recency', 0.3536, 10.61, 30],
      ['source', 0.5143, 10.29, 20],
      ['contactability', 0.5, 10, 20],
      ['courseFit', 0.6, 9, 15],
    ]);
    // 100 · 70.406472 / 125 = 56.325
    expect(score.score).toBe(56.3);
    expect([score.band, score.action]).toEqual(['medium', 'nurture']);
  });

  it('is as sure as its source is: (40 + 30 + 20 · 50/70 + 20 + 15) / 125', () => {
    expect(score.confidence).toBe(0.95);
    expect(score.factors.every(({ known }) => known)).toBe(true);
  });
});

describe('what is unknown', () => {
  it('counts as .3 while fewer than 20 leads know it, and as their mean from then on', () => {
    const unknown = facts({ hasEmail: false, hasPhone: false });
    const young = scoreLead(unknown, setting());
    // (40 + 30 + 20 + 15) · .3 / 125, contact known to be 0.
    expect(young.score).toBe(25.2);
    const grown = scoreLead(unknown, setting({ baseline: workspaceBaseline }));
    // 40·.5 + 30·.3 + 20·.3 + 0 + 15·.3 (19 leads know their course: one too few) = 39.5; / 125
    expect(grown.score).toBe(31.6);
    expect(grown.factors.map(({ known }) => known)).toEqual([false, false, false, true, false]);
  });

  it('lowers the confidence by its share, whatever stands in for it', () => {
    expect(scoreLead(facts(), setting()).confidence).toBe(0.16);
    expect(scoreLead(facts(), setting({ baseline: workspaceBaseline })).confidence).toBe(0.16);
  });

  it('is not zero: a lead with no signal scores above one that is known to have done nothing', () => {
    const silent = scoreLead(facts({ signals: { webVisits: 0 } }), setting()).score;
    expect(scoreLead(facts(), setting()).score).toBeGreaterThan(silent);
  });
});

describe("the specification's own example", () => {
  const described = { leadId: 'test123', hasEmail: false, hasPhone: false, consentRecorded: false, source: { key: 'unknown', name: 'unknown' } };

  it('is low, to be qualified, and little is sure of it', () => {
    // Contact and source are known to be 0; 100 · .3 · (40 + 30 + 15) / 125 = 20.4. Known: (20 + 20) / 125.
    expect(scoreLead(facts(described), setting())).toMatchObject({ leadId: 'test123', score: 20.4, band: 'low', action: 'qualify', confidence: 0.32 });
  });

  it('is blocked by missing contact, an unknown source and no course', () => {
    const { blockers } = scoreLead(facts(described), setting());
    // Contact 100 · 20/125 = 16; an average source 100 · 20 · .3/125 = 4.8.
    expect(blockers.map(({ type, severity, points }) => [type, severity, points])).toEqual([
      ['data_completeness', 'critical', 16],
      ['source_quality', 'medium', 4.8],
      ['data_completeness', 'low', 0],
    ]);
  });
});

describe('bands', () => {
  it.each([
    [100, 'high'],
    [70, 'high'],
    [69.9, 'medium'],
    [40, 'medium'],
    [39.9, 'low'],
    [0, 'low'],
  ] as const)('a score of %d is %s', (score, band) => {
    expect(bandOf(score, defaultTriageConfiguration.bands)).toBe(band);
  });

  it('say what is done: contact now, nurture, qualify', () => {
    expect(bands.map((band) => defaultTriageConfiguration.actions[band])).toEqual(['contact_now', 'nurture', 'qualify']);
  });

  it('follow the score that is shown, not one with more decimals', () => {
    // 69.96 is shown as 70, so it is high: nobody reads “70, medium”.
    expect(bandOf(70, { high: 70, medium: 40 })).toBe('high');
  });
});

describe('weights', () => {
  it('are those of the specification, 125 points in all', () => {
    expect(defaultWeights).toEqual({ engagement: 40, recency: 30, source: 20, contactability: 20, courseFit: 15 });
  });

  it('count by their share alone: doubling all of them changes no score', () => {
    const doubled = Object.fromEntries(Object.entries(defaultWeights).map(([factor, weight]) => [factor, weight * 2])) as unknown as typeof defaultWeights;
    const { score, confidence } = scoreLead(workedLead, setting({ baseline: workspaceBaseline, weights: doubled }));
    expect([score, confidence]).toEqual([56.3, 0.95]);
  });

  it('may be zero but not all of them', () => {
    const none = { engagement: 0, recency: 0, source: 0, contactability: 0, courseFit: 0 };
    expect(configurationProblems(none, defaultTriageConfiguration)).toEqual(['At least one factor needs a weight above 0.']);
    expect(configurationProblems({ ...none, recency: 1 }, defaultTriageConfiguration)).toEqual([]);
    expect(scoreLead(workedLead, setting({ weights: { ...none, contactability: 7 } })).score).toBe(50);
  });

  it('and everything else are refused where they contradict each other', () => {
    const { contact, bands: limits, blockers, signals } = defaultTriageConfiguration;
    const silent = Object.fromEntries(Object.entries(signals).map(([signal, { cap }]) => [signal, { weight: 0, cap }])) as unknown as typeof signals;
    expect(configurationProblems(defaultWeights, { ...defaultTriageConfiguration, bands: { ...limits, medium: 70 } })).toEqual(['The medium band must begin below the high band.']);
    expect(configurationProblems(defaultWeights, { ...defaultTriageConfiguration, contact: { ...contact, phone: 0.4 } })).toEqual(['The shares of e-mail and telephone must add up to 1.']);
    expect(configurationProblems(defaultWeights, { ...defaultTriageConfiguration, blockers: { ...blockers, longStallDays: 3 } })).toEqual(['A long stall cannot begin before a stall.']);
    expect(configurationProblems(defaultWeights, { ...defaultTriageConfiguration, signals: silent })).toEqual(['At least one engagement signal needs a weight above 0.']);
    expect(configurationProblems(defaultWeights, { ...defaultTriageConfiguration, signals: { ...signals, webVisits: { weight: 1.2, cap: 3 } } })).toEqual(['An engagement signal weighs between 0 and 1.']);
  });
});
