import { setImmediate as breathe } from 'node:timers/promises';
import { DateTime } from 'luxon';
import type { Checkpoint } from '#domain/kernel/checkpoint';
import type { ForecastConfiguration } from '#domain/admissions/forecast/predict';
import { stages } from '#domain/admissions/leads/stages';
import { meansOf, signalCaps } from '#domain/admissions/triage/baseline';
import type { TriageConfiguration } from '#domain/admissions/triage/configuration';
import { type Baseline, emptyBaseline, type SourceOutcomes } from '#domain/admissions/triage/facts';
import { judgeLead, type JudgeSetting } from '#domain/admissions/triage/judge';
import { keptScore, sameScore } from '#domain/admissions/triage/kept';
import type { ChangedScores, PackedNames } from '#domain/admissions/triage/packed';
import type { Settings } from '#contract/platform/settings';
import { type RowScope, systemScope } from '#main/app/scope';
import type { AlertLimits } from '#domain/admissions/alerts/limits';
import { namesByKey } from '#main/store/admissions/catalogue';
import { currentConfiguration, currentWeights } from '#main/store/admissions/configuration';
import { factsOf } from '#main/store/admissions/facts';
import { currentBaseline, type JudgedLead, saveBaseline, saveChanged, saveScore, type ScoreVersions } from '#main/store/admissions/scores';
import { readLeads } from '#main/store/admissions/leadColumns';
import { countCovered, coveredKeys, courseTallies, keysOfImport, packLeads, signalTotals, sourceOutcomes } from '#main/store/admissions/tallies';
import type { Bulk, Store } from '#main/store/open';
import type { Reader, Writer } from '#main/store/tx';
import type { Pool } from '#main/worker/pool';
import { keepAlerts, keepAlertsOf, limitsOf } from './alertKeeping';

/** Means are taken over at most about so many leads, evenly spread: they are rounded to hundredths, and more would not move them. */
const leadsForMeans = 20_000;
/** Leads that are judged at once in an engine thread. */
const leadsPerPiece = 500;
/** Scores that are written before others get a turn. */
const leadsPerTurn = 500;

/**
 * The end of a moment's day in the workspace's time zone: a score holds for a day, so that a list and a page agree until midnight and
 * age together after it.
 */
export function endOfDay(at: number, timeZone: string): number {
  return DateTime.fromMillis(at, { zone: timeZone }).endOf('day').toMillis();
}

/** Weights, configuration and baseline as they hold now, with the versions that a score is kept under. */
export function currentSetting(reader: Reader, settings: Settings, now: number): { readonly setting: JudgeSetting; readonly versions: ScoreVersions } {
  const weights = currentWeights(reader);
  const configuration = currentConfiguration<TriageConfiguration>(reader, 'triage');
  const forecast = currentConfiguration<ForecastConfiguration>(reader, 'forecast');
  const baseline = currentBaseline(reader);
  return {
    setting: {
      weights: weights.weights,
      configuration: configuration.value,
      forecast: forecast.value,
      baseline: baseline?.value ?? emptyBaseline,
      asOf: endOfDay(now, settings.timeZone),
    },
    versions: {
      weightsKey: weights.key,
      configurationKey: configuration.key,
      forecastKey: forecast.key,
      baselineKey: baseline?.key ?? 0,
    },
  };
}

/** Judges leads by key as of now, without keeping anything. */
export function judgeStored(reader: Reader, scope: RowScope, keys: readonly number[], setting: JudgeSetting): JudgedLead[] {
  return factsOf(reader, scope, keys).map(({ key, facts }) => ({ key, facts, ...judgeLead(facts, setting) }));
}

/** Judges changed leads and keeps their scores in the transaction of the change. Answers the judgements. */
export function rescoreLeads(writer: Writer, keys: readonly number[], settings: Settings, now: number): JudgedLead[] {
  if (keys.length === 0) return [];
  const { setting, versions } = currentSetting(writer, settings, now);
  return factsOf(writer, systemScope, keys).map((found) => {
    const judged: JudgedLead = { key: found.key, facts: found.facts, ...judgeLead(found.facts, setting) };
    if (!sameScore(found.kept, keptScore(judged))) saveScore(writer, judged, versions, now);
    keepAlertsOf(writer, found.key, judged, found, limitsOf(settings), now);
    return judged;
  });
}

/** The same for one lead. */
export function rescoreLead(writer: Writer, key: number, settings: Settings, now: number): JudgedLead {
  const [judged] = rescoreLeads(writer, [key], settings, now);
  if (judged === undefined) throw new Error('A lead that was just changed is gone.');
  return judged;
}

/** Brings the alerts of leads in step with who owns them now, in the transaction of that change. Their scores are not touched. */
export function realertLeads(writer: Writer, keys: readonly number[], settings: Settings, now: number): void {
  const { setting } = currentSetting(writer, settings, now);
  for (const found of factsOf(writer, systemScope, keys)) keepAlertsOf(writer, found.key, judgeLead(found.facts, setting), found, limitsOf(settings), now);
}

export interface RescoreParts {
  readonly store: Store;
  readonly pool: Pool;
  readonly settings: Settings;
  readonly now: number;
  readonly signal: AbortSignal;
  readonly checkpoint: Checkpoint;
  /** An import that is still hidden but about to be shown: its leads count and are scored. */
  readonly withImport?: number;
  /** Judges the leads of that import alone; the workspace is measured with all. */
  readonly importAlone?: boolean;
}

/** Names and courses that facts refer to; read once for many leads. */
export function packedNames(store: Store): PackedNames {
  return {
    sources: namesByKey(store, 'sources'),
    courses: new Map(courseTallies(store).map(({ key, name, places, taken }) => [key, { name, capacity: places, taken }])),
  };
}

function outcomesOf(store: Store, settings: Settings, withImport: number | null): { readonly outcomes: SourceOutcomes; readonly sources: Record<string, SourceOutcomes> } {
  const tallies = [...sourceOutcomes(store, stages.indexOf(settings.convertedStage), withImport)];
  const sources = Object.fromEntries(tallies.map(([key, { converted, known }]) => [String(key), { converted, known }]));
  const outcomes = tallies.reduce((sum, [, each]) => ({ converted: sum.converted + each.converted, known: sum.known + each.known }), { converted: 0, known: 0 });
  return { outcomes, sources };
}

/** Looks at all leads to see what the workspace is like: means, caps and the outcomes of its sources. */
export async function measureBaseline(parts: Pick<RescoreParts, 'store' | 'pool' | 'settings' | 'signal' | 'withImport'>, configuration: TriageConfiguration, asOf: number, names: PackedNames, total: number): Promise<Baseline> {
  const { store, pool, settings, signal } = parts;
  const withImport = parts.withImport ?? null;
  const partial = { signalCaps: signalCaps(signalTotals(store, withImport), configuration.minimumKnown), ...outcomesOf(store, settings, withImport) };
  const sample = coveredKeys(store, withImport, Math.max(1, Math.floor(total / leadsForMeans)));
  const sums = await pool.run('triage.sum', { pack: packLeads(store, sample), names, partial, configuration, asOf }, { signal });
  return { ...partial, means: meansOf(sums) };
}

/** Cuts a list of keys into pieces. */
function* piecesOf(keys: Float64Array): Generator<Float64Array> {
  for (let from = 0; from < keys.length; from += leadsPerPiece) yield keys.subarray(from, from + leadsPerPiece);
}

/**
 * Scores every lead anew. The engines run in a thread of their own while the core writes; each turn is short, and only scores that
 * changed are written.
 */
export async function rescoreAll(parts: RescoreParts): Promise<{ readonly scored: number; readonly changed: number }> {
  const { store, pool, settings, now, signal, checkpoint } = parts;
  const withImport = parts.withImport ?? null;
  await readLeads(store);
  const bulk = store.bulk();
  try {
    const names = packedNames(store);
    const total = countCovered(store, withImport);
    const keys = parts.importAlone === true && withImport !== null ? keysOfImport(store, withImport) : coveredKeys(store, withImport);
    const before = currentSetting(store, settings, now);
    checkpoint(0, keys.length, 'Looking at all leads');
    const baseline = await measureBaseline(parts, before.setting.configuration, before.setting.asOf, names, total);
    const baselineKey = store.transaction((writer) => saveBaseline(writer, baseline, now));
    const setting: JudgeSetting = { ...before.setting, baseline };
    const versions = { ...before.versions, baselineKey };
    const pieces = piecesOf(keys);
    const judgeNext = (): Promise<ChangedScores> | null => {
      const piece = pieces.next();
      if (piece.done === true) return null;
      const judged = pool.run('triage.judge', { pack: packLeads(store, piece.value), names, setting }, { signal });
      // Whoever stops before it is awaited must not leave an unheard refusal.
      judged.catch(() => undefined);
      return judged;
    };
    let scored = 0;
    let changed = 0;
    // Three pieces are under way at once: one is judged and one waits for its turn while another is written.
    const waiting = [judgeNext(), judgeNext(), judgeNext()];
    for (let judged = waiting.shift(); judged !== undefined && judged !== null; judged = waiting.shift()) {
      const scores = await judged;
      waiting.push(judgeNext());
      await keepScores(bulk, scores, versions, limitsOf(settings), now);
      scored = Math.min(keys.length, scored + leadsPerPiece);
      changed += scores.keys.length;
      checkpoint(scored, keys.length, 'Scoring');
    }
    return { scored, changed };
  } finally {
    bulk.end();
  }
}

async function keepScores(bulk: Bulk, scores: ChangedScores, versions: ScoreVersions, limits: AlertLimits, now: number): Promise<void> {
  for (let from = 0; from < scores.keys.length; from += leadsPerTurn) {
    const to = Math.min(scores.keys.length, from + leadsPerTurn);
    bulk.write(to - from, (writer) => {
      for (let index = from; index < to; index += 1) {
        const alerts = saveChanged(writer, scores, index, versions, now);
        if (alerts !== null) keepAlerts(writer, alerts, limits, now);
      }
    });
    await breathe();
  }
}
