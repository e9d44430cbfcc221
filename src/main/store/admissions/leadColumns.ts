import type { LeadSort } from '#contract/admissions/leadFields';
import type { Store } from '../open';
import type { Reader } from '../tx';

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

/** Columns of numbers, NaN where unknown. The first are held always, the rest once somebody asks. */
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
  eventsAttended: 'events_attended',
  portalLogins: 'portal_logins',
  webVisits: 'web_visits',
  webTime: 'web_time',
  pagesPerVisit: 'pages_per_visit',
  conversations: 'conversations',
} as const;
export type NumberColumn = keyof typeof numberColumns;
const alwaysHeld: readonly NumberColumn[] = ['score', 'probability', 'enquiredAt', 'lastActivityAt', 'converted'];

/** Leads in an order: those with a value, ascending by it and then by key; and those without. Positions, not keys. */
export interface LeadOrder {
  readonly answered: Uint32Array;
  readonly unanswered: Uint32Array;
}

type Row = Readonly<Record<string, number | null>> & { readonly key: number };

const wholeNames = Object.keys(wholeColumns) as WholeColumn[];
const wholeSelect = wholeNames.map((name) => `l.${wholeColumns[name]} as ${name}`).join(', ');

/** Columns of attributes that are held at once; the one asked for first goes first. */
const attributesHeld = 24;
/** Beyond so many changed leads, columns of attributes are read anew when somebody asks. */
const attributesReread = 500;
/** Rows that are read again one by one; beyond this share of all it is cheaper to read everything. */
const rereadShare = 0.5;

/**
 * The leads of a workspace as typed columns in memory, about 90 bytes a lead: what lists filter, sort and count by. Every change of
 * the table is noticed by a trigger of this connection and read again before the next question.
 */
export class LeadColumns {
  /** Keys by position, ascending. */
  private keys = new Float64Array(0);
  private size = 0;
  private alive = new Uint8Array(0);
  private whole = {} as Record<WholeColumn, Uint32Array>;
  private readonly numbers = new Map<NumberColumn, Float64Array>();
  private readonly attributes = new Map<number, Float64Array>();
  private readonly orders = new Map<LeadSort, LeadOrder>();
  private readonly dirty = new Set<number>();
  private namesChanged = false;
  private loaded = false;
  /** Changes whenever anything held here may have changed. */
  version = 0;

  constructor(private readonly store: Store) {
    store.watch('leads', (key) => this.dirty.add(key));
    store.watch(
      'leads',
      () => {
        this.namesChanged = true;
      },
      'sort_name',
    );
  }

  /** Brings the columns up to date with the table. Called before anything else is asked. */
  refresh(): void {
    const newest = this.store.value<number | null>('select max(key) from leads') ?? 0;
    const last = this.size === 0 ? 0 : this.keyAt(this.size - 1);
    const changed = this.dirty.size + Math.max(0, newest - last);
    if (!this.loaded || changed > Math.max(1_000, this.size * rereadShare)) this.load();
    else if (this.dirty.size > 0 || newest > last) this.reread(last);
    if (this.namesChanged) {
      this.namesChanged = false;
      this.orders.delete('name');
      this.version += 1;
    }
  }

  /** Whether what is held of some keys, in ascending order, is up to date; others may have changed. */
  isCurrent(keys: Float64Array): boolean {
    if (!this.loaded || (keys.at(-1) ?? 0) > this.keyAt(this.size - 1)) return false;
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

  /** A column of numbers; one that nobody has asked for yet is read now. */
  numbersOf(column: NumberColumn): Float64Array {
    this.hold([column]);
    const values = this.numbers.get(column);
    if (values === undefined) throw new Error(`There is no column ${column}.`);
    return values;
  }

  /** Reads several columns that nobody has asked for yet in one go. */
  hold(columns: readonly NumberColumn[]): void {
    const missing = columns.filter((column) => !this.numbers.has(column));
    if (missing.length === 0) return;
    const keys = this.store.column<number>('select key from leads order by key');
    for (const column of missing) {
      this.numbers.set(column, this.placed(keys, this.store.column<number | null>(`select ${numberColumns[column]} from leads order by key`)));
    }
  }

  /** The values of an attribute that is no text; NaN where unanswered. Read when somebody asks, and kept while nothing changes much. */
  attribute(attributeKey: number): Float64Array {
    const known = this.attributes.get(attributeKey);
    if (known !== undefined) return known;
    const from = 'from attribute_values where attribute_key = ? order by lead_key';
    const values = this.placed(this.store.column<number>(`select lead_key ${from}`, attributeKey), this.store.column<number>(`select value ${from}`, attributeKey));
    const oldest = this.attributes.size >= attributesHeld ? this.attributes.keys().next().value : undefined;
    if (oldest !== undefined) this.attributes.delete(oldest);
    this.attributes.set(attributeKey, values);
    return values;
  }

  /** Values by position, from those of some keys in ascending order; NaN where there is none. */
  private placed(keys: readonly number[], found: readonly (number | null)[]): Float64Array {
    const values = new Float64Array(this.keys.length).fill(Number.NaN);
    let position = 0;
    keys.forEach((key, index) => {
      while (position < this.size && this.keyAt(position) < key) position += 1;
      const value = found[index];
      if (this.keyAt(position) === key && value !== null && value !== undefined) values[position] = value;
    });
    return values;
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
    const held = this.orders.get(sort);
    if (held !== undefined) return held;
    const order = sort === 'name' ? this.orderByName() : this.orderByValue(this.valuesOf(sort));
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

  private load(): void {
    const count = this.store.value<number>('select count(*) from leads') ?? 0;
    const capacity = Math.ceil(count * 1.1) + 1_024;
    this.keys = new Float64Array(capacity);
    this.alive = new Uint8Array(capacity);
    this.whole = Object.fromEntries(wholeNames.map((name) => [name, new Uint32Array(capacity)])) as Record<WholeColumn, Uint32Array>;
    const columns = [...new Set([...alwaysHeld, ...this.numbers.keys()])];
    this.numbers.clear();
    for (const column of columns) this.numbers.set(column, new Float64Array(capacity).fill(Number.NaN));
    this.orders.clear();
    this.attributes.clear();
    this.size = 0;
    for (const row of this.store.iterate<Row>(`${this.select()} order by l.key`)) {
      this.write(this.size, row);
      this.size += 1;
    }
    this.dirty.clear();
    this.loaded = true;
    this.version += 1;
  }

  private select(): string {
    return `select l.key, ${wholeSelect}, ${[...this.numbers.keys()].map((name) => `l.${numberColumns[name]} as ${name}`).join(', ')} from leads l`;
  }

  private write(position: number, row: Row): void {
    this.keys[position] = row.key;
    this.alive[position] = 1;
    for (const name of wholeNames) this.whole[name][position] = row[name] ?? 0;
    for (const [name, values] of this.numbers) values[position] = row[name] ?? Number.NaN;
  }

  /** Reads changed leads again, and those that are new: with keys after the last one. */
  private reread(last: number): void {
    const keys = [...this.dirty].filter((key) => key <= last);
    this.dirty.clear();
    const changed: number[] = [];
    const rows = this.store.all<Row>(`${this.select()} where l.key in (select value from json_each(?))`, JSON.stringify(keys));
    const found = new Set(rows.map(({ key }) => key));
    for (const key of keys) {
      const position = this.positionOf(key);
      if (position < 0 || found.has(key)) continue;
      this.alive[position] = 0;
      this.namesChanged = true;
      changed.push(position);
    }
    for (const row of rows) {
      const position = this.positionOf(row.key);
      // A key that was given out again after its lead was gone.
      if (this.alive[position] !== 1) this.namesChanged = true;
      this.write(position, row);
      changed.push(position);
    }
    for (const row of this.store.all<Row>(`${this.select()} where l.key > ? order by l.key`, last)) {
      if (this.size >= this.keys.length) {
        this.load();
        return;
      }
      this.write(this.size, row);
      changed.push(this.size);
      this.size += 1;
      this.namesChanged = true;
    }
    this.rereadAttributes(changed);
    for (const [sort, order] of this.orders) {
      if (sort !== 'name') this.orders.set(sort, reorder(order, changed, this.valuesOf(sort), (position) => this.isAlive(position)));
    }
    this.version += 1;
  }

  private rereadAttributes(changed: readonly number[]): void {
    if (changed.length > attributesReread) {
      this.attributes.clear();
      return;
    }
    for (const [attributeKey, values] of this.attributes) {
      for (const position of changed) {
        const value = this.store.value<number>('select value from attribute_values where attribute_key = ? and lead_key = ?', attributeKey, this.keyAt(position));
        values[position] = value ?? Number.NaN;
      }
    }
  }

  private orderByName(): LeadOrder {
    const answered = new Uint32Array(this.size);
    let count = 0;
    for (const key of this.store.column<number>('select key from leads indexed by leads_by_name order by sort_name, key')) {
      const position = this.positionOf(key);
      if (position < 0) continue;
      answered[count] = position;
      count += 1;
    }
    return { answered: answered.subarray(0, count), unanswered: new Uint32Array(0) };
  }

  private orderByValue(values: ArrayLike<number>): LeadOrder {
    const answered: number[] = [];
    const unanswered: number[] = [];
    for (let position = 0; position < this.size; position += 1) {
      if (this.alive[position] !== 1) continue;
      (Number.isNaN(values[position]) ? unanswered : answered).push(position);
    }
    return {
      answered: Uint32Array.from(answered).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b),
      unanswered: Uint32Array.from(unanswered),
    };
  }

  /** Sources by the place of their names in the alphabet, so that a sort by source reads like one. */
  private sourceRanks(): Float64Array {
    const ranks = new Map<number, number>();
    for (const { key } of this.store.all<{ key: number }>('select key from sources order by folded')) ranks.set(key, ranks.size);
    const keys = this.whole.source;
    return Float64Array.from({ length: this.size }, (_none, position) => ranks.get(keys[position] ?? 0) ?? Number.NaN);
  }
}

/** Takes changed positions out of an order and puts those that are alive back where they belong now. */
function reorder(order: LeadOrder, changed: readonly number[], values: ArrayLike<number>, isAlive: (position: number) => boolean): LeadOrder {
  const moved = new Set(changed);
  const back = [...moved].filter(isAlive);
  const compare = (a: number, b: number): number => (values[a] ?? 0) - (values[b] ?? 0) || a - b;
  const coming = back.filter((position) => !Number.isNaN(values[position])).sort(compare);
  return {
    answered: merge(order.answered, moved, coming, compare),
    unanswered: merge(order.unanswered, moved, back.filter((position) => Number.isNaN(values[position])).sort((a, b) => a - b), (a, b) => a - b),
  };
}

function merge(from: Uint32Array, without: ReadonlySet<number>, coming: readonly number[], compare: (a: number, b: number) => number): Uint32Array {
  const result = new Uint32Array(from.length + coming.length);
  let count = 0;
  let next = 0;
  for (const position of from) {
    if (without.has(position)) continue;
    for (let each = coming[next]; each !== undefined && compare(each, position) < 0; each = coming[next]) {
      result[count] = each;
      count += 1;
      next += 1;
    }
    result[count] = position;
    count += 1;
  }
  for (const each of coming.slice(next)) {
    result[count] = each;
    count += 1;
  }
  return result.subarray(0, count);
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
