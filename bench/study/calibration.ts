import { seededRng } from '#domain/kernel/rng';
import type { Attempt } from '#domain/learning/attempts';
import type { Blueprint } from '#domain/learning/blueprint';
import { expectationFrom } from '#domain/learning/knowledge/expected';
import { defaultReadinessConfiguration } from '#domain/learning/readiness/configuration';
import { judgeReadiness } from '#domain/learning/readiness/readiness';
import { brierScore, calibrationError } from '#bench/learning/scores';
import { psychological, recallChance } from './memory';
import { firstDay, simulateYear, type Onlooker, type YearShape } from './year';

/** Topics by domain as in the amateur radio exam: it asks one question of each of 35, and 26 pass. */
const topicsByDomain = [6, 3, 3, 2, 4, 4, 4, 4, 2, 3] as const;
const passCount = 26;
/** Every question has four options: what does not come to mind is guessed. */
const guess = 1 / 4;
/** Days between two askings: often while the course is being learnt, seldom later. */
const often = { every: 5, until: 150 } as const;
const seldom = 30;

const domainOfTopic = topicsByDomain.flatMap((count, domain) => Array.from({ length: count }, () => domain));
const topics = domainOfTopic.length;
const blueprint: Blueprint = {
  exam: { questions: topics, passCount, draw: 'one_per_topic' },
  domains: topicsByDomain.map((_count, key) => ({
    key,
    code: `D${String(key)}`,
    title: `D${String(key)}`,
    weight: null,
    topics: domainOfTopic.flatMap((domain, topic) => (domain === key ? [{ key: topic, code: `T${String(topic)}`, title: `T${String(topic)}` }] : [])),
  })),
};

/** What readiness told over a year, held against exams that were sat the morning after. */
export interface YearCalibration {
  readonly told: number;
  /** Times that it said that there is not enough data. */
  readonly untold: number;
  readonly passed: number;
  /** Mean distance of the mean chance from the rate that passed, over ten groups of equal width. */
  readonly error: number;
  readonly brier: number;
  /** The same of the chance from simulated exams. */
  readonly simulatedError: number;
  readonly simulatedBrier: number;
  /** The error while some of the questions had never been seen, and once all had been. */
  readonly unseenError: number;
  readonly seenError: number;
  /** Share that passed, and how many, by tenths of the told chance. */
  readonly groups: readonly { readonly told: number; readonly passed: number; readonly count: number }[];
}

/** Asks after the readiness of seeded students through their year, and lets them sit the exam of the next morning each time. */
export function calibrateYear(shapes: readonly YearShape[]): YearCalibration {
  const chances: number[] = [];
  const simulated: number[] = [];
  const passed: number[] = [];
  const allSeen: boolean[] = [];
  let untold = 0;
  const expectation = expectationFrom([]);
  const onlookerOf = (shape: YearShape) => (student: number): Onlooker => {
    const rng = seededRng(shape.seed * 1_000 + student);
    const attempts: Attempt[] = [];
    const pool = new Map(domainOfTopic.map((_domain, topic) => [topic, Array.from({ length: Math.ceil((shape.items - topic) / topics) }, (_none, index) => topic + topics * index)]));
    const sittings: number[] = [];
    const activeDays: number[] = [];
    let today = 0;
    return {
      asked({ item, recalled, at, seconds }) {
        const topicKey = item % topics;
        attempts.push({ questionKey: item, topicKey, domainKey: domainOfTopic[topicKey]!, difficulty: null, assessment: 'practice', correct: recalled || rng() < guess, confidence: null, milliseconds: seconds * 1_000, at });
        today += seconds * 1_000;
      },
      dayEnded({ day, who, traces }) {
        sittings.push(today);
        today = 0;
        activeDays.push(firstDay + day);
        if (day % (day < often.until ? often.every : seldom) !== 0) return;
        const facts = { modulesCompleted: 0, modules: 0, sittings, mocks: [], activeDays, today: firstDay + day, examDay: firstDay + day + 1, targetShare: null };
        const { estimate } = judgeReadiness({ attempts, blueprint, pool, expectation, facts, configuration: defaultReadinessConfiguration, rng });
        if (estimate === null) {
          untold += 1;
          return;
        }
        let right = 0;
        for (let topic = 0; topic < topics; topic += 1) {
          const ofTopic = Math.ceil((shape.items - topic) / topics);
          const recall = recallChance(traces[topic + topics * Math.floor(rng() * ofTopic)]!, who, psychological(day + 1, 0));
          if (rng() < recall + (1 - recall) * guess) right += 1;
        }
        chances.push(estimate.chance);
        simulated.push(estimate.simulated.chance);
        passed.push(right >= passCount ? 1 : 0);
        allSeen.push(traces.every(({ practices }) => practices.length > 0));
      },
    };
  };
  for (const shape of shapes) simulateYear(shape, onlookerOf(shape));
  const groups = Array.from({ length: 10 }, (_none, tenth) => {
    const within = chances.flatMap((chance, index) => (Math.min(9, Math.floor(chance * 10)) === tenth ? [{ chance, passed: passed[index]! }] : []));
    const mean = (some: readonly number[]): number => some.reduce((sum, each) => sum + each, 0) / Math.max(1, some.length);
    return { told: mean(within.map(({ chance }) => chance)), passed: mean(within.map((each) => each.passed)), count: within.length };
  });
  const errorWhere = (wanted: boolean): number => calibrationError(chances.filter((_chance, index) => allSeen[index] === wanted), passed.filter((_each, index) => allSeen[index] === wanted));
  return {
    told: chances.length,
    untold,
    passed: passed.reduce((sum, each) => sum + each, 0) / Math.max(1, passed.length),
    error: calibrationError(chances, passed),
    brier: brierScore(chances, passed),
    simulatedError: calibrationError(simulated, passed),
    simulatedBrier: brierScore(simulated, passed),
    unseenError: errorWhere(false),
    seenError: errorWhere(true),
    groups,
  };
}
