import { mondayOf } from '#domain/learning/calendar';
import { phrase } from '#domain/kernel/phrase';
import { calibrate, enoughRated } from '#domain/learning/practice/calibration';
import { rhythmOf } from '#domain/learning/practice/streak';
import type { OutputOf } from '#contract/index';
import { actorOf, type CallContext } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say } from '#main/app/phrases';
import { attemptsOf, markedBy } from '#main/store/learning/attempts';
import { currentGoal } from '#main/store/learning/goals';
import { currentPath } from '#main/store/learning/paths';
import { doneSince, openSittings, sittingsOfKind } from '#main/store/learning/sittings';
import { examAnswers, listExams } from '#main/store/learning/exams';
import type { Reader } from '#main/store/tx';
import { publicGoal } from './goalView';
import { dayOf } from './sittingStart';
import { type SittingPlan, topicNames } from './sittings';
import { calendarOf, cardsAhead, daysToExam, knownOf, studentOf, type Student } from './studying';
import { minutesSince, weekStart } from './studyTime';

/** Who has answered so many questions needs no placement. */
const placedByAnswers = 40;
/** A rhythm is looked for in so many days. */
const rhythmDays = 400;
/** So many weak topics are named. */
const mostWeak = 5;

type Today = OutputOf<'learning.practice.today'>;

/** The newest sitting that was left open today or yesterday. */
function openOf(reader: Reader, userKey: number): Today['open'] {
  const [open] = openSittings(reader, userKey).filter(({ kind }) => kind !== 'lab');
  if (open === undefined) return null;
  const { id, startedAt } = open;
  if (open.kind === 'mock') {
    const answers = examAnswers(reader, open.key);
    return { id, kind: 'mock', startedAt, done: answers.filter(({ chosen }) => chosen !== null).length, total: answers.length };
  }
  const { items } = open.plan as SittingPlan;
  return { id, kind: open.kind as Exclude<typeof open.kind, 'mock' | 'lab'>, startedAt, done: items.filter(({ done }) => done === true).length, total: items.length };
}

/** What is worth saying beside the session. */
function hintsOf(reader: Reader, student: Student, planned: boolean, waiting: number, cap: number): Today['hints'] {
  const { goal, userKey, course, today } = student;
  const left = daysToExam(student);
  const hints: Today['hints'] = [];
  if (left !== null && left < 0) hints.push({ kind: 'past', text: say(phrase('studying.hints.past', { count: -left })) });
  if (goal !== null && goal.hoursAWeek <= 0) hints.push({ kind: 'hours', text: say(phrase('studying.hints.hours')) });
  if (waiting > 0) hints.push({ kind: 'backlog', text: say(phrase('studying.hints.backlog', { count: waiting, cap, days: cap === 0 ? 0 : Math.ceil(waiting / cap) })) });
  const path = goal === null ? null : currentPath(reader, goal.key);
  const week = path?.plan.weeks.find(({ monday }) => monday === mondayOf(today));
  const sat = listExams(reader, userKey, course.key).filter(({ submittedAt }) => submittedAt !== null && submittedAt >= weekStart(student)).length;
  if (week?.steps.some(({ activity }) => activity === 'mock') === true && sat === 0 && (left === null || left > 0)) hints.push({ kind: 'mock', text: say(phrase('studying.hints.mock')) });
  if (!planned) hints.push({ kind: 'nothing', text: say(phrase('studying.hints.nothing')) });
  return hints;
}

/** Learn’s first screen. */
export function todayOf(parts: HandlerParts, context: CallContext, minutes: number | undefined): Today {
  const { store } = context;
  const { userKey } = actorOf(context);
  const calendar = calendarOf(parts);
  const now = parts.now();
  const today = calendar.dayOf(now);
  const done = doneSince(store, userKey, calendar.startOf(today - rhythmDays));
  const rhythm = rhythmOf(done.map(({ at }) => calendar.dayOf(at)), today, mondayOf);
  const sinceMorning = done.filter(({ at, right }) => at >= calendar.startOf(today) && right !== null);
  const common = {
    rhythm,
    open: openOf(store, userKey),
    today: { answered: sinceMorning.length, right: sinceMorning.filter(({ right }) => right === 1).length, minutes: minutesSince(store, userKey, calendar.startOf(today)) },
  };
  const weekMinutes = minutesSince(store, userKey, weekStart({ calendar, today }));
  const goal = currentGoal(store, userKey);
  const student = studentOf(parts, context, undefined);
  if (goal === null || student === null) {
    return {
      ...common,
      goal: null,
      minutes: minutes ?? 10,
      plan: { cards: 0, weak: 0, fresh: 0, sections: 0, minutes: 0 },
      due: 0,
      waiting: 0,
      placed: true,
      week: { minutes: weekMinutes, plannedMinutes: null },
      weakTopics: [],
      answers: 0,
      hints: [],
    };
  }
  const day = dayOf(store, student, minutes);
  const name = topicNames(store, student.course.key);
  const { cards, weak, fresh, sections, minutes: planned } = day.plan;
  const placements = sittingsOfKind(store, userKey, student.course.key, 'placement', 1);
  return {
    ...common,
    goal: publicGoal(goal, { today, current: true }),
    minutes: day.minutes,
    plan: { cards, weak, fresh, sections, minutes: planned },
    due: day.due,
    waiting: day.waiting,
    placed: day.known.attempts.length >= placedByAnswers || placements.some(({ endedAt }) => endedAt !== null),
    week: { minutes: weekMinutes, plannedMinutes: goal.hoursAWeek * 60 },
    weakTopics: day.weak.slice(0, mostWeak).map(({ topicKey, share, answers }) => ({ topic: name(topicKey), share, answers })),
    answers: day.known.attempts.length,
    hints: hintsOf(store, student, day.plan.items.length > 0, day.waiting, day.ahead.cap),
  };
}

type Choices = OutputOf<'learning.practice.choices'>;

/** What a quiz can be made of. */
export function choicesOf(parts: HandlerParts, context: CallContext, courseId: string | undefined): Choices {
  const student = studentOf(parts, context, courseId);
  if (student === null) {
    return { courseId: null, domains: [], questions: 0, unseen: 0, missed: 0, marked: 0, difficulties: { easy: 0, medium: 0, hard: 0 }, flashcards: 0, flashcardsDue: 0, flashcardsUnseen: 0 };
  }
  const { store } = context;
  const { material, seen, standing } = knownOf(store, student);
  const { cards } = cardsAhead(store, student);
  const { questions, topics, domains, flashcards } = material;
  const marked = markedBy(store, student.userKey);
  const flashcardsKnown = new Map(cards.flatMap((card) => (card.flashcardKey === null ? [] : [[card.flashcardKey, card] as const])));
  const perTopic = Map.groupBy(questions, ({ topicKey }) => topicKey);
  const tomorrow = student.calendar.startOf(student.today + 1);
  const level = (difficulty: 'easy' | 'medium' | 'hard'): number => questions.filter((question) => question.difficulty === difficulty).length;
  return {
    courseId: student.course.id,
    domains: domains.map(({ key, id, code, title, weight }) => ({
      id,
      code,
      title,
      weight,
      questions: questions.filter(({ domainKey }) => domainKey === key).length,
      topics: topics
        .filter(({ domainKey }) => domainKey === key)
        .map((topic) => ({ id: topic.id, code: topic.code, title: topic.title, questions: perTopic.get(topic.key)?.length ?? 0, share: standing.get(topic.key)?.share ?? null, answers: standing.get(topic.key)?.answers ?? 0 })),
    })),
    questions: questions.length,
    unseen: questions.filter(({ questionKey }) => !seen.has(questionKey)).length,
    missed: questions.filter(({ questionKey }) => seen.get(questionKey)?.lastRight === false).length,
    marked: questions.filter(({ questionKey }) => marked.has(questionKey)).length,
    difficulties: { easy: level('easy'), medium: level('medium'), hard: level('hard') },
    flashcards: flashcards.length,
    flashcardsDue: [...flashcardsKnown.values()].filter(({ dueAt }) => dueAt < tomorrow).length,
    flashcardsUnseen: flashcards.filter(({ key }) => !flashcardsKnown.has(key)).length,
  };
}

/** How well a student judges themselves. */
export function calibrationOf(parts: HandlerParts, context: CallContext, courseId: string | undefined): OutputOf<'learning.practice.calibration'> {
  const student = studentOf(parts, context, courseId);
  const attempts = student === null ? [] : attemptsOf(context.store, student.userKey, student.course.key).filter(({ assessment }) => assessment !== 'placement');
  const { levels, count, brier, gap, verdict } = calibrate(attempts);
  return {
    levels: levels.map(({ interval, ...level }) => ({ ...level, low: interval?.[0] ?? null, high: interval?.[1] ?? null })),
    count,
    needed: enoughRated,
    brier,
    gap,
    verdict,
    message: say(phrase(`studying.judgement.${verdict}`, { count, needed: enoughRated })),
  };
}
