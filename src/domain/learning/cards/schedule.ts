import { default_w, type FSRS, forgetting_curve, fsrs, get_fuzz_range } from 'ts-fsrs';
import type { StudyCalendar } from '../calendar';
import type { Card, Rating, Scheduler } from './card';

/** The 21 parameters of FSRS-6 as its authors fitted them on the logs of many thousands. */
export const defaultParameters: readonly number[] = default_w;

/** A card that was forgotten comes back after so long: within the sitting, after other cards. */
export const stepMilliseconds = 10 * 60_000;

/** Days between the reviews of the fixed schedule; the last one repeats. A wrong answer begins again. */
export const fixedDays: readonly number[] = [2, 3, 5, 7];

/** The days before an exam in which each card that needs it is seen once more. */
export const finalDays = 7;

/** A card whose chance of being remembered on the day of the exam is at least this needs no last look. */
export const sureEnough = 0.95;

const longestDays = 36_500;

/** What a schedule follows. */
export interface ScheduleSettings {
  readonly calendar: StudyCalendar;
  readonly scheduler: Scheduler;
  /** How likely a card should be remembered when it comes back, .7 to .97. */
  readonly retention: number;
  /** 21 parameters of FSRS-6. */
  readonly parameters: readonly number[];
  /** The study day of the exam; null where there is none, or where it is over. */
  readonly examDay: number | null;
  /** How many cards are due on a study day already. */
  readonly loadOf: (day: number) => number;
}

/** What a review did. */
export interface Reviewed {
  readonly card: Card;
  /** Study days since the review before. */
  readonly elapsedDays: number;
  /** Study days until the next; 0 where it comes back in this sitting. */
  readonly scheduledDays: number;
}

const engines = new Map<string, FSRS>();

/** The library's engine for a set of parameters; building one costs as much as hundreds of reviews. */
function engineOf(parameters: readonly number[], retention: number): FSRS {
  const name = `${String(retention)} ${parameters.join(' ')}`;
  const found = engines.get(name);
  if (found !== undefined) return found;
  if (engines.size > 50) engines.clear();
  const made = fsrs({ w: parameters, request_retention: retention, maximum_interval: longestDays, enable_fuzz: false, enable_short_term: true });
  engines.set(name, made);
  return made;
}

/**
 * The chance that a card is remembered on a study day, by the forgetting curve of FSRS-6: (1 + f · t / S)^-w20.
 * Source: open-spaced-repetition, "The Algorithm" (FSRS-6).
 *
 * @returns a probability; null for a card that was never seen
 */
export function retrievability(card: Card, day: number, { calendar, parameters }: Pick<ScheduleSettings, 'calendar' | 'parameters'>): number | null {
  if (card.lastReviewAt === null || card.stability <= 0) return null;
  return forgetting_curve(parameters, Math.max(0, day - calendar.dayOf(card.lastReviewAt)), card.stability);
}

/** The day in a range on which least is due; among equals the one nearest to what was wanted. */
function lightest(first: number, last: number, wanted: number, loadOf: (day: number) => number): number {
  let best = wanted;
  let bestLoad = Infinity;
  for (let day = first; day <= last; day += 1) {
    const load = loadOf(day);
    if (load < bestLoad || (load === bestLoad && Math.abs(day - wanted) < Math.abs(best - wanted))) {
      best = day;
      bestLoad = load;
    }
  }
  return best;
}

/** The day of the last look before the exam for a card that would come back after it, or null where it needs none. */
function lastLook(today: number, stability: number, { examDay, parameters, loadOf }: ScheduleSettings): number | null {
  if (examDay === null || examDay <= today) return null;
  if (forgetting_curve(parameters, examDay - today, stability) >= sureEnough) return null;
  const first = Math.max(today + 1, examDay - finalDays);
  return first > examDay - 1 ? null : lightest(first, examDay - 1, examDay - 1, loadOf);
}

/** The study day on which a card comes back after it was known today. */
function nextDay(today: number, elapsed: number, memory: { readonly stability: number }, step: number, settings: ScheduleSettings): number {
  const { scheduler, retention, parameters, examDay, loadOf } = settings;
  if (scheduler === 'fixed') return today + (fixedDays[Math.min(step, fixedDays.length) - 1] ?? 1);
  const interval = engineOf(parameters, retention).next_interval(memory.stability, elapsed);
  const wanted = today + interval;
  // The range in which one day is as good as another; short intervals are kept as they are.
  const range = interval < 3 ? { min_ivl: interval, max_ivl: interval } : get_fuzz_range(interval, elapsed, longestDays);
  if (examDay !== null && examDay > today && wanted >= examDay) return lastLook(today, memory.stability, settings) ?? lightest(today + range.min_ivl, today + range.max_ivl, wanted, loadOf);
  const latest = examDay !== null && examDay > today ? Math.min(today + range.max_ivl, examDay - 1) : today + range.max_ivl;
  return lightest(today + range.min_ivl, Math.max(latest, today + range.min_ivl), wanted, loadOf);
}

/**
 * Takes a rating into a card. Memory follows FSRS-6 on study days whichever schedule is chosen, so that a schedule can be changed at any
 * time; the schedule decides the day. A clock that was set back counts as no time passed.
 *
 * @param at UTC milliseconds
 */
export function review(card: Card, rating: Rating, at: number, settings: ScheduleSettings): Reviewed {
  const { calendar, parameters, retention } = settings;
  const now = Math.max(at, card.lastReviewAt ?? at);
  const today = calendar.dayOf(now);
  const elapsedDays = card.lastReviewAt === null ? 0 : today - calendar.dayOf(card.lastReviewAt);
  const known = card.stability > 0 ? { stability: card.stability, difficulty: card.difficulty } : null;
  const memory = engineOf(parameters, retention).next_state(known, elapsedDays, rating);
  const common = { ...memory, reps: card.reps + 1, lastReviewAt: now };
  if (rating === 1) {
    const wasKnown = card.state === 'review';
    const state = wasKnown || card.state === 'relearning' ? 'relearning' : 'learning';
    return { card: { ...common, state, dueAt: now + stepMilliseconds, lapses: card.lapses + (wasKnown ? 1 : 0), step: 0 }, elapsedDays, scheduledDays: 0 };
  }
  const step = card.step + 1;
  const day = nextDay(today, elapsedDays, memory, step, settings);
  return { card: { ...common, state: 'review', dueAt: calendar.startOf(day), lapses: card.lapses, step }, elapsedDays, scheduledDays: day - today };
}

/**
 * Gives cards that would come back only after the exam their last look before it. Called when a date is set or moved.
 *
 * @param now UTC milliseconds
 * @returns the new instant of each card that moves, by its place in the list
 */
export function pullBeforeExam(cards: readonly Card[], now: number, settings: ScheduleSettings): ReadonlyMap<number, number> {
  const moved = new Map<number, number>();
  const { calendar, examDay, scheduler } = settings;
  const today = calendar.dayOf(now);
  if (examDay === null || examDay <= today || scheduler === 'fixed') return moved;
  const added = new Map<number, number>();
  const loadOf = (day: number): number => settings.loadOf(day) + (added.get(day) ?? 0);
  cards.forEach((card, index) => {
    if (card.state !== 'review' || calendar.dayOf(card.dueAt) < examDay) return;
    const chance = retrievability(card, examDay, settings);
    if (chance === null || chance >= sureEnough) return;
    const first = Math.max(today + 1, examDay - finalDays);
    if (first > examDay - 1) return;
    const day = lightest(first, examDay - 1, examDay - 1, loadOf);
    added.set(day, (added.get(day) ?? 0) + 1);
    moved.set(index, calendar.startOf(day));
  });
  return moved;
}
