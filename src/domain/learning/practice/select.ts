import type { Rng } from '#domain/kernel/rng';
import type { Difficulty } from '../attempts';
import type { TopicStanding } from './topics';

/** How a quiz picks: weak topics first, of everything, only what was never seen, what was last answered wrong, or what was marked. */
export const quizModes = ['weak', 'mixed', 'unseen', 'missed', 'marked'] as const;
export type QuizMode = (typeof quizModes)[number];

/** A question that may be asked. */
export interface Askable {
  readonly questionKey: number;
  readonly topicKey: number;
  readonly domainKey: number;
  readonly difficulty: Difficulty | null;
}

/** What a student did with a question so far. */
export interface Seen {
  readonly answers: number;
  readonly lastRight: boolean;
  /** UTC milliseconds. */
  readonly lastAt: number;
}

export interface QuizWish {
  readonly mode: QuizMode;
  readonly count: number;
  readonly domainKeys: readonly number[] | null;
  readonly topicKeys: readonly number[] | null;
  readonly difficulties: readonly Difficulty[] | null;
}

/** How likely a question is picked beside others: in proportion to this. */
function weightOf(mode: QuizMode, seen: Seen | undefined, standing: TopicStanding | undefined): number {
  if (mode !== 'weak') return seen?.lastRight === true ? 1 : 2;
  // A topic nobody has been asked about counts as half known.
  const gap = 1.02 - (standing?.share ?? 0.5);
  return gap * gap * (seen === undefined ? 1.5 : seen.lastRight ? 0.6 : 2);
}

/**
 * Draws without replacement, in proportion to weights.
 * Source: Efraimidis and Spirakis 2006 (keys u^(1/w)).
 */
export function draw<Item>(items: readonly Item[], weight: (item: Item) => number, count: number, rng: Rng): Item[] {
  return items
    .map((item) => ({ item, key: Math.log(Math.max(rng(), Number.MIN_VALUE)) / Math.max(weight(item), 1e-9) }))
    .sort((a, b) => b.key - a.key)
    .slice(0, count)
    .map(({ item }) => item);
}

/**
 * Puts items into an order in which neighbours differ in topic wherever that can be: mixed practice is remembered better than blocks.
 * Source: Rohrer and Taylor 2007. The topic with most left goes next, unless it went last.
 */
export function interleave<Item>(items: readonly Item[], topicOf: (item: Item) => number): Item[] {
  const groups = new Map<number, Item[]>();
  for (const item of items) groups.set(topicOf(item), [...(groups.get(topicOf(item)) ?? []), item]);
  const ordered: Item[] = [];
  let last: number | null = null;
  while (ordered.length < items.length) {
    let next: number | null = null;
    for (const [topic, left] of groups) {
      if (left.length === 0 || topic === last) continue;
      if (next === null || left.length > (groups.get(next)?.length ?? 0)) next = topic;
    }
    const topic: number | null = next ?? last;
    const item = topic === null ? undefined : groups.get(topic)?.shift();
    if (item === undefined) break;
    ordered.push(item);
    last = topic;
  }
  return ordered;
}

/**
 * The questions of a quiz, in the order in which they are asked.
 *
 * @param marked keys that the student marked
 * @returns fewer than wished where no more fit the wish
 */
export function quizOf(
  questions: readonly Askable[],
  wish: QuizWish,
  seen: ReadonlyMap<number, Seen>,
  standing: ReadonlyMap<number, TopicStanding>,
  marked: ReadonlySet<number>,
  rng: Rng,
): Askable[] {
  const fitting = questions.filter(({ questionKey, topicKey, domainKey, difficulty }) => {
    if (wish.domainKeys !== null && !wish.domainKeys.includes(domainKey)) return false;
    if (wish.topicKeys !== null && !wish.topicKeys.includes(topicKey)) return false;
    if (wish.difficulties !== null && (difficulty === null || !wish.difficulties.includes(difficulty))) return false;
    if (wish.mode === 'unseen') return !seen.has(questionKey);
    if (wish.mode === 'missed') return seen.get(questionKey)?.lastRight === false;
    return wish.mode !== 'marked' || marked.has(questionKey);
  });
  const drawn = draw(fitting, (question) => weightOf(wish.mode, seen.get(question.questionKey), standing.get(question.topicKey)), wish.count, rng);
  return interleave(drawn, ({ topicKey }) => topicKey);
}
