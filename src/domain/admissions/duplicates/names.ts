import { fold } from '#domain/kernel/text';

/** A name as it is compared: folded, without titles and marks. */
export interface MatchingName {
  readonly given: string;
  readonly family: string;
}

/** Forms of address that say nothing about who somebody is. */
const titles = new Set(['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'prof', 'sir', 'dame', 'herr', 'frau', 'mme', 'm.', 'sr', 'sra']);

function matchingText(text: string | null): string {
  const words = fold(text ?? '')
    .replace(/['’.]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ');
  const plain = words.filter((word) => !titles.has(word));
  return (plain.length === 0 ? words : plain).join(' ');
}

/** The form in which names are compared: "Dr. Zoë O’Brien-Smith" becomes "zoe" and "obrien smith". */
export function matchingName(name: { readonly given: string | null; readonly family: string | null }): MatchingName {
  return { given: matchingText(name.given), family: matchingText(name.family) };
}

/**
 * Jaro's similarity of two texts, 0 to 1: shares of letters that both have within half the longer text, less half of those that stand
 * in another order. Source: M. A. Jaro, "Advances in Record-Linkage Methodology", JASA 84 (1989).
 */
export function jaro(a: string, b: string): number {
  if (a === b) return a === '' ? 0 : 1;
  if (a === '' || b === '') return 0;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Uint8Array(b.length);
  const common: string[] = [];
  for (let i = 0; i < a.length; i += 1) {
    for (let j = Math.max(0, i - reach); j <= Math.min(b.length - 1, i + reach); j += 1) {
      if (taken[j] === 1 || a[i] !== b[j]) continue;
      taken[j] = 1;
      common.push(a[i] ?? '');
      break;
    }
  }
  if (common.length === 0) return 0;
  let at = 0;
  let moved = 0;
  for (let j = 0; j < b.length; j += 1) {
    if (taken[j] !== 1) continue;
    if (common[at] !== b[j]) moved += 1;
    at += 1;
  }
  const m = common.length;
  return (m / a.length + m / b.length + (m - moved / 2) / m) / 3;
}

/** Letters at the beginning that Winkler's rule rewards, and by how much each. */
const longestPrefix = 4;
const prefixWeight = 0.1;

/**
 * The Jaro–Winkler similarity, 0 to 1: Jaro's, raised where the beginnings agree. Source: W. E. Winkler, "String Comparator Metrics and
 * Enhanced Decision Rules in the Fellegi-Sunter Model of Record Linkage" (1990).
 */
export function jaroWinkler(a: string, b: string): number {
  const similarity = jaro(a, b);
  let prefix = 0;
  while (prefix < longestPrefix && prefix < a.length && prefix < b.length && a[prefix] === b[prefix]) prefix += 1;
  return similarity + prefix * prefixWeight * (1 - similarity);
}

/** What an initial is worth beside the name that begins with it. */
const initialWorth = 0.9;

function partSimilarity(a: string, b: string): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length === 1 && short !== long) return long.startsWith(short) ? initialWorth : 0;
  return jaroWinkler(a, b);
}

export interface NameSimilarity {
  /** Of the whole name, 0 to 1: the mean of both parts. */
  readonly whole: number;
  /** Of the part that agrees less. */
  readonly least: number;
}

/** How alike two names are, also where one has its parts the wrong way round; null where a part is missing on either side. */
export function nameSimilarity(a: MatchingName, b: MatchingName): NameSimilarity | null {
  if (a.given === '' || a.family === '' || b.given === '' || b.family === '') return null;
  const of = (given: number, family: number): NameSimilarity => ({ whole: (given + family) / 2, least: Math.min(given, family) });
  const straight = of(partSimilarity(a.given, b.given), partSimilarity(a.family, b.family));
  const crossed = of(partSimilarity(a.given, b.family), partSimilarity(a.family, b.given));
  return crossed.whole > straight.whole ? crossed : straight;
}

/**
 * The blocks that a name falls into: two leads are compared by name only where they share one. Each forgives another kind of slip: the
 * end of either part, its beginning, and parts the wrong way round.
 */
export function blockingKeys({ given, family }: MatchingName): string[] {
  if (given === '' || family === '') return [];
  const keys = [
    `${family.slice(0, 4)}|${given.slice(0, 1)}`,
    `${given.slice(0, 4)}|${family.slice(0, 1)}`,
    `${family.slice(0, 4)}…${given.slice(-3)}`,
    `${given.slice(0, 4)}…${family.slice(-3)}`,
  ];
  return [...new Set(keys)];
}
