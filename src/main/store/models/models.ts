import { displayName } from '#domain/admissions/leads/normalise';
import type { ModelType } from '#domain/models/model';
import type { Reader, Writer } from '../tx';

/** A model as it is kept, without its bytes. */
export interface StoredModel {
  readonly key: number;
  readonly id: string;
  readonly target: string;
  readonly type: ModelType;
  readonly version: number;
  /** JSON of the training report. */
  readonly report: string;
  readonly checksum: string;
  readonly createdAt: number;
  readonly createdBy: string | null;
}

interface ModelRow extends Omit<StoredModel, 'createdAt' | 'createdBy'> {
  readonly created_at: number;
  readonly given_name: string | null;
  readonly family_name: string | null;
}

const selectModel = `
  select m.key, m.id, m.target, m.type, m.version, m.report, m.checksum, m.created_at, p.given_name, p.family_name
  from models m left join users u on u.key = m.created_by left join people p on p.key = u.person_key`;

function asModel({ created_at: createdAt, given_name: given, family_name: family, ...row }: ModelRow): StoredModel {
  return { ...row, createdAt, createdBy: displayName({ given, family }) };
}

/** Models of a target, the newest first. */
export function listModels(reader: Reader, target: string): StoredModel[] {
  return reader.all<ModelRow>(`${selectModel} where m.target = ? order by m.key desc limit 500`, target).map(asModel);
}

export function findModel(reader: Reader, id: string): StoredModel | null {
  const row = reader.get<ModelRow>(`${selectModel} where m.id = ?`, id);
  return row === undefined ? null : asModel(row);
}

/** The bytes of a model. */
export function artefactOf(reader: Reader, key: number): Uint8Array | null {
  return reader.value<Buffer>('select artefact from models where key = ?', key) ?? null;
}

/** Keeps a model under the next version of its target. */
export function insertModel(
  writer: Writer,
  model: { readonly id: string; readonly target: string; readonly type: ModelType; readonly report: string; readonly artefact: Uint8Array; readonly checksum: string; readonly userKey: number },
  now: number,
): number {
  const version = (writer.value<number | null>('select max(version) from models where target = ?', model.target) ?? 0) + 1;
  writer.run(
    'insert into models (id, target, type, version, report, artefact, checksum, created_at, created_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    model.id,
    model.target,
    model.type,
    version,
    model.report,
    model.artefact,
    model.checksum,
    now,
    model.userKey,
  );
  return version;
}

export interface Activation {
  readonly modelKey: number;
  readonly at: number;
}

/** What served, the newest first, one entry for each time that another model began to. */
export function listActivations(reader: Reader, target: string): Activation[] {
  return reader.all<Activation>('select model_key as modelKey, at from model_activations where target = ? order by key desc limit 100', target);
}

export function insertActivation(writer: Writer, activation: { readonly target: string; readonly modelKey: number; readonly reason: 'activated' | 'rolled_back'; readonly userKey: number }, now: number): void {
  writer.run(
    'insert into model_activations (target, model_key, reason, at, user_key) values (?, ?, ?, ?, ?)',
    activation.target,
    activation.modelKey,
    activation.reason,
    now,
    activation.userKey,
  );
}

/** Keys of the models that serve, served before, and so on: a model that was rolled back is no longer among those to fall back to. */
export function servingOrder(reader: Reader, target: string): number[] {
  // The newest first; an activation of a model that stands further back takes away all that came between.
  const history: number[] = [];
  for (const { modelKey } of listActivations(reader, target).reverse()) {
    const before = history.indexOf(modelKey);
    if (before >= 0) history.length = before;
    history.push(modelKey);
  }
  return history.reverse();
}
