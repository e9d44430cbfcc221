import { DateTime } from 'luxon';
import { Refusal } from '#contract/errors';
import type { Condition, ConditionOperator, Duration, FilterValue } from '#contract/filter';

// How the values of a condition are read: texts, numbers, and moments as ranges of milliseconds.

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

export function problem(condition: Condition, message: string): never {
  throw new Refusal('invalid_input', `The filter on ${condition.field} cannot be read: ${message}`, { field: condition.field });
}

export function numberOf(condition: Condition, value: unknown): Moment {
  const number = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? { from: number, to: number } : problem(condition, 'give a number.');
}

/** The first and last millisecond that a value means: a day is all of it, an instant is itself. */
export interface Moment {
  readonly from: number;
  readonly to: number;
}

export function momentOf(condition: Condition, value: unknown, timeZone: string): Moment {
  if (typeof value === 'number') return { from: value, to: value };
  const text = asText(value).trim();
  const parsed = DateTime.fromISO(text, { zone: timeZone });
  if (!parsed.isValid) return problem(condition, 'give a date such as 2026-09-30.');
  const wholeDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  return wholeDay ? { from: parsed.startOf('day').toMillis(), to: parsed.endOf('day').toMillis() } : { from: parsed.toMillis(), to: parsed.toMillis() };
}

export function sinceOf({ amount, unit }: Duration, { now, timeZone }: { readonly now: number; readonly timeZone: string }): number {
  return DateTime.fromMillis(now, { zone: timeZone }).minus({ [unit]: amount }).toMillis();
}

/** The ranges, both ends included, that a comparison of numbers or moments means. */
export function rangesOf(condition: Condition, operator: ConditionOperator, operand: unknown, read: (value: unknown) => Moment, since: (duration: Duration) => number): readonly Moment[] {
  const below = (value: number): number => nextDown(value);
  const above = (value: number): number => -nextDown(-value);
  switch (operator) {
    case 'is':
    case 'isNot':
      return [read(operand)];
    case 'in':
      return (operand as FilterValue[]).map(read);
    case 'lessThan':
      return [{ from: -Infinity, to: below(read(operand).from) }];
    case 'atMost':
      return [{ from: -Infinity, to: read(operand).to }];
    case 'moreThan':
      return [{ from: above(read(operand).to), to: Infinity }];
    case 'atLeast':
      return [{ from: read(operand).from, to: Infinity }];
    case 'between': {
      const [low, high] = operand as [FilterValue, FilterValue];
      return [{ from: read(low).from, to: read(high).to }];
    }
    case 'withinLast':
      return [{ from: since(operand as Duration), to: Infinity }];
    default:
      return problem(condition, `${operator} does not fit.`);
  }
}

/** The largest double below a number. */
function nextDown(value: number): number {
  if (!Number.isFinite(value)) return value;
  if (value === 0) return -Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? -1n : 1n));
  return view.getFloat64(0);
}
