import { phrase } from '#domain/kernel/phrase';
import { bareDraft, type Draft, type DraftOption, type DraftQuestion, type PackProblem } from '#domain/learning/courses/draft';

const optionLine = /^([A-Z])[.)]\s+(.*)$/;
const answerLine = /^ANSWER:\s*([A-Z](?:\s*,\s*[A-Z])*)\s*$/;

/** Whether a text is in Aiken format: questions that end with ANSWER and a letter. */
export function isAiken(text: string): boolean {
  return /^ANSWER:\s*[A-Z]\b/m.test(text) && /^A[.)]\s+/m.test(text);
}

/** Reads a file in Aiken format. Source: Moodle documentation, "Aiken format". */
export function readAiken(text: string, file: string): Draft {
  const questions: DraftQuestion[] = [];
  const problems: PackProblem[] = [];
  let rejected = 0;
  let stem: string[] = [];
  let options: { readonly letter: string; text: string }[] = [];
  let start = 0;
  const reject = (line: number, reason: 'aikenNoAnswer' | 'badAnswer', answer = ''): void => {
    problems.push({ file, line, severity: 'rejected', reason: phrase(`courses.problems.${reason}`, { answer }) });
    rejected += 1;
  };
  const begin = (): void => {
    stem = [];
    options = [];
    start = 0;
  };
  text.split('\n').forEach((raw, index) => {
    const line = raw.trim();
    const answer = answerLine.exec(line);
    const option = optionLine.exec(line);
    if (answer !== null) {
      const letters = (answer[1] ?? '').split(/\s*,\s*/);
      if (stem.length > 0 && letters.every((letter) => options.some((each) => each.letter === letter))) {
        const read: DraftOption[] = options.map(({ letter, text: words }) => ({ text: words, correct: letters.includes(letter) }));
        questions.push({ at: { file, line: start }, id: null, domain: null, topic: null, kind: null, difficulty: null, stem: stem.join('\n'), options: read, explanation: null, reference: null, objective: null, flagged: null });
      } else {
        reject(index + 1, 'badAnswer', answer[1]);
      }
      begin();
    } else if (option !== null && stem.length > 0 && option[1] === String.fromCharCode(65 + options.length)) {
      options.push({ letter: option[1], text: option[2] ?? '' });
    } else if (line !== '') {
      // Options without an answer, and then something new: the answer was forgotten.
      if (options.length > 0) {
        reject(start, 'aikenNoAnswer');
        begin();
      }
      if (stem.length === 0) start = index + 1;
      stem.push(line);
    }
  });
  if (stem.length > 0) reject(start, 'aikenNoAnswer');
  return bareDraft({ questions, problems, rejected, unsupported: {} });
}
