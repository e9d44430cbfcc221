import { z } from 'zod';

/** The version of the filter type. Saved views and queries carry it, so that a later program can read them. */
export const filterVersion = 1;

const scalar = z.union([z.string().max(1_000), z.number(), z.boolean()]);
const field = z.string().min(1).max(200);

/** Conditions below one root, so that nobody can make the store work for minutes. */
export const maximumConditions = 1_000;
const maximumDepth = 20;

export const conditionOperators = [
  'is',
  'isNot',
  'in',
  'contains',
  'startsWith',
  'lessThan',
  'atMost',
  'moreThan',
  'atLeast',
  'between',
  'isEmpty',
  'isNotEmpty',
  'withinLast',
] as const;
export type ConditionOperator = (typeof conditionOperators)[number];

export const durationUnits = ['hours', 'days', 'weeks', 'months'] as const;
const duration = z.strictObject({ amount: z.number().positive().max(100_000), unit: z.enum(durationUnits) });
export type Duration = z.output<typeof duration>;

const condition = z.union([
  z.strictObject({ field, is: scalar }),
  z.strictObject({ field, isNot: scalar }),
  z.strictObject({ field, in: z.array(scalar).max(1_000) }),
  z.strictObject({ field, contains: z.string().max(1_000) }),
  z.strictObject({ field, startsWith: z.string().max(1_000) }),
  z.strictObject({ field, lessThan: scalar }),
  z.strictObject({ field, atMost: scalar }),
  z.strictObject({ field, moreThan: scalar }),
  z.strictObject({ field, atLeast: scalar }),
  z.strictObject({ field, between: z.tuple([scalar, scalar]) }),
  z.strictObject({ field, isEmpty: z.literal(true) }),
  z.strictObject({ field, isNotEmpty: z.literal(true) }),
  z.strictObject({ field, withinLast: duration }),
]);
export type Condition = z.output<typeof condition>;
export type FilterValue = z.output<typeof scalar>;

/**
 * The one filter type: views, questions in words, cohorts, exports and models all use it. Values are compared without regard to
 * case and diacritics. `isNot` and `not` include the unanswered.
 */
export type Filter =
  | { readonly all: readonly Filter[] }
  | { readonly any: readonly Filter[] }
  | { readonly not: Filter }
  | Condition;

const explanation =
  'A filter is {"all": […]}, {"any": […]}, {"not": …}, or {"field": …} with exactly one of ' + conditionOperators.join(', ') + '.';

const node: z.ZodType<Filter> = z.lazy(() =>
  z.union(
    [
      z.strictObject({ all: z.array(node).max(maximumConditions) }),
      z.strictObject({ any: z.array(node).max(maximumConditions) }),
      z.strictObject({ not: node }),
      condition,
    ],
    { error: explanation },
  ),
);

/** How deep a raw value nests, walked without recursion so that a hostile one cannot exhaust the stack. */
function nestsDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((item) => (item !== null && typeof item === 'object' ? (Object.values(item) as unknown[]) : []));
  }
  return false;
}

function count(filter: Filter): number {
  if ('all' in filter) return filter.all.reduce((sum, part) => sum + count(part), 0);
  if ('any' in filter) return filter.any.reduce((sum, part) => sum + count(part), 0);
  if ('not' in filter) return count(filter.not);
  return 1;
}

export const filter = z
  .unknown()
  .refine((value) => !nestsDeeperThan(value, maximumDepth * 2), {
    error: `A filter may nest ${String(maximumDepth)} levels deep.`,
    abort: true,
  })
  .pipe(node)
  .refine((value) => count(value) <= maximumConditions, {
    error: `A filter may have ${String(maximumConditions)} conditions.`,
  });

/** The operator of a condition and its operand, as a pair that can be switched over. */
export function operatorOf(from: Condition): { readonly operator: ConditionOperator; readonly operand: unknown } {
  for (const operator of conditionOperators) {
    if (operator in from) return { operator, operand: (from as Record<string, unknown>)[operator] };
  }
  throw new Error('A condition without an operator passed its schema.');
}

/** What of a filter is left without conditions on fields that are gone, and which fields those were. Null means: nothing is left. */
export function withoutFields(from: Filter, isGone: (field: string) => boolean): { readonly filter: Filter | null; readonly gone: readonly string[] } {
  if ('field' in from) return isGone(from.field) ? { filter: null, gone: [from.field] } : { filter: from, gone: [] };
  if ('not' in from) {
    const { filter: rest, gone } = withoutFields(from.not, isGone);
    return { filter: rest === null ? null : { not: rest }, gone };
  }
  const parts = ('all' in from ? from.all : from.any).map((part) => withoutFields(part, isGone));
  const gone = [...new Set(parts.flatMap((part) => part.gone))];
  if (gone.length === 0) return { filter: from, gone };
  const left = parts.flatMap((part) => part.filter ?? []);
  if (left.length === 0) return { filter: null, gone };
  return { filter: 'all' in from ? { all: left } : { any: left }, gone };
}
