import ical, { ICalAlarmType, ICalCalendarMethod } from 'ical-generator';

/** One appointment of a calendar file. Instants are UTC milliseconds. */
export interface CalendarEvent {
  /** The same for the same task for ever, so that a calendar which takes the file again changes what it has. */
  readonly id: string;
  readonly title: string;
  readonly detail: string | null;
  readonly at: number;
  readonly createdAt: number;
  readonly changedAt: number;
  /** Grows with each change. */
  readonly revision: number;
}

const minutesOfATask = 30;
const minute = 60_000;

/**
 * A calendar file (iCalendar, RFC 5545). Moments are written in UTC, which every calendar shows by its own clock; a rule of a zone that
 * changes later can then move none.
 */
export function calendarFile(name: string, events: readonly CalendarEvent[], now: number): string {
  const calendar = ical({ name, prodId: { company: 'Ivy', product: 'Tasks', language: 'EN' }, method: ICalCalendarMethod.PUBLISH });
  for (const { id, title, detail, at, createdAt, changedAt, revision } of events) {
    calendar.createEvent({
      id: `${id}@ivy`,
      sequence: revision - 1,
      stamp: new Date(now),
      created: new Date(createdAt),
      lastModified: new Date(changedAt),
      start: new Date(at),
      end: new Date(at + minutesOfATask * minute),
      summary: title,
      ...(detail === null ? {} : { description: detail }),
      alarms: [{ type: ICalAlarmType.display, trigger: 0 }],
    });
  }
  return calendar.toString();
}
