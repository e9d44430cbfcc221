import { Refusal } from '#contract/errors';
import { type Attempt } from '#domain/learning/attempts';
import { dayOfIso, studyCalendar, type StudyCalendar } from '#domain/learning/calendar';
import { type AnswerTally, type Expectation, expectationFrom } from '#domain/learning/knowledge/expected';
import type { SlopesByTopic } from '#domain/learning/knowledge/slopes';
import { seededRng } from '#domain/kernel/rng';
import { defaultMasteryConfiguration, type MasteryConfiguration } from '#domain/learning/mastery/mastery';
import { defaultReadinessConfiguration, type ReadinessConfiguration } from '#domain/learning/readiness/configuration';
import type { StudyFacts } from '#domain/learning/readiness/features';
import type { KnownColumns } from '#domain/learning/readiness/outcomes';
import type { QuestionPool } from '#domain/learning/readiness/pool';
import { judgeReadiness, type Readiness } from '#domain/learning/readiness/readiness';
import { defaultRecommendationConfiguration, type RecommendationConfiguration } from '#domain/learning/recommendations/configuration';
import { actorOf, type CallContext } from '#main/app/context';
import { currentConfiguration } from '#main/store/learning/decisions';
import { answersOf, type CourseHead, courseOf, type CourseOutline, coursesOf, outlineOf, placeName, questionFacts, studyRecordOf, type StudyRecord, talliesOf } from '#main/store/learning/evidence';
import { slopesOf } from '#main/store/learning/learnt';
import { type KeptRegression, newestRegression } from '#main/store/learning/outcomes';
import { findStudent, type Student, studentExists } from '#main/store/learning/students';
import type { Reader } from '#main/store/tx';
import { minutesSince } from './studyTime';

/** Whose standing in which course, as entries take it. */
export interface StandingOf {
  readonly courseId?: string | undefined;
  readonly userId?: string | undefined;
}

/** All that is known of a student in a course, read once for an answer. */
export interface Evidence {
  readonly student: Student;
  readonly course: CourseHead;
  readonly outline: CourseOutline;
  readonly attempts: readonly Attempt[];
  readonly objectiveOf: (questionKey: number) => string | null;
  readonly pool: QuestionPool;
  readonly expectation: Expectation;
  readonly slopes: SlopesByTopic;
  /** The regression on the workspace's own exams, whether or not it serves. */
  readonly ownRegression: KeptRegression | null;
  readonly record: StudyRecord;
  readonly facts: StudyFacts;
  readonly calendar: StudyCalendar;
  /** Minutes of study since an instant, over all courses. */
  readonly minutesSince: (since: number) => number;
  readonly now: number;
}

/** The numbers of all engines as they hold now: what was changed, else the defaults. */
export interface StandingConfiguration {
  readonly readiness: ReadinessConfiguration;
  readonly mastery: MasteryConfiguration;
  readonly recommendations: RecommendationConfiguration;
}

export function configurationOf(reader: Reader): StandingConfiguration {
  return {
    readiness: (currentConfiguration(reader, 'readiness')?.value as ReadinessConfiguration | null | undefined) ?? defaultReadinessConfiguration,
    mastery: (currentConfiguration(reader, 'mastery')?.value as MasteryConfiguration | null | undefined) ?? defaultMasteryConfiguration,
    recommendations: (currentConfiguration(reader, 'recommendations')?.value as RecommendationConfiguration | null | undefined) ?? defaultRecommendationConfiguration,
  };
}

/** The student that is asked about: oneself, or somebody within one's reach. */
export function studentOf(context: CallContext, userId: string | undefined): Student {
  const id = userId ?? actorOf(context).userId;
  const student = findStudent(context.store, context.scope, id);
  if (student !== null) return student;
  if (studentExists(context.store, id)) throw new Refusal('out_of_scope', 'You may not see that student’s records. Ask an administrator to put you into one team.', { userId: id });
  throw new Refusal('not_found', 'There is no such student any more.');
}

/** The course that is asked about, or the one that is meant. */
export function courseFor(context: CallContext, student: Student, courseId: string | undefined): CourseHead {
  const course = courseId === undefined ? (coursesOf(context.store, student)[0] ?? null) : courseOf(context.store, student, courseId);
  if (course !== null) return course;
  throw new Refusal('not_found', courseId === undefined ? 'There is no course yet. Import one, or ask your school to share one with you.' : 'That course is not there any more, or is not shared with this student.');
}

/** A pause is no study: a sitting counts for this long at the most. */
const longestSitting = 4 * 3_600_000;
const sittingLength = ({ startedAt, lastAt }: { readonly startedAt: number; readonly lastAt: number }): number => Math.min(longestSitting, Math.max(0, lastAt - startedAt));

/** What others answered: all less the student's own, with which it is to be compared. */
function talliesOfOthers(all: readonly AnswerTally[], attempts: readonly Attempt[]): AnswerTally[] {
  const own = new Map<string, { answers: number; correct: number }>();
  const name = (topicKey: number, difficulty: string | null): string => `${String(topicKey)} ${difficulty ?? ''}`;
  for (const { topicKey, difficulty, correct } of attempts) {
    const found = own.get(name(topicKey, difficulty)) ?? { answers: 0, correct: 0 };
    found.answers += 1;
    if (correct) found.correct += 1;
    own.set(name(topicKey, difficulty), found);
  }
  return all.map((tally) => {
    const mine = own.get(name(tally.topicKey, tally.difficulty)) ?? { answers: 0, correct: 0 };
    const answers = Math.max(0, tally.answers - mine.answers);
    return { ...tally, answers, correct: Math.min(answers, Math.max(0, tally.correct - mine.correct)) };
  });
}

/** What the answers of the others teach of a course's topics: how hard they are, and what each has of its own. */
export function knowledgeParts(reader: Reader, courseKey: number, attempts: readonly Attempt[]): Pick<Evidence, 'expectation' | 'slopes'> {
  return { expectation: expectationFrom(talliesOfOthers(talliesOf(reader, courseKey), attempts)), slopes: slopesOf(reader, courseKey) };
}

/** The questions that an exam may draw, by topic. */
function poolOf(questions: ReturnType<typeof questionFacts>): QuestionPool {
  const pool = new Map<number, number[]>();
  for (const [key, { topicKey, drawn }] of questions) {
    if (!drawn) continue;
    const some = pool.get(topicKey);
    if (some === undefined) pool.set(topicKey, [key]);
    else some.push(key);
  }
  return pool;
}

/** Reads all that is known of a student in a course, as of an instant. */
export function evidenceOf(reader: Reader, student: Student, course: CourseHead, timeZone: string, now: number): Evidence {
  const calendar = studyCalendar(timeZone);
  const outline = outlineOf(reader, course.key);
  const questions = questionFacts(reader, course.key);
  // A clock that was set back leaves answers of the future behind; they count, as of now.
  const attempts = answersOf(reader, student, course.key, questions).map((attempt) => (attempt.at > now ? { ...attempt, at: now } : attempt));
  const record = studyRecordOf(reader, student, course.key, now);
  const examDate = record.goal?.examDate ?? null;
  const days = new Set<number>();
  for (const { at } of attempts) days.add(calendar.dayOf(at));
  for (const at of record.reviewedAt) days.add(calendar.dayOf(Math.min(at, now)));
  return {
    student,
    course,
    outline,
    attempts,
    pool: poolOf(questions),
    objectiveOf: (key) => questions.get(key)?.objective ?? null,
    ...knowledgeParts(reader, course.key, attempts),
    ownRegression: newestRegression(reader),
    record,
    facts: {
      modulesCompleted: record.modulesCompleted,
      modules: record.modules,
      sittings: record.sittings.map(sittingLength),
      mocks: record.mocks,
      activeDays: [...days].sort((a, b) => a - b),
      today: calendar.dayOf(now),
      examDay: examDate === null ? null : dayOfIso(examDate),
      targetShare: record.goal?.targetShare ?? null,
    },
    calendar,
    minutesSince: (since) => minutesSince(reader, student.key, since),
    now,
  };
}

/** Reads what an entry asks about. */
export function gather(context: CallContext, { courseId, userId }: StandingOf, timeZone: string): Evidence {
  const student = studentOf(context, userId);
  return evidenceOf(context.store, student, courseFor(context, student, courseId), timeZone, context.now());
}

/** What a regression on own exams reads of a goal. */
export function goalColumns(courseId: string, goal: { readonly style: string; readonly hoursAWeek: number } | null, earlierExams: number): KnownColumns {
  return { numbers: { hoursAWeek: goal?.hoursAWeek ?? null, earlierExams }, words: { course: courseId, style: goal?.style ?? '' } };
}

/** The same draws for the same student and course, so that nothing flickers between two looks. */
export function readinessOf(evidence: Evidence, { readiness }: Pick<StandingConfiguration, 'readiness'>): Readiness {
  const { attempts, outline, pool, expectation, slopes, facts, student, course, ownRegression, record } = evidence;
  const ownOutcomes = ownRegression?.better === true ? { model: ownRegression.model, known: goalColumns(course.id, record.goal, record.earlierExams) } : null;
  return judgeReadiness({ attempts, blueprint: outline, pool, expectation, slopes, facts, configuration: readiness, ownOutcomes, rng: seededRng(student.key * 31 + course.key) });
}

/** What every answer begins with. */
export function headOf({ student, course, attempts }: Evidence, context: CallContext) {
  return { course: { id: course.id, title: course.title }, student: { id: student.id, name: student.name, self: student.key === actorOf(context).userKey }, answers: attempts.length };
}

/** The public id of a domain, topic or section of the course. */
export function publicId({ outline }: Pick<Evidence, 'outline'>, kind: 'domain' | 'topic' | 'section', key: number): string {
  const id = outline.ids.get(placeName(kind, key));
  if (id === undefined) throw new Error(`No ${kind} ${String(key)} in the course.`);
  return id;
}
