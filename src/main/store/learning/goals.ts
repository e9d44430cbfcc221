import type { Goal } from '#contract/learning/goals';
import { idBytes, idText } from '../ids';
import { logInsert } from '../changes';
import type { Reader, Writer } from '../tx';

/** A goal as it is kept. */
export interface StoredGoal extends Omit<Goal, 'daysToExam' | 'current' | 'courseTitle'> {
  readonly key: number;
  readonly userKey: number;
  readonly courseKey: number;
  readonly courseTitle: string;
}

/** What a person may say about a goal. */
export type GoalWishes = Pick<StoredGoal, 'examDate' | 'hoursAWeek' | 'style' | 'targetShare' | 'scheduler' | 'retention' | 'reviewsADay'>;

interface GoalRow extends Omit<StoredGoal, 'id' | 'courseId'> {
  readonly id: Uint8Array;
  readonly courseId: Uint8Array;
}

const selectGoal = `
  select g.key, g.id, g.user_key as userKey, g.course_key as courseKey, c.id as courseId, c.title as courseTitle, g.exam_date as examDate, g.hours_a_week as hoursAWeek, g.style,
         g.target_share as targetShare, g.scheduler, g.retention, g.reviews_a_day as reviewsADay, g.outcome, g.outcome_share as outcomeShare,
         g.closed_at as closedAt, g.created_at as createdAt
  from student_goals g join study_courses c on c.key = g.course_key`;

const asGoal = (row: GoalRow): StoredGoal => ({ ...row, id: idText(row.id), courseId: idText(row.courseId) });

/** The goals of a user: open ones first, the one chosen last before the others. Of courses that were taken away, none. */
export function listGoals(reader: Reader, userKey: number): StoredGoal[] {
  return reader.all<GoalRow>(`${selectGoal} where g.user_key = ? and c.removed_at is null order by g.closed_at is not null, g.chosen_at desc, g.key desc`, userKey).map(asGoal);
}

/** The goal that Learn shows: the open one that was chosen last. */
export function currentGoal(reader: Reader, userKey: number): StoredGoal | null {
  return listGoals(reader, userKey).find(({ closedAt }) => closedAt === null) ?? null;
}

/** A goal by id, whoever it belongs to. */
export function findGoal(reader: Reader, id: string): StoredGoal | null {
  const row = reader.get<GoalRow>(`${selectGoal} where g.id = ?`, idBytes(id));
  return row === undefined ? null : asGoal(row);
}

/** The open goal of a user for a course. */
export function openGoalOf(reader: Reader, userKey: number, courseKey: number): StoredGoal | null {
  const row = reader.get<GoalRow>(`${selectGoal} where g.user_key = ? and g.course_key = ? and g.closed_at is null`, userKey, courseKey);
  return row === undefined ? null : asGoal(row);
}

export function insertGoal(writer: Writer, goal: GoalWishes & { readonly id: string; readonly userKey: number; readonly courseKey: number }, now: number): void {
  writer.run(
    `insert into student_goals (id, user_key, course_key, exam_date, hours_a_week, style, target_share, scheduler, retention, reviews_a_day, chosen_at, created_at, updated_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    idBytes(goal.id),
    goal.userKey,
    goal.courseKey,
    goal.examDate,
    goal.hoursAWeek,
    goal.style,
    goal.targetShare,
    goal.scheduler,
    goal.retention,
    goal.reviewsADay,
    now,
    now,
    now,
  );
  logInsert(writer, 'student_goals', goal.id);
}

export function updateGoal(writer: Writer, key: number, wishes: GoalWishes, now: number): void {
  writer.run(
    'update student_goals set exam_date = ?, hours_a_week = ?, style = ?, target_share = ?, scheduler = ?, retention = ?, reviews_a_day = ?, updated_at = ? where key = ?',
    wishes.examDate,
    wishes.hoursAWeek,
    wishes.style,
    wishes.targetShare,
    wishes.scheduler,
    wishes.retention,
    wishes.reviewsADay,
    now,
    key,
  );
}

/** Lets Learn show a goal. The instant only ever grows, so that a clock that was set back does not choose another. */
export function chooseGoal(writer: Writer, goal: StoredGoal, now: number): void {
  writer.run(
    'update student_goals set chosen_at = max(?, (select max(chosen_at) from student_goals where user_key = ?) + 1), updated_at = ? where key = ?',
    now,
    goal.userKey,
    now,
    goal.key,
  );
}

export function closeGoal(writer: Writer, key: number, outcome: StoredGoal['outcome'], share: number | null, now: number): void {
  writer.run('update student_goals set outcome = ?, outcome_share = ?, closed_at = ?, updated_at = ? where key = ?', outcome, share, outcome === null ? null : now, now, key);
}
