import type { Attempt } from '#domain/learning/attempts';
import { dayOfIso, type StudyCalendar, studyCalendar } from '#domain/learning/calendar';
import { type DayLoad, forecastLoad } from '#domain/learning/cards/queue';
import { defaultParameters, type ScheduleSettings } from '#domain/learning/cards/schedule';
import { knowledgeByTopic } from '#domain/learning/knowledge/topics';
import type { Seen } from '#domain/learning/practice/select';
import { standingByTopic, type TopicStanding } from '#domain/learning/practice/topics';
import { Refusal } from '#contract/errors';
import { actorOf, type CallContext } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { attemptsOf, seenOf } from '#main/store/learning/attempts';
import { cardsOf, cardsReviewedSince, newestSchedule, answerSeconds, type StoredCard } from '#main/store/learning/cards';
import { currentGoal, openGoalOf, type StoredGoal } from '#main/store/learning/goals';
import { type Material, readMaterial } from '#main/store/learning/material';
import { findStudied, type StudiedCourse, studiedByKey } from '#main/store/learning/studied';
import type { Reader } from '#main/store/tx';
import { configurationOf, knowledgeParts } from './standing';

/** An answer is taken to need so many seconds, and that counts as much as so many answers that were measured. */
const usualSecondsPerQuestion = 40;
const usualAnswers = 20;
/** Without a goal these hold. */
const usualReviewsADay = 100;
const usualRetention = 0.9;

const calendars = new Map<string, StudyCalendar>();

/** Study days in the workspace's time zone. */
export function calendarOf({ workspace }: Pick<HandlerParts, 'workspace'>): StudyCalendar {
  const { timeZone } = workspace.settings();
  const known = calendars.get(timeZone) ?? studyCalendar(timeZone);
  calendars.set(timeZone, known);
  return known;
}

/** Somebody who studies a course, at this moment. */
export interface Student {
  readonly userKey: number;
  readonly course: StudiedCourse;
  /** The open goal for that course. */
  readonly goal: StoredGoal | null;
  readonly calendar: StudyCalendar;
  readonly now: number;
  readonly today: number;
}

/** The caller as a student of a course: of the one that is named, else of the goal that Learn shows. Null where neither is. */
export function studentOf(parts: Pick<HandlerParts, 'workspace' | 'now'>, context: CallContext, courseId: string | undefined): Student | null {
  const { userKey } = actorOf(context);
  const calendar = calendarOf(parts);
  const now = parts.now();
  const common = { userKey, calendar, now, today: calendar.dayOf(now) };
  if (courseId === undefined) {
    const goal = currentGoal(context.store, userKey);
    const course = goal === null ? null : studiedByKey(context.store, goal.courseKey);
    return course === null ? null : { ...common, goal, course };
  }
  const course = findStudied(context.store, context.scope, courseId);
  if (course === null) throw new Refusal('not_found', 'That course is not there any more, or is not shared with you.', { courseId });
  return { ...common, course, goal: openGoalOf(context.store, userKey, course.key) };
}

/** The same, where there must be one. */
export function requireStudent(parts: Pick<HandlerParts, 'workspace' | 'now'>, context: CallContext, courseId: string | undefined): Student {
  const student = studentOf(parts, context, courseId);
  if (student === null) throw new Refusal('not_found', 'There is no goal yet. Say first what to study for.');
  return student;
}

/** The caller as a student of a course that they have begun. */
export function studentOfKey(parts: Pick<HandlerParts, 'workspace' | 'now'>, context: CallContext, courseKey: number): Student {
  const { userKey } = actorOf(context);
  const course = studiedByKey(context.store, courseKey);
  if (course === null) throw new Error('A sitting of a course that was never there.');
  const calendar = calendarOf(parts);
  const now = parts.now();
  return { userKey, calendar, now, today: calendar.dayOf(now), course, goal: openGoalOf(context.store, userKey, courseKey) };
}

/** Study days until the exam of a goal; null where there is no date. */
export function daysToExam({ goal, today }: Pick<Student, 'goal' | 'today'>): number | null {
  const date = goal?.examDate ?? null;
  return date === null ? null : dayOfIso(date) - today;
}

/** What the schedule of a student follows, with the load of the days ahead. */
export function scheduleOf(reader: Reader, { userKey, goal, calendar, today }: Student, cards: readonly StoredCard[]): ScheduleSettings {
  const own = newestSchedule(reader, userKey);
  const load = new Map<number, number>();
  for (const { dueAt } of cards) {
    const day = calendar.dayOf(dueAt);
    load.set(day, (load.get(day) ?? 0) + 1);
  }
  const left = daysToExam({ goal, today });
  return {
    calendar,
    scheduler: goal?.scheduler ?? 'fsrs',
    retention: goal?.retention ?? usualRetention,
    parameters: own?.inUse === true ? own.parameters : defaultParameters,
    examDay: left === null || left <= 0 ? null : today + left,
    loadOf: (day) => load.get(day) ?? 0,
  };
}

/** Cards of a student, what their day holds, and the days ahead. */
export interface CardsAhead {
  readonly cards: readonly StoredCard[];
  readonly settings: ScheduleSettings;
  readonly cap: number;
  readonly doneToday: number;
  readonly load: readonly DayLoad[];
}

export const forecastDays = 14;

export function cardsAhead(reader: Reader, student: Student): CardsAhead {
  const { userKey, course, calendar, today, goal } = student;
  const cards = cardsOf(reader, userKey, course.key);
  const cap = goal?.reviewsADay ?? usualReviewsADay;
  const doneToday = cardsReviewedSince(reader, userKey, course.key, calendar.startOf(today));
  const load = forecastLoad(cards.map(({ dueAt }) => calendar.dayOf(dueAt)), today, forecastDays, cap, doneToday);
  return { cards, settings: scheduleOf(reader, student, cards), cap, doneToday, load };
}

/** What a student did of a course, and how they stand in its topics. */
export interface Known {
  readonly material: Material;
  readonly attempts: readonly Attempt[];
  readonly seen: ReadonlyMap<number, Seen>;
  readonly standing: ReadonlyMap<number, TopicStanding>;
  readonly secondsPerQuestion: number;
}

export function knownOf(reader: Reader, { userKey, course, now }: Student): Known {
  // A clock that was set back leaves answers of the future behind; they count, as of now.
  const attempts = attemptsOf(reader, userKey, course.key).map((attempt) => (attempt.at > now ? { ...attempt, at: now } : attempt));
  const material = readMaterial(reader, course.key);
  const domains = material.domains.map((domain) => ({ ...domain, topics: material.topics.filter(({ domainKey }) => domainKey === domain.key) }));
  const { expectation, slopes } = knowledgeParts(reader, course.key, attempts);
  const { seconds, count } = answerSeconds(reader, userKey, course.key);
  return {
    material,
    attempts,
    seen: seenOf(attempts),
    standing: standingByTopic(knowledgeByTopic(attempts, { domains }, expectation, configurationOf(reader).readiness.knowledge, slopes)),
    secondsPerQuestion: (seconds + usualAnswers * usualSecondsPerQuestion) / (count + usualAnswers),
  };
}

