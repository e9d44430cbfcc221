import type { FoldedTexts } from './foldedTexts';
import { type LeanNumbers, type LeanWholes, NumberValues, WholeValues } from './leanValues';

/** Columns of whole numbers that are held for every lead: keys and positions, 0 where there is none. */
const wholeColumns = {
  stage: 'stage',
  source: 'source_key',
  course: 'course_key',
  campus: 'campus_key',
  country: 'country_key',
  city: 'city_key',
  owner: 'owner_key',
  team: 'team_key',
  import: 'import_key',
  reach: 'reach',
  blockers: 'blockers',
  revision: 'revision',
} as const;
export type WholeColumn = keyof typeof wholeColumns;

/** Columns of numbers, NaN where unknown. */
const numberColumns = {
  score: 'score',
  probability: 'probability',
  enquiredAt: 'enquired_at',
  lastActivityAt: 'last_activity_at',
  converted: 'converted',
  confidence: 'confidence',
  etaDays: 'eta_days',
  lastContactedAt: 'last_contacted_at',
  createdAt: 'created_at',
  snoozedUntil: 'snoozed_until',
  emailOpens: 'email_opens',
  emailClicks: 'email_clicks',
  opensLeftOut: 'opens_left_out',
  clicksLeftOut: 'clicks_left_out',
  eventsAttended: 'events_attended',
  portalLogins: 'portal_logins',
  webVisits: 'web_visits',
  webTime: 'web_time',
  pagesPerVisit: 'pages_per_visit',
  conversations: 'conversations',
  alerts: 'alerts',
} as const;
export type NumberColumn = keyof typeof numberColumns;

/** The figures of a model's predictions that lists filter and sort by. */
export type PredictedFigure = 'modelChance' | 'modelConfidence';

const wholeNames = Object.keys(wholeColumns) as WholeColumn[];
const numberNames = Object.keys(numberColumns) as NumberColumn[];

/** What is held of leads is read by this, with a condition after it. */
export const selectHeld = `select l.key, l.merged_into is not null, ${wholeNames.map((name) => `l.${wholeColumns[name]}`).join(', ')}, ${numberNames.map((name) => `l.${numberColumns[name]}`).join(', ')} from leads l`;
export type HeldRow = readonly [key: number, merged: number, ...values: (number | null)[]];

/** The fields of a lead that hold a text. */
export const textFields = ['name', 'email', 'phone', 'externalId'] as const;
export type TextField = (typeof textFields)[number];

/** The tags on leads: the number of a set by position, and the keys of the tags in each set. */
export interface HeldTags {
  readonly sets: readonly (readonly number[])[];
  readonly numbers: LeanWholes;
}

/** Leads by position, in the order of their keys, as tests of filters see them. */
export interface TestedLeads {
  /** Changes whenever anything held here may have changed. */
  readonly version: number;
  /** How many positions there are; some may be of leads that are gone. */
  readonly length: number;
  isAlive(position: number): boolean;
  keyAt(position: number): number;
  /** The position of a key, or -1. */
  positionOf(key: number): number;
  wholes(column: WholeColumn): LeanWholes;
  numbersOf(column: NumberColumn): LeanNumbers;
  readonly tags: HeldTags;
  /** Whether the texts of all fields have been read. */
  readonly hasTexts: boolean;
  /** The folded texts of a field. */
  textsOf(field: TextField): FoldedTexts;
  /** The values of an attribute that is no text; NaN where unanswered. */
  attribute(attributeKey: number): LeanNumbers;
  /** The folded texts of an attribute. */
  attributeTexts(attributeKey: number): FoldedTexts;
  /** What the model that serves says; NaN where it says nothing. */
  predicted(figure: PredictedFigure): LeanNumbers;
  /** Marks the positions of some keys. */
  mark(keys: readonly number[]): Uint8Array;
}

/** Leads as typed columns, about 100 bytes a lead. */
export class HeldLeads {
  /** Keys by position, ascending. */
  protected keys = new Float64Array(0);
  protected size = 0;
  protected alive = new Uint8Array(0);
  private readonly whole = Object.fromEntries(wholeNames.map((name) => [name, new WholeValues()])) as Record<WholeColumn, WholeValues>;
  private readonly numbers = Object.fromEntries(numberNames.map((name) => [name, new NumberValues(false)])) as Record<NumberColumn, NumberValues>;

  get length(): number {
    return this.size;
  }

  isAlive(position: number): boolean {
    return this.alive[position] === 1;
  }

  keyAt(position: number): number {
    return this.keys[position] ?? 0;
  }

  positionOf(key: number): number {
    // Where no lead has gone yet, keys follow each other.
    const guess = key - this.keyAt(0);
    if (guess >= 0 && guess < this.size && this.keys[guess] === key) return guess;
    let low = 0;
    let high = this.size - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.keys[middle] ?? 0;
      if (found === key) return middle;
      if (found < key) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  wholes(column: WholeColumn): LeanWholes {
    return this.whole[column].held;
  }

  numbersOf(column: NumberColumn): LeanNumbers {
    return this.numbers[column].held;
  }

  mark(keys: readonly number[]): Uint8Array {
    const marks = new Uint8Array(this.size);
    for (const key of keys) {
      const position = this.positionOf(key);
      if (position >= 0) marks[position] = 1;
    }
    return marks;
  }

  protected write(position: number, row: HeldRow): void {
    this.keys[position] = row[0];
    // A lead that was merged into another is on no list.
    this.alive[position] = row[1] === 1 ? 0 : 1;
    let column = 2;
    for (const name of wholeNames) {
      this.whole[name].set(position, row[column] ?? 0);
      column += 1;
    }
    for (const name of numberNames) {
      this.numbers[name].set(position, row[column] ?? Number.NaN);
      column += 1;
    }
  }

  protected resize(capacity: number): void {
    const larger = <Values extends Float64Array | Uint8Array>(next: Values, now: Values): Values => {
      next.set(now.subarray(0, next.length));
      return next;
    };
    this.keys = larger(new Float64Array(capacity), this.keys);
    this.alive = larger(new Uint8Array(capacity), this.alive);
    for (const name of wholeNames) this.whole[name].resize(capacity);
    for (const name of numberNames) this.numbers[name].resize(capacity);
  }
}
