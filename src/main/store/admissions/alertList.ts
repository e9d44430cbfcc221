import { setImmediate as breathe } from 'node:timers/promises';
import type { AlertLevel } from '#domain/admissions/alerts/derive';
import { alertStates, type AlertState } from '#domain/admissions/alerts/lifecycle';
import type { RowScope } from '#main/app/scope';
import type { Store } from '../open';
import { leadColumns, readLeads } from './leadColumns';
import { fittingLeads } from './leadList';
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

const selectAlerts = 'select lead_key, level, cause, state, due_at, opened_at, escalated_at from alerts';
type Row = readonly [leadKey: number, level: AlertLevel, cause: number, state: number, dueAt: number, openedAt: number, escalatedAt: number | null];
const width = 7;
const selectResolved = `${selectAlerts} indexed by alerts_resolved where state = 3 order by resolved_at desc`;
const levels: readonly AlertLevel[] = [3, 2, 1];
/** Alerts that are read at once: a few milliseconds. */
const alertsPerSlice = 2_000;

function asListed([leadKey, level, cause, state, , openedAt, escalatedAt]: Row): ListedAlert {
  return { leadKey, cause, level, state, openedAt, escalatedAt };
}

/** All that waits, the most urgent first, as rows of numbers; read again, a slice at a time, once an alert was written. */
class LiveAlerts {
  private pieces: readonly Float64Array[] = [];
  private reading: Generator<void, Float64Array[]> | null = null;
  private fresh = false;

  constructor(private readonly store: Store) {
    store.watchAll('alerts', () => {
      this.fresh = false;
      this.reading = null;
    });
  }

  /** Reads a slice of what is missing. Answers whether there may be more. */
  advance(): boolean {
    if (this.fresh) return false;
    this.reading ??= this.read();
    const step = this.reading.next();
    if (step.done !== true) return true;
    this.pieces = step.value;
    this.reading = null;
    this.fresh = true;
    return false;
  }

  each(visit: (alert: ListedAlert) => void): void {
    while (this.advance());
    for (const piece of this.pieces) {
      for (let from = 0; from < piece.length; from += width) {
        const [leadKey = 0, level = 1, cause = 0, state = 0, , openedAt = 0, escalatedAt = Number.NaN] = piece.subarray(from, from + width);
        visit({ leadKey, level: level as AlertLevel, cause, state, openedAt, escalatedAt: Number.isNaN(escalatedAt) ? null : escalatedAt });
      }
    }
  }

  private *read(): Generator<void, Float64Array[]> {
    const pieces: Float64Array[] = [];
    for (const level of levels) {
      let [dueAt, leadKey, cause] = [Number.MIN_SAFE_INTEGER, 0, -1];
      for (;;) {
        const rows = this.store.tuples<Row>(
          `${selectAlerts} indexed by alerts_live where state <> 3 and level = ? and (due_at, lead_key, cause) > (?, ?, ?) order by due_at, lead_key, cause limit ${String(alertsPerSlice)}`,
          level,
          dueAt,
          leadKey,
          cause,
        );
        pieces.push(Float64Array.from(rows.flat(), (value) => value ?? Number.NaN));
        const last = rows.at(-1);
        if (last === undefined || rows.length < alertsPerSlice) break;
        [leadKey, , cause, , dueAt] = last;
        yield;
      }
    }
    return pieces;
  }
}

const held = new WeakMap<Store, LiveAlerts>();

function liveAlerts(store: Store): LiveAlerts {
  let live = held.get(store);
  if (live === undefined) {
    live = new LiveAlerts(store);
    held.set(store, live);
  }
  return live;
}

/** Reads what a list of alerts needs, and lets others have a turn every few milliseconds. */
export async function readAlerts(store: Store): Promise<void> {
  await readLeads(store);
  const live = liveAlerts(store);
  while (live.advance()) await breathe();
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
  const { marks } = fittingLeads(store, scope, {}, setting, columns);
  const owners = columns.wholes('owner');
  const wanted = new Set(query.states.map((state) => alertStates.indexOf(state)));
  const counts: LevelCounts = { 1: 0, 2: 0, 3: 0 };
  const fresh: LevelCounts = { 1: 0, 2: 0, 3: 0 };
  const selected: { leadKey: number; cause: number }[] = [];
  let total = 0;
  const look = ({ leadKey, cause, level, state, openedAt, escalatedAt }: ListedAlert): void => {
    const position = columns.positionOf(leadKey);
    if (position < 0 || marks[position] !== 1) return;
    if (query.ownerKey !== null && owners[position] !== query.ownerKey) return;
    if (state === 0 && Math.max(openedAt, escalatedAt ?? 0) >= query.newSince) fresh[level] += 1;
    if (!wanted.has(state) || (query.leadKey !== null && leadKey !== query.leadKey) || (query.escalated && escalatedAt === null)) return;
    counts[level] += 1;
    if (query.level !== null && level !== query.level) return;
    if (total >= query.offset && selected.length < query.limit) selected.push({ leadKey, cause });
    total += 1;
  };
  liveAlerts(store).each(look);
  if (query.states.includes('resolved')) for (const row of store.tuples<Row>(selectResolved)) look(asListed(row));
  return { selected, total, counts, fresh };
}
