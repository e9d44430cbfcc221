import type { Weights } from '#domain/admissions/triage/configuration';
import type { Reader, Writer } from '../tx';

export interface StoredWeights {
  readonly key: number;
  readonly id: string;
  readonly weights: Weights;
  readonly createdAt: number;
}

interface WeightsRow extends Omit<Weights, 'courseFit'> {
  readonly key: number;
  readonly id: string;
  readonly course_fit: number;
  readonly created_at: number;
}

function asWeights({ key, id, course_fit: courseFit, created_at: createdAt, ...rest }: WeightsRow): StoredWeights {
  const { engagement, recency, source, contactability } = rest;
  return { key, id, createdAt, weights: { engagement, recency, source, contactability, courseFit } };
}

/** The weights that hold: the newest. */
export function currentWeights(reader: Reader): StoredWeights {
  const row = reader.get<WeightsRow>('select * from lead_scoring_weights order by key desc limit 1');
  if (row === undefined) throw new Error('The workspace has no weights.');
  return asWeights(row);
}

export function findWeights(reader: Reader, key: number): StoredWeights | null {
  const row = reader.get<WeightsRow>('select * from lead_scoring_weights where key = ?', key);
  return row === undefined ? null : asWeights(row);
}

/** Adds a version of the weights, with the row of their own audit. */
export function insertWeights(
  writer: Writer,
  version: { readonly id: string; readonly weights: Weights; readonly userKey: number | null; readonly reason: string },
  now: number,
): number {
  const previous = writer.value<number>('select max(key) from lead_scoring_weights') ?? null;
  const { engagement, recency, source, contactability, courseFit } = version.weights;
  const { key } = writer.run(
    `insert into lead_scoring_weights (id, engagement, recency, source, contactability, course_fit, created_at, created_by)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
    version.id,
    engagement,
    recency,
    source,
    contactability,
    courseFit,
    now,
    version.userKey,
  );
  writer.run(
    'insert into lead_scoring_weights_audit (weights_key, previous_key, changed_at, changed_by, reason) values (?, ?, ?, ?, ?)',
    key,
    previous,
    now,
    version.userKey,
    version.reason,
  );
  return key;
}

export interface WeightsChange {
  readonly at: number;
  readonly by: string | null;
  readonly reason: string;
  readonly weights: Weights;
}

/** The changes of the weights, newest first. */
export function listWeightsChanges(reader: Reader, limit: number): WeightsChange[] {
  return reader
    .all<WeightsRow & { changed_at: number; reason: string; user_id: string | null }>(
      `select w.*, a.changed_at, a.reason, u.id as user_id
       from lead_scoring_weights_audit a
       join lead_scoring_weights w on w.key = a.weights_key
       left join users u on u.key = a.changed_by
       order by a.key desc limit ?`,
      limit,
    )
    .map((row) => ({ at: row.changed_at, by: row.user_id, reason: row.reason, weights: asWeights(row).weights }));
}

/** Who changed the weights to a version, and why; null where nobody did: the first ones. */
export function changeOfWeights(reader: Reader, key: number): Pick<WeightsChange, 'by' | 'reason'> | null {
  return (
    reader.get<Pick<WeightsChange, 'by' | 'reason'>>(
      'select u.id as by, a.reason from lead_scoring_weights_audit a left join users u on u.key = a.changed_by where a.weights_key = ? order by a.key desc limit 1',
      key,
    ) ?? null
  );
}

export type ConfigurationKind = 'triage' | 'forecast';

/** The configuration that holds: the newest of its kind. */
export function currentConfiguration<Value>(reader: Reader, kind: ConfigurationKind): { readonly key: number; readonly value: Value; readonly createdAt: number } {
  const row = reader.get<{ key: number; value: string; created_at: number }>(
    'select key, value, created_at from triage_configurations where kind = ? order by key desc limit 1',
    kind,
  );
  if (row === undefined) throw new Error(`The workspace has no ${kind} configuration.`);
  return { key: row.key, value: JSON.parse(row.value) as Value, createdAt: row.created_at };
}

export function findConfiguration<Value>(reader: Reader, key: number): Value | null {
  const value = reader.value<string>('select value from triage_configurations where key = ?', key);
  return value === undefined ? null : (JSON.parse(value) as Value);
}

export function insertConfiguration(writer: Writer, kind: ConfigurationKind, value: unknown, userKey: number | null, now: number): number {
  return writer.run(
    'insert into triage_configurations (kind, value, created_at, created_by) values (?, ?, ?, ?)',
    kind,
    JSON.stringify(value),
    now,
    userKey,
  ).key;
}

export interface ConfigurationChange<Value> {
  readonly at: number;
  readonly by: string | null;
  readonly configuration: Value;
}

/** The versions of a configuration, newest first. */
export function listConfigurations<Value>(reader: Reader, kind: ConfigurationKind, limit: number): ConfigurationChange<Value>[] {
  return reader
    .all<{ value: string; at: number; by: string | null }>(
      `select c.value, c.created_at as at, u.id as by from triage_configurations c left join users u on u.key = c.created_by
       where c.kind = ? order by c.key desc limit ?`,
      kind,
      limit,
    )
    .map(({ value, at, by }) => ({ at, by, configuration: JSON.parse(value) as Value }));
}

/** Who made a version of a configuration, by id; null where it came with the workspace. */
export function authorOfConfiguration(reader: Reader, key: number): string | null {
  return reader.value<string | null>('select u.id from triage_configurations c join users u on u.key = c.created_by where c.key = ?', key) ?? null;
}
