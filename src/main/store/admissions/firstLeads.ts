import type { LeadSort } from '#contract/admissions/leadFields';
import { servedModelKey } from '../models/predictions';
import type { Store } from '../open';
import type { FoldedTexts } from './foldedTexts';
import { HeldLeads, type HeldRow, type HeldTags, selectHeld, type TestedLeads } from './heldLeads';
import type { LeanNumbers } from './leanValues';
import type { LeadOrder } from './leadOrders';
import { searchQuery } from './leadTests';

/** What is not held of the first leads alone. */
export class NotHeld extends Error {}

export type Direction = 'ascending' | 'descending';

/** Leads that are looked at for a first page. */
const leadsAtHand = 400;
/** In a workspace with fewer keys than this, all columns are read in no time. */
const worthIt = 20_000;

/** The orders that an index has. */
const indexed: Partial<Record<LeadSort, string>> = {
  score: 'leads indexed by leads_by_score where score is not null order by score',
  name: 'leads indexed by leads_by_name order by sort_name',
};

/**
 * The first leads of an order, from its index: they answer a first page while the columns of all leads are still being read. Texts and
 * attributes are not among what is held of them.
 */
export class FirstLeads extends HeldLeads implements TestedLeads {
  readonly version = 0;
  readonly hasTexts = false;
  readonly order: LeadOrder;

  /** @param answered keys in the order of a sort, ascending; and those without a value */
  constructor(store: Store, answered: readonly number[], unanswered: readonly number[] = []) {
    super();
    const selected = [...answered, ...unanswered];
    this.resize(selected.length);
    for (const row of store.tuples<HeldRow>(`${selectHeld} where l.key in (select value from json_each(?)) order by l.key`, JSON.stringify(selected))) {
      this.write(this.size, row);
      this.size += 1;
    }
    const positions = (keys: readonly number[]): Uint32Array => Uint32Array.from(keys.map((key) => this.positionOf(key)).filter((position) => position >= 0 && this.isAlive(position)));
    this.order = { answered: positions(answered), unanswered: positions(unanswered) };
  }

  get tags(): HeldTags {
    throw new NotHeld();
  }

  textsOf(): FoldedTexts {
    throw new NotHeld();
  }

  attribute(): LeanNumbers {
    throw new NotHeld();
  }

  attributeTexts(): FoldedTexts {
    throw new NotHeld();
  }

  predicted(): LeanNumbers {
    throw new NotHeld();
  }
}

/** Stores of which somebody was shown the first leads alone, and has to be told once all are there. */
const shownFirst = new WeakSet<Store>();

export function noteFirstShown(store: Store): void {
  shownFirst.add(store);
}

/** Whether anybody was shown the first leads alone since this was last asked. */
export function takeFirstShown(store: Store): boolean {
  return shownFirst.delete(store);
}

const held = new WeakMap<Store, { readonly changes: number; readonly first: Map<string, FirstLeads> }>();

/** The first leads of a sort in a direction; null where no index has that order, or where it is not worth it. */
export function firstLeads(store: Store, sort: LeadSort, direction: Direction): FirstLeads | null {
  const from = indexed[sort];
  if (from === undefined || (store.value<number>('select max(key) from leads') ?? 0) < worthIt) return null;
  const changes = store.value<number>('select total_changes()') ?? 0;
  let known = held.get(store);
  if (known?.changes !== changes) {
    known = { changes, first: new Map() };
    held.set(store, known);
  }
  const name = `${sort} ${direction}`;
  let first = known.first.get(name);
  if (first === undefined) {
    const turned = direction === 'descending' ? ' desc' : '';
    const keys = store.column<number>(`select key from ${from}${turned}, key${turned} limit ${String(leadsAtHand)}`);
    first = new FirstLeads(store, direction === 'descending' ? keys.reverse() : keys);
    known.first.set(name, first);
  }
  return first;
}

/** What each sort compares, in SQL; what a model says, by the key of the one that serves. */
const comparisons = (modelKey: number | null): Readonly<Record<LeadSort, string>> => ({
  score: 'l.score',
  probability: 'l.probability',
  modelChance: `(select p.probability from lead_predictions p where p.lead_key = l.key and p.model_key = ${String(modelKey ?? 0)})`,
  name: 'l.sort_name',
  enquiredAt: 'l.enquired_at',
  lastActivityAt: 'l.last_activity_at',
  stage: 'l.stage',
  source: '(select s.folded from sources s where s.key = l.source_key)',
});

/** The leads in which each of some words begins a word, by the full-text index, in the order of a sort; null where they are many. */
export function foundLeads(store: Store, words: readonly string[], sort: LeadSort): FirstLeads | null {
  const found = store.column<number>('select rowid from leads_search where leads_search match ? limit ?', searchQuery(words), leadsAtHand + 1);
  if (found.length > leadsAtHand) return null;
  const value = comparisons(sort === 'modelChance' ? servedModelKey(store) : null)[sort];
  const keysWhere = (condition: string): number[] =>
    store.column<number>(`select l.key from leads l where l.key in (select value from json_each(?)) and ${value} ${condition} order by ${value}, l.key`, JSON.stringify(found));
  return new FirstLeads(store, keysWhere('is not null'), keysWhere('is null'));
}
