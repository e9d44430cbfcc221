import type { Confidence } from '../attempts';
import { isRight, type AnswerOption, type Chosen, type QuestionKind } from '../practice/grade';

/** One question of an exam, as it was left. */
export interface ExamAnswer {
  readonly position: number;
  readonly questionKey: number;
  readonly topicKey: number;
  readonly domainKey: number;
  readonly kind: QuestionKind;
  readonly options: readonly AnswerOption[];
  readonly chosen: Chosen | null;
  /** What was chosen before, the first first. */
  readonly changedFrom: readonly Chosen[];
  readonly confidence: Confidence | null;
  readonly flagged: boolean;
  /** Milliseconds in front of it, over all visits. */
  readonly milliseconds: number;
}

export interface JudgedAnswer extends ExamAnswer {
  readonly correct: boolean;
  /** What changing the first choice did; null where nothing was changed. */
  readonly change: 'gained' | 'lost' | 'same' | null;
  /** Whether it took much longer than the time there is for one question. */
  readonly slow: boolean;
}

export interface ExamReview {
  readonly answers: readonly JudgedAnswer[];
  readonly score: number;
  readonly total: number;
  readonly unanswered: number;
  readonly passCount: number;
  readonly passed: boolean;
  readonly domains: readonly { readonly domainKey: number; readonly right: number; readonly total: number }[];
  readonly changes: { readonly gained: number; readonly lost: number; readonly same: number };
  readonly pacing: {
    readonly milliseconds: number;
    /** What there is for one question; null where the exam has no limit. */
    readonly allowedEach: number | null;
    readonly slow: number;
    /** Mean of the right and of the wrong answers; null where there are none. */
    readonly meanRight: number | null;
    readonly meanWrong: number | null;
  };
}

/** An answer is slow when it took twice the time there is for one. */
const slowTimes = 2;

const mean = (values: readonly number[]): number | null => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length);

/** What an exam came to. An unanswered question is wrong. */
export function reviewExam(answers: readonly ExamAnswer[], pass: number, minutes: number | null): ExamReview {
  const allowedEach = minutes === null || answers.length === 0 ? null : (minutes * 60_000) / answers.length;
  const judged = answers.map((answer): JudgedAnswer => {
    const correct = answer.chosen !== null && isRight(answer.kind, answer.options, answer.chosen);
    const before = answer.changedFrom[0];
    const was = before !== undefined && isRight(answer.kind, answer.options, before);
    return {
      ...answer,
      correct,
      change: before === undefined ? null : correct === was ? 'same' : correct ? 'gained' : 'lost',
      slow: allowedEach !== null && answer.milliseconds > slowTimes * allowedEach,
    };
  });
  const count = (test: (answer: JudgedAnswer) => boolean): number => judged.filter(test).length;
  const score = count(({ correct }) => correct);
  const domainKeys = [...new Set(judged.map(({ domainKey }) => domainKey))];
  return {
    answers: judged,
    score,
    total: judged.length,
    unanswered: count(({ chosen }) => chosen === null),
    passCount: pass,
    passed: judged.length > 0 && score >= pass,
    domains: domainKeys.map((domainKey) => ({
      domainKey,
      right: count((answer) => answer.domainKey === domainKey && answer.correct),
      total: count((answer) => answer.domainKey === domainKey),
    })),
    changes: { gained: count(({ change }) => change === 'gained'), lost: count(({ change }) => change === 'lost'), same: count(({ change }) => change === 'same') },
    pacing: {
      milliseconds: judged.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
      allowedEach,
      slow: count(({ slow }) => slow),
      meanRight: mean(judged.filter(({ correct }) => correct).map(({ milliseconds }) => milliseconds)),
      meanWrong: mean(judged.filter(({ correct, chosen }) => !correct && chosen !== null).map(({ milliseconds }) => milliseconds)),
    },
  };
}
