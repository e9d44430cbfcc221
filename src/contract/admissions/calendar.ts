import { z } from 'zod';
import { isMonthDay, periodKinds } from '#domain/admissions/calendar/calendar';
import { command, query, role } from '../define';
import { instant, none } from '../shapes';

const monthDay = z.string().refine(isMonthDay, 'Give a day of the year as MM-DD, such as 09-01.');

const period = z.strictObject({
  kind: z.enum(periodKinds),
  name: z.string().trim().min(1, 'Give it a name.').max(100),
  from: monthDay,
  /** The last day. Before `from` it lies in the next year. */
  until: monthDay,
  /** The year in which it begins; null for every year. */
  year: z.number().int().min(1_900).max(2_200).nullable(),
});

export const academicCalendar = z.strictObject({ yearBegins: monthDay, periods: z.array(period).max(200) });

export const calendar = {
  'admissions.calendar.get': query({
    reads: ['calendar'],
    summary: 'The academic calendar: when the year begins, its peaks, clearing and holidays, which models read.',
    input: none,
    output: z.object({ calendar: academicCalendar, defaults: academicCalendar, changedAt: instant.nullable(), changedBy: z.string().nullable() }),
    allow: role('ai_lead_scoring', 'lead_data', 'view'),
  }),
  'admissions.calendar.update': command({
    summary: 'Change the academic calendar. Models read it from then on.',
    input: academicCalendar,
    output: z.object({ calendar: academicCalendar }),
    allow: role('ai_analytics', 'lead_data', 'update'),
    rate: 'admin',
    changes: ['calendar'],
  }),
};
