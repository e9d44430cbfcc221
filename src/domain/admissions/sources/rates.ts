import { fold } from '#domain/kernel/text';
import { shrunkRate } from '#domain/kernel/stats';
import type { SourceOutcomes } from '../triage/facts';

export interface SourcePrior {
  /** The neutral rate before there are outcomes, in [0, 1]. */
  readonly prior: number;
  /** How many outcomes that rate is worth. */
  readonly strength: number;
}

/**
 * The workspace's own conversion rate, shrunk towards the neutral prior until there are outcomes.
 *
 * @returns a rate in [0, 1]
 */
export function workspaceRate(outcomes: SourceOutcomes, prior: SourcePrior): number {
  return shrunkRate(outcomes.converted, outcomes.known, prior.prior, prior.strength);
}

/**
 * A source's conversion rate, shrunk towards the workspace's (beta-binomial): no source is good or bad by its name, and one lead
 * that was won never shows 100 %.
 *
 * @returns a rate in [0, 1]
 */
export function sourceRate(source: SourceOutcomes, workspace: SourceOutcomes, prior: SourcePrior): number {
  return shrunkRate(source.converted, source.known, workspaceRate(workspace, prior), prior.strength);
}

const namesOfNothing = new Set(['unknown', 'n/a', 'na', 'none', 'not known', 'unspecified', '-', '?']);

/** What was found of each name: a million leads have a few hundred sources. */
const judgedNames = new Map<string, boolean>();
const mostJudgedNames = 10_000;

/** Whether a source's name says that nobody knows where the lead came from. */
export function isNamedUnknown(name: string): boolean {
  const known = judgedNames.get(name);
  if (known !== undefined) return known;
  if (judgedNames.size >= mostJudgedNames) judgedNames.clear();
  const judged = namesOfNothing.has(fold(name));
  judgedNames.set(name, judged);
  return judged;
}
