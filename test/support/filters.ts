import type { OutputOf } from '#contract/index';
import type { Condition, Filter } from '#contract/filter';

// A second reading of the filter type, as plainly as can be: one lead, one condition, no index, no column. What the store answers is
// held against it.

export type Detail = OutputOf<'admissions.leads.get'>;
export type Value = string | number | boolean | null;
type Kind = 'text' | 'number' | 'boolean' | 'instant' | 'several';

/** What a lead holds in a field: its values (none where unanswered) and how they are compared. */
export interface Held {
  readonly kind: Kind;
  readonly values: readonly Exclude<Value, null>[];
}

const signals = ['emailOpens', 'emailClicks', 'eventsAttended', 'portalLogins', 'webVisits', 'webTime', 'pagesPerVisit', 'conversations'] as const;
const instants = ['enquiredAt', 'lastActivityAt', 'lastContactedAt', 'createdAt'] as const;
const numbers = ['score', 'confidence', 'probability', 'etaDays'] as const;

function one(kind: Kind, value: Value | undefined): Held {
  return { kind, values: value === null || value === undefined ? [] : [value] };
}

export function heldBy(lead: Detail, field: string): Held {
  if (field.startsWith('attribute.')) {
    const attribute = lead.attributes.find(({ name }) => name === field.slice('attribute.'.length));
    const kind: Kind = attribute?.type === 'number' ? 'number' : attribute?.type === 'boolean' ? 'boolean' : attribute?.type === 'date' ? 'instant' : 'text';
    return one(kind, attribute?.value);
  }
  const signal = signals.find((name) => name === field);
  if (signal !== undefined) return one('number', lead.signals[signal]);
  const instant = instants.find((name) => name === field);
  if (instant !== undefined) return one('instant', lead[instant]);
  const number = numbers.find((name) => name === field);
  if (number !== undefined) return one('number', lead[number]);
  switch (field) {
    case 'name':
      return one('text', [lead.givenName, lead.familyName].filter((part) => part !== null).join(' ') || null);
    case 'email':
    case 'phone':
    case 'externalId':
    case 'stage':
    case 'band':
    case 'source':
    case 'course':
    case 'country':
    case 'city':
      return one('text', lead[field]);
    case 'opensLeftOut':
      return one('number', lead.leftOut.opens);
    case 'clicksLeftOut':
      return one('number', lead.leftOut.clicks);
    case 'owner':
      return one('text', lead.owner?.name);
    case 'team':
      return one('text', lead.team.name);
    case 'converted':
      return one('boolean', lead.converted);
    case 'hasEmail':
      return one('boolean', lead.email !== null);
    case 'hasPhone':
      return one('boolean', lead.phone !== null);
    case 'blocker':
      return { kind: 'several', values: lead.blockers };
    case 'tags':
      return { kind: 'several', values: lead.tags.map(({ name }) => name) };
    default:
      throw new Error(`The second reading does not know ${field}.`);
  }
}

function plain(value: unknown): string {
  return String(value)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[‘’]/g, "'")
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit' });

/** Below 0, 0 or above: a value against an operand. A day is compared as a day, by the calendar of the workspace. */
function compare(kind: Kind, value: Exclude<Value, null>, operand: unknown): number {
  if (kind === 'instant' && typeof operand === 'string') {
    const day = dayOf.format(Number(value));
    return day < operand ? -1 : day > operand ? 1 : 0;
  }
  if (kind === 'number' || kind === 'instant') return Math.sign(Number(value) - Number(operand));
  return plain(value) === plain(operand) ? 0 : 1;
}

const hours: Readonly<Record<string, number>> = { hours: 1, days: 24, weeks: 168 };

function fits(kind: Kind, value: Exclude<Value, null>, condition: Condition, now: number): boolean {
  if ('is' in condition) return compare(kind, value, condition.is) === 0;
  if ('isNot' in condition) return compare(kind, value, condition.isNot) === 0;
  if ('in' in condition) return condition.in.some((operand) => compare(kind, value, operand) === 0);
  if ('contains' in condition) return plain(value).includes(plain(condition.contains));
  if ('startsWith' in condition) return plain(value).startsWith(plain(condition.startsWith));
  if ('lessThan' in condition) return compare(kind, value, condition.lessThan) < 0;
  if ('atMost' in condition) return compare(kind, value, condition.atMost) <= 0;
  if ('moreThan' in condition) return compare(kind, value, condition.moreThan) > 0;
  if ('atLeast' in condition) return compare(kind, value, condition.atLeast) >= 0;
  if ('between' in condition) return compare(kind, value, condition.between[0]) >= 0 && compare(kind, value, condition.between[1]) <= 0;
  if ('withinLast' in condition) return Number(value) >= now - condition.withinLast.amount * (hours[condition.withinLast.unit] ?? Number.NaN) * 3_600_000;
  throw new Error(`The second reading does not know ${JSON.stringify(condition)}.`);
}

/** Whether a lead fits a filter, read plainly. `isNot` and `not` include the unanswered. */
export function matches(lead: Detail, filter: Filter, now: number): boolean {
  if ('all' in filter) return filter.all.every((part) => matches(lead, part, now));
  if ('any' in filter) return filter.any.some((part) => matches(lead, part, now));
  if ('not' in filter) return !matches(lead, filter.not, now);
  const { kind, values } = heldBy(lead, filter.field);
  if ('isEmpty' in filter) return values.length === 0;
  if ('isNotEmpty' in filter) return values.length > 0;
  const some = values.some((value) => fits(kind, value, filter, now));
  return 'isNot' in filter ? !some : some;
}
