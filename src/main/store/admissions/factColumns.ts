import type { Reader, SqlValue } from '../tx';
import { FoldedTexts } from './foldedTexts';
import { type TextField, textFields } from './heldLeads';
import { type LeanNumbers, type LeanWholes, NumberValues, WholeValues } from './leanValues';

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

type Found = readonly [key: number, ...values: SqlValue[]];

export abstract class FactColumn {
  private filled = 0;
  private capacity = 0;
  private readonly stale = new Set<number>();

  /** @param sql selects keys of leads with their values, for the keys after one and up to another, in ascending order */
  constructor(
    private readonly reader: Reader,
    private readonly places: Places,
    private readonly sql: string,
  ) {}

  protected abstract grow(capacity: number): void;
  protected abstract clear(): void;
  protected abstract unset(position: number): void;
  protected abstract set(position: number, found: Found): void;

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

  get isComplete(): boolean {
    return this.filled >= this.places.length && this.stale.size === 0;
  }

  complete(): void {
    while (this.advance());
  }

  private read(from: number, to: number): void {
    const before = from === 0 ? 0 : this.places.keyAt(from - 1);
    let position = from;
    for (const found of this.reader.tuples<Found>(this.sql, before, this.places.keyAt(to - 1))) {
      while (position < to && this.places.keyAt(position) < found[0]) position += 1;
      if (this.places.keyAt(position) === found[0]) this.set(position, found);
    }
  }
}

const attributeValues = (attributeKey: number): string =>
  `select lead_key, value from attribute_values where attribute_key = ${String(attributeKey)} and lead_key > ? and lead_key <= ? order by lead_key`;

/** The values of an attribute that is no text, by position; NaN where there is none. */
export class AttributeNumbers extends FactColumn {
  private readonly held = new NumberValues(true);

  constructor(reader: Reader, places: Places, attributeKey: number) {
    super(reader, places, attributeValues(attributeKey));
  }

  /** All of them, up to date. */
  values(): LeanNumbers {
    this.complete();
    return this.held.held;
  }

  protected override grow(capacity: number): void {
    this.held.resize(capacity);
  }

  protected override clear(): void {
    this.held.clear();
  }

  protected override unset(position: number): void {
    this.held.set(position, Number.NaN);
  }

  protected override set(position: number, [, value]: Found): void {
    if (value !== null && value !== undefined) this.held.set(position, Number(value));
  }
}

/** The folded texts of an attribute by position. */
export class AttributeTexts extends FactColumn {
  private readonly held = new FoldedTexts();

  constructor(reader: Reader, places: Places, attributeKey: number) {
    super(reader, places, attributeValues(attributeKey));
  }

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

  protected override set(position: number, [, value]: Found): void {
    if (typeof value === 'string') this.held.set(position, value);
  }
}

/** The keys of the tags on each lead, ascending, as one text. */
const tagSets = 'select lead_key, group_concat(tag_key) from lead_tags where lead_key > ? and lead_key <= ? group by lead_key order by lead_key';

/** The set of tags on each lead as a number: leads with the same tags have the same. */
export class TagSets extends FactColumn {
  private readonly held = new WholeValues();
  private readonly numbers = new Map<string, number>([['', 0]]);
  /** The sets by their number; the first is empty. */
  readonly sets: (readonly number[])[] = [[]];

  constructor(reader: Reader, places: Places) {
    super(reader, places, tagSets);
  }

  /** The number of the set at each position, up to date. */
  values(): LeanWholes {
    this.complete();
    return this.held.held;
  }

  protected override grow(capacity: number): void {
    this.held.resize(capacity);
  }

  protected override clear(): void {
    this.held.held.fill(0);
  }

  protected override unset(position: number): void {
    this.held.set(position, 0);
  }

  protected override set(position: number, [, value]: Found): void {
    const name = String(value);
    let number = this.numbers.get(name);
    if (number === undefined) {
      number = this.sets.push(name.split(',').map(Number)) - 1;
      this.numbers.set(name, number);
    }
    this.held.set(position, number);
  }
}

/** In the order of the fields. */
const selectTexts = `
  select l.key, nullif(trim(coalesce(p.given_name, '') || ' ' || coalesce(p.family_name, '')), ''), p.email, p.phone, l.external_id
  from leads l join people p on p.key = l.person_key where l.key > ? and l.key <= ? order by l.key`;

/** The folded texts of leads and their people, read in one go because most of the time goes into finding the rows. */
export class LeadTexts extends FactColumn {
  private readonly held = Object.fromEntries(textFields.map((field) => [field, new FoldedTexts()])) as Record<TextField, FoldedTexts>;

  constructor(reader: Reader, places: Places) {
    super(reader, places, selectTexts);
  }

  /** All of a field, up to date. */
  texts(field: TextField): FoldedTexts {
    this.complete();
    return this.held[field];
  }

  protected override grow(capacity: number): void {
    for (const field of textFields) this.held[field].grow(capacity);
  }

  protected override clear(): void {
    for (const field of textFields) this.held[field].clear();
  }

  protected override unset(position: number): void {
    for (const field of textFields) this.held[field].unset(position);
  }

  protected override set(position: number, [, ...values]: Found): void {
    textFields.forEach((field, index) => {
      const value = values[index];
      if (typeof value === 'string') this.held[field].set(position, value);
    });
  }
}

/** Room for some more than there are, so that not every new lead moves the rest. */
export function roomy(capacity: number): number {
  return Math.ceil(capacity * 1.1) + 1_024;
}
