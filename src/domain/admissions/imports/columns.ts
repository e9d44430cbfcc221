import { DateTime } from 'luxon';
import { fold } from '#domain/kernel/text';
import type { ColumnType } from './fields';

/** Words that stand in a cell where nobody answered. */
const placeholderWords = new Set(['select', 'n/a', 'na', 'n.a.', '#n/a', '-', '--', '—', 'null', '(null)', 'nil', 'none', 'not answered', 'not provided', 'not specified', 'please select', 'choose', 'tbc', 'tbd', '?', 'undefined', '(blank)', 'blank']);

/** Whether a cell says in words that nobody answered. */
export function isPlaceholder(text: string): boolean {
  return placeholderWords.has(fold(text));
}

const yes = new Set(['yes', 'y', 'true', '1', 't', 'ja', 'oui', 'si', 'x', 'checked', 'on']);
const no = new Set(['no', 'n', 'false', '0', 'f', 'nein', 'non', '', 'unchecked', 'off']);

/**
 * The date formats that are tried, in the order in which an even match is decided: ISO first, then the day before the month, as most
 * of the world writes it.
 */
export const dateFormats = [
  'iso',
  'yyyy/M/d',
  'd/M/yyyy',
  'M/d/yyyy',
  'd.M.yyyy',
  'd-M-yyyy',
  'M-d-yyyy',
  'd/M/yy',
  'M/d/yy',
  'd MMM yyyy',
  'd MMMM yyyy',
  'd-MMM-yyyy',
  'd-MMM-yy',
  'MMM d, yyyy',
  'MMMM d, yyyy',
] as const;
const timeFormats = ['', ' H:mm', ' H:mm:ss', ' h:mm a', ' h:mm:ss a'] as const;

export interface NumberStyle {
  /** The sign between whole and part. */
  readonly decimal: '.' | ',';
}

const englishNumber = /^[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?(?:[eE][-+]?\d+)?%?$|^[-+]?\.\d+$/;
const continentalNumber = /^[-+]?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?%?$/;

/** A number as written in one of the two styles; null where the text is none. A per cent sign is dropped, not divided by. */
export function parseNumber(text: string, style: NumberStyle): number | null {
  const trimmed = text.trim().replace(/^[£$€]\s?/, '');
  const shape = style.decimal === '.' ? englishNumber : continentalNumber;
  if (!shape.test(trimmed)) return null;
  const plain = style.decimal === '.' ? trimmed.replaceAll(',', '') : trimmed.replaceAll('.', '').replace(',', '.');
  const value = Number(plain.replace('%', ''));
  return Number.isFinite(value) ? value : null;
}

/** Yes or no in the usual words; null where the text is neither. */
export function parseBoolean(text: string): boolean | null {
  const word = fold(text);
  return yes.has(word) ? true : no.has(word) ? false : null;
}

/**
 * A moment as written in one format.
 *
 * @param format one of {@link dateFormats} with one of the time formats, or 'iso'
 * @param zone IANA time zone in which the file was written
 * @returns UTC milliseconds, or null where the text is not of that format or no such day exists
 */
export function parseDate(text: string, format: string, zone: string): number | null {
  const trimmed = text.trim();
  const parsed =
    format === 'iso'
      ? DateTime.fromISO(trimmed.replace(/^(\d{4}-\d\d-\d\d) (\d)/, '$1T$2'), { zone })
      : DateTime.fromFormat(trimmed, format, { zone, locale: 'en' });
  if (!parsed.isValid || parsed.year < 1900 || parsed.year > 2200) return null;
  return parsed.toMillis();
}

const looksLikeDate = /\d/;
const isoDate = /^\d{4}-\d\d-\d\d(?:[T ]\d\d?:\d\d.*)?$/;

/** A column stays one of dates although so small a share of its cells names a day that there is not, such as 31/02. */
const mistypedShare = 0.05;

/**
 * The formats that read the first samples; of those, the ones that read most of all samples, for a single date far down may tell
 * whether the day or the month comes first. Empty where the column holds no dates.
 */
export function matchingDateFormats(samples: readonly string[], zone: string): string[] {
  const some = samples.slice(0, 200);
  if (some.length === 0 || !some.every((text) => looksLikeDate.test(text) && text.trim().length >= 6 && text.length <= 40)) return [];
  const allowed = Math.floor(some.length * mistypedShare);
  const unread = (format: string, texts: readonly string[], most = Infinity): number => {
    let count = 0;
    for (const text of texts) if (parseDate(text, format, zone) === null && (count += 1) > most) break;
    return count;
  };
  if (some.every((text) => isoDate.test(text.trim()))) return unread('iso', some, allowed) <= allowed ? ['iso'] : [];
  const found = dateFormats
    .filter((day) => day !== 'iso')
    .flatMap((day) => timeFormats.map((time) => day + time))
    .filter((format) => unread(format, some, allowed) <= allowed);
  if (found.length < 2) return found;
  const counts = new Map(found.map((format) => [format, unread(format, samples)]));
  const fewest = Math.min(...counts.values());
  return found.filter((format) => counts.get(format) === fewest);
}

/** What the cells of one column look like. */
export interface ColumnProfile {
  readonly type: ColumnType;
  /** The chosen format of a date column, with the others that would do. */
  readonly dateFormat: string | null;
  readonly dateFormats: readonly string[];
  readonly decimal: '.' | ',';
  /** Cells that mean "not answered", as they are spelled. */
  readonly placeholders: readonly string[];
  /** Values that differ only in case or accents, under the spelling that is most frequent. */
  readonly spellings: readonly { readonly value: string; readonly variants: readonly string[] }[];
  readonly samples: readonly string[];
  readonly answered: number;
  readonly distinct: number;
}

interface Tally {
  readonly text: string;
  count: number;
}

/** Counts the spellings of a column as its rows pass by; keeps at most `limit` of them. */
export class ColumnTally {
  readonly spelled = new Map<string, Tally>();
  rows = 0;
  empty = 0;
  /** Set once there were more different values than are kept: such a column is free text or an identifier. */
  overflowed = false;

  constructor(private readonly limit = 5_000) {}

  add(cell: string): void {
    this.rows += 1;
    const text = cell.trim();
    if (text === '') {
      this.empty += 1;
      return;
    }
    const found = this.spelled.get(text);
    if (found !== undefined) found.count += 1;
    else if (this.spelled.size < this.limit) this.spelled.set(text, { text, count: 1 });
    else this.overflowed = true;
  }
}

function inferType(values: readonly string[], answered: number, overflowed: boolean, zone: string): Pick<ColumnProfile, 'type' | 'dateFormat' | 'dateFormats' | 'decimal'> {
  const plain = { dateFormat: null, dateFormats: [], decimal: '.' } as const;
  if (values.length === 0) return { type: 'text', ...plain };
  const words = new Set(values.map(fold));
  if (words.size <= 2 && [...words].every((word) => yes.has(word) || no.has(word))) return { type: 'boolean', ...plain };
  if (values.every((text) => parseNumber(text, { decimal: '.' }) !== null)) {
    // A leading zero or a long run of digits is an identifier or a telephone number, not a quantity.
    const identifier = values.some((text) => /^\+|^0\d/.test(text.trim()) || /^\d{12,}$/.test(text.trim()));
    return { type: identifier ? 'text' : 'number', ...plain };
  }
  if (values.every((text) => parseNumber(text, { decimal: ',' }) !== null)) return { type: 'number', ...plain, decimal: ',' };
  const formats = matchingDateFormats(values, zone);
  if (formats[0] !== undefined) return { type: 'date', dateFormat: formats[0], dateFormats: formats, decimal: '.' };
  const repeats = words.size <= 50 || words.size <= answered / 10;
  const short = values.every((text) => text.length <= 120);
  return { type: !overflowed && repeats && short && (answered > words.size || words.size <= 12) ? 'option' : 'text', ...plain };
}

/** Describes a column from its tally. */
export function profileColumn(tally: ColumnTally, zone: string): ColumnProfile {
  const all = [...tally.spelled.values()].sort((a, b) => b.count - a.count);
  const placeholders = all.filter(({ text }) => isPlaceholder(text));
  const answers = all.filter(({ text }) => !isPlaceholder(text));
  const answered = tally.rows - tally.empty - placeholders.reduce((sum, { count }) => sum + count, 0);
  const inferred = inferType(answers.map(({ text }) => text), answered, tally.overflowed, zone);
  const byFold = new Map<string, Tally[]>();
  for (const tallied of answers) {
    const key = fold(tallied.text);
    byFold.set(key, [...(byFold.get(key) ?? []), tallied]);
  }
  const spellings = [...byFold.values()]
    .filter((group) => group.length > 1)
    .map((group) => ({ value: group[0]?.text ?? '', variants: group.slice(1).map(({ text }) => text) }));
  return {
    ...inferred,
    placeholders: placeholders.map(({ text }) => text),
    spellings: inferred.type === 'option' ? spellings.slice(0, 100) : [],
    samples: answers.slice(0, 5).map(({ text }) => text.slice(0, 200)),
    answered,
    distinct: byFold.size,
  };
}
