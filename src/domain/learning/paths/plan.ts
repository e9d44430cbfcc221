import { mondayOf } from '../calendar';
import type { StudyStyle } from '../goals';
import { type PathKind, suitableKind } from './kinds';
import { gapOf, type Task, tasksOf } from './work';

/** A topic, with what a student did of it and what is left. */
export interface PathTopic {
  readonly topicKey: number;
  /** Its part of the exam; all topics together make 1. */
  readonly weight: number;
  /** Share right, 0 to 1; null where nothing is known. */
  readonly share: number | null;
  readonly answers: number;
  /** Questions of its pool. */
  readonly questions: number;
  /** Sections that are not passed yet. */
  readonly sections: readonly { readonly sectionKey: number; readonly minutes: number }[];
  /** Flashcards that were never seen. */
  readonly flashcards: number;
  readonly labs: readonly { readonly labKey: number; readonly minutes: number }[];
}

export interface PathInput {
  /** Study day. */
  readonly today: number;
  /** Study day of the exam; null where there is no date. */
  readonly examDay: number | null;
  readonly hoursAWeek: number;
  /** Minutes studied in this week already. */
  readonly doneThisWeek: number;
  readonly style: StudyStyle;
  readonly secondsPerQuestion: number;
  readonly secondsPerCard: number;
  /** Reviews that come due in each week from this one on by what is scheduled already. */
  readonly reviewsByWeek: readonly number[];
  /** Minutes of one mock exam with looking it through; null where the course has no exam. */
  readonly mockMinutes: number | null;
  readonly topics: readonly PathTopic[];
  /** For a path of one's own: the topics it takes; null for all. */
  readonly chosenTopics: readonly number[] | null;
  /** Topics that come first, in this order, whatever the kind of path; the others follow in the order of the kind. */
  readonly first?: readonly number[] | undefined;
}

export const activities = ['section', 'practice', 'review', 'mock', 'lab', 'flashcards'] as const;
export type Activity = (typeof activities)[number];

/** One thing to do in a week. */
export interface PathStep extends Omit<Task, 'activity'> {
  readonly activity: Activity;
}

export interface PathWeek {
  /** Study day of its Monday. */
  readonly monday: number;
  /** Minutes that the hours allow in what is left of it. */
  readonly available: number;
  readonly minutes: number;
  readonly steps: readonly PathStep[];
  /** How much of the exam's weight is covered by its end, 0 to 1. */
  readonly covered: number;
}

export interface Feasibility {
  /** Whether all of it fits; why not. `past` is a date that is over or today, `hours` no time in the week. */
  readonly verdict: 'fits' | 'short' | 'past' | 'hours' | 'open';
  readonly neededMinutes: number;
  readonly availableMinutes: number;
  /** Topics that are not or not wholly in the plan. */
  readonly leftOut: readonly number[];
  /** Share of the exam's weight that is in the plan, 0 to 1. */
  readonly covered: number;
  /** Hours a week with which all would fit by the date, in halves; null where no week has so many, or none are needed. */
  readonly hoursThatFit: number | null;
  /** Study day of the first exam that these hours would reach; null where none within two years does, or none is needed. */
  readonly dayThatFits: number | null;
  /** Where there is no date: the study day on which the work is done. */
  readonly doneOn: number | null;
}

export interface Plan {
  readonly kind: PathKind;
  readonly weeks: readonly PathWeek[];
  readonly feasibility: Feasibility;
}

/** A path without a date ends after so many weeks at the latest. */
const longestWeeks = 104;
/** More hours than anybody is asked for. */
const mostHours = 60;
/** Reviews of what was practised: so many for each question in the week after, in the next one, and in each one later. */
const reviewsAfter: readonly number[] = [1.5, 0.75, 0.3];
/** At most this share of a week goes into reviews: the rest waits under the daily cap. */
const reviewShare = 0.5;
/** Practice is done in parts of at least so many minutes. */
const smallestPart = 5;

/** Weeks before the exam in which a mock exam is sat, 0 being the week of the exam. */
const mockWeeks: Readonly<Record<PathKind, readonly number[]>> = { beginner: [0, 1, 3], fast_track: [0, 1], comprehensive: [0, 1, 2, 4], remediation: [0, 1], custom: [0, 1] };

interface Filled {
  readonly weeks: readonly PathWeek[];
  readonly left: readonly Task[];
  readonly needed: number;
}

/** The days of a week that can be studied on: from today, and not on the day of the exam. */
function daysOf(monday: number, today: number, examDay: number | null): number {
  const last = examDay === null ? monday + 6 : Math.min(monday + 6, examDay - 1);
  return Math.max(0, last - Math.max(monday, today) + 1);
}

/** Puts the work of a path into weeks: first what comes back by itself, then mock exams, then the tasks in their order. */
function fill(input: PathInput, kind: PathKind, hours: number, examDay: number | null): Filled {
  const { today, secondsPerCard } = input;
  const queue = tasksOf(input, kind).map((task) => ({ ...task }));
  const open = new Map<number, number>();
  for (const { topicKey, minutes } of queue) if (topicKey !== null) open.set(topicKey, (open.get(topicKey) ?? 0) + minutes);
  const total = queue.reduce((sum, { minutes }) => sum + minutes, 0);
  const weightOf = new Map(input.topics.map(({ topicKey, weight }) => [topicKey, weight]));
  const weeks: PathWeek[] = [];
  const practised: number[] = [];
  /** What is longer than a whole week of these hours: it is left out, and what comes after it is not. */
  const tooLong: Task[] = [];
  let extra = 0;
  const first = mondayOf(today);
  const lastMonday = examDay === null ? first + (longestWeeks - 1) * 7 : mondayOf(examDay - 1);
  for (let monday = first, index = 0; monday <= lastMonday && index < longestWeeks; monday += 7, index += 1) {
    if (examDay === null && queue.length === 0) break;
    const share = (hours * 60 * daysOf(monday, today, examDay)) / 7;
    const available = index === 0 ? Math.max(0, Math.min(share, hours * 60 - input.doneThisWeek)) : share;
    let room = available;
    const steps: PathStep[] = [];
    const put = (step: PathStep): void => {
      steps.push(step);
      room -= step.minutes;
    };
    const returning = practised.reduce((sum, count, week) => sum + count * (reviewsAfter[Math.min(index - week - 1, reviewsAfter.length - 1)] ?? 0), 0);
    const reviews = Math.round((input.reviewsByWeek[index] ?? 0) + returning);
    const reviewMinutes = Math.min((reviews * secondsPerCard) / 60, available * reviewShare);
    if (reviews > 0 && reviewMinutes > 0.5) put({ activity: 'review', topicKey: null, sectionKey: null, labKey: null, amount: Math.round((reviewMinutes * 60) / secondsPerCard), minutes: reviewMinutes });
    extra += reviewMinutes;
    const before = examDay === null ? null : (lastMonday - monday) / 7;
    // The week that is under way comes too early for an exam, unless it is the last.
    const mock = before !== null && input.mockMinutes !== null && mockWeeks[kind].includes(before) && (index > 0 || before === 0) ? input.mockMinutes : 0;
    extra += mock;
    const sits = mock > 0 && mock <= room;
    if (sits) room -= mock;
    let count = 0;
    while (queue.length > 0) {
      const task = queue[0];
      if (task === undefined) break;
      const parts = task.amount !== null;
      if (!parts && task.minutes > hours * 60) {
        tooLong.push(task);
        queue.shift();
        continue;
      }
      const each = parts ? task.minutes / Math.max(1, task.amount ?? 1) : task.minutes;
      const amount = parts ? Math.min(task.amount ?? 0, Math.floor((room + 1e-9) / each)) : 1;
      const whole = parts ? amount === task.amount : task.minutes <= room + 1e-9;
      if (amount <= 0 || (!parts && !whole) || (!whole && amount * each < smallestPart)) break;
      const minutes = parts ? amount * each : task.minutes;
      put({ ...task, amount: parts ? amount : null, minutes });
      if (task.activity === 'practice' || task.activity === 'flashcards') count += amount;
      if (task.topicKey !== null) open.set(task.topicKey, (open.get(task.topicKey) ?? 0) - minutes);
      if (whole) queue.shift();
      else queue[0] = { ...task, amount: (task.amount ?? 0) - amount, minutes: task.minutes - minutes };
    }
    if (sits) steps.push({ activity: 'mock', topicKey: null, sectionKey: null, labKey: null, amount: 1, minutes: mock });
    practised.push(count);
    const covered = [...weightOf].reduce((sum, [topicKey, weight]) => sum + ((open.get(topicKey) ?? 0) < 1e-6 ? weight : 0), 0);
    weeks.push({ monday, available, minutes: steps.reduce((sum, { minutes }) => sum + minutes, 0), steps, covered: Math.min(1, covered) });
    // Hours in which not even a part of a task fits lead nowhere.
    if (examDay === null && steps.length === 0 && daysOf(monday, today, null) === 7) break;
  }
  return { weeks, left: [...tooLong, ...queue], needed: total + extra };
}

const fits = (input: PathInput, kind: PathKind, hours: number, examDay: number | null): boolean => fill(input, kind, hours, examDay).left.length === 0;

/** The smallest whole number in a range for which something holds, if it holds from there on; null where it does not even at the end. */
function firstThat(low: number, high: number, holds: (value: number) => boolean): number | null {
  if (!holds(high)) return null;
  let below = low - 1;
  let at = high;
  while (at - below > 1) {
    const middle = Math.floor((at + below) / 2);
    if (holds(middle)) at = middle;
    else below = middle;
  }
  return at;
}

/**
 * A plan by week that fits hours and date, and what it cannot hold. The weeks never hold more than the hours allow. Where something is left
 * out, the plan says with how many hours, or for which date, all of it would fit.
 *
 * @param wished null for the kind that suits the student
 */
export function planPath(input: PathInput, wished: PathKind | null): Plan {
  const { today, examDay, hoursAWeek } = input;
  const past = examDay !== null && examDay <= today;
  const kind = wished ?? suitableKind(input.topics, !past && hoursAWeek > 0 && fits(input, 'comprehensive', hoursAWeek, examDay));
  const none = { hoursThatFit: null, dayThatFits: null, doneOn: null };
  const filled = past || hoursAWeek <= 0 ? { weeks: [], left: tasksOf(input, kind), needed: tasksOf(input, kind).reduce((sum, { minutes }) => sum + minutes, 0) } : fill(input, kind, hoursAWeek, examDay);
  const leftOut = [...new Set(filled.left.flatMap(({ topicKey }) => (topicKey === null ? [] : [topicKey])))];
  const weightOf = new Map(input.topics.map(({ topicKey, weight }) => [topicKey, weight]));
  const covered = Math.max(0, 1 - leftOut.reduce((sum, topicKey) => sum + (weightOf.get(topicKey) ?? 0), 0));
  const common = { neededMinutes: filled.needed, availableMinutes: filled.weeks.reduce((sum, { available }) => sum + available, 0), leftOut, covered };
  const laterDay = (hours: number): number | null => {
    if (hours <= 0) return null;
    const weeks = firstThat(1, longestWeeks, (count) => fits(input, kind, hours, today + count * 7));
    return weeks === null ? null : today + weeks * 7;
  };
  const moreHours = (): number | null => {
    const halves = firstThat(1, mostHours * 2, (count) => fits(input, kind, count / 2, examDay));
    return halves === null ? null : halves / 2;
  };
  if (past) return { kind, weeks: [], feasibility: { ...common, ...none, verdict: 'past', dayThatFits: laterDay(hoursAWeek) } };
  if (hoursAWeek <= 0) return { kind, weeks: [], feasibility: { ...common, ...none, verdict: 'hours', hoursThatFit: moreHours() } };
  if (filled.left.length === 0) {
    const last = filled.weeks.findLast(({ steps }) => steps.some(({ activity }) => activity !== 'review' && activity !== 'mock'));
    return { kind, weeks: filled.weeks, feasibility: { ...common, ...none, verdict: examDay === null ? 'open' : 'fits', doneOn: examDay === null ? (last === undefined ? today : last.monday + 6) : null } };
  }
  return { kind, weeks: filled.weeks, feasibility: { ...common, ...none, verdict: 'short', hoursThatFit: moreHours(), dayThatFits: examDay === null ? null : laterDay(hoursAWeek) } };
}

/** The topics that a session should take up next, by the plan: those of this week's steps in their order, then the others by what they lack. */
export function topicsNext(plan: Plan | null, monday: number, topics: readonly PathTopic[]): number[] {
  const planned = plan?.weeks.filter((week) => week.monday >= monday).flatMap(({ steps }) => steps.flatMap(({ topicKey, activity }) => (topicKey === null || activity === 'review' ? [] : [topicKey]))) ?? [];
  const rest = [...topics].sort((a, b) => b.weight * gapOf(b) - a.weight * gapOf(a)).map(({ topicKey }) => topicKey);
  return [...new Set([...planned, ...rest])];
}
