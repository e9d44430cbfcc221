import { phrase } from '#domain/kernel/phrase';
import { type Rng, seededRng } from '#domain/kernel/rng';
import type { Assessment, Confidence } from '#domain/learning/attempts';
import { Refusal } from '#contract/errors';
import type { practice, SittingKind } from '#contract/learning/practice';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say } from '#main/app/phrases';
import { setMark } from '#main/store/learning/attempts';
import { findQuestion, findSection, questionsByKey, readMaterial, sectionQuestions } from '#main/store/learning/material';
import { saveSectionCheck, saveSectionRead } from '#main/store/learning/progress';
import { endSitting, insertSitting, openSittings, saveSittingPlan } from '#main/store/learning/sittings';
import { studiedByKey } from '#main/store/learning/studied';
import { adaptPath } from './planning';
import { calibrationOf, choicesOf, todayOf } from './practiceViews';
import { recordAnswer, recordReview, requireFitting } from './recording';
import { keepCheck, placementAnswers, resultOf } from './sittingEnd';
import { checkItems, dailyItems, dayOf, flashcardItems, placementItem, quizItems } from './sittingStart';
import { inFront, ownSitting, type PlannedItem, publicSitting, type SittingPlan, solutionOf, stepOn } from './sittings';
import { requireStudent, studentOfKey, type Student } from './studying';

const assessmentOf: Readonly<Record<SittingKind, Assessment>> = { daily: 'practice', quiz: 'quiz', placement: 'placement', section: 'section', cards: 'practice' };

/** What is said where a sitting would be empty. */
const nothing: Readonly<Record<SittingKind, string>> = {
  daily: 'Nothing is due, weak or new in so few minutes. Take more minutes, or a quiz.',
  quiz: 'No question fits that. Choose more topics, or another way to pick.',
  placement: 'This course has no question to ask.',
  section: 'This section has no questions to check it. Read it in the library.',
  cards: 'No flashcard is due, and none is new.',
};

/** What confidence and outcome say together. */
function judgementOf(confidence: Confidence | null, correct: boolean): string | null {
  if (confidence === null) return null;
  if (confidence >= 3) return say(phrase(correct ? 'studying.outcome.sureRight' : 'studying.outcome.sureWrong'));
  return say(phrase(correct ? 'studying.outcome.unsureRight' : 'studying.outcome.unsureWrong'));
}

export function practiceHandlers(parts: HandlerParts): HandlersOf<typeof practice> {
  const { newId, now } = parts;
  const rng = (): Rng => seededRng(Number.parseInt(newId().slice(-8), 16) | 0);

  const itemsFor = (context: CallContext, student: Student, kind: SittingKind, input: { readonly minutes?: number | undefined; readonly sectionId?: string | undefined }, wish: () => PlannedItem[]): PlannedItem[] => {
    const { store } = context;
    switch (kind) {
      case 'daily':
        return dailyItems(store, dayOf(store, student, input.minutes), rng());
      case 'quiz':
        return wish();
      case 'placement':
        return placementItem(store, student, [], new Set(), rng());
      case 'cards':
        return flashcardItems(store, student);
      case 'section': {
        const section = input.sectionId === undefined ? null : findSection(store, input.sectionId);
        if (section?.courseKey !== student.course.key) throw new Refusal('not_found', 'That section is not there any more.');
        return checkItems(store, section.key, rng());
      }
    }
  };

  /** Keys of domains or topics by id; an id that the course does not have is refused. */
  const keysOf = (ids: readonly string[] | null, named: readonly { readonly id: string; readonly key: number }[]): number[] | null => {
    if (ids === null) return null;
    return ids.map((id) => {
      const found = named.find((one) => one.id === id.toLowerCase());
      if (found === undefined) throw new Refusal('not_found', 'That part of the course is not there any more. Choose again.', { id });
      return found.key;
    });
  };

  return {
    'learning.practice.today': ({ minutes }, context) => todayOf(parts, context, minutes),

    'learning.practice.choices': ({ courseId }, context) => choicesOf(parts, context, courseId),

    'learning.practice.calibration': ({ courseId }, context) => calibrationOf(parts, context, courseId),

    'learning.practice.start': (input, context) => {
      const { store } = context;
      const section = input.kind === 'section' && input.sectionId !== undefined ? findSection(store, input.sectionId) : null;
      const sectionCourse = section === null ? null : studiedByKey(store, section.courseKey);
      const student = requireStudent(parts, context, input.courseId ?? sectionCourse?.id);
      const { kind } = input;
      const items = itemsFor(context, student, kind, input, () => {
        const { domains, topics } = readMaterial(store, student.course.key);
        return quizItems(store, student, { mode: input.mode, count: input.count, domainKeys: keysOf(input.domainIds, domains), topicKeys: keysOf(input.topicIds, topics), difficulties: input.difficulties }, rng());
      });
      if (items.length === 0) throw new Refusal('not_found', nothing[kind], { kind });
      const id = newId();
      context.transact((writer, notes) => {
        // One sitting of a kind is open at a time; what was answered in the one before is kept.
        for (const open of openSittings(writer, student.userKey)) if (open.kind === kind && open.courseKey === student.course.key) endSitting(writer, open.key, student.now, null);
        insertSitting(writer, { id, userKey: student.userKey, courseKey: student.course.key, kind, plan: { items, at: 0, undo: null } satisfies SittingPlan }, student.now);
        notes.target(id);
        notes.detail('kind', kind);
      });
      return publicSitting(parts, context, id);
    },

    'learning.practice.get': ({ id }, context) => publicSitting(parts, context, id),

    'learning.practice.answer': ({ id, position, ...given }, context) => {
      const sitting = ownSitting(context, id);
      const item = inFront(sitting, position, 'question');
      const question = questionsByKey(context.store, [item.key]).get(item.key);
      if (question === undefined) throw new Refusal('not_found', 'That question is not there any more.');
      requireFitting(question, given.chosen);
      const kind = sitting.kind as SittingKind;
      const student = studentOfKey(parts, context, sitting.courseKey);
      const { correct, days } = context.transact((writer, notes) => {
        const recorded = recordAnswer(writer, student, newId, question, given, { assessment: item.check !== undefined ? 'section' : assessmentOf[kind], sessionKey: sitting.key });
        let plan = stepOn(sitting.plan, { right: recorded.correct, confidence: given.confidence }, kind === 'daily' && !recorded.correct, null);
        if (kind === 'placement') plan = { ...plan, items: [...plan.items, ...placementItem(writer, student, placementAnswers(writer, plan), new Set(plan.items.map(({ key }) => key)), rng())] };
        if (item.check !== undefined) keepCheck(writer, student.userKey, plan, item.check, student.now);
        saveSittingPlan(writer, sitting.key, plan, student.now);
        notes.target(id);
        return recorded;
      });
      return { correct, solution: solutionOf(question), returnsInDays: days, judgement: judgementOf(given.confidence, correct), sitting: publicSitting(parts, context, id) };
    },

    'learning.practice.rate': ({ id, position, rating }, context) => {
      const sitting = ownSitting(context, id);
      const item = inFront(sitting, position, 'flashcard');
      const student = studentOfKey(parts, context, sitting.courseKey);
      const days = context.transact((writer, notes) => {
        const recorded = recordReview(writer, student, newId, { flashcardKey: item.key }, rating, null);
        saveSittingPlan(writer, sitting.key, stepOn(sitting.plan, { right: rating > 1 }, rating === 1, recorded.reviewId), student.now);
        notes.target(id);
        return recorded.days;
      });
      return { returnsInDays: days, sitting: publicSitting(parts, context, id) };
    },

    'learning.practice.read': ({ id, position }, context) => {
      const sitting = ownSitting(context, id);
      const item = inFront(sitting, position, 'section');
      context.transact((writer, notes) => {
        saveSectionRead(writer, sitting.userKey, item.key, now());
        // What nothing checks is done with reading it.
        if (sectionQuestions(writer, item.key).length === 0) saveSectionCheck(writer, sitting.userKey, item.key, 1, true, now());
        saveSittingPlan(writer, sitting.key, stepOn(sitting.plan, {}, false, null), now());
        notes.target(id);
      });
      return publicSitting(parts, context, id);
    },

    'learning.practice.finish': ({ id }, context) => {
      const sitting = ownSitting(context, id);
      if (sitting.endedAt !== null) return publicSitting(parts, context, id);
      const student = studentOfKey(parts, context, sitting.courseKey);
      context.transact((writer, notes) => {
        const changed = adaptPath(writer, student, newId);
        endSitting(writer, sitting.key, Math.max(student.now, sitting.startedAt), resultOf(writer, sitting, changed));
        notes.target(id);
      });
      return publicSitting(parts, context, id);
    },

    'learning.practice.mark': ({ questionId, marked }, context) => {
      const question = findQuestion(context.store, questionId);
      const course = question === null ? null : studiedByKey(context.store, question.courseKey);
      if (question === null || course === null) throw new Refusal('not_found', 'That question is not there any more.');
      // Whoever may study the course may mark its questions.
      requireStudent(parts, context, course.id);
      context.transact((writer, notes) => {
        setMark(writer, actorOf(context).userKey, question.key, marked, now());
        notes.target(questionId);
        notes.detail('marked', marked);
      });
      return { done: true };
    },
  };
}
