import { canonicalValue, labels } from '#domain/platform/redaction/redact';
import type { Find, PersonalDataType } from '#domain/platform/redaction/types';

/** A text that is given back in pieces, as they come. */
export interface Restorer {
  /** Takes the next piece and gives what is certain of it: a pseudonym that is cut by the border waits for its other half. */
  push(piece: string): string;
  /** What still waits. */
  end(): string;
}

/**
 * The names that things go by while they are away: what leaves carries a pseudonym, what comes back carries the value again. One of
 * these lives for one question, so that no other question's pseudonyms mean anything in its answer.
 */
export interface Pseudonyms {
  /** The pseudonym of a value; the same for the same value, whichever spelling it has. */
  of(type: PersonalDataType, value: string): string;
  /** Puts pseudonyms where the finds are. Finds are in the order of the text and share no character. */
  takeOut(text: string, finds: readonly Find[]): string;
  /** Puts the values back. What looks like a pseudonym and is none of these stays as it is. */
  restore(text: string): string;
  /** Puts the values back into every text of a value that came as JSON. */
  restoreWithin(value: unknown): unknown;
  restorer(): Restorer;
  /** How many finds were replaced, by type. */
  readonly counts: Readonly<Partial<Record<PersonalDataType, number>>>;
}

const shortest = 8;
const digits = `[0-9A-F]{${String(shortest)},64}`;
/** An underscore may come back escaped, as Markdown has it. */
const underscore = '\\\\?_';
const written = (label: string): string => label.split('_').join(underscore);
const pseudonym = new RegExp(`(?:${Object.values(labels).map(written).join('|')})${underscore}${digits}`, 'giu');

/** What a pseudonym may begin with, at the end of a piece: `(?:P(?:E(?:R…)?)?)?` for each label, and its digits. */
function beginningOf(label: string): string {
  const signs = Array.from(label, (sign) => (sign === '_' ? `\\\\?(?:_` : sign));
  const last = `\\\\?(?:_[0-9A-F]{0,64})?`;
  return signs.reduceRight((rest, sign) => (sign.endsWith('(?:_') ? `${sign}(?:${rest})?)?` : `${sign}(?:${rest})?`), last);
}
const beginning = new RegExp(`(?:${Object.values(labels).map(beginningOf).join('|')})$`, 'iu');

/** The longest end of a text that could be the beginning of a pseudonym, as the place where it starts. */
function certainUpTo(text: string): number {
  const longest = 96;
  const from = Math.max(0, text.length - longest);
  const found = beginning.exec(text.slice(from));
  return found === null ? text.length : from + found.index;
}

/**
 * @param digest a keyed digest of a text as hexadecimal digits, 64 of them: without the key nobody gets from a pseudonym to its value
 */
export function createPseudonyms(digest: (text: string) => string): Pseudonyms {
  const values = new Map<string, string>();
  const owners = new Map<string, string>();
  const counts: Partial<Record<PersonalDataType, number>> = {};

  const of = (type: PersonalDataType, value: string): string => {
    const owner = `${type}:${canonicalValue(value)}`;
    const hash = digest(owner).toUpperCase();
    // Two values that begin alike are told apart by more digits.
    for (let length = shortest; length <= hash.length; length += 4) {
      const name = `${labels[type]}_${hash.slice(0, length)}`;
      const known = owners.get(name);
      if (known !== undefined && known !== owner) continue;
      owners.set(name, owner);
      const before = values.get(name);
      if (before === undefined || (!/\p{Lu}/u.test(before) && /\p{Lu}/u.test(value))) values.set(name, value);
      return name;
    }
    throw new Error('Two values have the same digest.');
  };

  const valueOf = (found: string): string => {
    const name = found.replaceAll('\\', '').toUpperCase();
    const label = name.length - name.slice(name.lastIndexOf('_') + 1).length;
    for (let length = name.length - label; length >= shortest; length -= 1) {
      const value = values.get(name.slice(0, label + length));
      if (value !== undefined) return value + found.slice(found.length - (name.length - label - length));
    }
    return found;
  };
  const restore = (text: string): string => (values.size === 0 ? text : text.replace(pseudonym, (found) => valueOf(found)));
  const restoreWithin = (value: unknown): unknown => {
    if (typeof value === 'string') return restore(value);
    if (Array.isArray(value)) return value.map(restoreWithin);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [restore(key), restoreWithin(each)]));
  };

  return {
    of,
    takeOut(text, finds) {
      let from = 0;
      let out = '';
      for (const { type, start, end } of finds) {
        counts[type] = (counts[type] ?? 0) + 1;
        out += text.slice(from, start) + of(type, text.slice(start, end));
        from = end;
      }
      return out + text.slice(from);
    },
    restore,
    restoreWithin,
    restorer() {
      let waiting = '';
      return {
        push(piece) {
          waiting += piece;
          const certain = certainUpTo(waiting);
          const given = restore(waiting.slice(0, certain));
          waiting = waiting.slice(certain);
          return given;
        },
        end() {
          const rest = restore(waiting);
          waiting = '';
          return rest;
        },
      };
    },
    counts,
  };
}
