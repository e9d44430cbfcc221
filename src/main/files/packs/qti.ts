import { phrase } from '#domain/kernel/phrase';
import { bareDraft, type Draft, type DraftOption, type DraftQuestion, type PackProblem } from '#domain/learning/courses/draft';
import { Refusal } from '#contract/errors';
import type { PackFiles } from './archive';
import { markdownOf, plainOf } from './markup';
import { decodeText } from './text';
import { childOf, childrenOf, findAll, innerHtml, parseXml, textOf, type XmlElement } from './xml';

const isInteraction = (name: string): boolean => name.endsWith('Interaction');

const words = (element: XmlElement, leftOut: (name: string) => boolean = () => false, gap = ''): string => markdownOf(innerHtml(element, ({ name }) => (leftOut(name) ? gap : null)));

const orNull = (text: string): string | null => (text === '' ? null : text);

const valuesOf = (declaration: XmlElement | undefined): string[] => childrenOf(childOf(declaration, 'correctResponse'), 'value').map((value) => textOf(value).trim());

function choicesOf(interaction: XmlElement, declaration: XmlElement | undefined): DraftOption[] {
  const right = new Set(valuesOf(declaration));
  return findAll(interaction, (name) => name === 'simpleChoice').map((choice) => {
    const feedback = childOf(choice, 'feedbackInline');
    return {
      text: words(choice, (name) => name === 'feedbackInline'),
      correct: right.has(choice.attributes.identifier ?? ''),
      feedback: feedback === undefined ? null : orNull(words(feedback)),
    };
  });
}

/** One item, or the name of what it asks that Ivy does not. */
function readItem(item: XmlElement, file: string): DraftQuestion | { readonly unsupported: string } {
  const body = childOf(item, 'itemBody');
  const interactions = body === undefined ? [] : findAll(body, isInteraction);
  const [interaction] = interactions;
  if (body === undefined || interaction === undefined) return { unsupported: 'item without an interaction' };
  if (interactions.length > 1) return { unsupported: 'several interactions in one item' };
  const declaration = childrenOf(item, 'responseDeclaration').find(({ attributes }) => attributes.identifier === interaction.attributes.responseIdentifier);
  const prompt = childOf(interaction, 'prompt');
  const stem = [words(body, isInteraction), prompt === undefined ? '' : words(prompt)].filter((part) => part !== '').join('\n\n');
  // "rubricBlock" of a candidate's solution and feedback that is shown at the end both explain.
  const explanation = childrenOf(item, 'modalFeedback')
    .map((feedback) => words(feedback))
    .filter((text) => text !== '')
    .join('\n\n');
  const shared = {
    at: { file, line: 0 },
    id: orNull((item.attributes.identifier ?? '').trim()),
    domain: null,
    topic: null,
    difficulty: null,
    explanation: orNull(explanation),
    reference: null,
    objective: null,
    flagged: null,
  };
  if (interaction.name === 'choiceInteraction') {
    const several = declaration?.attributes.cardinality === 'multiple';
    return { ...shared, kind: several ? 'multiple' : null, stem, options: choicesOf(interaction, declaration) };
  }
  if (interaction.name === 'textEntryInteraction') {
    const numeric = ['float', 'integer'].includes(declaration?.attributes.baseType ?? '');
    const mapped = childrenOf(childOf(declaration, 'mapping'), 'mapEntry')
      .filter(({ attributes }) => Number(attributes.mappedValue ?? '0') > 0)
      .map(({ attributes }) => attributes.mapKey ?? '');
    const right = [...new Set([...valuesOf(declaration), ...mapped])].filter((text) => text !== '');
    return { ...shared, kind: numeric ? 'numeric' : 'short', stem: words(body, isInteraction, '_____').replaceAll('\\_', '_'), options: right.map((text) => ({ text: plainOf(text), correct: true, tolerance: numeric ? 0 : null })) };
  }
  return { unsupported: interaction.name };
}

/** Reads items of QTI 2.0, 2.1 or 2.2: one XML file, or all those of a content package. Source: IMS Question and Test Interoperability 2.2. */
export function readQti(files: PackFiles): Draft {
  const questions: DraftQuestion[] = [];
  const problems: PackProblem[] = [];
  const unsupported: Record<string, number> = {};
  let [rejected, items] = [0, 0];
  let older = '';
  for (const [file, bytes] of files) {
    if (!/\.xml$/i.test(file)) continue;
    let root: XmlElement;
    try {
      root = parseXml(decodeText(bytes, file), file);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problems.push({ file, line: Number(error.details?.line ?? 0), severity: 'rejected', reason: phrase('courses.problems.brokenXml') });
      rejected += 1;
      continue;
    }
    if (root.name === 'questestinterop' || root.name.startsWith('qti-')) older = root.name;
    for (const item of root.name === 'assessmentItem' ? [root] : findAll(root, (name) => name === 'assessmentItem')) {
      items += 1;
      const read = readItem(item, file);
      if ('unsupported' in read) {
        unsupported[read.unsupported] = (unsupported[read.unsupported] ?? 0) + 1;
        rejected += 1;
      } else {
        questions.push(read);
      }
    }
  }
  if (items === 0 && older !== '') {
    throw new Refusal('unreadable_file', `These questions are in ${older === 'questestinterop' ? 'QTI 1.2' : 'QTI 3'}. Export them as QTI 2.1 or 2.2, or as Moodle XML, and choose that; nothing was changed.`);
  }
  return bareDraft({ questions, problems, rejected, unsupported });
}
