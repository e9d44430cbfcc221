import { mondayOf, type StudyCalendar } from '#domain/learning/calendar';
import { doneSince } from '#main/store/learning/sittings';
import type { Reader } from '#main/store/tx';

/** An answer or rating with no measured time is taken for so long. */
const usualMilliseconds = 30_000;
/** No answer counts for longer: somebody left the table. */
const longestMilliseconds = 300_000;

/** Minutes studied since an instant, over all courses, by what was measured in front of each question and card: the one figure that every screen tells. */
export function minutesSince(reader: Reader, userKey: number, since: number): number {
  return doneSince(reader, userKey, since).reduce((sum, { milliseconds }) => sum + Math.min(milliseconds ?? usualMilliseconds, longestMilliseconds), 0) / 60_000;
}

/** The instant at which this week began. */
export function weekStart({ calendar, today }: { readonly calendar: StudyCalendar; readonly today: number }): number {
  return calendar.startOf(mondayOf(today));
}
