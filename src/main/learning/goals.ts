import { dayOfIso } from '#domain/learning/calendar';
import { reviewsThatFit } from '#domain/learning/goals';
import { Refusal } from '#contract/errors';
import type { Goal, goals } from '#contract/learning/goals';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { closeGoal, chooseGoal, currentGoal, findGoal, insertGoal, listGoals, openGoalOf, type StoredGoal, updateGoal } from '#main/store/learning/goals';
import { findStudied } from '#main/store/learning/studied';
import { publicGoal } from './goalView';
import { bringCardsForward, makePath } from './planning';
import { calendarOf, studentOfKey } from './studying';

/** A review takes about so long before anybody measured. */
const secondsPerReview = 25;
/** Nobody plans for an exam further away. */
const longestDays = 3_660;

/** The caller’s goal. Another’s is refused, so that the refusal is audited. */
export function ownGoal(context: CallContext, id: string): StoredGoal {
  const found = findGoal(context.store, id);
  if (found === null) throw new Refusal('not_found', 'That goal is not there any more.', { id });
  if (found.userKey !== actorOf(context).userKey) throw new Refusal('out_of_scope', 'That goal belongs to somebody else.', { id });
  return found;
}

export function goalsHandlers(parts: HandlerParts): HandlersOf<typeof goals> {
  const { newId, now } = parts;

  const today = (): number => calendarOf(parts).dayOf(now());

  const shown = (context: CallContext, id: string): Goal => {
    const goal = ownGoal(context, id);
    return publicGoal(goal, { today: today(), current: currentGoal(context.store, goal.userKey)?.key === goal.key });
  };

  const requireFuture = (examDate: string | null | undefined): void => {
    if (examDate === null || examDate === undefined) return;
    const left = dayOfIso(examDate) - today();
    if (left < 0) throw new Refusal('invalid_input', 'That day is over. Choose a day from today on, or leave the date open.', { examDate });
    if (left > longestDays) throw new Refusal('invalid_input', 'That day is more than ten years away. Choose an earlier one, or leave the date open.', { examDate });
  };

  /** The plan and the cards follow a goal. */
  const follow = (context: CallContext, writer: Parameters<typeof makePath>[0], goal: StoredGoal): void => {
    const student = studentOfKey(parts, context, goal.courseKey);
    bringCardsForward(writer, student);
    makePath(writer, student, newId, { cause: 'goal', kind: null, chosenTopics: null });
  };

  return {
    'learning.goals.list': (_input, context) => {
      const { userKey } = actorOf(context);
      const current = currentGoal(context.store, userKey);
      return { items: listGoals(context.store, userKey).map((goal) => publicGoal(goal, { today: today(), current: goal.key === current?.key })) };
    },

    'learning.goals.create': ({ courseId, reviewsADay, ...wishes }, context) => {
      const { userKey } = actorOf(context);
      const course = findStudied(context.store, context.scope, courseId);
      if (course === null) throw new Refusal('not_found', 'That course is not there any more, or is not shared with you.', { courseId });
      const open = openGoalOf(context.store, userKey, course.key);
      if (open !== null) throw new Refusal('conflict', 'There is an open goal for this course already. Change it, or close it first.', { id: open.id });
      requireFuture(wishes.examDate);
      const id = newId();
      context.transact((writer, notes) => {
        insertGoal(writer, { id, userKey, courseKey: course.key, reviewsADay: reviewsADay ?? reviewsThatFit(wishes.hoursAWeek, secondsPerReview), ...wishes }, now());
        follow(context, writer, ownGoal(context, id));
        notes.target(id);
      });
      return shown(context, id);
    },

    'learning.goals.update': ({ id, ...changes }, context) => {
      const goal = ownGoal(context, id);
      if (goal.closedAt !== null) throw new Refusal('conflict', 'That goal is closed. Open it again first.');
      if (changes.examDate !== goal.examDate) requireFuture(changes.examDate);
      context.transact((writer, notes) => {
        updateGoal(
          writer,
          goal.key,
          {
            examDate: changes.examDate === undefined ? goal.examDate : changes.examDate,
            hoursAWeek: changes.hoursAWeek ?? goal.hoursAWeek,
            style: changes.style ?? goal.style,
            targetShare: changes.targetShare === undefined ? goal.targetShare : changes.targetShare,
            scheduler: changes.scheduler ?? goal.scheduler,
            retention: changes.retention ?? goal.retention,
            reviewsADay: changes.reviewsADay ?? goal.reviewsADay,
          },
          now(),
        );
        follow(context, writer, ownGoal(context, id));
        notes.target(id);
        notes.detail('changed', Object.keys(changes).join(' '));
      });
      return shown(context, id);
    },

    'learning.goals.choose': ({ id }, context) => {
      const goal = ownGoal(context, id);
      if (goal.closedAt !== null) throw new Refusal('conflict', 'That goal is closed. Open it again first.');
      context.transact((writer, notes) => {
        chooseGoal(writer, goal, now());
        notes.target(id);
      });
      return shown(context, id);
    },

    'learning.goals.close': ({ id, outcome, share }, context) => {
      const goal = ownGoal(context, id);
      const other = openGoalOf(context.store, goal.userKey, goal.courseKey);
      if (outcome === null && other !== null && other.key !== goal.key) throw new Refusal('conflict', 'There is an open goal for this course already. Close that one first.', { id: other.id });
      context.transact((writer, notes) => {
        closeGoal(writer, goal.key, outcome, outcome === null ? null : share, now());
        notes.target(id);
        notes.detail('outcome', outcome);
      });
      return shown(context, id);
    },
  };
}
