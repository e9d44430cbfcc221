import type { ColumnMapping } from '#domain/admissions/imports/mapping';
import { fold } from '#domain/kernel/text';
import type { Phrase } from '#domain/kernel/phrase';
import type { RowScope } from '#main/app/scope';
import type { Reader, Writer } from '../tx';
import { allOf, importScope } from './scope';

export type ImportState = 'staging' | 'applying' | 'done' | 'undoing' | 'undone';

export interface ImportCounts {
  readonly imported: number;
  readonly updated: number;
  readonly rejected: number;
  readonly duplicates: number;
  readonly warnings: number;
}

export const noCounts: ImportCounts = { imported: 0, updated: 0, rejected: 0, duplicates: 0, warnings: 0 };

export interface ImportRow extends ImportCounts {
  readonly key: number;
  readonly id: string;
  readonly originKey: number;
  readonly origin: string;
  readonly by: string;
  readonly teamKey: number;
  readonly fileName: string;
  readonly state: ImportState;
  readonly kept: number;
  /** Leads with a name like another's and a second fact; null where nobody looked. */
  readonly likeNames: number | null;
  readonly mapping: string;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly undoneAt: number | null;
}

const selectImport = `
  select i.key, i.id, i.origin_key as originKey, o.name as origin, i.team_key as teamKey, i.file_name as fileName, i.state,
         i.imported, i.updated, i.rejected, i.duplicates, i.warnings, i.kept, i.like_names as likeNames, i.mapping,
         i.started_at as startedAt, i.finished_at as finishedAt, i.undone_at as undoneAt,
         trim(coalesce(p.given_name, '') || ' ' || coalesce(p.family_name, '')) as "by"
  from imports i
  join import_origins o on o.key = i.origin_key
  join users u on u.key = i.user_key
  join people p on p.key = u.person_key`;

export function listImports(reader: Reader, scope: RowScope, limit: number, offset: number): { readonly items: ImportRow[]; readonly total: number } {
  const { sql, params } = allOf([importScope(scope), { sql: "i.state <> 'staging'", params: [] }]);
  return {
    items: reader.all<ImportRow>(`${selectImport} where ${sql} order by i.key desc limit ? offset ?`, ...params, limit, offset),
    total: reader.value<number>(`select count(*) from imports i where ${sql}`, ...params) ?? 0,
  };
}

/** Whether an import is one of those that an actor reaches. */
export function isImportInScope(reader: Reader, scope: RowScope, key: number): boolean {
  const { sql, params } = importScope(scope);
  return reader.value<number>(`select 1 from imports i where i.key = ? and (${sql})`, key, ...params) === 1;
}

export function findImport(reader: Reader, id: string): ImportRow | null {
  return reader.get<ImportRow>(`${selectImport} where i.id = ?`, id) ?? null;
}

export function listOrigins(reader: Reader): string[] {
  return reader.all<{ name: string }>('select name from import_origins order by name').map(({ name }) => name);
}

export function ensureOrigin(writer: Writer, name: string, newId: () => string, now: number): number {
  return (
    writer.value<number>('select key from import_origins where folded = ?', fold(name)) ??
    writer.run('insert into import_origins (id, name, folded, created_at) values (?, ?, ?, ?)', newId(), name, fold(name), now).key
  );
}

export interface RememberedMapping {
  readonly origin: string;
  readonly mapping: readonly ColumnMapping[];
}

/** The mapping that was last accepted for a file of this shape, or null. */
export function rememberedMapping(reader: Reader, shape: string): RememberedMapping | null {
  const row = reader.get<{ origin: string; mapping: string }>(
    'select o.name as origin, m.mapping from import_mappings m join import_origins o on o.key = m.origin_key where m.shape = ?',
    shape,
  );
  return row === undefined ? null : { origin: row.origin, mapping: JSON.parse(row.mapping) as ColumnMapping[] };
}

export function rememberMapping(writer: Writer, shape: string, originKey: number, mapping: readonly ColumnMapping[], now: number): void {
  writer.run(
    `insert into import_mappings (shape, origin_key, mapping, updated_at) values (?, ?, ?, ?)
     on conflict (shape) do update set origin_key = excluded.origin_key, mapping = excluded.mapping, updated_at = excluded.updated_at`,
    shape,
    originKey,
    JSON.stringify(mapping),
    now,
  );
}

export function beginImport(
  writer: Writer,
  started: {
    readonly id: string;
    readonly originKey: number;
    readonly userKey: number;
    readonly teamKey: number;
    readonly fileName: string;
    readonly bytes: number;
    readonly shape: string;
    readonly mapping: readonly ColumnMapping[];
  },
  now: number,
): number {
  return writer.run(
    `insert into imports (id, origin_key, user_key, team_key, file_name, file_bytes, shape, mapping, state, started_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, 'staging', ?)`,
    started.id,
    started.originKey,
    started.userKey,
    started.teamKey,
    started.fileName,
    started.bytes,
    started.shape,
    JSON.stringify(started.mapping),
    now,
  ).key;
}

/** Shows what an import has staged. This one small statement is the moment at which all of it exists. */
export function showImport(writer: Writer, key: number, counts: ImportCounts, now: number): void {
  writer.run(
    "update imports set state = 'applying', imported = ?, updated = ?, rejected = ?, duplicates = ?, warnings = ?, finished_at = ? where key = ?",
    counts.imported,
    counts.updated,
    counts.rejected,
    counts.duplicates,
    counts.warnings,
    now,
    key,
  );
}

/** Notes how many leads of an import have a name like another's. */
export function setLikeNames(writer: Writer, key: number, likeNames: number): void {
  writer.run('update imports set like_names = ? where key = ?', likeNames, key);
}

export function setImportState(writer: Writer, key: number, state: ImportState): void {
  writer.run('update imports set state = ? where key = ?', state, key);
}

/** From here on the leads of an import are hidden, but for those that are kept. */
export function beginUndo(writer: Writer, key: number, kept: number): void {
  writer.run("update imports set state = 'undoing', kept = ? where key = ?", kept, key);
}

export function markUndone(writer: Writer, key: number, now: number): void {
  writer.run("update imports set state = 'undone', undone_at = ? where key = ?", now, key);
}

export function importsIn(reader: Reader, state: ImportState): { readonly key: number; readonly startedAt: number }[] {
  return reader.all('select key, started_at as startedAt from imports where state = ? order by key', state);
}

export function forgetImport(writer: Writer, key: number): void {
  writer.run('delete from imports where key = ?', key);
}

export interface StoredProblem {
  readonly line: number;
  readonly kind: 'rejected' | 'warning';
  readonly header: string | null;
  readonly reason: Phrase;
  readonly cells: readonly string[];
}

/** Keeps a row that was not taken over, or a cell that was left out. */
export function addProblem(writer: Writer, importKey: number, number: number, problem: StoredProblem): void {
  writer.run(
    'insert into import_problems (import_key, line, number, kind, header, reason, cells) values (?, ?, ?, ?, ?, ?, ?)',
    importKey,
    problem.line,
    number,
    problem.kind,
    problem.header,
    JSON.stringify(problem.reason),
    JSON.stringify(problem.cells),
  );
}

type ProblemRow = Omit<StoredProblem, 'reason' | 'cells'> & { readonly reason: string; readonly cells: string };

export function* walkProblems(reader: Reader, importKey: number): Generator<StoredProblem> {
  for (const row of reader.iterate<ProblemRow>('select line, kind, header, reason, cells from import_problems where import_key = ? order by line, number', importKey)) {
    yield { ...row, reason: JSON.parse(row.reason) as Phrase, cells: JSON.parse(row.cells) as string[] };
  }
}

export interface StagedUpdate {
  readonly leadKey: number;
  /** Of the file. */
  readonly line: number;
  readonly before: string;
  readonly after: string;
  readonly applied: boolean;
}

/** Stages what an import changes of a lead that is there already; a second row about the same lead adds to the first. */
export function stageUpdate(writer: Writer, importKey: number, leadKey: number, line: number, before: unknown, after: unknown): void {
  writer.run(
    'insert into import_updates (import_key, lead_key, line, before, after) values (?, ?, ?, ?, ?)',
    importKey,
    leadKey,
    line,
    JSON.stringify(before),
    JSON.stringify(after),
  );
}

/** Whether an import has an update of a lead staged already. */
export function isStaged(reader: Reader, importKey: number, leadKey: number): boolean {
  return reader.value<number>('select 1 from import_updates where import_key = ? and lead_key = ?', importKey, leadKey) === 1;
}

type UpdateRow = Omit<StagedUpdate, 'applied'> & { readonly applied: number };

/** Updates of an import that have, or have not, been applied; a piece at a time. */
export function updatesOf(reader: Reader, importKey: number, applied: boolean, after: number, limit: number): StagedUpdate[] {
  return reader
    .all<UpdateRow>(
      `select lead_key as leadKey, line, before, after, applied from import_updates
       where import_key = ? and applied = ? and lead_key > ? order by lead_key limit ?`,
      importKey,
      applied ? 1 : 0,
      after,
      limit,
    )
    .map((row) => ({ ...row, applied: row.applied === 1 }));
}

/** The leads that an import has changed. */
export function updatedKeysOf(reader: Reader, importKey: number): number[] {
  return reader.column<number>('select lead_key from import_updates where import_key = ? and applied = 1', importKey);
}

/** Leaves an update out that was staged: its row counts as one that was not taken over, with the reason. */
export function leaveUpdateOut(writer: Writer, importKey: number, leadKey: number, problem: Omit<StoredProblem, 'kind'>): void {
  const number = writer.value<number>('select coalesce(max(number), 0) + 1 from import_problems where import_key = ?', importKey) ?? 1;
  writer.run('delete from import_updates where import_key = ? and lead_key = ?', importKey, leadKey);
  writer.run('update imports set updated = updated - 1, rejected = rejected + 1 where key = ?', importKey);
  addProblem(writer, importKey, number, { ...problem, kind: 'rejected' });
}

/** Notes that an update was applied, or taken back. */
export function markApplied(writer: Writer, importKey: number, leadKey: number, applied = true): void {
  writer.run(`update import_updates set applied = ${applied ? '1' : '0'} where import_key = ? and lead_key = ?`, importKey, leadKey);
}

/** Cuts leads loose from the import that brought them: an undo leaves them. */
export function detachLeads(writer: Writer, keys: readonly number[]): void {
  for (const key of keys) writer.run('update leads set import_key = null where key = ?', key);
}

/** A lead that a row of a file is about. */
export interface KnownLead {
  readonly key: number;
  /** The import that brought it. */
  readonly importKey: number | null;
  /** The lead that it was merged into. */
  readonly mergedInto: number | null;
}

/** The lead of an external id within an origin. */
export function findExternal(reader: Reader, originKey: number, externalId: string): KnownLead | null {
  return (
    reader.get<KnownLead>(
      'select key, import_key as importKey, merged_into as mergedInto from leads where origin_key = ? and external_id = ?',
      originKey,
      externalId,
    ) ?? null
  );
}

/** Whether an origin, by name, has brought a lead of this external id. */
export function isKnownExternal(reader: Reader, origin: string, externalId: string): boolean {
  return (
    reader.value<number>(
      'select 1 from leads l where l.origin_key = (select key from import_origins where folded = ?) and l.external_id = ?',
      fold(origin),
      externalId,
    ) === 1
  );
}

/** The newest lead with an external id, whatever its origin. */
export function findExternalAnywhere(reader: Reader, externalId: string): number | null {
  return reader.value<number>('select max(key) from leads where external_id = ?', externalId) ?? null;
}

/** The newest lead of an origin whose person has an e-mail address and a name, as lists sort by it. */
export function findByEmailAndName(reader: Reader, originKey: number, email: string, name: string): KnownLead | null {
  return (
    reader.get<KnownLead>(
      // By the address first, which few share. Left to itself, SQLite goes by the name, which many do.
      `select l.key, l.import_key as importKey, l.merged_into as mergedInto
       from people p indexed by people_email cross join leads l indexed by leads_person on l.person_key = p.key
       where p.email = ? and l.origin_key = ? and l.external_id is null and l.sort_name = ? order by l.merged_into is not null, l.key desc limit 1`,
      email,
      originKey,
      name,
    ) ?? null
  );
}

/** The people who come after a value in the order of their e-mail addresses or telephone numbers. */
export function peopleAfter(reader: Reader, basis: 'email' | 'phone', after: string, limit: number): { readonly value: string; readonly personKey: number }[] {
  return reader.all(
    `select ${basis} as value, key as personKey from people indexed by people_${basis} where ${basis} > ? order by ${basis}, key limit ?`,
    after,
    limit,
  );
}

/** The newest person there is. */
export function lastPersonKey(reader: Reader): number {
  return reader.value<number | null>('select max(key) from people') ?? 0;
}

/** The next leads that an import has brought, in the order of keys. */
export function leadsOfImport(reader: Reader, importKey: number, after: number, limit: number): number[] {
  return reader
    .all<{ key: number }>('select key from leads indexed by leads_import where import_key = ? and key > ? order by key limit ?', importKey, after, limit)
    .map(({ key }) => key);
}

/** Whether somebody has worked on a lead since it came: edited it, met it, or has something to do with it. */
export function isTouched(reader: Reader, leadKey: number): boolean {
  return (
    reader.value<number>(
      `select l.edited_at is not null
              or exists (select 1 from touchpoints t where t.lead_key = l.key)
              or exists (select 1 from tasks k where k.lead_key = l.key)
              or exists (select 1 from notes n where n.lead_key = l.key)
              or exists (select 1 from attachments b where b.lead_key = l.key)
              or exists (select 1 from consents c where c.person_key = l.person_key and c.user_key is not null)
              or exists (select 1 from applications a where a.lead_key = l.key)
       from leads l where l.key = ?`,
      leadKey,
    ) === 1
  );
}

/** The import that brought a lead, or null. The lead was found within a scope before. */
export function importOfLead(reader: Reader, leadKey: number): { readonly id: string; readonly fileName: string; readonly at: number } | null {
  return (
    reader.get<{ id: string; fileName: string; at: number }>(
      `select i.id, i.file_name as fileName, coalesce(i.finished_at, i.started_at) as at
       from leads l join imports i on i.key = l.import_key where l.key = ?`,
      leadKey,
    ) ?? null
  );
}
