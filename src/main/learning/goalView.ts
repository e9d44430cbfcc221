import { dayOfIso } from '#domain/learning/calendar';
import type { Goal } from '#contract/learning/goals';
import type { StoredGoal } from '#main/store/learning/goals';

/** A goal as screens see it. */
export function publicGoal({ key: _key, userKey: _user, courseKey: _course, ...goal }: StoredGoal, { today, current }: { readonly today: number; readonly current: boolean }): Goal {
  return { ...goal, daysToExam: goal.examDate === null ? null : dayOfIso(goal.examDate) - today, current };
}
