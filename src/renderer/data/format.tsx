import { useWords } from './words';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export interface Formats {
  /** 9,240 */
  readonly number: (value: number) => string;
  /** 71 % from .71 */
  readonly percent: (share: number) => string;
  /** 3 days ago */
  readonly ago: (at: number) => string;
  /** 5 Oct 2026 */
  readonly date: (at: number) => string;
  /** October 2026 */
  readonly month: (at: number) => string;
  /** Oct, from 10 */
  readonly monthName: (month: number) => string;
  /** 5 Oct 2026, 09:12 */
  readonly moment: (at: number) => string;
  /** Mon 5 Oct, 09:12: for what lies near, where the year goes without saying. */
  readonly near: (at: number) => string;
}

function relative(format: Intl.RelativeTimeFormat, milliseconds: number): string {
  const distance = Math.abs(milliseconds);
  if (distance < hour) return format.format(Math.round(milliseconds / minute), 'minute');
  if (distance < day) return format.format(Math.round(milliseconds / hour), 'hour');
  if (distance < 45 * day) return format.format(Math.round(milliseconds / day), 'day');
  if (distance < 500 * day) return format.format(Math.round(milliseconds / (30.44 * day)), 'month');
  return format.format(Math.round(milliseconds / (365.25 * day)), 'year');
}

const made = new Map<string, Formats>();

/** Numbers and dates as the person's language writes them, in the workspace's time zone. */
export function useFormats(timeZone?: string): Formats {
  const { language } = useWords();
  // A school in Britain reads 5 Oct, one in America Oct 5: the system's region decides, the language stays the catalogue's.
  const locale = navigator.languages.find((each) => each.startsWith(language)) ?? language;
  const name = `${locale} ${timeZone ?? ''}`;
  // A table has hundreds of cells, and making a format takes longer than drawing one.
  const formats = made.get(name) ?? makeFormats(locale, timeZone);
  made.set(name, formats);
  return formats;
}

function makeFormats(locale: string, timeZone: string | undefined): Formats {
  const zone = timeZone === undefined ? {} : { timeZone };
  const number = new Intl.NumberFormat(locale);
  const ago = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', ...zone });
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', ...zone });
  const monthName = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' });
  const moment = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', ...zone });
  const near = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit', ...zone });
  return {
    number: (value) => number.format(value),
    percent: (share) => `${number.format(Math.round(share * 100))} %`,
    ago: (at) => {
      const distance = at - Date.now();
      return Math.abs(distance) < minute ? ago.format(0, 'second') : relative(ago, distance);
    },
    date: (at) => date.format(at),
    month: (at) => month.format(at),
    monthName: (of) => monthName.format(Date.UTC(2026, of - 1, 1)),
    moment: (at) => moment.format(at),
    near: (at) => (Math.abs(at - Date.now()) < 300 * day ? near : moment).format(at),
  };
}
