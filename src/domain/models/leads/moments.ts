import { type Signal, signals } from '#domain/admissions/leads/signals';

// Each row of leads describes a moment: a lead that is open, now; one whose outcome is known, a moment at which it was open still. What is
// dated later than the moment is not in the row, so that a model learns from what it will know when it is asked.

const millisecondsPerDay = 86_400_000;

/** What leads did and when, by row. A kind is the position of a signal, or {@link otherActivity} where it counts towards none. */
export interface LeadActivities {
  readonly rows: Int32Array;
  readonly at: Float64Array;
  readonly kinds: Uint8Array;
}

/** A sign of life that no total counts. */
export const otherActivity = 255;

export interface Moments {
  /** As of when each row is, UTC milliseconds. */
  readonly at: Float64Array;
  /** Whether the lead was open at its moment: 0 where its outcome came with its file, so that nobody knows when it was. */
  readonly open: Uint8Array;
  /** When the outcome became known; NaN while it is open. */
  readonly outcomeAt: Float64Array;
}

/** A share in [0, 1) that an id always gives: FNV-1a, so that the moment of a lead is the same in every training. */
export function shareOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 4_294_967_296;
}

/**
 * A moment within the open life of a lead: at its end one could tell the outcome by what led up to it, and open leads are asked about at any
 * time (landmarking; van Houwelingen 2007).
 */
export function landmarkOf(id: string, began: number, outcomeAt: number): number {
  return outcomeAt <= began ? began : Math.floor(began + shareOf(id) * (outcomeAt - began));
}

/** Totals, activities and what files brought of them: what is needed to know a total at an earlier time. */
export interface DatedSignals {
  readonly signals: Readonly<Record<Signal, Float64Array>>;
  /** One bit a signal, in their order: whether a file brought a total of it. */
  readonly brought: Uint8Array;
  readonly activities: LeadActivities;
  readonly moments: Moments;
}

/**
 * Totals of each signal as they were at the moment of each row: less what came later. A total that nothing was known of at that time is
 * unknown, also where later activities have made it known.
 */
export function totalsAt({ signals: now, brought, activities, moments }: DatedSignals): Readonly<Record<Signal, Float64Array>> {
  const totals = Object.fromEntries(signals.map((signal) => [signal, now[signal].slice()])) as Record<Signal, Float64Array>;
  const counted = new Map<number, number>();
  const later: { readonly row: number; readonly kind: number }[] = [];
  for (let index = 0; index < activities.rows.length; index += 1) {
    const [row, kind] = [activities.rows[index]!, activities.kinds[index]!];
    if (kind >= signals.length) continue;
    if (activities.at[index]! > moments.at[row]!) later.push({ row, kind });
    else counted.set(row * signals.length + kind, 1);
  }
  for (const { row, kind } of later) totals[signals[kind]!][row]! -= 1;
  for (const { row, kind } of later) {
    const wasKnown = ((brought[row]! >> kind) & 1) === 1 || counted.has(row * signals.length + kind);
    const values = totals[signals[kind]!];
    values[row] = wasKnown ? Math.max(0, values[row]!) : Number.NaN;
  }
  return totals;
}

/** What a lead did before its moment, in numbers; NaN in rows whose lead was not open at a known moment. */
export interface RecentActivity {
  readonly daysSinceActivity: Float64Array;
  readonly activityLastWeek: Float64Array;
  readonly activityLastMonth: Float64Array;
  /** How the last week compares with the three before it: ln((1 + week) / (1 + a third of the three weeks before)), so that none is no infinity. */
  readonly activityGrowth: Float64Array;
}

/** Days at most that a silence counts: beyond it all silences are alike. */
const longestSilence = 365;

export function recentActivity(rows: number, { rows: of, at }: LeadActivities, { at: moments, open }: Moments): RecentActivity {
  const last = new Float64Array(rows).fill(Number.NEGATIVE_INFINITY);
  const week = new Float64Array(rows);
  const month = new Float64Array(rows);
  for (let index = 0; index < of.length; index += 1) {
    const row = of[index]!;
    const age = moments[row]! - at[index]!;
    if (age < 0) continue;
    last[row] = Math.max(last[row]!, at[index]!);
    if (age < 7 * millisecondsPerDay) week[row]! += 1;
    if (age < 28 * millisecondsPerDay) month[row]! += 1;
  }
  const whereOpen = (value: (row: number) => number): Float64Array => Float64Array.from({ length: rows }, (_, row) => (open[row] === 1 ? value(row) : Number.NaN));
  return {
    daysSinceActivity: whereOpen((row) => (last[row] === Number.NEGATIVE_INFINITY ? Number.NaN : Math.min(longestSilence, Math.floor((moments[row]! - last[row]!) / millisecondsPerDay)))),
    activityLastWeek: whereOpen((row) => week[row]!),
    activityLastMonth: whereOpen((row) => month[row]!),
    activityGrowth: whereOpen((row) => Math.log((1 + week[row]!) / (1 + (month[row]! - week[row]!) / 3))),
  };
}
