import { round } from '#domain/kernel/stats';
import type { LeadFacts } from './facts';
import { scoreLead, type TriageSetting } from './score';

/**
 * Why a score can move, in the order in which the causes are told apart: time passes first, then what is known of the lead changes, then
 * the workspace around it, then the rules. `rest` is what none of them explains, such as a source that was renamed since.
 */
export const scoreCauses = ['ageing', 'activity', 'details', 'places', 'workspace', 'configuration', 'weights', 'rest'] as const;
export type ScoreCause = (typeof scoreCauses)[number];

/** A score with all that it was made of. */
export interface ExplainedScore {
  readonly score: number;
  readonly facts: LeadFacts;
  readonly setting: TriageSetting;
}

export interface CauseShare {
  readonly cause: ScoreCause;
  /** Of the 100 points of a score, one decimal. */
  readonly points: number;
}

interface State {
  readonly facts: LeadFacts;
  readonly setting: TriageSetting;
}

/** Each cause by itself: what of the later state it brings. */
const steps: readonly { readonly cause: ScoreCause; readonly take: (state: State, later: State) => State }[] = [
  { cause: 'ageing', take: ({ facts, setting }, later) => ({ facts, setting: { ...setting, asOf: later.setting.asOf } }) },
  {
    cause: 'activity',
    take: ({ facts, setting }, later) => ({ facts: { ...facts, signals: later.facts.signals, lastActivityAt: later.facts.lastActivityAt }, setting }),
  },
  {
    cause: 'details',
    take: ({ facts, setting }, later) => {
      const sameCourse = facts.course?.name === later.facts.course?.name;
      return { facts: { ...later.facts, course: sameCourse ? facts.course : later.facts.course }, setting };
    },
  },
  { cause: 'places', take: ({ setting }, later) => ({ facts: later.facts, setting }) },
  { cause: 'workspace', take: ({ facts, setting }, later) => ({ facts, setting: { ...setting, baseline: later.setting.baseline } }) },
  { cause: 'configuration', take: ({ facts, setting }, later) => ({ facts, setting: { ...setting, configuration: later.setting.configuration } }) },
  { cause: 'weights', take: ({ facts, setting }, later) => ({ facts, setting: { ...setting, weights: later.setting.weights } }) },
];

/**
 * Why a score moved: the later state is put on step by step, and each cause is given what the score moves by at its step. What is given
 * adds up to the change exactly. Causes that moved nothing are left out.
 */
export function causesOfChange(before: ExplainedScore, after: ExplainedScore): CauseShare[] {
  const shares: CauseShare[] = [];
  let state: State = before;
  let score = scoreLead(state.facts, state.setting).score;
  let explained = 0;
  for (const { cause, take } of steps) {
    state = take(state, after);
    const next = scoreLead(state.facts, state.setting).score;
    shares.push({ cause, points: round(next - score, 1) });
    explained = round(explained + next - score, 1);
    score = next;
  }
  shares.push({ cause: 'rest', points: round(after.score - before.score - explained, 1) });
  return shares.filter(({ points }) => points !== 0);
}
