import { setImmediate as breathe } from 'node:timers/promises';
import type { Checkpoint } from '#domain/kernel/checkpoint';
import { expectationFrom } from '#domain/learning/knowledge/expected';
import { knowledgeFeatures } from '#domain/learning/knowledge/history';
import { leastTopicAnswers, leastTopicStudents } from '#domain/learning/knowledge/slopes';
import { questionFacts, talliesOf } from '#main/store/learning/evidence';
import { answeringUsers, type GrownCourse, grownCourses, keepSlopes, logOf } from '#main/store/learning/learnt';
import type { Store } from '#main/store/open';
import type { Pool } from '#main/worker/pool';
import { configurationOf } from './standing';

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

/** Learns of each course that has grown what its topics have of their own, and keeps it for all that ask what a student knows. */
export async function learnFromAnswers(parts: LearningParts): Promise<void> {
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
