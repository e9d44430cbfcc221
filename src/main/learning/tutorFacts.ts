import { mondayOf } from '#domain/learning/calendar';
import { rhythmOf } from '#domain/learning/practice/streak';
import type { Plan } from '#domain/learning/paths/plan';
import type { CallContext } from '#main/app/context';
import { listExams } from '#main/store/learning/exams';
import { labsByKey, sectionsByKey } from '#main/store/learning/material';
import { currentPath } from '#main/store/learning/paths';
import { doneSince } from '#main/store/learning/sittings';
import { topicNames } from './sittings';
import { cardsAhead, daysToExam, type Known, knownOf, type Student } from './studying';

const rhythmDays = 60;
/** So many answers, the newest and those before them, are held against each other. */
const compared = 30;
const mostSteps = 5;
const mostWeak = 3;

type Step = Plan['weeks'][number]['steps'][number];

/** Where a student stands, as the tutor tells it: figures of the engines and nothing else. */
export interface TutorFacts {
  readonly daysToExam: number | null;
  readonly hoursAWeek: number | null;
  readonly answers: number;
  readonly weak: readonly { readonly title: string; readonly share: number; readonly answers: number }[];
  readonly due: number;
  readonly steps: readonly { readonly activity: Step['activity']; readonly title: string; readonly amount: number | null; readonly minutes: number }[];
  readonly feasible: Plan['feasibility']['verdict'] | null;
  readonly daysOfLastSeven: number;
  readonly weeksInARow: number;
  readonly answeredThisWeek: number;
  /** Shares right of the newest answers and of as many before; null where there are too few. */
  readonly lately: { readonly before: number; readonly now: number } | null;
  readonly exam: { readonly questions: number; readonly minutes: number | null; readonly pass: number | null; readonly passIsShare: boolean } | null;
  readonly weights: readonly { readonly title: string; readonly weight: number }[];
  readonly mocks: readonly { readonly score: number; readonly total: number; readonly passCount: number }[];
}

export function factsOf(context: CallContext, student: Student, known: Known = knownOf(context.store, student)): TutorFacts {
  const { store } = context;
  const { userKey, course, goal, calendar, today } = student;
  const { attempts, standing, material } = known;
  const titles = new Map(material.topics.map(({ key, title }) => [key, title]));
  const done = doneSince(store, userKey, calendar.startOf(today - rhythmDays));
  const rhythm = rhythmOf(done.map(({ at }) => calendar.dayOf(at)), today, mondayOf);
  const monday = calendar.startOf(mondayOf(today));
  const plan = goal === null ? null : (currentPath(store, goal.key)?.plan ?? null);
  const week = plan?.weeks.find((each) => each.monday === mondayOf(today));
  const steps = (week?.steps ?? []).slice(0, mostSteps);
  const sections = sectionsByKey(store, steps.flatMap(({ sectionKey }) => (sectionKey === null ? [] : [sectionKey])));
  const labs = labsByKey(store, steps.flatMap(({ labKey }) => (labKey === null ? [] : [labKey])));
  const name = topicNames(store, course.key);
  const titleOf = ({ sectionKey, labKey, topicKey }: Step): string =>
    (sectionKey === null ? undefined : sections.get(sectionKey)?.title) ?? (labKey === null ? undefined : labs.get(labKey)?.title) ?? (topicKey === null ? '' : name(topicKey).title);
  const shareOf = (some: typeof attempts): number => some.filter(({ correct }) => correct).length / Math.max(1, some.length);
  const { doneToday, cap, cards } = cardsAhead(store, student);
  const tomorrow = calendar.startOf(today + 1);
  return {
    daysToExam: daysToExam(student),
    hoursAWeek: goal?.hoursAWeek ?? null,
    answers: attempts.length,
    weak: [...standing.values()]
      .filter(({ weak }) => weak)
      .sort((a, b) => a.share - b.share)
      .slice(0, mostWeak)
      .map(({ topicKey, share, answers }) => ({ title: titles.get(topicKey) ?? '', share, answers })),
    due: Math.min(Math.max(0, cap - doneToday), cards.filter(({ dueAt }) => dueAt < tomorrow).length),
    steps: steps.map((step) => ({ activity: step.activity, title: titleOf(step), amount: step.amount, minutes: Math.max(1, Math.round(step.minutes)) })),
    feasible: plan?.feasibility.verdict ?? null,
    daysOfLastSeven: rhythm.daysOfLastSeven,
    weeksInARow: rhythm.weeksInARow,
    answeredThisWeek: done.filter(({ at, right }) => at >= monday && right !== null).length,
    lately: attempts.length < compared * 2 ? null : { before: shareOf(attempts.slice(-2 * compared, -compared)), now: shareOf(attempts.slice(-compared)) },
    exam: course.examQuestions === null ? null : { questions: course.examQuestions, minutes: course.examMinutes, pass: course.passMark, passIsShare: course.passUnit === 'share' },
    weights: material.domains.flatMap(({ title, weight }) => (weight === null || weight <= 0 ? [] : [{ title, weight }])).sort((a, b) => b.weight - a.weight),
    mocks: listExams(store, userKey, course.key).flatMap(({ submittedAt, score, total, passCount }) => (submittedAt === null || score === null ? [] : [{ score, total, passCount }])).slice(0, 3),
  };
}
