import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptProposals } from '#domain/admissions/imports/mapping';
import { Refusal } from '#contract/errors';
import { csvLine, preview, readTable, readThrough, textColumn } from '#test/support/tables';

const runs = { seed: 20261005, numRuns: 60 };

/** Texts as people paste them: no zero bytes and no half characters, which no text file has; the mark of a beginning is none either. */
const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((value) => value.replace(/[\u0000\uFEFF]/g, ''));
const awkward = fc.constantFrom('', '"', '""', ',', ';', '\t', '|', 'a\nb', 'a\r\nb', '"quoted", twice', ' spaces ', '=1+1', '𝄞', '-', '0', "O'Brien");
const cell = fc.oneof(text, awkward);
const word = fc.stringMatching(/^[A-Za-zäöüéßñ][A-Za-zäöüéßñ ]{0,8}[a-z]$/);
const delimiter = fc.constantFrom(',', ';', '\t', '|');
const lineEnd = fc.constantFrom('\n', '\r\n');

/** A table of a few columns; some cell of each row is filled, for an empty row is none. */
const table = (content: fc.Arbitrary<string>) =>
  fc.integer({ min: 2, max: 6 }).chain((width) =>
    fc.array(
      fc.array(content, { minLength: width, maxLength: width }).filter((row) => row.some((each) => each.trim() !== '')),
      { minLength: 1, maxLength: 12 },
    ),
  );

const headerOf = (rows: readonly (readonly string[])[]): string[] => rows[0]!.map((_cell, index) => `Column ${'abcdef'.charAt(index)}`);

function csv(rows: readonly (readonly string[])[], by: string, end: string, quoteAll: boolean): string {
  return [headerOf(rows), ...rows].map((row) => csvLine(row, by, quoteAll) + end).join('');
}

describe('a table that is written as CSV', () => {
  it('is read with the same cells, whatever stands in them', async () => {
    await fc.assert(
      fc.asyncProperty(table(cell), delimiter, lineEnd, fc.boolean(), fc.boolean(), async (rows, by, end, quoteAll, mark) => {
        const read = await readTable(`${mark ? '\uFEFF' : ''}${csv(rows, by, end, quoteAll)}`, { delimiter: by });
        expect(read.header).toEqual(headerOf(rows));
        expect(read.all.map(({ cells }) => cells)).toEqual(rows);
      }),
      runs,
    );
  });

  it('is found to have its delimiter and its encoding', async () => {
    const encodings = fc.constantFrom<readonly [string, (content: string) => Buffer]>(
      ['utf-8', (content) => Buffer.from(content)],
      ['utf-8', (content) => Buffer.from(`\uFEFF${content}`)],
      ['utf-16le', (content) => Buffer.from(`\uFEFF${content}`, 'utf16le')],
      ['utf-16le', (content) => Buffer.from(content, 'utf16le')],
      ['utf-16be', (content) => Buffer.from(`\uFEFF${content}`, 'utf16le').swap16()],
      ['windows-1252', (content) => Buffer.from(content, 'latin1')],
    );
    await fc.assert(
      fc.asyncProperty(table(word), delimiter, lineEnd, encodings, async (words, by, end, [encoding, encode]) => {
        // At least one letter that tells Windows-1252 from UTF-8; plain ASCII is both.
        const rows = words.map((row, index) => (index === 0 ? row.map((each) => `ä ${each}`) : row));
        const read = await readTable(encode(csv(rows, by, end, false)));
        expect([read.delimiter, read.encoding]).toEqual([by, encoding]);
        expect(read.all.map(({ cells }) => cells)).toEqual(rows);
      }),
      runs,
    );
  });

  it('comes through an import as the same texts, without white space around them', async () => {
    await fc.assert(
      fc.asyncProperty(table(cell), async (rows) => {
        const header = headerOf(rows);
        const { leads, problems } = await readThrough(csv(rows, ',', '\n', false), header.map((name, index) => textColumn(index, name)), { delimiter: ',' });
        expect(problems).toEqual([]);
        const kept = (row: readonly string[]) => Object.fromEntries(row.flatMap((each, index) => (each.trim() === '' ? [] : [[`column${String(index)}`, each.trim()]])));
        expect(leads.map(({ attributes }) => attributes)).toEqual(rows.map(kept));
      }),
      runs,
    );
  });
});

describe('rows that cannot come in', () => {
  /** One row of a file: a good one, one with a cell too few or too many, an impossible day, or nothing at all. */
  const row = fc.record({
    kind: fc.constantFrom('good', 'good', 'good', 'short', 'long', 'date', 'blank'),
    remark: fc.constantFrom('plain', 'two\nlines', 'three\r\nlines\nhere', '"quoted"'),
  });

  it('are each named with the line at which they begin, and all the others come in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 40 }), lineEnd, async (others, end) => {
        // A file without a single row is refused as such.
        const rows = [{ kind: 'good', remark: 'plain' }, ...others];
        let line = 2;
        const [good, bad]: [number[], number[]] = [[], []];
        const body = rows.map(({ kind, remark }) => {
          const at = line;
          line += kind === 'blank' ? 1 : remark.split(/\r\n|\n/).length;
          if (kind === 'blank') return end;
          (kind === 'good' ? good : bad).push(at);
          const cells = [remark, kind === 'date' ? '2026-02-30' : '2026-02-28', ...(kind === 'short' ? [] : ['x']), ...(kind === 'long' ? ['y'] : [])];
          return csvLine(cells, ',') + end;
        });
        const date = { ...textColumn(1, 'When'), target: { kind: 'field', field: 'enquiredAt' }, type: 'date', dateFormat: 'iso' } as const;
        const read = await readThrough(`Remark,When,More${end}${body.join('')}`, [textColumn(0, 'Remark'), date, textColumn(2, 'More')], { delimiter: ',' });
        expect(read.rows).toBe(good.length + bad.length);
        expect(read.leads.map((lead) => lead.line)).toEqual(good);
        expect(read.problems.map((problem) => problem.line)).toEqual(bad);
        expect(read.problems.every(({ kind }) => kind === 'rejected')).toBe(true);
      }),
      runs,
    );
  });
});

describe('whatever a file contains', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 400 }),
    fc.array(fc.constantFrom(0x0a, 0x0d, 0x22, 0x2c, 0x3b, 0x09, 0x41, 0x3d, 0xe9, 0xc3, 0x00, 0xfe, 0xff), { minLength: 1, maxLength: 200 }).map((each) => Uint8Array.from(each)),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }).map((each) => new Uint8Array(Buffer.from(each))),
  );

  it('is read, or refused in words that a person can act on; nothing else happens', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        try {
          const { columns, rowsSeen } = await preview(content);
          const mapping = acceptProposals(columns);
          const { rows, leads, problems } = await readThrough(content, mapping);
          const rejected = problems.filter(({ kind }) => kind === 'rejected').length;
          expect(leads.length + rejected).toBe(rows);
          expect(rows).toBeLessThanOrEqual(rowsSeen);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
          expect((error as Refusal).code).toBe('unreadable_file');
          expect((error as Refusal).message).toMatch(/leads\.csv.*(Choose|choose|Close|changed)/);
        }
      }),
      { ...runs, numRuns: 250 },
    );
  });
});
