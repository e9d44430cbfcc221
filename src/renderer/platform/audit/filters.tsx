import { DateTime } from 'luxon';
import type { InputOf } from '#contract/index';

export const periods = ['any', 'today', 'week', 'month', 'own'] as const;
export type Period = (typeof periods)[number];

/** What somebody looks for in the audit; an empty word means anything. */
export interface AuditFilters {
  readonly actorId: string;
  readonly action: string;
  readonly resource: string;
  readonly outcome: '' | 'succeeded' | 'refused' | 'failed';
  readonly period: Period;
  /** Days of an own period, as ISO dates. */
  readonly fromDay: string;
  readonly toDay: string;
}

export const noFilters: AuditFilters = { actorId: '', action: '', resource: '', outcome: '', period: 'any', fromDay: '', toDay: '' };

export type AuditQuery = Pick<InputOf<'platform.audit.list'>, 'actorId' | 'action' | 'resource' | 'outcome' | 'from' | 'to'>;

const daysOf: Readonly<Record<'today' | 'week' | 'month', number>> = { today: 0, week: 6, month: 29 };

/**
 * The filters as the core takes them. `until` keeps what is shown in its place while new entries are written; days are those of the
 * workspace's time zone.
 */
export function queryOf(filters: AuditFilters, until: number, timeZone: string): AuditQuery {
  const { actorId, action, resource, outcome, period, fromDay, toDay } = filters;
  const startOf = (day: string): number | undefined => {
    const start = DateTime.fromISO(day, { zone: timeZone });
    return start.isValid ? start.toMillis() : undefined;
  };
  const end = toDay === '' || period !== 'own' ? undefined : DateTime.fromISO(toDay, { zone: timeZone }).plus({ days: 1 });
  const from =
    period === 'any' ? undefined : period === 'own' ? startOf(fromDay) : DateTime.fromMillis(until, { zone: timeZone }).startOf('day').minus({ days: daysOf[period] }).toMillis();
  return {
    ...(actorId === '' ? {} : { actorId }),
    ...(action === '' ? {} : { action }),
    ...(resource === '' ? {} : { resource }),
    ...(outcome === '' ? {} : { outcome }),
    ...(from === undefined ? {} : { from }),
    to: end?.isValid === true ? Math.min(until, end.toMillis()) : until,
  };
}

export function isFiltered(filters: AuditFilters): boolean {
  return Object.entries(filters).some(([name, value]) => value !== noFilters[name as keyof AuditFilters]);
}
