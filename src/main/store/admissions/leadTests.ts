import { DateTime } from 'luxon';
import { parseBoolean } from '#domain/admissions/imports/columns';
import { stages } from '#domain/admissions/leads/stages';
import { blockerTypes } from '#domain/admissions/triage/blockers';
import { fold } from '#domain/kernel/text';
import { type FieldType, type LeadFieldName, leadFields, operatorsByType } from '#contract/admissions/leadFields';
import { Refusal } from '#contract/errors';
import { type Condition, type ConditionOperator, type Duration, type Filter, type FilterValue, operatorOf } from '#contract/filter';
import type { Store } from '../open';
import type { SqlValue } from '../tx';
import { type AttributeRow, findAttribute, listOptions } from './catalogue';
import type { LeadColumns, NumberColumn, WholeColumn } from './leadColumns';

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

function problem(condition: Condition, message: string): never {
  throw new Refusal('invalid_input', `The filter on ${condition.field} cannot be read: ${message}`, { field: condition.field });
}

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

/** Characters as SQL counts them: an emoji is one. */
function charactersOf(text: string): number {
  return Array.from(text).length;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function listOf(condition: Condition, operator: ConditionOperator, operand: unknown): readonly FilterValue[] {
  if (operator === 'in') return operand as FilterValue[];
  if (operator === 'is' || operator === 'isNot') return [operand as FilterValue];
  return problem(condition, `${operator} does not fit.`);
}

/** Marks made by a statement, kept until the columns change: a filter is asked for page after page. */
const marked = new WeakMap<LeadColumns, { readonly version: number; readonly marks: Map<string, Uint8Array> }>();

/** The leads that a statement selects by `key`. */
function selected({ store }: FilterSetting, columns: LeadColumns, sql: string, params: readonly SqlValue[]): LeadTest {
  let kept = marked.get(columns);
  if (kept?.version !== columns.version) {
    kept = { version: columns.version, marks: new Map() };
    marked.set(columns, kept);
  }
  const name = JSON.stringify([sql, params]);
  const marks = kept.marks.get(name) ?? columns.mark(store.column<number>(sql, ...params));
  kept.marks.set(name, marks);
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

function onKeys(values: Uint32Array, keys: ReadonlySet<number>): LeadTest {
  const [only] = keys;
  if (only === undefined) return never;
  return keys.size === 1 ? (position) => values[position] === only : (position) => keys.has(values[position] ?? 0);
}

function onChoice(condition: Condition, field: LeadFieldName & WholeColumn, operator: ConditionOperator, operand: unknown, setting: FilterSetting, columns: LeadColumns): LeadTest {
  const values = columns.wholes(field);
  const isStage = field === 'stage';
  if (operator === 'isEmpty') return isStage ? never : (position) => values[position] === 0;
  if (operator === 'isNotEmpty') return isStage ? always : (position) => values[position] !== 0;
  const choices = isStage ? stages.map((stage, key) => ({ key, id: stage, folded: stage })) : choicesOf(field, setting);
  const test = onKeys(values, keysOf(condition, operator, operand, choices));
  return operator === 'isNot' ? not(test) : test;
}

function onBand(condition: Condition, operator: ConditionOperator, operand: unknown, { bands }: FilterSetting, columns: LeadColumns): LeadTest {
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

function onBlocker(condition: Condition, operator: ConditionOperator, operand: unknown, columns: LeadColumns): LeadTest {
  const masks = columns.wholes('blockers');
  if (operator === 'isEmpty') return (position) => masks[position] === 0;
  if (operator === 'isNotEmpty') return (position) => masks[position] !== 0;
  const wanted = new Set(listOf(condition, operator, operand).map((value) => fold(asText(value))));
  const mask = blockerTypes.reduce((sum, type, bit) => (wanted.has(type) ? sum | (1 << bit) : sum), 0);
  const test: LeadTest = (position) => ((masks[position] ?? 0) & mask) !== 0;
  return operator === 'isNot' ? not(test) : test;
}

function numberOf(condition: Condition, value: unknown): Moment {
  const number = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? { from: number, to: number } : problem(condition, 'give a number.');
}

/** The first and last millisecond that a value means: a day is all of it, an instant is itself. */
interface Moment {
  readonly from: number;
  readonly to: number;
}

function momentOf(condition: Condition, value: unknown, timeZone: string): Moment {
  if (typeof value === 'number') return { from: value, to: value };
  const text = asText(value).trim();
  const parsed = DateTime.fromISO(text, { zone: timeZone });
  if (!parsed.isValid) return problem(condition, 'give a date such as 2026-09-30.');
  const wholeDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  return wholeDay ? { from: parsed.startOf('day').toMillis(), to: parsed.endOf('day').toMillis() } : { from: parsed.toMillis(), to: parsed.toMillis() };
}

function sinceOf({ amount, unit }: Duration, { now, timeZone }: FilterSetting): number {
  return DateTime.fromMillis(now, { zone: timeZone }).minus({ [unit]: amount }).toMillis();
}

/** The ranges, both ends included, that a comparison of numbers or moments means. */
function rangesOf(condition: Condition, operator: ConditionOperator, operand: unknown, read: (value: unknown) => Moment, since: (duration: Duration) => number): readonly Moment[] {
  const below = (value: number): number => nextDown(value);
  const above = (value: number): number => -nextDown(-value);
  switch (operator) {
    case 'is':
    case 'isNot':
      return [read(operand)];
    case 'in':
      return (operand as FilterValue[]).map(read);
    case 'lessThan':
      return [{ from: -Infinity, to: below(read(operand).from) }];
    case 'atMost':
      return [{ from: -Infinity, to: read(operand).to }];
    case 'moreThan':
      return [{ from: above(read(operand).to), to: Infinity }];
    case 'atLeast':
      return [{ from: read(operand).from, to: Infinity }];
    case 'between': {
      const [low, high] = operand as [FilterValue, FilterValue];
      return [{ from: read(low).from, to: read(high).to }];
    }
    case 'withinLast':
      return [{ from: since(operand as Duration), to: Infinity }];
    default:
      return problem(condition, `${operator} does not fit.`);
  }
}

/** The largest double below a number. */
function nextDown(value: number): number {
  if (!Number.isFinite(value)) return value;
  if (value === 0) return -Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? -1n : 1n));
  return view.getFloat64(0);
}

function onNumber(condition: Condition, column: NumberColumn, operator: ConditionOperator, operand: unknown, read: (value: unknown) => Moment, setting: FilterSetting, columns: LeadColumns): LeadTest {
  const values = columns.numbersOf(column);
  const at = (position: number): number => values[position] ?? Number.NaN;
  if (operator === 'isEmpty') return (position) => Number.isNaN(at(position));
  if (operator === 'isNotEmpty') return (position) => !Number.isNaN(at(position));
  const ranges = rangesOf(condition, operator, operand, read, (duration) => sinceOf(duration, setting));
  const within = ({ from, to }: Moment): LeadTest => (position) => at(position) >= from && at(position) <= to;
  const test = ranges.length === 1 && ranges[0] !== undefined ? within(ranges[0]) : some(ranges.map(within));
  return operator === 'isNot' ? not(test) : test;
}

interface TextSource {
  readonly column: string;
  /** People first: only for those that fit are leads looked up. */
  readonly from: string;
}

const texts: Readonly<Partial<Record<LeadFieldName, TextSource>>> = {
  email: { column: 'p.email', from: 'people p cross join leads l on l.person_key = p.key' },
  phone: { column: 'p.phone', from: 'people p cross join leads l on l.person_key = p.key' },
  externalId: { column: 'l.external_id', from: 'leads l' },
  name: {
    column: "nullif(trim(coalesce(p.given_name, '') || ' ' || coalesce(p.family_name, '')), '')",
    from: 'people p cross join leads l on l.person_key = p.key',
  },
};

function onText(condition: Condition, field: LeadFieldName, operator: ConditionOperator, operand: unknown, setting: FilterSetting, columns: LeadColumns): LeadTest {
  const { column, from } = texts[field] ?? problem(condition, 'it is no text.');
  const select = (where: string, params: readonly SqlValue[]): LeadTest => selected(setting, columns, `select l.key from ${from} where ${where}`, params);
  if (operator === 'isEmpty') return select(`${column} is null`, []);
  if (operator === 'isNotEmpty') return not(select(`${column} is null`, []));
  const folded = fold(asText(operand));
  switch (operator) {
    case 'is':
      return select(`fold(${column}) = ?`, [folded]);
    case 'isNot':
      return not(select(`fold(${column}) = ?`, [folded]));
    case 'in': {
      const all = (operand as FilterValue[]).map((value) => fold(asText(value)));
      return select(`fold(${column}) in (select value from json_each(?))`, [JSON.stringify(all)]);
    }
    case 'contains':
      return select(`instr(fold(${column}), ?) > 0`, [folded]);
    case 'startsWith':
      return select(`substr(fold(${column}), 1, ?) = ?`, [charactersOf(folded), folded]);
    default:
      return problem(condition, `${operator} does not fit a text.`);
  }
}

function onBoolean(condition: Condition, field: LeadFieldName, operator: ConditionOperator, operand: unknown, columns: LeadColumns): LeadTest {
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

function onAttribute(condition: Condition, attribute: AttributeRow, operator: ConditionOperator, operand: unknown, setting: FilterSetting, columns: LeadColumns): LeadTest {
  if (attribute.type === 'text') return onAttributeText(condition, attribute, operator, operand, setting, columns);
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

function onAttributeText(condition: Condition, attribute: AttributeRow, operator: ConditionOperator, operand: unknown, setting: FilterSetting, columns: LeadColumns): LeadTest {
  const select = (where: string, params: readonly SqlValue[]): LeadTest =>
    selected(setting, columns, `select v.lead_key as key from attribute_values v where v.attribute_key = ? and ${where}`, [attribute.key, ...params]);
  const folded = fold(asText(operand));
  switch (operator) {
    case 'isEmpty':
      return not(select('1', []));
    case 'isNotEmpty':
      return select('1', []);
    case 'is':
      return select('fold(v.value) = ?', [folded]);
    case 'isNot':
      return not(select('fold(v.value) = ?', [folded]));
    case 'in':
      return select('fold(v.value) in (select value from json_each(?))', [JSON.stringify((operand as FilterValue[]).map((value) => fold(asText(value))))]);
    case 'contains':
      return select('instr(fold(v.value), ?) > 0', [folded]);
    case 'startsWith':
      return select('substr(fold(v.value), 1, ?) = ?', [charactersOf(folded), folded]);
    default:
      return problem(condition, `${operator} does not fit a text.`);
  }
}

function fitting(condition: Condition, type: FieldType, operator: ConditionOperator): void {
  if (!operatorsByType[type].includes(operator)) problem(condition, `${operator} does not fit; use ${operatorsByType[type].join(', ')}.`);
}

const attributeTypes: Readonly<Record<AttributeRow['type'], FieldType>> = { text: 'text', option: 'option', number: 'number', boolean: 'boolean', date: 'instant' };

function testOf(condition: Condition, setting: FilterSetting, columns: LeadColumns): LeadTest {
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
      return onChoice(condition, field.name, operator, operand, setting, columns);
    case 'text':
      return onText(condition, field.name, operator, operand, setting, columns);
    case 'boolean':
      return onBoolean(condition, field.name, operator, operand, columns);
    case 'number':
      return onNumber(condition, field.name, operator, operand, (value) => numberOf(condition, value), setting, columns);
    case 'instant':
      return onNumber(condition, field.name, operator, operand, (value) => momentOf(condition, value, setting.timeZone), setting, columns);
  }
}

/** Turns a filter into a test of positions. */
export function leadTest(filter: Filter, setting: FilterSetting, columns: LeadColumns): LeadTest {
  if ('all' in filter) return every(filter.all.map((part) => leadTest(part, setting, columns)));
  if ('any' in filter) return some(filter.any.map((part) => leadTest(part, setting, columns)));
  if ('not' in filter) return not(leadTest(filter.not, setting, columns));
  return testOf(filter, setting, columns);
}

/** Words of a search as a query of the full-text index: each is the beginning of some word. */
export function searchQuery(text: string): string | null {
  const words = fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  return words.length === 0 ? null : words.map((word) => `"${word}"*`).join(' AND ');
}

/** The digits of a search that may be a part of a telephone number, without the zeros that are dialled before it; else null. */
export function phoneDigits(text: string): string | null {
  if (!/^[+\d\s().\-/]+$/.test(text)) return null;
  const digits = text.replace(/\D/g, '').replace(/^00(?=\d{6})/, '').replace(/^0(?=[1-9])/, '');
  return digits.length >= 3 ? digits : null;
}

/** Leads in which every word of a search begins some word, or whose telephone number has its digits. */
export function searchTest(search: string, setting: FilterSetting, columns: LeadColumns): LeadTest {
  const query = searchQuery(search);
  if (query === null) return never;
  const words = selected(setting, columns, 'select rowid as key from leads_search where leads_search match ?', [query]);
  const digits = phoneDigits(search);
  if (digits === null) return words;
  return some([words, selected(setting, columns, 'select l.key from people p join leads l on l.person_key = p.key where p.phone is not null and instr(p.phone, ?) > 0', [digits])]);
}
