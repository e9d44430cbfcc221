import { z } from 'zod';
import { access, command, query } from '../define';
import { fileChoice, id, instant } from '../shapes';

export const attachmentKinds = ['file', 'folder', 'link'] as const;

export const attachment = z.object({
  id,
  leadId: id,
  kind: z.enum(attachmentKinds),
  name: z.string(),
  /** Where a link leads; null for what lies on a machine. */
  link: z.string().nullable(),
  /** Where a file or folder lies. Told to the command line alone: a window opens it by its id. */
  path: z.string().nullable(),
  /** Whether it is there: `missing` was moved or deleted, `elsewhere` lies on another machine. Links are not looked up. */
  state: z.enum(['there', 'missing', 'elsewhere']),
  addedBy: z.string().nullable(),
  addedAt: instant,
});
export type Attachment = z.output<typeof attachment>;

export const attachments = {
  'admissions.attachments.list': query({
    reads: ['attachments', 'leads'],
    summary: 'What is attached to a lead by reference, newest first, and whether it is still there.',
    input: z.strictObject({ leadId: id }),
    output: z.object({ items: z.array(attachment) }),
    allow: access('lead_data', 'view'),
  }),
  'admissions.attachments.create': command({
    summary: 'Refer to an https link, or to a file or folder of this machine; nothing is copied.',
    input: z.strictObject({ leadId: id, name: z.string().trim().min(1).max(200).optional(), link: z.string().trim().max(2_048).optional(), ...fileChoice }),
    output: attachment,
    allow: access('lead_data', 'update'),
    changes: ['attachments'],
  }),
  'admissions.attachments.remove': command({
    summary: 'Take an attachment away, or put it back with removed: false. What it refers to stays where it is.',
    input: z.strictObject({ id, removed: z.boolean().default(true) }),
    output: z.object({ id, removed: z.boolean() }),
    allow: access('lead_data', 'update'),
    changes: ['attachments'],
  }),
  'admissions.attachments.open': command({
    summary: 'Look whether an attachment is there and may be opened. The door that asked opens it.',
    input: z.strictObject({ id }),
    output: z.object({
      kind: z.enum(attachmentKinds),
      link: z.string().nullable(),
      path: z.string().nullable(),
      /** By which Ivy’s window opens a file or folder, once and soon. */
      openingId: id.nullable(),
    }),
    allow: access('lead_data', 'view'),
    changes: [],
  }),
};
