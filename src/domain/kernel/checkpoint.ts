/**
 * Called by long engines at every step. It reports how far the work is and throws {@link Cancelled} when somebody no longer
 * wants the result, so one call serves progress and cancellation.
 *
 * @param done units finished
 * @param total units in all, or 0 while unknown
 * @param note what is going on, in the words of the field
 */
export type Checkpoint = (done: number, total: number, note?: string) => void;

/** Thrown out of a long engine when its work was cancelled. Nothing was saved. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';

  constructor(message = 'Cancelled. Nothing was changed.') {
    super(message);
  }
}

/** A checkpoint for callers that neither show progress nor cancel. */
export const noCheckpoint: Checkpoint = () => undefined;
