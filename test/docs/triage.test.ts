import { describe, expect, it } from 'vitest';
import { defaultForecastConfiguration } from '#domain/admissions/forecast/predict';
import { signals } from '#domain/admissions/leads/signals';
import { defaultTriageConfiguration, defaultWeights, factors } from '#domain/admissions/triage/configuration';
import { signalShare } from '#domain/admissions/triage/factors';
import { judgeLead } from '#domain/admissions/triage/judge';
import { textOf } from '#test/support/sources';
import { setting, workedLead, workspaceBaseline } from '#test/support/triage';

const page = textOf('docs/triage.md');
const flat = page.replace(/\s+/g, ' ');

/** The cells of every row below a heading that begins with a name. */
function rowsOf(heading: string, name: string): string[][] {
  const from = page.indexOf(`${heading}\n`);
  expect(from, heading).toBeGreaterThanOrEqual(0);
  const end = page.indexOf('\n#', from + heading.length);
  return page
    .slice(from, end < 0 ? undefined : end)
    .split('\n')
    .filter((line) => line.startsWith(`| ${name} |`))
    .map((line) => line.slice(2, -2).split(' | '));
}

describe('docs/triage.md', () => {
  it('has the maxima, the signals and the bands that hold', () => {
    for (const factor of factors) expect(rowsOf('## The score', factor)[0]?.[1], factor).toBe(String(defaultWeights[factor]));
    for (const signal of signals) {
      const { weight, cap } = defaultTriageConfiguration.signals[signal];
      expect(rowsOf('### Signals of engagement', signal), signal).toEqual([[signal, String(weight), String(cap)]]);
    }
    const { bands, actions } = defaultTriageConfiguration;
    expect(['high', 'medium', 'low'].map((band) => rowsOf('### Bands', band)[0])).toEqual([['high', String(bands.high), actions.high], ['medium', String(bands.medium), actions.medium], ['low', '0', actions.low]]);
  });

  it('has the numbers of the formulas that hold', () => {
    const { recencyHalfLifeDays, source, contact, courseFit, blockers, minimumKnown, unknownMean } = defaultTriageConfiguration;
    expect([recencyHalfLifeDays, source.prior, source.strength, source.unknownNamed]).toEqual([14, 0.3, 20, 0]);
    expect([contact.email, contact.phone, courseFit.open, courseFit.nearlyFull, courseFit.full]).toEqual([0.5, 0.5, 1, 0.6, 0.2]);
    expect([blockers.stallDays, blockers.longStallDays, blockers.nearlyFullShare, blockers.weakSourceLeads, blockers.weakSourceRatio]).toEqual([14, 30, 0.9, 40, 0.5]);
    expect([minimumKnown, unknownMean]).toEqual([20, 0.3]);
    for (const said of ['2^(−d / 14)', '(converted + 20 · r) / (known + 20)', 'once 20 leads know it, by .3 until then', 'no activity for 30 days', 'no activity for 14 days', '40 outcomes and less than half']) expect(flat).toContain(said);
  });

  it('has the numbers of the forecast that hold', () => {
    const { bias, weights, etaBaseDays, etaEngagementShorteningMax, minProbabilityForEta } = defaultForecastConfiguration;
    const numbers = { bias, ...Object.fromEntries(factors.map((factor) => [`weight of ${factor}`, weights[factor]])), 'base days': etaBaseDays, 'shortening, at most': etaEngagementShorteningMax, 'chance from which days are told': minProbabilityForEta };
    for (const [name, value] of Object.entries(numbers)) expect(rowsOf('## The forecast', name), name).toEqual([[name, String(value)]]);
  });

  it('works through an example whose every number the engine gives, too', () => {
    const { score, forecast } = judgeLead(workedLead, setting({ baseline: workspaceBaseline }));
    for (const { factor, value, points } of score.factors) {
      const [, , v, given] = rowsOf('## A worked example', factor)[0] ?? [];
      expect([v, given], factor).toEqual([String(value), String(points)]);
    }
    const shares = ([['emailOpens', 4], ['emailClicks', 2], ['eventsAttended', 1], ['conversations', 1]] as const).map(([signal, total]) => signalShare(total, defaultTriageConfiguration.signals[signal].cap));
    expect(flat).toContain(`shares ${shares.map((share) => String(Math.round(share * 10_000) / 10_000).replace(/^0/, '')).join(', ')};`);
    const points = score.factors.reduce((sum, each) => sum + each.points, 0);
    expect(flat).toContain(`The points are ${points.toFixed(2)} of 125: **score ${String(score.score)}**, band ${score.band}, to ${score.action}.`);
    expect(flat).toContain(`/ 125 = **${String(score.confidence)}**`);
    expect(flat).toContain(`logistic(1.953) = **${String(forecast.probability)}**`);
    expect(Math.round(1_000 * Math.log(forecast.probability / (1 - forecast.probability))) / 1_000).toBeCloseTo(1.953, 2);
    expect(flat).toContain(`**${String(forecast.etaDays)} days**`);
  });
});
