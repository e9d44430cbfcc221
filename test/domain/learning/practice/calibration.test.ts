import { describe, expect, it } from 'vitest';
import type { Confidence } from '#domain/learning/attempts';
import { calibrate, wilson } from '#domain/learning/practice/calibration';

const answers = (confidence: Confidence, right: number, count: number) => Array.from({ length: count }, (_none, index) => ({ confidence, correct: index < right }));

describe('calibration', () => {
  it('is not judged on a few answers', () => {
    expect(calibrate(answers(4, 5, 19))).toMatchObject({ count: 19, gap: null, brier: null, verdict: 'unknown' });
  });

  it('sees somebody who is surer than right', () => {
    // 40 answers said to be certain (.95), 24 right: gap .95 − .6 = .35; Brier (24 · .05² + 16 · .95²) / 40 = .3625.
    const told = calibrate(answers(4, 24, 40));
    expect(told.verdict).toBe('overconfident');
    expect(told.gap).toBeCloseTo(0.35);
    expect(told.brier).toBeCloseTo(0.3625);
  });

  it('sees somebody who knows more than they think, and somebody who judges fairly', () => {
    expect(calibrate([...answers(1, 14, 20), ...answers(2, 16, 20)]).verdict).toBe('underconfident');
    expect(calibrate([...answers(1, 5, 20), ...answers(2, 10, 20), ...answers(3, 15, 20), ...answers(4, 19, 20)])).toMatchObject({ verdict: 'fair' });
  });

  it('leaves answers without a confidence out', () => {
    expect(calibrate([{ confidence: null, correct: true }]).count).toBe(0);
  });
});

describe('Wilson’s interval', () => {
  it('is that of the paper by Newcombe: 81 of 263 gives .2553 to .3662', () => {
    // Newcombe 1998, Statistics in Medicine 17, table I, method 3.
    const [low, high] = wilson(81, 263);
    expect(low).toBeCloseTo(0.2553, 4);
    expect(high).toBeCloseTo(0.3662, 4);
    expect(wilson(0, 0)).toEqual([0, 1]);
  });
});
