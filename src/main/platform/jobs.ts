import { Refusal } from '#contract/errors';
import type { JobState, jobs } from '#contract/platform/jobs';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { listJobs } from '#main/store/platform/jobs';

const newestJobs = 50;

export function jobsHandlers(parts: HandlerParts): HandlersOf<typeof jobs> {
  const find = (context: CallContext, jobId: string): JobState => {
    const found = parts.jobs().state(context.store, actorOf(context).userKey, jobId);
    if (found === null) throw new Refusal('not_found', 'That job does not exist, or is somebody else’s.');
    return found;
  };
  return {
    'platform.jobs.list': (_input, context) => ({
      items: listJobs(context.store, actorOf(context).userKey, newestJobs).map((job) => find(context, job.id)),
    }),
    'platform.jobs.get': ({ jobId }, context) => find(context, jobId),
    'platform.jobs.cancel': ({ jobId }, context) => {
      find(context, jobId);
      parts.jobs().cancel(jobId);
      return find(context, jobId);
    },
  };
}
