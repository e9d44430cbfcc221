import type { Phrase } from '#domain/kernel/phrase';
import { type Blocker, severities } from '../triage/blockers';
import type { Band } from '../triage/configuration';

/** 1 normal, 2 escalated, 3 urgent. */
export type AlertLevel = 1 | 2 | 3;

export interface DerivedAlert {
  /** The same cause has the same id, so that nothing alerts twice. */
  readonly id: string;
  readonly level: AlertLevel;
  readonly blocker: Blocker;
  readonly title: Phrase;
}

const valueRank: Readonly<Record<Band, number>> = { high: 2, medium: 1, low: 0 };

/**
 * Level by severity and the lead's value: critical 3, high 2, medium 1, low 0, plus 2, 1 or 0 for a high, medium or low band.
 * Sums of 4 and more are urgent, 3 escalated, 2 normal; below that a blocker is shown but raises no alert.
 */
export function alertLevel(severity: Blocker['severity'], band: Band): AlertLevel | null {
  const sum = severities.length - 1 - severities.indexOf(severity) + valueRank[band];
  return sum >= 4 ? 3 : sum === 3 ? 2 : sum === 2 ? 1 : null;
}

/** What a blocker is about, in one word: the name that its phrases have. */
export function causeName(blocker: Blocker): string {
  return blocker.description.key.split('.').at(1) ?? blocker.type;
}

/** The id of the one alert of a lead for a cause. */
export function alertId(leadId: string, cause: string): string {
  return `${leadId}:${cause}`;
}

/** The alerts that a lead's blockers raise, the most urgent first. */
export function deriveAlerts(leadId: string, band: Band, blockers: readonly Blocker[]): DerivedAlert[] {
  return blockers
    .flatMap((blocker): DerivedAlert[] => {
      const level = alertLevel(blocker.severity, band);
      return level === null ? [] : [{ id: alertId(leadId, `${blocker.type}:${causeName(blocker)}`), level, blocker, title: blocker.description }];
    })
    .sort((a, b) => b.level - a.level);
}
