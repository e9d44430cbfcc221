import type { Baseline, LeadFacts } from '#domain/admissions/triage/facts';
import { alertsOfText, type RaisedAlert } from '#domain/admissions/alerts/causes';
import type { Judgement } from '#domain/admissions/triage/judge';
import { bandIndex, factorsOfReasons, inputsText, type KeptFactor, type KeptScore, keptScore, reasonsText } from '#domain/admissions/triage/kept';
import { type ChangedScores, figuresPerLead, textsAt } from '#domain/admissions/triage/packed';
import type { Reader, Writer } from '../tx';

/** The versions of everything that a score was made with. */
export interface ScoreVersions {
  readonly weightsKey: number;
  readonly configurationKey: number;
  readonly forecastKey: number;
  readonly baselineKey: number;
}

/** A lead as the rules judged it, ready to be kept. */
export interface JudgedLead extends Judgement {
  readonly key: number;
  readonly facts: LeadFacts;
}

const insertVersion = `
  insert into lead_scores (lead_key, as_of, score, probability, confidence, weights_key, configuration_key, forecast_key, baseline_key, inputs, reasons)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const updateFigures = `
  update leads set score = ?, probability = ?, confidence = ?, eta_days = ?, blockers = ?, band = ?, scored_at = ?, alerts = coalesce(?, alerts)
  where key = ? and (? is null or revision = ?)`;

interface ScoreText {
  readonly band: number;
  readonly inputs: string;
  readonly reasons: string;
}

/** Keeps a score, unless the lead is at another revision by now. A mask of null leaves that of the alerts. Answers whether it was kept. */
function write(writer: Writer, key: number, revision: number | null, kept: KeptScore, mask: number | null, text: ScoreText, versions: ScoreVersions, asOf: number): boolean {
  const { weightsKey, configurationKey, forecastKey, baselineKey } = versions;
  const { changes } = writer.run(updateFigures, kept.score, kept.probability, kept.confidence, kept.etaDays, kept.blockers, text.band, asOf, mask, key, revision, revision);
  if (changes === 0) return false;
  writer.run(insertVersion, key, asOf, kept.score, kept.probability, kept.confidence, weightsKey, configurationKey, forecastKey, baselineKey, text.inputs, text.reasons);
  return true;
}

/** Keeps a judgement as a new version, and its figures beside the lead. */
export function saveScore(writer: Writer, judged: JudgedLead, versions: ScoreVersions, asOf: number): void {
  const text = { band: bandIndex(judged), inputs: inputsText(judged.facts), reasons: reasonsText(judged) };
  write(writer, judged.key, null, keptScore(judged), null, text, versions, asOf);
}

/** The alerts of a lead that differ from those that are kept. */
export interface ChangedAlerts {
  readonly leadKey: number;
  readonly raised: readonly RaisedAlert[];
  /** Whether the lead never had one. */
  readonly first: boolean;
}

const updateAlertMask = 'update leads set alerts = ? where key = ? and (? is null or revision = ?)';

/** Notes which alerts a lead has, unless it is at another revision by now. Answers whether it was noted. */
export function saveAlertMask(writer: Writer, key: number, revision: number | null, mask: number): boolean {
  return writer.run(updateAlertMask, mask, key, revision, revision).changes > 0;
}

/**
 * Keeps one of the leads of a pack that changed, unless somebody has changed it meanwhile: then it has a newer score already. Answers its
 * alerts, where those changed and have to be kept too.
 */
export function saveChanged(writer: Writer, changed: ChangedScores, index: number, versions: ScoreVersions, asOf: number): ChangedAlerts | null {
  const from = index * figuresPerLead;
  const [score = 0, probability = 0, confidence = 0, days = Number.NaN, blockers = 0, band = 0, scoreChanged = 1, mask = 0, maskBefore = Number.NaN] = changed.figures.subarray(from, from + figuresPerLead);
  const key = changed.keys[index] ?? 0;
  const revision = changed.revisions[index] ?? 0;
  const { alerts, ...text } = textsAt(changed, index);
  const first = Number.isNaN(maskBefore);
  const newAlerts = mask !== (first ? 0 : maskBefore);
  const kept = { score, probability, confidence, etaDays: Number.isNaN(days) ? null : days, blockers };
  const written = scoreChanged === 1 ? write(writer, key, revision, kept, newAlerts ? mask : null, { band, ...text }, versions, asOf) : saveAlertMask(writer, key, revision, mask);
  return written && newAlerts ? { leadKey: key, raised: alertsOfText(alerts), first } : null;
}

export interface ScoreVersion {
  /** Counts from 1, the first score of the lead. */
  readonly number: number;
  readonly asOf: number;
  readonly score: number;
  readonly probability: number;
  readonly versions: ScoreVersions;
  /** What went into it, as `inputsText` wrote it. */
  readonly inputs: string;
  readonly factors: readonly KeptFactor[];
}

interface StoredVersion {
  readonly number: number;
  readonly as_of: number;
  readonly score: number;
  readonly probability: number;
  readonly weights_key: number;
  readonly configuration_key: number;
  readonly forecast_key: number;
  readonly baseline_key: number;
  readonly inputs: string;
  readonly reasons: string;
}

/** The versions of a lead's score, newest first. The lead was found within a scope before. */
export function scoreVersions(reader: Reader, leadKey: number, limit: number): ScoreVersion[] {
  return reader
    .all<StoredVersion>(
      `select row_number() over (order by key) as number, as_of, score, probability, weights_key, configuration_key, forecast_key, baseline_key, inputs, reasons
       from lead_scores where lead_key = ? order by key desc limit ?`,
      leadKey,
      limit,
    )
    .map((row) => ({
      number: row.number,
      asOf: row.as_of,
      versions: { weightsKey: row.weights_key, configurationKey: row.configuration_key, forecastKey: row.forecast_key, baselineKey: row.baseline_key },
      inputs: row.inputs,
      score: row.score,
      probability: row.probability,
      factors: factorsOfReasons(row.reasons),
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

/** The baseline that a score was made with, or null where it was made before the first. */
export function findBaseline(reader: Reader, key: number): Baseline | null {
  const value = reader.value<string>('select value from triage_baselines where key = ?', key);
  return value === undefined ? null : (JSON.parse(value) as Baseline);
}

/** What happened with a lead between two of its scores: contacts that were logged, and the file that brought something newer. */
export interface LeadEvents {
  readonly touchpoints: number;
  readonly file: string | null;
}

/** Looks for what happened after one moment and until another. The lead was found within a scope before. */
export function eventsBetween(reader: Reader, leadKey: number, after: number, until: number): LeadEvents {
  const from = Math.min(after + 1, until);
  return {
    touchpoints: reader.value<number>('select count(*) from touchpoints where lead_key = ? and created_at between ? and ?', leadKey, from, until) ?? 0,
    file:
      reader.value<string>(
        `select i.file_name from import_updates u join imports i on i.key = u.import_key
         where u.lead_key = ? and u.applied = 1 and i.started_at between ? and ? order by i.key desc limit 1`,
        leadKey,
        from,
        until,
      ) ?? null,
  };
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
