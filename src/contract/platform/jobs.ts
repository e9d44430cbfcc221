import { z } from 'zod';
import { command, query } from '../define';
import { id, instant, none } from '../shapes';

export const jobStates = ['waiting', 'running', 'succeeded', 'failed', 'cancelled', 'interrupted'] as const;

export const jobState = z.object({
  id,
  entry: z.string(),
  state: z.enum(jobStates),
  progress: z.object({ done: z.number(), total: z.number(), note: z.string(), point: z.object({ share: z.number(), loss: z.number() }).optional() }),
  result: z.unknown().nullable(),
  error: z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()).optional() }).nullable(),
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
});
export type JobState = z.output<typeof jobState>;

export const jobs = {
  'platform.jobs.list': query({
    reads: ['jobs'],
    summary: 'One’s own jobs, newest first.',
    input: none,
    output: z.object({ items: z.array(jobState) }),
    allow: { who: 'signedIn', why: 'One sees one’s own jobs.' },
  }),
  'platform.jobs.get': query({
    reads: ['jobs'],
    summary: 'One job: its state, progress, and result or error.',
    input: z.strictObject({ jobId: id }),
    output: jobState,
    allow: { who: 'signedIn', why: 'One sees one’s own jobs.' },
  }),
  'platform.jobs.cancel': command({
    summary: 'Cancel one’s own job.',
    input: z.strictObject({ jobId: id }),
    output: jobState,
    allow: { who: 'signedIn', why: 'One cancels one’s own jobs.' },
    changes: ['jobs'],
  }),
};
