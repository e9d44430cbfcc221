import { Refusal } from '#contract/errors';
import type { tasks } from '#contract/admissions/tasks';
import { actorOf, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { findTask, insertTask, listTasks, updateTask } from '#main/store/admissions/tasks';
import { findUser } from '#main/store/platform/users';
import { requireLead } from './leadView';

export function tasksHandlers({ newId, now }: HandlerParts): HandlersOf<typeof tasks> {
  return {
    'admissions.tasks.list': ({ leadId, mine, includeDone }, context) => {
      const leadKey = leadId === undefined ? null : requireLead(context, leadId).key;
      return { items: listTasks(context.store, context.scope, { leadKey, userKey: actorOf(context).userKey, mine, includeDone }) };
    },

    'admissions.tasks.create': ({ leadId, title, dueAt, assigneeId }, context) => {
      const actor = actorOf(context);
      const lead = leadId === undefined ? null : requireLead(context, leadId);
      const assignee = assigneeId === undefined ? null : findUser(context.store, assigneeId);
      if (assigneeId !== undefined && assignee?.active !== true) throw new Refusal('not_found', 'That person does not work here any more. Choose somebody else.');
      const id = newId();
      context.transact((writer, notes) => {
        insertTask(writer, { id, leadKey: lead?.key ?? null, title, dueAt: dueAt ?? null, assigneeKey: assignee?.key ?? actor.userKey, createdBy: actor.userKey }, now());
        notes.target(id);
      });
      const made = findTask(context.store, context.scope, assignee?.key ?? actor.userKey, id);
      if (made === null) throw new Error('A task that was just made is gone.');
      return made;
    },

    'admissions.tasks.update': ({ id, title, dueAt, done }, context) => {
      const { userKey } = actorOf(context);
      if (findTask(context.store, context.scope, userKey, id) === null) throw new Refusal('not_found', 'That task is gone, or belongs to somebody else.');
      context.transact((writer, notes) => {
        updateTask(writer, id, { title, dueAt, doneAt: done === undefined ? undefined : done ? now() : null }, now());
        notes.target(id);
      });
      const changed = findTask(context.store, context.scope, userKey, id);
      if (changed === null) throw new Error('A task that was just changed is gone.');
      return changed;
    },
  };
}
