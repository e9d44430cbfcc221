import { createWriteStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'yaml';
import { ZipFile } from 'yazl';
import type { Checkpoint } from '#domain/kernel/checkpoint';
import type { Pack, PackOption, PackQuestion, Quarters } from '#domain/learning/courses/pack';
import { Refusal } from '#contract/errors';
import { writeCsv } from '../csvWriter';
import { formatVersion, manifestName } from './ownFormat';

/** What a course may be written as. */
export const exportFormats = ['ivypack', 'csv', 'gift'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface WritePack {
  readonly path: string;
  readonly format: ExportFormat;
  readonly pack: Pack;
}

/** A mapping without what is null, empty or missing, so that a file holds what somebody would have written. */
function filled(mapping: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(mapping).filter(([, value]) => value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)));
}

const yaml = (value: unknown): string => stringify(value, { lineWidth: 0, version: '1.2', defaultStringType: 'PLAIN', aliasDuplicateObjects: false });

function passOf({ passMark, passUnit }: Pack['exam']): string | number | null {
  if (passMark === null) return null;
  return passUnit === 'questions' ? passMark : `${String(Number((100 * passMark).toFixed(6)))}%`;
}

const percent = (share: number): number => Number((100 * share).toFixed(6));
const quartersOf = ({ lower, middle, upper }: Quarters): object => ({ lower: percent(lower), middle: percent(middle), upper: percent(upper) });

function statisticsOf({ statistics }: Pack): object | null {
  if (statistics === null || statistics === undefined) return null;
  const { students, when, source, right, domains } = statistics;
  return filled({ students, when, source, right: right === null ? null : quartersOf(right), domains: domains.map((domain) => ({ id: domain.code, right: quartersOf(domain.right) })) });
}

function manifestOf(pack: Pack): string {
  const { questions, minutes, draw } = pack.exam;
  return yaml(
    filled({
      format: formatVersion,
      id: pack.code,
      title: pack.title,
      description: pack.description,
      version: pack.version,
      author: pack.author,
      licence: pack.licence,
      notice: pack.notice,
      language: pack.language,
      exam: filled({ questions, minutes, pass: passOf(pack.exam), draw }),
      statistics: statisticsOf(pack),
      domains: pack.domains.map(({ code, title, weight, topics }) => filled({ id: code, title, weight, topics: topics.map((topic) => ({ id: topic.code, title: topic.title })) })),
      modules: pack.modules.map(({ code, title, summary, requires }) => filled({ id: code, title, summary, requires })),
    }),
  );
}

function questionOf({ id, topic, kind, difficulty, stem, options, explanation, reference, objective, flagged }: PackQuestion): Record<string, unknown> {
  const answer = ({ text, correct, tolerance, feedback }: PackOption): Record<string, unknown> => filled({ [correct ? 'right' : 'wrong']: text, tolerance: tolerance ?? undefined, feedback });
  return filled({ id, topic, kind, difficulty, stem, answers: options.map(answer), explanation, reference, objective, flagged });
}

/** The files of a pack in Ivy's own format, by their paths. */
export function packTexts(pack: Pack): Map<string, string> {
  const files = new Map([[manifestName, manifestOf(pack)]]);
  const numbered = (index: number): string => String(index + 1).padStart(4, '0');
  for (const module of pack.modules) {
    module.sections.forEach(({ code, title, topic, minutes, check, body }, index) => {
      files.set(`modules/${module.code}/${numbered(index)}.md`, `---\n${yaml(filled({ id: code, title, topic, minutes, check }))}---\n${body}\n`);
    });
  }
  if (pack.questions.length > 0) files.set('questions/questions.yaml', yaml(pack.questions.map(questionOf)));
  if (pack.flashcards.length > 0) files.set('flashcards/flashcards.yaml', yaml(pack.flashcards.map(({ id, topic, front, back }) => filled({ id, topic, front, back }))));
  pack.labs.forEach(({ code, title, topic, intro, prompt, steps, answers }, index) => {
    files.set(
      `labs/${numbered(index)}.yaml`,
      yaml(filled({ id: code, title, topic, intro, prompt, steps: steps.map((step) => filled({ ...step })), answers: answers.map(({ input, output }) => filled({ input, output })) })),
    );
  });
  return files;
}

/** Characters that mean something in GIFT, and line breaks. */
const giftText = (text: string): string => text.replace(/[\\~=#{}:]/g, (sign) => `\\${sign}`).replace(/\n/g, '\\n');
/** A text that begins with % would be taken for a weight: it is given one. */
const weighed = (text: string, weight: number): string => (text.startsWith('%') ? `%${String(weight)}%${giftText(text)}` : giftText(text));
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function giftAnswers({ kind, options }: PackQuestion): string {
  const feedback = (option: PackOption | undefined): string => (option?.feedback === null || option === undefined ? '' : `#${giftText(option.feedback)}`);
  const right = options.filter(({ correct }) => correct);
  switch (kind) {
    case 'truefalse': {
      const isTrue = right[0]?.text.toLowerCase() === 'true';
      // The first remark answers a wrong answer, the second a right one.
      const [onWrong, onRight] = [feedback(options.find(({ correct }) => !correct)), feedback(right[0])];
      const remarks = onWrong === '' && onRight !== '' ? `#${onRight}` : `${onWrong}${onRight}`;
      return `${isTrue ? 'TRUE' : 'FALSE'}${remarks}`;
    }
    case 'numeric':
      return `#${right.map((option) => `=${option.text}:${String(option.tolerance ?? 0)}${feedback(option)}`).join(' ')}`;
    case 'short':
      return right.map((option) => `=${weighed(option.text, 100)}${feedback(option)}`).join(' ');
    case 'single':
      return options.map((option) => `${option.correct ? '=' : '~'}${weighed(option.text, option.correct ? 100 : 0)}${feedback(option)}`).join('\n');
    case 'multiple': {
      const share = String(Number((100 / right.length).toFixed(5)));
      return options.map((option) => `~%${option.correct ? share : '-100'}%${giftText(option.text)}${feedback(option)}`).join('\n');
    }
  }
}

/** Questions in Moodle's GIFT format. Categories are the codes of domain and topic; what GIFT has no place for stands in comments. */
export function giftOf(pack: Pack): string {
  const domainOf = new Map(pack.domains.flatMap(({ code, topics }) => topics.map((topic) => [topic.code, code])));
  let topic = '';
  const blocks = pack.questions.map((question) => {
    const category = question.topic === topic ? '' : `$CATEGORY: ${domainOf.get(question.topic)?.replaceAll('/', '//') ?? ''}/${question.topic.replaceAll('/', '//')}\n\n`;
    topic = question.topic;
    const remarks = (['reference', 'objective', 'flagged'] as const).flatMap((name) => (question[name] === null ? [] : [`// ${name}: ${oneLine(question[name])}`]));
    const tags = question.difficulty === null ? '' : ` [tag:${question.difficulty}]`;
    const explanation = question.explanation === null ? '' : `\n####${giftText(question.explanation)}`;
    return `${category}${remarks.map((remark) => `${remark}\n`).join('')}// [id:${oneLine(question.id)}]${tags}\n[markdown]${giftText(question.stem)}{\n${giftAnswers(question)}${explanation}\n}\n`;
  });
  return `${blocks.join('\n')}\n`;
}

/** Questions as rows of a table. */
function* rowsOf(pack: Pack, mostOptions: number): Generator<(string | number | null)[]> {
  const domainOf = new Map(pack.domains.flatMap(({ code, topics }) => topics.map((topic) => [topic.code, code])));
  for (const { id, topic, kind, difficulty, stem, options, explanation, reference, objective, flagged } of pack.questions) {
    const typed = kind === 'numeric' || kind === 'short';
    const letters = options.flatMap(({ correct }, index) => (correct ? [String.fromCharCode(65 + index)] : [])).join(', ');
    yield [
      id,
      domainOf.get(topic) ?? '',
      topic,
      kind,
      difficulty,
      stem,
      ...Array.from({ length: mostOptions }, (_none, index) => (typed ? '' : (options[index]?.text ?? ''))),
      typed ? options.map(({ text }) => text).join(' | ') : letters,
      kind === 'numeric' ? (options[0]?.tolerance ?? 0) : null,
      explanation,
      reference,
      objective,
      flagged,
    ];
  }
}

async function writeTable(path: string, pack: Pack): Promise<number> {
  const mostOptions = pack.questions.reduce((most, { kind, options }) => (kind === 'numeric' || kind === 'short' ? most : Math.max(most, options.length)), 2);
  const heads = Array.from({ length: mostOptions }, (_none, index) => `Option ${String.fromCharCode(65 + index)}`);
  const header = ['Id', 'Domain', 'Topic', 'Kind', 'Difficulty', 'Question', ...heads, 'Correct', 'Tolerance', 'Explanation', 'Reference', 'Objective', 'Flagged'];
  return writeCsv(path, header, rowsOf(pack, mostOptions), new AbortController().signal);
}

async function writeZip(path: string, pack: Pack): Promise<void> {
  const zip = new ZipFile();
  // One date for all, so that the same course is the same file.
  const mtime = new Date(Date.UTC(2000, 0, 1));
  for (const [name, text] of packTexts(pack)) zip.addBuffer(Buffer.from(text, 'utf8'), name, { mtime, mode: 0o100644 });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path, { mode: 0o600 }));
}

/**
 * Writes a course to a file.
 *
 * @returns the file's size in bytes
 * @throws Refusal `storage_full` where the disk is full
 */
export async function writePackFile({ path, format, pack }: WritePack, checkpoint: Checkpoint): Promise<number> {
  checkpoint(0, 1);
  try {
    if (format === 'csv') return await writeTable(path, pack);
    if (format === 'gift') await writeFile(path, giftOf(pack), { mode: 0o600 });
    else await writeZip(path, pack);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw new Refusal('storage_full', 'The disk is full. Free some space and export again.', undefined, { cause: error });
    throw error;
  }
  return (await stat(path)).size;
}
