import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type * as Fs from 'node:fs';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import fc from 'fast-check';
import readXlsxFile from 'read-excel-file/node';
import { describe, expect, it, vi } from 'vitest';
import { neutralise, writeCsv } from '#main/files/csvWriter';
import { type SheetCell, writeXlsx } from '#main/files/xlsxWriter';
import { temporaryFolder } from '#test/support/app';

/** Bytes that the disk still takes; null is a disk without end. */
const disk = vi.hoisted(() => ({ room: null as number | null }));

vi.mock('node:fs', async (original) => {
  const real = await original<typeof Fs>();
  return {
    ...real,
    createWriteStream: (path: string, options: { mode: number; flags: string }) => {
      if (disk.room === null) return real.createWriteStream(path, options);
      let left = disk.room;
      return new Writable({
        write(chunk: Buffer, _encoding, done) {
          left -= chunk.length;
          if (left < 0) done(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }));
          else {
            real.appendFileSync(path, chunk);
            done();
          }
        },
      });
    },
  };
});

const noAbort = new AbortController().signal;
const columns = [
  { header: 'Name', type: 'text' },
  { header: '=evil()', type: 'number' },
  { header: 'When', type: 'date' },
  { header: 'Yes', type: 'boolean' },
] as const;
const sheet = { name: 'Leads', columns, timeZone: 'Europe/London' };

async function written(rows: SheetCell[][]): Promise<unknown[][]> {
  const path = join(temporaryFolder(), 'out.xlsx');
  expect(await writeXlsx(path, sheet, rows, noAbort)).toBe(readFileSync(path).length);
  const [first] = (await readXlsxFile(path)) as unknown as { sheet: string; data: unknown[][] }[];
  expect(first!.sheet).toBe('Leads');
  return first!.data;
}

describe('a workbook', () => {
  it('holds numbers, dates by the calendar of the workspace, and yes or no as such', async () => {
    // 1 July 2026, midnight in London, where summer time holds; and a quarter past two on the same day.
    const midnight = Date.UTC(2026, 5, 30, 23);
    expect(await written([['Zara', 3.5, midnight, true], ['Zoë & <b>', -0.125, midnight + (2 * 60 + 15) * 60_000, false], [null, null, null, null], ['last', 0, null, null]])).toEqual([
      ['Name', "'=evil()", 'When', 'Yes'],
      ['Zara', 3.5, new Date('2026-07-01T00:00:00Z'), true],
      ['Zoë & <b>', -0.125, new Date('2026-07-01T02:15:00Z'), false],
      [null, null, null, null],
      ['last', 0, null, null],
    ]);
  });

  it('holds no formula, whatever a text begins with, and nothing that its XML does not allow', async () => {
    const [, ...rows] = await written([['=1+1', 1, null, null], ['@SUM(A1)', 1, null, null], ['+44 7700', 1, null, null], ['a\u0000\u0008b\u000bc', 1, null, null], ['_x0041_ & \ud800', 1, null, null], ['-5', 1, null, null]]);
    expect(rows.map(([cell]) => cell)).toEqual(["'=1+1", "'@SUM(A1)", "'+44 7700", 'abc', expect.stringContaining('& \ufffd'), '-5']);
  });

  it('gives every text back as it was, made harmless', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((text) => text.trim() === text && !text.includes('_x')), { minLength: 1, maxLength: 20 }), async (texts) => {
        const [, ...rows] = await written(texts.map((text) => [text, 1, null, null]));
        expect(rows.map(([cell]) => cell)).toEqual(texts.map(neutralise));
      }),
      { numRuns: 15 },
    );
  });

  it('may be large: its rows are written as they come', async () => {
    let made = 0;
    const rows = function* (): Generator<SheetCell[]> {
      for (; made < 5_000; made += 1) yield [`Lead ${String(made)}`, made, Date.UTC(2026, 0, 1), made % 2 === 0];
    };
    const path = join(temporaryFolder(), 'out.xlsx');
    await writeXlsx(path, sheet, rows(), noAbort);
    expect(((await readXlsxFile(path)) as unknown as { data: unknown[][] }[])[0]!.data).toHaveLength(5_001);
  });
});

describe('a file that cannot be finished', () => {
  const endless = async function* (): AsyncGenerator<SheetCell[]> {
    for (let made = 0; made < 60_000; made += 1) yield [await Promise.resolve(`Lead ${String(made * 7_919)}`), made, null, null];
  };
  const writers = { xlsx: (path: string, signal: AbortSignal) => writeXlsx(path, sheet, endless(), signal), csv: (path: string, signal: AbortSignal) => writeCsv(path, ['Name', 'Number', 'When', 'Yes'], endless(), signal) };

  it.each(Object.entries(writers))('leaves nothing of a %s on a full disk, and what was there before', async (kind, write) => {
    const path = join(temporaryFolder(), `leads.${kind}`);
    writeFileSync(path, 'the export of yesterday');
    disk.room = 100_000;
    try {
      await expect(write(path, noAbort)).rejects.toMatchObject({ code: 'storage_full', message: expect.stringContaining('The disk is full. Nothing was left on it.') });
    } finally {
      disk.room = null;
    }
    expect(readFileSync(path, 'utf8')).toBe('the export of yesterday');
    expect(readdirSync(dirname(path))).toEqual([`leads.${kind}`]);
  });

  it.each(Object.entries(writers))('leaves nothing of a %s that was cancelled', async (kind, write) => {
    const path = join(temporaryFolder(), `leads.${kind}`);
    const abort = new AbortController();
    const writing = write(path, abort.signal);
    setTimeout(() => { abort.abort(); }, 5);
    await expect(writing).rejects.toThrow();
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(dirname(path))).toEqual([]);
  });
});
