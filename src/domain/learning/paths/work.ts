import type { StudyStyle } from '../goals';
import type { PathKind } from './kinds';
import type { PathInput, PathTopic } from './plan';

/** A piece of work that a week takes up whole, or a part of it where it may be parted. */
export interface Task {
  readonly activity: 'section' | 'practice' | 'lab' | 'flashcards';
  readonly topicKey: number | null;
  readonly sectionKey: number | null;
  readonly labKey: number | null;
  /** Questions or cards; null where minutes say it all. */
  readonly amount: number | null;
  readonly minutes: number;
}

/** The share of right answers that a topic is brought to: some above the usual pass mark, for an exam has bad days. */
const target = 0.85;
/** Questions that bring a topic from even odds to the target, by the spread of what practice usually takes. */
const questionsFromHalf = 12;
/** Questions that keep a known topic known. */
const upkeep = 3;

/** How far a topic is from its target; an unknown one counts as even odds. */
export function gapOf({ share }: PathTopic): number {
  return Math.max(0, target - (share ?? 0.5));
}

function practiceOf(topic: PathTopic, kind: PathKind): number {
  const byGap = Math.ceil((questionsFromHalf * gapOf(topic)) / (target - 0.5));
  const least = kind === 'remediation' || kind === 'fast_track' ? 0 : upkeep;
  // A pool of a few questions is gone through twice, not ten times.
  return Math.min(Math.max(byGap, least), 2 * topic.questions);
}

/** Whether a kind of path reads the sections of a topic. */
function reads(topic: PathTopic, kind: PathKind, style: StudyStyle): boolean {
  if (kind === 'fast_track') return style === 'reading' ? gapOf(topic) > 0 : topic.share === null || topic.share < 0.6;
  if (kind === 'remediation') return gapOf(topic) > 0.15;
  return true;
}

/** The same topics, those that come first before the others. */
function withFirst(topics: readonly PathTopic[], first: readonly number[] | undefined): readonly PathTopic[] {
  if (first === undefined || first.length === 0) return topics;
  const place = new Map(first.map((topicKey, index) => [topicKey, index]));
  return [...topics].sort((a, b) => (place.get(a.topicKey) ?? first.length) - (place.get(b.topicKey) ?? first.length));
}

/** The topics of a path in the order in which it takes them. */
function ordered(input: PathInput, kind: PathKind): readonly PathTopic[] {
  const chosen = kind === 'custom' && input.chosenTopics !== null ? input.topics.filter(({ topicKey }) => input.chosenTopics?.includes(topicKey) === true) : input.topics;
  if (kind === 'remediation') return chosen.filter((topic) => gapOf(topic) > 0.15 || topic.answers < 3).sort((a, b) => b.weight * gapOf(b) - a.weight * gapOf(a));
  if (kind === 'fast_track') return [...chosen].sort((a, b) => b.weight * gapOf(b) - a.weight * gapOf(a));
  return chosen;
}

/** All that a path holds besides reviews and exams, in its order. */
export function tasksOf(input: PathInput, kind: PathKind): Task[] {
  return withFirst(ordered(input, kind), input.first).flatMap((topic): Task[] => {
    const { topicKey } = topic;
    const sections = reads(topic, kind, input.style)
      ? topic.sections.map(({ sectionKey, minutes }): Task => ({ activity: 'section', topicKey, sectionKey, labKey: null, amount: null, minutes }))
      : [];
    const questions = practiceOf(topic, kind);
    const practice: Task[] = questions === 0 ? [] : [{ activity: 'practice', topicKey, sectionKey: null, labKey: null, amount: questions, minutes: (questions * input.secondsPerQuestion) / 60 }];
    const cards: Task[] = topic.flashcards === 0 || kind === 'fast_track' ? [] : [{ activity: 'flashcards', topicKey, sectionKey: null, labKey: null, amount: topic.flashcards, minutes: (topic.flashcards * input.secondsPerCard) / 60 }];
    const labs = kind === 'fast_track' && input.style !== 'hands_on' ? [] : topic.labs.map(({ labKey, minutes }): Task => ({ activity: 'lab', topicKey, sectionKey: null, labKey, amount: null, minutes }));
    switch (input.style) {
      case 'questions':
        return [...practice, ...cards, ...sections, ...labs];
      case 'hands_on':
        return [...labs, ...sections, ...practice, ...cards];
      case 'reading':
      case 'mixed':
        return [...sections, ...practice, ...cards, ...labs];
    }
  });
}
