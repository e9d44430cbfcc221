import { type Signal, signals, type SignalTotals } from '#domain/admissions/leads/signals';
import { hasReached, type Stage } from '#domain/admissions/leads/stages';

// What becomes of two leads that are one person. Each rule loses nothing that either of them said.

export interface Totals {
  readonly totals: SignalTotals;
  /** The part of the totals that files brought. */
  readonly opening: SignalTotals;
}

/**
 * Totals of both. What was logged here is added up, for its touchpoints move too. Of the balances that files brought: two records of
 * one system counted each its own, so they are added; two systems watched the same person, so the larger holds. Pages per visit are a
 * mean and are weighed by visits.
 */
export function mergedTotals(a: Totals, b: Totals, sameOrigin: boolean): Totals {
  const totals: Partial<Record<Signal, number>> = {};
  const opening: Partial<Record<Signal, number>> = {};
  for (const signal of signals) {
    const [inA, inB] = [a.totals[signal], b.totals[signal]];
    if (inA === undefined && inB === undefined) continue;
    const [openA, openB] = [a.opening[signal], b.opening[signal]];
    if (signal === 'pagesPerVisit') {
      totals[signal] = meanPages(a.totals, b.totals);
      if (openA !== undefined || openB !== undefined) opening[signal] = totals[signal];
      continue;
    }
    const logged = (inA ?? 0) - (openA ?? 0) + (inB ?? 0) - (openB ?? 0);
    const brought = sameOrigin ? (openA ?? 0) + (openB ?? 0) : Math.max(openA ?? 0, openB ?? 0);
    totals[signal] = logged + brought;
    if (openA !== undefined || openB !== undefined) opening[signal] = brought;
  }
  return { totals, opening };
}

function meanPages(a: SignalTotals, b: SignalTotals): number {
  const [pagesA, pagesB] = [a.pagesPerVisit, b.pagesPerVisit];
  if (pagesA === undefined || pagesB === undefined) return pagesA ?? pagesB ?? 0;
  const [visitsA, visitsB] = [a.webVisits ?? 0, b.webVisits ?? 0];
  return visitsA + visitsB > 0 ? (pagesA * visitsA + pagesB * visitsB) / (visitsA + visitsB) : Math.max(pagesA, pagesB);
}

/** The stage that lies further; a lost enquiry gives way to one that goes on. */
export function mergedStage(a: Stage, b: Stage): Stage {
  if (a === 'lost') return b;
  return b === 'lost' || hasReached(a, b) ? a : b;
}

/** What a person said about one channel, from what two records have: a refusal anywhere holds. */
export function stricterConsent(a: boolean | undefined, b: boolean | undefined): boolean | undefined {
  if (a === false || b === false) return false;
  return a ?? b;
}

/** The later of two moments, either of which may be unknown. */
export function later(a: number | null, b: number | null): number | null {
  return a === null || (b !== null && b > a) ? b : a;
}

interface Enquiry {
  readonly enquiredAt: number | null;
  readonly createdAt: number;
}

/** Whether the first of two enquiries came first; a dated one before an undated one. */
export function cameFirst(a: Enquiry, b: Enquiry): boolean {
  if (a.enquiredAt !== null && b.enquiredAt !== null && a.enquiredAt !== b.enquiredAt) return a.enquiredAt < b.enquiredAt;
  if ((a.enquiredAt === null) !== (b.enquiredAt === null)) return a.enquiredAt !== null;
  return a.createdAt <= b.createdAt;
}
