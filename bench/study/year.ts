import { type Rng, seededRng } from '#domain/kernel/rng';
import { studyCalendar } from '#domain/learning/calendar';
import { type Card, newCard, type Scheduler } from '#domain/learning/cards/card';
import { dueQueue, forecastLoad, type KeptCard, roomForNew } from '#domain/learning/cards/queue';
import { defaultParameters, review, type ScheduleSettings } from '#domain/learning/cards/schedule';
import { type Learner, learner, practise, psychological, recallChance, type Trace, trace } from './memory';

export interface YearShape {
  readonly scheduler: Scheduler;
  readonly retention: number;
  readonly students: number;
  readonly items: number;
  readonly days: number;
  /** Reviews a day at the most. */
  readonly cap: number;
  readonly newADay: number;
  readonly seed: number;
}

/** What a year of study came to, over all students. */
export interface Year {
  /** The fullest day of any student: due cards that were asked. */
  readonly fullestDay: number;
  /** The mean of the days on which somebody studied. */
  readonly meanDay: number;
  /** Cards that waited at most, after a holiday. */
  readonly mostWaiting: number;
  readonly minutes: number;
  /** Items that a student would recall on the day after, of all items: expected share. */
  readonly recalled: number;
  /** Items recalled in the end for each hour of study. */
  readonly perHour: number;
  /** Share of reviews that were recalled. */
  readonly success: number;
}

/** Who looks on while somebody studies, and changes nothing. */
export interface Onlooker {
  /** An item was asked, at a time in UTC milliseconds. */
  readonly asked: (of: { readonly item: number; readonly recalled: boolean; readonly at: number; readonly seconds: number }) => void;
  readonly dayEnded: (of: { readonly day: number; readonly who: Learner; readonly traces: readonly Trace[] }) => void;
}

const secondsRight = 9;
const secondsWrong = 20;
const secondsNew = 25;
/** A day in seven is left out, and two weeks in summer. */
const restShare = 1 / 7;
const holiday = { from: 180, to: 194 } as const;

const calendar = studyCalendar('Europe/London');
export const firstDay = 20_000;

interface Tally {
  asked: number;
  studied: number;
  fullest: number;
  waiting: number;
  seconds: number;
  recalled: number;
  reviews: number;
  right: number;
}

function studyAYear(shape: YearShape, rng: Rng, tally: Tally, onlooker?: Onlooker): void {
  const who = learner(rng);
  const traces = Array.from({ length: shape.items }, () => trace(rng));
  const cards = new Map<number, Card>();
  const load = new Map<number, number>();
  const settings: ScheduleSettings = { calendar, scheduler: shape.scheduler, retention: shape.retention, parameters: defaultParameters, examDay: null, loadOf: (day) => load.get(day) ?? 0 };
  const move = (before: Card | undefined, after: Card): void => {
    if (before !== undefined) load.set(calendar.dayOf(before.dueAt), (load.get(calendar.dayOf(before.dueAt)) ?? 0) - 1);
    load.set(calendar.dayOf(after.dueAt), (load.get(calendar.dayOf(after.dueAt)) ?? 0) + 1);
  };
  for (let day = 0; day < shape.days; day += 1) {
    if (rng() < restShare || (day >= holiday.from && day < holiday.to)) continue;
    const morning = calendar.startOf(firstDay + day) + 5 * 3_600_000;
    let seconds = 0;
    /** Asks an item until it is known, at most three times. */
    const ask = (key: number): void => {
      for (let time = 0; time < 3; time += 1) {
        const at = psychological(day, seconds);
        const of = traces[key];
        if (of === undefined) return;
        const before = cards.get(key);
        const right = rng() < recallChance(of, who, at);
        if (before !== undefined && time === 0) {
          tally.reviews += 1;
          if (right) tally.right += 1;
        }
        const took = before === undefined ? secondsNew : right ? secondsRight : secondsWrong;
        seconds += took;
        onlooker?.asked({ item: key, recalled: right, at: morning + seconds * 1_000, seconds: took });
        practise(of, who, psychological(day, seconds));
        // What is new is shown and counts as known once it was read.
        const after = review(before ?? newCard(morning), right || (before === undefined && time === 0) ? 3 : 1, morning + seconds * 1_000, settings).card;
        move(before, after);
        cards.set(key, after);
        if (right || before === undefined) return;
        seconds += 60;
      }
    };
    const kept = [...cards].map(([key, card]): KeptCard => ({ ...card, key }));
    const queue = dueQueue(kept, morning, 0, shape.cap, settings);
    const ahead = forecastLoad(kept.map(({ dueAt }) => calendar.dayOf(dueAt)), firstDay + day, 7, shape.cap);
    for (const key of queue.now) ask(key);
    const fresh = Math.min(shape.newADay, roomForNew(ahead, shape.cap), shape.items - cards.size);
    for (let index = 0; index < fresh; index += 1) ask(cards.size);
    tally.asked += queue.now.length;
    tally.studied += 1;
    tally.fullest = Math.max(tally.fullest, queue.now.length);
    tally.waiting = Math.max(tally.waiting, queue.waiting);
    tally.seconds += seconds;
    onlooker?.dayEnded({ day, who, traces });
  }
  for (const of of traces) tally.recalled += recallChance(of, who, psychological(shape.days, 0));
}

/** Lets seeded students study for a year, each under the eyes of an onlooker of their own where there are any. */
export function simulateYear(shape: YearShape, onlookerOf?: (student: number) => Onlooker): Year {
  const tally: Tally = { asked: 0, studied: 0, fullest: 0, waiting: 0, seconds: 0, recalled: 0, reviews: 0, right: 0 };
  for (let student = 0; student < shape.students; student += 1) studyAYear(shape, seededRng(shape.seed + student), tally, onlookerOf?.(student));
  return {
    fullestDay: tally.fullest,
    meanDay: tally.asked / Math.max(1, tally.studied),
    mostWaiting: tally.waiting,
    minutes: tally.seconds / 60 / shape.students,
    recalled: tally.recalled / (shape.students * shape.items),
    perHour: tally.recalled / (tally.seconds / 3_600),
    success: tally.right / Math.max(1, tally.reviews),
  };
}
