import { apportion } from '#domain/learning/exams/draw';

/** One day of a week's schedule. */
export interface ScheduledDay {
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
  readonly minutes: number;
  /** The domain to work on first; null where none is weak. */
  readonly domainKey: number | null;
}

/** Learning is spread: so many days a week at the most, and no day longer than this while the week has room. */
const mostDays = 5;
const longestMinutes = 90;
const shortestMinutes = 15;

/**
 * Spreads the hours of a week over days: those on which the student studies anyway first, with a day between where there is a choice, in fives
 * of minutes; at least a quarter of an hour on a day. Spaced practice beats massed practice (Cepeda et al. 2006).
 *
 * @param daysByWeekday how often the student studied on each weekday lately, Monday first
 * @param focus domains to work on, the most urgent first
 */
export function weeklySchedule(hoursAWeek: number, daysByWeekday: readonly number[], focus: readonly number[]): ScheduledDay[] {
  const minutes = Math.round((hoursAWeek * 60) / 5) * 5;
  if (minutes < shortestMinutes) return [];
  const days = Math.min(7, Math.max(Math.min(mostDays, Math.floor(minutes / shortestMinutes)), Math.ceil(minutes / longestMinutes)));
  const chosen: number[] = [];
  while (chosen.length < Math.min(7, days)) {
    const worth = (weekday: number): number => (daysByWeekday[weekday] ?? 0) - (chosen.some((other) => Math.min(Math.abs(other - weekday), 7 - Math.abs(other - weekday)) === 1) ? 1.5 : 0);
    const left = [0, 1, 2, 3, 4, 5, 6].filter((weekday) => !chosen.includes(weekday));
    chosen.push(left.reduce((best, weekday) => (worth(weekday) > worth(best) ? weekday : best), left[0] ?? 0));
  }
  const parts = apportion(minutes / 5, chosen.map(() => 1));
  return chosen
    .sort((a, b) => a - b)
    .map((weekday, index) => ({ weekday: weekday + 1, minutes: (parts[index] ?? 0) * 5, domainKey: focus.length === 0 ? null : (focus[index % focus.length] ?? null) }));
}
