import type { PathKind } from '#domain/learning/paths/kinds';
import type { Plan } from '#domain/learning/paths/plan';
import type { Refinement } from '#domain/learning/paths/refine';
import { isoOf } from '#domain/learning/calendar';
import { logInsert } from '../changes';
import { idBytes, idText } from '../ids';
import type { Reader, Writer } from '../tx';

export type PathCause = 'asked' | 'goal' | 'session';

/** A plan as it is kept. */
export interface StoredPath {
  readonly key: number;
  readonly id: string;
  readonly goalKey: number;
  readonly kind: PathKind;
  readonly plan: Plan;
  /** For a path of one’s own: the topics that were chosen. */
  readonly chosenTopics: readonly number[] | null;
  /** What a model proposed over the rules, as it was accepted; left out where nothing was. */
  readonly refinement?: Refinement | null;
  readonly cause: PathCause;
  readonly generatedAt: number;
}

interface Kept {
  readonly plan: Plan;
  readonly chosenTopics: readonly number[] | null;
  readonly refinement?: Refinement | null;
}

/** The plan that holds for a goal. */
export function currentPath(reader: Reader, goalKey: number): StoredPath | null {
  const row = reader.get<Omit<StoredPath, 'id' | 'plan' | 'chosenTopics' | 'refinement'> & { id: Uint8Array; plan: string }>(
    `select key, id, goal_key as goalKey, kind, plan, cause, generated_at as generatedAt from adaptive_learning_paths where goal_key = ? and replaced_at is null`,
    goalKey,
  );
  if (row === undefined) return null;
  const { plan, ...rest } = row;
  return { ...rest, ...(JSON.parse(plan) as Kept), id: idText(row.id) };
}

/** Puts a plan in the place of the one before it; its steps are rows of their own, so that they can be counted and joined. */
export function replacePath(
  writer: Writer,
  path: { readonly id: string; readonly userKey: number; readonly goalKey: number; readonly courseKey: number; readonly cause: PathCause } & Kept,
  now: number,
): void {
  writer.run('update adaptive_learning_paths set replaced_at = ? where goal_key = ? and replaced_at is null', now, path.goalKey);
  const { key } = writer.run(
    'insert into adaptive_learning_paths (id, user_key, goal_key, course_key, kind, plan, cause, generated_at) values (?, ?, ?, ?, ?, ?, ?, ?)',
    idBytes(path.id),
    path.userKey,
    path.goalKey,
    path.courseKey,
    path.plan.kind,
    JSON.stringify({ plan: path.plan, chosenTopics: path.chosenTopics, refinement: path.refinement ?? null } satisfies Kept),
    path.cause,
    now,
  );
  let position = 0;
  for (const { monday, steps } of path.plan.weeks) {
    for (const { activity, topicKey, sectionKey, labKey, amount, minutes } of steps) {
      writer.run(
        'insert into learning_path_steps (path_key, position, week, activity, topic_key, section_key, lab_key, amount, minutes) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        key,
        position,
        isoOf(monday),
        activity,
        topicKey,
        sectionKey,
        labKey,
        amount,
        minutes,
      );
      position += 1;
    }
  }
  logInsert(writer, 'adaptive_learning_paths', path.id);
}
