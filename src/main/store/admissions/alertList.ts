import type { AlertLevel } from '#domain/admissions/alerts/derive';
import { alertStates, type AlertState } from '#domain/admissions/alerts/lifecycle';
import type { RowScope } from '#main/app/scope';
import type { Store } from '../open';
import { leadColumns } from './leadColumns';
import { readableTest } from './leadList';
import type { FilterSetting } from './leadTests';

/** What of an alert a list passes over. */
interface ListedAlert {
  readonly leadKey: number;
  readonly cause: number;
  readonly level: AlertLevel;
  readonly state: number;
  readonly openedAt: number;
  readonly escalatedAt: number | null;
}

interface Held {
  readonly changes: number;
  readonly live: readonly ListedAlert[];
}

const held = new WeakMap<Store, Held>();

const selectLive = `
  select lead_key as leadKey, cause, level, state, opened_at as openedAt, escalated_at as escalatedAt
  from alerts indexed by alerts_live where state <> 3 order by level desc, due_at, lead_key, cause`;
const selectResolved = `
  select lead_key as leadKey, cause, level, state, opened_at as openedAt, escalated_at as escalatedAt
  from alerts indexed by alerts_resolved where state = 3 order by resolved_at desc`;

/** Everything that waits, the most urgent first; read again only when something was written since. */
function liveAlerts(store: Store): readonly ListedAlert[] {
  const changes = store.value<number>('select total_changes()') ?? 0;
  const known = held.get(store);
  if (known?.changes === changes) return known.live;
  const live = store.all<ListedAlert>(selectLive);
  held.set(store, { changes, live });
  return live;
}

export interface AlertQuery {
  readonly states: readonly AlertState[];
  readonly level: AlertLevel | null;
  /** Only of leads that this user owns. */
  readonly ownerKey: number | null;
  readonly leadKey: number | null;
  readonly escalated: boolean;
  /** From when on an alert counts as new. UTC milliseconds. */
  readonly newSince: number;
  readonly limit: number;
  readonly offset: number;
}

export type LevelCounts = Record<AlertLevel, number>;

export interface AlertPage {
  readonly selected: readonly { readonly leadKey: number; readonly cause: number }[];
  readonly total: number;
  /** Of what fits but for the level. */
  readonly counts: LevelCounts;
  /** Of everything that is open and was opened or went to the manager since then. */
  readonly fresh: LevelCounts;
}

/** The alerts that an actor sees, the most urgent first; resolved ones by when they were. */
export function listAlerts(store: Store, scope: RowScope, query: AlertQuery, setting: FilterSetting): AlertPage {
  const columns = leadColumns(store);
  const readable = readableTest(store, scope, {}, setting, columns);
  const owners = columns.wholes('owner');
  const wanted = new Set(query.states.map((state) => alertStates.indexOf(state)));
  const counts: LevelCounts = { 1: 0, 2: 0, 3: 0 };
  const fresh: LevelCounts = { 1: 0, 2: 0, 3: 0 };
  const selected: { leadKey: number; cause: number }[] = [];
  let total = 0;
  const look = ({ leadKey, cause, level, state, openedAt, escalatedAt }: ListedAlert): void => {
    const position = columns.positionOf(leadKey);
    if (position < 0 || !columns.isAlive(position) || !readable(position)) return;
    if (query.ownerKey !== null && owners[position] !== query.ownerKey) return;
    if (state === 0 && Math.max(openedAt, escalatedAt ?? 0) >= query.newSince) fresh[level] += 1;
    if (!wanted.has(state) || (query.leadKey !== null && leadKey !== query.leadKey) || (query.escalated && escalatedAt === null)) return;
    counts[level] += 1;
    if (query.level !== null && level !== query.level) return;
    if (total >= query.offset && selected.length < query.limit) selected.push({ leadKey, cause });
    total += 1;
  };
  for (const alert of liveAlerts(store)) look(alert);
  if (query.states.includes('resolved')) for (const alert of store.all<ListedAlert>(selectResolved)) look(alert);
  return { selected, total, counts, fresh };
}
