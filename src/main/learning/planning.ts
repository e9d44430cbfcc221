import { isoOf, mondayOf } from '#domain/learning/calendar';
import { pullBeforeExam } from '#domain/learning/cards/schedule';
import type { PathKind } from '#domain/learning/paths/kinds';
import { type PathInput, type PathTopic, type Plan, planPath } from '#domain/learning/paths/plan';
import type { Refinement } from '#domain/learning/paths/refine';
import type { Material } from '#main/store/learning/material';
import { moveCard } from '#main/store/learning/cards';
import { currentPath, type PathCause, replacePath } from '#main/store/learning/paths';
import { labsBegun, sectionProgress } from '#main/store/learning/progress';
import type { StudiedCourse } from '#main/store/learning/studied';
import type { Reader, Writer } from '#main/store/tx';
import { type CardsAhead, cardsAhead, daysToExam, type Known, knownOf, scheduleOf, type Student } from './studying';
import { minutesSince, weekStart } from './studyTime';

/** Characters that are read in a minute: some 180 words. */
const charactersAMinute = 1_080;
/** A section's check takes about so long. */
const checkMinutes = 2;
/** A step of a lab takes about so long. */
const minutesPerLabStep = 2;
/** A mock exam without a limit is planned with so much for a question, and looking any of them through takes a third of its time. */
const minutesPerExamQuestion = 1.2;
const reviewOfExam = 1.33;

/** How long a section takes: what the pack says, or by its length. */
export function sectionMinutes({ minutes, characters }: { readonly minutes: number | null; readonly characters: number }): number {
  return minutes ?? Math.max(1, Math.round(characters / charactersAMinute) + checkMinutes);
}

/**
 * The part of the exam that each topic makes: its domain's weight shared among its topics by their questions; where no domain has a weight,
 * each topic the same if the exam draws one question of each, else by its questions.
 */
export function topicWeights({ domains, topics, questions }: Material, draw: StudiedCourse['draw']): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { topicKey } of questions) counts.set(topicKey, (counts.get(topicKey) ?? 0) + 1);
  const weighted = domains.some(({ weight }) => weight !== null && weight > 0);
  const raw = topics.map(({ key, domainKey }) => {
    const own = counts.get(key) ?? 0;
    if (!weighted) return draw === 'one_per_topic' ? Math.min(1, own) : own;
    const inDomain = topics.filter((topic) => topic.domainKey === domainKey);
    const total = inDomain.reduce((sum, topic) => sum + (counts.get(topic.key) ?? 0), 0);
    const weight = domains.find((domain) => domain.key === domainKey)?.weight ?? 0;
    return total === 0 ? weight / inDomain.length : (weight * own) / total;
  });
  const sum = raw.reduce((all, one) => all + one, 0);
  return new Map(topics.map(({ key }, index) => [key, sum === 0 ? 1 / Math.max(1, topics.length) : (raw[index] ?? 0) / sum]));
}

/** The topics of a course with what is left of each for a student. What belongs to no topic is begun with. */
export function pathTopics(reader: Reader, { userKey, course }: Student, { material, standing }: Known, { cards }: Pick<CardsAhead, 'cards'>): PathTopic[] {
  const weights = topicWeights(material, course.draw);
  const sections = sectionProgress(reader, userKey, course.key);
  const labs = labsBegun(reader, userKey);
  const carded = new Set(cards.map(({ flashcardKey }) => flashcardKey));
  const [first] = material.topics;
  const isOf = (topicKey: number | null, key: number): boolean => topicKey === key || (topicKey === null && key === first?.key);
  const pool = Map.groupBy(material.questions, ({ topicKey }) => topicKey);
  return material.topics.map(({ key }) => ({
    topicKey: key,
    weight: weights.get(key) ?? 0,
    share: standing.get(key)?.share ?? null,
    answers: standing.get(key)?.answers ?? 0,
    questions: pool.get(key)?.length ?? 0,
    sections: material.sections
      .filter((section) => isOf(section.topicKey, key) && (sections.get(section.key)?.passedAt ?? null) === null)
      .map((section) => ({ sectionKey: section.key, minutes: sectionMinutes(section) })),
    flashcards: material.flashcards.filter((card) => isOf(card.topicKey, key) && !carded.has(card.key)).length,
    labs: material.labs.filter((lab) => isOf(lab.topicKey, key) && (labs.get(lab.key)?.doneAt ?? null) === null).map((lab) => ({ labKey: lab.key, minutes: Math.max(5, lab.steps * minutesPerLabStep) })),
  }));
}

/** Everything that a plan rests on, as it is now. */
export function pathInput(reader: Reader, student: Student, known: Known, ahead: CardsAhead, chosenTopics: readonly number[] | null): PathInput {
  const { userKey, course, goal, calendar, today } = student;
  const left = daysToExam(student);
  const reviewsByWeek: number[] = [];
  for (const { dueAt } of ahead.cards) {
    const week = Math.max(0, (mondayOf(calendar.dayOf(dueAt)) - mondayOf(today)) / 7);
    if (week < 104) reviewsByWeek[week] = (reviewsByWeek[week] ?? 0) + 1;
  }
  const { examQuestions, examMinutes } = course;
  const minutes = examMinutes ?? (examQuestions === null ? null : examQuestions * minutesPerExamQuestion);
  return {
    today,
    examDay: left === null ? null : today + left,
    hoursAWeek: goal?.hoursAWeek ?? 0,
    doneThisWeek: minutesSince(reader, userKey, weekStart(student)),
    style: goal?.style ?? 'mixed',
    secondsPerQuestion: known.secondsPerQuestion,
    secondsPerCard: known.secondsPerQuestion * 0.6,
    reviewsByWeek: Array.from(reviewsByWeek, (count: number | undefined) => count ?? 0),
    mockMinutes: minutes === null || examQuestions === null || known.material.questions.length === 0 ? null : minutes * reviewOfExam,
    topics: pathTopics(reader, student, known, ahead),
    chosenTopics,
  };
}

export interface PlanWish {
  readonly cause: PathCause;
  /** Null: the kind that suits. */
  readonly kind: PathKind | null;
  readonly chosenTopics: readonly number[] | null;
  /** What was proposed over the rules and holds against the course. */
  readonly refinement?: Refinement | null | undefined;
}

/** What a plan says to somebody who reads it: two that say the same are one. */
const gist = ({ kind, weeks, feasibility }: Plan): string =>
  JSON.stringify([kind, feasibility.verdict, feasibility.leftOut, weeks.map(({ monday, steps }) => [monday, steps.map(({ activity, topicKey, sectionKey, labKey, amount }) => [activity, topicKey, sectionKey, labKey, activity === 'review' ? 0 : amount])])]);

/**
 * Makes the plan of a goal anew from how things stand, and keeps it where it says something else than the one before.
 *
 * @returns whether it does
 */
export function makePath(writer: Writer, student: Student, newId: () => string, { cause, kind, chosenTopics, refinement }: PlanWish): boolean {
  const { goal, userKey, course, now } = student;
  if (goal === null) return false;
  const plan = planPath({ ...pathInput(writer, student, knownOf(writer, student), cardsAhead(writer, student), chosenTopics), first: refinement?.first }, kind);
  const before = currentPath(writer, goal.key);
  if (cause === 'session' && before !== null && gist(before.plan) === gist(plan)) return false;
  replacePath(writer, { id: newId(), userKey, goalKey: goal.key, courseKey: course.key, cause, plan, chosenTopics, refinement: refinement ?? null }, now);
  return true;
}

/** Lets a plan follow what a sitting showed: a path of one's own stays one's own, any other takes the kind that suits now. */
export function adaptPath(writer: Writer, student: Student, newId: () => string): boolean {
  const before = student.goal === null ? null : currentPath(writer, student.goal.key);
  if (before === null) return false;
  const own = before.kind === 'custom';
  return makePath(writer, student, newId, { cause: 'session', kind: own ? 'custom' : null, chosenTopics: own ? before.chosenTopics : null, refinement: before.refinement });
}

/** Gives cards that would come back only after the exam their last look before it. */
export function bringCardsForward(writer: Writer, student: Student): void {
  const { cards } = cardsAhead(writer, student);
  const settings = scheduleOf(writer, student, cards);
  for (const [index, dueAt] of pullBeforeExam(cards, student.now, settings)) {
    const card = cards[index];
    if (card !== undefined) moveCard(writer, card.key, dueAt);
  }
}

/** The Monday of the week in which a plan is read. */
export function thisMonday({ today }: Pick<Student, 'today'>): string {
  return isoOf(mondayOf(today));
}
