import { create } from 'zustand';
import type { Progress, ServerEvent } from '#contract/answer';
import type { ErrorCode } from '#contract/errors';
import type { EntryName, InputOf, OutputOf } from '#contract/index';
import { call, CallFailure } from './client';

type JobEvent = Extract<ServerEvent, { kind: 'job' }>;

export interface RunningJob {
  readonly jobId: string;
  readonly entry: string;
  readonly state: string;
  readonly progress: Progress;
  /** When it was first heard of, by this window's clock. */
  readonly since: number;
  /** The points of its curve that were heard of, in their order. */
  readonly points: readonly NonNullable<Progress['point']>[];
}

interface Jobs {
  readonly running: Readonly<Record<string, RunningJob>>;
  readonly heard: (event: JobEvent) => void;
}

const ended = new Set(['succeeded', 'failed', 'cancelled', 'interrupted']);
const waiters = new Map<string, () => void>();

/** A curve with one more point; what was heard of before stays as it is. */
function withPoint(points: RunningJob['points'], point: Progress['point']): RunningJob['points'] {
  return point === undefined || point.share <= (points.at(-1)?.share ?? 0) ? points : [...points, point];
}

/** The jobs of this person that are under way, whichever screen began them. */
export const useJobs = create<Jobs>((set) => ({
  running: {},
  heard: ({ jobId, entry, state, progress }) => {
    set(({ running }) => {
      const { [jobId]: known, ...others } = running;
      if (ended.has(state)) return { running: others };
      return { running: { ...others, [jobId]: { jobId, entry, state, progress, since: known?.since ?? performance.now(), points: withPoint(known?.points ?? [], progress.point) } } };
    });
    if (ended.has(state)) waiters.get(jobId)?.();
  },
}));

/** How often a job is asked about while no event tells of it. */
const askEveryMilliseconds = 1_500;

/** Starts a job and waits for its result; leaving the screen does not end it. Throws a {@link CallFailure}. */
export async function runJob<Name extends EntryName>(entry: Name, input: InputOf<Name>, onStart?: (jobId: string) => void): Promise<OutputOf<Name>> {
  const { jobId } = (await call(entry, input)) as unknown as { jobId: string };
  onStart?.(jobId);
  return waitForJob<Name>(jobId);
}

/** Waits for the result of a job that is under way, such as one that a command began. Throws a {@link CallFailure}. */
export async function waitForJob<Name extends EntryName>(jobId: string): Promise<OutputOf<Name>> {
  for (;;) {
    const job = await call('platform.jobs.get', { jobId });
    if (job.state === 'succeeded') return job.result as OutputOf<Name>;
    if (ended.has(job.state)) {
      const { code, message, details } = job.error ?? { code: 'internal', message: 'The job ended without saying why.' };
      throw new CallFailure(code as ErrorCode, message, details ?? {});
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, askEveryMilliseconds);
      waiters.set(jobId, () => {
        clearTimeout(timer);
        resolve();
      });
    });
    waiters.delete(jobId);
  }
}

export function cancelJob(jobId: string): void {
  void call('platform.jobs.cancel', { jobId });
}
