import { type Card, cardStates, type Rating, type Scheduler } from '#domain/learning/cards/card';
import type { History } from '#domain/learning/cards/fit';
import { logInsert } from '../changes';
import { idBytes, idText } from '../ids';
import type { Reader, Writer } from '../tx';

/** A card as it is kept. */
export interface StoredCard extends Card {
  readonly key: number;
  readonly id: string;
  readonly questionKey: number | null;
  readonly flashcardKey: number | null;
  readonly topicKey: number | null;
}

interface CardRow extends Omit<StoredCard, 'id' | 'state'> {
  readonly id: Uint8Array;
  readonly state: number;
}

const selectCard = `
  select k.key, k.id, k.question_key as questionKey, k.flashcard_key as flashcardKey, coalesce(q.topic_key, f.topic_key) as topicKey, k.state, k.due_at as dueAt, k.stability, k.difficulty,
         k.reps, k.lapses, k.step, k.last_review_at as lastReviewAt
  from study_cards k left join study_questions q on q.key = k.question_key left join study_flashcards f on f.key = k.flashcard_key`;

const asCard = (row: CardRow): StoredCard => ({ ...row, id: idText(row.id), state: cardStates[row.state] ?? 'new' });

/** What may be asked still: what is behind it is neither retired nor flagged. */
const alive = '(q.key is not null and q.retired_at is null and q.flagged is null or f.key is not null and f.retired_at is null)';

/** The cards of a user in a course that can be asked. */
export function cardsOf(reader: Reader, userKey: number, courseKey: number): StoredCard[] {
  return reader.all<CardRow>(`${selectCard} where k.user_key = ? and k.course_key = ? and k.suspended_at is null and ${alive} order by k.due_at, k.key`, userKey, courseKey).map(asCard);
}

export function cardByKey(reader: Reader, key: number): StoredCard | null {
  const row = reader.get<CardRow>(`${selectCard} where k.key = ?`, key);
  return row === undefined ? null : asCard(row);
}

/**
 * The card of a question. A sitting under way may still ask a question whose spelling was put right meanwhile: its card went on with the new one, and
 * takes the answer.
 */
export function cardOfQuestion(reader: Reader, userKey: number, questionKey: number): StoredCard | null {
  const row =
    reader.get<CardRow>(`${selectCard} where k.user_key = ? and k.question_key = ?`, userKey, questionKey) ??
    reader.get<CardRow>(
      `${selectCard} join study_questions old on old.replaced_by_key = k.question_key where k.user_key = ? and old.key = ? and k.created_at <= old.retired_at`,
      userKey,
      questionKey,
    );
  return row === undefined ? null : asCard(row);
}

export function cardOfFlashcard(reader: Reader, userKey: number, flashcardKey: number): StoredCard | null {
  const row = reader.get<CardRow>(`${selectCard} where k.user_key = ? and k.flashcard_key = ?`, userKey, flashcardKey);
  return row === undefined ? null : asCard(row);
}

export interface CardSubject {
  readonly userKey: number;
  readonly courseKey: number;
  readonly questionKey: number | null;
  readonly flashcardKey: number | null;
}

/** @returns the key of its row */
export function insertCard(writer: Writer, id: string, subject: CardSubject, scheduler: Scheduler, card: Card, now: number): number {
  const { key } = writer.run(
    `insert into study_cards (id, user_key, course_key, question_key, flashcard_key, scheduler, state, due_at, stability, difficulty, reps, lapses, step, last_review_at, created_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    idBytes(id),
    subject.userKey,
    subject.courseKey,
    subject.questionKey,
    subject.flashcardKey,
    scheduler,
    cardStates.indexOf(card.state),
    card.dueAt,
    card.stability,
    card.difficulty,
    card.reps,
    card.lapses,
    card.step,
    card.lastReviewAt,
    now,
  );
  logInsert(writer, 'study_cards', id);
  return key;
}

/** Keeps a card as it is now; `scheduler` is the one that chose its day, or null where that stays. */
export function saveCard(writer: Writer, key: number, card: Card, scheduler: Scheduler | null): void {
  writer.run(
    'update study_cards set scheduler = coalesce(?, scheduler), state = ?, due_at = ?, stability = ?, difficulty = ?, reps = ?, lapses = ?, step = ?, last_review_at = ? where key = ?',
    scheduler,
    cardStates.indexOf(card.state),
    card.dueAt,
    card.stability,
    card.difficulty,
    card.reps,
    card.lapses,
    card.step,
    card.lastReviewAt,
    key,
  );
}

/** Moves a card to another instant. */
export function moveCard(writer: Writer, key: number, dueAt: number): void {
  writer.run('update study_cards set due_at = ? where key = ?', dueAt, key);
}

/** Lets a card come back no more by itself, or again. */
export function setCardSuspended(writer: Writer, key: number, suspended: boolean, now: number): void {
  writer.run('update study_cards set suspended_at = ? where key = ?', suspended ? now : null, key);
}

export interface NewReview {
  readonly id: string;
  readonly cardKey: number;
  readonly userKey: number;
  readonly attemptKey: number | null;
  readonly rating: Rating;
  readonly at: number;
  readonly elapsedDays: number;
  readonly scheduledDays: number;
  readonly before: Card;
  readonly after: Card;
}

export function insertReview(writer: Writer, review: NewReview): void {
  writer.run(
    `insert into study_reviews (id, card_key, user_key, attempt_key, rating, at, elapsed_days, scheduled_days, stability_before, difficulty_before, stability_after, difficulty_after, before)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    idBytes(review.id),
    review.cardKey,
    review.userKey,
    review.attemptKey,
    review.rating,
    review.at,
    review.elapsedDays,
    review.scheduledDays,
    review.before.stability,
    review.before.difficulty,
    review.after.stability,
    review.after.difficulty,
    JSON.stringify(review.before),
  );
  logInsert(writer, 'study_reviews', review.id);
}

/** A rating, with the card as it was before it. */
export interface StoredReview {
  readonly key: number;
  readonly cardKey: number;
  readonly userKey: number;
  readonly attemptKey: number | null;
  readonly before: Card;
  readonly undone: boolean;
  /** Whether a newer rating of the card stands. */
  readonly overtaken: boolean;
}

export function findReview(reader: Reader, id: string): StoredReview | null {
  const row = reader.get<{ key: number; cardKey: number; userKey: number; attemptKey: number | null; before: string; undone: number; overtaken: number }>(
    `select r.key, r.card_key as cardKey, r.user_key as userKey, r.attempt_key as attemptKey, r.before, r.undone_at is not null as undone,
            exists (select 1 from study_reviews n where n.card_key = r.card_key and n.key > r.key and n.undone_at is null) as overtaken
     from study_reviews r where r.id = ?`,
    idBytes(id),
  );
  return row === undefined ? null : { ...row, before: JSON.parse(row.before) as Card, undone: row.undone === 1, overtaken: row.overtaken === 1 };
}

export function setReviewUndone(writer: Writer, key: number, now: number): void {
  writer.run('update study_reviews set undone_at = ? where key = ?', now, key);
}

/** How many different cards of a course a user reviewed since an instant, not counting those that were new then. */
export function cardsReviewedSince(reader: Reader, userKey: number, courseKey: number, since: number): number {
  return (
    reader.value<number>(
      `select count(distinct r.card_key) from study_reviews r join study_cards k on k.key = r.card_key
       where r.user_key = ? and r.at >= ? and r.undone_at is null and r.stability_before > 0 and k.course_key = ?`,
      userKey,
      since,
      courseKey,
    ) ?? 0
  );
}

/** Every card's ratings of a user, in the order of time, over all courses. */
export function historiesOf(reader: Reader, userKey: number): History[] {
  const rows = reader.tuples<[cardKey: number, rating: Rating, elapsedDays: number, at: number]>(
    'select card_key, rating, elapsed_days, at from study_reviews where user_key = ? and undone_at is null order by card_key, at, key',
    userKey,
  );
  return [...Map.groupBy(rows, ([cardKey]) => cardKey).values()].map((of) => of.map(([, rating, elapsedDays, at]) => ({ rating, elapsedDays, at })));
}

/** The sum of the seconds of a user's newest timed answers, each between five seconds and three minutes, and how many they are. */
export function answerSeconds(reader: Reader, userKey: number, courseKey: number): { readonly seconds: number; readonly count: number } {
  const row = reader.get<{ seconds: number; count: number }>(
    `select coalesce(sum(max(5000, min(milliseconds, 180000))), 0) / 1000.0 as seconds, count(*) as count from
       (select milliseconds from study_attempts where user_key = ? and course_key = ? and milliseconds is not null order by at desc limit 200)`,
    userKey,
    courseKey,
  );
  return row ?? { seconds: 0, count: 0 };
}

export interface StoredSchedule {
  readonly parameters: readonly number[];
  readonly reviews: number;
  readonly defaultLoss: number;
  readonly fittedLoss: number;
  readonly inUse: boolean;
  readonly fittedAt: number;
}

/** What a user's log taught the schedule last. */
export function newestSchedule(reader: Reader, userKey: number): StoredSchedule | null {
  const row = reader.get<Omit<StoredSchedule, 'parameters' | 'inUse'> & { parameters: string; inUse: number }>(
    `select parameters, reviews, default_loss as defaultLoss, fitted_loss as fittedLoss, in_use as inUse, fitted_at as fittedAt
     from study_schedules where user_key = ? order by key desc limit 1`,
    userKey,
  );
  return row === undefined ? null : { ...row, parameters: JSON.parse(row.parameters) as number[], inUse: row.inUse === 1 };
}

export function insertSchedule(writer: Writer, id: string, userKey: number, schedule: Omit<StoredSchedule, 'fittedAt'>, now: number): void {
  writer.run(
    'insert into study_schedules (id, user_key, parameters, reviews, default_loss, fitted_loss, in_use, fitted_at) values (?, ?, ?, ?, ?, ?, ?, ?)',
    idBytes(id),
    userKey,
    JSON.stringify(schedule.parameters),
    schedule.reviews,
    schedule.defaultLoss,
    schedule.fittedLoss,
    schedule.inUse ? 1 : 0,
    now,
  );
  logInsert(writer, 'study_schedules', id);
}
