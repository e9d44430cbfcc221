import { setImmediate as breathe } from 'node:timers/promises';
import type { Checkpoint } from '#domain/kernel/checkpoint';
import { expectationFrom } from '#domain/learning/knowledge/expected';
import { knowledgeFeatures } from '#domain/learning/knowledge/history';
import { leastTopicAnswers, leastTopicStudents } from '#domain/learning/knowledge/slopes';
import { type KnownOutcome, leastOutcomes } from '#domain/learning/readiness/outcomes';
import { regressionChance } from '#domain/learning/readiness/regression';
import { questionFacts, talliesOf } from '#main/store/learning/evidence';
import { answeringUsers, type GrownCourse, grownCourses, keepSlopes, logOf } from '#main/store/learning/learnt';
import { forgetRegressions, insertRegression, newestRegression, outcomeState, toldBeforeExams } from '#main/store/learning/outcomes';
import type { Store } from '#main/store/open';
import type { Pool } from '#main/worker/pool';
import { configurationOf, goalColumns } from './standing';

export interface LearningParts {
  readonly store: Store;
  readonly pool: Pool;
  readonly now: number;
  readonly checkpoint: Checkpoint;
  readonly signal: AbortSignal;
}

/** More answers than this teach nothing new: of larger courses every so manieth student is read. */
const mostAnswers = 200_000;
/** A course is learnt anew when it has grown by this share. */
const grownBy = 0.1;

/** Moments before one exam that are learnt from, spread over its preparation. */
const mostMoments = 8;

/**
 * Learns from the workspace's own log: of each course that has grown what its topics have of their own, and from exams that came out how likely
 * somebody passes.
 */
export async function learnFromAnswers(parts: LearningParts): Promise<void> {
  await learnFromOutcomes(parts);
  for (const course of grownCourses(parts.store)) {
    if (course.answers < Math.max(leastTopicAnswers, course.learntFrom * (1 + grownBy))) continue;
    await learnCourse(parts, course);
  }
}

async function learnCourse({ store, pool, now, checkpoint, signal }: LearningParts, course: GrownCourse): Promise<void> {
  const users = answeringUsers(store, course.courseKey);
  if (users.length < leastTopicStudents) return;
  const questions = questionFacts(store, course.courseKey);
  const expectation = expectationFrom(talliesOf(store, course.courseKey));
  const step = Math.max(1, Math.ceil(course.answers / mostAnswers));
  const read = users.filter((_user, index) => index % step === 0);
  const offsets = [0];
  const topics: number[] = [];
  const correct: number[] = [];
  const expected: number[] = [];
  for (const [done, userKey] of read.entries()) {
    checkpoint(done, read.length, 'Learning what topics have of their own');
    for (const [topicKey, questionKey, right] of logOf(store, userKey, course.courseKey)) {
      topics.push(topicKey);
      correct.push(right);
      expected.push(expectation(topicKey, questions.get(questionKey)?.difficulty ?? null));
    }
    offsets.push(topics.length);
    await breathe();
  }
  const { coefficients } = configurationOf(store).readiness.knowledge;
  const slopes = await pool.run(
    'knowledge.topics',
    { offsets: Int32Array.from(offsets), topics: Int32Array.from(topics), correct: Uint8Array.from(correct), expected: Float64Array.from(expected), shared: knowledgeFeatures.map((name) => coefficients[name]) },
    { signal },
  );
  store.transaction((writer) => {
    keepSlopes(writer, { ...course, answersRead: topics.length, students: read.length }, slopes, now);
  });
}

async function learnFromOutcomes({ store, pool, now, signal }: LearningParts): Promise<void> {
  const { exams, newest } = outcomeState(store);
  const kept = newestRegression(store);
  // What came out since, or was put right since, is learnt from; else the newest still says all.
  if (kept === null ? exams < 2 * leastOutcomes : newest < kept.at) return;
  const told = [...Map.groupBy(toldBeforeExams(store), ({ goalKey }) => goalKey).values()].flatMap((moments) => {
    const step = Math.max(1, moments.length / mostMoments);
    return moments.filter((_moment, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
  });
  const { regression } = configurationOf(store).readiness;
  const fitted = await pool.run(
    'outcomes.fit',
    {
      rows: told.map(({ goalKey, userKey, courseId, style, hoursAWeek, earlierExams, passed, features }): KnownOutcome => {
        const { numbers, words } = goalColumns(courseId, { style, hoursAWeek }, earlierExams);
        return { exam: String(goalKey), person: String(userKey), passed, numbers: { ...numbers, ...features }, words };
      }),
      published: told.map(({ features }) => regressionChance({ completion: features.completion ?? 0, margin: features.margin ?? 0, weakest: features.weakest ?? 0, trend: features.velocity ?? 0, idleDays: features.idleDays ?? 0, ahead: features.ahead ?? 0 }, regression)),
    },
    { signal },
  );
  store.transaction((writer) => {
    if (fitted === null) forgetRegressions(writer);
    else insertRegression(writer, fitted, now);
  });
}
