import { describe, expect, it } from 'vitest';
import { type ExamAnswer, reviewExam } from '#domain/learning/exams/review';

const answer = (position: number, given: Partial<ExamAnswer>): ExamAnswer => ({
  position,
  questionKey: position,
  topicKey: 1,
  domainKey: position < 2 ? 1 : 2,
  kind: 'single',
  options: [{ text: 'a', correct: true, tolerance: null }, { text: 'b', correct: false, tolerance: null }],
  chosen: [0],
  changedFrom: [],
  confidence: null,
  flagged: false,
  milliseconds: 30_000,
  ...given,
});

describe('an exam that was handed in', () => {
  const review = reviewExam(
    [answer(0, {}), answer(1, { chosen: [1], changedFrom: [[0]] }), answer(2, { changedFrom: [[1]], milliseconds: 200_000 }), answer(3, { chosen: null, milliseconds: 5_000 }), answer(4, { chosen: [1], changedFrom: [[0], [1], [0]] })],
    3,
    5,
  );

  it('counts what is right, by domain, and what was left open as wrong', () => {
    expect(review).toMatchObject({ score: 2, total: 5, unanswered: 1, passed: false, domains: [{ domainKey: 1, right: 1, total: 2 }, { domainKey: 2, right: 1, total: 3 }] });
  });

  it('tells what changing one’s mind brought', () => {
    expect(review.changes).toEqual({ gained: 1, lost: 2, same: 0 });
  });

  it('tells where the time went', () => {
    // Five minutes for five questions: one minute each; 200 s is more than twice that.
    expect(review.pacing).toMatchObject({ milliseconds: 295_000, allowedEach: 60_000, slow: 1, meanRight: 115_000, meanWrong: 30_000 });
  });

  it('is passed with the mark itself', () => {
    expect(reviewExam([answer(0, {})], 1, null)).toMatchObject({ passed: true, pacing: { allowedEach: null, slow: 0, meanWrong: null } });
    expect(reviewExam([], 0, 10).passed).toBe(false);
  });
});
