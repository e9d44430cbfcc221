import type { CallContext } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';

/** Lets the model that serves say its chance for all leads, in one job at a time. */
export interface PredictionRefresh {
  /**
   * Starts the job, unless one is under way for the same model that does as much.
   *
   * @param all also leads that have not changed
   */
  start(context: CallContext, modelKey: number, all: boolean): string;
  /** The job that is under way, or null. */
  running(): string | null;
}

export function createPredictionRefresh(parts: HandlerParts): PredictionRefresh {
  let current: { readonly jobId: string; readonly modelKey: number; readonly all: boolean } | null = null;
  const running = (): typeof current => {
    if (current !== null && !parts.jobs().isRunning(current.jobId)) current = null;
    return current;
  };
  return {
    running: () => running()?.jobId ?? null,
    start(context, modelKey, all) {
      const under = running();
      if (under !== null && under.modelKey === modelKey && (under.all || !all)) return under.jobId;
      // What another model says is not wanted any more.
      if (under !== null) parts.jobs().cancel(under.jobId);
      const jobId = parts.startJob('models.predictions.predictBatch', { onlyChanged: !all }, context);
      current = { jobId, modelKey, all };
      return jobId;
    },
  };
}
