import { type Condition, type Duration, type Filter, operatorOf } from '#contract/filter';
import type { OutputOf } from '#contract/index';
import { say, words } from '#main/app/phrases';
import { phrase } from '#domain/kernel/phrase';

type OfferedField = OutputOf<'admissions.leads.options'>['fields'][number];

const shares = new Set(['probability', 'confidence', 'modelChance', 'modelConfidence']);
const ends = ['moreThan', 'atLeast', 'lessThan', 'atMost'] as const;

/** Puts filters into words, as the chips of a screen do. */
export function filterWords(fields: readonly OfferedField[], me: string): (filter: Filter) => string {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const valueWords = (field: string, value: unknown): string => {
    if (value === 'me') return me;
    if (typeof value === 'boolean') return words(value ? 'queries.yes' : 'queries.no');
    if (typeof value === 'number') return shares.has(field) ? `${String(Math.round(value * 1000) / 10)} %` : String(value);
    return byName.get(field)?.values.find((each) => each.value === value)?.label ?? String(value);
  };
  const condition = (from: Condition): string => {
    const { operator, operand } = operatorOf(from);
    const field = byName.get(from.field)?.label ?? from.field;
    const instant = byName.get(from.field)?.type === 'instant';
    const value = (one: unknown): string => valueWords(from.field, one);
    const operatorWords = (name: string): string => words(instant && [...ends, 'is', 'isNot'].some((each) => each === name) ? `queries.instantOperators.${name}` : `queries.operators.${name}`);
    switch (operator) {
      case 'isEmpty':
      case 'isNotEmpty':
        return `${field} ${operatorWords(operator)}`;
      case 'in':
        return `${field} ${operatorWords(operator)} ${(operand as unknown[]).map(value).join(words('queries.or'))}`;
      case 'between':
        return `${field} ${operatorWords(operator)} ${(operand as unknown[]).map(value).join(words('queries.to'))}`;
      case 'withinLast': {
        const { amount, unit } = operand as Duration;
        return `${field} ${operatorWords(operator)} ${say(phrase(`queries.spans.${unit}`, { count: amount }))}`;
      }
      default:
        return `${field} ${operatorWords(operator)} ${value(operand)}`;
    }
  };
  const whole = (filter: Filter): string => {
    if ('field' in filter) return condition(filter);
    if ('not' in filter) return say(phrase('queries.not', { what: whole(filter.not) }));
    const parts = 'all' in filter ? filter.all : filter.any;
    return say(phrase('all' in filter ? 'queries.all' : 'queries.any', { parts: parts.map(whole).join('; ') }));
  };
  return whole;
}
