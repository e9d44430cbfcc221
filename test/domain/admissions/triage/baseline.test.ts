import { describe, expect, it } from 'vitest';
import { addSums, meansOf, noSums, signalCaps, sumFactors } from '#domain/admissions/triage/baseline';
import { defaultTriageConfiguration } from '#domain/admissions/triage/configuration';
import { signals } from '#domain/admissions/leads/signals';
import { asOf, day, facts, workspaceBaseline } from '#test/support/triage';

const { means: _means, ...partial } = workspaceBaseline;
const none = Object.fromEntries(signals.map((signal) => [signal, [] as number[]])) as Record<(typeof signals)[number], number[]>;

describe('the means of a workspace', () => {
  const leads = [
    facts({ lastActivityAt: asOf, hasPhone: false }),
    facts({ lastActivityAt: asOf - 14 * day }),
    facts({ course: { name: 'Law', capacity: 10, taken: 10 }, source: { key: 'ucas', name: 'UCAS' } }),
  ];

  it('are of the leads that know a factor, with their number', () => {
    // Recency (1 + .5)/2; contact (.5 + 1 + 1)/3; course .2; source 36/70; nobody knows engagement.
    expect(meansOf(sumFactors(leads, partial, defaultTriageConfiguration, asOf))).toEqual({
      engagement: { mean: 0, known: 0 },
      recency: { mean: 0.75, known: 2 },
      source: { mean: 0.51, known: 1 },
      contactability: { mean: 0.83, known: 3 },
      courseFit: { mean: 0.2, known: 1 },
    });
  });

  it('are the same whether all leads are summed at once or in pieces', () => {
    const pieces = leads.map((lead) => sumFactors([lead], partial, defaultTriageConfiguration, asOf)).reduce(addSums, noSums);
    expect(meansOf(pieces)).toEqual(meansOf(sumFactors(leads, partial, defaultTriageConfiguration, asOf)));
  });
});

describe('the caps of the signals', () => {
  it('are the 95th percentile of totals above zero, interpolated', () => {
    // 1 to 20: position .95 · 19 = 18.05, between 19 and 20.
    const totals = { ...none, webVisits: Array.from({ length: 20 }, (_item, index) => 20 - index) };
    expect(signalCaps(totals, 20)).toEqual({ webVisits: 19.05 });
  });

  it('stay as configured where fewer leads than needed have one', () => {
    expect(signalCaps({ ...none, webVisits: Array.from({ length: 19 }, () => 4) }, 20)).toEqual({});
  });
});
