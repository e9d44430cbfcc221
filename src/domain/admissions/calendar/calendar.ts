// The academic calendar of a school: when its year begins, and the parts of a year in which enquiries behave differently.

export const periodKinds = ['peak', 'clearing', 'holiday'] as const;
export type PeriodKind = (typeof periodKinds)[number];

/** A day of any year: `MM-DD`. */
export type MonthDay = string;

export interface AcademicPeriod {
  readonly kind: PeriodKind;
  readonly name: string;
  /** The first day, and the last. Where the last comes before the first, the period runs into the next year. */
  readonly from: MonthDay;
  readonly until: MonthDay;
  /** The year in which it begins, or null where it comes back each year. */
  readonly year: number | null;
}

export interface AcademicCalendar {
  readonly yearBegins: MonthDay;
  readonly periods: readonly AcademicPeriod[];
}

/**
 * A British year. Applications to universities are treated alike until the end of January, clearing runs from early July to late October
 * (UCAS, key dates). Holidays that move, such as Easter, are added by year.
 */
export const defaultCalendar: AcademicCalendar = {
  yearBegins: '09-01',
  periods: [
    { kind: 'peak', name: 'Applications', from: '11-01', until: '01-31', year: null },
    { kind: 'clearing', name: 'Clearing', from: '07-05', until: '10-20', year: null },
    { kind: 'holiday', name: 'Winter holiday', from: '12-20', until: '01-04', year: null },
    { kind: 'holiday', name: 'Summer holiday', from: '07-22', until: '08-31', year: null },
  ],
};

const daysOfMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Whether a text names a day that some year has. */
export function isMonthDay(text: string): boolean {
  const found = /^(\d\d)-(\d\d)$/.exec(text);
  if (found === null) return false;
  const day = Number(found[2]);
  return day >= 1 && day <= (daysOfMonth[Number(found[1]) - 1] ?? 0);
}

/** A civil day, as numbers: what an instant is on a wall. */
export interface CivilDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/** Month and day as one number that orders the days of a year. */
const orderOf = (month: number, day: number): number => month * 32 + day;

function orderOfText(text: MonthDay): number {
  return orderOf(Number(text.slice(0, 2)), Number(text.slice(3)));
}

function holds({ from, until, year }: AcademicPeriod, day: CivilDay): boolean {
  const [first, last, here] = [orderOfText(from), orderOfText(until), orderOf(day.month, day.day)];
  const runsOver = last < first;
  const began = here >= first ? day.year : day.year - 1;
  if (year !== null && began !== year) return false;
  return runsOver ? here >= first || here <= last : here >= first && here <= last;
}

/** Whether a day lies in a period of a kind. */
export function isIn(calendar: AcademicCalendar, kind: PeriodKind, day: CivilDay): boolean {
  return calendar.periods.some((period) => period.kind === kind && holds(period, day));
}

const millisecondsPerDay = 86_400_000;

/** The week of the academic year that a day lies in, from 0: whole weeks since the year began. */
export function academicWeek({ yearBegins }: AcademicCalendar, { year, month, day }: CivilDay): number {
  const begins = orderOfText(yearBegins);
  const began = orderOf(month, day) >= begins ? year : year - 1;
  const from = Date.UTC(began, Math.floor(begins / 32) - 1, begins % 32);
  return Math.floor((Date.UTC(year, month - 1, day) - from) / (7 * millisecondsPerDay));
}

/** What a calendar lacks to be one, by the place of the period: an empty list where it is whole. */
export function calendarProblems({ yearBegins, periods }: AcademicCalendar): { readonly path: string; readonly problem: 'day' | 'name' }[] {
  return [
    ...(isMonthDay(yearBegins) ? [] : [{ path: 'yearBegins', problem: 'day' as const }]),
    ...periods.flatMap(({ name, from, until }, index) => [
      ...(name.trim() === '' ? [{ path: `periods.${String(index)}.name`, problem: 'name' as const }] : []),
      ...(isMonthDay(from) ? [] : [{ path: `periods.${String(index)}.from`, problem: 'day' as const }]),
      ...(isMonthDay(until) ? [] : [{ path: `periods.${String(index)}.until`, problem: 'day' as const }]),
    ]),
  ];
}
