import type { Attempt } from '#domain/learning/attempts';
import { inOrder } from '#domain/learning/knowledge/topics';
import type { RecommendationConfiguration } from '#domain/learning/recommendations/configuration';

/** The four critical interventions of the specification, section 3.3. */
export const interventions = ['low_engagement', 'declining', 'exam_unready', 'burnout'] as const;
export type Intervention = (typeof interventions)[number];

/** What an intervention rests on. */
export interface InterventionCause {
  readonly intervention: Intervention;
  readonly priority: 'critical' | 'high';
  /** The figures that it is told with: days, shares in hundredths, hours. */
  readonly evidence: Readonly<Record<string, number>>;
}

export interface InterventionFacts {
  readonly attempts: readonly Attempt[];
  readonly today: number;
  readonly activeDays: readonly number[];
  /** Hours of the last seven days, and those that were planned for a week; null without a goal. */
  readonly hoursLastWeek: number;
  readonly hoursAWeek: number | null;
  readonly examDay: number | null;
  /** The chance of passing; null where it is not known. */
  readonly chance: number | null;
}

/** A fall that chance explains less often than in one of twenty cases. */
const certain = 1.645;

const hundredths = (share: number): number => Math.round(share * 100);

/** Whether the newest answers are worse than those before them, by more than a given share and by more than chance. */
function decline(attempts: readonly Attempt[], { answers, drop }: RecommendationConfiguration['declining']): { readonly before: number; readonly now: number } | null {
  if (attempts.length < 2 * answers) return null;
  const ordered = inOrder(attempts);
  const newest = ordered.slice(-answers);
  const earlier = ordered.slice(-3 * answers, -answers);
  const share = (some: readonly Attempt[]): number => some.filter(({ correct }) => correct).length / some.length;
  const [before, now] = [share(earlier), share(newest)];
  const pooled = (before * earlier.length + now * newest.length) / (earlier.length + newest.length);
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / earlier.length + 1 / newest.length));
  return before - now >= drop && before - now > certain * deviation ? { before, now } : null;
}

/** Which interventions a student's record asks for. Who has never studied needs a beginning, not an intervention. */
export function interventionsFor(facts: InterventionFacts, configuration: RecommendationConfiguration): InterventionCause[] {
  const { attempts, today, activeDays, hoursLastWeek, hoursAWeek, examDay, chance } = facts;
  const found: InterventionCause[] = [];
  const lastDay = activeDays.at(-1);
  const examAhead = examDay === null ? null : examDay - today;
  const examIsPast = examAhead !== null && examAhead < 0;
  if (lastDay !== undefined && today - lastDay >= configuration.lowEngagement.days && !examIsPast) {
    found.push({ intervention: 'low_engagement', priority: 'critical', evidence: { days: today - lastDay } });
  }
  const fall = decline(attempts, configuration.declining);
  if (fall !== null) found.push({ intervention: 'declining', priority: 'high', evidence: { before: hundredths(fall.before), now: hundredths(fall.now), answers: configuration.declining.answers } });
  const { examUnready, burnout } = configuration;
  if (examAhead !== null && examAhead >= 0 && examAhead <= examUnready.days && chance !== null && chance < examUnready.chance) {
    found.push({ intervention: 'exam_unready', priority: 'critical', evidence: { days: examAhead, chance: hundredths(chance) } });
  }
  const activeOfFourteen = activeDays.filter((day) => day > today - 14 && day <= today).length;
  if (hoursAWeek !== null && hoursAWeek > 0 && activeOfFourteen >= burnout.activeDays && hoursLastWeek >= burnout.timesPlanned * hoursAWeek) {
    found.push({ intervention: 'burnout', priority: 'high', evidence: { days: activeOfFourteen, hours: Math.round(hoursLastWeek * 10) / 10, planned: hoursAWeek } });
  }
  return found;
}
