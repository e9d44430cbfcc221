import { mondayOf } from '#domain/learning/calendar';
import { dueQueue, roomForNew } from '#domain/learning/cards/queue';
import { minutesADay } from '#domain/learning/goals';
import { optionOrder } from '#domain/learning/exams/draw';
import { topicsNext } from '#domain/learning/paths/plan';
import { type DayItem, type DayMaterial, type DayPlan, sessionOfTheDay } from '#domain/learning/practice/day';
import { nextPlacement, type PlacementAnswer } from '#domain/learning/practice/placement';
import { quizOf, type QuizWish } from '#domain/learning/practice/select';
import type { Rng } from '#domain/kernel/rng';
import type { TopicStanding } from '#domain/learning/practice/topics';
import { currentPath } from '#main/store/learning/paths';
import { markedBy } from '#main/store/learning/attempts';
import { questionsByKey, sectionQuestions } from '#main/store/learning/material';
import type { Reader } from '#main/store/tx';
import { pathTopics } from './planning';
import type { PlannedItem } from './sittings';
import { type CardsAhead, cardsAhead, daysToExam, type Known, knownOf, type Student } from './studying';

/** Flashcards that were never seen come into a sitting of flashcards so many at a time. */
const newFlashcards = 20;
/** A flashcard takes about so long. */
const secondsPerFlashcard = 12;

/** The session of the day before it is begun: what it would hold, and what it rests on. */
export interface Day {
  readonly plan: DayPlan;
  readonly minutes: number;
  readonly due: number;
  readonly waiting: number;
  readonly known: Known;
  readonly ahead: CardsAhead;
  readonly weak: readonly TopicStanding[];
}

/** Works out the session of the day for the minutes there are. */
export function dayOf(reader: Reader, student: Student, wished: number | undefined): Day {
  const { goal, now, today, calendar } = student;
  const known = knownOf(reader, student);
  const ahead = cardsAhead(reader, student);
  const minutes = wished ?? minutesADay(goal?.hoursAWeek ?? 0);
  const queue = dueQueue(ahead.cards, now, ahead.doneToday, ahead.cap, ahead.settings);
  const cards = new Map(ahead.cards.map((card) => [card.key, card]));
  const due = [...queue.now, ...queue.soon.map(({ key }) => key)].flatMap((key) => {
    const card = cards.get(key);
    return card === undefined ? [] : [{ cardKey: key, topicKey: card.topicKey, flashcard: card.flashcardKey !== null, questionKey: card.questionKey }];
  });
  const asked = new Set(due.map(({ questionKey }) => questionKey));
  // What was answered today has had its turn.
  const startOfDay = calendar.startOf(today);
  const rested = ({ questionKey }: { readonly questionKey: number }): boolean => !asked.has(questionKey) && (known.seen.get(questionKey)?.lastAt ?? 0) < startOfDay;
  const byTopic = Map.groupBy(known.material.questions, ({ topicKey }) => topicKey);
  const weak = [...known.standing.values()].filter((topic) => topic.weak && byTopic.has(topic.topicKey)).sort((a, b) => a.share - b.share);
  const topics = pathTopics(reader, student, known, ahead);
  const path = goal === null ? null : currentPath(reader, goal.key);
  const left = new Map(topics.map((topic) => [topic.topicKey, topic]));
  const material: DayMaterial = {
    due,
    weak: weak.map(({ topicKey }) => ({
      topicKey,
      questionKeys: (byTopic.get(topicKey) ?? [])
        .filter((question) => known.seen.has(question.questionKey) && rested(question))
        .sort((a, b) => Number(known.seen.get(a.questionKey)?.lastRight) - Number(known.seen.get(b.questionKey)?.lastRight) || (known.seen.get(a.questionKey)?.lastAt ?? 0) - (known.seen.get(b.questionKey)?.lastAt ?? 0))
        .map(({ questionKey }) => questionKey),
    })),
    fresh: topicsNext(path?.plan ?? null, mondayOf(today), topics).map((topicKey) => ({
      topicKey,
      sections: left.get(topicKey)?.sections ?? [],
      questionKeys: (byTopic.get(topicKey) ?? []).filter(({ questionKey }) => !known.seen.has(questionKey)).map(({ questionKey }) => questionKey),
    })),
  };
  const flashcards = due.filter(({ flashcard }) => flashcard).length;
  const plan = sessionOfTheDay(material, {
    minutes,
    style: goal?.style ?? 'mixed',
    daysToExam: ((days) => (days === null || days < 0 ? null : days))(daysToExam(student)),
    roomForNew: roomForNew(ahead.load, ahead.cap),
    secondsPerCard: due.length === 0 ? known.secondsPerQuestion : (flashcards * secondsPerFlashcard + (due.length - flashcards) * known.secondsPerQuestion) / due.length,
    secondsPerQuestion: known.secondsPerQuestion,
  });
  return { plan, minutes, due: due.length, waiting: queue.waiting, known, ahead, weak };
}

/** Questions in the order in which their options are shown. */
function withOrders(reader: Reader, items: readonly PlannedItem[], rng: Rng): PlannedItem[] {
  const questions = questionsByKey(reader, items.flatMap(({ what, key }) => (what === 'question' ? [key] : [])));
  return items.map((item) => {
    const question = item.what === 'question' ? questions.get(item.key) : undefined;
    return question === undefined ? item : { ...item, order: optionOrder(question.kind, question.options.map(({ text }) => text), rng) };
  });
}

/** The items of a session of the day. A section is followed by the questions that check it. */
export function dailyItems(reader: Reader, { plan, ahead }: Day, rng: Rng): PlannedItem[] {
  const cards = new Map(ahead.cards.map((card) => [card.key, card]));
  const items = plan.items.flatMap((item: DayItem): PlannedItem[] => {
    switch (item.what) {
      case 'card': {
        const card = cards.get(item.cardKey);
        if (card === undefined) return [];
        return card.questionKey !== null ? [{ what: 'question', key: card.questionKey, why: 'due' }] : card.flashcardKey !== null ? [{ what: 'flashcard', key: card.flashcardKey, why: 'due' }] : [];
      }
      case 'question':
        return [{ what: 'question', key: item.questionKey, why: item.why }];
      case 'section':
        return [{ what: 'section', key: item.sectionKey, why: 'new' }, ...sectionQuestions(reader, item.sectionKey).map((key): PlannedItem => ({ what: 'question', key, why: 'new', check: item.sectionKey }))];
    }
  });
  // A question that checks a section is not asked a second time.
  const checks = new Set(items.flatMap(({ check, key }) => (check === undefined ? [] : [key])));
  const seen = new Set<string>();
  const once = items.filter(({ what, key, check }) => {
    const name = `${what} ${String(key)}`;
    if (seen.has(name) || (what === 'question' && check === undefined && checks.has(key))) return false;
    seen.add(name);
    return true;
  });
  return withOrders(reader, once, rng);
}

/** The items of a quiz. */
export function quizItems(reader: Reader, student: Student, wish: QuizWish, rng: Rng): PlannedItem[] {
  const { material, seen, standing } = knownOf(reader, student);
  const questions = quizOf(material.questions, wish, seen, standing, markedBy(reader, student.userKey), rng);
  return withOrders(reader, questions.map(({ questionKey }): PlannedItem => ({ what: 'question', key: questionKey, why: 'wished' })), rng);
}

/** The items of a section's check. */
export function checkItems(reader: Reader, sectionKey: number, rng: Rng): PlannedItem[] {
  return withOrders(reader, sectionQuestions(reader, sectionKey).map((key): PlannedItem => ({ what: 'question', key, why: 'wished', check: sectionKey })), rng);
}

/** The items of a sitting of flashcards: what is due, then some that were never seen. */
export function flashcardItems(reader: Reader, student: Student): PlannedItem[] {
  const ahead = cardsAhead(reader, student);
  const cards = new Map(ahead.cards.map((card) => [card.key, card]));
  const queue = dueQueue(ahead.cards, student.now, ahead.doneToday, ahead.cap, ahead.settings);
  const due = [...queue.now, ...queue.soon.map(({ key }) => key)].flatMap((key): PlannedItem[] => {
    const flashcardKey = cards.get(key)?.flashcardKey ?? null;
    return flashcardKey === null ? [] : [{ what: 'flashcard', key: flashcardKey, why: 'due' }];
  });
  const known = new Set(ahead.cards.map(({ flashcardKey }) => flashcardKey));
  const { material } = knownOf(reader, student);
  const room = Math.min(newFlashcards, roomForNew(ahead.load, ahead.cap));
  return [...due, ...material.flashcards.filter(({ key }) => !known.has(key)).slice(0, room).map(({ key }): PlannedItem => ({ what: 'flashcard', key, why: 'new' }))];
}

/** The next question of a placement, or none where it is over. */
export function placementItem(reader: Reader, student: Student, answers: readonly PlacementAnswer[], asked: ReadonlySet<number>, rng: Rng): PlannedItem[] {
  const { material } = knownOf(reader, student);
  const weights = new Map(material.domains.flatMap(({ key, weight }) => (weight === null ? [] : [[key, weight] as const])));
  const next = nextPlacement(material.questions, weights, answers, asked, rng);
  return next === null ? [] : withOrders(reader, [{ what: 'question', key: next.questionKey, why: 'wished' }], rng);
}
