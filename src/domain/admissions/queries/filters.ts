// The shape of the one filter type as an engine makes it; the contract's type is the wider one, and takes it.

export type Scalar = string | number | boolean;

/** One condition on one field. */
export interface AskedCondition {
  readonly field: string;
  readonly is?: Scalar;
  readonly isNot?: Scalar;
  readonly in?: Scalar[];
  readonly contains?: string;
  readonly startsWith?: string;
  readonly lessThan?: Scalar;
  readonly atMost?: Scalar;
  readonly moreThan?: Scalar;
  readonly atLeast?: Scalar;
  readonly between?: [Scalar, Scalar];
  readonly isEmpty?: true;
  readonly isNotEmpty?: true;
  readonly withinLast?: { readonly amount: number; readonly unit: 'hours' | 'days' | 'weeks' | 'months' };
}

export type AskedFilter = { readonly all: readonly AskedFilter[] } | { readonly any: readonly AskedFilter[] } | { readonly not: AskedFilter } | AskedCondition;

/** The field that all conditions of a filter are on, or null where they are on several. */
export function fieldOf(filter: AskedFilter): string | null {
  if ('field' in filter) return filter.field;
  if ('not' in filter) return fieldOf(filter.not);
  const fields = new Set(('all' in filter ? filter.all : filter.any).map(fieldOf));
  const [only] = fields;
  return fields.size === 1 ? (only ?? null) : null;
}

/** The values of a condition that names some: `is` and `in`; else null. */
export function valuesOf(filter: AskedFilter): Scalar[] | null {
  if (!('field' in filter)) return null;
  return filter.is !== undefined ? [filter.is] : (filter.in ?? null);
}

/** A condition that a field has one of some values. */
export function oneOf(field: string, values: readonly Scalar[]): AskedCondition {
  const [first] = values;
  return values.length === 1 && first !== undefined ? { field, is: first } : { field, in: [...values] };
}

/** Yes-or-no fields that every lead answers, so that "not yes" is "no". */
const alwaysAnswered = new Set(['hasEmail', 'hasPhone']);

/** The opposite; what is unanswered counts as the opposite too. */
export function negated(filter: AskedFilter): AskedFilter {
  if ('not' in filter) return filter.not;
  if ('field' in filter) {
    const { field, is, isNot, lessThan, atMost, moreThan, atLeast } = filter;
    if (filter.isEmpty === true) return { field, isNotEmpty: true };
    if (filter.isNotEmpty === true) return { field, isEmpty: true };
    if (alwaysAnswered.has(field) && typeof is === 'boolean') return { field, is: !is };
    if (is !== undefined) return { field, isNot: is };
    if (isNot !== undefined) return { field, is: isNot };
    // Whoever says "not below 50" speaks of scores: what has none is not meant.
    if (field === 'score' && lessThan !== undefined) return { field, atLeast: lessThan };
    if (field === 'score' && moreThan !== undefined) return { field, atMost: moreThan };
    if (field === 'score' && atLeast !== undefined) return { field, lessThan: atLeast };
    if (field === 'score' && atMost !== undefined) return { field, moreThan: atMost };
  }
  return { not: filter };
}

function flat(parts: readonly AskedFilter[], of: 'all' | 'any'): AskedFilter[] {
  return parts.flatMap((part) => {
    if (of === 'all' && 'all' in part) return [...part.all];
    if (of === 'any' && 'any' in part) return [...part.any];
    return [part];
  });
}

function without(parts: readonly AskedFilter[]): AskedFilter[] {
  const seen = new Set<string>();
  return parts.filter((part) => {
    const key = JSON.stringify(part);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** All of some filters; null where there are none. */
export function allOf(parts: readonly AskedFilter[]): AskedFilter | null {
  const whole = without(flat(parts, 'all'));
  return whole.length <= 1 ? (whole[0] ?? null) : { all: whole };
}

/** Any of some filters. Values of one field become one condition. */
export function anyOf(parts: readonly AskedFilter[]): AskedFilter | null {
  const whole = without(flat(parts, 'any'));
  const [first] = whole;
  if (first === undefined || whole.length === 1) return first ?? null;
  const field = fieldOf(first);
  const values = whole.map(valuesOf);
  if (field !== null && values.every((each) => each !== null) && whole.every((part) => fieldOf(part) === field)) return oneOf(field, [...new Set(values.flat())]);
  return { any: whole };
}

/** The filters that must all hold. */
export function partsOfAll(filter: AskedFilter | null): readonly AskedFilter[] {
  if (filter === null) return [];
  return 'all' in filter ? filter.all : [filter];
}
