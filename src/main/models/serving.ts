import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { phrase } from '#domain/kernel/phrase';
import { ArtefactError, decodePredictor } from '#domain/models/artefact';
import type { Predictor } from '#domain/models/judgement';
import type { ColumnName } from '#domain/models/leads/table';
import type { TrainingReport } from '#domain/models/training';
import { Refusal } from '#contract/errors';
import type { ModelReport } from '#contract/models/shapes';
import { say, words } from '#main/app/phrases';
import { listAttributes } from '#main/store/admissions/catalogue';
import { artefactOf, findModel, listModels, servingOrder, type StoredModel } from '#main/store/models/models';
import { noteBroken } from '#main/store/models/predictions';
import type { Reader } from '#main/store/tx';

/** A model that can answer. */
export interface ServedModel {
  readonly stored: StoredModel;
  readonly predictor: Predictor;
}

export interface BrokenModel {
  readonly modelId: string;
  readonly version: number;
  readonly reason: 'damaged' | 'newer';
}

export interface Serving {
  /** The model of an id, or the one that serves. Refused where there is none, or where it is broken. */
  model(reader: Reader, modelId: string | undefined, target: string): ServedModel;
  /** What serves, with the model that should and cannot. */
  active(reader: Reader, target: string): { readonly served: ServedModel | null; readonly broken: BrokenModel | null };
}

/** The fingerprint under which a model's bytes are kept. */
export function checksumOf(artefact: Uint8Array): string {
  return createHash('sha256').update(artefact).digest('hex');
}

/** Loads models once and keeps a few ready. */
export function createServing(): Serving {
  const loaded = new LRUCache<string, Predictor>({ max: 4 });

  const load = (reader: Reader, stored: StoredModel): ServedModel => {
    const known = loaded.get(stored.checksum);
    if (known !== undefined) return { stored, predictor: known };
    const artefact = artefactOf(reader, stored.key);
    if (artefact === null || checksumOf(artefact) !== stored.checksum) throw new ArtefactError('damaged', 'The model is damaged and cannot be used.');
    const predictor = decodePredictor(artefact);
    loaded.set(stored.checksum, predictor);
    return { stored, predictor };
  };

  const active = (reader: Reader, target: string): ReturnType<Serving['active']> => {
    const models = new Map(listModels(reader, target).map((model) => [model.key, model]));
    let broken: BrokenModel | null = null;
    let served: ServedModel | null = null;
    const brokenKeys: number[] = [];
    for (const key of servingOrder(reader, target)) {
      const stored = models.get(key);
      if (stored === undefined) continue;
      try {
        served = load(reader, stored);
        break;
      } catch (error) {
        if (!(error instanceof ArtefactError)) throw error;
        // The one before serves until somebody has looked at it.
        broken ??= { modelId: stored.id, version: stored.version, reason: error.reason };
        brokenKeys.push(key);
      }
    }
    noteBroken(reader, brokenKeys);
    return { served, broken };
  };

  return {
    active,
    model(reader, modelId, target) {
      if (modelId === undefined) {
        const { served } = active(reader, target);
        if (served === null) throw new Refusal('not_found', 'No model serves yet. Train one and activate it; until then the rules say the chance.');
        return served;
      }
      const stored = findModel(reader, modelId);
      if (stored?.target !== target) throw new Refusal('not_found', 'There is no such model.');
      try {
        return load(reader, stored);
      } catch (error) {
        if (error instanceof ArtefactError) throw new Refusal('conflict', `${error.message} Activate another, or train anew.`, { reason: error.reason });
        throw error;
      }
    },
  };
}

/** Ways in which a column is made of another, as their names begin. */
const madeOf = /^(square|cube|rank|rate)\.(.+)$/;
const product = /^product\.(.+)\*(.+)$/;

/** What people know a column by, also one that is made of others. */
export function columnNames(reader: Reader): (field: string) => string {
  const labels = new Map(listAttributes(reader).map(({ name, label }) => [`attribute.${name}`, label]));
  const nameOf = (field: string): string => {
    const [, way, of] = madeOf.exec(field) ?? [];
    if (way !== undefined && of !== undefined) return say(phrase(`models.made.${way}`, { column: nameOf(of) }));
    const [, first, second] = product.exec(field) ?? [];
    if (first !== undefined && second !== undefined) return say(phrase('models.made.product', { column: nameOf(first), other: nameOf(second) }));
    if (field.startsWith('student.')) return words(`models.studentColumns.${field.slice('student.'.length)}`);
    return labels.get(field) ?? (field.startsWith('attribute.') ? field.slice('attribute.'.length) : words(`models.columns.${field}`));
  };
  return nameOf;
}

/** Finds the field that somebody means, by its name or by what people call it. */
export function fieldNamed(name: string, names: readonly ColumnName[], nameOf: (field: string) => string): string | null {
  const wanted = name.trim().toLowerCase();
  return names.find(({ field }) => field.toLowerCase() === wanted || field.toLowerCase() === `attribute.${wanted}` || nameOf(field).toLowerCase() === wanted)?.field ?? null;
}

/** A report as it is kept: typed arrays have no form of their own in JSON. */
export function keptReport(report: TrainingReport): string {
  return JSON.stringify(report, (_key, value: unknown) => (value instanceof Float64Array ? [...value] : value));
}

/** A report that was kept. */
export function reportOf(stored: StoredModel): TrainingReport {
  const report = JSON.parse(stored.report) as TrainingReport;
  const spreads = report.spreads.map(({ bins, ...spread }) => ({ ...spread, bins: bins.kind === 'category' ? bins : { ...bins, bounds: Float64Array.from(bins.bounds) } }));
  return { ...report, spreads };
}

/** A kept report in words. */
export function publicReport(stored: StoredModel, nameOf: (field: string) => string): ModelReport {
  const { spreads: _spreads, history: _history, card, columns, features, leakage, importance, ...report } = reportOf(stored);
  return {
    ...report,
    features: features === undefined ? null : { ...features, rates: features.rates.map(nameOf), made: features.made.map(nameOf) },
    columns: columns.map((field) => ({ field, column: nameOf(field) })),
    leakage: leakage.map(({ column: field, ...finding }) => ({ ...finding, field, column: nameOf(field) })),
    importance: importance.map(({ column: field, ...rest }) => ({ ...rest, field, column: nameOf(field) })),
    roc: [...report.roc],
    precisionRecall: [...report.precisionRecall],
    learningCurve: report.learningCurve === null ? null : { training: [...report.learningCurve.training], validation: [...report.learningCurve.validation] },
    calibration: { kind: report.calibration.kind, curve: [...report.calibration.curve] },
    subgroups: { by: nameOf(report.subgroups.by), groups: [...report.subgroups.groups], suppressed: report.subgroups.suppressed },
    options: { ...report.options },
    card: card.map(say),
  };
}
