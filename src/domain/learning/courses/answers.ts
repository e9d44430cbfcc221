import { fold } from '#domain/kernel/text';
import type { PackOption, QuestionKind } from './pack';

/** What somebody answered: the positions of the options they chose, from 0, or what they typed. */
export type GivenAnswer = { readonly chosen: readonly number[] } | { readonly typed: string };

/** A number as people type it: with a comma or a point, spaces and a sign; not a number otherwise. */
export function typedNumber(text: string): number {
  const bare = text.replace(/[\s\u00a0_']/g, '').replace(/\u2212/g, '-');
  const plain = /^[-+]?\d*,\d+$/.test(bare) ? bare.replace(',', '.') : bare;
  return plain === '' ? Number.NaN : Number(plain);
}

/**
 * Whether an answer is right. Of several right options all must be chosen and none other; a number is right within the tolerance of one of
 * the right ones; a text is right where it folds to one of the right ones.
 */
export function isRight(kind: QuestionKind, options: readonly Pick<PackOption, 'text' | 'correct' | 'tolerance'>[], answer: GivenAnswer): boolean {
  if ('chosen' in answer) {
    const chosen = new Set(answer.chosen);
    return chosen.size > 0 && options.every(({ correct }, index) => correct === chosen.has(index)) && answer.chosen.every((index) => index in options);
  }
  const right = options.filter(({ correct }) => correct);
  if (kind === 'numeric') {
    const number = typedNumber(answer.typed);
    // A tolerance of .1 around 2.5 ends at 2.6, whatever the last bit of the difference says.
    return right.some(({ text, tolerance }) => Math.abs(number - Number(text)) <= (tolerance ?? 0) + 1e-12 * Math.max(1, Math.abs(Number(text))));
  }
  return right.some(({ text }) => fold(text) === fold(answer.typed));
}
