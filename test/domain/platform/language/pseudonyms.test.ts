import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPseudonyms } from '#domain/platform/language/pseudonyms';
import { type Find, personalDataTypes } from '#domain/platform/redaction/types';

const digest = (text: string): string => createHmac('sha256', 'key').update(text).digest('hex');

const find = (type: Find['type'], start: number, end: number): Find => ({ type, start, end, confidence: 1, pattern: 'test' });

/** Words with values among them, and where the values stand. */
const said = fc
  .array(fc.oneof(fc.tuple(fc.constantFrom(...personalDataTypes), fc.string({ minLength: 2, maxLength: 12, unit: 'grapheme' })), fc.tuple(fc.constant(null), fc.constantFrom('and ', 'P', 'PERSON_', 'PER', 'EMAIL\\', '_12', 'écoute 😀 ', 'NATIONAL_', 'Studies', 'BIRTH_0'))), { maxLength: 12 })
  .map((parts) => {
    let text = '';
    const finds: Find[] = [];
    for (const [type, words] of parts) {
      if (type !== null) finds.push(find(type, text.length, text.length + words.length));
      text += type === null ? words : `${words} `;
    }
    return { text, finds };
  });

describe('pseudonyms', () => {
  it('come back as the values they stand for, wherever the pieces of an answer are cut', () => {
    fc.assert(
      fc.property(said, fc.array(fc.nat(5), { minLength: 1, maxLength: 60 }), ({ text, finds }, lengths) => {
        const pseudonyms = createPseudonyms(digest);
        const away = pseudonyms.takeOut(text, finds);
        const whole = pseudonyms.restore(away);
        const restorer = pseudonyms.restorer();
        let back = '';
        let at = 0;
        for (let index = 0; at < away.length; index += 1) {
          const length = (lengths[index % lengths.length] ?? 0) + 1;
          back += restorer.push(away.slice(at, at + length));
          at += length;
        }
        expect(back + restorer.end()).toBe(whole);
      }),
      { numRuns: 300 },
    );
  });

  it('leave nothing of a value in what goes away, and give it back whole', () => {
    const text = 'Zoë O’Brien (zoe@example.org) spoke with zoë o’brien.';
    const pseudonyms = createPseudonyms(digest);
    const away = pseudonyms.takeOut(text, [find('name', 0, 11), find('email', 13, 28), find('name', 41, 52)]);
    expect(away).toMatch(/^(PERSON_[0-9A-F]{8}) \(EMAIL_[0-9A-F]{8}\) spoke with \1\.$/);
    expect(pseudonyms.restore(away)).toBe('Zoë O’Brien (zoe@example.org) spoke with Zoë O’Brien.');
    expect(pseudonyms.counts).toEqual({ name: 2, email: 1 });
  });

  it('are known again in the ways in which a model writes them', () => {
    const pseudonyms = createPseudonyms(digest);
    const person = pseudonyms.of('name', 'Jan van der Berg');
    const number = pseudonyms.of('national_id', 'QQ 12 34 56 C');
    expect(pseudonyms.restore(`**${person}**, ${person}'s, ${person.replace('_', '\\_')}, ${person.toLowerCase()}, ${number.replaceAll('_', '\\_')}`)).toBe(
      "**Jan van der Berg**, Jan van der Berg's, Jan van der Berg, Jan van der Berg, QQ 12 34 56 C",
    );
    expect(pseudonyms.restoreWithin({ search: person, ids: [number, 5], [person]: null })).toEqual({ search: 'Jan van der Berg', ids: ['QQ 12 34 56 C', 5], 'Jan van der Berg': null });
  });

  it('of one question mean nothing in the answer to another', () => {
    const [mine, theirs] = [createPseudonyms(digest), createPseudonyms(digest)];
    const secret = theirs.of('name', 'Maria Garcia');
    mine.of('name', 'Zara Patel');
    expect(mine.restore(`Look at ${secret}.`)).toBe(`Look at ${secret}.`);
  });

  it('stay apart where two digests begin alike', () => {
    const alike = createPseudonyms((text) => `ABCDEF01${digest(text).slice(8)}`);
    const [one, two] = [alike.of('name', 'One Person'), alike.of('name', 'Two Person')];
    expect(one).not.toBe(two);
    expect(alike.restore(`${one} ${two} ${one}`)).toBe('One Person Two Person One Person');
    expect(alike.of('name', 'Two Person')).toBe(two);
  });
});
