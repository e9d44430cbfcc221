import type { Card } from './card';
import { retrievability, type ScheduleSettings } from './schedule';

/** A card with the key of its row. */
export interface KeptCard extends Card {
  readonly key: number;
}

/** What is due, and what of it today. */
export interface DueQueue {
  /** Keys in the order in which they are asked. */
  readonly now: readonly number[];
  /** Cards of this sitting that come back in a few minutes, the next first. */
  readonly soon: readonly { readonly key: number; readonly dueAt: number }[];
  /** How many are due but over today's cap. */
  readonly waiting: number;
}

/**
 * The cards of today, each counted against the cap but those that come back within the sitting: what was just forgotten first, then those most likely to be remembered still. Where more is due than the cap lets
 * through, this order saves most: a card that slips below half is as good as new whenever it comes, one at nine in ten is kept by one look.
 * Source of the order: the simulations of open-spaced-repetition on review sort orders ("descending retrievability").
 *
 * @param now UTC milliseconds
 * @param doneToday how many different cards were reviewed on this study day
 * @param cap reviews a day at the most
 */
export function dueQueue(cards: readonly KeptCard[], now: number, doneToday: number, cap: number, settings: Pick<ScheduleSettings, 'calendar' | 'parameters'>): DueQueue {
  const { calendar } = settings;
  const today = calendar.dayOf(now);
  const tomorrow = calendar.startOf(today + 1);
  const beingLearnt = ({ state }: KeptCard): boolean => state === 'learning' || state === 'relearning';
  const ofToday = ({ lastReviewAt }: KeptCard): boolean => lastReviewAt !== null && calendar.dayOf(lastReviewAt) >= today;
  const steps = cards.filter((card) => beingLearnt(card) && ofToday(card) && card.dueAt < tomorrow);
  // What was forgotten on an earlier day and not learnt again comes before all else that is due.
  const leftOver = cards.filter((card) => beingLearnt(card) && !ofToday(card) && card.dueAt < tomorrow).sort((a, b) => a.dueAt - b.dueAt || a.key - b.key);
  const known = cards
    .filter(({ state, dueAt }) => state === 'review' && dueAt < tomorrow)
    .map((card) => ({ key: card.key, chance: retrievability(card, today, settings) ?? 0 }))
    .sort((a, b) => b.chance - a.chance || a.key - b.key);
  const due = [...leftOver, ...known];
  const room = Math.max(0, cap - doneToday);
  const stepsNow = steps.filter(({ dueAt }) => dueAt <= now).sort((a, b) => a.dueAt - b.dueAt || a.key - b.key);
  return {
    now: [...stepsNow.map(({ key }) => key), ...due.slice(0, room).map(({ key }) => key)],
    soon: steps
      .filter(({ dueAt }) => dueAt > now)
      .sort((a, b) => a.dueAt - b.dueAt || a.key - b.key)
      .map(({ key, dueAt }) => ({ key, dueAt })),
    waiting: Math.max(0, due.length - room),
  };
}

/** What a day will bring. */
export interface DayLoad {
  readonly day: number;
  /** Cards that come due on it by themselves. */
  readonly due: number;
  /** Cards that are asked on it, never more than the cap. */
  readonly asked: number;
  /** Cards that wait at its end. */
  readonly waiting: number;
}

/**
 * The days ahead if each due card is asked once and nothing new is begun: what the cap holds back moves on to the next day.
 *
 * @param doneToday counts against today's cap
 */
export function forecastLoad(dueDays: readonly number[], today: number, days: number, cap: number, doneToday = 0): DayLoad[] {
  const counts = new Map<number, number>();
  for (const day of dueDays) {
    const at = Math.max(day, today);
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  let waiting = 0;
  return Array.from({ length: days }, (_none, index) => {
    const day = today + index;
    const due = counts.get(day) ?? 0;
    const asked = Math.min(waiting + due, Math.max(0, index === 0 ? cap - doneToday : cap));
    waiting += due - asked;
    return { day, due, asked, waiting };
  });
}

/**
 * How many new cards may be begun today, so that the week ahead stays under the cap: half the room that its mean day leaves, for a new
 * card comes back about twice in its first week; none while anything waits.
 */
export function roomForNew(load: readonly DayLoad[], cap: number): number {
  const week = load.slice(0, 7);
  if (week.some(({ waiting }) => waiting > 0)) return 0;
  const mean = week.reduce((sum, { asked }) => sum + asked, 0) / Math.max(1, week.length);
  return Math.max(0, Math.floor((cap - mean) / 2));
}
