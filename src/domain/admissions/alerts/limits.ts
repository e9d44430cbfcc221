import { DateTime } from 'luxon';
import type { AlertLevel } from './derive';

const hour = 3_600_000;

/** When alerts are due and when nobody is to be disturbed. */
export interface AlertLimits {
  /** Hours after which an alert of a level that nobody took on goes to the manager, as well as one that was taken on and not settled. */
  readonly hours: Readonly<Record<AlertLevel, number>>;
  /** Quiet hours on the workspace's wall clock, "20:00" to "07:30". Equal times mean none. */
  readonly quietFrom: string;
  readonly quietUntil: string;
}

/**
 * The specification names the three levels but no hours. Urgent: a working half-day; escalated: a day; normal: three. A day is where
 * waiting begins to cost most: leads tried after 24 hours were 60 times less likely to qualify than those tried within one.
 * Source: Oldroyd, McElheran, Elkington: The Short Life of Online Sales Leads, Harvard Business Review, March 2011.
 */
export const defaultAlertLimits: AlertLimits = { hours: { 1: 72, 2: 24, 3: 4 }, quietFrom: '20:00', quietUntil: '07:30' };

/** The longest that an alert can be put off. Also what a clock that was set back can make it wait at the most. */
export const longestSnooze = 90 * 24 * hour;

/** Nothing is told twice about one cause within this time, even where the cause went away and came back. */
export const tellAgainAfter = 24 * hour;

/** How long an alert of a level may wait, in milliseconds. */
export function limitOf(level: AlertLevel, { hours }: AlertLimits): number {
  return hours[level] * hour;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/**
 * Whether a moment lies in the quiet hours: from the first minute on, until just before the last. They may pass midnight.
 *
 * @param at UTC milliseconds
 */
export function isQuiet(at: number, timeZone: string, { quietFrom, quietUntil }: Pick<AlertLimits, 'quietFrom' | 'quietUntil'>): boolean {
  const from = minutesOf(quietFrom);
  const until = minutesOf(quietUntil);
  const local = DateTime.fromMillis(at, { zone: timeZone });
  const minute = local.hour * 60 + local.minute;
  return from <= until ? minute >= from && minute < until : minute >= from || minute < until;
}
