import { open, stat } from 'node:fs/promises';
import type { Encoding } from '#domain/admissions/imports/sniff';
import type { Checkpoint } from '#domain/kernel/checkpoint';
import { phrase } from '#domain/kernel/phrase';
import { mostItems } from '#domain/learning/courses/check';
import { type ColumnField, mappingProblem, proposeMapping, readRows, type TableMapping } from '#domain/learning/courses/columns';
import type { Draft } from '#domain/learning/courses/draft';
import { Refusal } from '#contract/errors';
import { openTable } from '../openTable';
import { isAiken, readAiken } from './aiken';
import { ankiCollections, readAnki } from './anki';
import { listZip, readFolder, readZip } from './archive';
import { readGift } from './gift';
import { pictureIn } from './markup';
import { readMoodleXml } from './moodleXml';
import { readOwnFormat, rootOf } from './ownFormat';
import { readQti } from './qti';
import { decodeText } from './text';
import { parseXml } from './xml';

/** What a course may be read from. */
export const packFormats = ['ivypack', 'table', 'gift', 'moodle', 'aiken', 'qti', 'anki'] as const;
export type PackFormat = (typeof packFormats)[number];

export interface PackChoice {
  readonly path: string;
  /** What the person calls the file; it stands in every message. */
  readonly name: string;
  readonly maximumBytes: number;
  /** Of a table: what its columns become, and how it is written, where what was found is not right. */
  readonly mapping?: TableMapping | undefined;
  readonly delimiter?: string | undefined;
  readonly encoding?: Encoding | undefined;
}

/** What was found out about a table. */
export interface TableFound {
  readonly delimiter: string | null;
  readonly encoding: Encoding | null;
  readonly columns: readonly { readonly index: number; readonly header: string; readonly field: ColumnField | null; readonly samples: readonly string[] }[];
  readonly answers: TableMapping['answers'];
}

export interface ReadFile {
  readonly format: PackFormat;
  readonly draft: Draft;
  readonly table: TableFound | null;
}

const samplesShown = 4;

/** Files of a package that hold questions; what else is in it is not unpacked. */
const isQuestionFile = (file: string): boolean => /\.xml$/i.test(file);

async function readArchive(choice: PackChoice, checkpoint: Checkpoint): Promise<ReadFile | null> {
  const { path, name } = choice;
  const names = await listZip(path, name);
  const root = rootOf(names);
  if (root !== null) {
    const files = await readZip(path, name, (file) => file.startsWith(root) && /\.(ya?ml|md|csv)$/i.test(file), checkpoint);
    return { format: 'ivypack', draft: readOwnFormat(files), table: null };
  }
  const collection = ankiCollections.find((each) => names.includes(each));
  if (collection !== undefined) return { format: 'anki', draft: readAnki(await readZip(path, name, (file) => file === collection, checkpoint), name), table: null };
  if (names.includes('[Content_Types].xml')) return null;
  if (names.some(isQuestionFile)) return { format: 'qti', draft: readQti(await readZip(path, name, isQuestionFile, checkpoint)), table: null };
  throw new Refusal('unreadable_file', `${name} is a zip file without a course in it: there is no pack.yaml, no Anki collection and no QTI question. Choose another file; nothing was changed.`);
}

function readXmlFile(bytes: Buffer, name: string): ReadFile {
  const text = decodeText(bytes, name);
  const root = parseXml(text, name);
  if (root.name === 'quiz') return { format: 'moodle', draft: readMoodleXml(root, text, name), table: null };
  if (root.name === 'assessmentItem' || root.name === 'assessmentTest' || root.name === 'questestinterop' || root.name.startsWith('qti-')) return { format: 'qti', draft: readQti(new Map([[`${name.replace(/\.xml$/i, '')}.xml`, bytes]])), table: null };
  throw new Refusal('unreadable_file', `${name} is XML, but neither Moodle's nor QTI: it begins with <${root.name.slice(0, 50)}>. Export the questions as Moodle XML and choose that; nothing was changed.`);
}

/** Whether a text is in GIFT format: an answer in braces, and none of the heads that a table has. */
function isGift(text: string): boolean {
  return /^\s*(?:\$CATEGORY:|::)/m.test(text) || /\{\s*(?:[=~#]|T(?:RUE)?\b|F(?:ALSE)?\b|\})/.test(text);
}

async function readTable(choice: PackChoice, checkpoint: Checkpoint): Promise<ReadFile> {
  const table = await openTable(choice);
  const rows: { readonly cells: readonly string[]; readonly line: number }[] = [];
  for await (const piece of table.rows()) {
    checkpoint(table.bytesRead(), table.bytes);
    rows.push(...piece);
    if (rows.length > mostItems) throw new Refusal('too_large', `${choice.name} has more than ${mostItems.toLocaleString('en')} rows. Split it into courses; nothing was changed.`);
  }
  const cells = rows.map((row) => row.cells);
  const mapping = choice.mapping ?? proposeMapping(table.header, cells);
  const columns = table.header.map((header, index) => ({
    index,
    header,
    field: mapping.columns[index] ?? null,
    samples: [...new Set(cells.slice(0, 5_000).map((row) => (row[index] ?? '').trim()).filter((cell) => cell !== ''))].slice(0, samplesShown).map((cell) => cell.slice(0, 120)),
  }));
  const found: TableFound = { delimiter: table.delimiter, encoding: table.encoding, columns, answers: mapping.answers };
  const wrong = mappingProblem(mapping);
  const draft = readRows(choice.name, table.header, wrong === null ? rows : [], mapping);
  const problems: Draft['problems'] = wrong === null ? draft.problems : [{ file: choice.name, line: 1, severity: 'fatal', reason: phrase(`courses.mapping.${wrong}`) }];
  return { format: 'table', draft: { ...draft, problems }, table: found };
}

async function read(choice: PackChoice, checkpoint: Checkpoint): Promise<ReadFile> {
  const { path, name, maximumBytes } = choice;
  const about = await stat(path);
  if (about.isDirectory()) return { format: 'ivypack', draft: readOwnFormat(await readFolder(path, name, checkpoint)), table: null };
  if (about.size === 0) throw new Refusal('unreadable_file', `${name} is empty. Choose another file.`);
  if (about.size > maximumBytes) {
    throw new Refusal('too_large', `${name} has ${String(Math.ceil(about.size / 1_048_576))} MB; the most is ${String(Math.floor(maximumBytes / 1_048_576))} MB. Split it, or raise the limit in the settings.`);
  }
  const handle = await open(path, 'r');
  try {
    const first = Buffer.alloc(2);
    await handle.read(first, 0, 2, 0);
    if (first.toString('latin1') === 'PK') return (await readArchive(choice, checkpoint)) ?? (await readTable(choice, checkpoint));
    if (/\.(csv|tsv)$/i.test(name)) return await readTable(choice, checkpoint);
    const bytes = await handle.readFile();
    const text = decodeText(bytes, name);
    if (/^\s*</.test(text)) return readXmlFile(bytes, name);
    if (isAiken(text)) return { format: 'aiken', draft: readAiken(text, name), table: null };
    if (isGift(text)) return { format: 'gift', draft: readGift(text, name), table: null };
  } finally {
    await handle.close();
  }
  return readTable(choice, checkpoint);
}

/**
 * Reads a course from a file, by what is in it, whatever it is called; a folder is a pack in Ivy's own format.
 *
 * @throws Refusal for what is no course, is damaged, or would harm
 */
export async function openPack(choice: PackChoice, checkpoint: Checkpoint): Promise<ReadFile> {
  let found: ReadFile;
  try {
    found = await read(choice, checkpoint);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new Refusal('not_found', `${choice.name} does not exist. Check the path, or choose the file again.`);
    if (error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM')) throw new Refusal('unreadable_file', `${choice.name} may not be read. Change its permissions, or choose another file.`);
    throw error;
  }
  // A question about a picture that is not there cannot be examined.
  const questions = found.draft.questions.map((question) => (question.flagged === null ? { ...question, flagged: pictureIn(question.stem, ...question.options.map(({ text }) => text)) } : question));
  return { ...found, draft: { ...found.draft, questions } };
}
