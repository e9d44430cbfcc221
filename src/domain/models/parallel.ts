/**
 * A computation that several threads may share. It is known by name on every thread; `prepare` is called once on each with the
 * same data and gives the function that does one piece. Pieces write their results into shared typed arrays or return plain
 * values. No piece may depend on another of the same run, so that the result is the same for any number of threads.
 */
export interface ParallelWork<Data, Result> {
  readonly name: string;
  readonly prepare: (data: Data) => (piece: number, argument: number) => Result;
}

/** A computation that is under way on some data. */
export interface ParallelSection<Result> {
  /**
   * Does pieces 0 to count - 1 and returns when all are done.
   *
   * @param argument handed to every piece
   * @returns the results in the order of the pieces
   */
  run(count: number, argument?: number): readonly Result[];
  close(): void;
}

/** Shares work among threads. Passed into engines, so that they run unchanged on one thread. */
export interface ParallelFor {
  /** How many pieces are done at once. */
  readonly threads: number;
  /** Memory that every thread can see; on one thread plain memory. */
  allocate(bytes: number): ArrayBufferLike;
  open<Data, Result>(work: ParallelWork<Data, Result>, data: Data): ParallelSection<Result>;
}

/** Does all pieces on the calling thread. */
export const onOneThread: ParallelFor = {
  threads: 1,
  allocate: (bytes) => new ArrayBuffer(bytes),
  open: (work, data) => {
    const piece = work.prepare(data);
    return {
      run: (count, argument = 0) => {
        const results = [];
        for (let index = 0; index < count; index += 1) results.push(piece(index, argument));
        return results;
      },
      close: () => undefined,
    };
  },
};
