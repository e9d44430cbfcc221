import { isoOf } from '#domain/learning/calendar';
import { enoughReviews } from '#domain/learning/cards/fit';
import { dueQueue } from '#domain/learning/cards/queue';
import { newCard } from '#domain/learning/cards/card';
import { Refusal } from '#contract/errors';
import type { cards } from '#contract/learning/cards';
import { actorOf, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { cardByKey, cardOfFlashcard, cardOfQuestion, findReview, historiesOf, insertCard, insertSchedule, newestSchedule, saveCard, setCardSuspended, setReviewUndone } from '#main/store/learning/cards';
import { findFlashcard, findQuestion } from '#main/store/learning/material';
import { openSittings, saveSittingPlan } from '#main/store/learning/sittings';
import { studiedByKey } from '#main/store/learning/studied';
import { publicSitting, type SittingPlan } from './sittings';
import { cardsAhead, requireStudent, studentOf } from './studying';

/** Ratings that count towards fitting: all but the first of a card and those of the same study day. */
const counting = (histories: ReturnType<typeof historiesOf>): number => histories.reduce((sum, history) => sum + history.filter(({ elapsedDays }, index) => index > 0 && elapsedDays > 0).length, 0);

export function cardsHandlers(parts: HandlerParts): HandlersOf<typeof cards> {
  const { newId, now, pool } = parts;
  return {
    'learning.cards.overview': ({ courseId }, context) => {
      const { store } = context;
      const { userKey } = actorOf(context);
      const student = studentOf(parts, context, courseId);
      const schedule = newestSchedule(store, userKey);
      const common = {
        reviews: counting(historiesOf(store, userKey)),
        needed: enoughReviews,
        fit: schedule === null ? null : { reviews: schedule.reviews, defaultLoss: schedule.defaultLoss, fittedLoss: schedule.fittedLoss, inUse: schedule.inUse, fittedAt: schedule.fittedAt },
      };
      if (student === null) return { ...common, total: 0, due: 0, waiting: 0, doneToday: 0, cap: 0, scheduler: 'fsrs', retention: 0.9, forecast: [] };
      const { cards: own, settings, cap, doneToday, load } = cardsAhead(store, student);
      const queue = dueQueue(own, student.now, doneToday, cap, settings);
      return {
        ...common,
        total: own.length,
        due: queue.now.length + queue.soon.length,
        waiting: queue.waiting,
        doneToday,
        cap,
        scheduler: settings.scheduler,
        retention: settings.retention,
        forecast: load.map(({ day, due, asked, waiting }) => ({ date: isoOf(day), due, asked, waiting })),
      };
    },

    'learning.cards.undo': ({ reviewId }, context) => {
      const { store } = context;
      const { userKey } = actorOf(context);
      const found = findReview(store, reviewId);
      if (found === null) throw new Refusal('not_found', 'That rating is not there any more.');
      if (found.userKey !== userKey) throw new Refusal('out_of_scope', 'That rating belongs to somebody else.', { reviewId });
      if (found.attemptKey !== null) throw new Refusal('conflict', 'An answer to a question stands as it was given. Only the rating of a flashcard can be taken back.');
      if (found.undone) throw new Refusal('conflict', 'That rating was taken back already.');
      const card = cardByKey(store, found.cardKey);
      if (found.overtaken || card === null) throw new Refusal('conflict', 'The card was rated again since. Take the newer rating back first.');
      const sitting = openSittings(store, userKey).find(({ kind, plan }) => (kind === 'daily' || kind === 'cards') && (plan as SittingPlan).undo === reviewId) ?? null;
      context.transact((writer, notes) => {
        saveCard(writer, found.cardKey, found.before, null);
        setReviewUndone(writer, found.key, now());
        if (sitting !== null) {
          const plan = sitting.plan as SittingPlan;
          const at = plan.at - 1;
          const back = plan.items[at];
          // What the rating had put in to come back goes with it.
          const again = plan.items.findIndex((item, index) => index > at && item.why === 'again' && item.what === back?.what && item.key === back.key);
          const items = plan.items
            .map((item, index) => {
              if (index !== at) return item;
              const { done: _done, right: _right, ...rest } = item;
              return rest;
            })
            .filter((_item, index) => back?.right !== false || index !== again);
          saveSittingPlan(writer, sitting.key, { items, at, undo: null } satisfies SittingPlan, now());
        }
        notes.target(reviewId);
      });
      return { sitting: sitting === null ? null : publicSitting(parts, context, sitting.id) };
    },

    'learning.cards.suspend': (input, context) => {
      const { store } = context;
      const { userKey } = actorOf(context);
      const subject = 'questionId' in input ? findQuestion(store, input.questionId) : findFlashcard(store, input.flashcardId);
      const course = subject === null ? null : studiedByKey(store, subject.courseKey);
      if (subject === null || course === null) throw new Refusal('not_found', 'That is not there any more.');
      const student = requireStudent(parts, context, course.id);
      const isQuestion = 'questionId' in input;
      context.transact((writer, notes) => {
        const found = isQuestion ? cardOfQuestion(writer, userKey, subject.key) : cardOfFlashcard(writer, userKey, subject.key);
        const key =
          found?.key ??
          insertCard(writer, newId(), { userKey, courseKey: course.key, questionKey: isQuestion ? subject.key : null, flashcardKey: isQuestion ? null : subject.key }, student.goal?.scheduler ?? 'fsrs', newCard(now()), now());
        setCardSuspended(writer, key, input.suspended, now());
        notes.target(isQuestion ? input.questionId : input.flashcardId);
        notes.detail('suspended', input.suspended);
      });
      return { done: true };
    },

    'learning.cards.fit': async (_input, context) => {
      const { userKey } = actorOf(context);
      const histories = historiesOf(context.store, userKey);
      context.checkpoint(0, 1);
      const fit = await pool.run('cards.fit', { histories }, { signal: context.signal });
      if (fit === null) return { fitted: false, reviews: counting(histories), needed: enoughReviews, defaultLoss: null, fittedLoss: null, inUse: false };
      const { parameters, reviews, defaultLoss, fittedLoss, better } = fit;
      context.transact((writer, notes) => {
        insertSchedule(writer, newId(), userKey, { parameters, reviews, defaultLoss, fittedLoss, inUse: better }, now());
        notes.detail('inUse', better);
      });
      return { fitted: true, reviews, needed: enoughReviews, defaultLoss, fittedLoss, inUse: better };
    },
  };
}
