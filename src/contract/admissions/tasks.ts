import { z } from 'zod';
import { access, command, query } from '../define';
import { id, instant } from '../shapes';

export const task = z.object({
  id,
  title: z.string(),
  lead: z.object({ id, name: z.string() }).nullable(),
  dueAt: instant.nullable(),
  doneAt: instant.nullable(),
  assignee: z.object({ id, name: z.string() }).nullable(),
  createdAt: instant,
});
export type Task = z.output<typeof task>;

const title = z.string().trim().min(1, 'Say what is to be done.').max(500);

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
    input: z.strictObject({ leadId: id.optional(), title, dueAt: instant.nullable().optional(), assigneeId: id.optional() }),
    output: task,
    allow: access('lead_data', 'update'),
    changes: ['tasks'],
  }),
  'admissions.tasks.update': command({
    summary: 'Change a task: its words, its date, or whether it is done.',
    input: z.strictObject({ id, title: title.optional(), dueAt: instant.nullable().optional(), done: z.boolean().optional() }),
    output: task,
    allow: access('lead_data', 'update'),
    changes: ['tasks'],
  }),
};
