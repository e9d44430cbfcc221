import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { neutralise, writeCsv } from '#main/files/csvWriter';
import { temporaryFolder } from '#test/support/app';
import { readTable, textColumn, readThrough } from '#test/support/tables';

const noAbort = new AbortController().signal;
const lines = async (content: string): Promise<[number, string][]> => (await readTable(content)).all.map(({ line, cells }) => [line, cells.join(' | ')]);

describe('the line at which a row begins', () => {
  it('counts empty lines and breaks inside cells, as an editor does', async () => {
    expect(await lines('a,b\n\n1,2\n\n\n"x\ny",3\n4,5\n')).toEqual([[3, '1 | 2'], [6, 'x\ny | 3'], [8, '4 | 5']]);
  });

  it('is the same with the line ends of Windows', async () => {
    expect(await lines('a,b\r\n\r\n1,2\r\n"x\r\ny",3\r\n4,5\r\n')).toEqual([[3, '1 | 2'], [4, 'x\r\ny | 3'], [6, '4 | 5']]);
  });

  it('counts from the beginning of the file, wherever the header stands', async () => {
    expect(await lines('\n\na,b\n1,2')).toEqual([[4, '1 | 2']]);
    expect(await lines('"a\nheader",b\n1,2')).toEqual([[3, '1 | 2']]);
  });

  it('stays right over more rows than are handed over at once', async () => {
    const rows = await lines(`a,b\n${Array.from({ length: 2_500 }, (_row, index) => (index % 10 === 0 ? `\n"${String(index)}\n",x` : `${String(index)},x`)).join('\n')}\n`);
    expect(rows).toHaveLength(2_500);
    // Before row 2,499 lie the header, 2,499 rows, and two more lines for each tenth of them: 1 + 2,499 + 2 · 250 + 1.
    expect(rows.at(-1)).toEqual([3_001, '2499 | x']);
  });
});

describe('a quote that is never closed', () => {
  it('is told with the line at which it opens', async () => {
    await expect(readTable('a,b\n1,2\n\n3,"begun\n4,5\n6,7\n')).rejects.toMatchObject({ code: 'unreadable_file', message: expect.stringContaining('near line 4 is never closed') });
  });

  it('does not swallow a whole large file: a row of 4 MB is enough to tell', async () => {
    const content = `a,b\n1,"begun\n${'x,y\n'.repeat(1_300_000)}`;
    await expect(readTable(content)).rejects.toMatchObject({ code: 'unreadable_file', message: expect.stringMatching(/near line 2 is longer than 4 MB.*nothing was changed/) });
  });
});

describe('the delimiter', () => {
  it.each([',', ';', '\t', '|'] as const)('%j is found', async (delimiter) => {
    const rows = [['Name', 'Remark', 'Size'], ['Zara', 'one, two; three', '1'], ['Jan', 'a | b', '2'], ['Öz', '', '3']];
    const content = rows.map((row) => row.map((cell) => `"${cell}"`).join(delimiter)).join('\n');
    const table = await readTable(content);
    expect(table.delimiter).toBe(delimiter);
    expect(table.all.map(({ cells }) => cells)).toEqual(rows.slice(1));
  });

  it('is found where a cell is so long that the sample ends within it', async () => {
    const long = `"${'a word, another\n'.repeat(2_000)}"`;
    const table = await readTable(`a;b\n${Array.from({ length: 30 }, (_row, index) => `${String(index)};${long}\n`).join('')}`);
    expect(table.delimiter).toBe(';');
    expect(table.all).toHaveLength(30);
  });

  it('of decimal commas is the semicolon', async () => {
    expect((await readTable('Name;Grade\nZara;1,5\nJan;2,5\n')).delimiter).toBe(';');
  });

  it('is a comma where there is one column only', async () => {
    expect(await readTable('Name\nZara\nJan\n')).toMatchObject({ delimiter: ',', header: ['Name'] });
  });

  it('may be told', async () => {
    expect((await readTable('a,b;c\n1,2;3\n', { delimiter: ';' })).header).toEqual(['a,b', 'c']);
  });
});

describe('the encoding', () => {
  const text = 'Name,Town\nMüller,Köln\nZoë,Málaga\n';
  const swapped = (content: string): Buffer => Buffer.from(content, 'utf16le').swap16();
  it.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`), 'utf-8'],
    ['UTF-16, little end first, with a mark', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16, little end first, without a mark', Buffer.from(text, 'utf16le'), 'utf-16le'],
    ['UTF-16, big end first, with a mark', swapped(`\uFEFF${text}`), 'utf-16be'],
    ['UTF-16, big end first, without a mark', swapped(text), 'utf-16be'],
    ['Windows-1252', Buffer.from(text, 'latin1'), 'windows-1252'],
  ])('%s is found', async (_name, content, encoding) => {
    const table = await readTable(content);
    expect(table.encoding).toBe(encoding);
    expect(table.header).toEqual(['Name', 'Town']);
    expect(table.all.map(({ cells }) => cells)).toEqual([['Müller', 'Köln'], ['Zoë', 'Málaga']]);
  });

  it('of Windows has its own quotes and the euro', async () => {
    const { all } = await readTable(Buffer.from([...Buffer.from('a,b\n'), 0x93, 0x41, 0x94, 0x2c, 0x80, 0x0a]));
    expect(all[0]!.cells).toEqual(['“A”', '€']);
  });

  it('that is told wins over the one that is found, and a wrong one loses no row', async () => {
    const wrong = await readTable(Buffer.from(text), { encoding: 'windows-1252' });
    expect(wrong.all.map(({ cells }) => cells[0])).toEqual(['MÃ¼ller', 'ZoÃ«']);
  });

  it('keeps characters whole that lie across two pieces of the file', async () => {
    const content = `a,b\n${'€é𝄞,x\n'.repeat(60_000)}`;
    const { all } = await readTable(content);
    expect(all).toHaveLength(60_000);
    expect(all.every(({ cells }) => cells[0] === '€é𝄞')).toBe(true);
  });
});

describe('rows that do not fit', () => {
  it('are rejected with their line and their cells, and the rest comes in', async () => {
    const { rows, leads, problems } = await readThrough('a,b,c\n1,2,3\n\n4,5\n6,7,8,9\n10,11,12,,\n,,\n', ['a', 'b', 'c'].map((header, index) => textColumn(index, header)));
    expect(rows).toBe(4);
    expect(leads.map(({ line, attributes }) => [line, Object.values(attributes)])).toEqual([[2, ['1', '2', '3']], [6, ['10', '11', '12']]]);
    expect(problems.map(({ line, kind, reason, cells }) => [line, kind, reason.params, cells])).toEqual([
      [4, 'rejected', { found: 2, expected: 3 }, ['4', '5']],
      [5, 'rejected', { found: 4, expected: 3 }, ['6', '7', '8', '9']],
    ]);
  });
});

describe('an export', () => {
  it.each([
    ['=SUM(A1:A9)', "'=SUM(A1:A9)"],
    ['+cmd|x', "'+cmd|x"],
    ['-2+3', "'-2+3"],
    ['@import', "'@import"],
    ['\tx', "'\tx"],
    ['\rx', "'\rx"],
    ['-5', '-5'],
    ['+447700900001', '+447700900001'],
    ['-1,5', '-1,5'],
    ['Zoë', 'Zoë'],
    ['a=b', 'a=b'],
    ['', ''],
  ])('writes %j as %j: no spreadsheet takes it for a formula', (cell, written) => {
    expect(neutralise(cell)).toBe(written);
  });

  it('is a file that spreadsheets open: a mark, CRLF, quotes where needed, formulas disarmed in header and cells', async () => {
    const path = join(temporaryFolder(), 'out.csv');
    const bytes = await writeCsv(path, ['Name', '=evil()'], [['O"Brien, Zoë', '=1+1'], [null, true], [3.5, 'two\nlines']], noAbort);
    const written = readFileSync(path);
    expect(bytes).toBe(written.length);
    expect(written.toString('utf8')).toBe('\uFEFFName,\'=evil()\r\n"O""Brien, Zoë",\'=1+1\r\n,yes\r\n3.5,"two\nlines"\r\n');
  });

  it('comes back as it was written', async () => {
    const path = join(temporaryFolder(), 'out.csv');
    const rows = [['a "quoted" word', 'a,b;c|d\te'], ['two\r\nlines', '  spaces kept  '], ['𝄞 €', 'x']];
    await writeCsv(path, ['One', 'Two'], rows, noAbort);
    expect((await readTable(readFileSync(path))).all.map(({ cells }) => cells)).toEqual(rows);
  });
});
