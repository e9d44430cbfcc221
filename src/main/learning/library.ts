import { Refusal } from '#contract/errors';
import type { library } from '#contract/learning/library';
import type { CallContext, HandlersOf } from '#main/app/context';
import { listCourses } from '#main/store/learning/courses';
import { foundMarks, searchContent, searchQuery } from '#main/store/learning/search';
import { checkQuestionsOf, describeFound, findSection, listFlashcards, sectionOrder } from '#main/store/learning/sections';
import { courseOf } from './courses';
import { examinedCourses, refuseWhileExamined, withoutAids } from './withoutAids';

/** A piece of text with marks as its parts. */
function piecesOf(excerpt: string): { text: string; found: boolean }[] {
  return excerpt
    .split(foundMarks.from)
    .flatMap((part, index) => {
      const [inside = '', rest] = index === 0 ? ['', part] : part.split(foundMarks.to);
      return [
        { text: inside, found: true },
        { text: rest ?? '', found: false },
      ];
    })
    .filter(({ text }) => text !== '');
}

const nextKey = (from: number, count: number, total: number): string | null => (from + count < total ? String(from + count) : null);
const startOf = ({ offset, after }: { readonly offset?: number | undefined; readonly after?: string | undefined }): number => (after === undefined ? (offset ?? 0) : Number(after) || 0);

export function libraryHandlers(): HandlersOf<typeof library> {
  /** The courses that are searched: one, or all that the caller may study. */
  const searched = (context: CallContext, courseId: string | undefined) => (courseId === undefined ? listCourses(context.store, context.scope) : [courseOf(context, courseId)]);

  return {
    'learning.library.search': ({ search, courseId, limit, ...place }, context) => {
      const wanted = searched(context, courseId);
      const kept = examinedCourses(context);
      const open = wanted.filter(({ key }) => !kept.has(key));
      // Other courses may be searched meanwhile; one that is asked for alone says why it is closed.
      if (open.length === 0 && wanted.length > 0) throw withoutAids();
      const courses = new Map(open.map((course) => [course.key, course]));
      const query = searchQuery(context.store, [...courses.keys()], search);
      if (query === null) return { items: [], total: 0, totalIsExact: true, nextKey: null };
      const from = startOf(place);
      const { items, total } = searchContent(context.store, [...courses.keys()], query, limit, from);
      return {
        items: items.flatMap((found) => {
          const described = describeFound(context.store, found);
          const course = courses.get(found.courseKey);
          if (described === null || course === undefined) return [];
          return [{ kind: found.kind, ...described, courseId: course.id, courseTitle: course.title, excerpt: piecesOf(found.excerpt) }];
        }),
        total,
        totalIsExact: true,
        nextKey: nextKey(from, items.length, total),
      };
    },

    'learning.library.section': ({ id }, context) => {
      const found = findSection(context.store, context.scope, id);
      if (found === null) throw new Refusal('not_found', 'That section does not exist any more, or its course is not shared with you.');
      const { key, courseKey, ...section } = found;
      refuseWhileExamined(context, courseKey);
      const order = sectionOrder(context.store, courseKey);
      const at = order.findIndex((each) => each.id === id);
      return { ...section, questionIds: checkQuestionsOf(context.store, key), previous: at > 0 ? (order[at - 1] ?? null) : null, next: at < 0 ? null : (order[at + 1] ?? null) };
    },

    'learning.library.flashcards': ({ courseId, topic, limit, ...place }, context) => {
      const course = courseOf(context, courseId);
      refuseWhileExamined(context, course.key);
      const from = startOf(place);
      const { items, total } = listFlashcards(context.store, course.key, topic, limit, from);
      return { items, total, totalIsExact: true, nextKey: nextKey(from, items.length, total) };
    },
  };
}
