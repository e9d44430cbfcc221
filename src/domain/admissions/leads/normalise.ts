import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';

/** The longest address that mail systems accept. Source: RFC 5321, section 4.5.3.1, with RFC 3696 erratum 1690. */
const longestEmail = 254;
const emailShape = /^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\.]+(?:\.[^\s@<>(),;:"[\]\\.]+)+$/;

/**
 * The form in which two e-mail addresses are the same mailbox for our purpose: without `mailto:` and brackets, composed, lower case.
 *
 * @returns null where the text is no e-mail address
 */
export function normaliseEmail(text: string): string | null {
  const bare = text
    .normalize('NFKC')
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/^.*<([^<>]+)>$/, '$1')
    .toLowerCase();
  return bare.length <= longestEmail && emailShape.test(bare) ? bare : null;
}

/**
 * A telephone number in E.164.
 *
 * @param text as a person wrote it
 * @param defaultCountry ISO 3166-1 alpha-2, for numbers written without one
 * @returns null where the text is no possible telephone number
 */
export function normalisePhone(text: string, defaultCountry: string): string | null {
  const parsed = parsePhoneNumberFromString(text, defaultCountry as CountryCode);
  return parsed?.isPossible() === true ? parsed.number : null;
}

export interface PersonName {
  readonly given: string | null;
  readonly family: string | null;
}

/** Words that begin a family name rather than end a given one. */
const particles = new Set(['van', 'von', 'der', 'den', 'de', 'del', 'della', 'di', 'da', 'dos', 'du', 'la', 'le', 'bin', 'ibn', 'al', 'el', 'ter', 'ten', 'st', 'st.']);

/**
 * Splits a written name. "Family, Given" is believed; otherwise the last word, with the particles before it, is the family name.
 * One word alone is a given name.
 */
export function splitName(text: string): PersonName {
  const name = text.replace(/\s+/g, ' ').trim();
  if (name === '') return { given: null, family: null };
  const comma = name.indexOf(',');
  if (comma > 0) return { family: name.slice(0, comma).trim(), given: name.slice(comma + 1).trim() || null };
  const words = name.split(' ');
  if (words.length === 1) return { given: name, family: null };
  let start = words.length - 1;
  while (start > 1 && particles.has((words[start - 1] ?? '').toLowerCase())) start -= 1;
  return { given: words.slice(0, start).join(' '), family: words.slice(start).join(' ') };
}

/** A name as it is shown, from what is known of it; null where nothing is. */
export function displayName(name: PersonName): string | null {
  return [name.given, name.family].filter((part) => part !== null && part !== '').join(' ') || null;
}
