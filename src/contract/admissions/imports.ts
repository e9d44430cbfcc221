import { z } from 'zod';
import { columnTypes, importFields, knownWhens } from '#domain/admissions/imports/fields';
import { encodings } from '#domain/admissions/imports/sniff';
import { access, job, query } from '../define';
import { download } from '../platform/audit';
import { fileChoice, id, instant, listOf, none, page } from '../shapes';

/** A field of leads, `attribute.<name>`, or null to leave a column out. */
const target = z
  .string()
  .max(200)
  .refine((name) => (importFields as readonly string[]).includes(name) || /^attribute\.[a-zA-Z][a-zA-Z0-9]{0,99}$/.test(name), {
    error: 'A column becomes a field of leads, attribute.<name>, or null.',
  })
  .nullable();

export const proposedColumn = z.object({
  index: z.number().int(),
  header: z.string(),
  type: z.enum(columnTypes),
  proposedField: z.string().nullable(),
  confidence: z.number(),
  knownWhen: z.enum(knownWhens),
  placeholders: z.array(z.string()),
  samples: z.array(z.string()),
  spellings: z.array(z.object({ value: z.string(), variants: z.array(z.string()) })),
  dateFormat: z.string().nullable(),
  dateFormats: z.array(z.string()),
  decimal: z.enum(['.', ',']),
  answered: z.number().int(),
  distinct: z.number().int(),
  missingnessAuc: z.number().nullable(),
});
export type ProposedColumn = z.output<typeof proposedColumn>;

/** A column as a person accepted it. A column of the preview is one, with its proposal taken as it stands. */
export const mappedColumn = z.object({
  index: z.number().int().min(0).max(10_000),
  header: z.string().max(1_000),
  proposedField: target,
  type: z.enum(columnTypes),
  dateFormat: z.string().max(60).nullable().default(null),
  decimal: z.enum(['.', ',']).default('.'),
  placeholders: z.array(z.string().max(500)).max(1_000).default([]),
  knownWhen: z.enum(knownWhens).default('unknown'),
});

/** How the file is to be read, where what was found is not right. */
export const reading = {
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  encoding: z.enum(encodings).optional(),
  sheet: z.string().max(200).optional(),
};

const preview = z.object({
  fileName: z.string(),
  format: z.enum(['csv', 'xlsx']),
  delimiter: z.string().nullable(),
  encoding: z.enum(encodings).nullable(),
  columns: z.array(proposedColumn),
  rowsSeen: z.number().int(),
  /** Whether every row of the file was seen. */
  complete: z.boolean(),
  bytes: z.number().int(),
  /** Whether a mapping was accepted for a file of this shape before; then it is the proposal. */
  remembered: z.boolean(),
  /** The system that the file seems to come from: within it, an external id is one lead. */
  origin: z.string(),
  origins: z.array(z.string()),
  rows: z.array(z.array(z.string())),
  /** Whether the file holds opens and clicks, one row each, rather than leads: `admissions.engagement.import` takes it. */
  holdsEvents: z.boolean(),
});
export type ImportPreview = z.output<typeof preview>;

const counts = {
  imported: z.number().int(),
  updated: z.number().int(),
  rejected: z.number().int(),
  duplicates: z.number().int(),
  warnings: z.number().int(),
};

/** Leads with a name like another's and a second fact in common; null where nobody looked, or where the search was stopped. */
const likeNames = z.number().int().nullable();

export const importProblem = z.object({
  line: z.number().int(),
  kind: z.enum(['rejected', 'warning']),
  header: z.string().nullable(),
  reason: z.string(),
  cells: z.array(z.string()),
});

const runInput = {
  ...fileChoice,
  ...reading,
  columns: z.array(mappedColumn).min(1).max(2_000).optional(),
  origin: z.string().trim().min(1).max(200).optional(),
};

export const importRecord = z.object({
  id,
  fileName: z.string(),
  origin: z.string(),
  by: z.string(),
  state: z.enum(['staging', 'applying', 'done', 'undoing', 'undone']),
  ...counts,
  likeNames,
  kept: z.number().int(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  undoneAt: instant.nullable(),
});

export const imports = {
  'admissions.imports.preview': query({
    reads: ['imports'],
    summary: 'Look into a CSV or Excel file: what its columns hold and what each is proposed to become.',
    input: z.strictObject({ ...fileChoice, ...reading }),
    output: preview,
    allow: access('lead_data', 'create'),
  }),
  'admissions.imports.check': job({
    summary: 'Read a whole file with a mapping without importing it: how many rows would come in, and which would not.',
    input: z.strictObject(runInput),
    output: z.object({ rows: z.number().int(), ...counts, problems: z.array(importProblem) }),
    allow: access('lead_data', 'create'),
    changes: [],
  }),
  'admissions.imports.run': job({
    summary: 'Import leads from a file. All of it becomes visible at once, or none.',
    input: z.strictObject({
      ...runInput,
      /** Look for like names with a second fact too, once all rows are in. */
      likeNames: z.boolean().default(true),
    }),
    output: z.object({ importId: id, ...counts, likeNames, milliseconds: z.number() }),
    allow: access('lead_data', 'create'),
    changes: ['leads', 'imports', 'sources', 'courses', 'campuses', 'attributes', 'duplicates', 'triage', 'alerts'],
  }),
  'admissions.imports.undo': job({
    summary: 'Take an import back: what nobody has touched since goes, what somebody has worked on stays and is listed.',
    input: z.strictObject({ importId: id }),
    output: z.object({
      removed: z.number().int(),
      restored: z.number().int(),
      kept: z.number().int(),
      keptLeads: z.array(z.object({ id, name: z.string() })),
    }),
    allow: access('lead_data', 'delete'),
    changes: ['leads', 'imports', 'triage', 'alerts'],
  }),
  'admissions.imports.list': query({
    reads: ['imports'],
    summary: 'The imports of those teams that one sees, newest first.',
    input: z.strictObject({ ...page }),
    output: listOf(importRecord),
    allow: access('lead_data', 'view'),
  }),
  'admissions.imports.problems': job({
    summary: 'Write the rows that were rejected, and the cells that were left out, to a CSV file with line and reason.',
    input: z.strictObject({ importId: id, path: fileChoice.path }),
    output: download,
    allow: access('lead_data', 'export'),
    rate: 'export',
    changes: [],
  }),
  'admissions.imports.sample': job({
    summary: 'Fill a sample workspace with made-up leads.',
    input: none,
    output: z.object({ importId: id, ...counts, likeNames }),
    allow: access('lead_data', 'create'),
    changes: ['leads', 'imports', 'sources', 'courses', 'campuses', 'attributes', 'triage', 'alerts'],
  }),
};
