import type { CallError } from '#contract/errors';
import type { JobState } from '#contract/platform/jobs';
import type { Reader, Writer } from '../tx';

interface StoredJob {
  readonly id: string;
  readonly entry: string;
  readonly state: JobState['state'];
  readonly done: number;
  readonly total: number;
  readonly note: string;
  readonly result: string | null;
  readonly error: string | null;
  readonly created_at: number;
  readonly started_at: number | null;
  readonly finished_at: number | null;
}

const columns = 'id, entry, state, done, total, note, result, error, created_at, started_at, finished_at';

function asJob(row: StoredJob): JobState {
  return {
    id: row.id,
    entry: row.entry,
    state: row.state,
    progress: { done: row.done, total: row.total, note: row.note },
    result: row.result === null ? null : (JSON.parse(row.result) as unknown),
    error: row.error === null ? null : (JSON.parse(row.error) as JobState['error']),
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}

/** One's own jobs, newest first. */
export function listJobs(reader: Reader, userKey: number, limit: number): JobState[] {
  return reader.all<StoredJob>(`select ${columns} from jobs where user_key = ? order by key desc limit ?`, userKey, limit).map(asJob);
}

export function findJob(reader: Reader, userKey: number, id: string): JobState | null {
  const row = reader.get<StoredJob>(`select ${columns} from jobs where id = ? and user_key = ?`, id, userKey);
  return row === undefined ? null : asJob(row);
}

export function insertJob(
  writer: Writer,
  job: { readonly id: string; readonly entry: string; readonly userKey: number; readonly input: unknown },
  now: number,
): void {
  writer.run(
    "insert into jobs (id, entry, user_key, input, state, created_at) values (?, ?, ?, ?, 'waiting', ?)",
    job.id,
    job.entry,
    job.userKey,
    JSON.stringify(job.input),
    now,
  );
}

export function markJobRunning(writer: Writer, id: string, now: number): void {
  writer.run("update jobs set state = 'running', started_at = ? where id = ?", now, id);
}

export function finishJob(
  writer: Writer,
  id: string,
  end: {
    readonly state: 'succeeded' | 'failed' | 'cancelled';
    readonly progress: JobState['progress'];
    readonly result: unknown;
    readonly error: CallError | null;
  },
  now: number,
): void {
  writer.run(
    'update jobs set state = ?, done = ?, total = ?, note = ?, result = ?, error = ?, finished_at = ? where id = ?',
    end.state,
    end.progress.done,
    end.progress.total,
    end.progress.note,
    end.result === null || end.result === undefined ? null : JSON.stringify(end.result),
    end.error === null ? null : JSON.stringify(end.error),
    now,
    id,
  );
}

/** Jobs that were under way when the program ended say so. */
export function interruptJobs(writer: Writer, error: CallError, now: number): number {
  return writer.run(
    "update jobs set state = 'interrupted', error = ?, finished_at = ? where state in ('waiting', 'running')",
    JSON.stringify(error),
    now,
  ).changes;
}

/** When a scheduled work last ran, or 0. */
export function lastScheduledRun(reader: Reader, name: string): number {
  return reader.value<number>('select last_run_at from schedule_runs where name = ?', name) ?? 0;
}

export function recordScheduledRun(writer: Writer, name: string, now: number): void {
  writer.run(
    'insert into schedule_runs (name, last_run_at) values (?, ?) on conflict (name) do update set last_run_at = excluded.last_run_at',
    name,
    now,
  );
}
