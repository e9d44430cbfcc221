import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causesOfChange } from '#domain/admissions/triage/causes';
import { defaultTriageConfiguration, defaultWeights, factors, type Weights } from '#domain/admissions/triage/configuration';
import { factorDifferences, tenthsThatAddUp } from '#domain/admissions/triage/differences';
import type { LeadFacts } from '#domain/admissions/triage/facts';
import { factorsOfReasons, factsOfInputs, inputsText, reasonsText } from '#domain/admissions/triage/kept';
import { scoreFigures, scoreLead, type TriageSetting } from '#domain/admissions/triage/score';
import { round } from '#domain/kernel/stats';
import { asOf, day, facts, setting, workedLead, workspaceBaseline } from '#test/support/triage';

const total = fc.integer({ min: 0, max: 60 });
const leads: fc.Arbitrary<LeadFacts> = fc
  .record({
    hasEmail: fc.boolean(),
    hasPhone: fc.boolean(),
    mayPhone: fc.boolean(),
    source: fc.constantFrom(null, { key: 'ucas', name: 'UCAS' }, { key: 'rented', name: 'Rented list' }, { key: '', name: 'unknown' }),
    signals: fc.record({ emailOpens: total, webVisits: total, conversations: total }, { requiredKeys: [] }),
    lastActivityAt: fc.option(fc.integer({ min: 0, max: 200 }).map((days) => asOf - days * day)),
    course: fc.constantFrom(null, { name: 'Law', capacity: null, taken: 3 }, { name: 'Law', capacity: 10, taken: 10 }, { name: 'Art', capacity: 20, taken: 2 }),
  })
  .map((known) => facts(known));
const maximum = fc.integer({ min: 0, max: 100 });
const weights: fc.Arbitrary<Weights> = fc
  .record({ engagement: maximum, recency: maximum, source: maximum, contactability: maximum, courseFit: maximum })
  .filter((given) => factors.some((factor) => given[factor] > 0));
const settings: fc.Arbitrary<TriageSetting> = fc.record({
  weights,
  configuration: fc.integer({ min: 1, max: 60 }).map((recencyHalfLifeDays) => ({ ...defaultTriageConfiguration, recencyHalfLifeDays })),
  baseline: fc.constantFrom(workspaceBaseline, { ...workspaceBaseline, sources: {} }),
  asOf: fc.integer({ min: 0, max: 100 }).map((days) => asOf + days * day),
});

describe('what makes the difference between two scores', () => {
  it('adds up to it, whatever the leads', () => {
    fc.assert(
      fc.property(leads, leads, (one, other) => {
        const [before, after] = [scoreLead(one, setting()), scoreLead(other, setting())];
        const changes = factorDifferences(before, after);
        expect(round(changes.reduce((sum, { change }) => sum + change, 0), 1)).toBe(round(after.score - before.score, 1));
        // Each is what the factor gave more or less, to the rounding of a tenth.
        for (const { before: was, after: is, change } of changes) {
          expect(Math.abs(change - (100 * (is.points - was.points)) / 125)).toBeLessThan(0.2);
          if (is.points === was.points) expect(Math.abs(change)).toBeLessThan(0.11);
        }
        expect(Math.abs(changes.reduce((sum, { after: { share } }) => sum + share, 0) - after.score)).toBeLessThan(0.4);
      }),
    );
  });

  it('adds up to it where the weights differ too', () => {
    fc.assert(
      fc.property(leads, settings, settings, (lead, one, other) => {
        const [before, after] = [scoreLead(lead, one), scoreLead(lead, other)];
        const sum = factorDifferences(before, after).reduce((all, { change }) => all + change, 0);
        expect(round(sum, 1)).toBe(round(after.score - before.score, 1));
      }),
    );
  });

  it('is the telephone number alone, where one was found: half of 20 points of 125', () => {
    const changes = factorDifferences(scoreLead(workedLead, setting()), scoreLead({ ...workedLead, hasPhone: true }, setting()));
    expect(changes.map(({ factor, change }) => [factor, change])).toEqual([['engagement', 0], ['recency', 0], ['source', 0], ['contactability', 8], ['courseFit', 0]]);
  });

  it('rounds by the largest remainder', () => {
    expect(tenthsThatAddUp([0.333, 0.333, 0.334], 1)).toEqual([0.3, 0.3, 0.4]);
    expect(tenthsThatAddUp([-0.05, -0.05], -0.1).reduce((sum, each) => sum + each, 0)).toBeCloseTo(-0.1);
    expect(tenthsThatAddUp([], 0)).toEqual([]);
  });
});

describe('why a score moved', () => {
  const explained = (lead: LeadFacts, with_: TriageSetting) => ({ score: scoreLead(lead, with_).score, facts: lead, setting: with_ });

  it('is told in shares that add up to the change, with nothing left over', () => {
    fc.assert(
      fc.property(leads, leads, settings, settings, (one, other, first, second) => {
        const [before, after] = [explained(one, first), explained(other, second)];
        const causes = causesOfChange(before, after);
        expect(round(causes.reduce((sum, { points }) => sum + points, 0), 1)).toBe(round(after.score - before.score, 1));
        expect(causes.map(({ cause }) => cause)).not.toContain('rest');
      }),
    );
  });

  it('is age alone, where nothing but time went by: recency halves in a half-life', () => {
    const lead = facts({ lastActivityAt: asOf });
    const causes = causesOfChange(explained(lead, setting()), explained(lead, setting({ asOf: asOf + 14 * day })));
    expect(causes).toEqual([{ cause: 'ageing', points: -12 }]);
  });

  it('tells the weights from what happened', () => {
    const before = explained(workedLead, setting());
    const after = explained({ ...workedLead, lastActivityAt: asOf }, setting({ weights: { ...defaultWeights, recency: 80 } }));
    expect(causesOfChange(before, after).map(({ cause }) => cause)).toEqual(['activity', 'weights']);
  });

  it('says so where what is kept explains too little', () => {
    const before = explained(workedLead, setting());
    expect(causesOfChange(before, { ...before, score: before.score + 3 })).toEqual([{ cause: 'rest', points: 3 }]);
  });
});

it('what went into a score can be read back from what is kept of it', () => {
  fc.assert(
    fc.property(leads, (lead) => {
      const keys: Readonly<Record<string, string>> = { UCAS: 'ucas', 'Rented list': 'rented' };
      expect(factsOfInputs(inputsText(lead), (name) => keys[name] ?? '')).toEqual({ ...lead, leadId: '' });
    }),
  );
});

it('the reasons of a score can be read back from what is kept of them', () => {
  fc.assert(
    fc.property(leads, settings, (lead, given) => {
      const score = scoreLead(lead, given);
      const said = score.factors.map(({ factor, points, known, reason }) => ({ factor, points, known, reason }));
      expect(factorsOfReasons(reasonsText({ score }))).toEqual(said);
    }),
  );
});

it('scores that were kept before, written out in full, are still read', () => {
  const inputs = '{"stage":"qualified","hasEmail":true,"hasPhone":false,"mayEmail":true,"mayPhone":true,"consentRecorded":false,"signals":{"emailOpens":5,"webTime":1200},"lastActivityAt":1739318400000,"source":"UCAS","course":{"name":"Law","capacity":null,"taken":3}}';
  expect(factsOfInputs(inputs, (name) => name.toLowerCase())).toEqual({
    leadId: '',
    stage: 'qualified',
    hasEmail: true,
    hasPhone: false,
    mayEmail: true,
    mayPhone: true,
    consentRecorded: false,
    signals: { emailOpens: 5, webTime: 1200 },
    lastActivityAt: 1739318400000,
    converted: null,
    source: { key: 'ucas', name: 'UCAS' },
    course: { name: 'Law', capacity: null, taken: 3 },
  });
  expect(factorsOfReasons('[["recency",0,1,"triage.recency.days",{"count":653}],["contactability",20,0,"triage.contactability.both",{}]]')).toEqual([
    { factor: 'recency', points: 0, known: true, reason: { key: 'triage.recency.days', params: { count: 653 } } },
    { factor: 'contactability', points: 20, known: false, reason: { key: 'triage.contactability.both', params: {} } },
  ]);
});

it('the figures for many leads at once are those of each lead by itself', () => {
  fc.assert(
    fc.property(leads, settings, (lead, given) => {
      const { score, factors: parts } = scoreLead(lead, given);
      expect(scoreFigures(lead, given)).toEqual({
        score,
        points: Object.fromEntries(parts.map(({ factor, points }) => [factor, points])),
        engagement: parts.find(({ factor }) => factor === 'engagement')!.value,
      });
    }),
  );
});
