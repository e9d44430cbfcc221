import { bareDraft, type Draft, type DraftOption, type DraftQuestion, type Named, type PackProblem } from '#domain/learning/courses/draft';
import { nameOf } from '#domain/learning/courses/blueprint';
import { phrase } from '#domain/kernel/phrase';
import { markdownOf, plainOf } from './markup';
import { childOf, childrenOf, linesOf, textOf, type XmlElement } from './xml';

/** A Moodle category such as `$course$/top/Radio/Antennas` as a domain and a topic. */
export function categoryOf(path: string): { readonly domain: Named; readonly topic: Named } | null {
  // Two slashes are one that belongs to a name.
  const parts = path
    .split(/(?<!\/)\/(?!\/)/)
    .map((part) => part.replaceAll('//', '/').trim())
    .filter((part) => part !== '' && !/^\$\w+\$$/.test(part) && part.toLowerCase() !== 'top' && !/^default for /i.test(part));
  const [first] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return null;
  return { domain: nameOf(first), topic: nameOf(parts.length === 1 ? first : parts.slice(1).join(' / ')) };
}

/** Titles that name one question only may be its id: the next import finds it by them, though its words have changed. */
export function uniqueNames(names: readonly (string | null)[]): (string | null)[] {
  const counts = new Map<string, number>();
  for (const name of names) if (name !== null && name.trim() !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
  return names.map((name) => (name !== null && counts.get(name) === 1 && name.length <= 200 ? name : null));
}

const inner = (element: XmlElement | undefined): string => textOf(childOf(element, 'text'));

function textIn(element: XmlElement | undefined): string {
  const format = element?.attributes.format ?? 'html';
  const text = inner(element);
  return format === 'markdown' || format === 'plain_text' ? text.trim() : markdownOf(text);
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text);

/** The options of a question of a type that Ivy asks, or null for one that it does not. */
function optionsOf(type: string, question: XmlElement): readonly DraftOption[] | null {
  const answers = childrenOf(question, 'answer');
  const fraction = (answer: XmlElement): number => Number(answer.attributes.fraction ?? '0');
  const feedback = (answer: XmlElement): string | null => orNull(textIn(childOf(answer, 'feedback')));
  switch (type) {
    case 'multichoice': {
      const several = ['false', '0'].includes(inner0(childOf(question, 'single')));
      // In Moodle half a point is half right; of one answer only the whole point is right here.
      return answers.map((answer) => ({ text: textIn(answer), correct: several ? fraction(answer) > 0 : fraction(answer) >= 99.999, feedback: feedback(answer) }));
    }
    case 'truefalse':
      return ['true', 'false'].map((word) => {
        const answer = answers.find((each) => inner(each).trim().toLowerCase() === word);
        return { text: word === 'true' ? 'True' : 'False', correct: answer !== undefined && fraction(answer) >= 99.999, feedback: answer === undefined ? null : feedback(answer) };
      });
    case 'shortanswer':
      return answers.filter((answer) => fraction(answer) >= 99.999).map((answer) => ({ text: plainOf(inner(answer)), correct: true, feedback: feedback(answer) }));
    case 'numerical':
      return answers
        .filter((answer) => fraction(answer) >= 99.999 && inner(answer).trim() !== '*')
        .map((answer) => ({ text: inner(answer).trim(), correct: true, tolerance: Number(textOf(childOf(answer, 'tolerance')).trim() || '0'), feedback: feedback(answer) }));
    default:
      return null;
  }
}

const inner0 = (element: XmlElement | undefined): string => textOf(element).trim().toLowerCase();

const kinds = { multichoice: null, truefalse: 'truefalse', shortanswer: 'short', numerical: 'numeric' } as const;

/** Reads the questions of a Moodle XML file. Format: Moodle documentation, "Moodle XML format". */
export function readMoodleXml(root: XmlElement, text: string, file: string): Draft {
  const lines = linesOf(text, 'question');
  const questions: DraftQuestion[] = [];
  const problems: PackProblem[] = [];
  const unsupported: Record<string, number> = {};
  let rejected = 0;
  let category: ReturnType<typeof categoryOf> = null;
  const elements = childrenOf(root, 'question');
  const names = uniqueNames(elements.map((question) => orNull(inner(childOf(question, 'name')).trim())));
  elements.forEach((question, index) => {
    const type = question.attributes.type ?? 'unknown';
    const at = { file, line: lines[index] ?? 0 };
    if (type === 'category') {
      category = categoryOf(inner(childOf(question, 'category')));
      return;
    }
    const options = optionsOf(type, question);
    if (options === null) {
      unsupported[type] = (unsupported[type] ?? 0) + 1;
      // A description asks nothing: it is told, and is no question that got lost.
      if (type !== 'description') rejected += 1;
      return;
    }
    if (options.some(({ text: option }) => option.includes('*')) && type === 'shortanswer') problems.push({ ...at, severity: 'warning', reason: phrase('courses.problems.wildcard') });
    const several = type === 'multichoice' && ['false', '0'].includes(inner0(childOf(question, 'single')));
    questions.push({
      at,
      id: orNull(textOf(childOf(question, 'idnumber')).trim()) ?? names[index] ?? null,
      domain: category?.domain ?? null,
      topic: category?.topic ?? null,
      kind: type === 'multichoice' ? (several ? 'multiple' : 'single') : (kinds[type as keyof typeof kinds] ?? null),
      difficulty: difficultyOfTags(childrenOf(childOf(question, 'tags'), 'tag').map(inner)),
      stem: textIn(childOf(question, 'questiontext')),
      options,
      explanation: orNull(textIn(childOf(question, 'generalfeedback'))),
      reference: null,
      objective: null,
      flagged: null,
    });
  });
  return bareDraft({ questions, problems, rejected, unsupported });
}

/** A difficulty among the tags of a question. */
export function difficultyOfTags(tags: readonly string[]): 'easy' | 'medium' | 'hard' | null {
  return tags.map((tag) => tag.trim().toLowerCase()).find((tag) => tag === 'easy' || tag === 'medium' || tag === 'hard') ?? null;
}
