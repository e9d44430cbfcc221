import { z } from 'zod';
import { groupings } from '#domain/admissions/leads/groups';
import { type AskedFilter, allOf, anyOf, negated } from '#domain/admissions/queries/filters';
import { figures, orderedBy, type Reading } from '#domain/admissions/queries/reading';
import { fold } from '#domain/kernel/text';
import { operatorsByType } from '#contract/admissions/leadFields';
import { type AskedOutput, longestQuestion, type QueryAnswer } from '#contract/admissions/queries';
import { conditionOperators, durationUnits, filter as filterSchema } from '#contract/filter';
import type { Offline } from '#contract/platform/language';
import type { CallContext } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import type { FilterSetting } from '#main/store/admissions/leadTests';
import { answerReading } from './queryAnswers';
import { type KnownWords, knownWords } from './queryVocabulary';

// A question that the grammar is not sure of, read by a model: into the same filter type, which is checked here field by field and value
// by value. The model sees the question and the words of the workspace, no lead.

/** Values of a field that a model is told; of longer lists it says the value as the person wrote it. */
const mostValues = 60;
/** How sure a reading of a model is taken to be: it is not asked for a number, because models do not know theirs. */
const confidenceOf = { whole: 0.9, partly: 0.5 } as const;

const condition = z.object({
  field: z.string().max(200),
  operator: z.enum(conditionOperators),
  /** One value; two for between, one or more for in, none for isEmpty and isNotEmpty; for withinLast the amount. */
  values: z.array(z.union([z.string(), z.number(), z.boolean()])).max(100),
  unit: z.enum(durationUnits).nullable(),
  not: z.boolean(),
});

/** The form that a model answers in. All groups hold, and of each group at least one condition: it has no depth, so any provider can hold a model to it. */
const interpretation = z.object({
  groups: z.array(z.array(condition).max(50)).max(50),
  sort: z.object({ field: z.enum(orderedBy), direction: z.enum(['ascending', 'descending']) }).nullable(),
  limit: z.number().int().positive().max(100_000).nullable(),
  by: z.enum(groupings).nullable(),
  figure: z.enum(figures).nullable(),
  /** Words of the question that the answer leaves out. */
  unused: z.array(z.string().max(200)).max(50),
  /** What was understood, in one plain sentence. */
  explanation: z.string().max(600),
});
type Interpretation = z.output<typeof interpretation>;

const system = `Turn a question about a school's leads into a filter. Do not answer the question itself, and never invent a field or a value.

groups: all groups must hold; within a group one condition is enough. "A and B" is two groups of one condition; "A or B" is one group of two. No group at all means every lead.
A condition has one of the fields in the data, an operator that its type allows, values, and not. Operators by type: ${JSON.stringify(operatorsByType)}.
Option fields take the values listed for them, spelled as they are there. Numbers are plain; probability, confidence, modelChance and modelConfidence are shares from 0 to 1; score is 0 to 100; webTime is in seconds. Days are written YYYY-MM-DD; withinLast takes an amount and a unit and otherwise unit is null. The asker's own leads are owner is me.
"Stalled", "inactive" and "gone quiet" are blocker is engagement_stall. Priority is the field band. Whether somebody enrolled or converted is converted is true.
sort, limit, by and figure are set only where the question asks for an order, a first few, groups or a figure; else null.
Where the data holds an earlier question and this one goes on from it ("only those …", "what about …"), answer with the whole filter that results.
unused: the words of the question that you could not use. Leave them out rather than guess.`;

type OfferedField = KnownWords['fields'][number];

/** The value of a field that a model means, as filters have it; null where there is no such value. */
function valueOf(field: OfferedField, value: string | number | boolean): string | number | boolean | null {
  switch (field.type) {
    case 'number': {
      const number = typeof value === 'number' ? value : Number(value);
      return Number.isFinite(number) ? number : null;
    }
    case 'boolean':
      return typeof value === 'boolean' ? value : value === 'true' ? true : value === 'false' ? false : null;
    case 'instant':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? value.slice(0, 10) : null;
    case 'option': {
      if (field.name === 'owner' && value === 'me') return 'me';
      const wanted = fold(String(value));
      return field.values.find((each) => fold(each.value) === wanted || fold(each.label) === wanted)?.value ?? null;
    }
    case 'text':
      return String(value).slice(0, 1_000);
  }
}

/** One condition as the filter type has it, or null where field, operator or value are none. */
function conditionOf(said: Interpretation['groups'][number][number], fields: ReadonlyMap<string, OfferedField>): AskedFilter | null {
  const field = fields.get(said.field);
  if (field === undefined || !operatorsByType[field.type].includes(said.operator)) return null;
  const values = said.values.map((value) => (said.operator === 'contains' || said.operator === 'startsWith' ? String(value) : said.operator === 'withinLast' ? Number(value) : valueOf(field, value)));
  if (values.some((value) => value === null)) return null;
  const [first, second] = values;
  const operand = (): unknown => {
    switch (said.operator) {
      case 'isEmpty':
      case 'isNotEmpty':
        return true;
      case 'in':
        return values;
      case 'between':
        return [first, second];
      case 'withinLast':
        return { amount: first, unit: said.unit };
      default:
        return first;
    }
  };
  const made = filterSchema.safeParse({ field: field.name, [said.operator]: operand() });
  if (!made.success) return null;
  return said.not ? negated(made.data) : made.data;
}

/** The reading that a model's answer comes to: what names no field or value of the workspace is left out and told. */
function readingOf(said: Interpretation, known: KnownWords): Reading {
  const fields = new Map(known.fields.map((field) => [field.name, field]));
  const lost: string[] = [];
  const groups = said.groups.flatMap((group) => {
    const parts = group.map((each) => ({ each, filter: conditionOf(each, fields) }));
    for (const { each, filter } of parts) if (filter === null) lost.push([each.field, ...each.values.map(String)].join(' '));
    // Of "one of these", what is left would ask for less than was meant: the group goes as a whole.
    if (parts.some(({ filter }) => filter === null)) return [];
    return anyOf(parts.flatMap(({ filter }) => filter ?? [])) ?? [];
  });
  const filter = allOf(groups);
  const unused = [...said.unused.map((word) => word.trim()).filter((word) => word !== ''), ...lost];
  const asks = filter !== null || said.sort !== null || said.limit !== null || said.by !== null || said.figure !== null;
  return {
    filter,
    sort: said.sort,
    limit: said.limit,
    by: said.by,
    figure: said.by === null ? said.figure : (said.figure ?? 'leads'),
    chips: (filter === null ? [] : 'all' in filter ? filter.all : [filter]).map((part) => ({ filter: part, words: null })),
    confidence: !asks && unused.length > 0 ? 0 : unused.length === 0 ? confidenceOf.whole : confidenceOf.partly,
    unused,
    corrected: [],
    assumptions: [],
    others: [],
    follows: false,
    language: null,
    understood: asks || unused.length === 0,
  };
}

export interface Interpreted {
  /** Null where no model answered. */
  readonly answer: QueryAnswer | null;
  readonly explanation: string | null;
  readonly model: string | null;
  /** Why no model answered, in words. */
  readonly offline: Offline | null;
}

/** Lets a model read a question, and answers what it read from the leads that the asker sees. */
export async function interpretQuestion(parts: HandlerParts, context: CallContext, text: string, before: AskedOutput | undefined, limit: number, setting: FilterSetting): Promise<Interpreted> {
  const closed = parts.language().unavailable('ask', context);
  if (closed !== null) return { answer: null, explanation: null, model: null, offline: closed };
  const known = await knownWords(context, setting);
  const data = {
    today: new Intl.DateTimeFormat('en-CA', { timeZone: setting.timeZone }).format(setting.now),
    fields: known.fields
      .filter(({ name }) => name !== 'import')
      .map(({ name, label, type, values }) => ({ field: name, label, type, ...(values.length === 0 || values.length > mostValues ? {} : { values: values.map((value) => (name === 'owner' || name === 'team' ? value.label : value.value)) }) })),
    earlier: before === undefined ? null : namedBefore(before, known),
  };
  const got = await parts.language().ask<Interpretation>(
    { purpose: 'ask', system, schema: interpretation, maximumTokens: 2_000, messages: [{ role: 'user', content: [{ data, from: 'fields of leads' }, text.slice(0, longestQuestion)] }] },
    context,
  );
  if (!got.answered) return { answer: null, explanation: null, model: null, offline: got.offline };
  const answer = await answerReading(parts, context, readingOf(got.value, known), known, limit, setting);
  return { answer, explanation: got.value.explanation.trim(), model: got.model, offline: null };
}

/** An earlier question with the names of people and teams in place of their ids, so that their pseudonyms stand for them. */
function namedBefore(before: AskedOutput, known: KnownWords): unknown {
  const labels = new Map(known.fields.filter(({ name }) => name === 'owner' || name === 'team').flatMap(({ values }) => values.map(({ value, label }) => [value, label] as const)));
  const name = (value: unknown): unknown => {
    if (typeof value === 'string') return labels.get(value) ?? value;
    if (Array.isArray(value)) return value.map(name);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, name(each)])) : value;
  };
  return name(before);
}
