import { questionsToPass } from '#domain/learning/passMark';
import { phrase } from '#domain/kernel/phrase';
import type { Hint } from '#domain/learning/tutors/hints';
import { type ConversationKind, subjectOf } from '#domain/learning/tutors/kinds';
import { contentWords, excerptOf, seemsForeign } from '#domain/learning/tutors/passages';
import { say } from '#main/app/phrases';
import type { FoundPassage } from '#main/store/learning/tutors';
import type { TutorFacts } from './tutorFacts';
import type { Front, Measured } from './tutorPlace';
import type { Sources } from './tutorSources';

// What the machine itself says: the course's own words, the ladder of hints, and figures of the engines. Nothing here is made up.

/** An answer with the sources that its marks name. */
export interface LocalAnswer {
  readonly text: string;
  readonly sources: readonly FoundPassage[];
  readonly followUps: readonly string[];
}

/** How much of a passage is shown. */
const longestExcerpt = 900;
const percent = (share: number): number => Math.round(share * 100);
const quoted = (markdown: string): string => markdown.split('\n').map((line) => `> ${line}`).join('\n');
const joined = (...parts: readonly (string | null)[]): string => parts.filter((part) => part !== null && part !== '').join('\n\n');

/** Passages under their titles, each with its mark. */
function passagesText(passages: readonly FoundPassage[], words: readonly string[]): string {
  return passages
    .map(({ title, body, kind }, index) => {
      const heading = kind === 'section' ? `**${title.replace(/\s+/gu, ' ')}** [${String(index + 1)}]` : `${title} [${String(index + 1)}]`;
      return `${heading}\n\n${quoted(excerptOf(body, words, longestExcerpt))}`;
    })
    .join('\n\n');
}

/** What is said while somebody is examined: where they are, and that it waits. */
export function measuredAnswer({ kind }: Measured, pace: { readonly answered: number; readonly total: number; readonly minutesLeft: number | null } | null): LocalAnswer {
  const where =
    pace === null
      ? null
      : pace.minutesLeft === null
        ? say(phrase('tutor.measured.pace', { answered: pace.answered, count: pace.total }))
        : say(phrase('tutor.measured.paceLeft', { answered: pace.answered, count: pace.total, minutes: pace.minutesLeft, each: Math.max(1, Math.round((pace.minutesLeft * 60) / Math.max(1, pace.total - pace.answered))) }));
  return { text: joined(say(phrase(`tutor.measured.${kind}`)), where, kind === 'mock' ? say(phrase('tutor.measured.advice')) : null), sources: [], followUps: [] };
}

/** One rung of the ladder. `section` is where the course explains the question, where it does. */
export function hintAnswer(hint: Hint | undefined, front: Front, section: FoundPassage | null): LocalAnswer {
  const { question } = front;
  const none = { sources: [], followUps: [] };
  if (question === null || hint === undefined) return { text: say(phrase('tutor.hints.end')), ...none };
  switch (hint.rung) {
    case 'read':
      return { text: joined(say(phrase(`tutor.hints.read.${hint.answer}`, { topic: question.topic.title })), hint.turning === null ? null : say(phrase('tutor.hints.turning', { word: hint.turning }))), ...none };
    case 'where':
      if (section === null) return { text: say(phrase('tutor.hints.nowhere', { topic: question.topic.title })), ...none };
      return { text: joined(say(phrase('tutor.hints.where', { title: section.title })) + ' [1]', quoted(excerptOf(section.body, contentWords(question.stem), longestExcerpt))), sources: [section], followUps: [] };
    case 'ruleOut':
      return { text: joined(say(phrase('tutor.hints.ruleOut')), quoted(question.options[hint.position]?.text ?? ''), hint.feedback), ...none };
    case 'count':
      return { text: say(phrase('tutor.hints.count', { count: hint.right })), ...none };
    case 'size':
      return { text: say(phrase('tutor.hints.size', { count: hint.words, letters: hint.letters })), ...none };
    case 'range':
      return { text: say(phrase('tutor.hints.range', { low: hint.low, high: hint.high })), ...none };
  }
}

/** The question in front once it is answered: what was chosen, what is right, and why, in the pack's words. */
function solvedText({ question, answered }: Front): string | null {
  if (question === null || answered === null) return null;
  const { options, explanation, reference } = question;
  const textOf = (position: number): string => options[position]?.text ?? '';
  const right = options.filter(({ correct }) => correct).map(({ text }) => text);
  const chosen = typeof answered.chosen === 'string' ? [answered.chosen] : answered.chosen.map(textOf);
  const feedback = typeof answered.chosen === 'string' ? [] : answered.chosen.flatMap((position) => options[position]?.feedback ?? []);
  return joined(
    say(phrase(answered.correct ? 'tutor.solved.right' : chosen.length === 0 ? 'tutor.solved.open' : 'tutor.solved.wrong')),
    answered.correct || chosen.length === 0 ? null : `${say(phrase('tutor.solved.chosen'))}\n\n${quoted(chosen.join('\n\n'))}`,
    feedback.length === 0 ? null : feedback.join('\n\n'),
    `${say(phrase('tutor.solved.is'))}\n\n${quoted(right.join('\n\n'))}`,
    explanation ?? say(phrase('tutor.solved.unexplained')),
    reference === null ? null : say(phrase('tutor.solved.reference', { reference })),
  );
}

/** What the course says to a question about it. */
function contentAnswer(front: Front, sources: Sources, text: string, course: { readonly empty: boolean; readonly title: string }): LocalAnswer {
  const { question, answered, section, flashcard } = front;
  if (course.empty) return { text: say(phrase('tutor.emptyCourse', { title: course.title })), sources: [], followUps: [] };
  const followUps =
    question === null
      ? [say(phrase('tutor.next.practise')), say(phrase('tutor.next.doing'))]
      : [say(phrase('tutor.next.explain', { topic: question.topic.title })), ...(answered === null ? [] : [say(phrase('tutor.next.practise'))])];
  const { passages, words, fits } = sources;
  // The explanation of the question in front is told whole, above.
  const rest = passages.filter(({ kind, key }) => !(kind === 'question' && key === question?.key));
  const solved = solvedText(front);
  const shown = rest.slice(0, solved === null ? 2 : 1);
  const said = passagesText(shown, fits ? words : contentWords(question?.stem ?? flashcard?.front ?? text));
  if (solved !== null) return { text: joined(solved, said), sources: shown, followUps };
  if ((question !== null || flashcard !== null) && !fits) return { text: joined(say(phrase('tutor.unanswered')), said), sources: shown, followUps };
  if (shown.length > 0) return { text: joined(say(phrase(fits ? 'tutor.found' : section === null ? 'tutor.near' : 'tutor.section')), said), sources: shown, followUps };
  return { text: say(phrase(seemsForeign(text) ? 'tutor.foreign' : 'tutor.nothing', { title: course.title })), sources: [], followUps };
}

function strategyAnswer(facts: TutorFacts): string {
  const { exam, weights, mocks, daysToExam } = facts;
  const passOf = (): string | null => {
    if (exam?.pass === null || exam === null) return null;
    const count = questionsToPass(exam.pass, exam.passIsShare ? 'share' : 'questions', exam.questions);
    return say(phrase('tutor.strategy.pass', { count, total: exam.questions, share: percent(count / exam.questions) }));
  };
  const [lastMock] = mocks;
  return joined(
    exam === null ? say(phrase('tutor.strategy.noExam')) : null,
    exam !== null && exam.minutes !== null ? say(phrase('tutor.strategy.time', { count: exam.questions, minutes: exam.minutes, each: Math.round((exam.minutes * 60) / exam.questions) })) : null,
    passOf(),
    weights.length === 0 ? null : `${say(phrase('tutor.strategy.weights'))}\n\n${weights.slice(0, 5).map(({ title, weight }) => `- ${title}: ${String(Math.round(weight))} %`).join('\n')}`,
    lastMock === undefined ? (exam === null ? null : say(phrase('tutor.strategy.noMock'))) : say(phrase(lastMock.score >= lastMock.passCount ? 'tutor.strategy.mockPassed' : 'tutor.strategy.mockFailed', { score: lastMock.score, total: lastMock.total, needed: lastMock.passCount })),
    daysToExam !== null && daysToExam >= 0 ? say(phrase('tutor.strategy.days', { count: daysToExam })) : null,
    say(phrase('tutor.strategy.advice')),
  );
}

function planText({ steps, due, feasible, hoursAWeek, weak }: TutorFacts): string {
  const lines = steps.map(({ activity, title, amount, minutes }) => `- ${say(phrase(`tutor.plan.steps.${activity}`, { title, count: amount ?? 0 }))} (${say(phrase('tutor.plan.minutes', { count: minutes }))})`);
  return joined(
    hoursAWeek === null ? say(phrase('tutor.plan.noGoal')) : null,
    due > 0 ? say(phrase('tutor.plan.due', { count: due })) : null,
    lines.length === 0 ? (hoursAWeek === null ? null : say(phrase('tutor.plan.nothing'))) : `${say(phrase('tutor.plan.week'))}\n\n${lines.join('\n')}`,
    weak.length === 0 ? null : say(phrase('tutor.plan.weak', { topics: weak.map(({ title, share }) => `${title} (${String(percent(share))} %)`).join(', ') })),
    feasible === 'short' ? say(phrase('tutor.plan.short')) : null,
  );
}

function motivationText({ answers, answeredThisWeek, daysOfLastSeven, weeksInARow, lately, due, weak }: TutorFacts): string {
  if (answers === 0) return say(phrase('tutor.motivation.begin'));
  const [first] = weak;
  return joined(
    say(phrase('tutor.motivation.done', { count: answers, week: answeredThisWeek, days: daysOfLastSeven })),
    weeksInARow > 1 ? say(phrase('tutor.motivation.weeks', { count: weeksInARow })) : null,
    lately === null ? null : say(phrase(lately.now > lately.before ? 'tutor.motivation.better' : 'tutor.motivation.level', { before: percent(lately.before), now: percent(lately.now) })),
    due > 0 ? say(phrase('tutor.motivation.small', { count: Math.min(due, 10) })) : first === undefined ? null : say(phrase('tutor.motivation.topic', { topic: first.title })),
    say(phrase('tutor.motivation.rest')),
  );
}

export interface LocalQuestion {
  readonly kind: ConversationKind;
  readonly text: string;
  readonly front: Front;
  readonly sources: Sources;
  readonly facts: () => TutorFacts;
  readonly course: { readonly empty: boolean; readonly title: string };
}

/** Answers from what is on the machine. */
export function localAnswer({ kind, text, front, sources, facts, course }: LocalQuestion): LocalAnswer {
  const subject = subjectOf(kind, text);
  // A question about something in the course is that, whatever kind of talk it is asked in.
  if (subject === 'content' || (sources.fits && subjectOf('general_help', text) === 'content')) return contentAnswer(front, sources, text, course);
  const known = facts();
  switch (subject) {
    case 'strategy':
      return { text: strategyAnswer(known), sources: [], followUps: [say(phrase('tutor.next.plan')), say(phrase('tutor.next.doing'))] };
    case 'planning':
      return { text: planText(known), sources: [], followUps: [say(phrase('tutor.next.exam')), say(phrase('tutor.next.doing'))] };
    case 'motivation':
      return { text: motivationText(known), sources: [], followUps: [say(phrase('tutor.next.plan')), say(phrase('tutor.next.practise'))] };
  }
}
