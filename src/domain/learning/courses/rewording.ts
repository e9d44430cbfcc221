import type { PackQuestion } from './pack';

/** So many words of a question may have a typing error put right. */
const mostWords = 3;
/** Shorter words are too near to others: "can" and "can't", "on" and "in". */
const shortestWord = 4;

/** The words of a text, without the marks of Markdown, quotes and the points at their ends; signs that mean something stay. */
function wordsOf(text: string): string[] {
  return text
    .normalize('NFKC')
    .split(/\s+/)
    .map((word) => word.replace(/^["'“”‘’(*_`]+|["'“”‘’)*_`.,;:!?]+$/g, ''))
    .filter((word) => word !== '');
}

/** Whether one letter too many, too few, another one or two in turn make the one word of the other (Damerau 1964). */
function isOneSlip(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let from = 0;
  while (from < short.length && short[from] === long[from]) from += 1;
  if (short.length < long.length) return short.slice(from) === long.slice(from + 1);
  const rest = short.slice(from + 1) === long.slice(from + 1);
  return rest || (short[from] === long[from + 1] && short[from + 1] === long[from] && short.slice(from + 2) === long.slice(from + 2));
}

/** Whether two words are one that was mistyped. Figures, units, short words and first letters decide what is asked, and never count as slips. */
function isSameWord(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  if (Math.min(a.length, b.length) < shortestWord || !/^[\p{L}'’-]+$/u.test(a) || !/^[\p{L}'’-]+$/u.test(b)) return false;
  return a === b || (b.startsWith(a.slice(0, 1)) && isOneSlip(a, b));
}

/** Words that differ by a slip, or null where anything else differs. */
function slipsBetween(one: string, other: string): number | null {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  if (a.length !== b.length) return null;
  let slips = 0;
  for (let at = 0; at < a.length; at += 1) {
    const [word = '', against = ''] = [a[at], b[at]];
    if (word === against) continue;
    if (!isSameWord(word, against)) return null;
    slips += 1;
  }
  return slips;
}

/**
 * Whether a question that was reworded still asks the same of memory: the same kind, the same answers in the same order with the same of them right,
 * and no more than three words whose spelling was put right. What is not surely small is not small: then a card begins anew.
 */
export function isSmallRewording(before: PackQuestion, after: PackQuestion): boolean {
  if (before.kind !== after.kind || before.options.length !== after.options.length) return false;
  // A typed answer is judged letter by letter, so its letters are what is asked.
  const typed = after.kind === 'short' || after.kind === 'numeric';
  const texts: (readonly [string, string])[] = [[before.stem, after.stem]];
  for (const [index, option] of before.options.entries()) {
    const against = after.options[index];
    if (against?.correct !== option.correct || against.tolerance !== option.tolerance || (typed && against.text !== option.text)) return false;
    texts.push([option.text, against.text]);
  }
  let slips = 0;
  for (const [one, other] of texts) {
    const found = slipsBetween(one, other);
    if (found === null) return false;
    slips += found;
  }
  return slips <= mostWords;
}
