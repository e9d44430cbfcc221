import { followUps } from '#domain/admissions/queries/followUps';
import { type AskedFilter, allOf } from '#domain/admissions/queries/filters';
import { stalledFilter } from '#domain/admissions/queries/insights';
import { readQuestion } from '#domain/admissions/queries/read';
import { type Asked, type Reading, sureFrom } from '#domain/admissions/queries/reading';
import { phrase } from '#domain/kernel/phrase';
import type { AskedOutput, QueryAnswer } from '#contract/admissions/queries';
import type { LeadGroup, LeadTotals } from '#contract/admissions/leadGroups';
import type { Filter } from '#contract/filter';
import type { CallContext } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say, words } from '#main/app/phrases';
import { readLeads } from '#main/store/admissions/leadColumns';
import { countLeads, needsOf, readLeadPage } from '#main/store/admissions/leadList';
import { rowsOfSelected } from '#main/store/admissions/leadRows';
import type { FilterSetting } from '#main/store/admissions/leadTests';
import { listTeams } from '#main/store/platform/users';
import { filterWords } from './filterWords';
import { groupsOf } from './leadGroups';
import { listedLeads } from './listedLeads';
import { type KnownWords, knownWords } from './queryVocabulary';

/** Groups that a sentence names. */
const namedGroups = 3;
const byScore = { field: 'score', direction: 'descending' } as const;
const languageNames = new Intl.DisplayNames('en', { type: 'language' });

/** What is asked, as the domain has it: the contract's filters are the wider type. */
function domainAsked(asked: AskedOutput | undefined): Asked | null {
  return asked === undefined ? null : { ...asked, filter: asked.filter as AskedFilter | null };
}

/** The id of the asker's own team. */
function teamOf(context: CallContext): string | null {
  const key = context.actor?.teamKey ?? null;
  return key === null ? null : (listTeams(context.store).find((team) => team.key === key)?.id ?? null);
}

/** A figure of some leads in words; what rests on nothing says so. */
function figureWords(figure: Asked['figure'], totals: LeadTotals): string {
  switch (figure) {
    case 'meanScore':
      return totals.meanScore === null ? words('queries.answer.noScore') : say(phrase('queries.answer.meanScore', { score: totals.meanScore, count: totals.scored }));
    case 'expected':
      return totals.expected === null ? words('queries.answer.noExpected') : say(phrase('queries.answer.expected', { count: Math.round(totals.expected), open: totals.open }));
    case 'rate':
      return totals.rate === null ? say(phrase('queries.answer.noRate', { count: totals.known })) : say(phrase('queries.answer.rate', { percent: Math.round(totals.rate * 100), converted: totals.converted, known: totals.known }));
    default:
      return say(phrase('queries.answer.leads', { count: totals.leads }));
  }
}

function groupWords(figure: Asked['figure'], group: LeadGroup): string {
  const label = group.label ?? words('queries.answer.unnamed');
  switch (figure) {
    case 'meanScore':
      return `${label} ${group.meanScore === null ? '–' : String(Math.round(group.meanScore))}`;
    case 'expected':
      return `${label} ${group.expected === null ? '–' : String(Math.round(group.expected))}`;
    case 'rate':
      return `${label} ${group.rate === null ? '–' : `${String(Math.round(group.rate * 100))} %`}`;
    default:
      return `${label} ${String(group.leads)}`;
  }
}

const orders = { leads: 'leads', meanScore: 'meanScore', expected: 'expected', rate: 'rate' } as const;

/** What the leads of a filter come to, with the groups that are asked for. */
export async function figuresOf(parts: HandlerParts, context: CallContext, asked: Asked, setting: FilterSetting): Promise<{ readonly groups: LeadGroup[]; readonly more: number; readonly total: LeadTotals }> {
  const filter = (asked.filter ?? undefined) as Filter | undefined;
  await readLeads(context.store, { ...needsOf({ filter }, setting), tags: true });
  const natural = asked.by === 'month' || asked.by === 'stage' || asked.by === 'band';
  const order = natural && asked.figure === 'leads' ? { field: 'natural', direction: 'ascending' } as const : { field: orders[asked.figure ?? 'leads'], direction: 'descending' } as const;
  return groupsOf(parts, context, { filter, ...(asked.by === null ? {} : { by: asked.by, order }) }, setting);
}

/** Leads that fit a filter and one more condition. */
export function countWithin(context: CallContext, filter: AskedFilter | null, part: AskedFilter, setting: FilterSetting): number {
  const whole = allOf([...(filter === null ? [] : [filter]), part]);
  return countLeads(context.store, context.scope, whole === null ? {} : { filter: whole as Filter }, setting);
}

function notesOf(reading: Reading, everyone: number): string[] {
  const notes: string[] = [];
  if (everyone === 0) notes.push(words('queries.notes.noLeads'));
  if (reading.language !== null) notes.push(say(phrase('queries.notes.language', { language: languageNames.of(reading.language) ?? reading.language })));
  else if (!reading.understood) notes.push(words('queries.notes.nothing'));
  if (reading.corrected.length > 0 && reading.language === null) notes.push(say(phrase('queries.notes.corrected', { words: reading.corrected.map(({ from, to }) => `${from} → ${to}`).join(', ') })));
  if (reading.unused.length > 0 && reading.language === null) notes.push(say(phrase('queries.notes.unused', { words: reading.unused.map((word) => `“${word}”`).join(', ') })));
  for (const assumption of reading.assumptions) if (assumption !== 'corrected') notes.push(words(`queries.assumptions.${assumption}`));
  return notes;
}

function alternativesOf(reading: Reading, known: KnownWords, describe: (filter: Filter) => string, undated: boolean): QueryAnswer['alternatives'] {
  const labels = new Map(known.fields.map(({ name, label }) => [name, label]));
  const given = (asked: Asked): AskedOutput => ({ filter: asked.filter as Filter | null, sort: asked.sort, limit: asked.limit, by: asked.by, figure: asked.figure });
  const others = reading.others.map((other) => ({ ...given(other), label: say(phrase('queries.alternatives.field', { word: other.word, field: labels.get(other.field) ?? other.field })) }));
  const parts = reading.chips.length > 1 && reading.confidence < sureFrom ? reading.chips.map(({ filter }) => ({ ...given({ ...reading, filter }), label: say(phrase('queries.alternatives.only', { what: describe(filter as Filter) })) })) : [];
  const byAdded = undated ? [{ ...given({ ...reading, filter: withoutEnquiry(reading.filter) }), label: words('queries.alternatives.added') }] : [];
  const everyone = reading.understood ? [] : [{ ...given({ filter: null, sort: null, limit: null, by: null, figure: null }), label: words('queries.alternatives.everyone') }];
  return [...byAdded, ...others, ...parts, ...everyone].slice(0, 4);
}

/** The same filter by when leads came into Ivy, for workspaces whose leads have no date of enquiry. */
function withoutEnquiry(filter: AskedFilter | null): AskedFilter | null {
  if (filter === null) return null;
  if ('field' in filter) return filter.field === 'enquiredAt' ? { ...filter, field: 'createdAt' } : filter;
  if ('not' in filter) return { not: withoutEnquiry(filter.not) ?? filter.not };
  return 'all' in filter ? { all: filter.all.map((part) => withoutEnquiry(part) ?? part) } : { any: filter.any.map((part) => withoutEnquiry(part) ?? part) };
}

/** Reads a question by the grammar and answers it from the leads that the asker sees. */
export async function answerQuestion(parts: HandlerParts, context: CallContext, text: string, before: AskedOutput | undefined, limit: number, setting: FilterSetting): Promise<QueryAnswer> {
  const known = await knownWords(context, setting);
  const reading = readQuestion(text, { vocabulary: known.vocabulary, now: setting.now, timeZone: setting.timeZone, teamId: teamOf(context) }, domainAsked(before));
  return answerReading(parts, context, reading, known, limit, setting);
}

/** Answers what was read: of what was not understood, nothing is looked up. */
export async function answerReading(parts: HandlerParts, context: CallContext, reading: Reading, known: KnownWords, limit: number, setting: FilterSetting): Promise<QueryAnswer> {
  const { store, scope } = context;
  const describe = filterWords(known.fields, context.actor?.name ?? '');
  const filter = reading.filter as Filter | null;
  const looked = reading.understood;
  const figures = await figuresOf(parts, context, looked ? reading : { filter: { field: 'stage', in: [] }, sort: null, limit: null, by: null, figure: null }, setting);
  const most = Math.min(limit, reading.limit ?? limit);
  const page = looked && most > 0 ? await readLeadPage(store, scope, { filter: filter ?? undefined, sort: reading.sort ?? byScore, limit: most }, setting) : null;
  const total = page?.total ?? figures.total.leads;
  const everyone = countLeads(store, scope, {}, setting);
  const undated = looked && total === 0 && everyone > 0 && JSON.stringify(filter).includes('"enquiredAt"') && countWithin(context, null, { field: 'enquiredAt', isNotEmpty: true }, setting) === 0;
  const groups = figures.groups.slice(0, reading.by === null ? 0 : (reading.limit ?? figures.groups.length));
  const leading = groups.filter(({ label }) => label !== null).slice(0, namedGroups);
  const sentence = !looked
    ? words('queries.answer.notUnderstood')
    : reading.by !== null && leading.length > 0
      ? say(phrase('queries.answer.groups', { what: words(`queries.figures.${reading.figure ?? 'leads'}`), by: words(`queries.groupings.${reading.by}`), groups: leading.map((group) => groupWords(reading.figure, group)).join(', ') }))
      : figureWords(reading.figure, figures.total);
  const frequent = async (by: 'source' | 'course'): Promise<string | null> => {
    const { groups: some } = await figuresOf(parts, context, { ...reading, by, figure: 'leads' }, setting);
    const named = some.filter(({ label }) => label !== null);
    return named.length > 1 ? (named[0]?.label ?? null) : null;
  };
  const next =
    looked && everyone > 0
      ? followUps(reading, {
          total: figures.total.leads,
          source: await frequent('source'),
          course: await frequent('course'),
          stalled: countWithin(context, reading.filter, stalledFilter, setting),
          high: countWithin(context, reading.filter, { field: 'band', is: 'high' }, setting),
        })
      : [];
  return {
    filter,
    sort: reading.sort,
    limit: reading.limit,
    by: reading.by,
    figure: reading.figure,
    chips: reading.chips.map((chip) => ({ label: describe(chip.filter as Filter), filter: chip.filter as Filter, words: chip.words })),
    answer: sentence,
    total,
    totalIsExact: page?.totalIsExact ?? true,
    items: page === null ? [] : listedLeads(store, rowsOfSelected(store, page.keys), [], context.now()),
    groups,
    more: Math.max(0, figures.groups.length - groups.length) + figures.more,
    totals: figures.total,
    confidence: reading.confidence,
    sure: reading.confidence >= sureFrom,
    understood: reading.understood,
    follows: reading.follows,
    notes: notesOf(reading, everyone),
    unused: [...reading.unused],
    corrected: [...reading.corrected],
    language: reading.language,
    alternatives: alternativesOf(reading, known, describe, undated),
    followUps: next.map(say),
  };
}
