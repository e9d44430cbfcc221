import { describe, expect, it } from 'vitest';
import { type Blocker, blockerTypes, findBlockers, severities } from '#domain/admissions/triage/blockers';
import { defaultTriageConfiguration, defaultWeights } from '#domain/admissions/triage/configuration';
import { emptyBaseline, type LeadFacts } from '#domain/admissions/triage/facts';
import { blockerMask, blockersOf } from '#domain/admissions/triage/kept';
import { say } from '#main/app/phrases';
import { asOf, day, facts, workspaceBaseline } from '#test/support/triage';

const course = (capacity: number | null, taken: number) => ({ name: 'Law', capacity, taken });
const settled = { source: { key: 'ucas', name: 'UCAS' }, course: course(null, 0) };

/** What stands in the way of a lead that lacks nothing but what is said. */
function blockers(known: Partial<LeadFacts>, baseline = workspaceBaseline): Blocker[] {
  return findBlockers({ facts: facts({ ...settled, ...known }), baseline, weights: defaultWeights, configuration: defaultTriageConfiguration, asOf });
}

const told = (known: Partial<LeadFacts>): [string, string, number, string][] => blockers(known).map(({ type, severity, points, description }) => [type, severity, points, say(description)]);

// Points are what a share of a factor is worth on the scale of 100: contact 100·20/125 = 16 for both channels and 8 for one;
// recency 100·30/125 = 24; engagement 100·40/125 = 32; course 100·15·(1 − .2)/125 = 9.6 and 100·15·(1 − .6)/125 = 4.8;
// an average source 100·20·.3/125 = 4.8.

describe('a lead that lacks nothing', () => {
  it('has no blocker', () => {
    expect(blockers({})).toEqual([]);
  });
});

describe('missing data', () => {
  it.each([
    ['both channels missing', { hasEmail: false, hasPhone: false }, 'critical', 16, 'No e-mail address and no phone number'],
    ['both channels refused', { mayEmail: false, mayPhone: false }, 'high', 16, 'Asked not to be contacted'],
    ['the only channel refused', { hasPhone: false, mayEmail: false }, 'high', 16, 'Asked not to be contacted'],
    ['no telephone', { hasPhone: false }, 'medium', 8, 'Phone number missing'],
    ['no e-mail address', { hasEmail: false }, 'medium', 8, 'E-mail address missing'],
    ['no course', { course: null }, 'low', 0, 'Course preference missing'],
    ['no consent on record', { consentRecorded: false }, 'low', 0, 'No consent on record'],
  ] as const)('%s', (_what, known, severity, points, words) => {
    expect(told(known)).toEqual([['data_completeness', severity, points, words]]);
  });

  it('does not ask for a consent where there is no channel to use it on', () => {
    expect(told({ hasEmail: false, hasPhone: false, consentRecorded: false })).toHaveLength(1);
  });
});

describe('an engagement that stalls', () => {
  it.each([
    [13, null],
    [14, 'medium'],
    [29, 'medium'],
    [30, 'high'],
    [400, 'high'],
  ] as const)('after %d days is %s', (days, severity) => {
    const expected = severity === null ? [] : [['engagement_stall', severity, 24, `No activity for ${String(days)} days`]];
    expect(told({ lastActivityAt: asOf - days * day })).toEqual(expected);
  });

  it('is seen where all known signals are zero, and not where none is known', () => {
    expect(told({ signals: { webVisits: 0, emailOpens: 0 } })).toEqual([['engagement_stall', 'medium', 32, 'No engagement at all']]);
    expect(told({ signals: { webVisits: 0, emailOpens: 1 } })).toEqual([]);
    expect(told({ signals: {} })).toEqual([]);
  });

  it('is not seen twice: a recent activity outweighs counters at zero', () => {
    expect(told({ signals: { webVisits: 0 }, lastActivityAt: asOf })).toEqual([]);
  });
});

describe('the quality of a source', () => {
  it('is questioned where it is missing or recorded as unknown', () => {
    expect(told({ source: null })).toEqual([['source_quality', 'low', 0, 'The source is missing']]);
    expect(told({ source: { key: 'x', name: 'Unknown' } })).toEqual([['source_quality', 'medium', 4.8, 'The source is recorded as unknown']]);
  });

  it('is weak where it converts less than half of the average, and enough outcomes say so', () => {
    // (2 + 6)/65 = 12 % against 30 %.
    expect(told({ source: { key: 'rented', name: 'Rented list' } })).toEqual([['source_quality', 'medium', 0, 'Rented list converts 12 %, all sources 30 % (45 outcomes)']]);
    const few = { ...workspaceBaseline, sources: { rented: { converted: 0, known: 39 } } };
    expect(blockers({ source: { key: 'rented', name: 'Rented list' } }, few)).toEqual([]);
  });

  it('is not questioned for its name alone', () => {
    expect(blockers({ source: { key: 'new', name: 'paid_social' } }, emptyBaseline)).toEqual([]);
    expect(blockers({ source: { key: 'new', name: 'organic' } }, emptyBaseline)).toEqual([]);
  });
});

describe('the places of a course', () => {
  it.each([
    [35, null, 0, ''],
    [36, 'medium', 4.8, 'Law is nearly full: 36 of 40 places taken'],
    [39, 'medium', 4.8, 'Law is nearly full: 39 of 40 places taken'],
    [40, 'high', 9.6, 'Law is full: 40 of 40 places taken'],
    [44, 'high', 9.6, 'Law is full: 44 of 40 places taken'],
  ] as const)('%d of 40 taken: %s', (taken, severity, points, words) => {
    expect(told({ course: course(40, taken) })).toEqual(severity === null ? [] : [['course_capacity', severity, points, words]]);
  });
});

describe('blockers', () => {
  const everything: Partial<LeadFacts> = { hasEmail: false, hasPhone: false, lastActivityAt: asOf - 40 * day, source: { key: 'x', name: 'unknown' }, course: course(10, 10), consentRecorded: false };

  it('of all four kinds come the most severe first', () => {
    const found = blockers(everything);
    expect(new Set(found.map(({ type }) => type))).toEqual(new Set(blockerTypes));
    expect(found.map(({ severity }) => severity)).toEqual(['critical', 'high', 'high', 'medium']);
  });

  it('each say what they are, what they do and what removes them, in finished words', () => {
    const all = [everything, { ...everything, hasEmail: true, course: null }, { ...everything, hasPhone: true, mayPhone: false, course: course(40, 37), source: { key: 'rented', name: 'Rented list' } }, { consentRecorded: false, hasPhone: false, source: null, signals: { webVisits: 0 } }, { lastActivityAt: asOf - 14 * day, hasEmail: false }];
    for (const blocker of all.flatMap((known) => blockers(known))) {
      for (const phrase of [blocker.description, blocker.impact, blocker.actionRequired]) {
        expect(say(phrase)).not.toMatch(/\{\{|^blockers\.|undefined|NaN/);
        expect(say(phrase).length).toBeGreaterThan(10);
      }
      expect(severities).toContain(blocker.severity);
    }
  });

  it.each([
    ['has converted', { converted: true }],
    ['is enrolled', { stage: 'enrolled' }],
    ['is lost', { stage: 'lost' }],
  ] as const)('are none where a lead %s: there is nothing left to remove', (_what, known) => {
    expect(blockers({ ...everything, ...known })).toEqual([]);
  });

  it('are kept as one bit a kind and read back', () => {
    expect(blockerMask([])).toBe(0);
    expect(blockerMask(['data_completeness', 'data_completeness', 'course_capacity'])).toBe(0b1001);
    expect(blockersOf(0b0110)).toEqual(['engagement_stall', 'source_quality']);
    expect(blockersOf(null)).toEqual([]);
  });
});
