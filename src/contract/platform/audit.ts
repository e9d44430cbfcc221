import { z } from 'zod';
import { job, query, role } from '../define';
import { fileChoice, id, instant, listOf, none, page } from '../shapes';

export const auditOutcomes = ['succeeded', 'refused', 'failed'] as const;

export const auditRow = z.object({
  sequence: z.number().int(),
  at: instant,
  actorId: id.nullable(),
  actorName: z.string().nullable(),
  door: z.string(),
  action: z.string(),
  resource: z.string().nullable(),
  targetIds: z.array(z.string()),
  outcome: z.enum(auditOutcomes),
  details: z.record(z.string(), z.unknown()),
  hash: z.string(),
});
export type AuditRow = z.output<typeof auditRow>;

const auditFilter = {
  outcome: z.enum(auditOutcomes).optional(),
  actorId: id.optional(),
  action: z.string().max(200).optional(),
  resource: z.string().max(100).optional(),
  from: instant.optional(),
  to: instant.optional(),
};

/** A download that a door hands to the person: saved by dialog, by browser, or already at a path of the command line. */
export const download = z.object({
  downloadId: id,
  name: z.string(),
  rows: z.number().int(),
  bytes: z.number().int(),
  path: z.string().nullable(),
});

export const audit = {
  'platform.audit.list': query({
    reads: ['audit'],
    summary: 'What was done, by whom, and what was refused; newest first.',
    input: z.strictObject({ ...page, ...auditFilter }),
    output: listOf(auditRow),
    allow: role('audit_logs', 'audit_logs'),
  }),
  'platform.audit.verify': query({
    reads: ['audit'],
    summary: 'Check the chain of the audit and name the first broken row.',
    input: none,
    output: z.object({
      intact: z.boolean(),
      rows: z.number().int(),
      firstBrokenSequence: z.number().int().nullable(),
      problem: z.string().nullable(),
    }),
    allow: role('audit_logs', 'audit_logs'),
    rate: 'admin',
  }),
  'platform.audit.export': job({
    summary: 'Write the audit to a CSV file.',
    input: z.strictObject({ ...auditFilter, path: fileChoice.path }),
    output: download,
    allow: role('audit_logs', 'audit_logs', 'export'),
    rate: 'export',
    changes: [],
  }),
};
