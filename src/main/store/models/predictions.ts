import type { Reader, Writer } from '../tx';
import { servingOrder } from './models';

/** What leads are predicted for in lists. */
const target = 'lead.conversion';

/** Models whose bytes were found broken, by store. Found anew after each start, when somebody first asks a model. */
const broken = new WeakMap<Reader, ReadonlySet<number>>();

/** Notes which of the models that should serve cannot. */
export function noteBroken(reader: Reader, modelKeys: readonly number[]): void {
  broken.set(reader, new Set(modelKeys));
}

/** The key of the model whose predictions are shown: what serves, and is not known to be broken. Null where none does. */
export function servedModelKey(reader: Reader): number | null {
  const gone = broken.get(reader);
  return servingOrder(reader, target).find((key) => gone?.has(key) !== true) ?? null;
}

/** What a model says of leads, row by row. */
export interface SaidOfLeads {
  readonly probabilities: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly confidence: Float64Array;
  /** Of each lead when it was read. */
  readonly revisions: readonly number[];
}

/** Keeps what a model says of leads that were found within a scope. Figures are single precision, so that columns of them stay small. */
export function savePredictions(writer: Writer, modelKey: number, leadKeys: readonly number[], said: SaidOfLeads, now: number): void {
  leadKeys.forEach((leadKey, row) => {
    writer.run(
      `insert into lead_predictions (lead_key, model_key, probability, lower, upper, confidence, lead_revision, at)
       select key, ?, ?, ?, ?, ?, ?, ? from leads where key = ?
       on conflict (lead_key) do update set model_key = excluded.model_key, probability = excluded.probability, lower = excluded.lower,
         upper = excluded.upper, confidence = excluded.confidence, lead_revision = excluded.lead_revision, at = excluded.at`,
      modelKey,
      Math.fround(said.probabilities[row] ?? 0),
      Math.fround(said.lower[row] ?? 0),
      Math.fround(said.upper[row] ?? 0),
      Math.fround(said.confidence[row] ?? 0),
      said.revisions[row] ?? 0,
      now,
      leadKey,
    );
  });
}

/** What the model that serves says of a lead. */
export interface KeptPrediction {
  readonly probability: number;
  readonly lower: number;
  readonly upper: number;
  readonly confidence: number;
  readonly leadRevision: number;
  readonly at: number;
}

interface PredictionRow extends KeptPrediction {
  readonly leadKey: number;
}

/** What the model that serves says of leads that were selected within a scope, by key. Empty where none serves. */
export function predictionsOfSelected(reader: Reader, leadKeys: readonly number[]): ReadonlyMap<number, KeptPrediction> {
  const modelKey = servedModelKey(reader);
  if (modelKey === null) return new Map();
  const rows = reader.all<PredictionRow>(
    `select lead_key as leadKey, probability, lower, upper, confidence, lead_revision as leadRevision, at
     from lead_predictions where lead_key in (select value from json_each(?)) and model_key = ?`,
    JSON.stringify(leadKeys),
    modelKey,
  );
  return new Map(rows.map(({ leadKey, ...said }) => [leadKey, said]));
}
