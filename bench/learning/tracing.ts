import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectationFrom } from '#domain/learning/knowledge/expected';
import { type AnswerEvent, fitKnowledge, knowledgeRows, type Observation, observationsOf, topicRates } from '#domain/learning/knowledge/fit';
import { knowledgeFeatures, recordHistory } from '#domain/learning/knowledge/history';
import { enoughAnswers } from '#domain/learning/knowledge/model';
import { fitSlopes, slopesLogOdds } from '#domain/learning/knowledge/slopes';
import { logistic } from '#domain/kernel/stats';
import { logOddsOf, sparseRows, fitLogistic } from '#domain/learning/regression';
import { areaUnderCurve, brierScore, calibrationError, foldOf } from '#bench/learning/scores';

interface Student {
  readonly skills: readonly number[];
  readonly answers: readonly number[];
}

/** Reads the file: three lines a student, of which the first is a count. */
export function readTracing(file: string): Student[] {
  const numbers = (line: string | undefined): number[] => (line ?? '').split(',').filter((part) => part.trim() !== '').map(Number);
  const lines = readFileSync(file, 'utf8').split('\n');
  const students: Student[] = [];
  for (let at = 0; at + 2 < lines.length; at += 3) students.push({ skills: numbers(lines[at + 1]), answers: numbers(lines[at + 2]) });
  return students;
}

/** Two skills in this order are one question where their answers agree so often, over so many times. */
const linkedAgreement = 0.95;
const linkedTimes = 20;

/**
 * Joins rows that are one question with several skills. Which pairs are is a property of the file (two groups, far apart: pairs that agree
 * in 95 % of their times or more, and pairs that agree as answers in a row do); it is never read off the answers at hand, for a border
 * that is drawn where the answer changes would itself tell the next answer.
 */
export function eventsOf(students: readonly Student[]): AnswerEvent[][] {
  const pairs = new Map<string, { times: number; agree: number }>();
  const pair = (skills: readonly number[], at: number): string => `${String(skills[at - 1])} ${String(skills[at])}`;
  for (const { skills, answers } of students) {
    for (let at = 1; at < skills.length; at += 1) {
      if (skills[at] === skills[at - 1]) continue;
      const name = pair(skills, at);
      const found = pairs.get(name) ?? { times: 0, agree: 0 };
      pairs.set(name, { times: found.times + 1, agree: found.agree + (answers[at] === answers[at - 1] ? 1 : 0) });
    }
  }
  const linked = new Set([...pairs].filter(([, { times, agree }]) => times >= linkedTimes && agree / times >= linkedAgreement).map(([name]) => name));
  return students.map(({ skills, answers }) => {
    const events: { topics: number[]; correct: boolean }[] = [];
    skills.forEach((skill, at) => {
      const current = events.at(-1);
      // The few rows of a linked pair that disagree are two questions.
      if (current !== undefined && at > 0 && linked.has(pair(skills, at)) && current.correct === (answers[at] === 1)) current.topics.push(skill);
      else events.push({ topics: [skill], correct: answers[at] === 1 });
    });
    return events;
  });
}

export interface TracingFigures {
  readonly model: string;
  readonly answers: number;
  /** Mean over the folds, and of all held-out answers together. */
  readonly auc: number;
  readonly pooledAuc: number;
  readonly brier: number;
  readonly calibrationError: number;
}

/** Observations of students in a row, each with whose it is. */
function* observe(students: readonly AnswerEvent[][], rates: Float64Array): Generator<Observation & { readonly student: number }> {
  for (const [student, events] of students.entries()) {
    for (const observation of observationsOf([events], (topic) => rates[topic] ?? 0.5)) yield { ...observation, student };
  }
}

/**
 * What ships, by what there is beside the student's own answers: `alone` has nothing, as on a lone student's machine, so that every topic is
 * expected to be as hard as the next; `shared` has the others' rates by topic; `withTopics` also what a topic has of its own.
 */
export type TracingModel = 'withTopics' | 'shared' | 'alone' | 'pfa';

/** Predicts each answer of students that the model was not fitted on. */
export function crossValidate(students: readonly AnswerEvent[][], topics: number, model: TracingModel): TracingFigures {
  const chances: number[] = [];
  const labels: number[] = [];
  const areas: number[] = [];
  for (let fold = 0; fold < 5; fold += 1) {
    const learnt = students.filter((_events, index) => foldOf(index) !== fold);
    const judged = students.filter((_events, index) => foldOf(index) === fold);
    const { chances: some, labels: found } = model === 'pfa' ? judgeFactors(learnt, judged, topics) : judgeModel(learnt, judged, topics, model);
    areas.push(areaUnderCurve(some, found));
    chances.push(...some);
    labels.push(...found);
  }
  return {
    model,
    answers: labels.length,
    auc: areas.reduce((sum, area) => sum + area, 0) / areas.length,
    pooledAuc: areaUnderCurve(chances, labels),
    brier: brierScore(chances, labels),
    calibrationError: calibrationError(chances, labels),
  };
}

interface Judged {
  readonly chances: readonly number[];
  readonly labels: Uint8Array;
}

/** What ships, fitted as it is fitted: what topics share, then on the same students what each topic has of its own. */
function judgeModel(learnt: readonly AnswerEvent[][], judged: readonly AnswerEvent[][], topics: number, model: 'withTopics' | 'shared' | 'alone'): Judged {
  const rates = topicRates(learnt, topics);
  const shared = fitKnowledge(knowledgeRows(observe(learnt, rates)));
  const slopes = model === 'withTopics' ? fitSlopes(observe(learnt, rates), shared) : null;
  const expectation = expectationFrom([]);
  const known = model === 'alone' ? rates.map((_rate, topic) => expectation(topic, null)) : rates;
  const chances: number[] = [];
  const labels: number[] = [];
  for (const { topic, features, correct } of observe(judged, known)) {
    chances.push(logistic(features.reduce((sum, value, column) => sum + value * shared[column]!, slopesLogOdds(slopes?.get(topic), features))));
    labels.push(correct ? 1 : 0);
  }
  return { chances, labels: Uint8Array.from(labels) };
}

function judgeFactors(learnt: readonly AnswerEvent[][], judged: readonly AnswerEvent[][], topics: number): Judged {
  const training = performanceFactors(learnt, topics);
  const coefficients = fitLogistic(training.rows, training.labels, { penalties: new Float64Array(training.rows.columns).fill(0.1) });
  const test = performanceFactors(judged, topics);
  return { chances: Array.from(test.labels, (_label, row) => logistic(logOddsOf(test.rows, row, coefficients))), labels: test.labels };
}

/** The yardstick: an intercept and the slopes of successes and failures for each skill, and nothing else (Pavlik, Cen and Koedinger 2009). */
function performanceFactors(students: readonly AnswerEvent[][], topics: number) {
  const labels: number[] = [];
  function* describe(): Generator<(readonly [number, number])[]> {
    for (const events of students) {
      const counts = new Map<number, [failures: number, successes: number]>();
      for (const { topics: asked, correct } of events) {
        for (const topic of asked) {
          const [failures, successes] = counts.get(topic) ?? [0, 0];
          labels.push(correct ? 1 : 0);
          yield [[topic, 1], [topics + topic, Math.log(1 + successes)], [2 * topics + topic, Math.log(1 + failures)]];
        }
        for (const topic of asked) {
          const found = counts.get(topic) ?? [0, 0];
          found[correct ? 1 : 0] += 1;
          counts.set(topic, found);
        }
      }
    }
  }
  const rows = sparseRows(3 * topics, describe());
  return { rows, labels: Uint8Array.from(labels) };
}

/**
 * How the model's errors hang together, by moments: over pairs of answers, the product of their errors over the product of their standard
 * deviations. Both answers of a pair are predicted from the same moment, before the first of them.
 */
export function errorCorrelations(students: readonly AnswerEvent[][], rates: Float64Array, coefficients: Float64Array): Record<'unseen' | 'few' | 'seen' | 'shared', number> {
  const ahead = 6;
  const sums = { unseen: [0, 0], few: [0, 0], seen: [0, 0], shared: [0, 0] };
  for (const events of students) {
    const recorder = recordHistory();
    events.forEach((event, at) => {
      // One moment in four is enough, and leaves less overlap.
      if (at % 4 === 0) {
        const seen = new Map<number, { chance: number; kind: 'unseen' | 'few' | 'seen' }>();
        const judged = events.slice(at, at + ahead * 3).map(({ topics: [topic = 0], correct }) => {
          const known = seen.get(topic) ?? (() => {
            const expected = rates[topic] ?? 0.5;
            const features = recorder.features(topic, expected);
            const chance = logistic(features.reduce((sum, value, column) => sum + value * (coefficients[column] ?? 0), 0));
            const history = recorder.history().topics.get(topic);
            const answers = history === undefined ? 0 : history.successes + history.failures;
            const kind = answers === 0 ? 'unseen' : answers < enoughAnswers ? 'few' : 'seen';
            return { chance, kind } as const;
          })();
          seen.set(topic, known);
          return { topic, ...known, error: (correct ? 1 : 0) - known.chance, deviation: Math.sqrt(known.chance * (1 - known.chance)) };
        });
        for (let one = 0; one < judged.length; one += 1) {
          for (let two = one + 1; two < judged.length; two += 1) {
            const a = judged[one]!;
            const b = judged[two]!;
            const sum = sums[a.topic === b.topic ? a.kind : 'shared'];
            sum[0]! += a.error * b.error;
            sum[1]! += a.deviation * b.deviation;
          }
        }
      }
      for (const topic of event.topics) recorder.record(topic, event.correct, rates[topic] ?? 0.5);
    });
  }
  const share = ([product, scale]: number[]): number => product! / scale!;
  return { unseen: share(sums.unseen), few: share(sums.few), seen: share(sums.seen), shared: share(sums.shared) };
}

/** Runs all of it on the file and says what came out; null where the file is absent. */
export function traceKnowledge(sharedFolder: string, log: (line: string) => void): TracingFigures[] | null {
  const file = join(sharedFolder, 'data/tracing/assist2009_updated_train.csv');
  if (!existsSync(file)) return null;
  const students = eventsOf(readTracing(file));
  const topics = 1 + students.flat().reduce((most, { topics: asked }) => Math.max(most, ...asked), 0);
  const figures = (['pfa', 'alone', 'shared', 'withTopics'] as const).map((model) => crossValidate(students, topics, model));
  const rates = topicRates(students, topics);
  const coefficients = fitKnowledge(knowledgeRows(observe(students, rates)));
  log(knowledgeFeatures.map((name, column) => `${name}: ${coefficients[column]!.toFixed(4)}`).join('\n'));
  log(JSON.stringify(errorCorrelations(students, rates, coefficients)));
  return figures;
}
