import { runTask } from './worker/tasks';
import type { TaskJob } from './worker/pool';
import { threadsForEngine, withThreads } from './worker/threads';

const threadFile = new URL('./engineThread.js', import.meta.url);

export default (job: TaskJob) => runTask(job, (engine) => withThreads(threadFile, threadsForEngine(), engine));
