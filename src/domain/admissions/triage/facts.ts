import type { SignalTotals } from '../leads/signals';
import type { Stage } from '../leads/stages';
import type { Factor } from './configuration';

/** What is known of a lead's course. `capacity` is null where nobody has said how many places there are. */
export interface CourseFacts {
  readonly name: string;
  readonly capacity: number | null;
  readonly taken: number;
}

/** All that the rules need of one lead. Null and absent mean unknown; an unknown is never taken for zero. */
export interface LeadFacts {
  readonly leadId: string;
  readonly stage: Stage;
  readonly converted: boolean | null;
  readonly hasEmail: boolean;
  readonly hasPhone: boolean;
  /** False where the person said no to that channel. */
  readonly mayEmail: boolean;
  readonly mayPhone: boolean;
  /** Whether any consent, given or refused, is on record. */
  readonly consentRecorded: boolean;
  /** Null where no source was given. `key` finds its outcomes in the baseline. */
  readonly source: { readonly key: string; readonly name: string } | null;
  readonly signals: SignalTotals;
  /** UTC milliseconds. */
  readonly lastActivityAt: number | null;
  readonly course: CourseFacts | null;
}

/** How often leads of one source converted, among those whose outcome is known. */
export interface SourceOutcomes {
  readonly converted: number;
  readonly known: number;
}

/**
 * What the workspace as a whole looks like: the same for every lead of a run, and kept with it. Means are of the factor's value
 * where it is known, with the number of leads that know it.
 */
export interface Baseline {
  readonly means: Readonly<Record<Factor, { readonly mean: number; readonly known: number }>>;
  /** The 95th percentile of each signal's totals above zero, where at least 20 leads have one. */
  readonly signalCaps: SignalTotals;
  readonly outcomes: SourceOutcomes;
  readonly sources: Readonly<Record<string, SourceOutcomes>>;
}

export const emptyBaseline: Baseline = {
  means: {
    engagement: { mean: 0, known: 0 },
    recency: { mean: 0, known: 0 },
    courseFit: { mean: 0, known: 0 },
    source: { mean: 0, known: 0 },
    contactability: { mean: 0, known: 0 },
  },
  signalCaps: {},
  outcomes: { converted: 0, known: 0 },
  sources: {},
};
