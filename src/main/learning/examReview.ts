import { phrase } from '#domain/kernel/phrase';
import { type ExamReview as Judged, reviewExam } from '#domain/learning/exams/review';
import type { Chosen } from '#domain/learning/practice/grade';
import type { ExamReview } from '#contract/learning/exams';
import { say } from '#main/app/phrases';
import { markedBy } from '#main/store/learning/attempts';
import { examAnswers, type StoredExam } from '#main/store/learning/exams';
import { questionsByKey, readMaterial } from '#main/store/learning/material';
import type { StoredSitting } from '#main/store/learning/sittings';
import type { Reader } from '#main/store/tx';
import { askedOf, solutionOf } from './sittings';

const plain = (chosen: Chosen): number[] | string => (typeof chosen === 'string' ? chosen : [...chosen]);

/** What an exam comes to as it stands. */
export function judgeExam(reader: Reader, sessionKey: number, exam: StoredExam): Judged {
  const questions = questionsByKey(reader, exam.drawn.map(({ questionKey }) => questionKey));
  const answers = examAnswers(reader, sessionKey).flatMap((answer) => {
    const question = questions.get(answer.questionKey);
    return question === undefined ? [] : [{ ...answer, topicKey: question.topicKey, domainKey: question.domainKey, kind: question.kind, options: question.options }];
  });
  return reviewExam(answers, exam.passCount, exam.minutes);
}

/** From so many changed answers on something is said of them. */
const enoughChanges = 3;
/** From so many answers on something is said of their times. */
const enoughAnswers = 10;

/** What stands out in an exam, in words. */
function findingsOf({ changes, pacing, unanswered, answers }: Judged): string[] {
  const changed = changes.gained + changes.lost;
  const { meanRight, meanWrong } = pacing;
  return [
    ...(unanswered > 0 ? [say(phrase('studying.exam.unanswered', { count: unanswered }))] : []),
    ...(pacing.slow > 0 ? [say(phrase('studying.exam.slow', { count: pacing.slow }))] : []),
    ...(changed >= enoughChanges ? [say(phrase(changes.gained >= changes.lost ? 'studying.exam.changesGained' : 'studying.exam.changesLost', { gained: changes.gained, lost: changes.lost }))] : []),
    ...(meanRight !== null && meanWrong !== null && meanWrong > 1.5 * meanRight && answers.length >= enoughAnswers
      ? [say(phrase('studying.exam.longWrong', { right: Math.round(meanRight / 1_000), wrong: Math.round(meanWrong / 1_000) }))]
      : []),
  ];
}

/** The review of an exam that was handed in. */
export function reviewOf(reader: Reader, sat: StoredSitting & { readonly exam: StoredExam }): ExamReview {
  const { exam } = sat;
  const judged = judgeExam(reader, sat.key, exam);
  const questions = questionsByKey(reader, exam.drawn.map(({ questionKey }) => questionKey));
  const marked = markedBy(reader, sat.userKey);
  const domains = new Map(readMaterial(reader, sat.courseKey).domains.map((domain) => [domain.key, domain]));
  return {
    id: sat.id,
    courseId: sat.courseId,
    courseTitle: sat.courseTitle,
    startedAt: sat.startedAt,
    submittedAt: exam.submittedAt ?? sat.lastAt,
    expired: exam.expired,
    // The score that was given on the day stands, whatever became of the questions since.
    score: exam.score ?? judged.score,
    total: exam.total,
    passCount: exam.passCount,
    passed: (exam.score ?? judged.score) >= exam.passCount,
    unanswered: judged.unanswered,
    minutes: exam.minutes,
    spentMilliseconds: judged.pacing.milliseconds,
    domains: judged.domains.flatMap(({ domainKey, right, total }) => {
      const domain = domains.get(domainKey);
      return domain === undefined ? [] : [{ id: domain.id, code: domain.code, title: domain.title, right, total }];
    }),
    changes: judged.changes,
    pacing: { allowedEach: judged.pacing.allowedEach, slow: judged.pacing.slow, meanRight: judged.pacing.meanRight, meanWrong: judged.pacing.meanWrong },
    findings: findingsOf(judged),
    answers: judged.answers.flatMap((answer) => {
      const question = questions.get(answer.questionKey);
      if (question === undefined) return [];
      return [
        {
          position: answer.position,
          question: askedOf(question, exam.drawn[answer.position]?.order, marked.has(answer.questionKey)),
          chosen: answer.chosen === null ? null : plain(answer.chosen),
          confidence: answer.confidence,
          flagged: answer.flagged,
          milliseconds: answer.milliseconds,
          correct: answer.correct,
          change: answer.change,
          changedFrom: answer.changedFrom.map(plain),
          slow: answer.slow,
          solution: solutionOf(question),
        },
      ];
    }),
  };
}
