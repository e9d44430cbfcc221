import { useState } from 'react';
import type { OutputOf } from '#contract/index';
import { messageOf } from '#renderer/data/client';
import { waitForJob } from '#renderer/data/jobs';

export interface Rescore {
  readonly jobId: string | null;
  readonly result: OutputOf<'admissions.triage.rescore'> | null;
  readonly problem: string | null;
  /** Follows the job that a change of the scoring began. */
  readonly follow: (jobId: string) => void;
}

/** All leads scored anew after a change: how far, and how many scores moved. */
export function useRescore(): Rescore {
  const [at, setAt] = useState<Omit<Rescore, 'follow'>>({ jobId: null, result: null, problem: null });
  return {
    ...at,
    follow: (jobId) => {
      setAt({ jobId, result: null, problem: null });
      // A later change has a job of its own; what an earlier one found is no longer of interest.
      const unlessLater = (next: Omit<Rescore, 'follow'>) => {
        setAt((now) => (now.jobId === jobId ? next : now));
      };
      waitForJob<'admissions.triage.rescore'>(jobId).then(
        (result) => { unlessLater({ jobId: null, result, problem: null }); },
        (error: unknown) => { unlessLater({ jobId: null, result: null, problem: messageOf(error) }); },
      );
    },
  };
}
