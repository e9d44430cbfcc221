import readXlsxFile from 'read-excel-file/node';
import { Refusal } from '#contract/errors';
import { rowsPerPiece, type Table, type TableRow } from './table';

type Cell = string | number | boolean | Date | null | undefined;

/** A workbook is read as a whole; a larger table belongs into a CSV file. */
export const largestWorkbookBytes = 100 * 1_024 * 1_024;

/** What a cell shows, as text that the column types understand: dates as ISO, without a zone, as spreadsheets have none. */
function textOf(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) {
    if (Number.isNaN(cell.getTime())) return '';
    const iso = cell.toISOString();
    return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19);
  }
  return typeof cell === 'boolean' ? (cell ? 'yes' : 'no') : String(cell);
}

/** Opens the first sheet that has anything in it, or the one that is named. */
export async function openXlsx(path: string, name: string, bytes: number, sheet: string | undefined): Promise<Table & { readonly sheets: readonly string[] }> {
  if (bytes > largestWorkbookBytes) {
    throw new Refusal('too_large', `${name} is larger than ${String(largestWorkbookBytes / 1_048_576)} MB. Save it as CSV, which has no such limit, and choose that.`);
  }
  let sheets: { readonly sheet: string; readonly data: readonly (readonly Cell[])[] }[];
  try {
    sheets = (await readXlsxFile(path)) as typeof sheets;
  } catch (error) {
    throw new Refusal('unreadable_file', `${name} is no Excel workbook that can be read. Open it in your spreadsheet program, save it again as .xlsx or CSV, and choose that.`, undefined, {
      cause: error,
    });
  }
  const chosen = sheet === undefined ? sheets.find(({ data }) => data.length > 0) : sheets.find((each) => each.sheet === sheet);
  if (sheet !== undefined && chosen === undefined) {
    throw new Refusal('unreadable_file', `${name} has no sheet called ${sheet}. Its sheets are: ${sheets.map((each) => each.sheet).join(', ')}.`);
  }
  const [header, ...body] = chosen?.data ?? [];
  if (header === undefined || header.every((cell) => textOf(cell).trim() === '')) {
    throw new Refusal('unreadable_file', `${name} is empty: there is no header in the first row of its sheet. Choose another file.`);
  }
  const width = header.length;
  let done = 0;
  return {
    format: 'xlsx',
    delimiter: null,
    encoding: null,
    header: header.map(textOf),
    bytes,
    bytesRead: () => Math.round((bytes * done) / Math.max(1, body.length)),
    sheets: sheets.map((each) => each.sheet),
    // oxlint-disable-next-line typescript/require-await -- the rows of a text file come by and by; these are at hand
    async *rows() {
      for (let from = 0; from < body.length; from += rowsPerPiece) {
        const piece = body.slice(from, from + rowsPerPiece).map((cells, index): TableRow => ({
          // A sheet leaves out empty cells at the end of a row; a short row is not a broken one here.
          cells: Array.from({ length: Math.max(width, cells.length) }, (_none, column) => textOf(cells[column])),
          line: from + index + 2,
        }));
        done = from + piece.length;
        yield piece;
      }
    },
  };
}
