import { type GIFTQuestion, parse, type TextFormat } from 'gift-pegjs';
import { phrase } from '#domain/kernel/phrase';
import { bareDraft, type Draft, type DraftOption, type DraftQuestion, type PackProblem, type Place } from '#domain/learning/courses/draft';
import { longestText } from '#domain/learning/courses/question';
import type { QuestionKind } from '#domain/learning/courses/pack';
import { markdownOf } from './markup';
import { categoryOf, difficultyOfTags, uniqueNames } from './moodleXml';

/** Where blank lines part a file, each piece is one question. */
function blocksOf(text: string): { readonly text: string; readonly line: number }[] {
  const blocks: { text: string; line: number }[] = [];
  let current: string[] = [];
  let start = 1;
  const end = (): void => {
    if (current.some((line) => line.trim() !== '' && !line.trim().startsWith('//'))) blocks.push({ text: current.join('\n'), line: start });
    current = [];
  };
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '') {
      end();
      return;
    }
    if (current.length === 0) start = index + 1;
    current.push(line);
  });
  end();
  return blocks;
}

const textOf = ({ format, text }: TextFormat): string => (format === 'markdown' || format === 'plain' ? text : markdownOf(text));
const feedbackOf = (text: TextFormat | null): string | null => (text === null || text.text.trim() === '' ? null : textOf(text));

/** A question of GIFT as Ivy asks it; null for types that it does not ask. */
function optionsOf(question: GIFTQuestion): { readonly kind: QuestionKind | null; readonly options: readonly DraftOption[] } | null {
  switch (question.type) {
    case 'MC': {
      const shared = question.choices.every(({ isCorrect }) => !isCorrect);
      return {
        kind: shared ? 'multiple' : question.choices.filter(({ isCorrect }) => isCorrect).length > 1 ? 'multiple' : 'single',
        options: question.choices.map(({ isCorrect, weight, text, feedback }) => ({ text: textOf(text), correct: shared ? (weight ?? 0) > 0 : isCorrect, feedback: feedbackOf(feedback) })),
      };
    }
    case 'TF': {
      // The first feedback answers a wrong answer, the second a right one. Source: Moodle documentation, "GIFT format".
      const feedback = (right: boolean): string | null => feedbackOf(right ? question.falseFeedback : question.trueFeedback);
      return { kind: 'truefalse', options: [true, false].map((value) => ({ text: value ? 'True' : 'False', correct: question.isTrue === value, feedback: feedback(question.isTrue === value) })) };
    }
    case 'Short':
      return { kind: 'short', options: question.choices.filter(({ weight }) => weight === null || weight >= 100).map(({ text, feedback }) => ({ text: text.text, correct: true, feedback: feedbackOf(feedback) })) };
    case 'Numerical': {
      const choices = Array.isArray(question.choices) ? question.choices.filter(({ weight }) => weight === null || weight >= 100) : [{ text: question.choices, feedback: null }];
      return {
        kind: 'numeric',
        options: choices.map(({ text: { number, range, numberHigh, numberLow }, feedback }) => {
          const high = numberHigh ?? 0;
          const low = numberLow ?? 0;
          return number === undefined
            ? { text: String((high + low) / 2), correct: true, tolerance: (high - low) / 2, feedback: feedbackOf(feedback) }
            : { text: String(number), correct: true, tolerance: range ?? 0, feedback: feedbackOf(feedback) };
        }),
      };
    }
    default:
      return null;
  }
}

const unsupportedNames: Readonly<Record<string, string>> = { Matching: 'matching', Essay: 'essay', Description: 'description' };

/** The comments before a question: where it is asked of, how hard it is, what it refers to. Written by our own export. */
function remarksOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...text.matchAll(/^\/\/\s*(reference|objective|flagged):\s*(.+)$/gm)].map(([, name = '', value = '']) => [name, value.trim()] as const));
}

/** Reads a file in Moodle's GIFT format. Each question stands alone: a broken one does not take the others with it. */
export function readGift(text: string, file: string): Draft {
  const found: { at: Place; question: Exclude<GIFTQuestion, { type: 'Category' }>; category: ReturnType<typeof categoryOf>; kind: QuestionKind | null; options: readonly DraftOption[]; remarks: Readonly<Record<string, string>> }[] = [];
  const problems: PackProblem[] = [];
  const unsupported: Record<string, number> = {};
  let rejected = 0;
  let category: ReturnType<typeof categoryOf> = null;
  for (const block of blocksOf(text)) {
    const at = { file, line: block.line };
    // The parser takes seconds for what nobody writes by hand.
    if (block.text.length > 4 * longestText) {
      problems.push({ ...at, severity: 'rejected', reason: phrase('courses.problems.tooLong', { most: longestText }) });
      rejected += 1;
      continue;
    }
    let questions: GIFTQuestion[];
    try {
      questions = parse(`${block.text}\n\n`);
    } catch (error) {
      const location = (error as { location?: { start: { line: number } } }).location;
      problems.push({ file, line: block.line + (location?.start.line ?? 1) - 1, severity: 'rejected', reason: phrase('courses.problems.notGift') });
      rejected += 1;
      continue;
    }
    for (const question of questions) {
      if (question.type === 'Category') {
        category = categoryOf(question.title);
        continue;
      }
      const read = optionsOf(question);
      if (read === null) {
        const type = unsupportedNames[question.type] ?? question.type;
        unsupported[type] = (unsupported[type] ?? 0) + 1;
        if (question.type !== 'Description') rejected += 1;
        continue;
      }
      found.push({ at, question, category, ...read, remarks: remarksOf(block.text) });
    }
  }
  const names = uniqueNames(found.map(({ question }) => question.title));
  const questions = found.map(({ at, question, category: within, kind, options, remarks }, index): DraftQuestion => {
    const explanation = question.type === 'Description' ? null : feedbackOf(question.globalFeedback);
    return {
      at,
      id: question.id ?? names[index] ?? null,
      domain: within?.domain ?? null,
      topic: within?.topic ?? null,
      kind,
      difficulty: difficultyOfTags(question.tags ?? []),
      stem: textOf(question.stem),
      options,
      explanation,
      reference: remarks.reference ?? null,
      objective: remarks.objective ?? null,
      flagged: remarks.flagged ?? null,
    };
  });
  return bareDraft({ questions, problems, rejected, unsupported });
}
