import { sha256 } from '../open';
import type { Reader, SqlValue, Writer } from '../tx';

export interface AuditEntry {
  readonly at: number;
  readonly actorId: string | null;
  readonly door: string;
  readonly action: string;
  readonly resource: string | null;
  /** Identifiers only: what is personal never stands in the audit. */
  readonly targetIds: readonly string[];
  readonly outcome: 'succeeded' | 'refused' | 'failed';
  readonly details: Readonly<Record<string, unknown>>;
}

interface AuditRecord {
  readonly sequence: number;
  readonly at: number;
  readonly actor_id: string | null;
  readonly door: string;
  readonly action: string;
  readonly resource: string | null;
  readonly target_ids: string;
  readonly outcome: AuditEntry['outcome'];
  readonly details: string;
  readonly previous: Buffer;
  readonly hash: Buffer;
}

const genesis = Buffer.alloc(32);

/** The most ids that one row carries; more are counted. */
const maximumTargets = 100;

/** What a row's hash is made of: everything in it, in one fixed order, with the hash of the row before. */
function digest(record: Omit<AuditRecord, 'hash'>): Buffer {
  return sha256(
    JSON.stringify([
      record.sequence,
      record.at,
      record.actor_id,
      record.door,
      record.action,
      record.resource,
      record.target_ids,
      record.outcome,
      record.details,
      record.previous.toString('hex'),
    ]),
  );
}

/** Adds a row to the end of the chain. */
export function appendAudit(writer: Writer, entry: AuditEntry): void {
  const head = writer.get<{ sequence: number; hash: Buffer }>('select sequence, hash from audit_head where only = 1');
  const targets = entry.targetIds.slice(0, maximumTargets);
  const details = entry.targetIds.length > targets.length ? { ...entry.details, targets: entry.targetIds.length } : entry.details;
  const record = {
    sequence: (head?.sequence ?? 0) + 1,
    at: entry.at,
    actor_id: entry.actorId,
    door: entry.door,
    action: entry.action,
    resource: entry.resource,
    target_ids: JSON.stringify(targets),
    outcome: entry.outcome,
    details: JSON.stringify(details),
    previous: head?.hash ?? genesis,
  };
  const hash = digest(record);
  writer.run(
    `insert into audit (sequence, at, actor_id, door, action, resource, target_ids, outcome, details, previous, hash)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    record.sequence,
    record.at,
    record.actor_id,
    record.door,
    record.action,
    record.resource,
    record.target_ids,
    record.outcome,
    record.details,
    record.previous,
    hash,
  );
  writer.run(
    'insert into audit_head (only, sequence, hash) values (1, ?, ?) on conflict (only) do update set sequence = excluded.sequence, hash = excluded.hash',
    record.sequence,
    hash,
  );
}

export interface AuditQuery {
  readonly outcome?: AuditEntry['outcome'] | undefined;
  readonly actorId?: string | undefined;
  readonly action?: string | undefined;
  readonly resource?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export interface AuditView extends AuditEntry {
  readonly sequence: number;
  readonly actorName: string | null;
  readonly hash: string;
}

function conditions(query: AuditQuery): { readonly sql: string; readonly params: SqlValue[] } {
  const parts: string[] = [];
  const params: SqlValue[] = [];
  const add = (sql: string, value: SqlValue | undefined): void => {
    if (value === undefined) return;
    parts.push(sql);
    params.push(value);
  };
  add('a.outcome = ?', query.outcome);
  add('a.actor_id = ?', query.actorId);
  add('a.action = ?', query.action);
  add('a.resource = ?', query.resource);
  add('a.at >= ?', query.from);
  add('a.at < ?', query.to);
  return { sql: parts.length === 0 ? '' : `where ${parts.join(' and ')}`, params };
}

interface ListedAudit extends AuditRecord {
  readonly given_name: string | null;
  readonly family_name: string | null;
}

/** A page of the audit, newest first, and how many rows fit the query. */
export function listAudit(
  reader: Reader,
  query: AuditQuery,
  page: { readonly limit: number; readonly offset: number },
): { readonly items: AuditView[]; readonly total: number } {
  const where = conditions(query);
  const total = reader.value<number>(`select count(*) from audit a ${where.sql}`, ...where.params) ?? 0;
  const rows = reader.all<ListedAudit>(
    `select a.*, p.given_name, p.family_name
     from audit a left join users u on u.id = a.actor_id left join people p on p.key = u.person_key
     ${where.sql} order by a.sequence desc limit ? offset ?`,
    ...where.params,
    page.limit,
    page.offset,
  );
  return { items: rows.map(asView), total };
}

function asView(row: ListedAudit): AuditView {
  const name = [row.given_name, row.family_name].filter((part) => part !== null).join(' ');
  return {
    sequence: row.sequence,
    at: row.at,
    actorId: row.actor_id,
    actorName: name === '' ? null : name,
    door: row.door,
    action: row.action,
    resource: row.resource,
    targetIds: JSON.parse(row.target_ids) as string[],
    outcome: row.outcome,
    details: JSON.parse(row.details) as Record<string, unknown>,
    hash: row.hash.toString('hex'),
  };
}

export interface AuditVerdict {
  readonly intact: boolean;
  readonly rows: number;
  readonly firstBrokenSequence: number | null;
  readonly problem: string | null;
}

/** Walks the chain from its first row and names the first that was changed, inserted, or is missing. */
export function verifyAudit(reader: Reader): AuditVerdict {
  let previous: Buffer = genesis;
  let expected = 1;
  const broken = (sequence: number, problem: string): AuditVerdict => ({
    intact: false,
    rows: reader.value<number>('select count(*) from audit') ?? 0,
    firstBrokenSequence: sequence,
    problem,
  });
  for (const row of reader.iterate<AuditRecord>('select * from audit order by sequence')) {
    if (row.sequence !== expected) return broken(expected, `Row ${String(expected)} is missing.`);
    if (!row.previous.equals(previous)) return broken(row.sequence, `Row ${String(row.sequence)} does not follow the row before it.`);
    if (!digest(row).equals(row.hash)) return broken(row.sequence, `Row ${String(row.sequence)} was changed.`);
    previous = row.hash;
    expected += 1;
  }
  const head = reader.get<{ sequence: number; hash: Buffer }>('select sequence, hash from audit_head where only = 1');
  if ((head?.sequence ?? 0) !== expected - 1 || (head !== undefined && !head.hash.equals(previous))) {
    return broken(expected, `Rows from ${String(expected)} on are missing.`);
  }
  return { intact: true, rows: expected - 1, firstBrokenSequence: null, problem: null };
}
