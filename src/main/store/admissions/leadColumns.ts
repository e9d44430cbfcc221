import { setImmediate as breathe } from 'node:timers/promises';
import { type LeadSort, leadSorts } from '#contract/admissions/leadFields';
import type { Store } from '../open';
import type { Reader } from '../tx';
import { servedModelKey } from '../models/predictions';
import { AttributeNumbers, AttributeTexts, type FactColumn, LeadTexts, rereadAtMost, roomy, TagSets } from './factColumns';
import type { FoldedTexts } from './foldedTexts';
import { HeldPredictions } from './heldPredictions';
import { HeldLeads, type HeldRow, type HeldTags, type PredictedFigure, selectHeld, type TestedLeads, type TextField } from './heldLeads';
import type { LeanNumbers, LeanWholes } from './leanValues';
import { type LeadOrder, type ValueAt, ValueOrder } from './leadOrders';
import { NameOrder } from './nameOrder';

type ValueSort = Exclude<LeadSort, 'name'>;
const valueSorts = leadSorts.filter((sort) => sort !== 'name');

/** Columns of attributes that are held at once; the one asked for first goes first. Texts are larger. */
const attributesHeld = 24;
const textAttributesHeld = 4;
/** Leads that are read at once: a slice takes a millisecond or two. */
const leadsPerSlice = 500;

/** What a question about leads needs besides their own columns. */
export interface LeadNeeds {
  readonly sorts?: readonly LeadSort[];
  readonly texts?: boolean;
  readonly tags?: boolean;
  /** Attributes that are no texts, and those that are, by key. */
  readonly attributes?: readonly number[];
  readonly textAttributes?: readonly number[];
  /** What the model that serves says. */
  readonly predictions?: boolean;
}

/**
 * The leads of a workspace as typed columns in memory: what lists filter, sort and count by. Every change of the tables is noticed by
 * triggers of this connection and read again before the next question.
 */
export class LeadColumns extends HeldLeads implements TestedLeads {
  private readonly texts: LeadTexts;
  /** The tags on each lead, as numbers of sets. */
  private readonly tagSets: TagSets;
  private readonly attributes = new Map<number, AttributeNumbers>();
  private readonly textAttributes = new Map<number, AttributeTexts>();
  private readonly orders: Readonly<Record<ValueSort, ValueOrder>>;
  private readonly names: NameOrder;
  private readonly predictions: HeldPredictions;
  /** Keys of leads whose row may have changed. */
  private readonly dirty = new Set<number>();
  /** Keys of leads whose texts and attributes may have changed, and of people. */
  private readonly edited = new Set<number>();
  private readonly editedPeople = new Set<number>();
  /** Keys of sources in the order of their names. */
  private sources: readonly number[] = [];
  /** What the sorts compared of a lead that is being read again. */
  private readonly before = new Float64Array(valueSorts.length);
  version = 0;
  /** Whether the leads that there were have all been read. */
  isComplete = false;

  constructor(private readonly store: Store) {
    super();
    this.texts = new LeadTexts(store, this);
    this.tagSets = new TagSets(store, this);
    this.names = new NameOrder(store, this);
    this.orders = Object.fromEntries(
      valueSorts.map((sort) => [
        sort,
        new ValueOrder({ size: () => this.size, isAlive: (position) => this.isAlive(position), values: () => this.valuesOf(sort), aliveMarks: () => this.alive }),
      ]),
    ) as Record<ValueSort, ValueOrder>;
    this.predictions = new HeldPredictions(
      store,
      this,
      (position) => { this.orders.modelChance.touch(position); },
      () => {
        this.orders.modelChance.forget();
        this.version += 1;
      },
    );
    store.watchRows('lead_predictions', 'lead_key', (key) => {
      this.predictions.touch(this.positionOf(key));
      this.version += 1;
    });
    store.watch('leads', (key) => this.dirty.add(key));
    // A person's change of a lead counts it up, a new score does not.
    store.watch('leads', (key) => this.edited.add(key), 'revision');
    store.watch('leads', (key) => { this.names.touch(key); }, 'sort_name');
    // What tags are called and stand for is asked anew; only what was counted by them is not true any more.
    store.watch('tags', () => { this.version += 1; });
    store.watch('people', (key) => this.editedPeople.add(key));
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

  /** Reads what a question needs, a slice at a time. Whoever gets a turn between may change something: it is read too. */
  *read({ sorts = [], texts = false, tags = false, attributes = [], textAttributes = [], predictions = false }: LeadNeeds): Generator<void> {
    while (this.advance()) yield;
    if (predictions || sorts.includes('modelChance')) {
      this.predictions.noticeModel();
      while (this.predictions.advance()) yield;
    }
    for (const sort of sorts) while (this.advance() || this.orderOf(sort).advance()) yield;
    if (texts) while (this.texts.advance()) yield;
    if (tags) while (this.tagSets.advance()) yield;
    for (const key of attributes.slice(0, attributesHeld)) while (this.attributeColumn(key).advance()) yield;
    for (const key of textAttributes.slice(0, textAttributesHeld)) while (this.textAttributeColumn(key).advance()) yield;
    while (this.advance()) yield;
  }

  /** Whether what is held of some keys, in ascending order, is up to date; others may have changed. */
  isCurrent(keys: Float64Array): boolean {
    if ((keys.at(-1) ?? 0) > this.keyAt(this.size - 1)) return false;
    return this.dirty.size === 0 || keys.every((key) => !this.dirty.has(key));
  }

  get tags(): HeldTags {
    return { sets: this.tagSets.sets, numbers: this.tagSets.values() };
  }

  get hasTexts(): boolean {
    return this.texts.isComplete;
  }

  /** They are read when somebody asks, where that has not been done in advance. */
  textsOf(field: TextField): FoldedTexts {
    return this.texts.texts(field);
  }

  /** Read as texts are, and kept while others are not asked for more. */
  attribute(attributeKey: number): LeanNumbers {
    return this.attributeColumn(attributeKey).values();
  }

  attributeTexts(attributeKey: number): FoldedTexts {
    return this.textAttributeColumn(attributeKey).texts();
  }

  predicted(figure: PredictedFigure): LeanNumbers {
    this.predictions.noticeModel();
    return this.predictions.values(figure);
  }

  /** The revision of each lead of which the model that serves has said something, 0 where it has not. */
  predictedRevisions(): LeanWholes {
    this.predictions.noticeModel();
    return this.predictions.revisionsOfLeads();
  }

  private attributeColumn(key: number): AttributeNumbers {
    return heldColumn(this.attributes, key, attributesHeld, () => new AttributeNumbers(this.store, this, key));
  }

  private textAttributeColumn(key: number): AttributeTexts {
    return heldColumn(this.textAttributes, key, textAttributesHeld, () => new AttributeTexts(this.store, this, key));
  }

  /** The leads in the order of a sort. */
  order(sort: LeadSort): LeadOrder {
    return this.orderOf(sort).order();
  }

  private orderOf(sort: LeadSort): ValueOrder | NameOrder {
    if (sort === 'name') return this.names;
    if (sort === 'source') this.noticeSources();
    if (sort === 'modelChance') this.predictions.noticeModel();
    return this.orders[sort];
  }

  /** What a sort compares, by position. */
  private valuesOf(sort: ValueSort): ValueAt {
    switch (sort) {
      case 'score':
      case 'probability':
      case 'enquiredAt':
      case 'lastActivityAt': {
        const values = this.numbersOf(sort);
        return (position) => values[position] ?? Number.NaN;
      }
      case 'modelChance': {
        const values = this.predictions.values('modelChance');
        return (position) => values[position] ?? Number.NaN;
      }
      case 'stage': {
        const values = this.wholes('stage');
        return (position) => values[position] ?? 0;
      }
      case 'source': {
        // By the place of their names in the alphabet, so that a sort by source reads like one.
        const ranks = new Float64Array(this.sources.reduce((most, key) => Math.max(most, key), 0) + 1).fill(Number.NaN);
        this.sources.forEach((key, rank) => {
          ranks[key] = rank;
        });
        const values = this.wholes('source');
        return (position) => ranks[values[position] ?? 0] ?? Number.NaN;
      }
    }
  }

  private noticeSources(): void {
    const sources = this.store.column<number>('select key from sources order by folded');
    if (sources.length === this.sources.length && sources.every((key, index) => key === this.sources[index])) return;
    this.sources = sources;
    this.orders.source.forget();
  }

  private facts(): FactColumn[] {
    return [this.texts, this.tagSets, ...this.attributes.values(), ...this.textAttributes.values()];
  }

  /** Hands on which texts and attributes must be read again once somebody asks for them. */
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

  /** Writes a row, and tells the orders that it moves in. */
  private put(position: number, row: HeldRow, isNew: boolean): void {
    const wasAlive = !isNew && this.isAlive(position);
    if (!isNew) for (const [index, sort] of valueSorts.entries()) this.before[index] = this.heldBy(sort, position);
    this.write(position, row);
    const moves = isNew || this.isAlive(position) !== wasAlive;
    if (moves) this.names.touch(row[0]);
    for (const [index, sort] of valueSorts.entries()) if (moves || !Object.is(this.heldBy(sort, position), this.before[index])) this.orders[sort].touch(position);
  }

  /** What decides about the place of a lead in a sort: of a source, its key. */
  private heldBy(sort: ValueSort, position: number): number {
    if (sort === 'modelChance') return this.predictions.chanceAt(position);
    return (sort === 'stage' || sort === 'source' ? this.wholes(sort)[position] : this.numbersOf(sort)[position]) ?? 0;
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
    for (const row of this.store.tuples<HeldRow>(`${selectHeld} where l.key in (select value from json_each(?))`, JSON.stringify(keys))) {
      gone.delete(row[0]);
      const position = this.positionOf(row[0]);
      if (position >= 0) this.put(position, row, false);
    }
    for (const key of gone) {
      const position = this.positionOf(key);
      if (position < 0) continue;
      this.alive[position] = 0;
      for (const sort of valueSorts) this.orders[sort].touch(position);
    }
    if (gone.size > 0) this.dropEnd();
    this.version += 1;
  }

  /** Lets go of leads at the end that are gone: their keys may be given out again. */
  private dropEnd(): void {
    const before = this.size;
    while (this.size > 0 && this.alive[this.size - 1] === 0) this.size -= 1;
    if (this.size === before) return;
    for (const column of this.facts()) column.shorten(this.size);
    this.predictions.shorten(this.size);
    for (const sort of valueSorts) for (let position = this.size; position < before; position += 1) this.orders[sort].touch(position);
  }

  /** Reads leads that are new: with keys after the last one. */
  private append(): boolean {
    const last = this.size === 0 ? -1 : this.keyAt(this.size - 1);
    const rows = this.store.tuples<HeldRow>(`${selectHeld} where l.key > ? order by l.key limit ${String(leadsPerSlice)}`, last);
    if (rows.length > 0) {
      this.grow(this.size + rows.length, last);
      for (const row of rows) {
        this.put(this.size, row, true);
        this.size += 1;
      }
      this.version += 1;
    }
    this.isComplete = rows.length < leadsPerSlice;
    return !this.isComplete;
  }

  private grow(length: number, last: number): void {
    if (length <= this.keys.length) return;
    // What is still to come is at most as many as there are keys after the last one.
    const coming = Math.max(0, (this.store.value<number>('select max(key) from leads') ?? 0) - Math.max(0, last));
    this.resize(roomy(this.size + Math.max(length - this.size, Math.min(coming, mostReserved))));
  }
}

/** Room that is made for new leads in advance, at most. */
const mostReserved = 4_000_000;

/** The column of a key; where it is new, the one that was asked for first makes room for it. */
function heldColumn<Column>(columns: Map<number, Column>, key: number, most: number, make: () => Column): Column {
  const known = columns.get(key);
  if (known !== undefined) return known;
  const oldest = columns.size >= most ? columns.keys().next().value : undefined;
  if (oldest !== undefined) columns.delete(oldest);
  const column = make();
  columns.set(key, column);
  return column;
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

/** Whether every lead is held: what is still read in advance then are orders, texts and attributes. */
export function hasReadLeads(store: Store): boolean {
  return columnsOf(store).isComplete;
}

/** Reads in advance what lists of leads need. Each step takes a few milliseconds, and whoever takes none after it lets others have a turn. */
export function prepareLeads(store: Store): Generator<void> {
  const keysOf = (type: string): number[] => store.column<number>(`select key from attributes where type ${type} 'text' order by label`);
  // Nothing of a model's is read while none serves.
  const sorts = valueSorts.filter((sort) => sort !== 'modelChance' || servedModelKey(store) !== null);
  return columnsOf(store).read({ sorts: ['score', 'name', ...sorts], texts: true, tags: true, attributes: keysOf('<>'), textAttributes: keysOf('=') });
}

/**
 * Reads what a question about leads needs, and lets others have a turn every few milliseconds: a million leads take some seconds. Whoever
 * asks without it waits as long, and everybody else too.
 */
export async function readLeads(store: Store, needs: LeadNeeds = {}): Promise<void> {
  for (const _step of columnsOf(store).read(needs)) await breathe();
}

/** Steps that are worth waiting for: what a few changes take, and not what a million leads do. */
const fewSteps = 5;

/** Whether what a question needs is there, or was read within a moment. */
export async function areLeadsRead(store: Store, needs: LeadNeeds = {}): Promise<boolean> {
  const steps = columnsOf(store).read(needs);
  for (let step = 0; step < fewSteps; step += 1) {
    if (steps.next().done === true) return true;
    await breathe();
  }
  return false;
}
