import { round, shrunkRate } from '#domain/kernel/stats';
import { type SourcePrior, workspaceRate } from '../sources/rates';

/** What leads can be grouped by. `month` is the month of the enquiry. */
export const groupings = ['source', 'stage', 'owner', 'team', 'course', 'campus', 'country', 'city', 'band', 'tags', 'month'] as const;
export type Grouping = (typeof groupings)[number];

/** What groups can be put in order by; `natural` is the order of stages, bands and months, and the largest group first elsewhere. */
export const groupSorts = ['natural', 'label', 'leads', 'meanScore', 'expected', 'rate'] as const;
export type GroupSort = (typeof groupSorts)[number];

/** Sums over some leads. */
export interface LeadTally {
  leads: number;
  scored: number;
  scores: number;
  /** Leads with something still to win that have a chance, and the sum of their chances. */
  open: number;
  chances: number;
  /** Leads whose outcome is known, and those that converted. */
  known: number;
  converted: number;
  mayEmail: number;
  refusedEmail: number;
  mayPhone: number;
  refusedPhone: number;
}

export function emptyTally(): LeadTally {
  return { leads: 0, scored: 0, scores: 0, open: 0, chances: 0, known: 0, converted: 0, mayEmail: 0, refusedEmail: 0, mayPhone: 0, refusedPhone: 0 };
}

/** Below so many known outcomes a group's own rate says next to nothing, shrunk or not. */
export const leastKnown = 5;

/** How leads can be reached by one channel, as counts: who said no counts as refused, with an address or without. */
export interface ReachCounts {
  readonly allowed: number;
  readonly refused: number;
  readonly missing: number;
}

export interface LeadTotals {
  readonly leads: number;
  readonly scored: number;
  /** Mean score of those that are scored, 0 to 100; null where none is. */
  readonly meanScore: number | null;
  readonly open: number;
  /** Enrolments to expect of those with something still to win: the sum of their chances. Null where none has one. */
  readonly expected: number | null;
  readonly known: number;
  readonly converted: number;
  /** Share of those with a known outcome that converted, shrunk; null below {@link leastKnown} outcomes. */
  readonly rate: number | null;
  readonly email: ReachCounts;
  readonly phone: ReachCounts;
}

/**
 * Means, expectations and rates of a tally.
 *
 * @param towards the rate that this one is shrunk to, in [0, 1]
 * @param strength how many outcomes that rate is worth
 */
export function totalsOf(tally: LeadTally, towards: number, strength: number): LeadTotals {
  const { leads, scored, scores, open, chances, known, converted } = tally;
  const reach = (allowed: number, refused: number): ReachCounts => ({ allowed, refused, missing: leads - allowed - refused });
  return {
    leads,
    scored,
    meanScore: scored === 0 ? null : round(scores / scored, 1),
    open,
    expected: open === 0 ? null : round(chances, 2),
    known,
    converted,
    rate: known < leastKnown ? null : round(shrunkRate(converted, known, towards, strength), 4),
    email: reach(tally.mayEmail, tally.refusedEmail),
    phone: reach(tally.mayPhone, tally.refusedPhone),
  };
}

/** The totals of all leads that are shown, and of each group. The whole is shrunk to the neutral prior, a group to the whole. */
export function summarise<Name>(all: LeadTally, groups: ReadonlyMap<Name, LeadTally>, prior: SourcePrior): { readonly total: LeadTotals; readonly groups: Map<Name, LeadTotals> } {
  const rate = workspaceRate(all, prior);
  return {
    total: totalsOf(all, prior.prior, prior.strength),
    groups: new Map([...groups].map(([name, tally]) => [name, totalsOf(tally, rate, prior.strength)])),
  };
}

/** A group as it is put in order. */
export interface Sortable extends Pick<LeadTotals, 'leads' | 'meanScore' | 'expected' | 'rate'> {
  /** Null for the leads that have no value. */
  readonly label: string | null;
  /** The place of its value in the order of its field, where that has one. */
  readonly place: number | null;
}

/** Puts groups in order. What is unknown comes last whichever way it goes, and of equals the larger first. */
export function sortGroups<Group extends Sortable>(groups: readonly Group[], sort: GroupSort, descending: boolean): Group[] {
  const direction = descending ? -1 : 1;
  const natural = groups.some(({ place }) => place !== null);
  const value = (group: Group): number | string | null => {
    if (sort === 'label') return group.label;
    if (sort !== 'natural') return group[sort];
    if (group.label === null) return null;
    return natural ? group.place : -group.leads;
  };
  return [...groups].sort((a, b) => {
    const [left, right] = [value(a), value(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null) || b.leads - a.leads;
    const order = typeof left === 'string' && typeof right === 'string' ? left.localeCompare(right) : Number(left) - Number(right);
    return order * direction || b.leads - a.leads || (a.label ?? '').localeCompare(b.label ?? '');
  });
}
