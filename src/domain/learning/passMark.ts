/** A mark is a share of the questions or a number of them. */
export type PassUnit = 'share' | 'questions';

/**
 * How many right answers pass.
 *
 * @param questions the questions of the whole exam, which a mark in questions counts against
 * @param asked questions that are asked: where they are fewer than the whole exam's, the same share passes
 * @returns the count, rounded up and at most `asked`: 74 % of 35 are 26
 */
export function questionsToPass(mark: number, unit: PassUnit, questions: number, asked = questions): number {
  const share = unit === 'share' ? mark : mark / Math.max(1, questions);
  // A share such as .74 · 50 is 37 and must not become 38 by the last bit of a double.
  return Math.min(asked, Math.ceil(share * asked - 1e-9));
}
