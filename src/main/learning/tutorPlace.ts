import { hintLadder, type Hint } from '#domain/learning/tutors/hints';
import { Refusal } from '#contract/errors';
import type { TutorPlace } from '#contract/learning/tutors';
import { actorOf, type CallContext } from '#main/app/context';
import { examAnswers } from '#main/store/learning/exams';
import { type FlashcardFront, flashcardFront, questionsByKey, sectionsByKey, type WholeQuestion, type WholeSection } from '#main/store/learning/material';
import { findSection } from '#main/store/learning/sections';
import { openSittings, type StoredSitting } from '#main/store/learning/sittings';
import { answerInSession, hintsGiven } from '#main/store/learning/tutors';
import type { Reader } from '#main/store/tx';
import { ownExam } from './exams';
import { ownSitting, type SittingPlan } from './sittings';

/** An exam or placement under way: while it is, nothing of the course is told, whoever asks the student’s tutor and from where. */
export interface Measured {
  readonly id: string;
  readonly kind: 'mock' | 'placement';
  readonly courseKey: number;
  readonly key: number;
}

/** What stands in front of a student who asks. */
export interface Front {
  /** Null where nothing of a course does. */
  readonly courseKey: number | null;
  readonly question: WholeQuestion | null;
  /** What the student answered; null before they did, and then nothing that says what is right leaves the store’s readers. */
  readonly answered: { readonly chosen: readonly number[] | string; readonly correct: boolean } | null;
  readonly section: WholeSection | null;
  /** A flashcard that waits to be turned: its front alone, so that its back can get nowhere. */
  readonly flashcard: FlashcardFront | null;
  readonly sessionKey: number | null;
}

const nothing: Front = { courseKey: null, question: null, answered: null, section: null, flashcard: null, sessionKey: null };

/** The exam or placement that a student has under way, the newest; null where there is none. */
export function measuredOf(reader: Reader, userKey: number): Measured | null {
  const found = openSittings(reader, userKey).find(({ kind }) => kind === 'mock' || kind === 'placement');
  return found === undefined ? null : { id: found.id, kind: found.kind as Measured['kind'], courseKey: found.courseKey, key: found.key };
}

/** Questions and flashcards that stand in front of a student in any sitting under way: what explains them is kept back. */
export function inFrontOf(reader: Reader, userKey: number): { readonly questions: Set<number>; readonly flashcards: Set<number> } {
  const items = openSittings(reader, userKey).flatMap(({ kind, plan }: StoredSitting) => {
    if (kind === 'mock' || kind === 'lab') return [];
    const { items: all, at } = plan as SittingPlan;
    return all[at] === undefined ? [] : [all[at]];
  });
  const keysOf = (what: string): Set<number> => new Set(items.flatMap((item) => (item.what === what ? [item.key] : [])));
  return { questions: keysOf('question'), flashcards: keysOf('flashcard') };
}

/**
 * Reads what stands in front of the caller. While they are examined it is not read at all, so that nothing of it can get anywhere.
 *
 * @throws Refusal out_of_scope where it is somebody else’s
 */
export function frontOf(context: CallContext, place: TutorPlace | undefined, measured: Measured | null): Front {
  const { store } = context;
  if (place === undefined) return nothing;
  if (place.what === 'section') {
    const found = findSection(store, context.scope, place.id);
    if (found === null) throw new Refusal('not_found', 'That section does not exist any more, or its course is not shared with you.');
    return { ...nothing, courseKey: found.courseKey, section: measured === null ? (sectionsByKey(store, [found.key]).get(found.key) ?? null) : null };
  }
  if (place.what === 'exam') {
    const { exam, key, courseKey } = ownExam(context, place.id);
    const drawn = exam.drawn[place.position];
    if (drawn === undefined) throw new Refusal('not_found', 'That exam has no such question.', { id: place.id });
    if (measured !== null || exam.submittedAt === null) return { ...nothing, courseKey, sessionKey: key };
    const question = questionsByKey(store, [drawn.questionKey]).get(drawn.questionKey) ?? null;
    const chosen = examAnswers(store, key)[place.position]?.chosen ?? null;
    return { ...nothing, courseKey, question, sessionKey: key, answered: { chosen: chosen ?? [], correct: answerInSession(store, key, drawn.questionKey)?.correct ?? false } };
  }
  const sitting = ownSitting(context, place.id);
  const { plan, courseKey, key } = sitting;
  const item = plan.items[place.position];
  if (item === undefined || place.position > plan.at) throw new Refusal('not_found', 'That is not in front of you yet. Go on with what is.', { id: place.id });
  const common = { ...nothing, courseKey, sessionKey: key };
  if (measured !== null) return common;
  if (item.what === 'section') return { ...common, section: sectionsByKey(store, [item.key]).get(item.key) ?? null };
  if (item.what === 'flashcard') return { ...common, flashcard: flashcardFront(store, item.key) };
  const question = questionsByKey(store, [item.key]).get(item.key) ?? null;
  return { ...common, question, answered: item.done === true ? answerInSession(store, key, item.key) : null };
}

/** The ladder of hints of the question in front, and how far up it the student went; null where there is none, or it was answered. */
export function ladderOf(context: CallContext, { question, answered, sessionKey }: Front): { readonly hints: readonly Hint[]; readonly given: number } | null {
  if (question === null || answered !== null) return null;
  const hints = hintLadder(question);
  return { hints, given: Math.min(hints.length, hintsGiven(context.store, actorOf(context).userKey, question.key, sessionKey)) };
}
