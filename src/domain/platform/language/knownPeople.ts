import { fold } from '#domain/kernel/text';
import type { Find, PersonalDataType } from '#domain/platform/redaction/types';

/** Who is known here, whoever looks after them. Names are as {@link fold} makes them. */
export interface PeopleDirectory {
  /** Whether somebody’s family name, or only name, begins with this word. */
  beginsFamilyName(word: string): boolean;
  /** Whether somebody has this family name and given name; without a given name, whether it is all that is known of somebody. */
  isPerson(family: string, given: string | null): boolean;
  hasPhone(digits: string): boolean;
  hasExternalId(id: string): boolean;
  /** Common words of English, which are a name only where they stand like one. */
  isOrdinary(word: string): boolean;
}

interface Word {
  readonly folded: string;
  readonly start: number;
  readonly end: number;
  readonly isCapital: boolean;
  /** Whether it follows the word before on the same line with nothing but spaces, a comma or a full stop between. */
  readonly follows: boolean;
  readonly beginsSentence: boolean;
}

const wordForm = /\p{L}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*/gu;
const longestName = 6;
/** Shorter ones are numbers that mean something else more often: 80 points, 2026. */
const shortestId = 5;
const idForm = /(?<![\p{L}\p{N}_])(?=[\p{L}\p{N}_-]*\p{N})[\p{L}\p{N}](?:[\p{L}\p{N}_-]{0,62}[\p{L}\p{N}])(?![\p{L}\p{N}_])/gu;
const digitsForm = /(?<![\p{L}\p{N}])\+?\d(?:[ ().-]{0,3}\d){6,14}(?![\p{L}\p{N}])/gu;
const known = 1;

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let end = 0;
  for (const { 0: raw, index } of text.matchAll(wordForm)) {
    const word = raw.replace(/['’]s$/iu, '');
    const gap = text.slice(end, index);
    words.push({ folded: fold(word), start: index, end: index + word.length, isCapital: /^\p{Lu}/u.test(word), follows: words.length > 0 && /^[ \t\u00a0]*[.,]?[ \t\u00a0]{1,2}$/u.test(gap), beginsSentence: words.length === 0 || /[.!?:;\n]/u.test(gap) });
    end = index + word.length;
  }
  return words;
}

/** Words as they stand in the text, with the full stop that may belong to the last: initials have one. */
function written(text: string, words: readonly Word[]): string[] {
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) return [];
  const plain = fold(text.slice(first.start, last.end));
  return text[last.end] === '.' ? [plain, `${plain}.`] : [plain];
}

/** Whether some words are somebody’s name: given name before family name or after it. */
function isNamed(text: string, words: readonly Word[], directory: PeopleDirectory): boolean {
  const fits = (family: readonly Word[], given: readonly Word[]): boolean =>
    family[0] !== undefined && directory.beginsFamilyName(family[0].folded) && written(text, family).some((name) => written(text, given).some((other) => directory.isPerson(name, other)));
  for (let split = 1; split < words.length; split += 1) {
    const [first, second] = [words.slice(0, split), words.slice(split)];
    if (fits(second, first) || fits(first, second)) return true;
  }
  return false;
}

function namesIn(text: string, directory: PeopleDirectory): Find[] {
  const words = wordsOf(text);
  const finds: Find[] = [];
  const found = (from: number, to: number): void => {
    const [first, last] = [words[from], words[to - 1]];
    if (first !== undefined && last !== undefined) finds.push({ type: 'name', start: first.start, end: last.end, confidence: known, pattern: 'name.directory' });
  };
  for (let from = 0; from < words.length; ) {
    let to = from + 1;
    while (to < words.length && to - from < longestName && words[to]?.follows === true) to += 1;
    while (to - from > 1 && !isNamed(text, words.slice(from, to), directory)) to -= 1;
    const only = words[from];
    // One word alone: all that is known of somebody, written like a name.
    const isAlone = to - from === 1 && only !== undefined && only.isCapital && directory.beginsFamilyName(only.folded) && directory.isPerson(only.folded, null);
    if (to - from > 1 || (isAlone && (!directory.isOrdinary(only.folded) || !only.beginsSentence))) found(from, to);
    from = to;
  }
  return finds;
}

function byForm(text: string, form: RegExp, type: PersonalDataType, pattern: string, isKnown: (value: string) => boolean): Find[] {
  return [...text.matchAll(form)].filter(({ 0: value }) => isKnown(value)).map(({ 0: value, index }) => ({ type, start: index, end: index + value.length, confidence: known, pattern }));
}

/**
 * Finds names, telephone numbers and file numbers of people who are known here, whichever way they are written. Nothing about the words
 * around decides: what is somebody’s is found.
 */
export function findKnownPeople(text: string, directory: PeopleDirectory): Find[] {
  const names = namesIn(text, directory);
  if (!/\d/u.test(text)) return names;
  return [
    ...names,
    ...byForm(text, digitsForm, 'phone', 'phone.directory', (value) => directory.hasPhone(value)),
    ...byForm(text, idForm, 'student_id', 'student.directory', (value) => value.length >= shortestId && directory.hasExternalId(value)),
  ];
}

/** Joins finds of which some are certain: a certain one keeps its place, and what overlaps it gives way. */
export function joinFinds(certain: readonly Find[], likely: readonly Find[]): Find[] {
  const kept: Find[] = [];
  const free = ({ start, end }: Find): boolean => !kept.some((each) => start < each.end && each.start < end);
  for (const find of [...certain.toSorted((a, b) => b.end - b.start - (a.end - a.start)), ...likely]) {
    if (free(find)) kept.push(find);
    else {
      // What sticks out of a certain find is still personal data: the part before it and the part after it are kept.
      const over = kept.filter((each) => find.start < each.end && each.start < find.end);
      const start = Math.max(find.start, ...over.filter((each) => each.start <= find.start).map(({ end }) => end));
      const end = Math.min(find.end, ...over.filter((each) => each.end >= find.end).map((each) => each.start));
      if (end - start > 1 && free({ ...find, start, end }) && !certain.includes(find)) kept.push({ ...find, start, end });
    }
  }
  return kept.sort((a, b) => a.start - b.start);
}
