import type { Phrase } from '#domain/kernel/phrase';
import type { AskedFilter } from '../queries/filters';

/** What a fact is to its reader: a figure, what goes well, what needs a decision, what happened, why something is as it is. */
export const factParts = ['figure', 'good', 'decision', 'event', 'reason'] as const;
export type FactPart = (typeof factParts)[number];

/** One thing that a summary says: a sentence, and the figure or event that it rests on. */
export interface SummaryFact {
  readonly id: string;
  readonly part: FactPart;
  readonly text: Phrase;
  /** The figure itself; null where it is an event. Shares are in [0, 1]. */
  readonly value: number | null;
  /** The same of the period before; null where nobody knows. */
  readonly before: number | null;
  /** The leads that it counts. */
  readonly filter: AskedFilter | null;
  /** The item of the lead’s story that it tells. */
  readonly itemId: string | null;
  readonly at: number | null;
}

/** A fact with what most of them lack left out. */
export function factOf(id: string, part: FactPart, text: Phrase, more: Partial<Pick<SummaryFact, 'value' | 'before' | 'filter' | 'itemId' | 'at'>> = {}): SummaryFact {
  return { id, part, text, value: null, before: null, filter: null, itemId: null, at: null, ...more };
}
