import type { LeadForecast } from '#domain/admissions/forecast/predict';
import type { Baseline, LeadFacts } from '#domain/admissions/triage/facts';
import { bands, type Factor } from '#domain/admissions/triage/configuration';
import type { Phrase } from '#domain/kernel/phrase';
import type { LeadScore } from '#domain/admissions/triage/score';
import type { Reader, Writer } from '../tx';
import type { KeptScore } from './facts';
import { blockerMask } from './leadRows';

/** The versions of everything that a score was made with. */
export interface ScoreVersions {
  readonly weightsKey: number;
  readonly configurationKey: number;
  readonly forecastKey: number;
  readonly baselineKey: number;
}

/** A lead as the rules judged it, ready to be kept. */
export interface JudgedLead {
  readonly key: number;
  readonly facts: LeadFacts;
  readonly score: LeadScore;
  readonly forecast: LeadForecast;
}

/** What of a judgement is kept beside the lead. */
export function keptScore({ score, forecast }: Pick<JudgedLead, 'score' | 'forecast'>): KeptScore {
  return {
    score: score.score,
    probability: forecast.probability,
    confidence: score.confidence,
    etaDays: forecast.etaDays,
    blockers: blockerMask(score.blockers.map(({ type }) => type)),
  };
}

/** Whether a judgement says anything else than the one before. */
export function sameScore(a: KeptScore | null, b: KeptScore): boolean {
  return a !== null && a.score === b.score && a.probability === b.probability && a.confidence === b.confidence && a.etaDays === b.etaDays && a.blockers === b.blockers;
}

/** What went into a score: what is unknown is left out. */
function inputsOf({ leadId: _id, lastActivityAt, converted, source, course, ...facts }: LeadFacts): string {
  const inputs: Record<string, unknown> = facts;
  if (lastActivityAt !== null) inputs.lastActivityAt = lastActivityAt;
  if (converted !== null) inputs.converted = converted;
  if (source !== null) inputs.source = source.name;
  if (course !== null) inputs.course = course;
  return JSON.stringify(inputs);
}

/** A factor of a kept score: what it gave, whether it was known, and its reason. */
type KeptFactor = readonly [factor: Factor, points: number, known: 0 | 1, reason: string, params: Phrase['params']];

/** Keeps a judgement as a new version, and its figures beside the lead. */
export function saveScore(writer: Writer, judged: JudgedLead, versions: ScoreVersions, asOf: number): void {
  const kept = keptScore(judged);
  writer.run(
    `insert into lead_scores (lead_key, as_of, score, probability, confidence, weights_key, configuration_key, forecast_key, baseline_key, inputs, reasons)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    judged.key,
    asOf,
    kept.score,
    kept.probability,
    kept.confidence,
    versions.weightsKey,
    versions.configurationKey,
    versions.forecastKey,
    versions.baselineKey,
    inputsOf(judged.facts),
    JSON.stringify(judged.score.factors.map(({ factor, points, known, reason }): KeptFactor => [factor, points, known ? 1 : 0, reason.key, reason.params])),
  );
  writer.run(
    'update leads set score = ?, probability = ?, confidence = ?, eta_days = ?, blockers = ?, band = ?, scored_at = ? where key = ?',
    kept.score,
    kept.probability,
    kept.confidence,
    kept.etaDays,
    kept.blockers,
    bands.indexOf(judged.score.band),
    asOf,
    judged.key,
  );
}

export interface ScoreVersion {
  readonly asOf: number;
  readonly score: number;
  readonly probability: number;
  readonly factors: readonly { readonly factor: Factor; readonly points: number; readonly known: boolean; readonly reason: Phrase }[];
}

interface StoredVersion {
  readonly as_of: number;
  readonly score: number;
  readonly probability: number;
  readonly reasons: string;
}

/** The versions of a lead's score, newest first. The lead was found within a scope before. */
export function scoreVersions(reader: Reader, leadKey: number, limit: number): ScoreVersion[] {
  return reader
    .all<StoredVersion>('select as_of, score, probability, reasons from lead_scores where lead_key = ? order by key desc limit ?', leadKey, limit)
    .map((row) => ({
      asOf: row.as_of,
      score: row.score,
      probability: row.probability,
      factors: (JSON.parse(row.reasons) as KeptFactor[]).map(([factor, points, known, key, params]) => ({
        factor,
        points,
        known: known === 1,
        reason: { key, params },
      })),
    }));
}

export interface StoredBaseline {
  readonly key: number;
  readonly value: Baseline;
  readonly createdAt: number;
}

/** What the workspace looked like at the last run over all leads, or null before the first. */
export function currentBaseline(reader: Reader): StoredBaseline | null {
  const row = reader.get<{ key: number; value: string; created_at: number }>('select key, value, created_at from triage_baselines order by key desc limit 1');
  return row === undefined ? null : { key: row.key, value: JSON.parse(row.value) as Baseline, createdAt: row.created_at };
}

/** Keeps a baseline; where nothing has changed, the one before is stamped anew instead. */
export function saveBaseline(writer: Writer, value: Baseline, now: number): number {
  const text = JSON.stringify(value);
  const last = writer.get<{ key: number; value: string }>('select key, value from triage_baselines order by key desc limit 1');
  if (last?.value === text) {
    writer.run('update triage_baselines set created_at = ? where key = ?', now, last.key);
    return last.key;
  }
  return writer.run('insert into triage_baselines (value, created_at) values (?, ?)', text, now).key;
}
