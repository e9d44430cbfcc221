import type { Rng } from '#domain/kernel/rng';
import { logistic } from '#domain/kernel/stats';
import type { Difficulty } from '../attempts';
import type { Askable } from './select';

/** The most that a placement asks. */
export const placementMost = 24;
/** From so many questions on it may end, where every domain is known well enough. */
export const placementLeast = 8;

/** Where the three difficulties lie on the scale of ability, in logits; an unknown one counts as medium. */
const locations: Readonly<Record<Difficulty, number>> = { easy: -1, medium: 0, hard: 1 };

/** Spread of ability between students, and of one student's domains around their own level, in logits. */
const spreadBetween = 1.2;
const spreadWithin = 0.8;
/** Ends where the standard deviation of every domain's ability is below this. */
const sharpEnough = 0.62;

const grid = Array.from({ length: 25 }, (_none, index) => -3.6 + index * 0.3);

export interface PlacementAnswer {
  readonly domainKey: number;
  readonly difficulty: Difficulty | null;
  readonly correct: boolean;
  /** How likely a right answer is by chance. */
  readonly chance: number;
}

/** What a placement says of a domain. */
export interface DomainPlacement {
  readonly domainKey: number;
  readonly asked: number;
  /** Share of medium questions that the student would know, guessing taken out, with its 80 % interval. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
  /** Standard deviation of ability in logits. */
  readonly deviation: number;
}

/** The chance of a right answer: the Rasch model with guessing. Source: Birnbaum 1968 (three-parameter model with slope 1). */
function rightChance(ability: number, difficulty: Difficulty | null, chance: number): number {
  return chance + (1 - chance) * logistic(ability - (difficulty === null ? 0 : locations[difficulty]));
}

/**
 * What is known of each domain after some answers: a domain's ability is the student's own level plus the domain's deviation, both normal.
 * The posterior is summed over a grid of both, so that an answer in one domain says a little about all others.
 * Source: expected-a-posteriori estimation, Bock and Mislevy 1982.
 */
export function placementOf(domainKeys: readonly number[], answers: readonly PlacementAnswer[]): DomainPlacement[] {
  const normal = (x: number, spread: number): number => Math.exp(-(x * x) / (2 * spread * spread));
  const likelihood = domainKeys.map((domainKey) => {
    const own = answers.filter((answer) => answer.domainKey === domainKey);
    return grid.map((ability) => own.reduce((product, { difficulty, correct, chance }) => product * (correct ? rightChance(ability, difficulty, chance) : 1 - rightChance(ability, difficulty, chance)), 1));
  });
  /** For each level of the student, the evidence of each domain, its deviation summed out. */
  const evidence = grid.map((level) => likelihood.map((of) => of.reduce((sum, value, place) => sum + value * normal((grid[place] ?? 0) - level, spreadWithin), 0)));
  const level = grid.map((ability, place) => normal(ability, spreadBetween) * (evidence[place] ?? []).reduce((product, value) => product * value, 1));
  return domainKeys.map((domainKey, domain) => {
    const weights = grid.map((ability, place) =>
      grid.reduce((sum, at, levelPlace) => {
        const own = evidence[levelPlace]?.[domain] ?? 0;
        return own === 0 ? sum : sum + ((level[levelPlace] ?? 0) / own) * (likelihood[domain]?.[place] ?? 0) * normal(ability - at, spreadWithin);
      }, 0),
    );
    const total = weights.reduce((sum, value) => sum + value, 0) || 1;
    const mean = weights.reduce((sum, value, place) => sum + value * (grid[place] ?? 0), 0) / total;
    const variance = weights.reduce((sum, value, place) => sum + value * ((grid[place] ?? 0) - mean) ** 2, 0) / total;
    const quantile = (p: number): number => {
      let sum = 0;
      for (let place = 0; place < grid.length; place += 1) {
        sum += (weights[place] ?? 0) / total;
        if (sum >= p) return grid[place] ?? 0;
      }
      return grid.at(-1) ?? 0;
    };
    return {
      domainKey,
      asked: answers.filter((answer) => answer.domainKey === domainKey).length,
      share: weights.reduce((sum, value, place) => sum + value * logistic(grid[place] ?? 0), 0) / total,
      low: logistic(quantile(0.1)),
      high: logistic(quantile(0.9)),
      deviation: Math.sqrt(variance),
    };
  });
}

/**
 * The question that says most next: of the domain that is least known, weighted by what it counts in the exam, the difficulty nearest to the
 * student's ability there.
 *
 * @param weights of the domains in the exam; a domain without one counts as the mean
 * @param asked keys that were asked already
 * @returns null where the placement is over
 */
export function nextPlacement(questions: readonly Askable[], weights: ReadonlyMap<number, number>, answers: readonly PlacementAnswer[], asked: ReadonlySet<number>, rng: Rng): Askable | null {
  const left = questions.filter(({ questionKey }) => !asked.has(questionKey));
  if (left.length === 0 || answers.length >= placementMost) return null;
  const domains = [...new Set(questions.map(({ domainKey }) => domainKey))].sort((a, b) => a - b);
  const known = placementOf(domains, answers);
  if (answers.length >= placementLeast && known.every(({ deviation }) => deviation < sharpEnough)) return null;
  const mean = weights.size === 0 ? 1 : [...weights.values()].reduce((sum, value) => sum + value, 0) / weights.size;
  const open = new Set(left.map(({ domainKey }) => domainKey));
  const [domain] = known
    .filter(({ domainKey }) => open.has(domainKey))
    .map((one) => ({ ...one, need: (one.deviation ** 2 / (1 + one.asked)) * Math.sqrt((weights.get(one.domainKey) ?? mean) || 1) }))
    .sort((a, b) => b.need - a.need || a.domainKey - b.domainKey);
  if (domain === undefined) return null;
  const ability = Math.log(domain.share / (1 - domain.share));
  const distance = ({ difficulty }: Askable): number => Math.abs((difficulty === null ? 0 : locations[difficulty]) - ability);
  const own = left.filter(({ domainKey }) => domainKey === domain.domainKey);
  const nearest = Math.min(...own.map(distance));
  const fitting = own.filter((question) => distance(question) <= nearest + 1e-9);
  return fitting[Math.floor(rng() * fitting.length)] ?? null;
}
