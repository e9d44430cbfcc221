import { type StudyCalendar, studyCalendar } from '#domain/learning/calendar';
import { defaultParameters, type ScheduleSettings } from '#domain/learning/cards/schedule';

export const london: StudyCalendar = studyCalendar('Europe/London');

/** Settings of a schedule with nothing else due and no exam. */
export function schedule(given: Partial<ScheduleSettings> = {}): ScheduleSettings {
  return { calendar: london, scheduler: 'fsrs', retention: 0.9, parameters: defaultParameters, examDay: null, loadOf: () => 0, ...given };
}
