import type { Rng } from '#domain/kernel/rng';
import type { QuestionKind } from '../practice/grade';

/** What an exam is drawn by. */
export interface DrawRules {
  readonly questions: number;
  readonly draw: 'weights' | 'one_per_topic';
  /** Domains with the weight that each has in the exam; null where the blueprint gives none. */
  readonly domains: readonly { readonly domainKey: number; readonly weight: number | null }[];
}

export interface Drawable {
  readonly questionKey: number;
  readonly topicKey: number;
  readonly domainKey: number;
  /** How often it was drawn for an exam of this student already. */
  readonly drawnBefore: number;
}

export interface Drawn {
  /** Keys in the order in which they are asked. */
  readonly questions: readonly number[];
  /** How many questions the blueprint asks for beyond what there is. */
  readonly missing: number;
}

/**
 * Shares a number among weights so that the parts add up: whole parts first, then the largest remainders.
 * Source: Hamilton's method (largest remainder).
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum <= 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const parts = exact.map(Math.floor);
  const order = exact.map((value, index) => ({ index, rest: value - Math.floor(value) })).sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (let left = total - parts.reduce((all, part) => all + part, 0), place = 0; left > 0; left -= 1, place += 1) {
    const index = order[place % order.length]?.index ?? 0;
    parts[index] = (parts[index] ?? 0) + 1;
  }
  return parts;
}

/** A random order. Source: Fisher and Yates. */
export function shuffled<Item>(items: readonly Item[], rng: Rng): Item[] {
  const order = [...items];
  for (let index = order.length - 1; index > 0; index -= 1) {
    const other = Math.floor(rng() * (index + 1));
    [order[index], order[other]] = [order[other] as Item, order[index] as Item];
  }
  return order;
}

/** An option that speaks of the others by their place or as a whole loses its sense where they are shuffled. */
const speaksOfOthers = /\b(all|none|both|neither|any|either)\b.{0,30}\b(above|below|choices|answers|options|these|them|correct)\b|\b[A-F] (and|or|&) [A-F]\b|^\s*(true|false|yes|no)\s*$/i;

/** The order in which options are shown: shuffled, so that nobody learns a letter, unless one of them speaks of the others. */
export function optionOrder(kind: QuestionKind, texts: readonly string[], rng: Rng): number[] {
  const order = texts.map((_text, index) => index);
  return kind === 'truefalse' || texts.some((text) => speaksOfOthers.test(text)) ? order : shuffled(order, rng);
}

/** Questions in random order, those that were drawn least often before the others. */
function fairly(questions: readonly Drawable[], rng: Rng): Drawable[] {
  return shuffled(questions, rng).sort((a, b) => a.drawnBefore - b.drawnBefore);
}

/** How many questions each domain gives: by weight, by the size of its pool where no weight is given, and never more than it has. */
function quotas({ questions: total, domains }: DrawRules, poolOf: (domainKey: number) => number): Map<number, number> {
  const weighted = domains.some(({ weight }) => weight !== null && weight > 0);
  const weights = domains.map(({ domainKey, weight }) => (weighted ? (weight ?? 0) : poolOf(domainKey)));
  const parts = apportion(total, weights);
  const quota = new Map(domains.map(({ domainKey }, index) => [domainKey, Math.min(parts[index] ?? 0, poolOf(domainKey))]));
  // What a domain lacks, the others give, in proportion to what they count.
  for (let missing = total - [...quota.values()].reduce((all, part) => all + part, 0); missing > 0; ) {
    const open = domains.map(({ domainKey }, index) => ({ domainKey, weight: weights[index] ?? 0, room: poolOf(domainKey) - (quota.get(domainKey) ?? 0) })).filter(({ room, weight }) => room > 0 && weight > 0);
    if (open.length === 0) break;
    const more = apportion(missing, open.map(({ weight }) => weight));
    open.forEach(({ domainKey, room }, index) => {
      const given = Math.min(more[index] ?? 0, room);
      quota.set(domainKey, (quota.get(domainKey) ?? 0) + given);
      missing -= given;
    });
  }
  return quota;
}

/**
 * Draws an exam by its blueprint. Questions that a student met in earlier exams come only when the others are used up.
 *
 * @param pool questions that may be in an exam: none that is flagged or retired
 */
export function drawExam(blueprint: DrawRules, pool: readonly Drawable[], rng: Rng): Drawn {
  const picked: Drawable[] = [];
  if (blueprint.draw === 'one_per_topic') {
    const topics = [...new Set(pool.map(({ topicKey }) => topicKey))];
    const order = topics.length > blueprint.questions ? shuffled(topics, rng).slice(0, blueprint.questions) : topics;
    const chosen = new Set(order);
    for (const topicKey of topics) {
      if (!chosen.has(topicKey)) continue;
      const [first] = fairly(pool.filter((question) => question.topicKey === topicKey), rng);
      if (first !== undefined) picked.push(first);
    }
  } else {
    const quota = quotas(blueprint, (domainKey) => pool.filter((question) => question.domainKey === domainKey).length);
    for (const [domainKey, count] of quota) picked.push(...fairly(pool.filter((question) => question.domainKey === domainKey), rng).slice(0, count));
  }
  if (picked.length < blueprint.questions) {
    const taken = new Set(picked.map(({ questionKey }) => questionKey));
    picked.push(...fairly(pool.filter(({ questionKey }) => !taken.has(questionKey)), rng).slice(0, blueprint.questions - picked.length));
  }
  return {
    questions: shuffled(picked, rng).map(({ questionKey }) => questionKey),
    missing: blueprint.questions - picked.length,
  };
}
