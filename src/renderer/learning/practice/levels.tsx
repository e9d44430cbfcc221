import type { Confidence } from '#domain/learning/attempts';
import type { Rating } from '#domain/learning/cards/card';

/** How the catalogue names each level of confidence. */
export const confidenceWords = { 1: 'guess', 2: 'unsure', 3: 'fairly', 4: 'certain' } as const satisfies Readonly<Record<Confidence, string>>;

/** How the catalogue names each rating of a card. */
export const ratingWords = { 1: 'again', 2: 'hard', 3: 'good', 4: 'easy' } as const satisfies Readonly<Record<Rating, string>>;
