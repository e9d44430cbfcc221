import { fold } from '#domain/kernel/text';

/** Words that are in every question and say nothing of what it is about. */
const emptyWords = new Set(
  ('a about above after again all also am an and any are as at be because been before being below between both but by can could did do does doing down each explain few find for from get give had has have having he help her ' +
    'here him his how i if in into is it its just know let like make me mean means more most my need no nor not now of off ok on once one only or other our out over please same she should show so some such tell than thank thanks that the ' +
    'their them then there these they thing things this those through to too under understand until up us use very want was we were what when where which while who whom why will with word work works would you your answer question right wrong difference').split(' '),
);

/** Words by which some other languages are known; none of them is English. */
const foreignWords: readonly ReadonlySet<string>[] = [
  'der die das und ist nicht wie warum ein eine ich mit auf fur von zu den dem wird kann bitte erklare wann wo',
  'le la les des est une un pourquoi comment je que qui dans pour avec sur pas vous nous quand ou expliquez quelle quel',
  'el los las una que es por como para con cual cuando donde porque esta del explica explicame quiero puedo',
  'il lo gli che perche come per con una sono della del quando dove spiega cosa questo',
  'o os uma que como para com nao por qual quando onde explique voce porque sao isso',
  'het een de van en niet hoe waarom wat met voor kan ik uitleg wanneer waar',
].map((words) => new Set(words.split(' ')));
const englishWords = new Set('the a an is are of to and what why how which when where who does do can in for with i my me this that it explain tell give'.split(' '));

const allWords = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** The most words of a question that are looked for. */
const mostWords = 24;

/** The words of a text that say what it is about, each once, as {@link fold} makes them. */
export function contentWords(text: string): string[] {
  const words = allWords(text).filter((word) => (word.length > 1 || /\p{N}/u.test(word) || /[^\p{Script=Latin}]/u.test(word)) && !emptyWords.has(word));
  return [...new Set(words)].slice(0, mostWords);
}

/** Whether a text seems to be in another language than English: another script, or another language's small words and none of English. */
export function seemsForeign(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return false;
  const others = text.match(/[^\p{Script=Latin}\P{L}]/gu)?.length ?? 0;
  if (others > letters / 2) return true;
  const words = allWords(text);
  const english = words.filter((word) => englishWords.has(word)).length;
  return foreignWords.some((list) => words.filter((word) => list.has(word)).length > Math.max(1, english));
}

/** Whether a text has a word, in one form or another: so many of its first letters. */
function holds(words: readonly string[], word: string): boolean {
  const stem = word.length <= 4 ? word : word.slice(0, Math.max(4, word.length - 3));
  return words.some((other) => (word.length <= 4 ? other === stem || other === `${stem}s` : other.startsWith(stem)));
}

/** The share of the words that a text has, 0 to 1. */
export function coverage(text: string, words: readonly string[]): number {
  if (words.length === 0) return 0;
  const own = [...new Set(allWords(text))];
  return words.filter((word) => holds(own, word)).length / words.length;
}

/** Of what a search finds, this share of the question's words must be there; of a long question so many words are enough. */
const enoughCovered = 0.4;

/** Whether a passage is about a question at all, and not only shares a word with it. */
export function isAbout(text: string, words: readonly string[]): boolean {
  const share = coverage(text, words);
  return share >= enoughCovered || share * words.length >= 5;
}

/** Paragraphs of a Markdown text; a fenced block is one. */
function paragraphs(markdown: string): string[] {
  const parts: string[] = [];
  let open: string | null = null;
  let fence: string | null = null;
  for (const line of markdown.split('\n')) {
    const mark = /^\s*(```|~~~|\$\$)/u.exec(line)?.[1] ?? null;
    if (fence === null && line.trim() === '') {
      if (open !== null) parts.push(open);
      open = null;
      continue;
    }
    open = open === null ? line : `${open}\n${line}`;
    if (fence === null && mark !== null && !(mark === '$$' && line.trim().length > 2 && line.trim().endsWith('$$'))) fence = mark;
    else if (fence !== null && mark === fence) fence = null;
  }
  if (open !== null) parts.push(open);
  return parts.filter((part) => part.trim() !== '');
}

/**
 * The paragraphs of a Markdown text that say most about some words, in their order, never cut in the middle unless one alone is too long.
 *
 * @param letters how long it may be
 */
export function excerptOf(markdown: string, words: readonly string[], letters: number): string {
  const parts = paragraphs(markdown);
  if (parts.join('\n\n').length <= letters) return parts.join('\n\n');
  const ranked = parts.map((part, index) => ({ index, part, worth: coverage(part, words) })).sort((a, b) => b.worth - a.worth || a.index - b.index);
  const taken: number[] = [];
  let room = letters;
  for (const { index, part, worth } of ranked) {
    if (taken.length > 0 && (part.length > room || worth === 0)) continue;
    taken.push(index);
    room -= part.length;
    // A heading alone says nothing: what follows belongs to it.
    const next = parts[index + 1];
    if (/^#{1,6} /u.test(part) && next !== undefined && next.length <= room && !taken.includes(index + 1)) {
      taken.push(index + 1);
      room -= next.length;
    }
    if (room <= 0) break;
  }
  const text = [...new Set(taken)].sort((a, b) => a - b).map((index) => parts[index] ?? '').join('\n\n');
  return text.length <= letters ? text : `${text.slice(0, letters).replace(/\s+\S*$/u, '')} …`;
}
