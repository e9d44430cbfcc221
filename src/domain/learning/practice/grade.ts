import { fold } from '#domain/kernel/text';
import type { Confidence } from '../attempts';
import type { Rating } from '../cards/card';

export const questionKinds = ['single', 'multiple', 'truefalse', 'numeric', 'short'] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** What may be chosen, or what a typed answer is held against. */
export interface AnswerOption {
  readonly text: string;
  readonly correct: boolean;
  /** Of a numeric question: how far off is still right. */
  readonly tolerance: number | null;
}

/** What a student answered: positions of options, or what they typed. */
export type Chosen = readonly number[] | string;

/** Reads a number as people type it: 3.5, 3,5, 1 200, 1.2e3. Null where it is none. */
export function typedNumber(text: string): number | null {
  const bare = text.replace(/[\s\u00a0'’]/g, '');
  // 1,200 is twelve hundred, 1,5 and 0,125 are fractions.
  const grouped = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(bare);
  const plain = grouped ? bare.replaceAll(',', '') : /^[+-]?\d*,\d+$/.test(bare) ? bare.replace(',', '.') : bare;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : null;
}

/**
 * Whether an answer is right. All right options and no wrong one must be chosen; a number must lie within the tolerance of one that is
 * right; a short text must be one that is right, whatever its case, accents and spaces.
 */
export function isRight(kind: QuestionKind, options: readonly AnswerOption[], chosen: Chosen): boolean {
  if (typeof chosen === 'string') {
    if (kind === 'short') return options.some(({ text, correct }) => correct && fold(text) === fold(chosen));
    const given = typedNumber(chosen);
    if (kind !== 'numeric' || given === null) return false;
    return options.some(({ text, correct, tolerance }) => {
      const value = typedNumber(text);
      // Binary fractions: 0.1 + 0.2 is within 0 of 0.3.
      return correct && value !== null && Math.abs(given - value) <= (tolerance ?? 0) + Math.abs(value) * 1e-12;
    });
  }
  if (kind === 'numeric' || kind === 'short' || chosen.length === 0) return false;
  const picked = new Set(chosen);
  if (kind !== 'multiple' && picked.size !== 1) return false;
  return options.every(({ correct }, position) => correct === picked.has(position)) && [...picked].every((position) => options[position] !== undefined);
}

/** How likely an answer is right by chance alone. */
export function chanceOf(kind: QuestionKind, options: number): number {
  if (kind === 'numeric' || kind === 'short') return 0;
  if (kind === 'multiple') return 1 / (2 ** Math.max(1, options) - 1);
  return 1 / Math.max(2, options);
}

/**
 * What an answer says of memory: a wrong one was forgotten, a right guess was hard, a right answer of somebody who was certain easy.
 */
export function ratingOf(correct: boolean, confidence: Confidence | null): Rating {
  if (!correct) return 1;
  return confidence === 1 ? 2 : confidence === 4 ? 4 : 3;
}
