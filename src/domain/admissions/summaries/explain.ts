import { phrase } from '#domain/kernel/phrase';
import { factOf, type SummaryFact } from './facts';

// Explanations are made of the reasons that the figure itself rests on, and of nothing else.

/** Effects on a chance below half a percentage point are not worth a sentence. */
const worthSaying = 0.005;
/** Columns of a model that are said one by one. */
const mostColumns = 6;

export interface ScoreReasons {
  readonly score: number;
  readonly band: string;
  readonly factors: readonly { readonly name: string; readonly points: number; readonly maximum: number; readonly known: boolean; readonly reason: string }[];
  readonly blockers: readonly { readonly description: string; readonly actionRequired: string }[];
}

/** Why a score is what it is: each factor by its points, then what blocks. */
export function scoreExplanation({ score, band, factors, blockers }: ScoreReasons): SummaryFact[] {
  const most = factors.reduce((sum, { maximum }) => sum + maximum, 0);
  const points = factors.reduce((sum, each) => sum + each.points, 0);
  return [
    factOf('score', 'figure', phrase('summaries.explain.score', { score: Math.round(score), band, points: Math.round(points), most: Math.round(most) }), { value: score }),
    ...[...factors]
      .sort((a, b) => Number(b.known) - Number(a.known) || b.points - a.points)
      .map((factor) => factOf(`factor ${factor.name}`, 'reason', factor.known ? phrase('summaries.explain.factor', { name: factor.name, points: Math.round(factor.points), maximum: Math.round(factor.maximum), reason: factor.reason }) : phrase('summaries.explain.unknownFactor', { name: factor.name, points: Math.round(factor.points), maximum: Math.round(factor.maximum), reason: factor.reason }), { value: factor.points })),
    ...blockers.map(({ description, actionRequired }, index) => factOf(`blocker ${String(index + 1)}`, 'decision', phrase('summaries.explain.blocker', { what: description, action: actionRequired }))),
  ];
}

export interface ForecastReasons {
  readonly probability: number;
  readonly etaDays: number | null;
  readonly drivers: readonly string[];
  readonly risks: readonly string[];
}

/** Why the rules give a chance: what helps and what hurts. */
export function forecastExplanation({ probability, etaDays, drivers, risks }: ForecastReasons): SummaryFact[] {
  return [
    factOf('chance', 'figure', phrase('summaries.explain.chance', { percent: Math.round(probability * 100) }), { value: probability }),
    etaDays === null ? factOf('eta', 'figure', phrase('summaries.explain.noEta')) : factOf('eta', 'figure', phrase('summaries.explain.eta', { count: Math.round(etaDays) }), { value: etaDays }),
    ...drivers.map((reason, index) => factOf(`helps ${String(index + 1)}`, 'good', phrase('summaries.explain.helps', { reason }))),
    ...risks.map((reason, index) => factOf(`hurts ${String(index + 1)}`, 'decision', phrase('summaries.explain.hurts', { reason }))),
  ];
}

export interface PredictionReasons {
  readonly probability: number;
  /** The chance before any column is looked at, in [0, 1]. */
  readonly base: number;
  readonly contributions: readonly { readonly field: string; readonly column: string; readonly value: string; readonly effect: number }[];
}

/** Why the model gives a chance: what each column adds or takes away, by exact tree SHAP. */
export function predictionExplanation({ probability, base, contributions }: PredictionReasons): SummaryFact[] {
  const strong = contributions.filter(({ effect }) => Math.abs(effect) >= worthSaying);
  const rest = contributions.length - Math.min(strong.length, mostColumns);
  return [
    factOf('chance', 'figure', phrase('summaries.explain.predicted', { percent: Math.round(probability * 100), base: Math.round(base * 100) }), { value: probability, before: base }),
    ...strong.slice(0, mostColumns).map(({ field, column, value, effect }) => factOf(`column ${field}`, 'reason', effect > 0 ? phrase('summaries.explain.raises', { column, value, count: Math.max(1, Math.round(effect * 100)) }) : phrase('summaries.explain.lowers', { column, value, count: Math.max(1, Math.round(-effect * 100)) }), { value: effect })),
    ...(rest > 0 ? [factOf('rest', 'reason', phrase('summaries.explain.rest', { count: rest }), { value: rest })] : []),
  ];
}
