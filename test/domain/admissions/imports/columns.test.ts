import { describe, expect, it } from 'vitest';
import { ColumnTally, isPlaceholder, matchingDateFormats, parseBoolean, parseDate, parseNumber, profileColumn } from '#domain/admissions/imports/columns';
import { attributeKey, cleanHeaders, headerKey, shapeOf } from '#domain/admissions/imports/headers';

const zone = 'Europe/London';

function profile(...cells: string[]) {
  const tally = new ColumnTally();
  for (const cell of cells) tally.add(cell);
  return profileColumn(tally, zone);
}

describe('headers', () => {
  it('lose marks and stray white space; an empty one is named by its place, a repeated one numbered', () => {
    expect(cleanHeaders(['\uFEFFName', '  Lead   source ', '', 'name', 'NAME', 'Two\nlines', ' '])).toEqual(['Name', 'Lead source', 'Column 3', 'name (2)', 'NAME (3)', 'Two lines', 'Column 7']);
  });

  it('that are very long are cut', () => {
    expect(cleanHeaders(['x'.repeat(2_000)])[0]).toHaveLength(500);
  });

  it('are compared without case, accents, punctuation and joints of words', () => {
    expect(['Last_Name', 'last name', 'LastName', 'LÀST–NAME'].map(headerKey)).toEqual(['last name', 'last name', 'last name', 'last name']);
    expect(shapeOf(['Lead ID', 'E-mail'])).toBe(shapeOf(['lead_id', 'e mail']));
    expect(shapeOf(['A', 'B'])).not.toBe(shapeOf(['B', 'A']));
  });

  it.each([
    ['What matters most', 'whatMattersMost'],
    ['2nd choice', 'attribute2ndChoice'],
    // ß is no letter of English, nor one with a mark: it is left out.
    ['Größe', 'groe'],
    ['日本語', 'attribute'],
    ['???', 'attribute'],
    ['__proto__', 'proto'],
    ['one two three four five six seven eight nine ten', 'oneTwoThreeFourFiveSixSevenEight'],
  ])('%s becomes the key %s', (header, key) => {
    expect(attributeKey(header)).toBe(key);
    expect(`attribute.${attributeKey(header)}`).toMatch(/^attribute\.[a-zA-Z][a-zA-Z0-9]{0,99}$/);
  });
});

describe('placeholders', () => {
  it.each(['Select', ' n/a ', 'N.A.', '—', 'NULL', 'Not provided', '?'])('“%s” is no answer', (text) => {
    expect(isPlaceholder(text)).toBe(true);
  });

  it('are told as they are spelled, and counted as no answer', () => {
    expect(profile('Law', 'Select', 'Law', '', 'select')).toMatchObject({ placeholders: ['Select', 'select'], answered: 2, distinct: 1, samples: ['Law'] });
  });

  it('are not taken from the middle of an answer', () => {
    expect(isPlaceholder('Select Committee')).toBe(false);
    expect(isPlaceholder('Nina')).toBe(false);
  });
});

describe('spellings', () => {
  it('that differ in case or accents are one value, under the most frequent', () => {
    expect(profile('Google', 'google', 'Google', 'Référence', 'reference', 'GOOGLE').spellings).toEqual([
      { value: 'Google', variants: ['google', 'GOOGLE'] },
      { value: 'Référence', variants: ['reference'] },
    ]);
  });
});

describe('numbers', () => {
  it.each([
    ['1,234.5', '.', 1_234.5],
    ['1.234,5', ',', 1_234.5],
    ['£ 12', '.', 12],
    ['45%', '.', 45],
    ['-.5', '.', -0.5],
    ['1e3', '.', 1_000],
    ['1,23', '.', null],
    ['12a', '.', null],
    ['', '.', null],
  ] as const)('%s with the decimal sign %s is %d', (text, decimal, value) => {
    expect(parseNumber(text, { decimal })).toBe(value);
  });

  it.each([
    ['quantities', ['1', '2.5', '1,000'], 'number', '.'],
    ['decimal commas', ['1,5', '2,25'], 'number', ','],
    ['identifiers with a leading zero', ['007', '012'], 'text', '.'],
    ['telephone numbers', ['447700900001', '447700900002'], 'text', '.'],
    ['zeros and ones', ['0', '1', '1'], 'boolean', '.'],
    ['words', ['yes', 'No', 'YES'], 'boolean', '.'],
  ] as const)('a column of %s', (_what, cells, type, decimal) => {
    expect(profile(...cells)).toMatchObject({ type, decimal });
  });

  it('say yes and no in a few languages', () => {
    expect(['Yes', 'ja', 'oui', 'x', '1', 'No', 'nein', 'off', 'maybe'].map(parseBoolean)).toEqual([true, true, true, true, true, false, false, false, null]);
  });
});

describe('dates', () => {
  it.each([
    ['2026-09-30', 'iso', '2026-09-29T23:00:00.000Z'],
    ['2026-09-30 14:05', 'iso', '2026-09-30T13:05:00.000Z'],
    ['2026-09-30T14:05:00Z', 'iso', '2026-09-30T14:05:00.000Z'],
    ['30/09/2026', 'd/M/yyyy', '2026-09-29T23:00:00.000Z'],
    ['9/30/2026 2:05 PM', 'M/d/yyyy h:mm a', '2026-09-30T13:05:00.000Z'],
    ['30.9.2026', 'd.M.yyyy', '2026-09-29T23:00:00.000Z'],
    ['30 Sep 2026', 'd MMM yyyy', '2026-09-29T23:00:00.000Z'],
    ['15 January 2026', 'd MMMM yyyy', '2026-01-15T00:00:00.000Z'],
  ])('%s as %s is %s', (text, format, instant) => {
    expect(new Date(parseDate(text, format, zone)!).toISOString()).toBe(instant);
  });

  it.each([['2026-02-30', 'iso'], ['31/04/2026', 'd/M/yyyy'], ['30/09/0026', 'd/M/yyyy'], ['soon', 'iso'], ['', 'iso'], ['13/13/2026', 'd/M/yyyy']])('%s is none', (text, format) => {
    expect(parseDate(text, format, zone)).toBeNull();
  });

  it('of one column have one format: a single day beyond the 12th decides for all', () => {
    expect(matchingDateFormats(['01/02/2026', '03/04/2026'], zone).slice(0, 2)).toEqual(['d/M/yyyy', 'M/d/yyyy']);
    expect(matchingDateFormats(['01/02/2026', '13/04/2026'], zone)[0]).toBe('d/M/yyyy');
    expect(matchingDateFormats(['01/02/2026', '04/13/2026'], zone)[0]).toBe('M/d/yyyy');
    const september = Array.from({ length: 20 }, (_none, index) => `${String(index + 5).padStart(2, '0')}/09/2026`);
    expect(matchingDateFormats([...september, '31/02/2026'], zone)[0]).toBe('d/M/yyyy');
    expect(matchingDateFormats([...september, '31/02/2026', '32/02/2026'], zone)).toEqual([]);
    expect(profile('01/02/2026', '04/13/2026')).toMatchObject({ type: 'date', dateFormat: 'M/d/yyyy' });
  });

  it('are decided by a day far down a long column, too', () => {
    const early = Array.from({ length: 230 }, (_date, index) => `${String(1 + (index % 12))}/${String(1 + (index % 11))}/${String(2000 + index % 25)}`);
    expect(matchingDateFormats([...early, '12/25/2026'], zone)[0]).toBe('M/d/yyyy');
    expect(matchingDateFormats([...early, '25/12/2026'], zone)[0]).toBe('d/M/yyyy');
  });

  it('are not seen where one cell is no date, and an impossible day makes a column none', () => {
    expect(matchingDateFormats(['01/02/2026', 'soon'], zone)).toEqual([]);
    expect(matchingDateFormats(['2026-02-30', '2026-02-01'], zone)).toEqual([]);
    expect(profile('2026-09-01', 'whenever').type).not.toBe('date');
  });
});

describe('texts and choices', () => {
  it('are told apart by how often answers repeat', () => {
    expect(profile(...Array.from({ length: 100 }, (_cell, index) => `Course ${String(index % 4)}`)).type).toBe('option');
    expect(profile(...Array.from({ length: 100 }, (_cell, index) => `Essay ${String(index)}`)).type).toBe('text');
    expect(profile('x'.repeat(121), 'y', 'y').type).toBe('text');
  });

  it('of a column with more answers than are kept are texts', () => {
    const tally = new ColumnTally(10);
    for (let index = 0; index < 50; index += 1) tally.add(`Answer ${String(index % 20)}`);
    expect(tally.overflowed).toBe(true);
    expect(profileColumn(tally, zone).type).toBe('text');
  });

  it('of an empty column are texts of which nothing is known', () => {
    expect(profile('', ' ')).toMatchObject({ type: 'text', answered: 0, distinct: 0, samples: [] });
  });
});
