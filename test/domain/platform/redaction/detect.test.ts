import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressForms } from '#domain/platform/redaction/addresses';
import { detectPersonalData, findPersonalData } from '#domain/platform/redaction/detect';
import { nameForms } from '#domain/platform/redaction/names';
import { patterns } from '#domain/platform/redaction/patterns';
import { personalDataTypes } from '#domain/platform/redaction/types';
import { agreementOn } from '#bench/redaction';
import { knowledge } from '#test/support/nameKnowledge';
import { ordinaryLines } from '#test/support/ordinaryLines';
import { hasPersonalTexts, personalTextsFile } from '#test/support/realData';

const found = (text: string, people = knowledge()): string[] => detectPersonalData(text, people).map(({ type, value }) => `${type}: ${value}`);

describe('personal data in a text', () => {
  it('is found in a student’s application, each with its type', () => {
    const text = `Dear admissions, my name is Zoë O'Brien and I was born on 14/03/2006. My student ID is STU20261234. You can reach me at
zoe.obrien@example.com or on 07700 900123. I live at 12 Baker Street, London NW1 6XE. My NI number is AB 12 34 56 C.
My A-level grades are AAB, IELTS 7.5. Please refund to GB29 NWBK 6016 1331 9268 19.`;
    expect(found(text)).toEqual([
      "name: Zoë O'Brien",
      'date_of_birth: 14/03/2006',
      'student_id: STU20261234',
      'email: zoe.obrien@example.com',
      'phone: 07700 900123',
      'address: 12 Baker Street, London',
      'postcode: NW1 6XE',
      'national_id: AB 12 34 56 C',
      'academic: AAB',
      'academic: 7.5',
      'financial: GB29 NWBK 6016 1331 9268 19',
    ]);
  });

  it('is found in American forms', () => {
    expect(found('SSN 123-45-6789, card 4111 1111 1111 1111, call (212) 555-0187, lives at 350 Fifth Avenue, New York, NY 10118')).toEqual([
      'national_id: 123-45-6789',
      'financial: 4111 1111 1111 1111',
      'phone: (212) 555-0187',
      'address: 350 Fifth Avenue, New York, NY 10118',
    ]);
  });

  it('tells names from courses, weekdays, countries and companies', () => {
    expect(found('I spoke with van der Berg about Computer Science on Monday.')).toEqual(['name: van der Berg']);
    expect(found('Maria Garcia and Mark Johnson study Business Management in France.')).toEqual(['name: Maria Garcia', 'name: Mark Johnson']);
    expect(found('We may see whether Smith Ltd or Oxford University can help.')).toEqual([]);
    expect(found('my name is chloe adeyemi')).toEqual(['name: chloe adeyemi']);
    expect(found('Mr. Bond will call at noon.')).toEqual(['name: Mr. Bond']);
  });

  it('knows the people of the workspace, whatever their names look like', () => {
    const text = 'Silver Garden has sent the transcript.';
    expect(found(text)).toEqual([]);
    expect(found(text, knowledge([['silver', 'garden']]))).toEqual(['name: Silver Garden']);
  });

  it('counts places in code points, the end excluded', () => {
    const [match] = detectPersonalData('😀😀 Write to ada@example.com 😀', knowledge());
    expect(match).toMatchObject({ type: 'email', value: 'ada@example.com', start: 12, end: 27 });
    expect(Array.from('😀😀 Write to ada@example.com 😀').slice(12, 27).join('')).toBe('ada@example.com');
  });

  it('has the ten types and more than twenty-five forms, each with a name of its own', () => {
    const ids = [...patterns, ...addressForms, ...nameForms].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(patterns.length).toBeGreaterThanOrEqual(25);
    expect([...new Set([...patterns.map(({ type }) => type), 'address', 'name'])].sort()).toEqual([...personalDataTypes].sort());
  });

  it('gives at most three alarms in a hundred ordinary lines', () => {
    expect(ordinaryLines).toHaveLength(100);
    const alarms = ordinaryLines.flatMap((line) => findPersonalData(line, knowledge()).map(({ type, start, end }) => `${type}: ${line.slice(start, end)}`));
    expect(alarms.length, alarms.join('; ')).toBeLessThanOrEqual(3);
  });

  it('never overlaps, lies within the text and is what stands there, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.constantFrom('07700 900123', 'Maria', ' at 12 High Street, ', 'AB123456C', '4111111111111111', ' 😀 ', '\n')), { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const points = Array.from(text);
        let last = 0;
        for (const { start, end, value, confidence } of detectPersonalData(text, knowledge(), { minimumConfidence: 0 })) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(points.slice(start, end).join('')).toBe(value);
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
          last = end;
        }
      }),
      { numRuns: 150 },
    );
  });

  it('takes no time that grows faster than the text does', () => {
    // Long runs of what patterns begin with have stopped other redactors for minutes.
    for (const piece of ['1 a ', 'A', '1-', '0', 'a.', 'a@', '(1', 'Mr. ', 'rua ', '\n,', '12 12 ']) expect(findPersonalData(piece.repeat(4_000), knowledge()).length, piece).toBeLessThan(8_000);
  });
});

describe.skipIf(!hasPersonalTexts)('2,109 labelled texts (skipped where they are not at hand)', () => {
  it('are told with a precision and a recall of .88 or more, by spans that overlap', () => {
    const { labels, precision, recall } = agreementOn(personalTextsFile, knowledge());
    expect(labels).toBeGreaterThan(2_900);
    expect(precision).toBeGreaterThanOrEqual(0.88);
    expect(recall).toBeGreaterThanOrEqual(0.88);
  });
});
