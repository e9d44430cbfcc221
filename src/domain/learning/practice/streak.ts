/** How regularly somebody studied, in a way that does not punish a day off. */
export interface Rhythm {
  /** Days with study among the last seven, today included. */
  readonly daysOfLastSeven: number;
  /** Weeks in a row, up to this one, with at least {@link daysForAWeek} days of study; this one counts once it has them. */
  readonly weeksInARow: number;
  /** Days of study in this week, from Monday. */
  readonly daysThisWeek: number;
  readonly studiedToday: boolean;
}

/** A week counts from so many days on: rest days are part of learning. */
export const daysForAWeek = 3;

/**
 * @param days study days on which something was done, in any order
 * @param mondayOf the Monday of a day's week
 */
export function rhythmOf(days: Iterable<number>, today: number, mondayOf: (day: number) => number): Rhythm {
  const studied = new Set(days);
  const inWeek = (monday: number): number => Array.from({ length: 7 }, (_none, index) => monday + index).filter((day) => studied.has(day) && day <= today).length;
  const thisMonday = mondayOf(today);
  let weeksInARow = inWeek(thisMonday) >= daysForAWeek ? 1 : 0;
  for (let monday = thisMonday - 7; inWeek(monday) >= daysForAWeek; monday -= 7) weeksInARow += 1;
  return {
    daysOfLastSeven: Array.from({ length: 7 }, (_none, index) => today - index).filter((day) => studied.has(day)).length,
    weeksInARow,
    daysThisWeek: inWeek(thisMonday),
    studiedToday: studied.has(today),
  };
}
