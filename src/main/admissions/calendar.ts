import { defaultCalendar } from '#domain/admissions/calendar/calendar';
import type { calendar } from '#contract/admissions/calendar';
import { actorOf, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { currentCalendar, insertCalendar } from '#main/store/admissions/academicCalendar';

export function calendarHandlers({ now }: HandlerParts): HandlersOf<typeof calendar> {
  return {
    'admissions.calendar.get': (_input, context) => ({ ...currentCalendar(context.store), defaults: defaultCalendar }),

    'admissions.calendar.update': (input, context) => {
      context.transact((writer, notes) => {
        insertCalendar(writer, input, actorOf(context).userKey, now());
        notes.detail('periods', input.periods.length);
      });
      return { calendar: input };
    },
  };
}
