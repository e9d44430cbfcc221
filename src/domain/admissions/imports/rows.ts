import { phrase, type Phrase } from '#domain/kernel/phrase';
import { fold } from '#domain/kernel/text';
import { normaliseEmail, normalisePhone, splitName } from '../leads/normalise';
import { signals, type Signal, type SignalTotals } from '../leads/signals';
import { type Stage, stages } from '../leads/stages';
import { parseBoolean, parseDate, parseNumber } from './columns';
import { type ImportField } from './fields';
import type { ColumnMapping } from './mapping';

export type AttributeValue = string | number | boolean;

/** A row of a file as the store takes it. */
export interface ImportedLead {
  readonly line: number;
  readonly externalId: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly source: string | null;
  readonly course: string | null;
  readonly campus: string | null;
  readonly country: string | null;
  readonly city: string | null;
  readonly stage: Stage | null;
  readonly converted: boolean | null;
  readonly enquiredAt: number | null;
  readonly lastActivityAt: number | null;
  readonly lastActivity: string | null;
  /** True given, false refused, null not said. */
  readonly emailConsent: boolean | null;
  readonly phoneConsent: boolean | null;
  readonly signals: SignalTotals;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/** A cell that could not be taken over though its row was. */
export interface CellWarning {
  readonly header: string;
  readonly reason: Phrase;
}

export type RowResult =
  | { readonly kind: 'lead'; readonly lead: ImportedLead; readonly warnings: readonly CellWarning[] }
  | { readonly kind: 'empty' }
  | { readonly kind: 'rejected'; readonly reason: Phrase };

export interface RowSetting {
  readonly mapping: readonly ColumnMapping[];
  /** How many cells the header has. */
  readonly columns: number;
  readonly timeZone: string;
  /** ISO 3166-1 alpha-2, for telephone numbers without a country. */
  readonly defaultCountry: string;
  /** UTC milliseconds: an activity cannot lie after it. */
  readonly now: number;
}

const longestName = 200;
const longestOption = 500;
/** The most characters that one cell of an attribute may have. */
export const longestText = 10_000;

const stageWords: readonly (readonly [RegExp, Stage])[] = [
  [/\b(lost|closed|dead|rejected|declined|withdrawn|not interested|disqualified|junk)\b/, 'lost'],
  [/\b(enrol\w*|enroll\w*|converted|won|registered|student|customer)\b/, 'enrolled'],
  [/\b(accepted|deposit\w*|confirmed)\b/, 'accepted'],
  [/\b(offer\w*|admitted)\b/, 'offered'],
  [/\b(appl\w*|submitted)\b/, 'applied'],
  [/\b(qualified|mql|sql|opportunity|interested)\b/, 'qualified'],
  [/\b(contact\w*|attempted|called|working|nurtur\w*|engaged)\b/, 'contacted'],
  [/\b(enquir\w*|inquir\w*|new|open|lead|prospect|subscriber)\b/, 'enquiry'],
];

/** The stage that a word of another system means, or null where none fits. */
export function stageOf(text: string): Stage | null {
  const word = fold(text);
  const exact = stages.find((stage) => stage === word);
  return exact ?? stageWords.find(([pattern]) => pattern.test(word))?.[1] ?? null;
}

class CellProblem extends Error {
  constructor(readonly reason: Phrase) {
    super(reason.key);
  }
}

function problem(key: string, params: Phrase['params'] = {}): never {
  throw new CellProblem(phrase(`imports.problems.${key}`, params));
}

function bounded(text: string, longest: number, header: string): string {
  if (text.length > longest) problem('tooLong', { header, length: text.length, longest });
  return text.replace(/\u0000/g, '').replace(/\s+/g, ' ').trim();
}

/** A setting with what was worked out under it. */
interface Reading extends RowSetting {
  /** Dates by their format and text: most files hold the same days over and over, and a time zone's offset is slow to find. */
  readonly dates: Map<string, number>;
}

/** Dates that are remembered; the oldest are forgotten together. */
const datesHeld = 20_000;

function date(text: string, column: ColumnMapping, { timeZone, dates }: Reading): number {
  const format = column.dateFormat ?? 'iso';
  const name = `${format} ${text}`;
  const known = dates.get(name);
  if (known !== undefined) return known;
  const found = parseDate(text, format, timeZone) ?? problem('notADate', { header: column.header, value: text.slice(0, 60), format });
  if (dates.size >= datesHeld) dates.clear();
  dates.set(name, found);
  return found;
}

function number(text: string, column: ColumnMapping): number {
  return parseNumber(text, column) ?? problem('notANumber', { header: column.header, value: text.slice(0, 60) });
}

function boolean(text: string, column: ColumnMapping): boolean {
  return parseBoolean(text) ?? problem('notYesOrNo', { header: column.header, value: text.slice(0, 60) });
}

type Draft = { -readonly [Key in keyof ImportedLead]: ImportedLead[Key] } & { signals: Partial<Record<Signal, number>> };

function setField(lead: Draft, field: ImportField, text: string, column: ColumnMapping, setting: Reading): void {
  const { header } = column;
  switch (field) {
    case 'externalId':
      lead.externalId = bounded(text, longestName, header);
      return;
    case 'fullName': {
      const name = splitName(bounded(text, longestName, header));
      lead.givenName ??= name.given;
      lead.familyName ??= name.family;
      return;
    }
    case 'givenName':
      lead.givenName = bounded(text, longestName, header);
      return;
    case 'familyName':
      lead.familyName = bounded(text, longestName, header);
      return;
    case 'email':
      lead.email = normaliseEmail(text) ?? problem('notAnEmail', { header, value: text.slice(0, 60) });
      return;
    case 'phone':
      lead.phone = normalisePhone(text.slice(0, 60), setting.defaultCountry) ?? problem('notAPhone', { header, value: text.slice(0, 60) });
      return;
    case 'source':
    case 'course':
    case 'campus':
    case 'country':
    case 'city':
    case 'lastActivity':
      lead[field] = bounded(text, longestOption, header);
      return;
    case 'stage':
      lead.stage = stageOf(text) ?? problem('notAStage', { header, value: text.slice(0, 60) });
      return;
    case 'converted':
      lead.converted = boolean(text, column);
      return;
    case 'enquiredAt':
      lead.enquiredAt = date(text, column, setting);
      return;
    case 'lastActivityAt': {
      const at = date(text, column, setting);
      if (at > setting.now + 86_400_000) problem('inTheFuture', { header, value: text.slice(0, 60) });
      lead.lastActivityAt = at;
      return;
    }
    case 'doNotEmail':
      // "Yes, do not" is a refusal. "No" is not a consent: nobody asked for one.
      if (boolean(text, column)) lead.emailConsent = false;
      return;
    case 'doNotPhone':
      if (boolean(text, column)) lead.phoneConsent = false;
      return;
    case 'consentEmail':
      lead.emailConsent ??= boolean(text, column);
      return;
    case 'consentPhone':
      lead.phoneConsent ??= boolean(text, column);
      return;
    default: {
      const total = number(text, column);
      if (total < 0) problem('negative', { header, value: text.slice(0, 60) });
      lead.signals[field] = total;
    }
  }
}

function attributeValue(text: string, column: ColumnMapping, setting: Reading): AttributeValue {
  switch (column.type) {
    case 'number':
      return number(text, column);
    case 'boolean':
      return boolean(text, column);
    case 'date':
      return date(text, column, setting);
    case 'option':
      return bounded(text, longestOption, column.header);
    case 'text': {
      if (text.length > longestText) problem('tooLong', { header: column.header, length: text.length, longest: longestText });
      return text.replace(/\u0000/g, '').trim();
    }
  }
}

/** Fields whose cell may be left out when it cannot be read; the row is taken over with a warning. A wrong date or id rejects the row. */
const forgiving: ReadonlySet<ImportField> = new Set<ImportField>(['email', 'phone', 'stage', ...signals]);

const emptyLead = (line: number): Draft => ({
  line,
  externalId: null,
  givenName: null,
  familyName: null,
  email: null,
  phone: null,
  source: null,
  course: null,
  campus: null,
  country: null,
  city: null,
  stage: null,
  converted: null,
  enquiredAt: null,
  lastActivityAt: null,
  lastActivity: null,
  emailConsent: null,
  phoneConsent: null,
  signals: {},
  attributes: {},
});

/** Makes a reader of rows for one mapping; what depends on the mapping alone is worked out once. */
export function rowReader(setting: RowSetting): (cells: readonly string[], line: number) => RowResult {
  const columns = setting.mapping
    .filter(({ target }) => target.kind !== 'ignore')
    .map((column) => ({ column, placeholders: new Set(column.placeholders.map(fold)) }));
  const reading: Reading = { ...setting, dates: new Map() };
  return (cells, line) => {
    if (cells.every((cell) => cell.trim() === '')) return { kind: 'empty' };
    if (cells.length < setting.columns || cells.slice(setting.columns).some((cell) => cell.trim() !== '')) {
      return { kind: 'rejected', reason: phrase('imports.problems.ragged', { found: cells.length, expected: setting.columns }) };
    }
    const lead = emptyLead(line);
    const attributes: Record<string, AttributeValue> = {};
    const warnings: CellWarning[] = [];
    for (const { column, placeholders } of columns) {
      const text = (cells[column.index] ?? '').trim();
      if (text === '' || (placeholders.size > 0 && placeholders.has(fold(text)))) continue;
      try {
        if (column.target.kind === 'field') setField(lead, column.target.field, text, column, reading);
        else if (column.target.kind === 'attribute') attributes[column.target.key] = attributeValue(text, column, reading);
      } catch (error) {
        if (!(error instanceof CellProblem)) throw error;
        if (column.target.kind === 'field' && !forgiving.has(column.target.field)) return { kind: 'rejected', reason: error.reason };
        warnings.push({ header: column.header, reason: error.reason });
      }
    }
    lead.attributes = attributes;
    return { kind: 'lead', lead, warnings };
  };
}

/** The key by which a list sorts a lead by name: its folded family and given name, or its external id. */
export function sortName(lead: Pick<ImportedLead, 'givenName' | 'familyName' | 'externalId' | 'email'>): string {
  const family = lead.familyName ?? '';
  const given = lead.givenName ?? '';
  const name = fold(`${family} ${given}`);
  return name !== '' ? name : fold(lead.email ?? lead.externalId ?? '');
}

