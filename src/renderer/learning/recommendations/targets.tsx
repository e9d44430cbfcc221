import type { RecommendationItem } from '#contract/learning/recommendations';
import { places } from '#renderer/shell/places';

/** Where each target of a recommendation is done, once the program has that place. */
const roots: Readonly<Record<RecommendationItem['target']['to'], string>> = { session: '/learn', practice: '/practice', mock: '/exams', section: '/library', cards: '/flashcards', goal: '/goal' };

/** The address of what a recommendation asks for, or null where there is no such place. */
export function pathTo({ to, domainId, topicId, sectionId }: RecommendationItem['target'], courseId: string): string | null {
  const root = roots[to];
  if (!places.some(({ path }) => path === root)) return null;
  if (sectionId !== null) return `${root}/sections/${sectionId}`;
  const about = topicId !== null ? `&topic=${topicId}` : domainId !== null ? `&domain=${domainId}` : '';
  return `${root}?course=${courseId}${about}`;
}
