import type { Assessment, Confidence } from '#domain/learning/attempts';
import { newCard, type Rating } from '#domain/learning/cards/card';
import { review } from '#domain/learning/cards/schedule';
import { type Chosen, isRight, ratingOf } from '#domain/learning/practice/grade';
import { Refusal } from '#contract/errors';
import { insertAttempt } from '#main/store/learning/attempts';
import { cardOfFlashcard, cardOfQuestion, cardsOf, insertCard, insertReview, saveCard } from '#main/store/learning/cards';
import type { WholeQuestion } from '#main/store/learning/material';
import type { Writer } from '#main/store/tx';
import { scheduleOf, type Student } from './studying';

/** Refuses an answer that the question cannot have: a text for a choice, or an option that is not there. */
export function requireFitting({ kind, options }: WholeQuestion, chosen: Chosen): void {
  const typed = kind === 'numeric' || kind === 'short';
  if (typed !== (typeof chosen === 'string') && chosen.length > 0) throw new Refusal('invalid_input', typed ? 'Type the answer to this question.' : 'Choose among the options of this question.');
  if (typeof chosen !== 'string' && chosen.some((position) => position >= options.length)) throw new Refusal('invalid_input', 'That option is not there.');
}

/** Takes a rating into the memory of a question or flashcard. @returns when it comes back, and the id of the review */
export function recordReview(
  writer: Writer,
  student: Student,
  newId: () => string,
  subject: { readonly questionKey: number } | { readonly flashcardKey: number },
  rating: Rating,
  attemptKey: number | null,
): { readonly days: number; readonly reviewId: string } {
  const { userKey, course, now } = student;
  const settings = scheduleOf(writer, student, cardsOf(writer, userKey, course.key));
  const found = 'questionKey' in subject ? cardOfQuestion(writer, userKey, subject.questionKey) : cardOfFlashcard(writer, userKey, subject.flashcardKey);
  const before = found ?? newCard(now);
  const done = review(before, rating, now, settings);
  let cardKey = found?.key;
  if (cardKey === undefined) {
    const of = 'questionKey' in subject ? { questionKey: subject.questionKey, flashcardKey: null } : { questionKey: null, flashcardKey: subject.flashcardKey };
    cardKey = insertCard(writer, newId(), { userKey, courseKey: course.key, ...of }, settings.scheduler, done.card, now);
  } else {
    saveCard(writer, cardKey, done.card, settings.scheduler);
  }
  const reviewId = newId();
  const { state, dueAt, stability, difficulty, reps, lapses, step, lastReviewAt } = before;
  insertReview(writer, {
    id: reviewId,
    cardKey,
    userKey,
    attemptKey,
    rating,
    at: now,
    elapsedDays: done.elapsedDays,
    scheduledDays: done.scheduledDays,
    before: { state, dueAt, stability, difficulty, reps, lapses, step, lastReviewAt },
    after: done.card,
  });
  return { days: done.scheduledDays, reviewId };
}

export interface GivenAnswer {
  readonly chosen: Chosen;
  readonly confidence: Confidence | null;
  readonly milliseconds: number | null;
  readonly changedFrom: readonly Chosen[];
}

/** Stores an answer in the moment in which it is given, and lets memory follow, except in a placement: there one guesses a lot. */
export function recordAnswer(
  writer: Writer,
  student: Student,
  newId: () => string,
  question: WholeQuestion,
  given: GivenAnswer,
  { assessment, sessionKey }: { readonly assessment: Assessment; readonly sessionKey: number },
): { readonly correct: boolean; readonly days: number | null } {
  const correct = isRight(question.kind, question.options, given.chosen);
  const attemptKey = insertAttempt(writer, {
    id: newId(),
    userKey: student.userKey,
    courseKey: student.course.key,
    questionKey: question.key,
    topicKey: question.topicKey,
    assessment,
    sessionKey,
    ...given,
    correct,
    at: student.now,
  });
  if (assessment === 'placement') return { correct, days: null };
  return { correct, days: recordReview(writer, student, newId, { questionKey: question.key }, ratingOf(correct, given.confidence), attemptKey).days };
}
