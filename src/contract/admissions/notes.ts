import { z } from 'zod';
import { access, command, query } from '../define';
import { id, instant } from '../shapes';

export const note = z.object({
  id,
  leadId: id,
  /** Plain text; its line breaks are kept. */
  text: z.string(),
  pinned: z.boolean(),
  author: z.object({ id, name: z.string() }).nullable(),
  createdAt: instant,
  editedAt: instant.nullable(),
  revision: z.number().int(),
  /** Whether the caller may change the words or take the note away: its author, or a manager. */
  mine: z.boolean(),
});
export type Note = z.output<typeof note>;

const text = z.string().trim().min(1, 'Write something first.').max(20_000);

export const notes = {
  'admissions.notes.list': query({
    reads: ['notes', 'leads'],
    summary: 'What people wrote down about a lead: the pinned first, then the newest.',
    input: z.strictObject({ leadId: id, search: z.string().trim().max(200).optional(), limit: z.number().int().min(1).max(500).default(100) }),
    output: z.object({ items: z.array(note), total: z.number().int() }),
    allow: access('lead_data', 'view'),
  }),
  'admissions.notes.create': command({
    summary: 'Write down something about a lead.',
    input: z.strictObject({ leadId: id, text, pinned: z.boolean().default(false) }),
    output: note,
    allow: access('lead_data', 'update'),
    changes: ['notes'],
  }),
  'admissions.notes.update': command({
    summary: 'Change the words of a note of one’s own, or pin any.',
    input: z.strictObject({
      id,
      text: text.optional(),
      pinned: z.boolean().optional(),
      /** The revision that the change was made on; a later one is a conflict. */
      revision: z.number().int().optional(),
    }),
    output: note,
    allow: access('lead_data', 'update'),
    changes: ['notes'],
  }),
  'admissions.notes.remove': command({
    summary: 'Take a note of one’s own away, or put it back with removed: false.',
    input: z.strictObject({ id, removed: z.boolean().default(true) }),
    output: z.object({ id, removed: z.boolean() }),
    allow: access('lead_data', 'update'),
    changes: ['notes'],
  }),
};
