import { signals } from '#domain/admissions/leads/signals';
import { signalOf, type Touchpoint } from '#domain/admissions/leads/touchpoints';
import { factsOfInputs } from '#domain/admissions/triage/kept';
import type { LeadFacts } from '#domain/admissions/triage/facts';
import { landmarkOf, type LeadActivities, type Moments, otherActivity } from '#domain/models/leads/moments';
import type { Fragment } from '../fragments';
import type { Reader } from '../tx';

// When things happened to leads that were selected within a scope: what is needed to describe a lead as it was at a moment.

const millisecondsPerDay = 86_400_000;
/** Days before a moment that anybody asks about. */
const daysBefore = 366;

/** Where each lead stands among those that were read. */
export type Places = ReadonlyMap<number, number>;

/** Rows of some leads: a few by their keys, many by the range in which they lie. */
export function placesWithin(column: string, places: Places): Fragment {
  if (places.size <= 500) return { sql: `${column} in (select value from json_each(?))`, params: [JSON.stringify([...places.keys()])] };
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const key of places.keys()) {
    least = Math.min(least, key);
    most = Math.max(most, key);
  }
  return { sql: `${column} between ? and ?`, params: [least, most] };
}

/**
 * As of when each lead is described: now, or, to learn from it, within its open life. Where a file brought the outcome it was known when
 * the lead came, so that only what the file said counts.
 */
export function readMoments(reader: Reader, places: Places, leads: { readonly ids: readonly string[]; readonly createdAt: Float64Array; readonly closed: Uint8Array }, forTraining: boolean, now: number): Moments {
  const rows = leads.ids.length;
  const moments: Moments = { at: new Float64Array(rows).fill(now), open: new Uint8Array(rows).fill(1), outcomeAt: new Float64Array(rows).fill(Number.NaN) };
  if (!forTraining) return moments;
  const since = new Map<number, number>();
  const known = placesWithin('o.lead_key', places);
  // The newest run of the same outcome: a lead that was lost and won later was not lost.
  for (const [leadKey, at, converted] of reader.tuples<readonly [number, number, number]>(`select o.lead_key, o.at, o.converted from outcomes o where ${known.sql} order by o.lead_key, o.at`, ...known.params)) {
    const row = places.get(leadKey);
    if (row === undefined || leads.closed[row] !== converted) {
      if (row !== undefined) since.delete(row);
    } else if (!since.has(row)) since.set(row, at);
  }
  for (let row = 0; row < rows; row += 1) {
    if (leads.closed[row] === 2) continue;
    const created = leads.createdAt[row] ?? now;
    const outcomeAt = since.get(row);
    moments.outcomeAt[row] = outcomeAt ?? created;
    moments.at[row] = outcomeAt === undefined ? created : landmarkOf(leads.ids[row] ?? '', created, outcomeAt);
    moments.open[row] = outcomeAt === undefined ? 0 : 1;
  }
  return moments;
}

/** What leads did, from a year before the earliest moment on. */
export function readActivities(reader: Reader, places: Places, moments: Moments): LeadActivities {
  const from = moments.at.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY) - daysBefore * millisecondsPerDay;
  const { sql: within, params } = placesWithin('a.lead_key', places);
  const found: (readonly [row: number, at: number, kind: number])[] = [];
  const touchpoints = reader.tuples<readonly [number, number, Touchpoint['kind'], string, Touchpoint['outcome']]>(
    `select a.lead_key, a.at, a.kind, a.direction, a.outcome from touchpoints a where a.at >= ? and ${within}`,
    from,
    ...params,
  );
  for (const [leadKey, at, kind, direction, outcome] of touchpoints) {
    const row = places.get(leadKey);
    if (row === undefined) continue;
    const touchpoint: Touchpoint = { kind, direction: direction === 'inbound' ? 'inbound' : 'outbound', outcome };
    const signal = signalOf(touchpoint);
    if (signal !== null) found.push([row, at, signals.indexOf(signal)]);
    else if (kind === 'visit' && direction === 'inbound') found.push([row, at, otherActivity]);
  }
  // What a person did, by the rules or by somebody's word: kinds and verdicts are positions in the lists of the domain.
  const events = reader.tuples<readonly [number, number, number]>(
    `select a.lead_key, a.at, a.kind from engagement_events a where a.at >= ? and a.shown = 1 and a.kind in (1, 2) and ifnull(a.overruled, a.verdict) = 0 and ${within}`,
    from,
    ...params,
  );
  for (const [leadKey, at, kind] of events) {
    const row = places.get(leadKey);
    if (row !== undefined) found.push([row, at, signals.indexOf(kind === 1 ? 'emailOpens' : 'emailClicks')]);
  }
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return { rows: Int32Array.from(found, ([row]) => row), at: Float64Array.from(found, ([, at]) => at), kinds: Uint8Array.from(found, ([, , kind]) => kind) };
}

/** What was known of a lead at its moment, and what the rules said then. */
export interface EarlierFacts {
  readonly facts: LeadFacts;
  readonly probability: number;
}

/** What went into the last score before the moment of each lead that was open then; of a lead that was first scored later, into its first. */
export function readEarlier(reader: Reader, keys: readonly number[], { at, open, outcomeAt }: Moments): ReadonlyMap<number, EarlierFacts> {
  const earlier = new Map<number, EarlierFacts>();
  keys.forEach((key, row) => {
    if (open[row] !== 1 || Number.isNaN(outcomeAt[row])) return;
    const found =
      reader.get<{ inputs: string; probability: number }>('select inputs, probability from lead_scores where lead_key = ? and as_of <= ? order by key desc limit 1', key, at[row] ?? 0) ??
      reader.get<{ inputs: string; probability: number }>('select inputs, probability from lead_scores where lead_key = ? order by key limit 1', key);
    if (found !== undefined) earlier.set(row, { facts: factsOfInputs(found.inputs, (name) => name), probability: found.probability });
  });
  return earlier;
}
