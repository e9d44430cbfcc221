import { stages } from '#domain/admissions/leads/stages';
import type { RowScope } from '#main/app/scope';
import type { Store } from '../open';
import { leadColumns, type LeadColumns } from './leadColumns';
import { readableTest } from './leadList';
import { every, type FilterSetting, type LeadTest } from './leadTests';

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
  readonly resting: number;
  /** Of all open leads, whoever owns them. */
  readonly open: number;
  readonly unreachable: number;
  readonly undated: number;
}

const enrolled = stages.indexOf('enrolled');

/** Leads with something still to win. */
function openTest(columns: LeadColumns): LeadTest {
  const stage = columns.wholes('stage');
  const converted = columns.numbersOf('converted');
  return (position) => (stage[position] ?? enrolled) < enrolled && converted[position] !== 1;
}

function whoseTest({ whose, userKey }: QueueQuery, columns: LeadColumns): LeadTest {
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
  const openLeads = every([readableTest(store, scope, {}, setting, columns), openTest(columns)]);
  const mine = whoseTest(query, columns);
  const contacted = columns.numbersOf('lastContactedAt');
  const snoozed = columns.numbersOf('snoozedUntil');
  const rests: LeadTest = (position) => (contacted[position] ?? 0) > query.contactedSince || (snoozed[position] ?? 0) > setting.now;
  const reach = columns.wholes('reach');
  const activity = columns.numbersOf('lastActivityAt');
  const { answered, unanswered } = columns.order('score');
  const keys: number[] = [];
  let [total, resting, open, unreachable, undated] = [0, 0, 0, 0, 0];
  const look = (position: number): void => {
    if (!openLeads(position)) return;
    open += 1;
    if (((reach[position] ?? 0) & 3) === 0) unreachable += 1;
    if (Number.isNaN(activity[position])) undated += 1;
    if (!mine(position)) return;
    if (rests(position)) {
      resting += 1;
      return;
    }
    if (total >= query.offset && keys.length < query.limit) keys.push(columns.keyAt(position));
    total += 1;
  };
  for (let i = answered.length - 1; i >= 0; i -= 1) look(answered[i] ?? 0);
  for (const position of unanswered) look(position);
  return { keys, total, resting, open, unreachable, undated };
}

/** The keys of every lead that an actor sees, ascending: for what passes over all of them. */
export function readableKeys(store: Store, scope: RowScope, setting: FilterSetting): Float64Array {
  const columns = leadColumns(store);
  const test = readableTest(store, scope, {}, setting, columns);
  const keys: number[] = [];
  for (let position = 0; position < columns.length; position += 1) if (columns.isAlive(position) && test(position)) keys.push(columns.keyAt(position));
  return Float64Array.from(keys);
}
