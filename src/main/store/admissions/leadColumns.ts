import { type LeadSort, leadSorts } from '#contract/admissions/leadFields';
import type { Store } from '../open';
import type { Reader } from '../tx';
import { attributeValues, FactNumbers, FactSets, FactTexts, rereadAtMost, roomy, tagSets, type TextField, textFields, textSources } from './factColumns';
import type { FoldedTexts } from './foldedTexts';
import { type LeadOrder, NameOrder, orderByValue } from './leadOrders';

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

const wholeNames = Object.keys(wholeColumns) as WholeColumn[];
const numberNames = Object.keys(numberColumns) as NumberColumn[];
const select = `select l.key, l.merged_into is not null, ${wholeNames.map((name) => `l.${wholeColumns[name]}`).join(', ')}, ${numberNames.map((name) => `l.${numberColumns[name]}`).join(', ')} from leads l`;
type Row = readonly [key: number, merged: number, ...values: (number | null)[]];

/** Columns of attributes that are held at once; the one asked for first goes first. */
const attributesHeld = 24;
/** Leads that are read at once: a slice takes a millisecond or two. */
const leadsPerSlice = 500;

/**
 * The leads of a workspace as typed columns in memory, about 200 bytes a lead and their texts: what lists filter, sort and count by.
 * Every change of the tables is noticed by triggers of this connection and read again before the next question.
 */
export class LeadColumns {
  /** Keys by position, ascending. */
  private keys = new Float64Array(0);
  private size = 0;
  private alive = new Uint8Array(0);
  private readonly whole: Record<WholeColumn, Uint32Array>;
  private readonly numbers: Record<NumberColumn, Float64Array>;
  private readonly texts: Readonly<Record<TextField, FactTexts>>;
  private readonly attributes = new Map<number, FactNumbers>();
  /** The tags on each lead, as numbers of sets. */
  readonly tags: FactSets;
  private readonly orders = new Map<LeadSort, LeadOrder>();
  private readonly names: NameOrder;
  /** Keys of leads whose row may have changed. */
  private readonly dirty = new Set<number>();
  /** Keys of leads whose texts and attributes may have changed, and of people. */
  private readonly edited = new Set<number>();
  private readonly editedPeople = new Set<number>();
  private readonly renamed = new Set<number>();
  /** Changes whenever anything held here may have changed. */
  version = 0;

  constructor(private readonly store: Store) {
    this.whole = Object.fromEntries(wholeNames.map((name) => [name, new Uint32Array(0)])) as Record<WholeColumn, Uint32Array>;
    this.numbers = Object.fromEntries(numberNames.map((name) => [name, new Float64Array(0)])) as Record<NumberColumn, Float64Array>;
    this.texts = Object.fromEntries(textFields.map((field) => [field, new FactTexts(store, this, textSources[field])])) as Record<TextField, FactTexts>;
    this.tags = new FactSets(store, this, tagSets);
    this.names = new NameOrder(store, this);
    store.watch('leads', (key) => this.dirty.add(key));
    // A person's change of a lead counts it up, a new score does not.
    store.watch('leads', (key) => this.edited.add(key), 'revision');
    store.watch('leads', (key) => this.renamed.add(key), 'sort_name');
    store.watch('people', (key) => this.editedPeople.add(key));
    // What tags are called and stand for is asked anew; only what was counted by them is not true any more.
    store.watch('tags', () => { this.version += 1; });
  }

  /** Brings the columns up to date with the tables. Called before anything else is asked. */
  refresh(): void {
    while (this.advance());
  }

  /** Reads a slice of what has changed. Answers whether there may be more. */
  private advance(): boolean {
    this.takeEdits();
    if (this.dirty.size > 0) {
      this.reread();
      return true;
    }
    return this.append();
  }

  /** Reads all that lists need, a slice at a time: what takes longest comes first. */
  *prepare(sorts: readonly LeadSort[], attributeKeys: readonly number[]): Generator<void> {
    while (this.advance()) yield;
    while (this.names.advance()) yield;
    for (const field of textFields) while (this.texts[field].advance()) yield;
    while (this.tags.advance()) yield;
    for (const key of attributeKeys.slice(0, attributesHeld)) while (this.attributeColumn(key).advance()) yield;
    for (const sort of sorts) {
      // Whoever had a turn may have changed something.
      this.refresh();
      if (sort !== 'name') this.order(sort);
      yield;
    }
  }

  /** Whether what is held of some keys, in ascending order, is up to date; others may have changed. */
  isCurrent(keys: Float64Array): boolean {
    if ((keys.at(-1) ?? 0) > this.keyAt(this.size - 1)) return false;
    return this.dirty.size === 0 || keys.every((key) => !this.dirty.has(key));
  }

  /** How many positions there are; some may be of leads that are gone. */
  get length(): number {
    return this.size;
  }

  isAlive(position: number): boolean {
    return this.alive[position] === 1;
  }

  keyAt(position: number): number {
    return this.keys[position] ?? 0;
  }

  /** The position of a key, or -1. */
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

  wholes(column: WholeColumn): Uint32Array {
    return this.whole[column];
  }

  numbersOf(column: NumberColumn): Float64Array {
    return this.numbers[column];
  }

  /** The folded texts of a field; they are read when somebody asks, where that has not been done in advance. */
  textsOf(field: TextField): FoldedTexts {
    return this.texts[field].texts();
  }

  /** The values of an attribute that is no text; NaN where unanswered. Read as texts are, and kept while others are not asked for more. */
  attribute(attributeKey: number): Float64Array {
    return this.attributeColumn(attributeKey).values();
  }

  private attributeColumn(attributeKey: number): FactNumbers {
    const known = this.attributes.get(attributeKey);
    if (known !== undefined) return known;
    const oldest = this.attributes.size >= attributesHeld ? this.attributes.keys().next().value : undefined;
    if (oldest !== undefined) this.attributes.delete(oldest);
    const column = new FactNumbers(this.store, this, attributeValues(attributeKey));
    this.attributes.set(attributeKey, column);
    return column;
  }

  /** Marks the positions of leads that a statement selects by key. */
  mark(keys: readonly number[]): Uint8Array {
    const marks = new Uint8Array(this.size);
    for (const key of keys) {
      const position = this.positionOf(key);
      if (position >= 0) marks[position] = 1;
    }
    return marks;
  }

  /** The leads in the order of a sort. */
  order(sort: LeadSort): LeadOrder {
    if (sort === 'name') return this.names.order();
    const held = this.orders.get(sort);
    if (held !== undefined) return held;
    const order = orderByValue(this.valuesOf(sort), this.size, this.alive);
    this.orders.set(sort, order);
    return order;
  }

  /** What a sort compares, by position; NaN where unanswered. */
  valuesOf(sort: Exclude<LeadSort, 'name'>): ArrayLike<number> {
    switch (sort) {
      case 'score':
      case 'probability':
      case 'enquiredAt':
      case 'lastActivityAt':
        return this.numbersOf(sort);
      case 'stage':
        return this.whole.stage;
      case 'source':
        return this.sourceRanks();
    }
  }

  /** Hands on which texts and attributes must be read again once somebody asks for them, and repairs the order of names. */
  private takeEdits(): void {
    if (this.editedPeople.size > 0) {
      const people = JSON.stringify([...this.editedPeople]);
      this.editedPeople.clear();
      for (const key of this.store.column<number>('select l.key from json_each(?) e cross join leads l on l.person_key = e.value', people)) this.edited.add(key);
    }
    if (this.edited.size > 0) {
      const positions = this.edited.size > rereadAtMost ? null : [...this.edited].map((key) => this.positionOf(key));
      this.edited.clear();
      for (const column of this.facts()) {
        if (positions === null) column.forget();
        else for (const position of positions) column.touch(position);
      }
      this.version += 1;
    }
  }

  private facts(): (FactTexts | FactNumbers | FactSets)[] {
    return [...Object.values(this.texts), ...this.attributes.values(), this.tags];
  }

  private changed(): void {
    this.orders.clear();
    this.version += 1;
  }

  private write(position: number, row: Row): void {
    this.keys[position] = row[0];
    // A lead that was merged into another is on no list.
    this.alive[position] = row[1] === 1 ? 0 : 1;
    let column = 2;
    for (const name of wholeNames) {
      this.whole[name][position] = row[column] ?? 0;
      column += 1;
    }
    for (const name of numberNames) {
      this.numbers[name][position] = row[column] ?? Number.NaN;
      column += 1;
    }
  }

  /** Reads some of the changed leads again. */
  private reread(): void {
    const keys: number[] = [];
    const last = this.keyAt(this.size - 1);
    for (const key of this.dirty) {
      this.dirty.delete(key);
      if (key <= last && keys.push(key) >= leadsPerSlice) break;
    }
    if (keys.length === 0) return;
    const gone = new Set(keys);
    for (const row of this.store.tuples<Row>(`${select} where l.key in (select value from json_each(?))`, JSON.stringify(keys))) {
      gone.delete(row[0]);
      const position = this.positionOf(row[0]);
      if (position < 0) continue;
      const wasAlive = this.isAlive(position);
      this.write(position, row);
      if (this.isAlive(position) !== wasAlive) this.renamed.add(row[0]);
    }
    for (const key of gone) {
      const position = this.positionOf(key);
      if (position >= 0) this.alive[position] = 0;
    }
    if (gone.size > 0) this.dropEnd();
    this.changed();
  }

  /** Lets go of leads at the end that are gone: their keys may be given out again. */
  private dropEnd(): void {
    const before = this.size;
    while (this.size > 0 && this.alive[this.size - 1] === 0) this.size -= 1;
    if (this.size === before) return;
    for (const column of this.facts()) column.shorten(this.size);
  }

  /** Reads leads that are new: with keys after the last one. */
  private append(): boolean {
    const rows = this.store.tuples<Row>(`${select} where l.key > ? order by l.key limit ${String(leadsPerSlice)}`, this.size === 0 ? -1 : this.keyAt(this.size - 1));
    if (rows.length > 0) {
      this.grow(this.size + rows.length);
      for (const row of rows) {
        this.write(this.size, row);
        this.size += 1;
        if (rows.length < leadsPerSlice) this.renamed.add(row[0]);
      }
      // So many names are read anew.
      if (rows.length === leadsPerSlice) this.names.forget();
      this.changed();
    }
    const more = rows.length === leadsPerSlice;
    if (!more) this.repairNames();
    return more;
  }

  private repairNames(): void {
    if (this.renamed.size === 0) return;
    this.names.repair([...this.renamed]);
    this.renamed.clear();
    this.version += 1;
  }

  private grow(length: number): void {
    if (length <= this.keys.length) return;
    const capacity = roomy(Math.max(length, this.size === 0 ? (this.store.value<number>('select count(*) from leads') ?? 0) : 0));
    const larger = <Values extends Float64Array | Uint32Array | Uint8Array>(next: Values, now: Values): Values => {
      next.set(now);
      return next;
    };
    this.keys = larger(new Float64Array(capacity), this.keys);
    this.alive = larger(new Uint8Array(capacity), this.alive);
    for (const name of wholeNames) this.whole[name] = larger(new Uint32Array(capacity), this.whole[name]);
    for (const name of numberNames) this.numbers[name] = larger(new Float64Array(capacity), this.numbers[name]);
  }

  /** Sources by the place of their names in the alphabet, so that a sort by source reads like one. */
  private sourceRanks(): Float64Array {
    const ranks = new Map<number, number>();
    for (const key of this.store.column<number>('select key from sources order by folded')) ranks.set(key, ranks.size);
    const keys = this.whole.source;
    const values = new Float64Array(this.size);
    for (let position = 0; position < this.size; position += 1) values[position] = ranks.get(keys[position] ?? 0) ?? Number.NaN;
    return values;
  }
}

const held = new WeakMap<Reader, LeadColumns>();

function columnsOf(store: Store): LeadColumns {
  let columns = held.get(store);
  if (columns === undefined) {
    columns = new LeadColumns(store);
    held.set(store, columns);
  }
  return columns;
}

/** The columns of a store, up to date. */
export function leadColumns(store: Store): LeadColumns {
  const columns = columnsOf(store);
  columns.refresh();
  return columns;
}

/** The columns of a store, up to date in so far as some keys go, in ascending order: who walks all leads while they change reads each once. */
export function leadColumnsFor(store: Store, keys: Float64Array): LeadColumns {
  const columns = columnsOf(store);
  if (!columns.isCurrent(keys)) columns.refresh();
  return columns;
}

/** Reads in advance what lists of leads need. Each step takes a few milliseconds, and whoever takes none after it lets others have a turn. */
export function prepareLeads(store: Store): Generator<void> {
  const attributeKeys = store.column<number>("select key from attributes where type <> 'text' order by label");
  return columnsOf(store).prepare(leadSorts, attributeKeys);
}
