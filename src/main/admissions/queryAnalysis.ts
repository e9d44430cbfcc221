import { highUncontactedFilter, insightsOf, stalledFilter, unassignedFilter } from '#domain/admissions/queries/insights';
import type { AskedFilter } from '#domain/admissions/queries/filters';
import type { LeadGroup } from '#contract/admissions/leadGroups';
import type { Filter } from '#contract/filter';
import type { OutputOf } from '#contract/index';
import type { CallContext } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say } from '#main/app/phrases';
import { predictionSpread, scoreBins, scoreSpread } from '#main/store/admissions/leadFigures';
import { readLeads } from '#main/store/admissions/leadColumns';
import { needsOf } from '#main/store/admissions/leadList';
import type { FilterSetting } from '#main/store/admissions/leadTests';
import { listModels } from '#main/store/models/models';
import { servedModelKey } from '#main/store/models/predictions';
import { groupsOf } from './leadGroups';
import { countWithin } from './queryAnswers';

const target = 'lead.conversion';
/** Months that a trend goes back. */
const mostMonths = 24;
/** Sources that are told apart; the others are in the table of Leads. */
const mostSources = 12;

/** What some leads come to, in every way that a screen of answers shows. */
export async function analyseLeads(parts: HandlerParts, context: CallContext, filter: Filter | undefined, setting: FilterSetting): Promise<OutputOf<'admissions.queries.analyse'>> {
  const { store, scope } = context;
  await readLeads(store, { ...needsOf({ filter }, setting), tags: true });
  const grouped = (by: 'month' | 'band' | 'stage' | 'source' | 'course'): LeadGroup[] => groupsOf(parts, context, { filter, by }, setting).groups;
  const { total: totals } = groupsOf(parts, context, { filter }, setting);
  const { total: everyone } = groupsOf(parts, context, {}, setting);
  const { counts, unscored } = scoreSpread(store, scope, { filter }, setting);
  const months = grouped('month');
  const [bySource, byCourse] = [grouped('source'), grouped('course')];
  const asked = (filter ?? null) as AskedFilter | null;
  const within = (part: Filter): Filter => (filter === undefined ? part : { all: [filter, part] });
  const count = (part: AskedFilter): number => countWithin(context, asked, part, setting);
  const step = 100 / scoreBins;
  const served = servedModelKey(store);
  const model = served === null ? undefined : listModels(store, target).find(({ key }) => key === served);
  const said = model === undefined ? null : predictionSpread(store, scope, { filter }, model.key, setting);
  return {
    totals,
    distribution: counts.map((leads, index) => {
      const [from, to] = [index * step, (index + 1) * step];
      const last = index === scoreBins - 1;
      return { from, to, leads, filter: within(last ? { field: 'score', atLeast: from } : { all: [{ field: 'score', atLeast: from }, { field: 'score', lessThan: to }] }) };
    }),
    unscored,
    trend: months.filter(({ key }) => key !== '').slice(-mostMonths),
    undated: months.find(({ key }) => key === '')?.leads ?? 0,
    segments: { band: grouped('band'), stage: grouped('stage'), source: bySource.slice(0, mostSources) },
    predictive:
      model === undefined || said === null || said.predicted === 0
        ? null
        : {
            modelId: model.id,
            version: model.version,
            predicted: said.predicted,
            expected: Math.round(said.sum * 10) / 10,
            meanProbability: said.sum / said.predicted,
            bins: said.counts.map((leads, index) => ({ from: index / scoreBins, to: (index + 1) / scoreBins, leads })),
          },
    insights: insightsOf({
      filter: asked,
      totals,
      everyone,
      bySource,
      byCourse,
      stalled: count(stalledFilter),
      highUncontacted: count(highUncontactedFilter),
      unassigned: count(unassignedFilter),
    }).map(({ text, filter: about }) => ({ text: say(text), filter: about as Filter | null })),
  };
}
