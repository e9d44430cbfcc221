/** Runs works one after the other: bulk writers must not cross. */
export type Lane = <Result>(work: () => Promise<Result>) => Promise<Result>;

export function createLane(): Lane {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work, work);
    last = result.catch(() => undefined);
    return result;
  };
}
