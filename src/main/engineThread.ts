import { workerData } from 'node:worker_threads';
import { help } from './worker/help';
import type { HelperStart } from './worker/threads';

help(workerData as HelperStart);
