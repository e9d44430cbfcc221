import { stages } from '#domain/admissions/leads/stages';
import type { RowScope } from '#main/app/scope';
import type { Store } from '../open';
import { firstLeads, noteFirstShown } from './firstLeads';
import type { TestedLeads } from './heldLeads';
import { areLeadsRead, leadColumns, readLeads } from './leadColumns';
import { fittingLeads } from './leadList';
import type { LeadOrder } from './leadOrders';
import type { FilterSetting, LeadTest } from './leadTests';

export interface QueueQuery {
  readonly whose: 'mine' | 'unassigned' | 'everyone';
  readonly userKey: number;
  /** A lead that was contacted after this moment rests. UTC milliseconds. */
  readonly contactedSince: number;
  readonly limit: number;
  readonly offset: number;
}

export interface QueuePage {
  readonly keys: readonly number[];
  readonly total: number;
  /** False where there are more of everything: it was asked for before all leads had been read. */
  readonly totalIsExact: boolean;
  readonly resting: number;
  /** Of all open leads, whoever owns them. */
  readonly open: number;
  readonly unreachable: number;
  readonly undated: number;
}

const enrolled = stages.indexOf('enrolled');

/** Leads with something still to win. */
function openTest(columns: TestedLeads): LeadTest {
  const stage = columns.wholes('stage');
  const converted = columns.numbersOf('converted');
  return (position) => (stage[position] ?? enrolled) < enrolled && converted[position] !== 1;
}

function whoseTest({ whose, userKey }: QueueQuery, columns: TestedLeads): LeadTest {
  const owners = columns.wholes('owner');
  switch (whose) {
    case 'mine':
      return (position) => owners[position] === userKey;
    case 'unassigned':
      return (position) => owners[position] === 0;
    case 'everyone':
      return () => true;
  }
}

/** Open leads by score, the best first, without those that rest because they were contacted lately or put off. */
export function queueOf(store: Store, scope: RowScope, query: QueueQuery, setting: FilterSetting): QueuePage {
  const columns = leadColumns(store);
  return queueAmong(store, scope, query, setting, columns, columns.order('score'), true);
}

/** The same, for whoever can wait: meanwhile others have their turns, and where the best leads of all fill the page it does not wait. */
export async function readQueue(store: Store, scope: RowScope, query: QueueQuery, setting: FilterSetting): Promise<QueuePage> {
  const needs = { sorts: ['score'] } as const;
  if (!(await areLeadsRead(store, needs))) {
    const first = firstLeads(store, 'score', 'descending');
    const page = first === null ? null : queueAmong(store, scope, query, setting, first, first.order, false);
    if (page !== null && page.keys.length === query.limit) {
      noteFirstShown(store);
      return page;
    }
    await readLeads(store, needs);
  }
  return queueOf(store, scope, query, setting);
}

function queueAmong(store: Store, scope: RowScope, query: QueueQuery, setting: FilterSetting, columns: TestedLeads, order: LeadOrder, totalIsExact: boolean): QueuePage {
  const { marks } = fittingLeads(store, scope, {}, setting, columns);
  const isOpen = openTest(columns);
  const mine = whoseTest(query, columns);
  const contacted = columns.numbersOf('lastContactedAt');
  const snoozed = columns.numbersOf('snoozedUntil');
  const reach = columns.wholes('reach');
  const activity = columns.numbersOf('lastActivityAt');
  /** 1 where a lead is due. */
  const due = new Uint8Array(marks.length);
  let [total, resting, open, unreachable, undated] = [0, 0, 0, 0, 0];
  for (let position = 0; position < marks.length; position += 1) {
    if (marks[position] !== 1 || !isOpen(position)) continue;
    open += 1;
    if (((reach[position] ?? 0) & 3) === 0) unreachable += 1;
    if (Number.isNaN(activity[position])) undated += 1;
    if (!mine(position)) continue;
    if ((contacted[position] ?? 0) > query.contactedSince || (snoozed[position] ?? 0) > setting.now) {
      resting += 1;
      continue;
    }
    due[position] = 1;
    total += 1;
  }
  const keys: number[] = [];
  let skip = query.offset;
  const look = (position: number): void => {
    if (due[position] !== 1) return;
    if (skip > 0) skip -= 1;
    else keys.push(columns.keyAt(position));
  };
  const { answered, unanswered } = order;
  for (let i = answered.length - 1; i >= 0 && keys.length < query.limit; i -= 1) look(answered[i] ?? 0);
  for (let i = 0; i < unanswered.length && keys.length < query.limit; i += 1) look(unanswered[i] ?? 0);
  return { keys, total, totalIsExact, resting, open, unreachable, undated };
}

/** The keys of every lead that an actor sees, ascending: for what passes over all of them. */
export function readableKeys(store: Store, scope: RowScope, setting: FilterSetting): Float64Array {
  const columns = leadColumns(store);
  const { marks, total } = fittingLeads(store, scope, {}, setting, columns);
  const keys = new Float64Array(total);
  let count = 0;
  for (let position = 0; position < marks.length; position += 1) {
    if (marks[position] !== 1) continue;
    keys[count] = columns.keyAt(position);
    count += 1;
  }
  return keys;
}
