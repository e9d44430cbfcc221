import type { PathTopic } from './plan';

/** The five kinds of path: all in order, the most that counts first, all with depth, only what is weak, or what the student chose. */
export const pathKinds = ['beginner', 'fast_track', 'comprehensive', 'remediation', 'custom'] as const;
export type PathKind = (typeof pathKinds)[number];

/** A topic is known about from so many answers on. */
const knownFrom = 3;

/**
 * The kind that suits somebody: too little time for everything asks for a fast track; most topics tried and some weak for remediation;
 * little tried or little known for a beginner's path; else the comprehensive one.
 *
 * @param comprehensiveFits whether the comprehensive path fits hours and date
 */
export function suitableKind(topics: readonly PathTopic[], comprehensiveFits: boolean): Exclude<PathKind, 'custom'> {
  const known = topics.filter(({ answers }) => answers >= knownFrom);
  const weak = known.filter(({ share }) => share !== null && share < 0.7);
  if (known.length >= topics.length * 0.75 && weak.length > 0) return 'remediation';
  if (!comprehensiveFits) return 'fast_track';
  const mean = known.reduce((sum, { share }) => sum + (share ?? 0), 0) / Math.max(1, known.length);
  return known.length < topics.length * 0.25 || mean < 0.5 ? 'beginner' : 'comprehensive';
}
