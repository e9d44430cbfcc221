import { parseBoolean } from '#domain/admissions/imports/columns';
import { stages } from '#domain/admissions/leads/stages';
import { blockerTypes } from '#domain/admissions/triage/blockers';
import { fold } from '#domain/kernel/text';
import { type FieldType, type LeadFieldName, leadFields, operatorsByType } from '#contract/admissions/leadFields';
import { type Condition, type ConditionOperator, type Filter, type FilterValue, operatorOf } from '#contract/filter';
import type { Store } from '../open';
import { type AttributeRow, findAttribute, listOptions } from './catalogue';
import { asText, type Moment, momentOf, numberOf, problem, rangesOf, sinceOf } from './conditionValues';
import type { FoldedTexts } from './foldedTexts';
import { type NumberColumn, type PredictedFigure, type TestedLeads, textFields, type WholeColumn } from './heldLeads';
import type { LeanWholes } from './leanValues';
import { tagSenses } from './tags';

/** What a filter is read against. */
export interface FilterSetting {
  readonly store: Store;
  /** UTC milliseconds. */
  readonly now: number;
  readonly timeZone: string;
  /** Scores from which the bands begin. */
  readonly bands: { readonly high: number; readonly medium: number };
  /** Who "me" is, as an owner. */
  readonly userKey: number | null;
}

/** Whether the lead at a position fits. Unanswered never fits a condition, so that `not` includes it. */
export type LeadTest = (position: number) => boolean;

const never: LeadTest = () => false;
const always: LeadTest = () => true;

function not(test: LeadTest): LeadTest {
  return (position) => !test(position);
}

/** All of some tests. */
export function every(tests: readonly LeadTest[]): LeadTest {
  const [first, second] = tests;
  if (first === undefined) return always;
  if (second === undefined) return first;
  return (position) => tests.every((test) => test(position));
}

function some(tests: readonly LeadTest[]): LeadTest {
  return (position) => tests.some((test) => test(position));
}

function listOf(condition: Condition, operator: ConditionOperator, operand: unknown): readonly FilterValue[] {
  if (operator === 'in') return operand as FilterValue[];
  if (operator === 'is' || operator === 'isNot') return [operand as FilterValue];
  return problem(condition, `${operator} does not fit.`);
}

/** Marks that are held at once, those of the latest questions: a filter is asked for page after page. */
const marksHeld = 16;
const kept = new WeakMap<TestedLeads, { readonly version: number; readonly marks: Map<string, Uint8Array> }>();

/** Marks of the leads that fit a question, kept until the columns change. */
function marked(columns: TestedLeads, question: readonly unknown[], find: () => Uint8Array): LeadTest {
  let known = kept.get(columns);
  if (known?.version !== columns.version) {
    known = { version: columns.version, marks: new Map() };
    kept.set(columns, known);
  }
  const name = JSON.stringify(question);
  const marks = known.marks.get(name) ?? find();
  known.marks.delete(name);
  known.marks.set(name, marks);
  const [oldest] = known.marks.keys();
  if (known.marks.size > marksHeld && oldest !== undefined) known.marks.delete(oldest);
  return (position) => marks[position] === 1;
}

interface Choice {
  readonly key: number;
  readonly id: string;
  readonly folded: string;
}

/** The keys of names that a condition means: by name however it is spelled, or by id. */
function keysOf(condition: Condition, operator: ConditionOperator, operand: unknown, choices: readonly Choice[]): Set<number> {
  const match = (test: (choice: Choice) => boolean): Set<number> => new Set(choices.filter(test).map(({ key }) => key));
  switch (operator) {
    case 'is':
    case 'isNot':
    case 'in': {
      const wanted = new Set(listOf(condition, operator, operand).map((value) => fold(asText(value))));
      return match((choice) => wanted.has(choice.folded) || wanted.has(choice.id));
    }
    case 'contains':
      return match((choice) => choice.folded.includes(fold(asText(operand))));
    case 'startsWith':
      return match((choice) => choice.folded.startsWith(fold(asText(operand))));
    default:
      return problem(condition, `${operator} does not fit a choice.`);
  }
}

function choicesOf(field: LeadFieldName, { store, userKey }: FilterSetting): readonly Choice[] {
  switch (field) {
    case 'source':
    case 'course':
      return store.all(`select key, id, folded from ${field}s`);
    case 'campus':
      return store.all('select key, id, folded from campuses');
    case 'country':
      return store.all('select key, name as id, folded from countries');
    case 'city':
      return store.all('select key, name as id, folded from cities');
    case 'team':
      return store.all('select key, id, fold(name) as folded from teams');
    case 'import':
      return store.all('select key, id, fold(file_name) as folded from imports');
    default: {
      const people = store.all<Choice>(
        "select u.key, u.id, fold(coalesce(p.given_name, '') || ' ' || coalesce(p.family_name, '')) as folded from users u join people p on p.key = u.person_key",
      );
      return userKey === null ? people : [...people, { key: userKey, id: 'me', folded: 'me' }];
    }
  }
}

function onKeys(values: LeanWholes, keys: ReadonlySet<number>): LeadTest {
  const [only] = keys;
  if (only === undefined) return never;
  if (keys.size === 1) return (position) => values[position] === only;
  const wanted = new Uint8Array(Math.max(...keys) + 1);
  for (const key of keys) wanted[key] = 1;
  return (position) => wanted[values[position] ?? 0] === 1;
}

function onChoice(condition: Condition, field: LeadFieldName & WholeColumn, operator: ConditionOperator, operand: unknown, setting: FilterSetting, columns: TestedLeads): LeadTest {
  const values = columns.wholes(field);
  const isStage = field === 'stage';
  if (operator === 'isEmpty') return isStage ? never : (position) => values[position] === 0;
  if (operator === 'isNotEmpty') return isStage ? always : (position) => values[position] !== 0;
  const choices = isStage ? stages.map((stage, key) => ({ key, id: stage, folded: stage })) : choicesOf(field, setting);
  const test = onKeys(values, keysOf(condition, operator, operand, choices));
  return operator === 'isNot' ? not(test) : test;
}

function onBand(condition: Condition, operator: ConditionOperator, operand: unknown, { bands }: FilterSetting, columns: TestedLeads): LeadTest {
  const score = columns.numbersOf('score');
  const at = (position: number): number => score[position] ?? Number.NaN;
  if (operator === 'isEmpty') return (position) => Number.isNaN(at(position));
  if (operator === 'isNotEmpty') return (position) => !Number.isNaN(at(position));
  const ranges: Readonly<Record<string, LeadTest>> = {
    high: (position) => at(position) >= bands.high,
    medium: (position) => at(position) >= bands.medium && at(position) < bands.high,
    low: (position) => at(position) < bands.medium,
  };
  const test = some(listOf(condition, operator, operand).map((value) => ranges[fold(asText(value))] ?? never));
  return operator === 'isNot' ? not(test) : test;
}

function onBlocker(condition: Condition, operator: ConditionOperator, operand: unknown, columns: TestedLeads): LeadTest {
  const masks = columns.wholes('blockers');
  if (operator === 'isEmpty') return (position) => masks[position] === 0;
  if (operator === 'isNotEmpty') return (position) => masks[position] !== 0;
  const wanted = new Set(listOf(condition, operator, operand).map((value) => fold(asText(value))));
  const mask = blockerTypes.reduce((sum, type, bit) => (wanted.has(type) ? sum | (1 << bit) : sum), 0);
  const test: LeadTest = (position) => ((masks[position] ?? 0) & mask) !== 0;
  return operator === 'isNot' ? not(test) : test;
}

function onTags(condition: Condition, operator: ConditionOperator, operand: unknown, { store }: FilterSetting, columns: TestedLeads): LeadTest {
  const { numbers, sets } = columns.tags;
  const senses = tagSenses(store);
  const positive = operator === 'isEmpty' || operator === 'isNotEmpty' ? null : keysOf(condition, operator, operand, senses.standing());
  const fits = sets.map((keys) => {
    const tags = senses.ofAll(keys);
    return positive === null ? tags.length > 0 : tags.some(({ key }) => positive.has(key));
  });
  const test: LeadTest = (position) => fits[numbers[position] ?? 0] === true;
  return operator === 'isNot' || operator === 'isEmpty' ? not(test) : test;
}

function onNumber(condition: Condition, column: NumberColumn | PredictedFigure, operator: ConditionOperator, operand: unknown, read: (value: unknown) => Moment, setting: FilterSetting, columns: TestedLeads): LeadTest {
  const values = column === 'modelChance' || column === 'modelConfidence' ? columns.predicted(column) : columns.numbersOf(column);
  const at = (position: number): number => values[position] ?? Number.NaN;
  if (operator === 'isEmpty') return (position) => Number.isNaN(at(position));
  if (operator === 'isNotEmpty') return (position) => !Number.isNaN(at(position));
  const ranges = rangesOf(condition, operator, operand, read, (duration) => sinceOf(duration, setting));
  const within = ({ from, to }: Moment): LeadTest => (position) => at(position) >= from && at(position) <= to;
  const test = ranges.length === 1 && ranges[0] !== undefined ? within(ranges[0]) : some(ranges.map(within));
  return operator === 'isNot' ? not(test) : test;
}

/**
 * @param of the field, or the key of the attribute
 * @param texts reads them, once they are needed
 */
function onText(condition: Condition, of: string | number, texts: () => FoldedTexts, operator: ConditionOperator, operand: unknown, columns: TestedLeads): LeadTest {
  const marks = (find: (held: FoldedTexts) => Uint8Array): LeadTest => marked(columns, [of, operator, operand], () => find(texts()));
  const folded = fold(asText(operand));
  switch (operator) {
    case 'isEmpty':
      return not(marks((held) => held.present()));
    case 'isNotEmpty':
      return marks((held) => held.present());
    case 'is':
      return marks((held) => held.equal([folded]));
    case 'isNot':
      return not(marks((held) => held.equal([folded])));
    case 'in':
      return marks((held) => held.equal((operand as FilterValue[]).map((value) => fold(asText(value)))));
    case 'contains':
      return marks((held) => held.containing(folded));
    case 'startsWith':
      return marks((held) => held.startingWith(folded));
    default:
      return problem(condition, `${operator} does not fit a text.`);
  }
}

function onBoolean(condition: Condition, field: LeadFieldName, operator: ConditionOperator, operand: unknown, columns: TestedLeads): LeadTest {
  const reach = columns.wholes('reach');
  const converted = columns.numbersOf('converted');
  const at: (position: number) => number =
    field === 'converted' ? (position) => converted[position] ?? Number.NaN : (position) => ((reach[position] ?? 0) >> (field === 'hasEmail' ? 0 : 1)) & 1;
  if (operator === 'isEmpty') return (position) => Number.isNaN(at(position));
  if (operator === 'isNotEmpty') return (position) => !Number.isNaN(at(position));
  const wanted = typeof operand === 'boolean' ? operand : parseBoolean(asText(operand));
  if (wanted === null) return problem(condition, 'give true or false.');
  const value = wanted ? 1 : 0;
  return operator === 'isNot' ? (position) => at(position) !== value : (position) => at(position) === value;
}

function onAttribute(condition: Condition, attribute: AttributeRow, operator: ConditionOperator, operand: unknown, setting: FilterSetting, columns: TestedLeads): LeadTest {
  if (attribute.type === 'text') return onText(condition, attribute.key, () => columns.attributeTexts(attribute.key), operator, operand, columns);
  const values = columns.attribute(attribute.key);
  const at = (position: number): number => values[position] ?? Number.NaN;
  if (operator === 'isEmpty') return (position) => Number.isNaN(at(position));
  if (operator === 'isNotEmpty') return (position) => !Number.isNaN(at(position));
  const signed = (test: LeadTest): LeadTest => (operator === 'isNot' ? not(test) : test);
  switch (attribute.type) {
    case 'option': {
      const options = listOptions(setting.store, attribute.key).map((option) => ({ ...option, id: option.text }));
      const keys = keysOf(condition, operator, operand, options);
      return signed((position) => keys.has(at(position)));
    }
    case 'boolean': {
      const wanted = typeof operand === 'boolean' ? operand : parseBoolean(asText(operand));
      if (wanted === null) return problem(condition, 'give true or false.');
      const value = wanted ? 1 : 0;
      return signed((position) => at(position) === value);
    }
    case 'number':
    case 'date': {
      const read = (value: unknown): Moment => (attribute.type === 'number' ? numberOf(condition, value) : momentOf(condition, value, setting.timeZone));
      const ranges = rangesOf(condition, operator, operand, read, (duration) => sinceOf(duration, setting));
      return signed(some(ranges.map(({ from, to }): LeadTest => (position) => at(position) >= from && at(position) <= to)));
    }
  }
}

function fitting(condition: Condition, type: FieldType, operator: ConditionOperator): void {
  if (!operatorsByType[type].includes(operator)) problem(condition, `${operator} does not fit; use ${operatorsByType[type].join(', ')}.`);
}

const attributeTypes: Readonly<Record<AttributeRow['type'], FieldType>> = { text: 'text', option: 'option', number: 'number', boolean: 'boolean', date: 'instant' };

function testOf(condition: Condition, setting: FilterSetting, columns: TestedLeads): LeadTest {
  const { operator, operand } = operatorOf(condition);
  if (condition.field.startsWith('attribute.')) {
    const attribute = findAttribute(setting.store, condition.field.slice('attribute.'.length));
    if (attribute === null) return problem(condition, 'there is no such attribute any more.');
    fitting(condition, attributeTypes[attribute.type], operator);
    return onAttribute(condition, attribute, operator, operand, setting, columns);
  }
  const field = leadFields.find((each) => each.name === condition.field);
  if (field === undefined) return problem(condition, 'leads have no such field.');
  fitting(condition, field.type, operator);
  switch (field.type) {
    case 'option':
      if (field.name === 'band') return onBand(condition, operator, operand, setting, columns);
      if (field.name === 'blocker') return onBlocker(condition, operator, operand, columns);
      if (field.name === 'tags') return onTags(condition, operator, operand, setting, columns);
      return onChoice(condition, field.name, operator, operand, setting, columns);
    case 'text':
      return onText(condition, field.name, () => columns.textsOf(field.name), operator, operand, columns);
    case 'boolean':
      return onBoolean(condition, field.name, operator, operand, columns);
    case 'number':
      return onNumber(condition, field.name, operator, operand, (value) => numberOf(condition, value), setting, columns);
    case 'instant':
      return onNumber(condition, field.name, operator, operand, (value) => momentOf(condition, value, setting.timeZone), setting, columns);
  }
}

/** Turns a filter into a test of positions. */
export function leadTest(filter: Filter, setting: FilterSetting, columns: TestedLeads): LeadTest {
  if ('all' in filter) return every(filter.all.map((part) => leadTest(part, setting, columns)));
  if ('any' in filter) return some(filter.any.map((part) => leadTest(part, setting, columns)));
  if ('not' in filter) return not(leadTest(filter.not, setting, columns));
  return testOf(filter, setting, columns);
}

/** Words of a search, folded: each must begin some word of a lead. */
export function searchWords(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** The digits of a search that may be a part of a telephone number, without the zeros that are dialled before it; else null. */
export function phoneDigits(text: string): string | null {
  if (!/^[+\d\s().\-/]+$/.test(text)) return null;
  const digits = text.replace(/\D/g, '').replace(/^00(?=\d{6})/, '').replace(/^0(?=[1-9])/, '');
  return digits.length >= 3 ? digits : null;
}

/** Fields in which a search looks for words. */
const searched = ['name', 'email', 'externalId'] as const;

/** Words that the full-text index has; shorter ones begin too many others in it, and are looked for in the texts themselves. */
const lettersOfIndex = 3;
/** Leads that are taken from the index at most, where the texts are at hand. */
const mostOfIndex = 200_000;
const isIndexed = (word: string): boolean => Array.from(word).length >= lettersOfIndex;

/** Words as a query of the full-text index: each is the beginning of some word. */
export function searchQuery(words: readonly string[]): string {
  return words.map((word) => `"${word}"*`).join(' AND ');
}

/** Whether a search looks into the texts of leads, besides the full-text index. */
export function searchesTexts(search: string): boolean {
  return phoneDigits(search) !== null || searchWords(search).some((word) => !isIndexed(word));
}

/** Leads in which every word of a search begins some word, or whose telephone number has its digits. */
export function searchTest(search: string, { store }: FilterSetting, columns: TestedLeads): LeadTest {
  const words = searchWords(search);
  if (words.length === 0) return never;
  const byWords = marked(columns, ['search', words], () => {
    const indexed = words.filter(isIndexed);
    const most = columns.hasTexts ? mostOfIndex : -1;
    const keys = indexed.length === 0 ? [] : store.column<number>('select rowid from leads_search where leads_search match ? limit ?', searchQuery(indexed), most);
    // What most leads have is found sooner in the texts themselves.
    const byIndex = indexed.length > 0 && keys.length !== most;
    return words.reduce<Uint8Array | null>((among, word) => {
      if (byIndex && isIndexed(word)) return among;
      const marks = new Uint8Array(columns.length);
      for (const field of searched) columns.textsOf(field).markWord(word, among, marks);
      return marks;
    }, byIndex ? columns.mark(keys) : null) ?? new Uint8Array(0);
  });
  const digits = phoneDigits(search);
  if (digits === null) return byWords;
  return some([byWords, marked(columns, ['phone', 'contains', digits], () => columns.textsOf('phone').containing(digits))]);
}

/** What of the columns a filter reads besides those of every lead. A field that is gone is refused when the filter is. */
export function needsOfFilter(filter: Filter, setting: FilterSetting): { readonly texts: boolean; readonly tags: boolean; readonly attributes: number[]; readonly textAttributes: number[]; readonly predictions: boolean } {
  if ('field' in filter) {
    const attribute = filter.field.startsWith('attribute.') ? findAttribute(setting.store, filter.field.slice('attribute.'.length)) : null;
    return {
      texts: (textFields as readonly string[]).includes(filter.field),
      tags: filter.field === 'tags',
      attributes: attribute !== null && attribute.type !== 'text' ? [attribute.key] : [],
      textAttributes: attribute?.type === 'text' ? [attribute.key] : [],
      predictions: filter.field === 'modelChance' || filter.field === 'modelConfidence',
    };
  }
  const parts = ('all' in filter ? filter.all : 'any' in filter ? filter.any : [filter.not]).map((part) => needsOfFilter(part, setting));
  return {
    texts: parts.some(({ texts }) => texts),
    tags: parts.some(({ tags }) => tags),
    attributes: parts.flatMap(({ attributes }) => attributes),
    textAttributes: parts.flatMap(({ textAttributes }) => textAttributes),
    predictions: parts.some(({ predictions }) => predictions),
  };
}
