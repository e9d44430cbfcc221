import { millisecondsPerDay } from '#domain/kernel/clock';
import type { Attempt } from '#domain/learning/attempts';
import type { Blueprint } from '#domain/learning/blueprint';
import { inOrder, type TopicKnowledge } from '#domain/learning/knowledge/topics';
import type { ReadinessConfiguration } from '#domain/learning/readiness/configuration';
import type { BetaShape } from '#domain/learning/readiness/evidence';

/** The questions that an exam may draw, by the key of their topic. */
export type QuestionPool = ReadonlyMap<number, readonly number[]>;

/** What the answers say of questions drawn from the whole pool, whether the student has met them or not. */
export interface PoolEvidence {
  /** The rate that an exam would find in each domain. */
  readonly rates: readonly (BetaShape & { readonly domainKey: number })[];
  /** Share of the pool's questions that were never met, by topic. */
  readonly unseen: ReadonlyMap<number, number>;
  /** The rate of right answers at a first meeting, by domain. */
  readonly fresh: ReadonlyMap<number, number>;
  /** What is left on the day of the exam of what was learnt above that rate: 1 where nothing is lost. */
  readonly retained: number;
}

/** A repeat sooner than this is practice of the same sitting: it tells what is in mind, not what will be there tomorrow. */
const delayedAfter = 12 * 3_600_000;
/**
 * Memory after a time t follows (1 + c·t)^-w. Source: Wickelgren 1974, "Single-trace fragility theory"; the exponent is that of FSRS-6
 * (open-spaced-repetition, default w20), fitted on some hundred million reviews.
 */
const decay = 0.1542;

/** An answer as it counts: to a question at its first meeting, or later. */
interface Meeting {
  readonly domainKey: number;
  readonly correct: boolean;
  readonly worth: number;
}

interface Mean extends BetaShape {
  readonly mean: number;
}

/** A beta after answers, the newest of which counts whole and the others less and less. */
function rateOf(prior: number, strength: number, some: readonly { readonly correct: boolean; readonly worth: number }[], halfLife: number): Mean {
  let [a, b] = [prior * strength, (1 - prior) * strength];
  some.forEach(({ correct, worth }, index) => {
    const weight = worth * 0.5 ** ((some.length - 1 - index) / halfLife);
    if (correct) a += weight;
    else b += weight;
  });
  return { a, b, mean: a / (a + b) };
}

const varianceOf = ({ a, b }: BetaShape): number => (a * b) / ((a + b) ** 2 * (a + b + 1));

/** A beta of a mean and a variance. */
function betaOf(mean: number, variance: number): BetaShape {
  const strength = Math.max(1, (mean * (1 - mean)) / variance - 1);
  return { a: mean * strength, b: (1 - mean) * strength };
}

/**
 * What an exam finds that draws from the whole pool. A question that was never met is answered like others at their first meeting: that rate is
 * learnt from the student's own first answers, shrunk from a domain to all of them and from there to the prior. A question that was met is
 * answered like repeats after half a day or more; repeats within a sitting say nothing (massed practice: Roediger and Karpicke 2006; Cepeda et
 * al. 2006). What lies above the rate of first meetings fades by a power law from the age at which it was measured to the age that it has on
 * the day of the exam, and is never taken for more than was measured.
 *
 * @param day the study day for which is asked
 */
export function poolEvidence(attempts: readonly Attempt[], { domains }: Pick<Blueprint, 'domains'>, pool: QuestionPool, { priorShare, priorStrength, practiceWeight, repeatWeight, halfLife }: ReadinessConfiguration['bayesian'], day: number): PoolEvidence {
  const first: Meeting[] = [];
  const later: Meeting[] = [];
  const lastAt = new Map<number, number>();
  const gaps: number[] = [];
  for (const { questionKey, domainKey, assessment, correct, at } of inOrder(attempts)) {
    const before = lastAt.get(questionKey);
    lastAt.set(questionKey, at);
    const weight = assessment === 'mock' ? 1 : practiceWeight;
    if (before === undefined) first.push({ domainKey, correct, worth: weight });
    else if (at - before >= delayedAfter) {
      later.push({ domainKey, correct, worth: weight * repeatWeight });
      gaps.push((at - before) / millisecondsPerDay);
    }
  }
  const everywhere = rateOf(priorShare, priorStrength, first, halfLife);
  const unseen = new Map<number, number>();
  const end = (day + 0.5) * millisecondsPerDay;
  let [met, ages] = [0, 0];
  const parts = domains.map(({ key, topics }) => {
    let [size, missing] = [0, 0];
    for (const topic of topics) {
      const questions = pool.get(topic.key) ?? [];
      let seen = 0;
      for (const question of questions) {
        const at = lastAt.get(question);
        if (at === undefined) continue;
        seen += 1;
        ages += Math.max(0, end - at) / millisecondsPerDay;
      }
      met += seen;
      size += questions.length;
      missing += questions.length - seen;
      unseen.set(topic.key, questions.length === 0 ? 0 : 1 - seen / questions.length);
    }
    const fresh = rateOf(everywhere.mean, priorStrength, first.filter(({ domainKey }) => domainKey === key), halfLife);
    const repeated = rateOf(fresh.mean, priorStrength, later.filter(({ domainKey }) => domainKey === key), halfLife);
    return { domainKey: key, share: size === 0 ? 0 : missing / size, fresh, repeated };
  });
  const overall = rateOf(everywhere.mean, priorStrength, later, halfLife).mean;
  // The age at which it was measured, with the weights that the answers have in the rate.
  let [gap, weights] = [0, 0];
  later.forEach(({ worth }, index) => {
    const weight = worth * 0.5 ** ((later.length - 1 - index) / halfLife);
    gap += weight * (gaps[index] ?? 0);
    weights += weight;
  });
  const retained = retainedShare((overall - everywhere.mean) / Math.max(1e-9, 1 - everywhere.mean), weights === 0 ? 0 : gap / weights, met === 0 ? 0 : ages / met);
  return {
    unseen,
    retained,
    fresh: new Map(parts.map(({ domainKey, fresh }) => [domainKey, fresh.mean])),
    rates: parts.map(({ domainKey, share, fresh, repeated }) => {
      const kept = repeated.mean > fresh.mean ? fresh.mean + (repeated.mean - fresh.mean) * retained : repeated.mean;
      return { domainKey, ...betaOf(share * fresh.mean + (1 - share) * kept, share ** 2 * varianceOf(fresh) + (1 - share) ** 2 * varianceOf(repeated)) };
    }),
  };
}

/**
 * What is left of a memory at an age, as a share of what was left at the age at which it was measured.
 *
 * @param measured the share that was remembered, in (0, 1)
 * @param atAge days after which it was measured; 0 where it never was
 * @param age days after which is asked
 */
export function retainedShare(measured: number, atAge: number, age: number): number {
  if (measured <= 0 || measured >= 1 || atAge <= 0 || age <= atAge) return 1;
  return (1 + ((measured ** (-1 / decay) - 1) * age) / atAge) ** -decay / measured;
}

/** The knowledge per topic as an exam meets it: of what was met by the model of the next answer less what fades, of the rest by first meetings. */
export function knowledgeOfPool(knowledge: readonly TopicKnowledge[], { unseen, fresh, retained }: PoolEvidence): TopicKnowledge[] {
  return knowledge.map((topic) => {
    const base = fresh.get(topic.domainKey) ?? topic.chance;
    const share = topic.answers === 0 ? 1 : (unseen.get(topic.topicKey) ?? 0);
    const kept = topic.chance > base ? base + (topic.chance - base) * retained : topic.chance;
    return { ...topic, chance: share * base + (1 - share) * kept };
  });
}
