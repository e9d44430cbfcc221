/** Something about a draft that a person should look at before they send it. */
export interface DraftCheck {
  readonly kind: 'missing' | 'unknown' | 'spelling' | 'shouting' | 'pressure' | 'links' | 'longSubject' | 'noSubject' | 'longBody';
  /** The words in question, at most five. */
  readonly words: readonly string[];
}

/** Phrases by which filters of unwanted mail know advertising; in a school’s mail they cost trust as well. */
const pressing = [
  'act now', 'limited time', 'click here', 'click below', '100% free', 'risk free', 'risk-free', 'no obligation', 'guaranteed', 'once in a lifetime', 'don’t miss', "don't miss", 'last chance', 'urgent', 'winner', 'congratulations', 'special offer', 'exclusive deal', 'order now', 'apply now!',
];

const longestSubject = 60;
const longestBody = 250;
const mostLinks = 2;
const most = 5;

const wordForm = /(?<![\p{L}\p{N}{@./:-])\p{L}[\p{L}'’]*(?![\p{L}\p{N}}@/]|:\/|[.-]\p{L})/gu;

/** Forms that a list of words has without their ending. */
function stems(word: string): string[] {
  const bare = word.replace(/['’](?:s|ll|re|ve|d|m|t)?$/u, '');
  return [word, bare, word.replace(/n['’]t$/u, ''), bare.replace(/s$/u, ''), bare.replace(/es$/u, ''), bare.replace(/(?:ed|ing)$/u, ''), bare.replace(/(?:ed|ing)$/u, 'e'), bare.replace(/ise/u, 'ize'), bare.replace(/our/u, 'or')];
}

/**
 * Looks a draft through for what mail filters and readers mind.
 *
 * @param isWord whether a word, in small letters, is one of English
 */
export function checkDraft({ subject, body }: { readonly subject: string; readonly body: string }, isWord: (word: string) => boolean): DraftCheck[] {
  const checks: DraftCheck[] = [];
  const add = (kind: DraftCheck['kind'], words: readonly string[] = []): void => { checks.push({ kind, words: words.slice(0, most) }); };
  const text = `${subject}\n${body}`;
  const words = [...text.matchAll(wordForm)].map(([word]) => word);
  // A capital within a sentence is a name of something, which no list has.
  const misspelt = [...new Set(words.filter((word) => /^\p{Ll}/u.test(word) && word.length > 2 && !stems(word).some((stem) => isWord(stem))))];
  if (misspelt.length > 0) add('spelling', misspelt);
  const loud = [...new Set(words.filter((word) => word.length > 4 && word === word.toUpperCase()))];
  if (loud.length > 0 || /!{2,}/u.test(text)) add('shouting', loud);
  const pressed = pressing.filter((phrase) => text.toLowerCase().includes(phrase));
  if (pressed.length > 0) add('pressure', pressed);
  const links = text.match(/https?:\/\/\S+/giu) ?? [];
  if (links.length > mostLinks) add('links', links);
  if (subject.trim() === '') add('noSubject');
  if (subject.length > longestSubject) add('longSubject');
  if (words.length > longestBody) add('longBody');
  return checks;
}
