import type { Phrase } from '#domain/kernel/phrase';
import { type Blocker, type BlockerType, severities, type Severity } from '../triage/blockers';
import type { Band } from '../triage/configuration';
import { alertLevel, type AlertLevel, causeName } from './derive';

/**
 * Everything that can raise an alert. A cause is kept as its position here: new ones are added at the end, none is ever taken away.
 */
export const causes = [
  'data_completeness:noContact',
  'data_completeness:contactRefused',
  'data_completeness:noPhone',
  'data_completeness:noEmail',
  'data_completeness:noCourse',
  'data_completeness:noConsent',
  'engagement_stall:stalled',
  'engagement_stall:noEngagement',
  'source_quality:noSource',
  'source_quality:unknownSource',
  'source_quality:weakSource',
  'course_capacity:courseFull',
  'course_capacity:courseNearlyFull',
] as const satisfies readonly `${BlockerType}:${string}`[];

/** An alert that a lead's blockers raise, ready to be kept. */
export interface RaisedAlert {
  /** Position in {@link causes}. */
  readonly cause: number;
  readonly level: AlertLevel;
  readonly severity: Severity;
  /** The figures of the evidence; the words are the cause's own. */
  readonly evidence: Phrase['params'];
}

/** The name of a cause without its kind, as the phrases are named. */
export function shortCause(cause: number): string {
  return causes[cause]?.split(':')[1] ?? '';
}

/**
 * What is kept of the alerts that blockers raise. A normal alert (level 1) is kept only where somebody owns the lead: it is a reminder,
 * and without an owner there is nobody to remind; the lead waits in Today's queue like any other. From level 2 on an alert is kept
 * whoever owns the lead, because then it must not be nobody's.
 *
 * Source: the product's triage specification, section 1.3: blockers become alerts, escalated by severity and the lead's value.
 */
export function raisedAlerts(band: Band, blockers: readonly Blocker[], owned: boolean): RaisedAlert[] {
  return blockers.flatMap((blocker): RaisedAlert[] => {
    const level = alertLevel(blocker.severity, band);
    const cause = (causes as readonly string[]).indexOf(`${blocker.type}:${causeName(blocker)}`);
    return level === null || cause < 0 || (level === 1 && !owned) ? [] : [{ cause, level, severity: blocker.severity, evidence: blocker.description.params }];
  });
}

/** Levels of all causes as one number, two bits a cause: equal for a lead whose alerts did not change. 0 without any. */
export function alertMask(raised: readonly RaisedAlert[]): number {
  return raised.reduce((mask, { cause, level }) => mask + level * 4 ** cause, 0);
}

/** A raised alert as a short text, so that a hundred thousand can go to another thread. */
export function alertsText(raised: readonly RaisedAlert[]): string {
  return raised.length === 0 ? '' : JSON.stringify(raised.map(({ cause, level, severity, evidence }) => [cause, level, severities.indexOf(severity), evidence]));
}

/** Reads what {@link alertsText} wrote. */
export function alertsOfText(text: string): RaisedAlert[] {
  if (text === '') return [];
  return (JSON.parse(text) as [number, AlertLevel, number, Phrase['params']][]).map(([cause, level, severity, evidence]) => ({
    cause,
    level,
    severity: severities[severity] ?? 'low',
    evidence,
  }));
}
