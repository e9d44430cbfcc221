import { DateTime } from 'luxon';
import { millisecondsPerDay } from '#domain/kernel/clock';

/** The hour at which one study day ends and the next begins: who learns past midnight is still on the same day. */
export const dayBegins = 4;

/**
 * Study days of a time zone. A day is a whole number, counted from 1 January 1970, so that days subtract; it runs from 04:00 local to
 * 04:00 of the next, also where the clock changes in between.
 */
export interface StudyCalendar {
  /** The study day that an instant belongs to. */
  dayOf(at: number): number;
  /** The instant at which a study day begins. UTC milliseconds. */
  startOf(day: number): number;
}

/**
 * @param timeZone an IANA name
 */
export function studyCalendar(timeZone: string): StudyCalendar {
  // A zone's rules are asked once a day and kept: an engine that simulates a year asks for the same few hundred days millions of times.
  const starts = new Map<number, number>();
  const startOf = (day: number): number => {
    const known = starts.get(day);
    if (known !== undefined) return known;
    const { year, month, day: date } = DateTime.fromMillis(day * millisecondsPerDay, { zone: 'utc' });
    const start = DateTime.fromObject({ year, month, day: date, hour: dayBegins }, { zone: timeZone }).toMillis();
    if (starts.size > 20_000) starts.clear();
    starts.set(day, start);
    return start;
  };
  return {
    startOf,
    dayOf(at) {
      let day = Math.floor(at / millisecondsPerDay);
      while (startOf(day) > at) day -= 1;
      while (startOf(day + 1) <= at) day += 1;
      return day;
    },
  };
}

/** The ISO date of a study day. */
export function isoOf(day: number): string {
  return new Date(day * millisecondsPerDay).toISOString().slice(0, 10);
}

/** The study day of an ISO date. */
export function dayOfIso(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / millisecondsPerDay);
}

/** The Monday with which a day's week begins. 1 January 1970 was a Thursday. */
export function mondayOf(day: number): number {
  return day - ((((day + 3) % 7) + 7) % 7);
}
