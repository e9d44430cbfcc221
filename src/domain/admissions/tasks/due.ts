import { casual, GB } from 'chrono-node/en';
import { DateTime } from 'luxon';

/** The hours of a day for which no hour was said: its morning, or where that has gone by today, its afternoon. */
const hoursOfADay = [9, 17];

/** Words that name a part of the day rather than an hour; the parser's own hour for them is taken. */
const partsOfADay = ['tonight', 'morning', 'afternoon', 'evening', 'noon', 'midnight'];

/** What may stand around a date and says nothing more. */
const binding = /\b(?:by|on|at|due|until|before|the)\b|[\s,.;:–-]/giu;

/**
 * Reads when something is due from plain English, such as "tomorrow 9:00", "friday at 3pm", "in 2 weeks" or "5 Oct 14:30". Days and hours
 * are those of the clock on the wall in the time zone, whatever it does until then; what has gone by and names no year is the next of its
 * kind.
 *
 * @param now UTC milliseconds
 * @param timeZone IANA name
 * @param monthFirst whether 5/10 is a day in May, as in the United States
 * @returns UTC milliseconds, or null where the text is no date and nothing but a date
 */
export function readDue(text: string, now: number, timeZone: string, monthFirst = false): number | null {
  const here = DateTime.fromMillis(now, { zone: timeZone });
  const found = (monthFirst ? casual : GB).parse(text, { instant: here.toJSDate(), timezone: here.offset }, { forwardDate: true });
  const [first] = found;
  if (first === undefined || found.length > 1) return null;
  const around = text.slice(0, first.index) + text.slice(first.index + first.text.length);
  if (around.replace(binding, '') !== '') return null;
  const { start } = first;
  // A span from now ("in two hours") and a text with a zone of its own are instants already.
  if (start.isCertain('timezoneOffset')) return start.date().getTime();
  const day = { year: start.get('year') ?? here.year, month: start.get('month') ?? here.month, day: start.get('day') ?? here.day };
  const at = (hour: number, minute: number): DateTime => DateTime.fromObject({ ...day, hour, minute }, { zone: timeZone });
  const tags = [...first.tags()];
  if (start.isCertain('hour') || partsOfADay.some((part) => tags.includes(`casualReference/${part}`))) {
    const said = at(start.get('hour') ?? 0, start.get('minute') ?? 0);
    return said.isValid ? said.toMillis() : null;
  }
  const moments = hoursOfADay.map((hour) => at(hour, 0));
  const next = moments.find((moment) => moment.toMillis() > now) ?? moments[0];
  const isToday = moments[0]?.hasSame(here, 'day') === true;
  // At the end of the day the day itself is still meant, and not yet over.
  const chosen = isToday && moments.every((moment) => moment.toMillis() <= now) ? here.endOf('day').startOf('minute') : isToday ? next : moments[0];
  return chosen?.isValid === true ? chosen.toMillis() : null;
}
