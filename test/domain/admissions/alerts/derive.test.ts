import { describe, expect, it } from 'vitest';
import { alertLevel, deriveAlerts } from '#domain/admissions/alerts/derive';
import { findBlockers, severities } from '#domain/admissions/triage/blockers';
import { bands, defaultTriageConfiguration, defaultWeights } from '#domain/admissions/triage/configuration';
import { asOf, day, facts, workspaceBaseline } from '#test/support/triage';

describe('the level of an alert', () => {
  it('rises with the severity of the blocker and the value of the lead', () => {
    // Severity counts 3, 2, 1, 0; the band 2, 1, 0. From 4 on urgent (3), 3 escalated (2), 2 normal (1), below that none.
    expect(severities.map((severity) => bands.map((band) => alertLevel(severity, band)))).toEqual([
      [3, 3, 2],
      [3, 2, 1],
      [2, 1, null],
      [1, null, null],
    ]);
  });
});

describe('the alerts of a lead', () => {
  const blockers = findBlockers({
    facts: facts({ hasPhone: false, course: null, lastActivityAt: asOf - 40 * day, source: { key: 'x', name: 'unknown' } }),
    baseline: workspaceBaseline,
    weights: defaultWeights,
    configuration: defaultTriageConfiguration,
    asOf,
  });

  it('come the most urgent first, each with the same id as long as its cause is the same', () => {
    const alerts = deriveAlerts('lead-1', 'high', blockers);
    expect(alerts.map(({ id, level }) => [id, level])).toEqual([
      ['lead-1:engagement_stall:stalled', 3],
      ['lead-1:data_completeness:noPhone', 2],
      ['lead-1:source_quality:unknownSource', 2],
      ['lead-1:data_completeness:noCourse', 1],
    ]);
    expect(deriveAlerts('lead-1', 'high', blockers).map(({ id }) => id)).toEqual(alerts.map(({ id }) => id));
  });

  it('are fewer for a lead of little value', () => {
    expect(deriveAlerts('lead-1', 'low', blockers).map(({ level }) => level)).toEqual([1]);
    expect(deriveAlerts('lead-1', 'low', [])).toEqual([]);
  });
});
