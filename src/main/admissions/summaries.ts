import { DateTime } from 'luxon';
import { insightsOf, highUncontactedFilter, stalledFilter } from '#domain/admissions/queries/insights';
import type { AskedFilter } from '#domain/admissions/queries/filters';
import { forecastExplanation, predictionExplanation, scoreExplanation } from '#domain/admissions/summaries/explain';
import type { SummaryFact } from '#domain/admissions/summaries/facts';
import { type StoryItem, storyFacts } from '#domain/admissions/summaries/leadStory';
import { type Counted, executiveFacts, openUnassignedFilter, type PipelineFacts, weekFacts } from '#domain/admissions/summaries/pipeline';
import { openStages } from '#domain/admissions/leads/stages';
import type { summaries, SummaryFactShown } from '#contract/admissions/summaries';
import { Refusal } from '#contract/errors';
import type { Filter } from '#contract/filter';
import type { InputOf, OutputOf } from '#contract/index';
import type { CallContext, HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say, words } from '#main/app/phrases';
import { listAlerts, readAlerts } from '#main/store/admissions/alertList';
import { readLeads } from '#main/store/admissions/leadColumns';
import { countLeads, needsOf } from '#main/store/admissions/leadList';
import { countOverdueTasks, listTasks } from '#main/store/admissions/tasks';
import { countContacts } from '#main/store/admissions/touchpoints';
import { actorOf } from '#main/app/context';
import { groupsOf } from './leadGroups';
import { filterSetting } from './leads';
import { requireLead } from './leadView';
import { phraseFacts } from './phrasing';
import { timelineOf } from './timeline';

/** Days that the executive page looks back, in whole weeks so that no weekend counts twice. */
const executiveDays = 28;
/** Items of a lead’s story that a summary looks through. */
const storyItems = 200;
const dayMilliseconds = 24 * 3_600_000;

interface Period {
  readonly from: number;
  /** Not part of it. */
  readonly to: number;
}

/** A fact as it is answered: in words. */
function told({ text, filter, ...fact }: SummaryFact): SummaryFactShown {
  return { ...fact, text: say(text), filter: filter as Filter | null };
}

/** What both pages of the pipeline count, under the asker’s scope. Passes over columns in memory and two counts by indexes. */
async function pipelineOf(parts: HandlerParts, context: CallContext, now: Period, before: Period): Promise<PipelineFacts> {
  const { store, scope } = context;
  const setting = filterSetting(parts, context);
  // Every field that is counted by is asked for at once, so that columns are read once.
  const needed: Filter = { all: [stalledFilter, highUncontactedFilter, openUnassignedFilter, { field: 'enquiredAt', isNotEmpty: true }, { field: 'createdAt', isNotEmpty: true }] as Filter[] };
  await readLeads(store, { ...needsOf({ filter: needed }, setting), tags: true });
  await readAlerts(store);
  const count = (filter: AskedFilter): number => countLeads(store, scope, { filter: filter as Filter }, setting);
  const field = count({ field: 'enquiredAt', isNotEmpty: true }) > 0 ? 'enquiredAt' : 'createdAt';
  const newIn = ({ from, to }: Period): AskedFilter => ({ field, between: [from, to - 1] });
  const { total: totals, groups: bySource } = groupsOf(parts, context, { by: 'source' }, setting);
  const byCourse = groupsOf(parts, context, { by: 'course' }, setting).groups;
  const newBySource = groupsOf(parts, context, { by: 'source', filter: newIn(now) as Filter }, setting).groups;
  const [stalled, highUncontacted, unassigned] = [count(stalledFilter), count(highUncontactedFilter), count(openUnassignedFilter)];
  const [contacts, earlier] = [countContacts(store, scope, now.from, now.to), countContacts(store, scope, before.from, before.to)];
  const counted = (of: number, then: number, filter: AskedFilter | null = null): Counted => ({ now: of, before: then, filter });
  const insights = insightsOf({ filter: null, totals, everyone: totals, bySource, byCourse, stalled, highUncontacted, unassigned });
  const urgent = listAlerts(store, scope, { states: ['open'], level: 3, ownerKey: null, leadKey: null, escalated: false, newSince: now.from, limit: 1, offset: 0 }, setting);
  return {
    totals,
    enquiries: counted(count(newIn(now)), count(newIn(before)), newIn(now)),
    contacts: counted(contacts.contacts, earlier.contacts),
    inbound: counted(contacts.inbound, earlier.inbound),
    stalled,
    highUncontacted,
    unassigned,
    urgentAlerts: urgent.total,
    overdueTasks: countOverdueTasks(store, scope, context.now()),
    sources: newBySource.flatMap(({ label, leads, filter }) => (label === null ? [] : [{ name: label, count: leads, filter: { all: [newIn(now), filter as AskedFilter] } }])),
    insights,
  };
}

export function summariesHandlers(parts: HandlerParts): HandlersOf<typeof summaries> {
  const { workspace, now } = parts;
  const dayOf = (at: number): string => DateTime.fromMillis(at, { zone: workspace.settings().timeZone }).setLocale('en-GB').toFormat('d LLLL yyyy');

  /** Asks an entry as the caller; what it refuses is refused here. */
  const asked = async <Name extends 'admissions.triage.score' | 'admissions.forecast.predict' | 'models.analysis.shap' | `admissions.summaries.${'lead' | 'week' | 'executive' | 'explain'}`>(context: CallContext, entry: Name, input: InputOf<Name>): Promise<OutputOf<Name>> => {
    const answer = await parts.callWithin(context, entry, input, context.signal);
    if (!answer.ok) throw new Refusal(answer.error.code, answer.error.message, answer.error.details);
    return answer.result as OutputOf<Name>;
  };

  const story = async (context: CallContext, leadId: string): Promise<SummaryFact[]> => {
    const lead = requireLead(context, leadId);
    const items = timelineOf(context, lead, storyItems);
    const item = ({ id, at, title, detail }: (typeof items)[number]): StoryItem => ({ id, at, day: dayOf(at), title, detail });
    const of = (kind: (typeof items)[number]['kind']): StoryItem[] => items.filter((each) => each.kind === kind && (each.verdict === null || each.verdict === 'human')).map(item);
    const came = items.findLast(({ kind }) => kind === 'outcome') ?? items.findLast(({ kind }) => kind === 'imported');
    const { leads: [scored] } = await asked(context, 'admissions.triage.score', { ids: [leadId] });
    const tasks = listTasks(context.store, context.scope, { leadKey: lead.key, userKey: actorOf(context).userKey, mine: false, includeDone: false });
    const isOpen = openStages.includes(lead.stage);
    return storyFacts({
      name: lead.name,
      course: lead.course,
      source: lead.source,
      stage: words(`values.${lead.stage}`),
      owner: lead.owner?.name ?? null,
      came: came === undefined ? null : item(came),
      contacts: of('touchpoint'),
      reactions: of('engagement'),
      notes: of('note'),
      score: scored === undefined ? null : { score: scored.score, band: words(`values.${scored.band}`), reason: scored.reasons[0] ?? null },
      chance: isOpen ? lead.probability : null,
      blockers: scored?.blockers.map(({ description }) => description) ?? [],
      openTasks: tasks.length,
      nextTask: tasks[0] === undefined ? null : { title: tasks[0].title, day: tasks[0].dueAt === null ? null : dayOf(tasks[0].dueAt) },
      next: scored === undefined || !isOpen ? null : words(`actions.${scored.action}`),
    });
  };

  const explanation = async (context: CallContext, leadId: string, of: 'score' | 'forecast' | 'prediction'): Promise<SummaryFact[]> => {
    requireLead(context, leadId);
    switch (of) {
      case 'score': {
        const { leads: [scored] } = await asked(context, 'admissions.triage.score', { ids: [leadId] });
        if (scored === undefined) return [];
        return scoreExplanation({ ...scored, band: words(`values.${scored.band}`), factors: scored.factors.map((factor) => ({ ...factor, name: words(`summaries.factors.${factor.factor}`) })) });
      }
      case 'forecast': {
        const { leads: [forecast] } = await asked(context, 'admissions.forecast.predict', { ids: [leadId] });
        return forecast === undefined ? [] : forecastExplanation(forecast);
      }
      case 'prediction': {
        const { probability, base, scale, contributions } = await asked(context, 'models.analysis.shap', { leadId });
        const shown = (value: string | number | boolean | null): string => (value === null ? words('summaries.explain.unknown') : typeof value === 'boolean' ? words(value ? 'queries.yes' : 'queries.no') : typeof value === 'number' ? String(Math.round(value * 100) / 100) : value);
        return predictionExplanation({ probability, base: scale === 'logOdds' ? 1 / (1 + Math.exp(-base)) : base, contributions: contributions.map((each) => ({ ...each, value: shown(each.value) })) });
      }
    }
  };

  return {
    'admissions.summaries.lead': async ({ leadId }, context) => ({ leadId, facts: (await story(context, leadId)).map(told), asOf: now() }),

    'admissions.summaries.week': async ({ day }, context) => {
      const zone = workspace.settings().timeZone;
      const at = now();
      const start = (day === undefined ? DateTime.fromMillis(at, { zone }) : DateTime.fromISO(day, { zone })).startOf('week');
      if (start.toMillis() > at) throw new Refusal('invalid_input', 'That week has not begun. Choose this week or an earlier one.', { field: 'day' });
      // A week that runs is held against as much of the week before.
      const period = { from: start.toMillis(), to: Math.min(start.plus({ weeks: 1 }).toMillis(), at + 1) };
      const from = start.minus({ weeks: 1 }).toMillis();
      const facts = weekFacts(await pipelineOf(parts, context, period, { from, to: Math.min(period.from, from + (period.to - period.from)) }));
      return { ...period, facts: facts.map(told), asOf: at };
    },

    'admissions.summaries.executive': async (_input, context) => {
      const at = now();
      const period = { from: at + 1 - executiveDays * dayMilliseconds, to: at + 1 };
      const facts = executiveFacts(await pipelineOf(parts, context, period, { from: period.from - executiveDays * dayMilliseconds, to: period.from }));
      return { ...period, facts: facts.map(told), asOf: at };
    },

    'admissions.summaries.explain': async ({ leadId, of }, context) => ({ leadId, facts: (await explanation(context, leadId, of)).map(told), asOf: now() }),

    'admissions.summaries.phrase': async ({ of, leadId, day, streamId, preview }, context) => {
      const needsLead = of !== 'week' && of !== 'executive';
      if (needsLead && leadId === undefined) throw new Refusal('invalid_input', 'Say which lead: give its id as "leadId".', { field: 'leadId' });
      // As the caller: whoever may not see the page may not have it phrased.
      const { facts } =
        of === 'week'
          ? await asked(context, 'admissions.summaries.week', day === undefined ? {} : { day })
          : of === 'executive'
            ? await asked(context, 'admissions.summaries.executive', {})
            : of === 'lead'
              ? await asked(context, 'admissions.summaries.lead', { leadId: leadId ?? '' })
              : await asked(context, 'admissions.summaries.explain', { leadId: leadId ?? '', of });
      const phrased = await phraseFacts(parts, context, {
        purpose: of === 'lead' || of === 'week' || of === 'executive' ? 'summarise' : 'explain',
        facts: facts.map(({ text }) => text),
        leads: needsLead && leadId !== undefined ? [leadId] : [],
        streamId,
        preview,
      });
      return { ...phrased, facts, sentences: phrased.sentences.map(({ text, facts: places }) => ({ text, facts: places.flatMap((place) => facts[place]?.id ?? []) })) };
    },
  };
}
