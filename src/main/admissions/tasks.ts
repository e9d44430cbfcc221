import { writeFileSync } from 'node:fs';
import { readDue } from '#domain/admissions/tasks/due';
import { accessScope } from '#domain/platform/roles';
import { phrase } from '#domain/kernel/phrase';
import { Refusal } from '#contract/errors';
import type { Task, tasks } from '#contract/admissions/tasks';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say, words } from '#main/app/phrases';
import { rowScope } from '#main/app/scope';
import { calendarFile } from '#main/files/calendar';
import { datedTasks, findTask, insertTask, listTasks, setTaskRemoved, updateTask } from '#main/store/admissions/tasks';
import { findLeadKeys } from '#main/store/admissions/leadRows';
import { findUser, type UserRow } from '#main/store/platform/users';
import { requireInScope, requireLead } from './leadView';

const goneTask = 'That task does not exist any more.';

export function tasksHandlers({ workspace, files, newId, now }: HandlerParts): HandlersOf<typeof tasks> {
  const require = (context: CallContext, id: string) => {
    const found = requireInScope(findTask(context.store, context.scope, actorOf(context).userKey, id), id, goneTask);
    const { removed, ...task } = found;
    return { task, removed };
  };

  /** When a task is due, as an instant or in words; undefined where neither is said. */
  const dueOf = ({ dueAt, due }: { readonly dueAt?: number | null | undefined; readonly due?: string | undefined }): number | null | undefined => {
    if (due === undefined) return dueAt;
    const { timeZone, defaultCountry } = workspace.settings();
    const read = readDue(due, now(), timeZone, defaultCountry === 'US');
    if (read === null) throw new Refusal('invalid_input', `Ivy does not understand “${due}” as a date. Write one like “tomorrow 9:00”, “friday” or “5 Oct 14:30”.`, { field: 'due' });
    return read;
  };

  /** Somebody who may do a task: they work here and may see its lead. */
  const assigneeOf = (context: CallContext, assigneeId: string, leadId: string | null): UserRow => {
    const user = findUser(context.store, assigneeId);
    if (user?.active !== true) throw new Refusal('not_found', 'That person does not work here any more. Choose somebody else.');
    const reach = accessScope(user.role, 'lead_data', 'view');
    const theirs = { userKey: user.key, userId: user.id, name: user.name, role: user.role, teamKey: user.teamKey, departmentKey: user.departmentKey, sessionId: '' };
    if (reach === null || (leadId !== null && !findLeadKeys(context.store, rowScope(theirs, reach), [leadId]).has(leadId))) {
      throw new Refusal('invalid_input', `${user.name} cannot see this lead, and so could not do the task. Choose somebody of its team.`, { field: 'assigneeId' });
    }
    return user;
  };

  return {
    'admissions.tasks.list': ({ leadId, mine, includeDone }, context) => {
      const leadKey = leadId === undefined ? null : requireLead(context, leadId).key;
      return { items: listTasks(context.store, context.scope, { leadKey, userKey: actorOf(context).userKey, mine, includeDone }) };
    },

    'admissions.tasks.create': ({ leadId, title, assigneeId, ...when }, context) => {
      const actor = actorOf(context);
      const lead = leadId === undefined ? null : requireLead(context, leadId);
      const assigneeKey = assigneeId === undefined ? actor.userKey : assigneeOf(context, assigneeId, leadId ?? null).key;
      if (lead === null && assigneeKey !== actor.userKey) throw new Refusal('invalid_input', 'A task of no lead is one’s own. Name the lead that it is about.', { field: 'leadId' });
      const dueAt = dueOf(when) ?? null;
      const id = newId();
      context.transact((writer, notes) => {
        insertTask(writer, { id, leadKey: lead?.key ?? null, title, dueAt, assigneeKey, createdBy: actor.userKey }, now());
        notes.target(...(leadId === undefined ? [] : [leadId]), id);
      });
      return require(context, id).task;
    },

    'admissions.tasks.update': ({ id, title, assigneeId, done, revision, ...when }, context) => {
      const { task, removed } = require(context, id);
      if (removed) throw new Refusal('not_found', 'That task was taken away. Put it back first.', { id });
      if (revision !== undefined && revision !== task.revision) {
        throw new Refusal('conflict', 'Somebody else has changed this task meanwhile. Look at it again, then make your change.', { id, revision: task.revision });
      }
      const assigneeKey = assigneeId === undefined ? undefined : assigneeOf(context, assigneeId, task.lead?.id ?? null).key;
      if (task.lead === null && assigneeKey !== undefined && assigneeKey !== actorOf(context).userKey) throw new Refusal('invalid_input', 'A task of no lead stays one’s own.', { field: 'assigneeId' });
      const dueAt = dueOf(when);
      // Who ticks off what is done already keeps the moment at which it was.
      const doneAt = done === undefined || done === (task.doneAt !== null) ? undefined : done ? now() : null;
      context.transact((writer, notes) => {
        updateTask(writer, id, { title, dueAt, doneAt, assigneeKey }, now());
        notes.target(...(task.lead === null ? [] : [task.lead.id]), id);
        notes.detail('changed', Object.entries({ title, dueAt, done, assigneeId }).filter(([, value]) => value !== undefined).map(([name]) => name).join(' '));
      });
      return require(context, id).task;
    },

    'admissions.tasks.remove': ({ id, removed }, context) => {
      const { task, removed: before } = require(context, id);
      context.transact((writer, notes) => {
        if (before !== removed) setTaskRemoved(writer, id, removed, now());
        notes.target(...(task.lead === null ? [] : [task.lead.id]), id);
        notes.detail('removed', removed);
      });
      return { id, removed };
    },

    'admissions.tasks.calendar': ({ id, leadId, path }, context) => {
      if (id !== undefined) require(context, id);
      const leadKey = leadId === undefined ? null : requireLead(context, leadId).key;
      const found = datedTasks(context.store, context.scope, { id: id ?? null, leadKey, userKey: actorOf(context).userKey });
      if (found.length === 0) throw new Refusal('not_found', 'No open task has a date. Give one a date first, then take it into your calendar.');
      const text = calendarFile(
        words('calendar.name'),
        found.map((task) => ({ id: task.id, title: titleOf(task), detail: task.assignee === null ? null : say(phrase('calendar.assignee', { name: task.assignee.name })), at: task.dueAt ?? 0, createdAt: task.createdAt, changedAt: task.updatedAt, revision: task.revision })),
        now(),
      );
      const target = files.target('tasks.ics', path, context);
      writeFileSync(target.path, text, { mode: 0o600 });
      context.transact((_writer, notes) => {
        notes.target(...found.slice(0, 1_000).map((task) => task.id));
        notes.detail('tasks', found.length);
      });
      return { downloadId: target.downloadId, name: target.name, rows: found.length, bytes: Buffer.byteLength(text), path: target.shownPath };
    },
  };
}

/** What a calendar shows of a task: what is to be done, and for whom. */
function titleOf({ title, lead }: Task): string {
  return lead === null || title.includes(lead.name) ? title : `${title} (${lead.name})`;
}
