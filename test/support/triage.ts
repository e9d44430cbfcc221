import { defaultForecastConfiguration } from '#domain/admissions/forecast/predict';
import { defaultTriageConfiguration, defaultWeights } from '#domain/admissions/triage/configuration';
import { type Baseline, emptyBaseline, type LeadFacts } from '#domain/admissions/triage/facts';
import type { JudgeSetting } from '#domain/admissions/triage/judge';

/** Monday, 5 October 2026, the end of the day. */
export const asOf = Date.UTC(2026, 9, 5, 23, 59, 59, 999);
export const day = 86_400_000;

/** A lead with both channels and a consent, of whom nothing else is known. */
export function facts(known: Partial<LeadFacts> = {}): LeadFacts {
  return {
    leadId: 'lead',
    stage: 'enquiry',
    converted: null,
    hasEmail: true,
    hasPhone: true,
    mayEmail: true,
    mayPhone: true,
    consentRecorded: true,
    source: null,
    signals: {},
    lastActivityAt: null,
    course: null,
    ...known,
  };
}

export function setting(given: Partial<JudgeSetting> & { readonly baseline?: Baseline } = {}): JudgeSetting {
  return { weights: defaultWeights, configuration: defaultTriageConfiguration, baseline: emptyBaseline, asOf, forecast: defaultForecastConfiguration, ...given };
}

/** 120 of 400 leads converted; 30 of 50 from UCAS, 2 of 45 from a rented list. Enough leads know each factor but the course. */
export const workspaceBaseline: Baseline = {
  means: {
    engagement: { mean: 0.5, known: 100 },
    recency: { mean: 0.3, known: 100 },
    source: { mean: 0.3, known: 400 },
    contactability: { mean: 0.8, known: 400 },
    courseFit: { mean: 0.9, known: 19 },
  },
  signalCaps: {},
  outcomes: { converted: 120, known: 400 },
  sources: { ucas: { converted: 30, known: 50 }, rented: { converted: 2, known: 45 } },
};

/** The lead that docs/triage.md works out step by step. */
export const workedLead: LeadFacts = facts({
  leadId: 'worked',
  hasPhone: false,
  consentRecorded: false,
  source: { key: 'ucas', name: 'UCAS' },
  signals: { emailOpens: 4, emailClicks: 2, eventsAttended: 1, conversations: 1 },
  lastActivityAt: asOf - 21 * day,
  course: { name: 'Law', capacity: 40, taken: 37 },
});
