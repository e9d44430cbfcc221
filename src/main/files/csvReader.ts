import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { CsvError, type InfoRecord, type Options, parse } from 'csv-parse';
import { parse as parseNow } from 'csv-parse/sync';
import { guessDelimiter, guessEncoding, type Delimiter, type EncodingGuess } from '#domain/admissions/imports/sniff';
import { Refusal } from '#contract/errors';
import { rowsPerPiece, type Table, type TableRow } from './table';

const sampleBytes = 256 * 1_024;
/** One record may be so long; a quote that is never closed would otherwise swallow the rest of the file. */
const longestRecord = 4 * 1_024 * 1_024;

const options = (delimiter: string) => ({
  delimiter,
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  max_record_size: longestRecord,
});

/** Bytes of a sample as text, in the encoding that was found. */
function decode(bytes: Uint8Array, { encoding, bom }: EncodingGuess): string {
  return new TextDecoder(encoding).decode(bytes.subarray(bom), { stream: true });
}

/** A stream that turns bytes into text; characters that lie across two chunks stay whole. */
function decoder({ encoding, bom }: EncodingGuess): Transform {
  const text = new TextDecoder(encoding, { ignoreBOM: false });
  let skip = bom;
  return new Transform({
    decodeStrings: false,
    encoding: 'utf8',
    transform(chunk: Buffer, _encoding, done) {
      const from = Math.min(skip, chunk.length);
      skip -= from;
      done(null, text.decode(chunk.subarray(from), { stream: true }));
    },
    flush(done) {
      done(null, text.decode());
    },
  });
}

/** The number of fields of each record of a sample, or null where the delimiter does not fit. */
function fieldCounts(sample: string, delimiter: Delimiter): number[] | null {
  const counts: number[] = [];
  const count = (record: string[]): string[] => {
    counts.push(record.length);
    return record;
  };
  try {
    parseNow(sample, { ...options(delimiter), to: 50, on_record: count } satisfies Options);
  } catch {
    // The sample may end inside a long cell: the records before it tell enough.
  }
  return counts.length === 0 ? null : counts;
}

/** Line breaks inside the cells of a record; the parser itself counts a CRLF in quotes as two. */
function breaksIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (/[\r\n]/.test(cell) ? cell.split(/\r\n|\r|\n/).length - 1 : 0), 0);
}

/** A sample that ends with a whole line, so that a record cut in two does not mislead. */
function wholeLines(sample: string, isWholeFile: boolean): string {
  if (isWholeFile) return sample;
  const end = sample.lastIndexOf('\n');
  return end > 0 ? sample.slice(0, end + 1) : sample;
}

/**
 * @param next the line after the last row that could be read
 * @param emptyBefore empty lines up to there; those that follow lie before the row that could not be read
 */
function refusalOf(error: unknown, name: string, next: number, emptyBefore: number): unknown {
  if (!(error instanceof CsvError)) return error;
  const { empty_lines: empty = emptyBefore } = error as CsvError & { empty_lines?: number };
  const line = String(next + empty - emptyBefore);
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return new Refusal('unreadable_file', `${name}: the quote that opens near line ${line} is never closed. Close it and try again; nothing was changed.`, { line });
    case 'CSV_MAX_RECORD_SIZE':
      return new Refusal('unreadable_file', `${name}: the row near line ${line} is longer than ${String(longestRecord / 1_048_576)} MB. A quote was probably opened there and never closed; nothing was changed.`, { line });
    default:
      return new Refusal('unreadable_file', `${name} cannot be read near line ${line}: ${error.message}. Nothing was changed.`, { line });
  }
}

/** Opens a delimited text file: encoding and delimiter are found unless they are given. */
export async function openCsv(path: string, name: string, bytes: number, given: { readonly delimiter?: string | undefined; readonly encoding?: EncodingGuess['encoding'] | undefined }): Promise<Table> {
  const handle = await open(path, 'r');
  const sample = new Uint8Array(Math.min(sampleBytes, bytes));
  try {
    await handle.read(sample, 0, sample.length, 0);
  } finally {
    await handle.close();
  }
  const guessed = guessEncoding(sample);
  const encoding = given.encoding === undefined || given.encoding === guessed?.encoding ? guessed : { encoding: given.encoding, bom: 0 };
  if (encoding === null) {
    throw new Refusal('unreadable_file', `${name} is no text file. Save it as CSV or as an Excel workbook (.xlsx) and choose that.`);
  }
  const text = wholeLines(decode(sample, encoding), sample.length === bytes);
  const delimiter = given.delimiter ?? guessDelimiter((each) => fieldCounts(text, each));
  let header: string[] | undefined;
  try {
    header = parseNow(text, { ...options(delimiter), to: 1 } satisfies Options)[0];
  } catch (error) {
    throw refusalOf(error, name, 1, 0);
  }
  if (header === undefined || header.every((cell) => cell.trim() === '')) {
    throw new Refusal('unreadable_file', `${name} is empty: there is no header in its first line. Choose another file.`);
  }
  let read = 0;
  return {
    format: 'csv',
    delimiter,
    encoding: encoding.encoding,
    header,
    bytes,
    bytesRead: () => read,
    async *rows() {
      const file = createReadStream(path, { highWaterMark: 256 * 1_024 });
      file.on('data', (chunk) => {
        read += chunk.length;
      });
      const text = decoder(encoding);
      let next = 1;
      let [linesBefore, emptyBefore] = [0, 0];
      const withLine = (cells: string[], { lines, empty_lines: empty }: InfoRecord): TableRow => {
        const line = next + empty - emptyBefore;
        next = line + 1 + (lines - linesBefore > 1 ? breaksIn(cells) : 0);
        [linesBefore, emptyBefore] = [lines, empty];
        return { cells, line };
      };
      // The library's types know records of text only, not what on_record makes of them.
      const parser = parse({ ...options(delimiter), on_record: withLine as unknown as NonNullable<Options['on_record']> });
      file.on('error', (error) => parser.destroy(error));
      file.pipe(text).pipe(parser);
      let piece: TableRow[] = [];
      let isHeader = true;
      try {
        for await (const row of parser as AsyncIterable<TableRow>) {
          if (isHeader) {
            isHeader = false;
            continue;
          }
          piece.push(row);
          if (piece.length < rowsPerPiece) continue;
          yield piece;
          piece = [];
        }
        if (piece.length > 0) yield piece;
      } catch (error) {
        throw refusalOf(error, name, next, emptyBefore);
      } finally {
        file.destroy();
      }
    },
  };
}

