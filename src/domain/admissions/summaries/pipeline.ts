import { phrase, type Phrase } from '#domain/kernel/phrase';
import { openStages } from '../leads/stages';
import type { LeadTotals } from '../leads/groups';
import type { AskedFilter } from '../queries/filters';
import { highUncontactedFilter, type Insight, stalledFilter, unassignedFilter } from '../queries/insights';
import { factOf, type SummaryFact } from './facts';

/** What was counted in a period and in the one before it. */
export interface Counted {
  readonly now: number;
  readonly before: number;
  readonly filter: AskedFilter | null;
}

export interface PipelineFacts {
  /** Leads that the asker sees, whatever their date. */
  readonly totals: LeadTotals;
  /** New leads: by their date of enquiry, or where leads have none, by when they came into Ivy. */
  readonly enquiries: Counted;
  readonly contacts: Counted;
  /** Of these, contacts that the person began. */
  readonly inbound: Counted;
  readonly stalled: number;
  readonly highUncontacted: number;
  readonly unassigned: number;
  readonly urgentAlerts: number;
  readonly overdueTasks: number;
  /** Sources that brought the new leads, the largest first. */
  readonly sources: readonly { readonly name: string; readonly count: number; readonly filter: AskedFilter }[];
  readonly insights: readonly Insight[];
}

/** Leads with something to win that belong to nobody. */
export const openUnassignedFilter: AskedFilter = { all: [unassignedFilter, { field: 'stage', in: [...openStages] }] };

/** Sources that a sentence names. */
const namedSources = 3;
/** Leads below which a change by a share says nothing. */
const leastForShare = 10;

/** A count and how it moved, in words: as a share where there is enough to take one of. */
function moved(key: 'enquiries' | 'contacts' | 'inbound', { now, before }: Counted): Phrase {
  const share = before >= leastForShare ? Math.round((Math.abs(now - before) / before) * 100) : null;
  const params = { count: now, before, percent: share ?? 0, by: Math.abs(now - before) };
  const way = now > before ? 'more' : now < before ? 'fewer' : 'same';
  switch (key) {
    case 'enquiries':
      return way === 'same' ? phrase('summaries.enquiries.same', params) : way === 'more' ? (share === null ? phrase('summaries.enquiries.more', params) : phrase('summaries.enquiries.moreShare', params)) : share === null ? phrase('summaries.enquiries.fewer', params) : phrase('summaries.enquiries.fewerShare', params);
    case 'contacts':
      return way === 'same' ? phrase('summaries.contacts.same', params) : way === 'more' ? phrase('summaries.contacts.more', params) : phrase('summaries.contacts.fewer', params);
    case 'inbound':
      return way === 'same' ? phrase('summaries.inbound.same', params) : way === 'more' ? phrase('summaries.inbound.more', params) : phrase('summaries.inbound.fewer', params);
  }
}

const counted = (id: 'enquiries' | 'contacts' | 'inbound', of: Counted): SummaryFact => factOf(id, 'figure', moved(id, of), { value: of.now, before: of.before, filter: of.filter });

/** What needs somebody’s decision, the most urgent first; nothing where there is nothing. */
function decisions({ urgentAlerts, highUncontacted, unassigned, stalled, overdueTasks, totals }: PipelineFacts): SummaryFact[] {
  return [
    ...(urgentAlerts > 0 ? [factOf('urgentAlerts', 'decision', phrase('summaries.urgentAlerts', { count: urgentAlerts }), { value: urgentAlerts })] : []),
    ...(highUncontacted > 0 ? [factOf('highUncontacted', 'decision', phrase('summaries.highUncontacted', { count: highUncontacted }), { value: highUncontacted, filter: highUncontactedFilter })] : []),
    ...(unassigned > 0 ? [factOf('unassigned', 'decision', phrase('summaries.unassigned', { count: unassigned }), { value: unassigned, filter: openUnassignedFilter })] : []),
    ...(stalled > 0 ? [factOf('stalled', 'decision', phrase('summaries.stalled', { count: stalled, percent: Math.round((100 * stalled) / Math.max(1, totals.leads)) }), { value: stalled, filter: stalledFilter })] : []),
    ...(overdueTasks > 0 ? [factOf('overdueTasks', 'decision', phrase('summaries.overdueTasks', { count: overdueTasks }), { value: overdueTasks })] : []),
  ];
}

/** A week of the pipeline: what came in, what was done, where the new leads came from, and what waits. Nothing where there are no leads. */
export function weekFacts(facts: PipelineFacts): SummaryFact[] {
  if (facts.totals.leads === 0) return [];
  const sources = facts.sources.slice(0, namedSources);
  return [
    counted('enquiries', facts.enquiries),
    ...sources.map(({ name, count, filter }, index) => factOf(`source ${String(index + 1)}`, 'figure', phrase('summaries.fromSource', { name, count }), { value: count, filter })),
    counted('contacts', facts.contacts),
    ...(facts.inbound.now + facts.inbound.before > 0 ? [counted('inbound', facts.inbound)] : []),
    ...decisions(facts),
  ];
}

const goodInsights = new Set(['queries.insights.convertsBest']);
const openInsights = new Set(['queries.insights.convertsWorst']);

/** The executive page: figures and their change, what goes well, what needs a decision. Nothing where there are no leads. */
export function executiveFacts(facts: PipelineFacts): SummaryFact[] {
  const { totals, enquiries, contacts, inbound, insights } = facts;
  if (totals.leads === 0) return [];
  const told = (insight: Insight, index: number, part: 'good' | 'decision'): SummaryFact => factOf(`${part} ${String(index + 1)}`, part, insight.text, { filter: insight.filter });
  const risen = ([['enquiries', enquiries], ['contacts', contacts], ['inbound', inbound]] as const).filter(([, { now, before }]) => now > before && before > 0);
  return [
    factOf('leads', 'figure', phrase('summaries.leads', { count: totals.leads, open: totals.open }), { value: totals.leads }),
    counted('enquiries', enquiries),
    counted('contacts', contacts),
    counted('inbound', inbound),
    totals.expected === null ? factOf('expected', 'figure', phrase('summaries.noExpected')) : factOf('expected', 'figure', phrase('summaries.expected', { count: Math.round(totals.expected), open: totals.open }), { value: totals.expected }),
    totals.rate === null ? factOf('rate', 'figure', phrase('summaries.noRate', { count: totals.known })) : factOf('rate', 'figure', phrase('summaries.rate', { percent: Math.round(totals.rate * 100), converted: totals.converted, known: totals.known }), { value: totals.rate }),
    totals.meanScore === null ? factOf('meanScore', 'figure', phrase('summaries.noScore')) : factOf('meanScore', 'figure', phrase('summaries.meanScore', { score: totals.meanScore, count: totals.scored }), { value: totals.meanScore }),
    ...risen.map(([id, of]) => ({ ...counted(id, of), id: `risen ${id}`, part: 'good' as const })),
    ...insights.filter(({ text }) => goodInsights.has(text.key)).map((insight, index) => told(insight, index, 'good')),
    ...decisions(facts),
    ...insights.filter(({ text }) => openInsights.has(text.key)).map((insight, index) => told(insight, index, 'decision')),
  ];
}
