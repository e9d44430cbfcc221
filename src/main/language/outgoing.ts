import { createHmac } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { findKnownPeople, joinFinds, type PeopleDirectory } from '#domain/platform/language/knownPeople';
import { createPseudonyms, type Pseudonyms } from '#domain/platform/language/pseudonyms';
import { indirectTypes, type IndirectType } from '#domain/platform/language/purposes';
import { findPersonalData } from '#domain/platform/redaction/detect';
import { type Find, type NameKnowledge, personalDataTypes, type PersonalDataType } from '#domain/platform/redaction/types';
import { deriveKey } from '#main/store/keys';

/** What goes out of the machine for one question, and what its answer comes back as. */
export interface Outgoing {
  readonly pseudonyms: Pseudonyms;
  /** A text without personal data. */
  clean(text: string): Promise<string>;
  /** The program's own words, where a name would be one of the workspace's people or nothing: no course becomes a person. */
  cleanOwn(text: string): Promise<string>;
  /** A value as JSON without the records of leads that must not be sent and without personal data; what a field's name says about it counts too. */
  cleanValue(value: unknown): Promise<unknown>;
}

export interface OutgoingParts {
  readonly dataKey: Buffer;
  readonly knowledge: NameKnowledge;
  readonly directory: PeopleDirectory;
  readonly mayLeave: readonly IndirectType[];
  /** Which of some ids are those of leads that must not be sent. */
  readonly withheldOf: (ids: readonly string[]) => ReadonlySet<string>;
}

/** So many letters are looked through before others have their turn: some 10 ms. */
const sliceLetters = 8_000;

/** Cuts a long text at the ends of lines, else at spaces. */
function slicesOf(text: string): string[] {
  const slices: string[] = [];
  let from = 0;
  while (text.length - from > sliceLetters) {
    const part = text.slice(from, from + sliceLetters);
    // Never between two words of what may be one name.
    const beforeSmall = [...part.slice(-1_000).matchAll(/ (?=\p{Ll})/gu)].at(-1);
    const at = Math.max(part.lastIndexOf('\n'), part.lastIndexOf('. ')) + 1 || (beforeSmall === undefined ? sliceLetters : part.length - Math.min(1_000, part.length) + beforeSmall.index + 1);
    slices.push(text.slice(from, from + at));
    from += at;
  }
  slices.push(text.slice(from));
  return slices;
}

/** What a field holds by its name, wherever it stands. */
const fields: readonly (readonly [RegExp, PersonalDataType])[] = [
  [/^(?:given|family|first|last|middle|maiden|full|display|preferred|person|lead|student|user|owner|author|assignee|contact)_?name$/i, 'name'],
  [/^(?:sur|fore)name$/i, 'name'],
  [/e-?mail(?:_?address)?$/i, 'email'],
  [/^(?:phone|mobile|telephone|tel)(?:_?number)?$/i, 'phone'],
  [/^(?:external|ucas|applicant|student|candidate)_?(?:id|number|ref(?:erence)?)$/i, 'student_id'],
  [/^(?:street|address(?:_?line)?\d*)$/i, 'address'],
  [/^(?:date_?of_?birth|birth_?date|dob)$/i, 'date_of_birth'],
  [/^post_?code$|^zip(?:_?code)?$/i, 'postcode'],
];

/** What stands in place of a record that must not be sent. */
export const withheldRecord = 'This person is not told to a language model.';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Ids that a record says about itself: a lead, or something of a lead’s. */
const idFields = ['id', 'leadId'];

function idsWithin(value: unknown, found: Set<string>): Set<string> {
  if (Array.isArray(value)) for (const each of value) idsWithin(each, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, each] of Object.entries(value)) {
      if (idFields.includes(name) && typeof each === 'string' && uuid.test(each)) found.add(each.toLowerCase());
      else idsWithin(each, found);
    }
  }
  return found;
}

/** A value without the records of some leads. What holds a lead under a name of its own, such as a row of a queue, goes with it. */
function without(value: unknown, withheld: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((each) => without(each, withheld));
  if (typeof value !== 'object' || value === null) return value;
  const named = (of: object): boolean => idFields.some((name) => withheld.has(String((of as Readonly<Record<string, unknown>>)[name]).toLowerCase()));
  const { lead } = value as { readonly lead?: unknown };
  if (named(value) || (typeof lead === 'object' && lead !== null && named(lead))) return withheldRecord;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, without(each, withheld)]));
}

export function createOutgoing({ dataKey, knowledge, directory, mayLeave, withheldOf }: OutgoingParts): Outgoing {
  const key = deriveKey(dataKey, 'pseudonyms');
  const pseudonyms = createPseudonyms((text) => createHmac('sha256', key).update(text).digest('hex'));
  const replaced = personalDataTypes.filter((type) => !(indirectTypes as readonly string[]).includes(type) || !mayLeave.includes(type as IndirectType));
  const ownTypes = replaced.filter((type) => type !== 'name' && type !== 'address' && type !== 'academic');

  const findsOf = (text: string, types: readonly PersonalDataType[]): Find[] => joinFinds(findKnownPeople(text, directory), findPersonalData(text, knowledge, { types }));
  const inSlices = async (text: string, types: readonly PersonalDataType[]): Promise<string> => {
    let out = '';
    for (const slice of slicesOf(text)) {
      out += pseudonyms.takeOut(slice, findsOf(slice, types));
      if (text.length > sliceLetters) await turn();
    }
    return out;
  };
  const clean = (text: string): Promise<string> => inSlices(text, replaced);

  // Rows share the names of their fields.
  const keys = new Map<string, string>();
  const cleanKey = async (name: string): Promise<string> => {
    const known = keys.get(name) ?? (await clean(name));
    if (keys.size < 1_000) keys.set(name, known);
    return known;
  };

  const cleanValue = async (value: unknown, field = ''): Promise<unknown> => {
    if (typeof value === 'string') {
      const type = value.trim() === '' ? undefined : fields.find(([name]) => name.test(field))?.[1];
      return type !== undefined && replaced.includes(type) ? pseudonyms.takeOut(value, [{ type, start: 0, end: value.length, confidence: 1, pattern: 'field' }]) : clean(value);
    }
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      for (const item of value) items.push(await cleanValue(item, field));
      return items;
    }
    if (typeof value !== 'object' || value === null) return value;
    const entries: [string, unknown][] = [];
    // A key may be a value too: a record by name.
    for (const [name, each] of Object.entries(value)) entries.push([await cleanKey(name), await cleanValue(each, name)]);
    return Object.fromEntries(entries);
  };

  return {
    pseudonyms,
    clean,
    cleanOwn: (text) => inSlices(text, ownTypes),
    cleanValue(value) {
      const withheld = withheldOf([...idsWithin(value, new Set())]);
      return cleanValue(withheld.size === 0 ? value : without(value, withheld));
    },
  };
}
