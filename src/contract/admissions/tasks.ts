import { z } from 'zod';
import { access, command, query } from '../define';
import { download } from '../platform/audit';
import { fileChoice, id, instant } from '../shapes';

export const task = z.object({
  id,
  title: z.string(),
  lead: z.object({ id, name: z.string() }).nullable(),
  dueAt: instant.nullable(),
  doneAt: instant.nullable(),
  assignee: z.object({ id, name: z.string() }).nullable(),
  createdAt: instant,
  revision: z.number().int(),
});
export type Task = z.output<typeof task>;

const title = z.string().trim().min(1, 'Say what is to be done.').max(500);

const when = {
  dueAt: instant.nullable().optional(),
  /** The same in words, such as "tomorrow 9:00" or "friday", by the workspace’s clock. */
  due: z.string().trim().min(1).max(100).optional(),
};

export const tasks = {
  'admissions.tasks.list': query({
    reads: ['tasks', 'leads'],
    summary: 'Tasks: of a lead, or one’s own; the open ones first, by due date.',
    input: z.strictObject({ leadId: id.optional(), mine: z.boolean().default(false), includeDone: z.boolean().default(false) }),
    output: z.object({ items: z.array(task) }),
    allow: access('lead_data', 'view'),
  }),
  'admissions.tasks.create': command({
    summary: 'Add a task, for oneself unless somebody else is named.',
    input: z.strictObject({ leadId: id.optional(), title, ...when, assigneeId: id.optional() }),
    output: task,
    allow: access('lead_data', 'update'),
    changes: ['tasks'],
  }),
  'admissions.tasks.update': command({
    summary: 'Change a task: its words, its date, whose it is, or whether it is done.',
    input: z.strictObject({
      id,
      title: title.optional(),
      ...when,
      assigneeId: id.optional(),
      done: z.boolean().optional(),
      /** The revision that the change was made on; a later one is a conflict. */
      revision: z.number().int().optional(),
    }),
    output: task,
    allow: access('lead_data', 'update'),
    changes: ['tasks'],
  }),
  'admissions.tasks.remove': command({
    summary: 'Take a task away, or put it back with removed: false.',
    input: z.strictObject({ id, removed: z.boolean().default(true) }),
    output: z.object({ id, removed: z.boolean() }),
    allow: access('lead_data', 'update'),
    changes: ['tasks'],
  }),
  'admissions.tasks.calendar': command({
    summary: 'Write open tasks that have a date as a calendar file (ICS): one by its id, those of a lead, or one’s own.',
    input: z.strictObject({ id: id.optional(), leadId: id.optional(), path: fileChoice.path }),
    output: download,
    allow: access('lead_data', 'view'),
    changes: [],
  }),
};
