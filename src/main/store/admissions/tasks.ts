import type { Task } from '#contract/admissions/tasks';
import { displayName } from '#domain/admissions/leads/normalise';
import { idBytes, idText } from '../ids';
import type { RowScope } from '#main/app/scope';
import type { Reader, Writer } from '../tx';
import { leadName } from './leadRows';
import { readableLeads } from './scope';

interface StoredTask {
  readonly id: Buffer;
  readonly title: string;
  readonly dueAt: number | null;
  readonly doneAt: number | null;
  readonly createdAt: number;
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
  select k.id, k.title, k.due_at as dueAt, k.done_at as doneAt, k.created_at as createdAt,
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
       where (k.lead_key is null and k.assignee_key = ? or k.lead_key is not null and ${readable.sql})
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

/** A task that an actor may touch: of a lead in their scope, or their own. */
export function findTask(reader: Reader, scope: RowScope, userKey: number, id: string): Task | null {
  const readable = readableLeads(reader, scope);
  const row = reader.get<StoredTask>(
    `${selectTask} where k.id = ? and (k.lead_key is null and k.assignee_key = ? or k.lead_key is not null and ${readable.sql})`,
    idBytes(id),
    userKey,
    ...readable.params,
  );
  return row === undefined ? null : asTask(row);
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

export function updateTask(writer: Writer, id: string, changes: { readonly title?: string | undefined; readonly dueAt?: number | null | undefined; readonly doneAt?: number | null | undefined }, now: number): void {
  const set = (column: string, value: string | number | null | undefined): void => {
    if (value !== undefined) writer.run(`update tasks set ${column} = ?, updated_at = ? where id = ?`, value, now, idBytes(id));
  };
  set('title', changes.title);
  set('due_at', changes.dueAt);
  set('done_at', changes.doneAt);
}
