import type { Plan } from './plan';

/** What somebody proposes over a plan that the rules made: topics by their codes, as the course names them. */
export interface PathProposal {
  /** Topics that should come first, the first first. */
  readonly first: readonly string[];
  readonly reasons: readonly { readonly topic: string; readonly reason: string }[];
  readonly summary: string;
}

/** A proposal in which everything is in the course. */
export interface Refinement {
  readonly first: readonly number[];
  readonly reasons: readonly { readonly topicKey: number; readonly reason: string }[];
  readonly summary: string;
}

export type CheckedProposal = { readonly ok: true; readonly refinement: Refinement } | { readonly ok: false; readonly unknown: readonly string[] };

/** Holds a proposal against the topics of a course: one that names anything else is refused as a whole. */
export function checkProposal(proposal: PathProposal, topics: readonly { readonly key: number; readonly code: string }[]): CheckedProposal {
  const keys = new Map(topics.map(({ key, code }) => [code, key]));
  const unknown = [...new Set([...proposal.first, ...proposal.reasons.map(({ topic }) => topic)])].filter((code) => !keys.has(code));
  if (unknown.length > 0) return { ok: false, unknown };
  const keyOf = (code: string): number[] => {
    const key = keys.get(code);
    return key === undefined ? [] : [key];
  };
  return {
    ok: true,
    refinement: {
      first: [...new Set(proposal.first.flatMap(keyOf))],
      reasons: proposal.reasons.flatMap(({ topic, reason }) => keyOf(topic).map((topicKey) => ({ topicKey, reason }))),
      summary: proposal.summary,
    },
  };
}

/** Whether a refined plan may take the place of the one that the rules made: it covers no less of the exam, and holds something else. */
export function isWorthIt(refined: Plan, ruled: Plan): boolean {
  const steps = ({ weeks }: Plan): string => JSON.stringify(weeks.map((week) => week.steps.map(({ activity, topicKey, sectionKey, labKey }) => [activity, topicKey, sectionKey, labKey])));
  return refined.feasibility.covered >= ruled.feasibility.covered - 1e-9 && steps(refined) !== steps(ruled);
}
