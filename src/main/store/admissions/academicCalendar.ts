import { type AcademicCalendar, defaultCalendar } from '#domain/admissions/calendar/calendar';
import { displayName } from '#domain/admissions/leads/normalise';
import type { Reader, Writer } from '../tx';

export interface StoredCalendar {
  readonly calendar: AcademicCalendar;
  /** Null where nobody has changed it. */
  readonly changedAt: number | null;
  readonly changedBy: string | null;
}

/** The calendar that holds. */
export function currentCalendar(reader: Reader): StoredCalendar {
  const row = reader.get<{ value: string; created_at: number; given_name: string | null; family_name: string | null }>(
    `select c.value, c.created_at, p.given_name, p.family_name
     from academic_calendars c left join users u on u.key = c.created_by left join people p on p.key = u.person_key
     order by c.key desc limit 1`,
  );
  if (row === undefined) return { calendar: defaultCalendar, changedAt: null, changedBy: null };
  return { calendar: JSON.parse(row.value) as AcademicCalendar, changedAt: row.created_at, changedBy: displayName({ given: row.given_name, family: row.family_name }) };
}

export function insertCalendar(writer: Writer, calendar: AcademicCalendar, userKey: number, now: number): void {
  writer.run('insert into academic_calendars (value, created_at, created_by) values (?, ?, ?)', JSON.stringify(calendar), now, userKey);
}
