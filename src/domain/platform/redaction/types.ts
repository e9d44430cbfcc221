/** Kinds of personal data that are looked for. Source: the ten types of the product's specification. */
export const personalDataTypes = ['name', 'email', 'phone', 'address', 'student_id', 'national_id', 'postcode', 'date_of_birth', 'financial', 'academic'] as const;
export type PersonalDataType = (typeof personalDataTypes)[number];

/** Something in a text that seems to be personal data. */
export interface PersonalDataMatch {
  readonly type: PersonalDataType;
  readonly value: string;
  /** Unicode code points before it. */
  readonly start: number;
  /** Code points up to its end, which is not part of it. */
  readonly end: number;
  /** From 0 to 1: how sure the pattern is, raised by words around it and by a check digit that is right. */
  readonly confidence: number;
  /** The text around it, at most 30 characters on each side. */
  readonly context: string;
  /** The pattern that found it. */
  readonly pattern: string;
}

/** A find before its place is counted in code points: offsets are those of JavaScript's strings. */
export interface Find {
  readonly type: PersonalDataType;
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
  readonly pattern: string;
}

/** What is known of names, in lower case without accents. It is passed in: the lists are data of other packages, the people those of the workspace. */
export interface NameKnowledge {
  isFirstName(word: string): boolean;
  /** Common words of English; a name among them needs other signs. */
  isOrdinary(word: string): boolean;
  /** Any word of English at all, however rare. */
  isWord(word: string): boolean;
  /** Whether the workspace has a person of this name. */
  isKnownPerson(given: string, family: string): boolean;
}
