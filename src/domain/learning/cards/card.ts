/** How well a card came back: 1 again, 2 hard, 3 good, 4 easy. */
export const ratings = [1, 2, 3, 4] as const;
export type Rating = (typeof ratings)[number];

/** Whether intervals follow FSRS or the fixed 2-3-5-7 days. */
export const schedulers = ['fsrs', 'fixed'] as const;
export type Scheduler = (typeof schedulers)[number];

/** Never seen, being learnt, known, or being learnt again after it was forgotten. Positions are kept in the store. */
export const cardStates = ['new', 'learning', 'review', 'relearning'] as const;
export type CardState = (typeof cardStates)[number];

/** The memory of one question or flashcard. */
export interface Card {
  readonly state: CardState;
  /** UTC milliseconds; for whole days the beginning of a study day. */
  readonly dueAt: number;
  /** Days after which nine in ten would still remember; 0 while new. */
  readonly stability: number;
  /** 1 (easy) to 10; 0 while new. */
  readonly difficulty: number;
  readonly reps: number;
  /** How often it was forgotten after it had been known. */
  readonly lapses: number;
  /** Steps taken on the fixed schedule. */
  readonly step: number;
  readonly lastReviewAt: number | null;
}

/** A card that nobody has seen, due at once. */
export function newCard(now: number): Card {
  return { state: 'new', dueAt: now, stability: 0, difficulty: 0, reps: 0, lapses: 0, step: 0, lastReviewAt: null };
}
