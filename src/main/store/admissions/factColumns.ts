import type { Reader, SqlValue } from '../tx';
import { FoldedTexts } from './foldedTexts';

// Columns of what lies in other tables than the leads: texts and attributes. They are filled when somebody asks, or in advance and a
// slice at a time, and are read again only where they changed.

/** Positions of leads and their keys, as the columns of leads have them. */
export interface Places {
  readonly length: number;
  keyAt(position: number): number;
}

/** Leads whose values are read at once. */
const leadsPerSlice = 1_000;
/** Beyond so many changed leads, all of a column is read anew. */
export const rereadAtMost = 500;

type Found = readonly [key: number, value: SqlValue];

abstract class FactColumn {
  private filled = 0;
  private capacity = 0;
  private readonly stale = new Set<number>();

  /** @param sql selects keys of leads with a value each, for the keys after one and up to another, in ascending order */
  constructor(
    private readonly reader: Reader,
    private readonly places: Places,
    private readonly sql: string,
  ) {}

  protected abstract grow(capacity: number): void;
  protected abstract clear(): void;
  protected abstract unset(position: number): void;
  protected abstract set(position: number, value: SqlValue): void;

  /** Notes that the value at a position may have changed; -1 is none. */
  touch(position: number): void {
    if (position >= 0 && position < this.filled) this.stale.add(position);
  }

  /** Notes that leads at the end are gone. */
  shorten(length: number): void {
    for (let position = length; position < this.filled; position += 1) {
      this.unset(position);
      this.stale.delete(position);
    }
    this.filled = Math.min(this.filled, length);
  }

  /** Notes that all may have changed. */
  forget(): void {
    this.filled = 0;
    this.stale.clear();
    this.clear();
  }

  /** Reads a slice of what is missing. Answers whether there may be more. */
  advance(): boolean {
    if (this.stale.size > rereadAtMost) this.forget();
    if (this.stale.size > 0) {
      for (const position of this.stale) {
        this.unset(position);
        this.read(position, position + 1);
      }
      this.stale.clear();
      return true;
    }
    if (this.filled >= this.places.length) return false;
    const to = Math.min(this.places.length, this.filled + leadsPerSlice);
    if (to > this.capacity) {
      this.capacity = roomy(this.places.length);
      this.grow(this.capacity);
    }
    this.read(this.filled, to);
    this.filled = to;
    return to < this.places.length;
  }

  complete(): void {
    while (this.advance());
  }

  private read(from: number, to: number): void {
    const before = from === 0 ? 0 : this.places.keyAt(from - 1);
    let position = from;
    for (const [key, value] of this.reader.tuples<Found>(this.sql, before, this.places.keyAt(to - 1))) {
      while (position < to && this.places.keyAt(position) < key) position += 1;
      if (value !== null && this.places.keyAt(position) === key) this.set(position, value);
    }
  }
}

/** Numbers by position, NaN where there is none. */
export class FactNumbers extends FactColumn {
  private held = new Float64Array(0);

  /** All of them, up to date. */
  values(): Float64Array {
    this.complete();
    return this.held;
  }

  protected override grow(capacity: number): void {
    const next = new Float64Array(capacity).fill(Number.NaN);
    next.set(this.held);
    this.held = next;
  }

  protected override clear(): void {
    this.held.fill(Number.NaN);
  }

  protected override unset(position: number): void {
    this.held[position] = Number.NaN;
  }

  protected override set(position: number, value: SqlValue): void {
    this.held[position] = Number(value);
  }
}

/** Folded texts by position. */
export class FactTexts extends FactColumn {
  private readonly held = new FoldedTexts();

  /** All of them, up to date. */
  texts(): FoldedTexts {
    this.complete();
    return this.held;
  }

  protected override grow(capacity: number): void {
    this.held.grow(capacity);
  }

  protected override clear(): void {
    this.held.clear();
  }

  protected override unset(position: number): void {
    this.held.unset(position);
  }

  protected override set(position: number, value: SqlValue): void {
    if (typeof value === 'string') this.held.set(position, value);
  }
}

/** Sets of keys by position, each different set kept once: 100,000 leads have a few hundred sets of tags. */
export class FactSets extends FactColumn {
  private held = new Uint32Array(0);
  private readonly numbers = new Map<string, number>([['', 0]]);
  /** The sets by their number; the first is empty. */
  readonly sets: (readonly number[])[] = [[]];

  /** The number of the set at each position, up to date. */
  values(): Uint32Array {
    this.complete();
    return this.held;
  }

  protected override grow(capacity: number): void {
    const next = new Uint32Array(capacity);
    next.set(this.held);
    this.held = next;
  }

  protected override clear(): void {
    this.held.fill(0);
  }

  protected override unset(position: number): void {
    this.held[position] = 0;
  }

  protected override set(position: number, value: SqlValue): void {
    const name = String(value);
    let number = this.numbers.get(name);
    if (number === undefined) {
      number = this.sets.push(name.split(',').map(Number)) - 1;
      this.numbers.set(name, number);
    }
    this.held[position] = number;
  }
}

/** The keys of the tags on each lead, ascending, as one text. */
export const tagSets = 'select lead_key, group_concat(tag_key) from lead_tags where lead_key > ? and lead_key <= ? group by lead_key order by lead_key';

/** Room for some more than there are, so that not every new lead moves the rest. */
export function roomy(capacity: number): number {
  return Math.ceil(capacity * 1.1) + 1_024;
}

/** The values of an attribute that is no text. */
export const attributeValues = (attributeKey: number): string =>
  `select lead_key, value from attribute_values where attribute_key = ${String(attributeKey)} and lead_key > ? and lead_key <= ? order by lead_key`;

const ofPeople = (text: string): string =>
  `select l.key, ${text} from leads l join people p on p.key = l.person_key where l.key > ? and l.key <= ? order by l.key`;

/** The fields of a lead that hold a text, and how they are read. */
export const textSources = {
  name: ofPeople("nullif(trim(coalesce(p.given_name, '') || ' ' || coalesce(p.family_name, '')), '')"),
  email: ofPeople('p.email'),
  phone: ofPeople('p.phone'),
  externalId: 'select l.key, l.external_id from leads l where l.key > ? and l.key <= ? order by l.key',
} as const;
export type TextField = keyof typeof textSources;
export const textFields = Object.keys(textSources) as TextField[];
