import type { Confidence } from '#domain/learning/attempts';
import { newCard, ratings } from '#domain/learning/cards/card';
import { review } from '#domain/learning/cards/schedule';
import { placementMost } from '#domain/learning/practice/placement';
import { Refusal } from '#contract/errors';
import type { AskedQuestion, Solution } from '#contract/learning/content';
import type { Sitting, SittingItem, SittingKind, SittingResult } from '#contract/learning/practice';
import { actorOf, type CallContext } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { markedBy } from '#main/store/learning/attempts';
import { cardOfFlashcard, cardsOf, findReview } from '#main/store/learning/cards';
import { flashcardsByKey, type MaterialTopic, questionsByKey, sectionsByKey, topicsOf, type WholeQuestion } from '#main/store/learning/material';
import { findSitting, type StoredSitting } from '#main/store/learning/sittings';
import type { Reader } from '#main/store/tx';
import { scheduleOf, studentOfKey } from './studying';

type Why = 'due' | 'weak' | 'new' | 'wished' | 'again';

/** One thing of a sitting as it is kept. `right` is set once it was answered, `done` once it is over. */
export interface PlannedItem {
  readonly what: 'question' | 'flashcard' | 'section';
  readonly key: number;
  readonly why: Why;
  /** The section that the question checks. */
  readonly check?: number;
  /** The order in which the options are shown. */
  readonly order?: readonly number[];
  readonly done?: boolean;
  readonly right?: boolean;
  readonly confidence?: Confidence | null;
}

/** A sitting as it is kept: its items in their order, and the one that is in front. */
export interface SittingPlan {
  readonly items: readonly PlannedItem[];
  readonly at: number;
  /** The newest rating of a flashcard, which can be taken back. */
  readonly undo: string | null;
}

/** How often a question that was wrong comes back within one sitting. */
const mostReturns = 2;
/** After how many other things it does. */
const returnsAfter = 6;

/** The caller’s sitting. Another’s is refused, so that the refusal is audited. */
export function ownSitting(context: CallContext, id: string): StoredSitting & { readonly plan: SittingPlan } {
  const found = findSitting(context.store, id);
  if (found === null || found.kind === 'mock' || found.kind === 'lab') throw new Refusal('not_found', 'That sitting is not there. Begin another one.', { id });
  if (found.userKey !== actorOf(context).userKey) throw new Refusal('out_of_scope', 'That sitting belongs to somebody else.', { id });
  return found as StoredSitting & { plan: SittingPlan };
}

/** The thing in front, where it is the one that the caller means. */
export function inFront(sitting: StoredSitting & { readonly plan: SittingPlan }, position: number, what: PlannedItem['what']): PlannedItem {
  const { plan } = sitting;
  if (sitting.endedAt !== null) throw new Refusal('conflict', 'This sitting is over. Begin another one.');
  const item = plan.items[position];
  if (position !== plan.at || item === undefined) throw new Refusal('conflict', 'That was answered already. Go on with what is in front now.', { at: plan.at });
  if (item.what !== what) throw new Refusal('invalid_input', 'Something else is in front. Read the sitting again.', { at: plan.at });
  return item;
}

/** The plan after the thing in front was done. A question that was wrong comes back a little later, where the sitting lets it. */
export function stepOn(plan: SittingPlan, outcome: Partial<Pick<PlannedItem, 'right' | 'confidence'>>, comesBack: boolean, undo: string | null): SittingPlan {
  const now = plan.items[plan.at];
  if (now === undefined) return plan;
  const items = plan.items.map((item, index) => (index === plan.at ? { ...item, ...outcome, done: true } : item));
  const times = plan.items.filter(({ what, key, why }) => what === now.what && key === now.key && why === 'again').length;
  if (comesBack && times < mostReturns) {
    const { right: _right, confidence: _confidence, done: _done, check: _check, ...again } = now;
    items.splice(Math.min(items.length, plan.at + 1 + returnsAfter), 0, { ...again, why: 'again' });
  }
  return { items, at: plan.at + 1, undo };
}

/** A question as it is asked. */
export function askedOf(question: WholeQuestion, order: readonly number[] | undefined, marked: boolean): AskedQuestion {
  const typed = question.kind === 'numeric' || question.kind === 'short';
  const positions = order?.length === question.options.length ? order : question.options.map((_option, index) => index);
  return {
    id: question.id,
    kind: question.kind,
    stem: question.stem,
    topic: question.topic,
    domain: question.domain,
    difficulty: question.difficulty,
    options: typed ? [] : positions.map((position) => ({ position, text: question.options[position]?.text ?? '' })),
    marked,
  };
}

/** What is right of a question, and why. */
export function solutionOf({ kind, options, explanation, reference }: WholeQuestion): Solution {
  const typed = kind === 'numeric' || kind === 'short';
  return {
    right: typed ? [] : options.flatMap(({ correct }, index) => (correct ? [index] : [])),
    answers: typed ? options.filter(({ correct }) => correct).map(({ text, tolerance }) => (tolerance === null || tolerance === 0 ? text : `${text} ± ${String(tolerance)}`)) : [],
    explanation,
    reference,
    feedback: options.map(({ feedback }) => feedback),
  };
}

const nameOf = (topics: ReadonlyMap<number, MaterialTopic>, key: number | null): { id: string; code: string; title: string } | null => {
  const topic = key === null ? undefined : topics.get(key);
  return topic === undefined ? null : { id: topic.id, code: topic.code, title: topic.title };
};

/** How long a section is read where the pack does not say. */
const usualSectionMinutes = 5;

function itemOf(parts: Pick<HandlerParts, 'workspace' | 'now'>, context: CallContext, sitting: StoredSitting & { readonly plan: SittingPlan }): SittingItem | null {
  const { store } = context;
  const { at, items } = sitting.plan;
  const item = items[at];
  if (item === undefined || sitting.endedAt !== null) return null;
  const common = { position: at, why: item.why };
  if (item.what === 'question') {
    const question = questionsByKey(store, [item.key]).get(item.key);
    return question === undefined ? null : { what: 'question', ...common, question: askedOf(question, item.order, markedBy(store, sitting.userKey).has(item.key)) };
  }
  const topics = topicsOf(store, sitting.courseKey);
  if (item.what === 'section') {
    const section = sectionsByKey(store, [item.key]).get(item.key);
    if (section === undefined) return null;
    return { what: 'section', ...common, section: { id: section.id, title: section.title, module: section.module, body: section.body, minutes: section.minutes ?? usualSectionMinutes, topic: nameOf(topics, section.topicKey) } };
  }
  const flashcard = flashcardsByKey(store, [item.key]).get(item.key);
  if (flashcard === undefined) return null;
  const student = studentOfKey(parts, context, sitting.courseKey);
  const settings = scheduleOf(store, student, cardsOf(store, sitting.userKey, sitting.courseKey));
  const card = cardOfFlashcard(store, sitting.userKey, item.key) ?? newCard(student.now);
  return {
    what: 'flashcard',
    ...common,
    flashcard: { id: flashcard.id, front: flashcard.front, back: flashcard.back, topic: nameOf(topics, flashcard.topicKey) },
    returns: ratings.map((rating) => ({ rating, days: review(card, rating, student.now, settings).scheduledDays })),
  };
}

/** A sitting as screens see it. */
export function publicSitting(parts: Pick<HandlerParts, 'workspace' | 'now'>, context: CallContext, id: string): Sitting {
  const sitting = ownSitting(context, id);
  const { plan, kind } = sitting;
  const undo = plan.undo === null ? null : findReview(context.store, plan.undo);
  return {
    id,
    kind: kind as SittingKind,
    courseId: sitting.courseId,
    courseTitle: sitting.courseTitle,
    startedAt: sitting.startedAt,
    endedAt: sitting.endedAt,
    done: plan.items.filter(({ done }) => done === true).length,
    total: kind === 'placement' && sitting.endedAt === null && plan.at < plan.items.length ? Math.max(plan.items.length, placementMost) : plan.items.length,
    current: itemOf(parts, context, sitting),
    undo: undo === null || undo.undone || sitting.endedAt !== null || plan.undo === null ? null : { reviewId: plan.undo },
    result: sitting.result as SittingResult | null,
  };
}

/** Topics of a course by key, for results. */
export function topicNames(reader: Reader, courseKey: number): (key: number) => { id: string; code: string; title: string } {
  const topics = topicsOf(reader, courseKey);
  return (key) => nameOf(topics, key) ?? { id: '00000000-0000-0000-0000-000000000000', code: '', title: '' };
}
