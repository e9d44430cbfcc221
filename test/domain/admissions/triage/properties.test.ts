import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertMask, alertsText, raisedAlerts } from '#domain/admissions/alerts/causes';
import { packReach } from '#domain/admissions/leads/reach';
import { type Signal, signals } from '#domain/admissions/leads/signals';
import { stages } from '#domain/admissions/leads/stages';
import { severities } from '#domain/admissions/triage/blockers';
import { defaultTriageConfiguration, factors, type Weights } from '#domain/admissions/triage/configuration';
import type { Baseline, LeadFacts } from '#domain/admissions/triage/facts';
import { judgeLead } from '#domain/admissions/triage/judge';
import { bandIndex, inputsText, keptScore, reasonsText } from '#domain/admissions/triage/kept';
import { figuresPerLead, judgePacked, type PackedColumn, packedColumns, textsAt } from '#domain/admissions/triage/packed';
import { scoreLead } from '#domain/admissions/triage/score';
import { asOf, day, setting } from '#test/support/triage';

const runs = { seed: 20261005, numRuns: 400 };

const total = fc.oneof(fc.nat(20), fc.double({ min: 0, max: 1e6, noNaN: true }));
const totals = fc.record(Object.fromEntries(signals.map((signal) => [signal, total])) as Record<Signal, typeof total>, { requiredKeys: [] });
const moment = fc.integer({ min: asOf - 1_000 * day, max: asOf + day });
const course = fc.record({ name: fc.constantFrom('Law', 'Medicine'), capacity: fc.option(fc.nat(100)), taken: fc.nat(120) });
const source = fc.constantFrom({ key: '1', name: 'UCAS' }, { key: '2', name: 'Fair' }, { key: '3', name: 'unknown' }, { key: 'new', name: 'New' });

const leads: fc.Arbitrary<LeadFacts> = fc.record({
  leadId: fc.constant('lead'),
  stage: fc.constantFrom(...stages),
  converted: fc.option(fc.boolean()),
  hasEmail: fc.boolean(),
  hasPhone: fc.boolean(),
  mayEmail: fc.boolean(),
  mayPhone: fc.boolean(),
  consentRecorded: fc.boolean(),
  source: fc.option(source),
  signals: totals,
  lastActivityAt: fc.option(moment),
  course: fc.option(course),
});

const outcomes = fc.nat(500).chain((known) => fc.record({ known: fc.constant(known), converted: fc.nat(known) }));
const mean = fc.record({ mean: fc.double({ min: 0, max: 1, noNaN: true }), known: fc.nat(100) });
const baselines: fc.Arbitrary<Baseline> = fc.record({
  means: fc.record({ engagement: mean, recency: mean, source: mean, contactability: mean, courseFit: mean }),
  signalCaps: fc.record(Object.fromEntries(signals.map((signal) => [signal, fc.double({ min: 0.5, max: 1e5, noNaN: true })])) as Record<Signal, fc.Arbitrary<number>>, { requiredKeys: [] }),
  outcomes,
  sources: fc.record({ 1: outcomes, 2: outcomes }, { requiredKeys: [] }),
});

const weight = fc.nat(100);
const weights: fc.Arbitrary<Weights> = fc
  .record({ engagement: weight, recency: weight, source: weight, contactability: weight, courseFit: weight })
  .filter((each) => factors.some((factor) => each[factor] > 0));
const settings = fc.record({ baseline: baselines, weights }).map((given) => setting(given));

describe('whatever is known of a lead', () => {
  it('its score, its chance and its confidence stay within their bounds', () => {
    fc.assert(
      fc.property(leads, settings, (lead, given) => {
        const { score, forecast } = judgeLead(lead, given);
        expect(score.score).toBeGreaterThanOrEqual(0);
        expect(score.score).toBeLessThanOrEqual(100);
        for (const share of [score.confidence, forecast.probability]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
        for (const { points, maximum, value } of score.factors) {
          expect(points).toBeGreaterThanOrEqual(0);
          expect(points).toBeLessThanOrEqual(maximum);
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
        if (forecast.etaDays !== null) {
          expect(forecast.etaDays).toBeGreaterThanOrEqual(25);
          expect(forecast.etaDays).toBeLessThanOrEqual(45);
        }
        const ranks = score.blockers.map(({ severity }) => severities.indexOf(severity));
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
        expect(score.blockers.every(({ points }) => points >= 0 && points <= 100)).toBe(true);
      }),
      runs,
    );
  });

  it('the same facts give the same score, and what was passed in is not touched', () => {
    fc.assert(
      fc.property(leads, settings, (lead, given) => {
        const before = JSON.stringify([lead, given]);
        expect(judgeLead(lead, given)).toEqual(judgeLead(structuredClone(lead), structuredClone(given)));
        expect(JSON.stringify([lead, given])).toBe(before);
      }),
      { ...runs, numRuns: 100 },
    );
  });
});

/** Asserts that the second lead of every pair scores at least what the first does. */
function neverLowers(better: (lead: LeadFacts) => fc.Arbitrary<LeadFacts>): void {
  const pairs = leads.chain((lead) => fc.tuple(fc.constant(lead), better(lead)));
  fc.assert(
    fc.property(pairs, settings, ([lead, improved], given) => {
      expect(scoreLead(improved, given).score).toBeGreaterThanOrEqual(scoreLead(lead, given).score);
    }),
    runs,
  );
}

describe('a score is never lowered by', () => {
  it('more of a signal that is known', () => {
    neverLowers((lead) => total.map((more) => ({ ...lead, signals: Object.fromEntries(Object.entries(lead.signals).map(([signal, known]) => [signal, known + more])) })));
  });

  it('a further signal of a lead whose engagement is known', () => {
    neverLowers((lead) => totals.map((more) => ({ ...lead, signals: Object.keys(lead.signals).length === 0 ? lead.signals : { ...more, ...lead.signals } })));
  });

  it('a later activity', () => {
    neverLowers((lead) => fc.nat(100 * day).map((later) => ({ ...lead, lastActivityAt: lead.lastActivityAt === null ? null : lead.lastActivityAt + later })));
  });

  it('a further channel, or leave to use it', () => {
    neverLowers((lead) => fc.constantFrom({ ...lead, hasEmail: true, mayEmail: true }, { ...lead, hasPhone: true, mayPhone: true }));
  });

  it('a place that becomes free', () => {
    neverLowers((lead) => fc.nat(120).map((free) => ({ ...lead, course: lead.course === null ? null : { ...lead.course, taken: Math.max(0, lead.course.taken - free) } })));
  });

  it('a further success of its source', () => {
    fc.assert(
      fc.property(leads, settings, (lead, given) => {
        const known = { ...lead, source: { key: '1', name: 'UCAS' } };
        const had = given.baseline.sources['1'] ?? { converted: 0, known: 0 };
        const more = { ...given.baseline, sources: { ...given.baseline.sources, 1: { converted: had.converted + 1, known: had.known + 1 } } };
        expect(scoreLead(known, { ...given, baseline: more }).score).toBeGreaterThanOrEqual(scoreLead(known, given).score);
      }),
      runs,
    );
  });
});

describe('a confidence is never lowered by', () => {
  it('coming to know a factor', () => {
    fc.assert(
      fc.property(leads, moment, settings, (lead, lastActivityAt, given) => {
        expect(scoreLead({ ...lead, lastActivityAt }, given).confidence).toBeGreaterThanOrEqual(scoreLead({ ...lead, lastActivityAt: null }, given).confidence);
      }),
      runs,
    );
  });
});

describe('leads that travel to another thread as numbers', () => {
  const names = { sources: new Map([[1, 'UCAS'], [2, 'Fair'], [3, 'unknown']]), courses: new Map([[1, { name: 'Law', capacity: 40, taken: 37 }], [2, { name: 'Medicine', capacity: null, taken: 0 }]]) };
  const packable = leads.map((lead): LeadFacts => ({
    ...lead,
    leadId: '',
    source: lead.source?.key === 'new' ? null : lead.source,
    course: lead.course === null ? null : (names.courses.get(lead.course.name === 'Law' ? 1 : 2) ?? null),
  }));

  function packed(some: readonly LeadFacts[]): Float64Array {
    return Float64Array.from(
      some.flatMap((lead, index) => {
        const row: Partial<Record<PackedColumn, number | null>> = {
          key: index + 1,
          revision: 1,
          stage: stages.indexOf(lead.stage),
          converted: lead.converted === null ? null : Number(lead.converted),
          reach: packReach(lead),
          source: Number(lead.source?.key ?? 0),
          course: lead.course === null ? 0 : lead.course.name === 'Law' ? 1 : 2,
          lastActivityAt: lead.lastActivityAt,
          owner: 0,
          ...lead.signals,
        };
        return packedColumns.map((column) => row[column] ?? Number.NaN);
      }),
    );
  }

  it('are judged as they would be one by one', () => {
    fc.assert(
      fc.property(fc.array(packable, { minLength: 1, maxLength: 8 }), settings, (some, given) => {
        const changed = judgePacked(packed(some), names, given);
        const { keys, figures } = changed;
        expect([...keys]).toEqual(some.map((_lead, index) => index + 1));
        some.forEach((lead, index) => {
          const judgement = judgeLead(lead, given);
          const { score, probability, confidence, etaDays, blockers } = keptScore(judgement);
          const raised = raisedAlerts(judgement.score.band, judgement.score.blockers, false);
          const expected = [score, probability, confidence, etaDays ?? Number.NaN, blockers, bandIndex(judgement), 1, alertMask(raised), Number.NaN];
          expect([...figures.slice(index * figuresPerLead, (index + 1) * figuresPerLead)]).toEqual(expected);
          expect(textsAt(changed, index)).toEqual({ inputs: inputsText(lead), reasons: reasonsText(judgement), alerts: alertsText(raised) });
        });
      }),
      { ...runs, numRuns: 100 },
    );
  });

  it('are written again only where their judgement or their alerts have changed', () => {
    fc.assert(
      fc.property(packable, settings, (lead, given) => {
        const pack = packed([lead]);
        const judgement = judgeLead(lead, given);
        const { score, probability, confidence, etaDays, blockers } = keptScore(judgement);
        pack.set([score, probability, confidence, etaDays ?? Number.NaN, blockers], packedColumns.indexOf('score'));
        const raised = raisedAlerts(judgement.score.band, judgement.score.blockers, false);
        const alone = judgePacked(pack, names, given);
        expect(alone.keys).toHaveLength(raised.length === 0 ? 0 : 1);
        if (raised.length > 0) {
          expect(alone.figures[6]).toBe(0);
          expect(textsAt(alone, 0)).toEqual({ inputs: '', reasons: '', alerts: alertsText(raised) });
        }
        pack[packedColumns.indexOf('alerts')] = alertMask(raised);
        expect(judgePacked(pack, names, given).keys).toHaveLength(0);
        expect(judgePacked(pack.map((value, index) => (index === packedColumns.indexOf('score') ? value + 1 : value)), names, given).keys).toHaveLength(1);
      }),
      { ...runs, numRuns: 100 },
    );
  });
});

describe('engagement signals in the configuration', () => {
  it('each can lift a score by themselves', () => {
    for (const signal of signals) expect(defaultTriageConfiguration.signals[signal].weight, signal).toBeGreaterThan(0);
  });
});
