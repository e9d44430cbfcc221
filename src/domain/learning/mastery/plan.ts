import { quantile } from '#domain/kernel/stats';
import type { Attempt } from '#domain/learning/attempts';
import { curveAt, type LearningCurve, type MasteryEstimate, type Pace } from '#domain/learning/mastery/mastery';

/** Where nobody measured: a minute for a question, explanation included. */
const usualSeconds = 60;
const paceDays = 28;
/** A pause between two answers is not time spent on the later one. */
const longestAnswerSeconds = 300;

/**
 * How somebody studies, from the last four weeks.
 *
 * @param attempts those of the domain at hand
 * @param now UTC milliseconds
 */
export function paceOf(attempts: readonly Attempt[], now: number): Pace {
  const since = now - paceDays * 86_400_000;
  const lately = attempts.filter(({ at }) => at > since);
  const days = Math.min(paceDays, Math.max(7, (now - Math.min(now, ...lately.map(({ at }) => at))) / 86_400_000));
  const seconds = attempts.flatMap(({ milliseconds }) => (milliseconds === null ? [] : [Math.min(longestAnswerSeconds, milliseconds / 1_000)]));
  return { answersADay: lately.length / days, secondsAnAnswer: quantile(seconds, 0.5) ?? usualSeconds };
}

/** A week of the plan: how much, and where the curve then stands. */
export interface MasteryWeek {
  readonly week: number;
  readonly questions: number;
  readonly minutes: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

const mostWeeks = 12;

/**
 * The way to mastery in weeks.
 *
 * @param minutesAWeek what the student has for this domain in a week
 * @returns no week where the estimate has no way, or where there is no time
 */
export function masteryPlan({ questions, curve, answers }: MasteryEstimate, { secondsAnAnswer }: Pace, minutesAWeek: number): MasteryWeek[] {
  if (questions === null || curve === null || minutesAWeek <= 0) return [];
  const weekly = Math.max(1, Math.floor((minutesAWeek * 60) / Math.max(1, secondsAnAnswer)));
  const weeks = Math.min(mostWeeks, Math.ceil(questions.middle / weekly));
  return Array.from({ length: weeks }, (_none, week) => {
    const done = Math.min(questions.middle, weekly * (week + 1));
    const amount = done - Math.min(questions.middle, weekly * week);
    return { week: week + 1, questions: amount, minutes: Math.round((amount * secondsAnAnswer) / 60), ...curveAt(curve, answers + done) };
  });
}

/** What helps or endangers a plan, as the key of a sentence and its numbers. */
export interface Influence {
  readonly key: 'regular' | 'rising' | 'calibrated' | 'irregular' | 'level' | 'overconfident' | 'tooLate' | 'noPace';
  readonly helps: boolean;
  readonly value: number;
}

export interface InfluenceFacts {
  readonly attempts: readonly Attempt[];
  readonly curve: LearningCurve | null;
  readonly pace: Pace;
  /** Study days of the last 28 on which something was done. */
  readonly activeDays: number;
  /** Days to mastery by the estimate, and to the exam; null where not known. */
  readonly days: number | null;
  readonly examDays: number | null;
}

/** Success factors and risks of the way to mastery, each from the student's own record. */
export function influencesOf({ attempts, curve, pace, activeDays, days, examDays }: InfluenceFacts): Influence[] {
  const found: Influence[] = [];
  const aWeek = activeDays / 4;
  if (aWeek >= 4) found.push({ key: 'regular', helps: true, value: aWeek });
  else if (aWeek < 2) found.push({ key: 'irregular', helps: false, value: aWeek });
  if (curve !== null) {
    const deviation = Math.sqrt(curve.growthVariance);
    if (curve.growth > 1.28 * deviation) found.push({ key: 'rising', helps: true, value: curve.growth * Math.LN2 });
    else if (curve.growth < 0.43 * deviation) found.push({ key: 'level', helps: false, value: curve.growth * Math.LN2 });
  }
  const sure = attempts.filter(({ confidence }) => confidence !== null && confidence >= 3);
  if (sure.length >= 10) {
    const right = sure.filter(({ correct }) => correct).length / sure.length;
    if (right >= 0.85) found.push({ key: 'calibrated', helps: true, value: right });
    else if (right < 0.7) found.push({ key: 'overconfident', helps: false, value: right });
  }
  if (pace.answersADay <= 0) found.push({ key: 'noPace', helps: false, value: 0 });
  if (days !== null && examDays !== null && days > examDays) found.push({ key: 'tooLate', helps: false, value: days - examDays });
  return found;
}
