import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { DateTime } from 'luxon';
import { Refusal } from '#contract/errors';
import { neutralise } from './csvWriter';
import { writeWhole } from './wholeFile';

// A workbook of one sheet, row by row: a library that builds it as a whole holds the core up for seconds at 100,000 leads, and takes
// hundreds of megabytes. Only the parts that a reader asks for are written. Source of the shapes: ECMA-376, part 1, SpreadsheetML.

/** What the cells of a column hold; a date is UTC milliseconds, shown by the calendar of the workspace. */
export type CellType = 'text' | 'number' | 'boolean' | 'date';

export interface SheetColumn {
  readonly header: string;
  readonly type: CellType;
}

export type SheetCell = string | number | boolean | null;

/** The most rows of a sheet, its head among them. */
export const mostSheetRows = 1_048_576;
/** The most characters of a cell. */
const longestCell = 32_767;

const styles = { plain: 0, day: 1, moment: 2, head: 3 } as const;
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const documents = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';

const parts: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${documents}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${documents}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${documents}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
};

const workbook = (sheet: string): string => `<workbook xmlns="${main}" xmlns:r="${documents}"><sheets><sheet name="${escaped(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>`;

/** A text as XML holds it: without characters that XML has none of, and not to be taken for an escape of Excel's own. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    // XML 1.0 has none of these.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

/** A column's letters: A, B, … Z, AA. */
function lettersOf(index: number): string {
  return (index < 26 ? '' : lettersOf(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));
}

function textCell(at: string, text: string, style: number): string {
  const short = text.length > longestCell ? `${text.slice(0, longestCell - 1)}…` : text;
  return `<c r="${at}" t="inlineStr"${style === styles.plain ? '' : ` s="${String(style)}"`}><is><t xml:space="preserve">${escaped(neutralise(short))}</t></is></c>`;
}

const millisecondsPerDay = 86_400_000;
/** 1 January 1970 as a day number of spreadsheets. */
const epochDay = 25_569;

/** A moment as a spreadsheet counts days, by the wall clock of a zone; null before 1900, of which spreadsheets know nothing. */
function serialOf(at: number, timeZone: string): number | null {
  const offset = DateTime.fromMillis(at, { zone: timeZone }).offset * 60_000;
  const serial = (at + offset) / millisecondsPerDay + epochDay;
  return serial >= 61 ? Math.round(serial * 86_400) / 86_400 : null;
}

/** A cell at its address; one that holds nothing is not written. */
function cellOf(at: string, cell: SheetCell, type: CellType, timeZone: string): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'boolean') return `<c r="${at}" t="b"><v>${cell ? '1' : '0'}</v></c>`;
  if (typeof cell === 'string') return textCell(at, cell, styles.plain);
  if (!Number.isFinite(cell)) return '';
  if (type !== 'date') return `<c r="${at}"><v>${String(cell)}</v></c>`;
  const serial = serialOf(cell, timeZone);
  if (serial === null) return textCell(at, new Date(cell).toISOString(), styles.plain);
  return `<c r="${at}" s="${String(Number.isInteger(serial) ? styles.day : styles.moment)}"><v>${String(serial)}</v></c>`;
}

const widthOf = ({ header, type }: SheetColumn): number => Math.min(40, Math.max(header.length + 2, type === 'date' ? 16 : type === 'text' ? 18 : 10));

interface Sheet {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly timeZone: string;
}

/** The sheet as XML, some rows at a time. */
async function* sheetText({ columns, timeZone }: Sheet, rows: Iterable<readonly SheetCell[]> | AsyncIterable<readonly SheetCell[]>): AsyncGenerator<string> {
  const widths = columns.map((column, index) => `<col min="${String(index + 1)}" max="${String(index + 1)}" width="${String(widthOf(column))}" customWidth="1"/>`).join('');
  yield `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData>`;
  const letters = columns.map((_column, index) => lettersOf(index));
  yield `<row r="1">${columns.map(({ header }, index) => textCell(`${letters[index] ?? ''}1`, header, styles.head)).join('')}</row>`;
  let written = 1;
  let waiting = '';
  for await (const row of rows) {
    written += 1;
    if (written > mostSheetRows) throw new Refusal('too_large', `A sheet of Excel holds ${String(mostSheetRows - 1)} rows. Export as CSV, which has no such limit.`);
    const number = String(written);
    waiting += `<row r="${number}">${columns.map(({ type }, index) => cellOf(`${letters[index] ?? ''}${number}`, row[index] ?? null, type, timeZone)).join('')}</row>`;
    if (waiting.length > 65_536) {
      yield waiting;
      waiting = '';
    }
  }
  yield `${waiting}</sheetData></worksheet>`;
}

/** Packs the text of the sheet, with the other parts of the workbook, as it comes. */
function packing(sheet: string): Transform {
  let failed: Error | null = null;
  const stream = new Transform({
    writableObjectMode: true,
    transform(text: string, _encoding, done) {
      file.push(strToU8(text));
      done(failed);
    },
    flush(done) {
      file.push(new Uint8Array(0), true);
      zip.end();
      done(failed);
    },
  });
  const zip = new Zip((error, data) => {
    if (error !== null) failed = error;
    else stream.push(Buffer.from(data));
  });
  for (const [path, text] of [...Object.entries(parts), ['xl/workbook.xml', workbook(sheet)] as const]) {
    const small = new ZipPassThrough(path);
    zip.add(small);
    small.push(strToU8(declaration + text), true);
  }
  const file = new ZipDeflate('xl/worksheets/sheet1.xml', { level: 3 });
  zip.add(file);
  return stream;
}

/**
 * Writes a workbook of one sheet: numbers, dates and yes or no as such, texts as texts that no program takes for a formula, the head
 * frozen. Rows are written as they come, so that a large workbook needs no more memory than a small one.
 *
 * @returns the file's size in bytes
 * @throws Refusal `too_large` beyond the rows of a sheet, `storage_full` where the disk is full; nothing half written is left
 */
export async function writeXlsx(path: string, sheet: Sheet, rows: Iterable<readonly SheetCell[]> | AsyncIterable<readonly SheetCell[]>, signal: AbortSignal): Promise<number> {
  return writeWhole(path, (to) => pipeline(Readable.from(sheetText(sheet, rows)), packing(sheet.name), to, { signal }));
}
