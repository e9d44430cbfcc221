import { Refusal } from '#contract/errors';
import { actorOf, type CallContext } from '#main/app/context';
import { openSittings } from '#main/store/learning/sittings';

const message = 'A mock exam of this course is under way, and it is sat without aids: the library opens again once it is handed in or put away. Every question can be looked up then.';

/** The keys of the courses whose mock exam the caller is sitting. */
export function examinedCourses(context: CallContext): ReadonlySet<number> {
  return new Set(openSittings(context.store, actorOf(context).userKey).flatMap(({ kind, courseKey }) => (kind === 'mock' ? [courseKey] : [])));
}

export function withoutAids(): Refusal {
  return new Refusal('conflict', message);
}

/** @throws Refusal conflict where the caller is sitting a mock exam of the course */
export function refuseWhileExamined(context: CallContext, courseKey: number): void {
  if (examinedCourses(context).has(courseKey)) throw withoutAids();
}
