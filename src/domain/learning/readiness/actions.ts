import { type Blueprint, domainShares } from '#domain/learning/blueprint';
import type { TopicKnowledge } from '#domain/learning/knowledge/topics';
import { chanceOfPassing, drawnFrom, uncertainTopics } from '#domain/learning/readiness/passing';

/** Something that would raise the chance of passing, with what it is estimated to bring. */
export interface ReadinessAction {
  readonly kind: 'topic' | 'domain';
  readonly key: number;
  /** The mean chance on it now, and what it is raised to. */
  readonly from: number;
  readonly to: number;
  /** By how much the chance of passing grows over what is known of the topics, 0 to 1. */
  readonly gain: number;
  readonly answers: number;
}

/** What a topic is raised to: as good as anybody gets, less what is slipped or misread. */
const learntShare = 0.9;

/**
 * What to work on first: each examined topic and each domain is raised to nine of ten, one at a time, and the chance of
 * passing is worked out again. A domain is offered where it is not just its one topic.
 *
 * @returns the greatest gains first; none below `least`
 */
export function actionsFor(knowledge: readonly TopicKnowledge[], blueprint: Blueprint, shared: number, { most = 3, least = 0.005 } = {}): ReadinessAction[] {
  const { exam } = blueprint;
  if (exam === null) return [];
  const shares = domainShares(blueprint);
  const drawn = drawnFrom(knowledge, blueprint, exam);
  const chanceWith = (some: readonly TopicKnowledge[]): number => chanceOfPassing(uncertainTopics(some, shared), drawn, exam);
  const now = chanceWith(knowledge);
  const raise = (is: (topic: TopicKnowledge) => boolean): readonly TopicKnowledge[] => knowledge.map((topic) => (is(topic) && topic.chance < learntShare ? { ...topic, chance: learntShare } : topic));
  const judge = (kind: ReadinessAction['kind'], key: number, is: (topic: TopicKnowledge) => boolean): ReadinessAction[] => {
    const touched = knowledge.filter(is);
    if (!touched.some(({ chance }) => chance < learntShare)) return [];
    const raised = raise(is);
    const mean = (some: readonly TopicKnowledge[]): number => some.filter(is).reduce((sum, { chance }) => sum + chance, 0) / touched.length;
    return [{ kind, key, from: mean(knowledge), to: mean(raised), gain: chanceWith(raised) - now, answers: touched.reduce((sum, { answers }) => sum + answers, 0) }];
  };
  const domains = blueprint.domains
    .filter(({ key, topics }) => (shares.get(key) ?? 0) > 0 && topics.length > 1)
    .flatMap(({ key }) => judge('domain', key, ({ domainKey }) => domainKey === key));
  // A topic's gain is at most its share of the exam: the weakest few are enough to look at.
  const topics = [...knowledge]
    .filter(({ domainKey, chance }) => (shares.get(domainKey) ?? 0) > 0 && chance < learntShare)
    .sort((a, b) => a.chance - b.chance)
    .slice(0, 8)
    .flatMap(({ topicKey }) => judge('topic', topicKey, (topic) => topic.topicKey === topicKey));
  return [...domains, ...topics].filter(({ gain }) => gain >= least).sort((a, b) => b.gain - a.gain).slice(0, most);
}
