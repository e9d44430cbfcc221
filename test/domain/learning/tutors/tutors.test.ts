import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkProposal } from '#domain/learning/paths/refine';
import { type HintedQuestion, hintLadder } from '#domain/learning/tutors/hints';
import { subjectOf } from '#domain/learning/tutors/kinds';
import { contentWords, excerptOf, isAbout, seemsForeign } from '#domain/learning/tutors/passages';
import { checkMarks, linkMarks, partWriting, shownSoFar } from '#domain/learning/tutors/writing';

const option = (correct: boolean, feedback: string | null = null): HintedQuestion['options'][number] => ({ text: 'x', correct, tolerance: null, feedback });

describe('the ladder of hints', () => {
  it('never rules out a right answer, and leaves at least one wrong one beside it', () => {
    fc.assert(
      fc.property(fc.constantFrom('single', 'multiple', 'truefalse'), fc.array(fc.record({ correct: fc.boolean(), feedback: fc.option(fc.string({ minLength: 1 })) }), { minLength: 2, maxLength: 8 }), (kind, given) => {
        const options = given.map(({ correct, feedback }, index) => option(kind === 'multiple' ? correct : index === 1, feedback));
        const ruledOut = hintLadder({ kind, stem: 'Which?', options }).flatMap((hint) => (hint.rung === 'ruleOut' ? [hint.position] : []));
        const wrong = options.flatMap(({ correct }, index) => (correct ? [] : [index]));
        expect(ruledOut.every((position) => wrong.includes(position))).toBe(true);
        if (ruledOut.length > 0) expect(wrong.length - ruledOut.length).toBeGreaterThanOrEqual(1);
        if (kind === 'truefalse') expect(ruledOut).toEqual([]);
      }),
    );
  });

  it('names a word that turns the question round, and says of typed answers how they look', () => {
    const rungs = (kind: HintedQuestion['kind'], stem: string, text: string) => hintLadder({ kind, stem, options: [{ text, correct: true, tolerance: 0, feedback: null }] });
    expect(rungs('short', 'Which is NOT a unit of power?', 'volt ampere')[0]).toEqual({ rung: 'read', turning: 'NOT', answer: 'words' });
    expect(rungs('short', 'What does `not x` do?', 'volt ampere')).toEqual([{ rung: 'read', turning: null, answer: 'words' }, { rung: 'where' }, { rung: 'size', words: 2, letters: 10 }]);
    expect(rungs('numeric', 'How much?', '425')[2]).toEqual({ rung: 'range', low: 100, high: 1_000 });
    expect(rungs('numeric', 'How much?', '-0.25')[2]).toEqual({ rung: 'range', low: -1, high: -0.1 });
  });
});

describe('what a question is about', () => {
  it.each([
    ['general_help', 'What should I practise next?', 'planning'],
    ['general_help', 'What should I do this week?', 'planning'],
    ['general_help', 'How does the exam work?', 'strategy'],
    ['general_help', 'How am I doing?', 'motivation'],
    ['concept_explanation', 'What is impedance?', 'content'],
    ['motivation', 'hm', 'motivation'],
  ] as const)('%s: %s', (kind, text, subject) => {
    expect(subjectOf(kind, text)).toBe(subject);
  });

  it('is found by its telling words, and foreign words are known for what they are', () => {
    expect(contentWords('Could you please explain to me what the difference is between AM and FM?')).toEqual(['fm']);
    expect(isAbout('Impedances of circuits are given in ohms.', contentWords('What is impedance measured in?'))).toBe(true);
    expect(isAbout('Ohms and volts.', contentWords('Who measured the championship yesterday evening in ohms?'))).toBe(false);
    for (const text of ['¿Por qué es importante la antena?', 'Warum ist das nicht der Fall?', 'Что такое импеданс?', '什么是阻抗？']) expect(seemsForeign(text)).toBe(true);
    for (const text of ['What is the role of a die in a semiconductor?', 'impedance', 'Why is DES not safe?', '']) expect(seemsForeign(text)).toBe(false);
  });

  it('is shown by the paragraphs that say most, whole', () => {
    const text = ['# Power', '', 'Nothing here.', '', '```', 'code about ohms', '', 'more', '```', '', 'Ohms measure resistance.', '', 'z'.repeat(400)].join('\n');
    expect(excerptOf(text, ['ohms', 'resistance'], 120)).toBe('```\ncode about ohms\n\nmore\n```\n\nOhms measure resistance.');
    expect(excerptOf('short', [], 100)).toBe('short');
    expect(excerptOf('word '.repeat(100), [], 50).length).toBeLessThanOrEqual(52);
  });
});

describe('what a tutor writes', () => {
  it('is parted from what could be asked next, also while it is under way', () => {
    expect(partWriting('Because [1].\n\n>> Why so?\n>> And then?\n')).toEqual({ text: 'Because [1].', followUps: ['Why so?', 'And then?'] });
    expect(partWriting('> a quotation')).toEqual({ text: '> a quotation', followUps: [] });
    for (const piece of ['Because.\n>', 'Because.\n>>', 'Because.\n>> Wh', 'Because.\n>> Why?\n>> An']) expect(shownSoFar(piece)).toBe('Because.');
    expect(shownSoFar('5 > 3 and')).toBe('5 > 3 and');
  });

  it('marks only sources that there are, and leaves code alone', () => {
    expect(checkMarks('So [1], and [3], but `x [1]` and a[1] and [2](http://x).', 2)).toEqual({ text: 'So [1], and , but `x [1]` and a[1] and [2](http://x).', used: [1] });
    expect(linkMarks('So [1] and `[1]`.', (number) => `#source-${String(number)}`)).toBe('So [1](#source-1) and `[1]`.');
  });
});

describe('a proposal over a plan', () => {
  it('is refused as a whole where it names what is not in the course', () => {
    const topics = [{ key: 7, code: 'a' }, { key: 8, code: 'b' }];
    expect(checkProposal({ first: ['b', 'b'], reasons: [{ topic: 'a', reason: 'r' }], summary: 's' }, topics)).toEqual({ ok: true, refinement: { first: [8], reasons: [{ topicKey: 7, reason: 'r' }], summary: 's' } });
    expect(checkProposal({ first: ['b'], reasons: [{ topic: 'c', reason: 'r' }], summary: 's' }, topics)).toEqual({ ok: false, unknown: ['c'] });
  });
});
