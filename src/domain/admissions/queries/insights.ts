import { phrase, type Phrase } from '#domain/kernel/phrase';
import { round } from '#domain/kernel/stats';
import type { LeadTotals } from '../leads/groups';
import { type AskedFilter, allOf } from './filters';

/** A group with its condition. */
export interface FigureGroup extends Pick<LeadTotals, 'leads' | 'scored' | 'meanScore' | 'known' | 'converted' | 'rate'> {
  readonly label: string | null;
  readonly filter: AskedFilter;
}

/** What insights are drawn from. Every figure is one that a list or a group shows too. */
export interface InsightFacts {
  readonly filter: AskedFilter | null;
  readonly totals: LeadTotals;
  /** The same of every lead that the asker sees. */
  readonly everyone: LeadTotals;
  readonly bySource: readonly FigureGroup[];
  readonly byCourse: readonly FigureGroup[];
  readonly stalled: number;
  /** Of high priority and not contacted for two weeks, or never. */
  readonly highUncontacted: number;
  readonly unassigned: number;
}

export interface Insight {
  readonly text: Phrase;
  /** The leads that it is about. */
  readonly filter: AskedFilter | null;
}

/** Points of the mean score below which a difference is none worth saying. */
const pointsWorthSaying = 3;
/** Leads below which shares say little. */
const leastLeads = 5;
/** Percentage points between a group's rate and the whole's that are worth saying. */
const rateWorthSaying = 0.03;

const percent = (share: number): number => Math.round(share * 100);

export const stalledFilter: AskedFilter = { field: 'blocker', is: 'engagement_stall' };
export const highUncontactedFilter: AskedFilter = { all: [{ field: 'band', is: 'high' }, { not: { field: 'lastContactedAt', withinLast: { amount: 14, unit: 'days' } } }] };
export const unassignedFilter: AskedFilter = { field: 'owner', isEmpty: true };

/** What stands out among some leads, the most useful first; nothing where there is nothing to say. */
export function insightsOf({ filter, totals, everyone, bySource, byCourse, stalled, highUncontacted, unassigned }: InsightFacts): Insight[] {
  const insights: Insight[] = [];
  const within = (part: AskedFilter): AskedFilter | null => allOf([...(filter === null ? [] : [filter]), part]);
  const { leads } = totals;
  if (leads === 0) return [];
  if (highUncontacted > 0) insights.push({ text: phrase('queries.insights.highUncontacted', { count: highUncontacted }), filter: within(highUncontactedFilter) });
  if (stalled > 0) insights.push({ text: phrase('queries.insights.stalled', { count: stalled, percent: percent(stalled / leads) }), filter: within(stalledFilter) });
  if (filter !== null && totals.meanScore !== null && everyone.meanScore !== null && totals.scored >= leastLeads && leads < everyone.leads) {
    const difference = round(totals.meanScore - everyone.meanScore, 1);
    if (Math.abs(difference) >= pointsWorthSaying) {
      insights.push({ text: phrase(difference > 0 ? 'queries.insights.scoreAbove' : 'queries.insights.scoreBelow', { score: Math.round(totals.meanScore), all: Math.round(everyone.meanScore) }), filter });
    }
  }
  for (const [groups, key] of [[bySource, 'source'], [byCourse, 'course']] as const) {
    const named = groups.filter(({ label }) => label !== null);
    const judged = named.filter((group): group is FigureGroup & { readonly rate: number } => group.rate !== null).sort((a, b) => b.rate - a.rate);
    const [best] = judged;
    const worst = judged.at(-1);
    if (totals.rate !== null && best !== undefined && judged.length > 1 && best.rate - totals.rate >= rateWorthSaying) {
      insights.push({ text: phrase('queries.insights.convertsBest', { name: best.label ?? '', percent: percent(best.rate), all: percent(totals.rate), converted: best.converted, known: best.known }), filter: within(best.filter) });
    }
    if (totals.rate !== null && worst !== undefined && worst !== best && totals.rate - worst.rate >= rateWorthSaying) {
      insights.push({ text: phrase('queries.insights.convertsWorst', { name: worst.label ?? '', percent: percent(worst.rate), all: percent(totals.rate), converted: worst.converted, known: worst.known }), filter: within(worst.filter) });
    }
    const [largest] = [...named].sort((a, b) => b.leads - a.leads);
    if (largest !== undefined && named.length > 1 && leads >= leastLeads && largest.leads / leads >= 0.4) {
      insights.push({ text: phrase(`queries.insights.largest.${key}`, { name: largest.label ?? '', percent: percent(largest.leads / leads), count: largest.leads }), filter: within(largest.filter) });
    }
  }
  if (unassigned > 0 && unassigned < leads) insights.push({ text: phrase('queries.insights.unassigned', { count: unassigned }), filter: within(unassignedFilter) });
  const unreachable = totals.email.allowed === 0 && totals.phone.allowed === 0;
  if (unreachable) insights.push({ text: phrase('queries.insights.unreachable', { count: leads }), filter });
  else if (totals.email.refused > 0) insights.push({ text: phrase('queries.insights.refused', { count: totals.email.refused }), filter });
  if (totals.expected !== null && totals.open > 0) insights.push({ text: phrase('queries.insights.expected', { count: Math.round(totals.expected), open: totals.open }), filter });
  return insights;
}
