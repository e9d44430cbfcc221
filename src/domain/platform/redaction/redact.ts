import { findPersonalData, type DetectOptions } from './detect';
import type { NameKnowledge, PersonalDataType } from './types';

/**
 * How personal data is taken out of a text. `full`: a label stands for it. `partial`: enough is left to recognise what one knows.
 * `hashed` and `anonymized`: a token stands for it, the same for the same value within a workspace, so that texts can still be
 * compared; an anonymized one reads like a name of a thing and can be spoken of.
 */
export const redactionLevels = ['full', 'partial', 'hashed', 'anonymized'] as const;
export type RedactionLevel = (typeof redactionLevels)[number];

export interface RedactOptions extends DetectOptions {
  readonly level: RedactionLevel;
  /** A keyed digest of a text as lower-case hexadecimal digits: HMAC-SHA-256 with a key of the workspace. */
  readonly digest: (text: string) => string;
}

export interface Redacted {
  readonly text: string;
  readonly counts: Readonly<Partial<Record<PersonalDataType, number>>>;
}

/** The form in which two spellings of one value are the same: small and capital letters and spaces make no other person. */
export const canonicalValue = (value: string): string => value.normalize('NFKC').toLowerCase().replace(/[\s().-]+/gu, ' ').trim();

const points = (text: string): string[] => Array.from(text);

/** The first and the last sign of a word; of a short one nothing. */
function ends(word: string): string {
  const signs = points(word);
  return signs.length > 3 ? `${signs[0] ?? ''}***${signs[signs.length - 1] ?? ''}` : '***';
}

function partial(type: PersonalDataType, value: string): string {
  switch (type) {
    case 'email': {
      const at = value.lastIndexOf('@');
      return at < 1 ? '***' : `${points(value)[0] ?? ''}***${value.slice(at)}`;
    }
    case 'phone':
    case 'financial':
    case 'national_id':
    case 'student_id': {
      const shown = value.replace(/[^\p{L}\p{N}]/gu, '').slice(-2);
      return `***${shown}`;
    }
    case 'postcode':
      return /^[A-Z]{1,2}\d/iu.test(value) && value.includes(' ') ? `${value.slice(0, value.indexOf(' '))} ***` : '***';
    case 'date_of_birth':
      return value.replace(/\b(?!(?:19|20)\d\d\b)[\p{L}\p{N}]+/gu, '**');
    case 'name':
      return value.split(/(\s+)/u).map((word) => (/\S/u.test(word) ? ends(word) : word)).join('');
    case 'address':
    case 'academic':
      return '***';
  }
}

/** What a pseudonym begins with. */
export const labels: Readonly<Record<PersonalDataType, string>> = {
  name: 'PERSON',
  email: 'EMAIL',
  phone: 'PHONE',
  address: 'ADDRESS',
  student_id: 'STUDENT',
  national_id: 'NATIONAL_ID',
  postcode: 'POSTCODE',
  date_of_birth: 'BIRTH',
  financial: 'FINANCIAL',
  academic: 'ACADEMIC',
};

/** What stands for a find at a level. */
export function replacementOf(type: PersonalDataType, value: string, { level, digest }: Pick<RedactOptions, 'level' | 'digest'>): string {
  switch (level) {
    case 'full':
      return `[REDACTED_${type.toUpperCase()}]`;
    case 'partial':
      return partial(type, value);
    case 'hashed':
      return digest(`${type}:${canonicalValue(value)}`).slice(0, 16);
    case 'anonymized':
      return `${labels[type]}_${digest(`${type}:${canonicalValue(value)}`).slice(0, 8).toUpperCase()}`;
  }
}

/** Takes personal data out of a text. What is not found stays: read it before you hand it on. */
export function redact(text: string, knowledge: NameKnowledge, options: RedactOptions): Redacted {
  const counts: Partial<Record<PersonalDataType, number>> = {};
  let from = 0;
  let out = '';
  for (const { type, start, end } of findPersonalData(text, knowledge, options)) {
    counts[type] = (counts[type] ?? 0) + 1;
    out += text.slice(from, start) + replacementOf(type, text.slice(start, end), options);
    from = end;
  }
  return { text: out + text.slice(from), counts };
}
