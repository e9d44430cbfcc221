/**
 * Called by long engines at every step. It reports how far the work is and throws {@link Cancelled} when somebody no longer
 * wants the result, so one call serves progress and cancellation.
 *
 * @param done units finished
 * @param total units in all, or 0 while unknown
 * @param note what is going on, in the words of the field
 * @param point how well it goes at this step, where that can be told
 */
export type Checkpoint = (done: number, total: number, note?: string, point?: ProgressPoint) => void;

/** A point of a curve that grows while an engine works: the share of its steps, [0, 1], and the loss on what it does not learn from. */
export interface ProgressPoint {
  readonly share: number;
  readonly loss: number;
}

/** Thrown out of a long engine when its work was cancelled. Nothing was saved. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';

  constructor(message = 'Cancelled. Nothing was changed.') {
    super(message);
  }
}

/** A checkpoint for callers that neither show progress nor cancel. */
export const noCheckpoint: Checkpoint = () => undefined;
