import { phrase } from '#domain/kernel/phrase';
import { fold } from '#domain/kernel/text';
import { nameOf } from './blueprint';
import { bareDraft, type Draft, type DraftFlashcard, type DraftOption, type DraftQuestion, type Named, type PackProblem } from './draft';
import { type Difficulty, type QuestionKind, questionKinds } from './pack';

/** What a column of a table of questions may become. Several columns may be options, in their order; of each other there is one. */
export const columnFields = [
  'id',
  'stem',
  'option',
  'correct',
  'kind',
  'tolerance',
  'explanation',
  'reference',
  'domain',
  'topic',
  'difficulty',
  'objective',
  'flagged',
  'figure',
  'front',
  'back',
] as const;
export type ColumnField = (typeof columnFields)[number];

/** How the right answer is written: as the letter of its option, as its number from 0 or from 1, or as its text. */
export const answerForms = ['letter', 'fromZero', 'fromOne', 'text'] as const;
export type AnswerForm = (typeof answerForms)[number];

/** What each column of a table becomes. */
export interface TableMapping {
  readonly columns: readonly (ColumnField | null)[];
  readonly answers: AnswerForm;
}

/** What the heads of columns are called, folded and without spaces and signs. */
const headWords: Readonly<Record<ColumnField, readonly string[]>> = {
  id: ['id', 'qid', 'questionid', 'number', 'no', 'nr', 'code', 'externalid', 'itemid'],
  stem: ['stem', 'question', 'questiontext', 'text', 'prompt', 'item'],
  option: [],
  correct: ['correct', 'correctanswer', 'correctletter', 'correctoption', 'answer', 'answerkey', 'key', 'right', 'rightanswer', 'solution', 'correctindex'],
  kind: ['kind', 'type', 'questiontype'],
  tolerance: ['tolerance', 'margin'],
  explanation: ['explanation', 'rationale', 'feedback', 'comment', 'why', 'generalfeedback'],
  reference: ['reference', 'references', 'ref', 'refs', 'source', 'citation'],
  domain: ['domain', 'subelement', 'chapter', 'area', 'category', 'section', 'domaincode', 'unit'],
  topic: ['topic', 'group', 'subtopic', 'tag', 'subject', 'topiccode', 'lesson'],
  difficulty: ['difficulty', 'level'],
  objective: ['objective', 'learningobjective', 'outcome', 'skill'],
  flagged: ['flagged', 'flag', 'flaggedbecause'],
  figure: ['figure', 'image', 'picture', 'diagram', 'media'],
  front: ['front', 'term'],
  back: ['back', 'definition'],
};

const optionHead = /^(?:(?:option|answer|choice|distractor|opt|ans)(?:[a-z]|[1-9]|1\d|2[0-6])|[a-h]|[1-9])$/;

const headWord = (header: string): string => fold(header).replace(/[^\p{L}\p{N}]+/gu, '');

/** What a table's columns are proposed to become, by their heads, and how right answers are written, by their cells. */
export function proposeMapping(headers: readonly string[], rows: readonly (readonly string[])[]): TableMapping {
  const words = headers.map(headWord);
  const columns: (ColumnField | null)[] = words.map((word) => (optionHead.test(word) ? 'option' : null));
  // A single column "a" or "1" is no list of options.
  if (columns.filter((field) => field === 'option').length < 2) columns.fill(null);
  for (const field of columnFields) {
    let best = -1;
    let bestRank = Number.POSITIVE_INFINITY;
    words.forEach((word, index) => {
      const rank = headWords[field].indexOf(word);
      if (columns[index] === null && rank >= 0 && rank < bestRank) [best, bestRank] = [index, rank];
    });
    if (best >= 0) columns[best] = field;
  }
  const optionColumns = columns.flatMap((field, index) => (field === 'option' ? [index] : []));
  // A row without options is answered in words, whatever the others are.
  const rowsWithOptions = rows.filter((row) => optionColumns.some((index) => (row[index] ?? '').trim() !== ''));
  const cellsOf = (index: number): string[] => rowsWithOptions.map((row) => (row[index] ?? '').trim()).filter((cell) => cell !== '');
  // Letters leave no doubt where numbers do: from 0 or from 1.
  const letters = words.findIndex((word, index) => headWords.correct.includes(word) && columns[index] === null && cellsOf(index).length > 0 && cellsOf(index).every(isLetters));
  const chosen = columns.indexOf('correct');
  if (chosen >= 0 && letters >= 0 && !cellsOf(chosen).every(isLetters)) {
    columns[chosen] = null;
    columns[letters] = 'correct';
  }
  return { columns, answers: answerFormOf(cellsOf(columns.indexOf('correct')), optionColumns.length) };
}

const isLetters = (cell: string): boolean => /^(?:[A-H]{2,8}|[a-z](?:[\s,;|+&/]+[a-z])*)$/.test(cell) || /^[A-Z](?:[\s,;|+&/]+[A-Z])*$/.test(cell);
const isNumbers = (cell: string): boolean => /^\d{1,2}(?:[\s,;|+&/]+\d{1,2})*$/.test(cell);

/**
 * How the cells of right answers are written. Numbers that include 0 count from 0; others from 1, where none goes past the last option.
 */
export function answerFormOf(cells: readonly string[], options: number): AnswerForm {
  if (cells.length === 0 || options === 0) return 'text';
  if (cells.every(isLetters)) return 'letter';
  if (!cells.every(isNumbers)) return 'text';
  const numbers = cells.flatMap((cell) => (cell.match(/\d+/g) ?? []).map(Number));
  if (numbers.some((number) => number > options)) return 'text';
  return numbers.includes(0) ? 'fromZero' : 'fromOne';
}

/** What keeps a mapping from being used, or null. */
export function mappingProblem({ columns }: TableMapping): 'noStem' | 'noAnswer' | 'twice' | null {
  const single = columns.filter((field): field is ColumnField => field !== null && field !== 'option');
  if (new Set(single).size < single.length) return 'twice';
  const cards = columns.includes('front') && columns.includes('back');
  if (!columns.includes('stem')) return cards ? null : 'noStem';
  return columns.includes('correct') ? null : 'noAnswer';
}

/** The places of the right options that a cell names, from 0; text is not looked at here. */
function rightPlaces(cell: string, answers: AnswerForm): number[] {
  if (answers === 'letter') return (cell.toLowerCase().match(/[a-z]/g) ?? []).map((letter) => letter.charCodeAt(0) - 97);
  return (cell.match(/\d+/g) ?? []).map((number) => Number(number) - (answers === 'fromOne' ? 1 : 0));
}

const named = (text: string): Named | null => (text === '' ? null : nameOf(text));

function difficultyOf(text: string): Difficulty | null {
  const word = fold(text);
  if (['easy', 'low', 'beginner', '1'].includes(word)) return 'easy';
  if (['medium', 'moderate', 'intermediate', 'normal', '2'].includes(word)) return 'medium';
  if (['hard', 'difficult', 'high', 'advanced', '3'].includes(word)) return 'hard';
  return null;
}

const kindWords: Readonly<Record<string, QuestionKind>> = {
  multiplechoice: 'single',
  singlechoice: 'single',
  mc: 'single',
  multipleresponse: 'multiple',
  multipleanswer: 'multiple',
  truefalse: 'truefalse',
  tf: 'truefalse',
  numerical: 'numeric',
  number: 'numeric',
  shortanswer: 'short',
  text: 'short',
};

const isKind = (word: string): word is QuestionKind => (questionKinds as readonly string[]).includes(word);

/** Whether a cell says that something is there: not empty, and not a word for no. */
const saysNo = (cell: string): boolean => ['', '0', 'no', 'false', 'none', '-', 'n/a'].includes(cell.toLowerCase());

/** A cell without the apostrophe that an export puts before what a spreadsheet would take for a formula. */
const withoutGuard = (cell: string): string => (/^'[=+\-@|]/.test(cell) ? cell.slice(1) : cell);

/** Several right texts in one cell stand apart by this. */
const textSeparator = /\s*\|\s*/;

/** Options and which of them are right, or what is wrong with the row. */
function optionsOfRow(cells: readonly string[], correct: string, answers: AnswerForm, tolerance: number | null): readonly DraftOption[] | 'badAnswer' {
  const last = cells.reduce((most, cell, index) => (cell === '' ? most : index), -1);
  const options = cells.slice(0, last + 1);
  if (options.length === 0) return correct === '' ? [] : correct.split(textSeparator).map((text) => ({ text, correct: true, tolerance }));
  if (answers === 'text') {
    const right = new Set((options.some((option) => fold(option) === fold(correct)) ? [correct] : correct.split(textSeparator)).map(fold));
    if (correct !== '' && ![...right].every((text) => options.some((option) => fold(option) === text))) return 'badAnswer';
    return options.filter((text) => text !== '').map((text) => ({ text, correct: right.has(fold(text)) }));
  }
  const places = rightPlaces(correct, answers);
  if (places.some((place) => options[place] === undefined || options[place] === '')) return 'badAnswer';
  return options.map((text, index) => ({ text, correct: places.includes(index) })).filter(({ text }) => text !== '');
}

/** The columns of options by the letter or number in their heads, which the right answer may name; else as they stand. */
function optionOrder(headers: readonly string[], columns: TableMapping['columns']): number[] {
  const found = columns.flatMap((field, index) => (field === 'option' ? [{ index, label: /(?:[a-z]|\d+)$/.exec(headWord(headers[index] ?? ''))?.[0] ?? '' }] : []));
  const labels = new Set(found.map(({ label }) => label));
  const isLabelled = labels.size === found.length && found.every(({ label }) => /^\d+$/.test(label)) !== found.every(({ label }) => /^[a-z]$/.test(label));
  if (!isLabelled) return found.map(({ index }) => index);
  const rank = (label: string): number => (/^\d+$/.test(label) ? Number(label) : label.charCodeAt(0));
  return found.sort((a, b) => rank(a.label) - rank(b.label)).map(({ index }) => index);
}

/**
 * Reads rows of a table through a mapping.
 *
 * @param file what the table is called in problems
 * @param headers the heads of its columns
 */
export function readRows(file: string, headers: readonly string[], rows: Iterable<{ readonly cells: readonly string[]; readonly line: number }>, { columns, answers }: TableMapping): Draft {
  const questions: DraftQuestion[] = [];
  const flashcards: DraftFlashcard[] = [];
  const problems: PackProblem[] = [];
  const unsupported: Record<string, number> = {};
  let rejected = 0;
  const at = (field: ColumnField): number => columns.indexOf(field);
  const places = { id: at('id'), stem: at('stem'), correct: at('correct'), kind: at('kind'), tolerance: at('tolerance'), explanation: at('explanation'), reference: at('reference'), domain: at('domain'), topic: at('topic'), difficulty: at('difficulty'), objective: at('objective'), flagged: at('flagged'), figure: at('figure'), front: at('front'), back: at('back') };
  const optionColumns = optionOrder(headers, columns);
  for (const { cells, line } of rows) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    const place = { file, line };
    const cell = (index: number): string => (index < 0 ? '' : withoutGuard((cells[index] ?? '').trim()));
    const text = (index: number): string | null => (cell(index) === '' ? null : cell(index));
    if (places.stem < 0) {
      flashcards.push({ at: place, id: text(places.id), domain: named(cell(places.domain)), topic: named(cell(places.topic)), front: cell(places.front), back: cell(places.back) });
      continue;
    }
    const written = headWord(cell(places.kind));
    const kind = written === '' ? null : isKind(written) ? written : (kindWords[written] ?? undefined);
    if (kind === undefined) {
      unsupported[cell(places.kind)] = (unsupported[cell(places.kind)] ?? 0) + 1;
      rejected += 1;
      continue;
    }
    const tolerance = text(places.tolerance) === null ? null : Number(cell(places.tolerance));
    if (tolerance !== null && !(tolerance >= 0)) {
      problems.push({ ...place, severity: 'rejected', reason: phrase('courses.problems.noNumber') });
      rejected += 1;
      continue;
    }
    const options = optionsOfRow(optionColumns.map(cell), cell(places.correct), answers, tolerance);
    if (options === 'badAnswer') {
      problems.push({ ...place, severity: 'rejected', reason: phrase('courses.problems.badAnswer', { answer: cell(places.correct).slice(0, 100) }) });
      rejected += 1;
      continue;
    }
    const figure = cell(places.figure);
    const difficultyCell = cell(places.difficulty);
    const difficulty = difficultyOf(difficultyCell);
    if (difficulty === null && difficultyCell !== '') problems.push({ ...place, severity: 'warning', reason: phrase('courses.problems.difficulty', { value: difficultyCell.slice(0, 50) }) });
    questions.push({
      at: place,
      id: text(places.id),
      domain: named(cell(places.domain)),
      topic: named(cell(places.topic)),
      kind: kind ?? (optionColumns.every((index) => cell(index) === '') ? shortOrNumeric(options) : null),
      difficulty,
      stem: cell(places.stem),
      options,
      explanation: text(places.explanation),
      reference: text(places.reference),
      objective: text(places.objective),
      flagged: text(places.flagged) ?? (saysNo(figure) ? null : `Figure ${figure}`),
    });
  }
  return bareDraft({ questions, flashcards, problems, rejected, unsupported });
}

const shortOrNumeric = (options: readonly DraftOption[]): QuestionKind => (options.length > 0 && options.every(({ text, tolerance }) => tolerance !== null && tolerance !== undefined && Number.isFinite(Number(text))) ? 'numeric' : 'short');
