import { type Phrase, phrase } from '#domain/kernel/phrase';
import type { DraftOption } from './draft';
import type { PackOption, PackQuestion, QuestionKind } from './pack';

/** No stem, option or explanation is longer than this, in characters; a whole chapter belongs into a section. */
export const longestText = 50_000;
const mostOptions = 26;

/** A text as it is kept: lines end in \n, no control characters, nothing blank around it. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '').trim();
}

/** A clean text, or null where nothing is left of it. */
export const optional = (text: string | null): string | null => {
  const cleaned = text === null ? '' : cleanText(text);
  return cleaned === '' ? null : cleaned;
};

/** A name for a question that the file gives none: made from what it asks, so that the next import finds it again. Source: FNV-1a, 32 bits, twice. */
export function nameFor(text: string): string {
  const hash = (seed: number): string => {
    let value = seed;
    for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
    return (value >>> 0).toString(36);
  };
  return `q-${hash(0x811c9dc5)}${hash(0x1b873593)}`;
}

/** The kind of a question from its options, where the file does not say. */
export function kindOf(options: readonly DraftOption[]): QuestionKind {
  const texts = options.map(({ text }) => cleanText(text).toLowerCase());
  if (texts.length === 2 && texts.includes('true') && texts.includes('false')) return 'truefalse';
  return options.filter(({ correct }) => correct).length > 1 ? 'multiple' : 'single';
}

/** Why a question cannot be asked, or null. */
export function questionProblem(kind: QuestionKind, stem: string, options: readonly PackOption[], rest: readonly (string | null)[]): Phrase | null {
  if (stem === '') return phrase('courses.problems.noStem');
  if ([stem, ...rest, ...options.flatMap(({ text, feedback }) => [text, feedback])].some((text) => (text ?? '').length > longestText)) return phrase('courses.problems.tooLong', { most: longestText });
  const right = options.filter(({ correct }) => correct).length;
  if (right === 0) return phrase('courses.problems.noRightAnswer');
  if (options.some(({ text }) => text === '')) return phrase('courses.problems.emptyOption');
  if (options.length > mostOptions) return phrase('courses.problems.tooManyOptions', { most: mostOptions });
  switch (kind) {
    case 'single':
    case 'truefalse':
      if (right > 1) return phrase('courses.problems.severalRight');
      if (options.length < 2) return phrase('courses.problems.oneOption');
      break;
    case 'multiple':
      if (options.length < 2) return phrase('courses.problems.oneOption');
      break;
    case 'numeric':
      if (options.some(({ text }) => !Number.isFinite(Number(text)))) return phrase('courses.problems.noNumber');
      return null;
    case 'short':
      return null;
  }
  return new Set(options.map(({ text }) => text)).size < options.length ? phrase('courses.problems.equalOptions') : null;
}

/** Why a question that somebody wrote by hand cannot be asked, or null. Its texts are clean. */
export function writtenProblem({ kind, stem, options, explanation, reference, objective, flagged }: PackQuestion): Phrase | null {
  return questionProblem(kind, stem, options, [explanation, reference, objective, flagged]);
}
