import type { AnswerOption, QuestionKind } from '../practice/grade';
import { typedNumber } from '../practice/grade';

/** A question as the ladder of hints takes it. */
export interface HintedQuestion {
  readonly kind: QuestionKind;
  readonly stem: string;
  readonly options: readonly (AnswerOption & { readonly feedback: string | null })[];
}

/** One rung: each says a little more than the one before, and none says what is right. */
export type Hint =
  /** What the question wants: a word that turns it round, whether several answers are right, what is to be typed. */
  | { readonly rung: 'read'; readonly turning: string | null; readonly answer: 'one' | 'several' | 'number' | 'words' | 'truth' }
  /** Where in the course it is explained. */
  | { readonly rung: 'where' }
  /** An answer that is not right, with what the pack says to it. */
  | { readonly rung: 'ruleOut'; readonly position: number; readonly feedback: string | null }
  /** How many of the answers are right. */
  | { readonly rung: 'count'; readonly right: number }
  /** How long the right words are, or how large the right number is. */
  | { readonly rung: 'size'; readonly words: number; readonly letters: number }
  | { readonly rung: 'range'; readonly low: number; readonly high: number };

/** Words that turn a question round, and are read over. */
const turning = /\b(not|except|least|never|false|incorrect|cannot|untrue)\b/iu;

const wanted: Readonly<Record<QuestionKind, Extract<Hint, { rung: 'read' }>['answer']>> = { single: 'one', multiple: 'several', truefalse: 'truth', numeric: 'number', short: 'words' };

/** So many wrong answers are ruled out at the most; two are always left to choose between. */
const mostRuledOut = 2;

/** The powers of ten around a number. */
function rangeAround(value: number): { readonly low: number; readonly high: number } {
  if (value === 0) return { low: -1, high: 1 };
  const power = 10 ** Math.floor(Math.log10(Math.abs(value)));
  const [near, far] = [power, power * 10];
  return value > 0 ? { low: near, high: far } : { low: -far, high: -near };
}

function lastRungs({ kind, options }: HintedQuestion): Hint[] {
  const right = options.filter(({ correct }) => correct);
  const [first] = right;
  if (kind === 'truefalse' || first === undefined) return [];
  if (kind === 'short') return [{ rung: 'size', words: first.text.trim().split(/\s+/u).length, letters: Array.from(first.text.replace(/\s+/gu, '')).length }];
  if (kind === 'numeric') {
    const value = typedNumber(first.text);
    return value === null ? [] : [{ rung: 'range', ...rangeAround(value) }];
  }
  // What the pack has something to say to comes first.
  const wrong = options.flatMap(({ correct, feedback }, position) => (correct ? [] : [{ position, feedback }])).sort((a, b) => Number(a.feedback === null) - Number(b.feedback === null));
  const spare = kind === 'multiple' ? Math.min(1, wrong.length - 1) : Math.min(mostRuledOut, options.length - 2);
  return [...(kind === 'multiple' ? [{ rung: 'count' as const, right: right.length }] : []), ...wrong.slice(0, Math.max(0, spare)).map((each) => ({ rung: 'ruleOut' as const, ...each }))];
}

/** The hints of a question from the lightest to the heaviest. What is right is not among them: that comes with an answer. */
export function hintLadder(question: HintedQuestion): Hint[] {
  const bare = question.stem.replace(/```[\s\S]*?```|`[^`]*`/gu, ' ');
  return [{ rung: 'read', turning: turning.exec(bare)?.[1] ?? null, answer: wanted[question.kind] }, { rung: 'where' }, ...lastRungs(question)];
}
