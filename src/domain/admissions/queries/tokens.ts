import { fold } from '#domain/kernel/text';

export interface Token {
  readonly kind: 'word' | 'number' | 'day' | 'email' | 'quoted' | 'mark';
  /** As it was written. */
  readonly raw: string;
  /** Folded. */
  readonly text: string;
  /** Without its plural. */
  readonly stem: string;
  readonly start: number;
  readonly end: number;
}

const pattern =
  /(?<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(?<quoted>["“][^"”]{1,100}["”])|(?<day>\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})|(?<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?<ordinal>st|nd|rd|th)?(?![\p{L}])|(?<word>[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’][\p{L}]+)*)|(?<mark>>=|<=|=>|=<|[≥≤<>=,;()?!.:+%&/–-])/gu;

/** The singular of a word, as far as its ending tells: both sides of a comparison are cut the same way. */
export function stemOf(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 3 && word.endsWith('s') && !word.endsWith('ss') && !word.endsWith("'s")) return word.slice(0, -1);
  return word;
}

const negations: ReadonlyMap<string, readonly string[]> = new Map([["can't", ['can', 'not']], ["won't", ['will', 'not']], ['cannot', ['can', 'not']]]);

/** The words of a contraction: "haven't" is "have not", "Ben's" is "Ben" and an owner's mark. */
function apart(word: string): readonly string[] {
  const known = negations.get(word);
  if (known !== undefined) return known;
  if (word.endsWith("n't")) return [word.slice(0, -3), 'not'];
  if (/'(?:s|re|ve|d|ll|m)$/.test(word)) {
    const at = word.lastIndexOf("'");
    return [word.slice(0, at), word.slice(at)];
  }
  return [word];
}

/** The most words of a question that are looked at. */
export const mostTokens = 120;

/** Cuts a question into words, numbers, days and marks. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(pattern)) {
    if (tokens.length >= mostTokens) break;
    const groups = match.groups ?? {};
    const raw = match[0];
    const [start, end] = [match.index, match.index + raw.length];
    const add = (kind: Token['kind'], word: string, cut = word): void => {
      tokens.push({ kind, raw, text: word, stem: cut, start, end });
    };
    if (groups.email !== undefined) add('email', fold(raw));
    else if (groups.quoted !== undefined) add('quoted', raw.slice(1, -1).trim());
    else if (groups.day !== undefined) add('day', raw);
    else if (groups.number !== undefined) add('number', groups.number.replaceAll(',', ''));
    else if (groups.mark !== undefined) add('mark', raw);
    else {
      const words = apart(fold(raw));
      for (const word of words) if (word !== '') add('word', word, stemOf(word));
    }
  }
  return tokens;
}

/** The stems of a phrase as an index holds it. */
export function stemsOf(phrase: string): string[] {
  return tokensOf(phrase).flatMap(({ kind, stem, text }) => (kind === 'mark' ? (text === '+' ? ['+'] : []) : [stem]));
}
