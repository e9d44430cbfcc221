import { describe, expect, it } from 'vitest';
import { defaultTriageConfiguration } from '#domain/admissions/triage/configuration';
import { engagementValue, factorValues, fullness, recencyValue, signalShare } from '#domain/admissions/triage/factors';
import { emptyBaseline, type LeadFacts } from '#domain/admissions/triage/facts';
import { asOf, day, facts, workspaceBaseline } from '#test/support/triage';

const values = (known: Partial<LeadFacts>, baseline = workspaceBaseline) => factorValues(facts(known), baseline, defaultTriageConfiguration, asOf);

describe('engagement', () => {
  it('takes the share of a signal by its logarithm: the tenth visit says less than the second', () => {
    // ln(1 + t) / ln(1 + cap): ln 5/ln 11, ln 3/ln 6, ln 2/ln 3, ln 2/ln 4 = 1/2.
    expect(signalShare(4, 10)).toBeCloseTo(0.671188, 6);
    expect(signalShare(2, 5)).toBeCloseTo(0.613147, 6);
    expect(signalShare(1, 2)).toBeCloseTo(0.63093, 6);
    expect(signalShare(1, 3)).toBeCloseTo(0.5, 12);
    expect([signalShare(0, 5), signalShare(5, 5), signalShare(500, 5), signalShare(3, 0), signalShare(-1, 5)]).toEqual([0, 1, 1, 0, 0]);
  });

  it('joins the signals as a noisy-or: all of them at their cap leave .8 · .6 · .3 · .5 · .75 · .3 · .9 · .3 unsaid', () => {
    const full = Object.fromEntries(Object.entries(defaultTriageConfiguration.signals).map(([signal, { cap }]) => [signal, cap]));
    // 1 − .0043740
    expect(engagementValue(full, {}, defaultTriageConfiguration)).toBeCloseTo(0.995626, 6);
  });

  it('measures against the workspace’s own cap where there is one', () => {
    // .25 · ln 4/ln 8 = .25 · 2/3
    expect(engagementValue({ webVisits: 3 }, { webVisits: 7 }, defaultTriageConfiguration)).toBeCloseTo(1 / 6, 12);
  });

  it('is unknown where no signal is, and zero where all known ones are', () => {
    expect(engagementValue({}, {}, defaultTriageConfiguration)).toBeNull();
    expect(engagementValue({ webVisits: 0, emailOpens: 0 }, {}, defaultTriageConfiguration)).toBe(0);
    expect(values({}).engagement).toMatchObject({ value: null, certainty: 0, reason: { key: 'triage.engagement.unknown' } });
    expect(values({ signals: { webVisits: 0 } }).engagement.reason.key).toBe('triage.engagement.none');
  });

  it('names the two signals that say most', () => {
    const { reason } = values({ signals: { webVisits: 9, emailOpens: 1, conversations: 2 } }).engagement;
    // .7 · ln 3/ln 4 = .55; .25 · ln 10/ln 11 = .24; .2 · ln 2/ln 11 = .06.
    expect(reason).toEqual({ key: 'triage.engagement.two', params: { first: 'conversations', firstTotal: 2, second: 'webVisits', secondTotal: 9 } });
    expect(values({ signals: { webVisits: 9 } }).engagement.reason).toEqual({ key: 'triage.engagement.one', params: { first: 'webVisits', firstTotal: 9 } });
  });
});

describe('recency', () => {
  it.each([
    [0, 1],
    [1, 0.951695],
    [7, 0.707107],
    [14, 0.5],
    [28, 0.25],
    [90, 0.011609],
  ])('%d days ago is worth %d: it halves every 14 days', (days, value) => {
    expect(recencyValue(days, 14)).toBeCloseTo(value, 6);
    expect(values({ lastActivityAt: asOf - days * day }).recency).toMatchObject({ certainty: 1, reason: { key: 'triage.recency.days', params: { count: days } } });
  });

  it('counts whole days, so that a score does not drift within one', () => {
    const morning = values({ lastActivityAt: asOf - 2 * day - 1 }).recency.value;
    expect(values({ lastActivityAt: asOf - 3 * day + 1 }).recency.value).toBe(morning);
    expect(values({ lastActivityAt: asOf - 3 * day }).recency.value).toBeLessThan(morning!);
  });

  it('is no better than “today” for a moment that lies ahead', () => {
    expect(values({ lastActivityAt: asOf + 5 * day }).recency.value).toBe(1);
  });
});

describe('source', () => {
  it('is its own conversion rate, shrunk to the workspace’s by 20 outcomes', () => {
    // Workspace (120 + 20·.3)/(400 + 20) = .3. UCAS (30 + 6)/(50 + 20); rented list (2 + 6)/(45 + 20).
    expect(values({ source: { key: 'ucas', name: 'UCAS' } }).source).toMatchObject({ reason: { key: 'triage.source.rate', params: { name: 'UCAS', rate: 51, mean: 30, known: 50 } } });
    expect(values({ source: { key: 'ucas', name: 'UCAS' } }).source.value).toBeCloseTo(36 / 70, 12);
    expect(values({ source: { key: 'ucas', name: 'UCAS' } }).source.certainty).toBeCloseTo(50 / 70, 12);
    expect(values({ source: { key: 'rented', name: 'Rented list' } }).source.value).toBeCloseTo(8 / 65, 12);
  });

  it('is the workspace’s rate, and not sure at all, where no outcome is known', () => {
    const { source } = values({ source: { key: 'new', name: 'paid_social' } });
    expect(source).toMatchObject({ certainty: 0, reason: { key: 'triage.source.noOutcomes' } });
    expect(source.value).toBeCloseTo(0.3, 12);
    expect(values({ source: { key: 'new', name: 'paid_social' } }, emptyBaseline).source.value).toBe(0.3);
  });

  it('is bad by no name: “organic” and “paid_social” are worth what any new source is', () => {
    const worth = ['organic', 'paid_social', 'Referral'].map((name) => values({ source: { key: `new ${name}`, name } }).source.value);
    expect(new Set(worth).size).toBe(1);
  });

  it.each(['unknown', 'Unknown', ' N/A ', 'none', '-', '?'])('named “%s” is known to be none', (name) => {
    expect(values({ source: { key: 'x', name } }).source).toMatchObject({ value: 0, certainty: 1, reason: { key: 'triage.source.namedUnknown' } });
  });
});

describe('contactability', () => {
  it.each([
    ['both channels', {}, 1, 'both'],
    ['an e-mail address alone', { hasPhone: false }, 0.5, 'emailOnly'],
    ['a telephone alone', { hasEmail: false }, 0.5, 'phoneOnly'],
    ['an address that may not be written to', { mayEmail: false }, 0.5, 'phoneOnly'],
    ['nothing at all', { hasEmail: false, hasPhone: false }, 0, 'none'],
    ['two channels, both refused', { mayEmail: false, mayPhone: false }, 0, 'refused'],
  ] as const)('of %s', (_what, known, value, key) => {
    expect(values(known).contactability).toEqual({ value, certainty: 1, reason: { key: `triage.contactability.${key}`, params: {} } });
  });
});

describe('course fit', () => {
  const course = (capacity: number | null, taken: number) => ({ course: { name: 'Law', capacity, taken } });
  it.each([
    ['with no word of its places', null, 300, 1, 'open'],
    ['with places', 40, 35, 1, 'places'],
    ['nearly full at nine tenths', 40, 36, 0.6, 'nearlyFull'],
    ['full', 40, 40, 0.2, 'full'],
    ['overfull', 40, 44, 0.2, 'full'],
    ['without a single place', 0, 0, 0.2, 'full'],
  ] as const)('of a course %s', (_what, capacity, taken, value, key) => {
    expect(values(course(capacity, taken)).courseFit).toMatchObject({ value, certainty: 1, reason: { key: `triage.courseFit.${key}` } });
  });

  it('is unknown without a course', () => {
    expect(values({}).courseFit).toMatchObject({ value: null, certainty: 0 });
    expect(fullness({ name: 'Law', capacity: null, taken: 3 })).toBeNull();
  });
});
