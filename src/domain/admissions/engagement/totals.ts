import type { LeadFacts } from '../triage/facts';
import type { EngagementKind, Verdict } from './events';

/** An event with the verdict that holds: a person's, else the rules'. */
export interface CountedEvent {
  readonly kind: EngagementKind;
  readonly at: number;
  readonly verdict: Verdict | null;
}

/** How many opens or clicks each verdict has. */
export type VerdictCounts = Readonly<Record<Verdict, number>>;

export interface EngagementTotals {
  readonly delivered: number;
  readonly opens: VerdictCounts;
  readonly clicks: VerdictCounts;
  /** The last event of a person; null where there is none. */
  readonly lastHumanAt: number | null;
  /** The last event of whoever. */
  readonly lastAt: number | null;
}

/** Adds up a lead's events. */
export function engagementTotals(events: readonly CountedEvent[]): EngagementTotals {
  const counts = { opened: { human: 0, machine: 0, unsure: 0 }, clicked: { human: 0, machine: 0, unsure: 0 } };
  let [delivered, lastHumanAt, lastAt] = [0, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { kind, at, verdict } of events) {
    if (kind === 'delivered' || verdict === null) {
      delivered += 1;
      continue;
    }
    counts[kind][verdict] += 1;
    lastAt = Math.max(lastAt, at);
    if (verdict === 'human') lastHumanAt = Math.max(lastHumanAt, at);
  }
  const known = (at: number): number | null => (at === Number.NEGATIVE_INFINITY ? null : at);
  return { delivered, opens: counts.opened, clicks: counts.clicked, lastHumanAt: known(lastHumanAt), lastAt: known(lastAt) };
}

/** What a person did counts; what a machine did, and what nobody can tell, is left out of the score. */
export function leftOut({ machine, unsure }: VerdictCounts): number {
  return machine + unsure;
}

/** What is left out of a lead's score: opens and clicks of machines, and those that nobody can tell. */
export interface LeftOut {
  readonly opens: number;
  readonly clicks: number;
  /** The last of them; UTC milliseconds. */
  readonly lastAt: number | null;
}

/** The facts of a lead as they would be if everything counted that is left out: what its score would be, to show beside what it is. */
export function withLeftOut(facts: LeadFacts, { opens, clicks, lastAt }: LeftOut): LeadFacts {
  const { emailOpens, emailClicks } = facts.signals;
  return {
    ...facts,
    signals: {
      ...facts.signals,
      ...(opens === 0 ? {} : { emailOpens: (emailOpens ?? 0) + opens }),
      ...(clicks === 0 ? {} : { emailClicks: (emailClicks ?? 0) + clicks }),
    },
    lastActivityAt: lastAt === null || (facts.lastActivityAt !== null && facts.lastActivityAt >= lastAt) ? facts.lastActivityAt : lastAt,
  };
}
