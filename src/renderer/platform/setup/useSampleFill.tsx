import { useState } from 'react';
import { messageOf } from '#renderer/data/client';
import { runJob } from '#renderer/data/jobs';

/** How the made-up leads and the sample course of a sample workspace come. */
export interface SampleFill {
  readonly state: 'none' | 'filling' | 'filled' | 'failed';
  readonly jobId: string | null;
  readonly problem: string;
  readonly begin: () => void;
}

/** Fills a sample workspace in the background of the set-up, and again where it went wrong. */
export function useSampleFill(): SampleFill {
  const [at, setAt] = useState<Omit<SampleFill, 'begin'>>({ state: 'none', jobId: null, problem: '' });
  const begin = (): void => {
    setAt({ state: 'filling', jobId: null, problem: '' });
    const started = (jobId: string): void => {
      setAt({ state: 'filling', jobId, problem: '' });
    };
    const fill = async (): Promise<void> => {
      await runJob('admissions.imports.sample', {}, started);
      await runJob('learning.courses.sample', {});
    };
    fill().then(
      () => { setAt({ state: 'filled', jobId: null, problem: '' }); },
      (error: unknown) => { setAt({ state: 'failed', jobId: null, problem: messageOf(error) }); },
    );
  };
  return { ...at, begin };
}
