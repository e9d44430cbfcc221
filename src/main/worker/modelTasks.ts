import type { Checkpoint, ProgressPoint } from '#domain/kernel/checkpoint';
import type { Frame } from '#domain/models/frame';
import { UntrainableError } from '#domain/models/frame';
import { decodePredictor } from '#domain/models/artefact';
import { type Prediction, predictRows } from '#domain/models/judgement';
import { onOneThread } from '#domain/models/parallel';
import { train, type TrainingPlan, type TrainingReport } from '#domain/models/training';
import { Refusal } from '#contract/errors';
import type { TaskContext } from './tasks';

/** How far a training is, in hundredths, and with what. */
export interface TrainingProgress {
  readonly done: number;
  readonly note: string;
  /** How well it goes on rows that it does not learn from. */
  readonly point?: ProgressPoint | undefined;
}

export interface TrainingResult {
  readonly artefact: Uint8Array;
  readonly report: TrainingReport;
}

/** Progress is told at most so often. */
const tellEveryMilliseconds = 100;

/** Trains a model, with more threads where there are any. */
export async function trainTask(plan: TrainingPlan, { checkpoint, tell, withThreads }: TaskContext<TrainingProgress>): Promise<TrainingResult> {
  let lastTold = 0;
  let lastNote = '';
  const watched: Checkpoint = (done, total, note = '', point) => {
    checkpoint(done, total, note);
    if (note === lastNote && performance.now() - lastTold < tellEveryMilliseconds) return;
    lastTold = performance.now();
    lastNote = note;
    tell({ done, note, point });
  };
  try {
    return await withThreads((parallelFor) => train(plan, watched, parallelFor));
  } catch (error) {
    if (error instanceof UntrainableError) throw new Refusal('conflict', error.message, { reason: error.reason });
    throw error;
  }
}

export interface PredictPayload {
  readonly artefact: Uint8Array;
  readonly frame: Frame;
}

/** Below so many rows, starting threads takes longer than they save. */
const rowsForThreads = 20_000;

/** What a model says of many rows. */
export async function predictTask({ artefact, frame }: PredictPayload, { withThreads }: TaskContext<never>): Promise<Prediction> {
  const predictor = decodePredictor(artefact);
  if (frame.rows < rowsForThreads) return predictRows(predictor, frame, onOneThread);
  const { probabilities, lower, upper } = await withThreads((parallelFor) => predictRows(predictor, frame, parallelFor));
  // Memory that threads share stays behind with them.
  return { probabilities: Float64Array.from(probabilities), lower, upper };
}
