import { DateTime } from 'luxon';

/** What an instant is on the walls of a time zone. */
export interface CivilTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  /** 0 on Mondays. */
  readonly weekday: number;
  /** 0 on 1 January. */
  readonly dayOfYear: number;
}

const millisecondsPerHour = 3_600_000;
const millisecondsPerDay = 24 * millisecondsPerHour;

/**
 * Reads instants as civil times of one zone, many of them quickly: how far the zone is from UTC is asked once for each hour in which an instant lies.
 */
export function civilClock(timeZone: string): (at: number) => CivilTime {
  const offsets = new Map<number, number>();
  return (at) => {
    const hour = Math.floor(at / millisecondsPerHour);
    let offset = offsets.get(hour);
    if (offset === undefined) {
      const found = DateTime.fromMillis(at, { zone: timeZone }).offset;
      offset = Number.isFinite(found) ? found * 60_000 : 0;
      offsets.set(hour, offset);
    }
    const wall = new Date(at + offset);
    const [year, month, day] = [wall.getUTCFullYear(), wall.getUTCMonth() + 1, wall.getUTCDate()];
    return { year, month, day, hour: wall.getUTCHours(), weekday: (wall.getUTCDay() + 6) % 7, dayOfYear: Math.floor((Date.UTC(year, month - 1, day) - Date.UTC(year, 0, 1)) / millisecondsPerDay) };
  };
}
