import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import writeXlsxFile from 'write-excel-file/node';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/support/app';
import { readTable } from '#test/support/tables';

type Cell = { readonly value: string | number | boolean | Date; readonly format?: string } | Record<string, never>;

async function workbook(rows: Cell[][], sheet?: string): Promise<Buffer> {
  const path = join(temporaryFolder(), 'leads.xlsx');
  await writeXlsxFile(rows, sheet === undefined ? {} : { sheet }).toFile(path);
  return readFileSync(path);
}

const header = [{ value: 'Lead ID' }, { value: 'When' }, { value: 'Visits' }, { value: 'Member' }];

describe('a workbook', () => {
  it('is known by what it contains, whatever it is called', async () => {
    const table = await readTable(await workbook([header, [{ value: 'A-1' }]]));
    expect(table).toMatchObject({ format: 'xlsx', delimiter: null, encoding: null, header: ['Lead ID', 'When', 'Visits', 'Member'] });
  });

  it('gives days, moments, numbers and truths as texts that columns understand; short rows are whole ones', async () => {
    const { all } = await readTable(
      await workbook([
        header,
        [{ value: 'A-1' }, { value: new Date(Date.UTC(2026, 8, 1)), format: 'yyyy-mm-dd' }, { value: 0.1 }, { value: true }],
        [{ value: '007' }, { value: new Date(Date.UTC(2026, 8, 1, 14, 30)), format: 'yyyy-mm-dd hh:mm' }, { value: -12 }, { value: false }],
        [{ value: 'A-3' }],
      ]),
    );
    expect(all.map(({ cells }) => cells)).toEqual([
      ['A-1', '2026-09-01', '0.1', 'yes'],
      ['007', '2026-09-01T14:30:00', '-12', 'no'],
      ['A-3', '', '', ''],
    ]);
    expect(all.map(({ line }) => line)).toEqual([2, 3, 4]);
  });

  it('without a header says so, and a sheet that is not there is told with those that are', async () => {
    await expect(readTable(await workbook([[{ value: ' ' }]]))).rejects.toMatchObject({ code: 'unreadable_file', message: expect.stringContaining('is empty') });
    const content = await workbook([header], 'Fair');
    await expect(readTable(content, { sheet: 'Spring' })).rejects.toMatchObject({ code: 'unreadable_file', message: expect.stringMatching(/no sheet called Spring.*Fair/) });
    expect((await readTable(content, { sheet: 'Fair' })).header[0]).toBe('Lead ID');
  });
});
