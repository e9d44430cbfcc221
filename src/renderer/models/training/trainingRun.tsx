import { create } from 'zustand';
import type { InputOf, OutputOf } from '#contract/index';
import { CallFailure, messageOf } from '#renderer/data/client';
import { runJob } from '#renderer/data/jobs';

export type TrainingInput = InputOf<'models.training.run'>;
export type TrainingResult = OutputOf<'models.training.run'>;

interface TrainingRun {
  /** What was asked for last. */
  readonly input: TrainingInput | null;
  readonly jobId: string | null;
  readonly busy: boolean;
  readonly result: TrainingResult | null;
  readonly problem: string | null;
  readonly cancelled: boolean;
  readonly run: (input: TrainingInput) => void;
}

/** The training of this window. It goes on when one leaves the screen, and what came of it is still there when one is back. */
export const useTrainingRun = create<TrainingRun>((set, get) => ({
  input: null,
  jobId: null,
  busy: false,
  result: null,
  problem: null,
  cancelled: false,
  run: (input) => {
    if (get().busy) return;
    set({ input, busy: true, jobId: null, result: null, problem: null, cancelled: false });
    runJob('models.training.run', input, (jobId) => { set({ jobId }); }).then(
      (result) => { set({ busy: false, jobId: null, result }); },
      (error: unknown) => {
        const cancelled = error instanceof CallFailure && error.code === 'cancelled';
        set({ busy: false, jobId: null, cancelled, problem: cancelled ? null : messageOf(error) });
      },
    );
  },
}));
