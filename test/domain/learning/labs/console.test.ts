import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshLab, type LabScript, typeLine } from '#domain/learning/labs/console';

const lab = (accept: string[]): LabScript => ({ intro: '', prompt: '>', steps: [{ task: '', accept, output: 'yes', hint: null }], answers: [] });

describe('the simulated console', () => {
  it.each([
    ['Get Computer Name', ['get computer name'], true],
    ['get  computer   name ', ['Get Computer Name'], true],
    ['get machines', ['/get (machines|computers)/'], true],
    ['forget machines', ['/get (machines|computers)/'], false],
    ['anything', ['/(/'], false],
    ['/(/', ['/(/'], true],
  ])('takes “%s” for %j: %s', (input, accept, right) => {
    expect(typeLine(lab(accept), freshLab, input, '?').step).toBe(right ? 1 : 0);
  });

  it('is not held up by a pattern that would take for ever', () => {
    expect(typeLine(lab(['/(a+)+b/']), freshLab, 'a'.repeat(500), '?')).toMatchObject({ step: 0, transcript: [{ output: '?' }] });
  });

  it('whatever is typed keeps its place and its last two hundred lines', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constant('yes')), { maxLength: 60 }), (inputs) => {
        let state = { ...freshLab, transcript: Array.from({ length: 190 }, () => ({ input: '', output: '', accepted: false })) };
        for (const input of inputs) state = { ...typeLine(lab(['yes']), state, input, '?'), transcript: [...typeLine(lab(['yes']), state, input, '?').transcript] };
        expect(state.step).toBe(inputs.includes('yes') || inputs.some((input) => input.trim().toLowerCase() === 'yes') ? 1 : 0);
        expect(state.transcript.length).toBeLessThanOrEqual(200);
      }),
    );
  });
});
