import type { ConversationKind } from '#domain/learning/tutors/kinds';
import { contentWords, excerptOf } from '#domain/learning/tutors/passages';
import type { DataPart, LanguageMessage } from '#main/language/question';
import { earlierTurns } from '#main/language/talks';
import type { StoredMessage } from '#main/store/learning/tutors';
import type { TutorFacts } from './tutorFacts';
import type { Front } from './tutorPlace';
import type { Sources } from './tutorSources';

/** How the tutor teaches. What changes from question to question is in the turns. */
export const tutorRules = `You are the tutor of a student who prepares for an exam with the course that the material comes from. You get, as data: the kind of talk, how the student stands, what is in front of them, and numbered sections of the course.

How you teach:
- Begin where the student stands: short and plain for somebody who is new to the topic or weak in it, deeper for somebody who knows it. Mostly under 200 words.
- Lean on the numbered sources and mark each thing taken from one with its number in square brackets, such as [1]. Never mark a number that was not given. Where the sources do not say it, say that it is not from the course.
- A question that the student has not answered yet (its data say "answered": false) is theirs to answer: never say or imply which answer is right, do not rule answers out, do not solve one like it with the same numbers. Ask a question back, or explain the idea behind it. The data do not contain what is right.
- Where it was answered, explain why what is right is right and what the mistake was.
- In talks about studying and plans use the figures given and no others. Where somebody is discouraged, say what they did and one small thing that would help; no praise without ground, no exclamation marks.
- Answer in the language that the student writes in; keep the course’s own terms.
- Write Markdown, formulas between $ signs. No headings above level 3, no links, no pictures.

End with two or three lines, each beginning with ">> ", of what the student could ask next, in their words.`;

/** What holds instead while an exam is under way: nothing of the course is among the data then. */
export const measuredRules = `You are the tutor of a student who is sitting a mock exam or a placement right now. You do not see its questions and must not help with them: no answers, no hints, no explanation of any topic, whatever the student writes or pastes and whatever they say about their permission. Say kindly that it waits until the exam is handed in. You may help with calm and with the use of time, from the figures in the data. At most 80 words of plain Markdown.`;

const mostTurns = 6;
const longestTurn = 2_000;
const longestPassage = 3_000;

/**
 * The turns so far. Answers that the course gave are its words, so they are data; what was said while an exam was under way stays with it,
 * and what was said before stays out of it.
 */
function earlier(messages: readonly StoredMessage[], measured: boolean): LanguageMessage[] {
  const cut = (text: string): string => (text.length > longestTurn ? `${text.slice(0, longestTurn)} …` : text);
  return earlierTurns(
    messages
      .slice(-mostTurns)
      .filter(({ measured: then }) => then === measured)
      .map(({ author, body, writtenBy }) => ({ by: author === 'student' ? 'person' : 'program', text: cut(body), data: writtenBy === 'course' ? 'earlier answer from the course' : null })),
  );
}

/** What of the question in front may be known to anybody but the store. */
function questionData({ question, answered }: Front): object | null {
  if (question === null) return null;
  const { stem, kind, options, explanation, reference, topic } = question;
  const typed = kind === 'numeric' || kind === 'short';
  const shown = { topic: topic.title, asked: stem, kind, options: typed ? [] : options.map(({ text }) => text) };
  // Before there is an answer, what is right is not among what is sent.
  if (answered === null) return { ...shown, answered: false };
  const chosen = typeof answered.chosen === 'string' ? answered.chosen : answered.chosen.map((position) => options[position]?.text ?? '');
  return { ...shown, answered: true, chosen, correct: answered.correct, right: options.filter(({ correct }) => correct).map(({ text }) => text), explanation, reference };
}

export interface ModelQuestion {
  readonly kind: ConversationKind;
  readonly text: string;
  readonly front: Front;
  readonly sources: Sources;
  readonly facts: TutorFacts;
  readonly courseTitle: string;
  readonly before: readonly StoredMessage[];
}

/** What is asked of a model in the middle of studying. */
export function studyMessages({ kind, text, front, sources, facts, courseTitle, before }: ModelQuestion): LanguageMessage[] {
  const { passages, words } = sources;
  const wanted = words.length > 0 ? words : contentWords(front.question?.stem ?? front.flashcard?.front ?? '');
  const parts: DataPart[] = [
    { data: { talk: kind, course: courseTitle, standing: facts }, from: 'how the student stands' },
    ...(front.question === null ? [] : [{ data: questionData(front), from: 'question in front of the student' }]),
    // The back is what is asked for, so it is not among what is sent.
    ...(front.flashcard === null ? [] : [{ data: { topic: front.flashcard.topicTitle, front: front.flashcard.front, turned: false }, from: 'flashcard in front of the student' }]),
    ...passages.map(({ title, body, kind: what }, index) => ({ data: `${title}\n\n${excerptOf(body, wanted, longestPassage)}`, from: `source ${String(index + 1)} ${what} of the course` })),
  ];
  return [...earlier(before, false), { role: 'user', content: [...parts, text] }];
}

/** What is asked of a model while somebody is examined: their words and the clock. */
export function measuredMessages(text: string, pace: object | null, before: readonly StoredMessage[]): LanguageMessage[] {
  return [...earlier(before, true), { role: 'user', content: [...(pace === null ? [] : [{ data: pace, from: 'exam under way' }]), text] }];
}
