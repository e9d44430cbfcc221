import { setImmediate as breathe } from 'node:timers/promises';
import { DateTime } from 'luxon';
import type { Checkpoint } from '#domain/kernel/checkpoint';
import type { ForecastConfiguration } from '#domain/admissions/forecast/predict';
import { stages } from '#domain/admissions/leads/stages';
import { addSums, meansOf, noSums, signalCaps } from '#domain/admissions/triage/baseline';
import type { TriageConfiguration } from '#domain/admissions/triage/configuration';
import { type Baseline, emptyBaseline, type SourceOutcomes } from '#domain/admissions/triage/facts';
import { judgeLead, type Judgement, type JudgeSetting } from '#domain/admissions/triage/judge';
import type { Settings } from '#contract/platform/settings';
import type { RowScope } from '#main/app/scope';
import { systemScope } from '#main/app/scope';
import { currentConfiguration, currentWeights } from '#main/store/admissions/configuration';
import { namesByKey } from '#main/store/admissions/catalogue';
import { type FactNames, factsAfter, factsOf, isStillAt, type ScoredFacts } from '#main/store/admissions/facts';
import { currentBaseline, type JudgedLead, keptScore, sameScore, saveBaseline, saveScore, type ScoreVersions } from '#main/store/admissions/scores';
import { countCovered, courseTallies, signalTotals, sourceOutcomes } from '#main/store/admissions/tallies';
import type { Store } from '#main/store/open';
import type { Reader, Writer } from '#main/store/tx';
import type { Pool } from '#main/worker/pool';

/** Means are taken over at most about so many leads, evenly spread: they are rounded to hundredths, and more would not move them. */
const leadsForMeans = 20_000;
/** Leads that are judged at once in an engine thread. */
const leadsPerPiece = 2_000;
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

/** Judges a changed lead and keeps its score in the transaction of the change. Answers the judgement. */
export function rescoreLead(writer: Writer, key: number, settings: Settings, now: number): JudgedLead {
  const { setting, versions } = currentSetting(writer, settings, now);
  const [found] = factsOf(writer, systemScope, [key]);
  if (found === undefined) throw new Error('A lead that was just changed is gone.');
  const judged: JudgedLead = { key, facts: found.facts, ...judgeLead(found.facts, setting) };
  if (!sameScore(found.kept, keptScore(judged))) saveScore(writer, judged, versions, now);
  return judged;
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
}

/** Every lead that a run covers, or one in so many of them, in pieces. */
function* pieces(store: Store, names: FactNames, withImport: number | null, oneIn = 1): Generator<ScoredFacts[]> {
  let after = 0;
  for (;;) {
    const piece = factsAfter(store, after, leadsPerPiece, names, withImport, oneIn);
    const last = piece.at(-1);
    if (last === undefined) return;
    yield piece;
    after = last.key;
  }
}

/** Names and courses that facts refer to; read once for many leads. */
function factNames(store: Store): FactNames {
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
async function measureBaseline(parts: RescoreParts, configuration: TriageConfiguration, asOf: number, names: FactNames, total: number): Promise<Baseline> {
  const { store, pool, settings, signal, checkpoint } = parts;
  const withImport = parts.withImport ?? null;
  const partial = { signalCaps: signalCaps(signalTotals(store), configuration.minimumKnown), ...outcomesOf(store, settings, withImport) };
  const oneIn = Math.max(1, Math.floor(total / leadsForMeans));
  let sums = noSums;
  let done = 0;
  for (const piece of pieces(store, names, withImport, oneIn)) {
    sums = addSums(sums, await pool.run('triage.sum', { leads: piece.map(({ facts }) => facts), partial, configuration, asOf }, { signal }));
    done += piece.length * oneIn;
    checkpoint(Math.min(done, total), total * 2, 'Looking at all leads');
  }
  return { ...partial, means: meansOf(sums) };
}

interface JudgedPiece {
  readonly piece: readonly ScoredFacts[];
  readonly judged: Promise<Judgement[]>;
}

/** Sends the next piece to be judged, or answers null where there is none. */
function start(all: Generator<ScoredFacts[]>, judge: (piece: readonly ScoredFacts[]) => Promise<Judgement[]>): JudgedPiece | null {
  const next = all.next();
  if (next.done === true) return null;
  const piece = next.value;
  const judged = judge(piece);
  // Whoever stops before it is awaited must not leave an unheard refusal.
  judged.catch(() => undefined);
  return { piece, judged };
}

/**
 * Scores every lead anew. The engines run in a thread of their own while the core reads and writes; each transaction is short, and only
 * scores that changed are written.
 */
export async function rescoreAll(parts: RescoreParts): Promise<{ readonly scored: number; readonly changed: number }> {
  const { store, pool, settings, now, signal, checkpoint } = parts;
  const withImport = parts.withImport ?? null;
  const bulk = store.bulk();
  try {
    const names = factNames(store);
    const total = countCovered(store, withImport);
    const before = currentSetting(store, settings, now);
    const baseline = await measureBaseline(parts, before.setting.configuration, before.setting.asOf, names, total);
    const baselineKey = store.transaction((writer) => saveBaseline(writer, baseline, now));
    const setting: JudgeSetting = { ...before.setting, baseline };
    const versions = { ...before.versions, baselineKey };
    const judge = (piece: readonly ScoredFacts[]): Promise<Judgement[]> => pool.run('triage.judge', { leads: piece.map(({ facts }) => facts), setting }, { signal });
    let scored = 0;
    let changed = 0;
    const all = pieces(store, names, withImport);
    let next = start(all, judge);
    while (next !== null) {
      const { piece } = next;
      const judgements = await next.judged;
      // The next piece is judged while this one is written.
      next = start(all, judge);
      const differing = piece.flatMap((row, index): { row: ScoredFacts; judged: JudgedLead }[] => {
        const judgement = judgements[index];
        return judgement === undefined || sameScore(row.kept, keptScore(judgement)) ? [] : [{ row, judged: { key: row.key, facts: row.facts, ...judgement } }];
      });
      for (let from = 0; from < differing.length; from += leadsPerTurn) {
        const turn = differing.slice(from, from + leadsPerTurn);
        bulk.write(turn.length, (writer) => {
          for (const { row, judged } of turn) if (isStillAt(writer, row)) saveScore(writer, judged, versions, now);
        });
        await breathe();
      }
      scored += piece.length;
      changed += differing.length;
      checkpoint(total + scored, total * 2, 'Scoring');
      await breathe();
    }
    return { scored, changed };
  } finally {
    bulk.end();
  }
}
