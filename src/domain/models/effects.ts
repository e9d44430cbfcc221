import { logistic } from '../kernel/stats';

/**
 * What each contribution to one prediction comes to as a probability: how much lower the model's probability would be without it, all
 * others as they are. On the scale of probabilities it is the contribution itself. The effects need not add up: the same step in log-odds
 * is small near certainty and large in the middle.
 *
 * @param contributions Shapley values that add up, with the base, to what the model says
 */
export function effectsOf(scale: 'logOdds' | 'probability', base: number, contributions: readonly number[]): number[] {
  if (scale === 'probability') return [...contributions];
  const all = contributions.reduce((sum, each) => sum + each, base);
  return contributions.map((each) => logistic(all) - logistic(all - each));
}
