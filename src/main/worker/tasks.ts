import { Cancelled, type Checkpoint } from '#domain/kernel/checkpoint';
import type { Fit } from '#domain/learning/cards/fit';
import { onOneThread, type ParallelFor } from '#domain/models/parallel';
import type { Prediction } from '#domain/models/judgement';
import type { TrainingPlan } from '#domain/models/training';
import type { FoundPairs } from '#domain/admissions/duplicates/search';
import type { FactorSums } from '#domain/admissions/triage/baseline';
import type { ChangedScores } from '#domain/admissions/triage/packed';
import type { WeightRefit } from '#domain/models/leads/weightRefit';
import { type CallError, Refusal } from '#contract/errors';
import type { TableChoice } from '#main/files/openTable';
import type { CheckpointPayload } from '#main/store/checkpoint';
import type { PackChoice } from '#main/files/packs/openPack';
import type { WritePack } from '#main/files/packs/writePack';
import { headerTask, type PreviewPayload, type PreviewResult, previewTask, type ReadPayload, type ReadPiece, readTask } from './importTasks';
import type { EngagementPiece, EngagementReadPayload } from './engagementTasks';
import type { FitPayload } from './cardTasks';
import type { OutcomesPayload, TopicsPayload } from './knowledgeTasks';
import type { OwnRegression } from '#domain/learning/readiness/outcomes';
import type { TopicSlopes } from '#domain/learning/knowledge/slopes';
import { type LikeNamesPayload, likeNamesTask, type SearchPayload, searchTask } from './duplicateTasks';
import type { ReadCourse } from './courseTasks';
import type { PredictPayload, TrainingProgress, TrainingResult } from './modelTasks';
import type { RefitPayload } from './refitTask';
import { judgeTask, type JudgePayload, previewLeadsTask, type SumPayload, sumTask } from './triageTasks';
import type { TaskJob, TaskMessage } from './pool';

/** What a task works with: a checkpoint that knows of a cancel, and a way to hand over pieces. */
export interface TaskContext<Batch> {
  readonly checkpoint: Checkpoint;
  /** Hands a piece over and waits while too many are under way, so that no pile grows between the threads. */
  readonly give: (batch: Batch) => Promise<void>;
  /** Tells something without waiting, for engines that never pause. */
  readonly tell: (batch: Batch) => void;
  /** Runs an engine with as many threads as the machine has to give. */
  readonly withThreads: EngineThreads;
}

/** Runs an engine with threads beside its own, or alone where there are none. */
export type EngineThreads = <Result>(engine: (parallelFor: ParallelFor) => Result) => Promise<Result>;

const alone: EngineThreads = (engine) => Promise.resolve(engine(onOneThread));

/** Pieces that may be under way at once: the next are made while one is taken. With two, each side waited for the other a sixth of its time. */
const piecesInFlight = 4;

/** Every task by name: what it takes, the pieces it may hand over, and what it ends with. */
interface Tasks {
  readonly 'imports.preview': { readonly payload: PreviewPayload; readonly batch: never; readonly result: PreviewResult };
  readonly 'imports.header': { readonly payload: TableChoice; readonly batch: never; readonly result: { readonly headers: readonly string[]; readonly bytes: number } };
  readonly 'imports.read': { readonly payload: ReadPayload; readonly batch: ReadPiece; readonly result: { readonly rows: number } };
  readonly 'duplicates.search': { readonly payload: SearchPayload; readonly batch: number; readonly result: FoundPairs };
  readonly 'duplicates.likeNames': { readonly payload: LikeNamesPayload; readonly batch: number; readonly result: FoundPairs };
  readonly 'engagement.read': { readonly payload: EngagementReadPayload; readonly batch: EngagementPiece; readonly result: undefined };
  readonly 'store.checkpoint': { readonly payload: CheckpointPayload; readonly batch: never; readonly result: undefined };
  readonly 'cards.fit': { readonly payload: FitPayload; readonly batch: never; readonly result: Fit | null };
  readonly 'knowledge.topics': { readonly payload: TopicsPayload; readonly batch: never; readonly result: ReadonlyMap<number, TopicSlopes> };
  readonly 'outcomes.fit': { readonly payload: OutcomesPayload; readonly batch: never; readonly result: OwnRegression | null };
  readonly 'triage.sum': { readonly payload: SumPayload; readonly batch: never; readonly result: FactorSums };
  readonly 'triage.refit': { readonly payload: RefitPayload; readonly batch: never; readonly result: WeightRefit };
  readonly 'triage.judge': { readonly payload: JudgePayload; readonly batch: never; readonly result: ChangedScores };
  readonly 'models.train': { readonly payload: TrainingPlan; readonly batch: TrainingProgress; readonly result: TrainingResult };
  readonly 'models.predict': { readonly payload: PredictPayload; readonly batch: never; readonly result: Prediction };
  readonly 'triage.preview': { readonly payload: JudgePayload; readonly batch: never; readonly result: Float64Array };
  readonly 'courses.read': { readonly payload: PackChoice; readonly batch: never; readonly result: ReadCourse };
  readonly 'courses.write': { readonly payload: WritePack; readonly batch: never; readonly result: number };
}
export type TaskName = keyof Tasks;
export type TaskPayload<Name extends TaskName> = Tasks[Name]['payload'];
export type TaskBatch<Name extends TaskName> = Tasks[Name]['batch'];
export type TaskResult<Name extends TaskName> = Tasks[Name]['result'];

/** What is not part of an officer's day is read when it is first asked for: a thread that imports leads needs no reader of Moodle's files. */
const tasks: { readonly [Name in TaskName]: (payload: TaskPayload<Name>, context: TaskContext<TaskBatch<Name>>) => TaskResult<Name> | Promise<TaskResult<Name>> } = {
  'imports.preview': previewTask,
  'imports.header': headerTask,
  'imports.read': readTask,
  'duplicates.search': searchTask,
  'duplicates.likeNames': likeNamesTask,
  'engagement.read': async (payload, context) => (await import('./engagementTasks')).readEngagementTask(payload, context),
  'store.checkpoint': async (payload) => {
    (await import('#main/store/checkpoint')).checkpointTask(payload);
  },
  'cards.fit': async (payload, context) => (await import('./cardTasks')).fitTask(payload, context),
  'knowledge.topics': async (payload) => (await import('./knowledgeTasks')).topicsTask(payload),
  'outcomes.fit': async (payload) => (await import('./knowledgeTasks')).outcomesTask(payload),
  'triage.sum': sumTask,
  'triage.refit': async (payload, context) => (await import('./refitTask')).refitTask(payload, context),
  'triage.judge': judgeTask,
  'triage.preview': previewLeadsTask,
  'courses.read': async (payload, context) => (await import('./courseTasks')).readCourseTask(payload, context),
  'courses.write': async (payload, context) => (await import('./courseTasks')).writeCourseTask(payload, context),
  'models.train': async (payload, context) => (await import('./modelTasks')).trainTask(payload, context),
  'models.predict': async (payload, context) => (await import('./modelTasks')).predictTask(payload, context),
};

/** How a task ended. An error loses its class and its code on the way between threads, so those that mean something go as values. */
export type TaskOutcome =
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'refused'; readonly error: CallError }
  | { readonly kind: 'cancelled'; readonly message: string };

/** Runs one task to its end, in whichever thread this is. */
export async function runTask({ name, payload, port, cancelled }: TaskJob, withThreads: EngineThreads = alone): Promise<TaskOutcome> {
  const checkpoint: Checkpoint = () => {
    if (Atomics.load(cancelled, 0) === 1) throw new Cancelled();
  };
  let outstanding = 0;
  let resume: (() => void) | null = null;
  port.on('message', () => {
    outstanding -= 1;
    resume?.();
  });
  const waitBelow = async (most: number): Promise<void> => {
    while (outstanding >= most) {
      await new Promise<void>((taken) => {
        resume = taken;
      });
      checkpoint(0, 0);
    }
  };
  const give = async (batch: unknown): Promise<void> => {
    checkpoint(0, 0);
    outstanding += 1;
    port.postMessage({ kind: 'batch', batch } satisfies TaskMessage);
    await waitBelow(piecesInFlight);
  };
  const tell = (batch: unknown): void => {
    outstanding += 1;
    port.postMessage({ kind: 'batch', batch } satisfies TaskMessage);
  };
  try {
    const task = tasks[name] as (payload: unknown, context: TaskContext<unknown>) => unknown;
    const result = await task(payload, { checkpoint, give, tell, withThreads });
    await waitBelow(1);
    return { kind: 'done', result };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', error: error.toCallError() };
    if (error instanceof Cancelled) return { kind: 'cancelled', message: error.message };
    throw error;
  } finally {
    port.close();
  }
}
