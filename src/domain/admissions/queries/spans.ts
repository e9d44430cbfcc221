import { GB, casual } from 'chrono-node/en';
import { DateTime } from 'luxon';
import type { AskedCondition, AskedFilter } from './filters';
import { numberWords } from './lexicon';
import type { Token } from './tokens';

// Times in words: "last week", "since 1 September", "between March and May". Weeks begin on Monday; days are those of the workspace.

export interface TimeSetting {
  /** UTC milliseconds. */
  readonly now: number;
  readonly timeZone: string;
  /** Whether 5/10 is a day in May. */
  readonly monthFirst?: boolean;
}

/** What a condition on a date says, whichever its field. */
export type Span = Omit<AskedCondition, 'field'>;

/** A time as a condition on a field; "not" before the field means that nothing happened then. */
export function spanned(field: string, span: Span): AskedFilter {
  const positive = { field: field.replace(/^not /, ''), ...span };
  return field.startsWith('not ') ? { not: positive } : positive;
}

interface Found<Value> {
  readonly length: number;
  readonly value: Value;
}

interface Days {
  readonly from: DateTime;
  readonly to: DateTime;
  /** Named relative to today: "from yesterday" is yesterday, "from 1 September" is from then on. */
  readonly relative: boolean;
}

const units = { hour: 'hours', day: 'days', week: 'weeks', month: 'months', year: 'years', fortnight: 'weeks', quarter: 'quarters' } as const;
type Unit = keyof typeof units;
const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

function monthOf(word: string): number {
  const at = months.findIndex((month) => month === word || (word.length >= 3 && word !== 'may' && month.slice(0, 3) === word) || (word === 'sept' && month === 'september'));
  return at + 1;
}

function unitOf(token: Token | undefined): Unit | null {
  return token !== undefined && Object.hasOwn(units, token.stem) ? (token.stem as Unit) : null;
}

export function numberAt(tokens: readonly Token[], at: number): Found<number> | null {
  const token = tokens[at];
  if (token?.kind === 'number') return { length: 1, value: Number(token.text) };
  const word = token === undefined ? undefined : numberWords.get(token.text);
  if (word === undefined) return null;
  const next = numberWords.get(tokens[at + 1]?.text ?? '');
  if (word >= 20 && word <= 90 && next !== undefined && next > 0 && next < 10) return { length: 2, value: word + next };
  if (next === 100) return { length: 2, value: word * 100 };
  return { length: 1, value: word };
}

/** The most days, weeks … that a stretch is long: beyond it, a number of years leaves the calendar. */
const longestStretch = 5_000;

/** A number of days, weeks … at a token. */
function countAt(tokens: readonly Token[], at: number): Found<number> | null {
  const number = numberAt(tokens, at);
  return number !== null && number.value > 0 && number.value <= longestStretch ? number : null;
}

const iso = (day: DateTime): string => day.toISODate() ?? '';

function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token !== undefined && words.includes(token.text);
}

/** A stretch of a length before today, as the filter says it. */
function lasting(amount: number, unit: Unit): Span {
  const within = unit === 'year' ? { amount: amount * 12, unit: 'months' as const } : unit === 'quarter' ? { amount: amount * 3, unit: 'months' as const } : unit === 'fortnight' ? { amount: amount * 2, unit: 'weeks' as const } : { amount, unit: units[unit] };
  return { withinLast: within };
}

/** Reads times of questions by one clock. */
export function timesBy({ now, timeZone, monthFirst = false }: TimeSetting) {
  const here = DateTime.fromMillis(now, { zone: timeZone });
  const today = here.startOf('day');

  const whole = (start: DateTime, unit: 'week' | 'month' | 'quarter' | 'year', relative: boolean): Days => ({ from: start.startOf(unit), to: start.endOf(unit), relative });

  /** The latest month of a name that has begun. */
  const latestMonth = (month: number): DateTime => {
    const start = DateTime.fromObject({ year: here.year, month, day: 1 }, { zone: timeZone });
    return start > here ? start.minus({ years: 1 }) : start;
  };

  /** Days that are written as a date: chrono reads them, the year is the latest that is not to come. */
  const written = (tokens: readonly Token[], at: number): Found<Days> | null => {
    for (const length of [3, 2, 1]) {
      const some = tokens.slice(at, at + length);
      if (some.length < length || some.some(({ kind }) => kind === 'email' || kind === 'quoted')) continue;
      const text = some.map(({ raw }) => raw).join(' ');
      const [found, more] = (monthFirst ? casual : GB).parse(text, { instant: here.toJSDate(), timezone: here.offset });
      if (found?.index !== 0 || found.text.length !== text.length || more !== undefined) continue;
      const { start } = found;
      if (!start.isCertain('day') || start.isCertain('hour')) continue;
      const named = DateTime.fromObject({ year: start.get('year') ?? here.year, month: start.get('month') ?? 1, day: start.get('day') ?? 1 }, { zone: timeZone });
      const day = !start.isCertain('year') && named > here ? named.minus({ years: 1 }) : named;
      return day.isValid ? { length, value: { from: day, to: day, relative: false } } : null;
    }
    return null;
  };

  const daysAt = (tokens: readonly Token[], at: number, yearAlone: boolean): Found<Days> | null => {
    const token = tokens[at];
    if (token === undefined) return null;
    if (isWord(token, 'the')) {
      const after = daysAt(tokens, at + 1, yearAlone);
      return after === null ? null : { ...after, length: after.length + 1 };
    }
    const single = (day: DateTime, length: number): Found<Days> => ({ length, value: { from: day, to: day, relative: true } });
    if (token.text === 'today' || token.text === 'tonight') return single(today, 1);
    if (token.text === 'yesterday') return single(today.minus({ days: 1 }), 1);
    const next = tokens[at + 1];
    const unit = unitOf(next);
    if (isWord(token, 'this', 'current') && unit !== null && unit !== 'hour' && unit !== 'day' && unit !== 'fortnight') return { length: 2, value: whole(today, unit, true) };
    if (isWord(token, 'last', 'previous', 'past') && unit !== null && unit !== 'hour' && unit !== 'day' && unit !== 'fortnight') {
      return { length: 2, value: whole(today.minus({ [`${unit}s`]: 1 }), unit, true) };
    }
    const weekdayAt = isWord(token, 'last', 'this', 'on') ? at + 1 : at;
    const weekday = weekdays.indexOf(tokens[weekdayAt]?.text ?? '') + 1;
    if (weekday > 0) {
      const back = (today.weekday - weekday + 7) % 7;
      return single(today.minus({ days: back === 0 && isWord(token, 'last') ? 7 : back }), weekdayAt - at + 1);
    }
    const count = countAt(tokens, at);
    const ago = count === null ? null : unitOf(tokens[at + count.length]);
    if (count !== null && ago !== null && isWord(tokens[at + count.length + 1], 'ago')) {
      const shift = ago === 'fortnight' ? { weeks: 2 * count.value } : ago === 'quarter' ? { months: 3 * count.value } : { [units[ago]]: count.value };
      return single(today.minus(shift), count.length + 2);
    }
    const namedMonth = isWord(token, 'last', 'this') ? monthOf(next?.text ?? '') : monthOf(token.text);
    const monthLength = isWord(token, 'last', 'this') ? 2 : 1;
    const following = tokens[at + monthLength];
    if (namedMonth > 0 && !(following?.kind === 'number' && Number(following.text) <= 31)) {
      if (following?.kind === 'number' && /^(?:19|20)\d\d$/.test(following.text)) {
        return { length: monthLength + 1, value: whole(DateTime.fromObject({ year: Number(following.text), month: namedMonth }, { zone: timeZone }), 'month', false) };
      }
      return { length: monthLength, value: whole(latestMonth(namedMonth), 'month', false) };
    }
    const quarter = /^q([1-4])$/.exec(token.text)?.[1];
    if (quarter !== undefined) {
      const named = next?.kind === 'number' && /^20\d\d$/.test(next.text) ? Number(next.text) : null;
      const start = DateTime.fromObject({ year: named ?? here.year, month: Number(quarter) * 3 - 2 }, { zone: timeZone });
      return { length: named === null ? 1 : 2, value: whole(named === null && start > here ? start.minus({ years: 1 }) : start, 'quarter', false) };
    }
    if (yearAlone && token.kind === 'number' && /^(?:19|20)\d\d$/.test(token.text)) return { length: 1, value: whole(DateTime.fromObject({ year: Number(token.text) }, { zone: timeZone }), 'year', false) };
    const datelike = token.kind === 'day' || namedMonth > 0 || (token.kind === 'number' && (monthOf(next?.text ?? '') > 0 || (isWord(next, 'of') && monthOf(tokens[at + 2]?.text ?? '') > 0)));
    if (!datelike) return null;
    if (isWord(next, 'of')) {
      const rest = written([token, ...tokens.slice(at + 2)], 0);
      return rest === null ? null : { ...rest, length: rest.length + 1 };
    }
    return written(tokens, at);
  };

  const inside = ({ from, to }: Days): Span => {
    if (iso(from) === iso(to)) return { is: iso(from) };
    return to >= here ? { atLeast: iso(from) } : { between: [iso(from), iso(to)] };
  };

  /** Two ends: "between 1 and 15 September", "from March to May". */
  const pairAt = (tokens: readonly Token[], at: number, joints: readonly string[]): Found<Span> | null => {
    const first = daysAt(tokens, at, true);
    if (first !== null && isWord(tokens[at + first.length], ...joints)) {
      const second = daysAt(tokens, at + first.length + 1, true);
      if (second !== null) {
        const from = first.value.from > second.value.to ? first.value.from.minus({ years: 1 }) : first.value.from;
        return { length: first.length + 1 + second.length, value: { between: [iso(from), iso(second.value.to)] } };
      }
    }
    // The month is said once, behind the second day.
    const day = tokens[at];
    if (day?.kind === 'number' && Number(day.text) >= 1 && Number(day.text) <= 31 && isWord(tokens[at + 1], ...joints)) {
      const second = daysAt(tokens, at + 2, false);
      if (second !== null && iso(second.value.from) === iso(second.value.to)) {
        const from = second.value.to.set({ day: Number(day.text) });
        return { length: 2 + second.length, value: { between: [iso(from), iso(second.value.to)] } };
      }
    }
    return null;
  };

  /** The time that begins at a token, with its preposition: null where there is none. */
  const spanAt = (tokens: readonly Token[], at: number): Found<Span> | null => {
    const token = tokens[at];
    if (token === undefined) return null;
    let begin = at;
    while (isWord(tokens[begin], 'in', 'within', 'during', 'over', 'for', 'on', 'the', 'at', 'throughout')) begin += 1;
    const rolling = begin > at && isWord(tokens[begin - 1], 'the');
    if (isWord(tokens[begin], 'last', 'past', 'previous', 'recent')) {
      const count = countAt(tokens, begin + 1);
      const unit = count === null ? unitOf(tokens[begin + 1]) : unitOf(tokens[begin + 1 + count.length]);
      if (count !== null && unit !== null) return { length: begin + 2 + count.length - at, value: lasting(count.value, unit) };
      if (unit !== null && (rolling || isWord(tokens[begin], 'past') || unit === 'hour' || unit === 'day' || unit === 'fortnight')) return { length: begin + 2 - at, value: lasting(1, unit) };
    }
    // "for 30 days", "in two weeks": a stretch up to now.
    if (begin > at && isWord(tokens[at], 'for', 'in', 'within', 'over')) {
      const over = isWord(tokens[begin], 'more', 'over', 'least') ? (isWord(tokens[begin + 1], 'than') ? 2 : 1) : isWord(tokens[begin], 'at') ? 2 : 0;
      const count = countAt(tokens, begin + over);
      const unit = count === null ? unitOf(isWord(tokens[begin + over], 'a') ? tokens[begin + over + 1] : undefined) : unitOf(tokens[begin + over + count.length]);
      if (count !== null && unit !== null && !isWord(tokens[begin + over + count.length + 1], 'ago')) return { length: begin + over + count.length + 1 - at, value: lasting(count.value, unit) };
      if (count === null && unit !== null) return { length: begin + over + 2 - at, value: lasting(1, unit) };
    }
    const elder = isWord(token, 'older') ? 'older' : isWord(token, 'newer', 'younger') ? 'newer' : isWord(token, 'more', 'over') ? 'more' : isWord(token, 'less', 'under') ? 'less' : null;
    if (elder !== null) {
      const start = at + (isWord(tokens[at + 1], 'than') ? 2 : 1);
      const count = countAt(tokens, start);
      const unit = count === null ? null : unitOf(tokens[start + count.length]);
      const ago = count !== null && isWord(tokens[start + count.length + 1], 'ago');
      if (count !== null && unit !== null && (ago || elder === 'older' || elder === 'newer')) {
        const shift = unit === 'fortnight' ? { weeks: 2 * count.value } : unit === 'quarter' ? { months: 3 * count.value } : { [units[unit]]: count.value };
        const value: Span = elder === 'older' || elder === 'more' ? { lessThan: iso(today.minus(shift)) } : lasting(count.value, unit);
        return { length: start + count.length + (ago ? 2 : 1) - at, value };
      }
    }
    if (isWord(token, 'between')) {
      const pair = pairAt(tokens, at + 1, ['and']);
      return pair === null ? null : { ...pair, length: pair.length + 1 };
    }
    if (isWord(token, 'from')) {
      const pair = pairAt(tokens, at + 1, ['to', 'until', 'till', 'through', '-', '–']);
      if (pair !== null) return { ...pair, length: pair.length + 1 };
      const stretch = spanAt(tokens, at + 1);
      if (stretch?.value.withinLast !== undefined) return { ...stretch, length: stretch.length + 1 };
    }
    if (isWord(token, 'since', 'after', 'before', 'until', 'till', 'from', 'by') || (isWord(token, 'up') && isWord(tokens[at + 1], 'to'))) {
      const skip = isWord(token, 'up') ? 2 : 1;
      const days = daysAt(tokens, at + skip, true);
      if (days === null) return null;
      const { from, to, relative } = days.value;
      const length = days.length + skip;
      switch (token.text) {
        case 'since':
          return { length, value: { atLeast: iso(from) } };
        case 'after':
          return { length, value: { moreThan: iso(to) } };
        case 'before':
          return { length, value: { lessThan: iso(from) } };
        case 'from':
          return { length, value: relative || iso(from) !== iso(to) ? inside(days.value) : { atLeast: iso(from) } };
        default:
          return { length, value: { atMost: iso(to) } };
      }
    }
    const pair = pairAt(tokens, begin, ['-', '–', 'to']);
    if (pair !== null) return { ...pair, length: pair.length + begin - at };
    const days = daysAt(tokens, begin, begin > at);
    // "May" and "March" without a preposition are verbs as well.
    if (days === null || (begin === at && isWord(token, 'may', 'march') && days.length === 1)) return null;
    return { length: days.length + begin - at, value: inside(days.value) };
  };

  return { spanAt };
}
export type Times = ReturnType<typeof timesBy>;
