import type { DomainMastery, masteryEntries } from '#contract/learning/mastery';
import type { Attempt } from '#domain/learning/attempts';
import { domainShares } from '#domain/learning/blueprint';
import { isoOf } from '#domain/learning/calendar';
import { curveAt, estimateMastery, type MasteryConfiguration, type MasteryEstimate, type Pace } from '#domain/learning/mastery/mastery';
import { influencesOf, masteryPlan, paceOf } from '#domain/learning/mastery/plan';
import type { HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { masteryPredictionsOf } from '#main/store/learning/standing';
import { configurationOf, type Evidence, gather, headOf, publicId } from './standing';

/** A domain's estimate with what it rests on. */
export interface DomainEstimate {
  readonly domainKey: number;
  readonly attempts: readonly Attempt[];
  readonly pace: Pace;
  readonly estimate: MasteryEstimate;
}

/** How far it is to mastery of each domain. */
export function masteryOf({ outline, attempts, now }: Evidence, configuration: MasteryConfiguration): DomainEstimate[] {
  return outline.domains.map(({ key }) => {
    const own = attempts.filter(({ domainKey }) => domainKey === key);
    const pace = paceOf(own, now);
    return { domainKey: key, attempts: own, pace, estimate: estimateMastery(own, pace, configuration) };
  });
}

const pieces = 10;
const curvePoints = 24;

/** Answers in pieces of equal size, the oldest first. */
function observedOf(attempts: readonly Attempt[]): DomainMastery['observed'] {
  const size = Math.max(5, Math.ceil(attempts.length / pieces));
  const found: DomainMastery['observed'] = [];
  for (let from = 0; from < attempts.length; from += size) {
    const some = attempts.slice(from, from + size);
    // A rest of one or two answers would be 0 or 1 by chance.
    if (some.length < 3) break;
    found.push({ answers: from + some.length / 2, share: some.filter(({ correct }) => correct).length / some.length, count: some.length });
  }
  return found;
}

/** The curve up to mastery, or as far again as it goes now. */
function curveOf({ curve, answers, questions }: MasteryEstimate): DomainMastery['curve'] {
  if (curve === null) return [];
  const end = answers + (questions === null ? answers : Math.min(questions.middle, answers * 3));
  return Array.from({ length: curvePoints }, (_none, index) => {
    const at = Math.max(1, Math.round(1 + ((end - 1) * index) / (curvePoints - 1)));
    return { answers: at, ...curveAt(curve, at) };
  });
}

/** What was told so many days ago is worth holding against today. */
const earlierDays = 14;

export function masteryHandlers({ workspace }: HandlerParts): HandlersOf<typeof masteryEntries> {
  return {
    'learning.mastery.get': (input, context) => {
      const evidence = gather(context, input, workspace.settings().timeZone);
      const { mastery } = configurationOf(context.store);
      const { outline, facts, record, student, course } = evidence;
      const earlier = masteryPredictionsOf(context.store, student, course.key, facts.today - earlierDays);
      const shares = domainShares(outline);
      const domains = masteryOf(evidence, mastery);
      const open = domains.filter(({ estimate }) => estimate.state === 'onTheWay');
      const openShare = open.reduce((sum, { domainKey }) => sum + (shares.get(domainKey) ?? 0), 0);
      const hours = record.goal?.hoursAWeek ?? null;
      const examDays = facts.examDay === null ? null : facts.examDay - facts.today;
      const activeDays = facts.activeDays.filter((day) => day > facts.today - 28).length;
      return {
        ...headOf(evidence, context),
        target: mastery.target,
        minimumAnswers: mastery.minimumAnswers,
        hoursAWeek: hours,
        daysUntilExam: examDays,
        domains: domains.map(({ domainKey, attempts, pace, estimate }) => {
          const domain = outline.domains.find(({ key }) => key === domainKey);
          const { curve, ...told } = estimate;
          const before = earlier.get(domainKey);
          // The hours of a week go to the domains that are open, by their shares of the exam.
          const part = openShare > 0 ? (shares.get(domainKey) ?? 0) / openShare : 1 / Math.max(1, open.length);
          return {
            id: publicId(evidence, 'domain', domainKey),
            code: domain?.code ?? '',
            title: domain?.title ?? '',
            ...told,
            observed: observedOf(attempts),
            curve: curveOf(estimate),
            weeks: masteryPlan(estimate, pace, (hours ?? 0) * 60 * part),
            influences: influencesOf({ attempts, curve, pace, activeDays, days: estimate.days?.middle ?? null, examDays }),
            earlier: before === undefined ? null : { day: isoOf(before.day), days: before.days, share: before.share },
          };
        }),
      };
    },
  };
}
