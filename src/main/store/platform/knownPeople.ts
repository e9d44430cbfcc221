import { fold } from '#domain/kernel/text';
import { normalisePhone } from '#domain/admissions/leads/normalise';
import type { PeopleDirectory } from '#domain/platform/language/knownPeople';
import type { Reader } from '../tx';

/**
 * Everybody of this workspace, whoever looks after them: what leaves the machine must carry nobody’s name, also not that of a lead whom
 * the asker may not see. It answers yes or no about words that the asker already has, and nothing else. What was asked once is
 * remembered, so one lives for one question.
 */
export function peopleDirectory(reader: Reader, defaultCountry: string, isOrdinary: (word: string) => boolean): PeopleDirectory {
  const users = new Set<string>();
  const usersBegin = new Set<string>();
  for (const { given, family } of reader.all<{ given: string | null; family: string | null }>(
    'select p.given_name as given, p.family_name as family from users u join people p on p.key = u.person_key',
  )) {
    const [first, last] = [fold(given ?? ''), fold(family ?? '')];
    users.add(`${last} ${first}`.trim());
    for (const name of [first, last]) usersBegin.add(/^[^\s.]*/u.exec(name)?.[0] ?? '');
  }
  const remember = (ask: (value: string) => boolean): ((value: string) => boolean) => {
    const known = new Map<string, boolean>();
    return (value) => {
      let answer = known.get(value);
      if (answer === undefined) known.set(value, (answer = ask(value)));
      return answer;
    };
  };
  const begins = (from: string, to: string): boolean =>
    reader.value<number>('select 1 from leads indexed by leads_by_name where sort_name >= ? and sort_name < ? limit 1', from, to) === 1;
  const isSorted = remember((name) => users.has(name) || reader.value<number>('select 1 from leads indexed by leads_by_name where sort_name = ? limit 1', name) === 1);
  return {
    isOrdinary,
    // What follows the word in the order of names: a space or a full stop, or nothing.
    beginsFamilyName: remember((word) => usersBegin.has(word) || isSorted(word) || begins(`${word} `, `${word}!`) || begins(`${word}.`, `${word}/`)),
    isPerson: (family, given) => isSorted(given === null ? family : `${family} ${given}`),
    hasPhone: remember((digits) => {
      const number = normalisePhone(digits, defaultCountry) ?? (digits.startsWith('+') ? digits.replace(/[^+\d]/gu, '') : null);
      return number !== null && reader.value<number>('select 1 from people indexed by people_phone where phone = ? limit 1', number) === 1;
    }),
    hasExternalId: remember(
      (id) => reader.value<number>('select 1 from import_origins o where exists (select 1 from leads l where l.origin_key = o.key and l.external_id = ?) limit 1', id) === 1,
    ),
  };
}
