import { DateTime } from 'luxon';
import { aboutLead, asksForOverview, type LeadTopic, namesIn } from '#domain/admissions/chats/intent';
import { citedIn, type NamedLead } from '#domain/admissions/chats/writing';
import { openStages } from '#domain/admissions/leads/stages';
import { phrase } from '#domain/kernel/phrase';
import { fold } from '#domain/kernel/text';
import type { ChatMessage } from '#contract/admissions/chats';
import type { ListedLead } from '#contract/admissions/leads';
import { type AskedOutput, longestQuestion } from '#contract/admissions/queries';
import type { Filter } from '#contract/filter';
import type { OutputOf } from '#contract/index';
import { actorOf, type CallContext } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say, words } from '#main/app/phrases';
import { readLeadPage } from '#main/store/admissions/leadList';
import { type KeyedLeadRow, rowsOfSelected } from '#main/store/admissions/leadRows';
import { listTasks } from '#main/store/admissions/tasks';
import { told } from './forecast';
import { filterSetting } from './leads';
import { listedLeads } from './listedLeads';
import { analyseLeads } from './queryAnalysis';
import { answerQuestion } from './queryAnswers';
import { currentSetting } from './scoring';
import { judgeCalled, scored } from './triage';

/** What this machine answers. */
export interface MachineAnswer {
  readonly text: string;
  readonly leads: readonly NamedLead[];
  readonly proposals: ChatMessage['proposals'];
  readonly followUps: readonly string[];
  /** What the next question may go on from; null where it was no question about many leads. */
  readonly asked: AskedOutput | null;
}

const mostListed = 5;
const mostGroups = 8;
const mostInsights = 4;
const mostLines = 4;
const mostNamed = 4;
const byScore = { field: 'score', direction: 'descending' } as const;

const percent = (share: number): number => Math.round(share * 100);
const bullets = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');
const named = ({ id, name }: NamedLead): NamedLead => ({ id, name });

/** What can be done for a lead now, each by the dialog of every screen. */
function proposalsFor(lead: Pick<KeyedLeadRow, 'id' | 'name' | 'owner'>, task: string | null, onScreen: boolean): ChatMessage['proposals'] {
  const of = named(lead);
  return [
    ...(onScreen ? [] : [{ kind: 'open' as const, lead: of, words: null }]),
    { kind: 'log', lead: of, words: null },
    ...(lead.owner === null ? [{ kind: 'assign' as const, lead: of, words: null }] : []),
    { kind: 'task', lead: of, words: task },
  ];
}

/** What is known of one lead right now: the figures of its page, in words. */
export function leadFacts(parts: HandlerParts, context: CallContext, row: KeyedLeadRow) {
  const at = parts.now();
  const settings = parts.workspace.settings();
  const { setting } = currentSetting(context.store, settings, at);
  const [judged] = judgeCalled(parts, context, { ids: [row.id] }, setting);
  if (judged === undefined) throw new Error('A lead that was found cannot be judged.');
  const score = scored(judged, at);
  const forecast = told(judged.forecast, at);
  const day = (instant: number): string => DateTime.fromMillis(instant, { zone: settings.timeZone }).toFormat('d MMMM yyyy');
  const [listed] = listedLeads(context.store, [row], [], at);
  const tasks = listTasks(context.store, context.scope, { leadKey: row.key, userKey: actorOf(context).userKey, mine: false, includeDone: false });
  return { score, forecast, prediction: listed?.prediction ?? null, channels: listed?.channels ?? null, tasks: tasks.map(({ title, dueAt }) => ({ title, due: dueAt === null ? null : day(dueAt), late: dueAt !== null && dueAt < at })), day };
}

function predictionWords(prediction: ListedLead['prediction']): string[] {
  return prediction === null ? [] : [say(phrase('chats.lead.model', { percent: percent(prediction.probability), lower: percent(prediction.lower), upper: percent(prediction.upper) }))];
}

/** Answers about one lead, from the figures that its page shows. */
export function leadAnswer(parts: HandlerParts, context: CallContext, row: KeyedLeadRow, topics: readonly LeadTopic[], onScreen: boolean): MachineAnswer {
  const { score, forecast, prediction, channels, tasks, day } = leadFacts(parts, context, row);
  const wants = (topic: LeadTopic): boolean => topics.length === 0 || topics.includes(topic);
  const { name } = row;
  const paragraphs: string[] = [];
  const said = (line: string, details: readonly string[] = []): void => {
    paragraphs.push(details.length === 0 ? line : `${line}\n${bullets(details.slice(0, mostLines))}`);
  };
  const [first] = score.blockers;
  if (wants('score')) said(say(phrase('chats.lead.score', { name, score: Math.round(score.score), band: words(`values.${score.band}`), known: percent(score.confidence) })), score.reasons);
  if (wants('blockers')) {
    if (score.blockers.length === 0) said(say(phrase('chats.lead.noBlockers', { name })));
    else said(say(phrase('chats.lead.blockers', { count: score.blockers.length })), score.blockers.map(({ description, actionRequired }) => `${description} ${actionRequired}`));
  }
  if (wants('forecast')) {
    const chance = say(phrase(forecast.etaDays === null ? 'chats.lead.chance' : 'chats.lead.chanceSoon', { percent: percent(forecast.probability), days: forecast.etaDays ?? 0 }));
    said([chance, ...predictionWords(prediction)].join(' '), topics.length === 0 ? [] : [...forecast.drivers, ...forecast.risks]);
  }
  if (wants('alerts') && (score.alerts.length > 0 || topics.length > 0)) {
    if (score.alerts.length === 0) said(words('chats.lead.noAlerts'));
    else said(say(phrase('chats.lead.alerts', { count: score.alerts.length })), score.alerts.map(({ title }) => title));
  }
  if (wants('tasks')) {
    if (tasks.length === 0) said(words('chats.lead.noTasks'));
    else said(say(phrase('chats.lead.tasks', { count: tasks.length })), tasks.map(({ title, due, late }) => (due === null ? title : say(phrase(late ? 'chats.lead.taskLate' : 'chats.lead.taskDue', { title, day: due })))));
  }
  if (wants('contact') && topics.length > 0) {
    const last = row.lastContactedAt === null ? words('chats.lead.neverContacted') : say(phrase('chats.lead.lastContacted', { day: day(row.lastContactedAt) }));
    said([last, ...(channels === null ? [] : [channels.email.reason, channels.phone.reason].flatMap((reason) => (reason === null ? [] : [`${reason}.`])))].join(' '));
  }
  if (topics.includes('next')) said(first === undefined ? words('chats.lead.nextContact') : say(phrase('chats.lead.next', { what: first.actionRequired })));
  const offered: readonly LeadTopic[] = ['score', 'blockers', 'forecast', 'next'];
  return {
    text: paragraphs.join('\n\n'),
    leads: [named(row)],
    proposals: proposalsFor(row, first?.actionRequired ?? null, onScreen),
    followUps: offered.filter((topic) => !topics.includes(topic)).slice(0, mostLines - 1).map((topic) => words(`chats.questions.${topic}`)),
    asked: null,
  };
}

function leadLine({ name, score, band, prediction, probability }: ListedLead): string {
  if (score === null || band === null) return say(phrase('chats.list.unscored', { name }));
  const chance = prediction?.probability ?? probability;
  return say(phrase(chance === null ? 'chats.list.scored' : 'chats.list.chance', { name, score: Math.round(score), band: words(`values.${band}`), percent: percent(chance ?? 0) }));
}

/** What stands out among leads that were analysed, in words. */
const insightWords = ({ insights }: Pick<OutputOf<'admissions.queries.analyse'>, 'insights'>): string[] => insights.slice(0, mostInsights).map(({ text }) => text);

/** Answers about many leads: what Ask says, the first of them, and what stands out. */
async function manyAnswer(parts: HandlerParts, context: CallContext, text: string, before: AskedOutput | null): Promise<MachineAnswer> {
  const setting = filterSetting(parts, context);
  const answer = await answerQuestion(parts, context, text.slice(0, longestQuestion), before ?? undefined, mostListed, setting);
  const overview = asksForOverview(text) && answer.language === null && answer.by === null;
  const asked: AskedOutput | null = answer.understood ? { filter: answer.filter, sort: answer.sort, limit: answer.limit, by: answer.by, figure: answer.figure } : null;
  if (overview) {
    // Where nothing fits, the likeliest other reading is looked over, and named: of leads without a date of enquiry, when they were added.
    const other = answer.understood && answer.total === 0 ? answer.alternatives[0] : undefined;
    const filter = other === undefined ? answer.filter : other.filter;
    const analysis = await analyseLeads(parts, context, filter ?? undefined, setting);
    const { totals, predictive } = analysis;
    // Whom to turn to: who has enrolled or is lost needs nobody's call.
    const open: Filter = { field: 'stage', in: [...openStages] };
    const top = await readLeadPage(context.store, context.scope, { filter: filter === null ? open : { all: [filter, open] }, sort: byScore, limit: mostListed }, setting);
    const items = listedLeads(context.store, rowsOfSelected(context.store, top.keys), [], context.now());
    const [first] = items;
    const figures = [
      ...(other !== undefined ? [`${other.label}.`] : answer.chips.length === 0 ? [] : [`${answer.chips.map(({ label }) => label).join(', ')}:`]),
      say(phrase(totals.meanScore === null ? 'chats.overview.leads' : 'chats.overview.mean', { count: totals.leads, score: Math.round(totals.meanScore ?? 0) })),
      ...(predictive === null ? [] : [say(phrase('chats.overview.model', { count: predictive.predicted, percent: percent(predictive.meanProbability) }))]),
    ];
    const insights = insightWords(analysis);
    return {
      text: totals.leads === 0 ? [answer.answer, ...answer.notes].join(' ') : [figures.join(' '), ...(insights.length > 0 ? [bullets(insights)] : []), ...(items.length > 0 ? [`${words('chats.list.firstOpen')}\n${bullets(items.map(leadLine))}`] : [])].join('\n\n'),
      leads: items.map(named),
      proposals: first === undefined ? [] : proposalsFor(first, null, false),
      followUps: ['stalled', 'top', 'averageBySource'].map((key) => words(`queries.examples.${key}`)),
      asked: asked === null || other === undefined ? asked : { ...asked, filter: other.filter },
    };
  }
  // Words that nothing knows were taken for a name, and nobody has it.
  const [nobody] = answer.total === 0 && (!answer.understood || answer.notes.includes(words('queries.assumptions.nameMeant'))) ? namesIn(text) : [];
  const groups = answer.by === null ? [] : answer.groups.slice(0, mostGroups).map(({ label, leads, meanScore }) => say(phrase(meanScore === null ? 'chats.list.group' : 'chats.list.groupMean', { name: label ?? words('queries.answer.unnamed'), count: leads, score: Math.round(meanScore ?? 0) })));
  const shows = answer.by === null && answer.figure === null ? answer.items : [];
  const insights = answer.understood && answer.total > mostListed ? insightWords(await analyseLeads(parts, context, answer.filter ?? undefined, setting)) : [];
  const [first] = shows;
  return {
    text: [
      [nobody === undefined ? answer.answer : say(phrase('chats.nobody', { name: nobody })), ...answer.notes].join(' '),
      ...(groups.length > 0 ? [bullets(groups)] : []),
      ...(shows.length > 0 ? [`${answer.total > shows.length ? words('chats.list.first') : words('chats.list.these')}\n${bullets(shows.map(leadLine))}`] : []),
      ...(insights.length > 0 ? [`${words('chats.list.standsOut')}\n${bullets(insights)}`] : []),
    ].join('\n\n'),
    leads: shows.map(named),
    proposals: first === undefined ? [] : proposalsFor(first, null, false),
    followUps: answer.followUps.length > 0 ? answer.followUps : ['stalled', 'top', 'averageBySource'].map((key) => words(`queries.examples.${key}`)),
    asked,
  };
}

/** Leads that a question names, within the asker's reach. */
async function namedLeads(parts: HandlerParts, context: CallContext, text: string): Promise<{ readonly name: string; readonly rows: readonly KeyedLeadRow[] } | null> {
  for (const name of namesIn(text)) {
    const page = await readLeadPage(context.store, context.scope, { search: name, sort: byScore, limit: mostNamed }, filterSetting(parts, context));
    // A search looks at courses and places too.
    const wanted = fold(name).split(/\s+/u);
    const rows = rowsOfSelected(context.store, page.keys).filter((row) => wanted.every((part) => fold(row.name).includes(part)));
    if (rows.length > 0) return { name, rows };
  }
  return null;
}

/** Answers a question from the rows and figures of this machine alone. */
export async function machineAnswer(parts: HandlerParts, context: CallContext, text: string, onScreen: KeyedLeadRow | null, before: AskedOutput | null): Promise<MachineAnswer> {
  const topics = onScreen === null ? null : aboutLead(text, onScreen.name);
  const others = await namedLeads(parts, context, text);
  if (others !== null && !others.rows.some(({ id }) => id === onScreen?.id)) {
    const [only, second] = others.rows;
    if (only !== undefined && second === undefined) return leadAnswer(parts, context, only, aboutLead(text, only.name) ?? [], false);
    const items = listedLeads(context.store, [...others.rows], [], context.now());
    return {
      text: `${say(phrase('chats.several', { name: others.name }))}\n${bullets(items.map(leadLine))}`,
      leads: items.map(named),
      proposals: items.map((lead) => ({ kind: 'open' as const, lead: named(lead), words: null })),
      followUps: items.map(({ name }) => say(phrase('chats.questions.about', { name }))),
      asked: null,
    };
  }
  if (onScreen !== null && topics !== null) return leadAnswer(parts, context, onScreen, topics, true);
  const answer = await manyAnswer(parts, context, text, before);
  return { ...answer, leads: citedIn(answer.text, answer.leads) };
}
