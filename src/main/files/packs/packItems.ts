import { phrase } from '#domain/kernel/phrase';
import type { DraftFlashcard, DraftLab, DraftOption, DraftQuestion, Named, PackProblem } from '#domain/learning/courses/draft';
import { difficulties, questionKinds } from '#domain/learning/courses/pack';
import type { YamlMapping } from './yamlFile';

const named = (code: string | null): Named | null => (code === null ? null : { code, title: code });
const blank = (text: string | null): string => text ?? '';

/** A text that must be there; where it is not, that is said. */
export function requiredText(mapping: YamlMapping, key: string, severity: PackProblem['severity']): string {
  const text = mapping.text(key)?.trim() ?? '';
  if (text === '') mapping.say(severity, phrase('courses.problems.missing', { key }));
  return text;
}

/** `answers` is a list of right and wrong ones; `answer` alone is what somebody types, or true or false. */
function readOptions(mapping: YamlMapping): DraftOption[] {
  const tolerance = mapping.number('tolerance');
  if (tolerance !== null && tolerance < 0) mapping.say('rejected', phrase('courses.problems.noNumber'), 'tolerance');
  if (mapping.has('answers')) {
    return mapping.mappings('answers').flatMap((answer) => {
      const right = answer.text('right');
      const wrong = answer.text('wrong');
      const within = answer.number('tolerance') ?? tolerance;
      const feedback = answer.text('feedback');
      answer.finish();
      if ((right === null) === (wrong === null)) {
        answer.say('rejected', phrase('courses.problems.rightOrWrong'));
        return [];
      }
      return [{ text: right ?? wrong ?? '', correct: right !== null, tolerance: within, feedback }];
    });
  }
  const typed = mapping.texts('answer');
  if (typed.length === 1 && /^(true|false)$/i.test(typed[0] ?? '') && mapping.text('kind') !== 'short') {
    const isTrue = typed[0]?.toLowerCase() === 'true';
    return [
      { text: 'True', correct: isTrue },
      { text: 'False', correct: !isTrue },
    ];
  }
  return typed.map((text) => ({ text, correct: true, tolerance }));
}

/** A question as somebody wrote it, or the name of a kind that Ivy does not ask. */
export function readQuestion(mapping: YamlMapping): DraftQuestion | { readonly unsupported: string } {
  const written = mapping.text('kind');
  const kind = written === null ? null : questionKinds.find((each) => each === written);
  const options = readOptions(mapping);
  const isTyped = mapping.has('answer') && options.every(({ correct }) => correct);
  const question: DraftQuestion = {
    at: mapping.at(),
    id: mapping.text('id'),
    domain: null,
    topic: named(mapping.text('topic')),
    kind: kind ?? (mapping.has('tolerance') ? 'numeric' : isTyped ? 'short' : null),
    difficulty: mapping.oneOf('difficulty', difficulties),
    stem: blank(mapping.text('stem')),
    options,
    explanation: mapping.text('explanation'),
    reference: mapping.text('reference'),
    objective: mapping.text('objective'),
    flagged: mapping.text('flagged'),
  };
  mapping.finish();
  if (kind === undefined) return { unsupported: written ?? '' };
  if (question.id === null) mapping.say('warning', phrase('courses.problems.noId'));
  return question;
}

export function readFlashcard(mapping: YamlMapping): DraftFlashcard {
  const card = { at: mapping.at(), id: mapping.text('id'), domain: null, topic: named(mapping.text('topic')), front: blank(mapping.text('front')), back: blank(mapping.text('back')) };
  mapping.finish();
  return card;
}

/** A lab: steps in a simulated console. */
export function readLab(root: YamlMapping): DraftLab {
  const code = requiredText(root, 'id', 'rejected');
  const title = requiredText(root, 'title', 'rejected');
  const steps = root.mappings('steps').map((step) => {
    const task = requiredText(step, 'task', 'rejected');
    const accept = step.texts('accept');
    if (accept.length === 0) step.say('rejected', phrase('courses.problems.missing', { key: 'accept' }));
    for (const input of accept) if (!isPattern(input)) step.say('rejected', phrase('courses.problems.pattern', { pattern: input.slice(0, 100) }), 'accept');
    const read = { task, accept, output: blank(step.text('output')), hint: step.text('hint') };
    step.finish();
    return read;
  });
  const answers = root.mappings('answers').map((answer) => {
    const read = { input: requiredText(answer, 'input', 'rejected'), output: blank(answer.text('output')) };
    answer.finish();
    return read;
  });
  const lab: DraftLab = { at: root.at(), code, title, topic: root.text('topic'), intro: blank(root.text('intro')), prompt: root.text('prompt') ?? '>', steps, answers };
  root.finish();
  return lab;
}

/** Whether an accepted input is a text, or a regular expression between slashes that is one. */
function isPattern(input: string): boolean {
  const written = /^\/(.*)\/$/s.exec(input)?.[1];
  if (written === undefined) return true;
  try {
    new RegExp(written, 'iu');
    return true;
  } catch {
    return false;
  }
}
