import type { Task } from '#contract/admissions/tasks';
import { displayName } from '#domain/admissions/leads/normalise';
import { idBytes, idText } from '../ids';
import type { RowScope } from '#main/app/scope';
import type { Reader, Writer } from '../tx';
import { leadName } from './leadRows';
import { type Fragment, isReadable, readableLeads } from './scope';

interface StoredTask {
  readonly id: Buffer;
  readonly title: string;
  readonly dueAt: number | null;
  readonly doneAt: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly revision: number;
  readonly removedAt: number | null;
  readonly leadKey: number | null;
  readonly assigneeKey: number | null;
  readonly leadId: Buffer | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly externalId: string | null;
  readonly email: string | null;
  readonly assigneeId: string | null;
  readonly assigneeGiven: string | null;
  readonly assigneeFamily: string | null;
}

const selectTask = `
  select k.id, k.title, k.due_at as dueAt, k.done_at as doneAt, k.created_at as createdAt, k.updated_at as updatedAt, k.revision,
         k.removed_at as removedAt, k.lead_key as leadKey, k.assignee_key as assigneeKey,
         l.id as leadId, p.given_name as givenName, p.family_name as familyName, l.external_id as externalId, p.email,
         u.id as assigneeId, w.given_name as assigneeGiven, w.family_name as assigneeFamily
  from tasks k
  left join leads l on l.key = k.lead_key
  left join people p on p.key = l.person_key
  left join users u on u.key = k.assignee_key
  left join people w on w.key = u.person_key`;

function asTask(row: StoredTask): Task {
  const leadId = row.leadId === null ? null : idText(row.leadId);
  return {
    id: idText(row.id),
    title: row.title,
    dueAt: row.dueAt,
    doneAt: row.doneAt,
    createdAt: row.createdAt,
    revision: row.revision,
    lead: leadId === null ? null : { id: leadId, name: leadName({ ...row, id: leadId }) },
    assignee: row.assigneeId === null ? null : { id: row.assigneeId, name: displayName({ given: row.assigneeGiven, family: row.assigneeFamily }) ?? '' },
  };
}

/** Tasks within a scope: those of its leads, and one's own that belong to no lead. The open ones first, by due date. */
export function listTasks(
  reader: Reader,
  scope: RowScope,
  which: { readonly leadKey: number | null; readonly userKey: number; readonly mine: boolean; readonly includeDone: boolean },
): Task[] {
  const readable = readableLeads(reader, scope);
  return reader
    .all<StoredTask>(
      `${selectTask}
       where k.removed_at is null and (k.lead_key is null and k.assignee_key = ? or k.lead_key is not null and ${readable.sql})
         and (? is null or k.lead_key = ?) and (? = 0 or k.assignee_key = ?) and (? = 1 or k.done_at is null)
       order by k.done_at is not null, k.due_at is null, k.due_at, k.key limit 500`,
      which.userKey,
      ...readable.params,
      which.leadKey,
      which.leadKey,
      which.mine ? 1 : 0,
      which.userKey,
      which.includeDone ? 1 : 0,
    )
    .map(asTask);
}

/** The most tasks that one calendar file takes. */
const mostDated = 5_000;

/** Open tasks that have a date, within a scope: one by its id, those of a lead, or a person's own. By their dates. */
export function datedTasks(reader: Reader, scope: RowScope, which: { readonly id: string | null; readonly leadKey: number | null; readonly userKey: number }): (Task & { readonly updatedAt: number })[] {
  const readable = readableLeads(reader, scope);
  const wanted: Fragment =
    which.id !== null ? { sql: 'k.id = ?', params: [idBytes(which.id)] } : which.leadKey !== null ? { sql: 'k.lead_key = ?', params: [which.leadKey] } : { sql: 'k.assignee_key = ?', params: [which.userKey] };
  return reader
    .all<StoredTask>(
      `${selectTask}
       where ${wanted.sql} and k.removed_at is null and k.done_at is null and k.due_at is not null
         and (k.lead_key is null and k.assignee_key = ? or k.lead_key is not null and ${readable.sql})
       order by k.due_at, k.key limit ${String(mostDated)}`,
      ...wanted.params,
      which.userKey,
      ...readable.params,
    )
    .map((row) => ({ ...asTask(row), updatedAt: row.updatedAt }));
}

/** A task by its id, also one that was taken away: null where there is none, `outOfScope` where it is another team's or somebody's own. */
export function findTask(reader: Reader, scope: RowScope, userKey: number, id: string): (Task & { readonly removed: boolean }) | 'outOfScope' | null {
  const row = reader.get<StoredTask>(`${selectTask} where k.id = ?`, idBytes(id));
  if (row === undefined) return null;
  const may = row.leadKey === null ? row.assigneeKey === userKey : isReadable(reader, scope, row.leadKey);
  return may ? { ...asTask(row), removed: row.removedAt !== null } : 'outOfScope';
}

export function insertTask(
  writer: Writer,
  task: { readonly id: string; readonly leadKey: number | null; readonly title: string; readonly dueAt: number | null; readonly assigneeKey: number; readonly createdBy: number },
  now: number,
): void {
  writer.run(
    'insert into tasks (id, lead_key, title, due_at, assignee_key, created_by, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?)',
    idBytes(task.id),
    task.leadKey,
    task.title,
    task.dueAt,
    task.assigneeKey,
    task.createdBy,
    now,
    now,
  );
}

export interface TaskChanges {
  readonly title?: string | undefined;
  readonly dueAt?: number | null | undefined;
  readonly doneAt?: number | null | undefined;
  readonly assigneeKey?: number | undefined;
}

/** Changes a task; its revision moves once, however much of it changes. */
export function updateTask(writer: Writer, id: string, changes: TaskChanges, now: number): void {
  const columns = { title: 'title', dueAt: 'due_at', doneAt: 'done_at', assigneeKey: 'assignee_key' } as const;
  const set = Object.entries(columns).flatMap(([name, column]) => {
    const value = changes[name as keyof TaskChanges];
    return value === undefined ? [] : [[column, value] as const];
  });
  if (set.length === 0) return;
  writer.run(`update tasks set ${set.map(([column]) => `${column} = ?`).join(', ')}, updated_at = ?, revision = revision + 1 where id = ?`, ...set.map(([, value]) => value), now, idBytes(id));
}

/** Takes a task away, or puts it back. */
export function setTaskRemoved(writer: Writer, id: string, removed: boolean, now: number): void {
  writer.run('update tasks set removed_at = ?, updated_at = ?, revision = revision + 1 where id = ?', removed ? now : null, now, idBytes(id));
}

/** Open tasks about leads within a scope whose time has passed. */
export function countOverdueTasks(reader: Reader, scope: RowScope, now: number): number {
  const readable = readableLeads(reader, scope);
  return (
    reader.value<number>(
      `select count(*) from tasks k join leads l on l.key = k.lead_key where k.removed_at is null and k.done_at is null and k.due_at < ? and ${readable.sql}`,
      now,
      ...readable.params,
    ) ?? 0
  );
}
