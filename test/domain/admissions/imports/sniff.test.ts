import { describe, expect, it } from 'vitest';
import { guessDelimiter, guessEncoding, isUtf8 } from '#domain/admissions/imports/sniff';

const bytes = (...all: (number | string)[]): Uint8Array => Uint8Array.from(all.flatMap((each) => (typeof each === 'number' ? [each] : [...Buffer.from(each)])));

describe('well-formed UTF-8', () => {
  // Table 3-7 of the Unicode Standard.
  it.each([
    ['ASCII', bytes('plain'), true],
    ['two, three and four bytes', bytes('é€𝄞'), true],
    ['a sequence that the end of the sample cuts off', bytes('a', 0xe2, 0x82), true],
    ['an overlong form', bytes(0xc0, 0xaf), false],
    ['an overlong form of three bytes', bytes(0xe0, 0x80, 0x80), false],
    ['a surrogate', bytes(0xed, 0xa0, 0x80), false],
    ['beyond the last character', bytes(0xf4, 0x90, 0x80, 0x80), false],
    ['a byte that only continues', bytes('a', 0x80), false],
    ['a letter of Windows-1252 before another', bytes('M', 0xfc, 'ller'), false],
  ])('%s', (_what, content, expected) => {
    expect(isUtf8(content)).toBe(expected);
  });
});

describe('an encoding', () => {
  it.each([
    ['a mark of UTF-8', bytes(0xef, 0xbb, 0xbf, 'a'), { encoding: 'utf-8', bom: 3 }],
    ['a mark of UTF-16, little end first', bytes(0xff, 0xfe, 'a', 0), { encoding: 'utf-16le', bom: 2 }],
    ['a mark of UTF-16, big end first', bytes(0xfe, 0xff, 0, 'a'), { encoding: 'utf-16be', bom: 2 }],
    ['zeros in every second place', Buffer.from('Name,Age', 'utf16le'), { encoding: 'utf-16le', bom: 0 }],
    ['plain letters', bytes('Name,Age'), { encoding: 'utf-8', bom: 0 }],
    ['a letter that UTF-8 does not know', bytes('M', 0xfc, 'ller'), { encoding: 'windows-1252', bom: 0 }],
    ['nothing', bytes(), { encoding: 'utf-8', bom: 0 }],
  ])('is told by %s', (_what, content, expected) => {
    expect(guessEncoding(content)).toEqual(expected);
  });

  it('is none where the bytes are no text', () => {
    expect(guessEncoding(bytes(0x89, 'PNG', 0, 0, 1, 2, 3))).toBeNull();
    expect(guessEncoding(bytes(1, 2, 3, 4, 'a'))).toBeNull();
  });
});

describe('a delimiter', () => {
  const counting = (counts: Partial<Record<string, number[] | null>>) => guessDelimiter((delimiter) => counts[delimiter] ?? null);
  it('is the one whose rows agree', () => {
    expect(counting({ ',': [2, 5, 1, 3], ';': [4, 4, 4, 4] })).toBe(';');
    expect(counting({ ',': [3, 3, 3, 2], '|': [2, 2, 2, 2] })).toBe('|');
  });

  it('gives more fields where two agree as well', () => {
    expect(counting({ ',': [2, 2, 2], '\t': [6, 6, 6] })).toBe('\t');
  });

  it('is a comma where none fits', () => {
    expect(counting({})).toBe(',');
    expect(counting({ ',': [1, 1], ';': [1, 1] })).toBe(',');
    expect(counting({ ';': [3, 1, 2, 5] })).toBe(',');
  });
});
