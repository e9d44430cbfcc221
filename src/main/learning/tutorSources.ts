import { contentWords, coverage, isAbout } from '#domain/learning/tutors/passages';
import type { TutorSource } from '#contract/learning/tutors';
import type { StudiedCourse } from '#main/store/learning/studied';
import { findPassages, type FoundPassage, passage, sectionKeysOfTopic } from '#main/store/learning/tutors';
import type { Reader } from '#main/store/tx';
import type { Front } from './tutorPlace';

/** Passages that an answer may lean on, in the order of their numbers, and the words they were found by. */
export interface Sources {
  readonly passages: readonly FoundPassage[];
  readonly words: readonly string[];
  /** Whether they are about what was asked, and not only about what stands in front. */
  readonly fits: boolean;
}

const mostPassages = 4;
const looked = 24;
/** A section says more than a card or another question’s explanation. */
const forSection = 0.25;

/** What is asked of a student in front, as a section is looked for about it. */
interface Asked {
  readonly courseKey: number;
  readonly topicKey: number | null;
  readonly words: string;
}

/** What stands in front and asks something: a question, or the front of a flashcard. */
export function askedInFront({ question, flashcard }: Pick<Front, 'question' | 'flashcard'>): Asked | null {
  if (question !== null) return { courseKey: question.courseKey, topicKey: question.topicKey, words: `${question.stem} ${question.topic.title}` };
  return flashcard === null ? null : { courseKey: flashcard.courseKey, topicKey: flashcard.topicKey, words: `${flashcard.front} ${flashcard.topicTitle ?? ''}` };
}

/** The section that says most about what is asked in front. */
export function sectionFor(reader: Reader, asked: Asked): FoundPassage | null {
  const words = contentWords(asked.words);
  const own = asked.topicKey === null ? [] : sectionKeysOfTopic(reader, asked.topicKey).flatMap((key) => passage(reader, 'section', key));
  const nobody = { questions: new Set<number>(), flashcards: new Set<number>() };
  const others = own.length > 0 ? [] : findPassages(reader, asked.courseKey, words, looked, nobody).filter(({ kind, title, body }) => kind === 'section' && isAbout(`${title}\n${body}`, words));
  return [...own, ...others].map((each) => ({ each, worth: coverage(`${each.title}\n${each.body}`, words) })).sort((a, b) => b.worth - a.worth)[0]?.each ?? null;
}

/**
 * What a course says to a question: what stands in front of the student, then what their words find.
 *
 * @param without what must not be told: it stands in front of the student and has no answer yet
 */
export function sourcesFor(reader: Reader, course: Pick<StudiedCourse, 'key'>, front: Front, text: string, without: { readonly questions: ReadonlySet<number>; readonly flashcards: ReadonlySet<number> }): Sources {
  const words = contentWords(text);
  const found = findPassages(reader, course.key, words, looked, without)
    .filter(({ title, body }) => isAbout(`${title}\n${body}`, words))
    .map((each) => ({ each, worth: coverage(`${each.title}\n${each.body}`, words) + (each.kind === 'section' ? forSection : 0) }))
    .sort((a, b) => b.worth - a.worth)
    .map(({ each }) => each);
  const asked = askedInFront(front);
  const standing = [
    ...(front.section === null ? [] : passage(reader, 'section', front.section.key)),
    ...(asked === null ? [] : [sectionFor(reader, asked)].filter((each) => each !== null)),
    ...(front.question === null || front.answered === null ? [] : passage(reader, 'question', front.question.key)),
  ];
  const all = found.length === 0 ? standing : [...found.slice(0, mostPassages - Math.min(1, standing.length)), ...standing];
  const once = [...new Map(all.map((each) => [`${each.kind} ${String(each.key)}`, each])).values()];
  return { passages: once.slice(0, mostPassages), words, fits: found.length > 0 };
}

const longestTitle = 120;

/** A source as screens show it. */
export function publicSource({ kind, id, title }: FoundPassage, number: number, courseId: string): TutorSource {
  const plain = title.replace(/\s+/gu, ' ').trim();
  return { number, kind, id, courseId, title: plain.length > longestTitle ? `${plain.slice(0, longestTitle)}…` : plain };
}
