import { z } from 'zod';
import { groupings } from '#domain/admissions/leads/groups';
import { access, command, query } from '../define';
import { filter } from '../filter';
import { id, instant, none, sortDirection } from '../shapes';
import { leadSorts } from './leadFields';
import { groupOrder } from './leadGroups';

/** Who sees a view beside its owner. */
export const viewAudiences = ['nobody', 'team', 'everyone'] as const;
export type ViewAudience = (typeof viewAudiences)[number];

/** How narrow and how wide a column may be, in pixels. */
export const leastWidth = 56;
export const mostWidth = 800;

const columnName = z.string().trim().min(1).max(200);

/** What a view shows. */
const shown = {
  filter: filter.nullable(),
  search: z.string().trim().max(200),
  sort: z.strictObject({ field: z.enum(leadSorts), direction: sortDirection }),
  /** Columns in their order; null shows those that each person likes. */
  columns: z.array(columnName).max(100).nullable(),
  /** Widths of columns in pixels, of those that are not as wide as usual; null where all are. */
  widths: z.record(columnName, z.number().int().min(leastWidth).max(mostWidth)).nullable(),
  /** What the leads are grouped by; null shows them one after the other. */
  grouping: z.enum(groupings).nullable(),
  /** How the groups are put in order; null leaves them in their natural one. */
  groupOrder: groupOrder.nullable(),
};

const name = z.string().trim().min(1).max(100);
const audience = z.enum(viewAudiences);

export const view = z.object({
  id,
  name: z.string(),
  audience,
  /** Whether it is the caller's own: only its owner changes a view. */
  mine: z.boolean(),
  owner: z.string(),
  /** What of it still exists: conditions and columns on fields that are gone are left out. */
  ...shown,
  /** Fields and columns that are gone, by name. */
  gone: z.array(z.string()),
  updatedAt: instant,
});
export type View = z.output<typeof view>;

export const views = {
  'admissions.views.list': query({
    reads: ['views', 'attributes'],
    summary: 'Views of leads: one’s own, and those that others share with the team or with everyone.',
    input: none,
    output: z.object({ items: z.array(view) }),
    allow: access('lead_data', 'view'),
  }),
  'admissions.views.create': command({
    summary: 'Keep a filter, a search, a sort and columns under a name.',
    input: z.strictObject({
      name,
      audience: audience.default('nobody'),
      filter: shown.filter.default(null),
      search: shown.search.default(''),
      sort: shown.sort.default({ field: 'score', direction: 'descending' }),
      columns: shown.columns.default(null),
      widths: shown.widths.default(null),
      grouping: shown.grouping.default(null),
      groupOrder: shown.groupOrder.default(null),
    }),
    output: view,
    allow: access('lead_data', 'view'),
    changes: ['views'],
  }),
  'admissions.views.update': command({
    summary: 'Rename a view of one’s own, share it, or keep something else under its name.',
    input: z.strictObject({
      id,
      name: name.optional(),
      audience: audience.optional(),
      filter: shown.filter.optional(),
      search: shown.search.optional(),
      sort: shown.sort.optional(),
      columns: shown.columns.optional(),
      widths: shown.widths.optional(),
      grouping: shown.grouping.optional(),
      groupOrder: shown.groupOrder.optional(),
    }),
    output: view,
    allow: access('lead_data', 'view'),
    changes: ['views'],
  }),
  'admissions.views.remove': command({
    summary: 'Take a view of one’s own away, or put it back with removed: false.',
    input: z.strictObject({ id, removed: z.boolean().default(true) }),
    output: z.object({ id, removed: z.boolean() }),
    allow: access('lead_data', 'view'),
    changes: ['views'],
  }),
};
