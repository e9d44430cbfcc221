/**
 * A sentence as an engine says it: which one, and with what. The words are in the catalogue of the reader's language
 * (`resources/locales`), so that an engine never holds prose.
 */
export interface Phrase {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Makes a {@link Phrase}. A test reads these calls and checks that every key is in the catalogue. */
export function phrase(key: string, params: Phrase['params'] = {}): Phrase {
  return { key, params };
}
