import type { Phrase } from '#domain/kernel/phrase';
import { bands, type Factor } from './configuration';
import { type BlockerType, blockerTypes } from './blockers';
import type { LeadFacts } from './facts';
import type { Judgement } from './judge';

// The form in which a judgement is kept: its figures beside the lead, and a version with what went in and what was said.

export interface KeptScore {
  readonly score: number;
  readonly probability: number;
  readonly confidence: number;
  readonly etaDays: number | null;
  /** One bit a type of blocker, in their order. */
  readonly blockers: number;
}

export function blockerMask(types: readonly BlockerType[]): number {
  return types.reduce((mask, type) => mask | (1 << blockerTypes.indexOf(type)), 0);
}

export function blockersOf(mask: number | null): BlockerType[] {
  return mask === null ? [] : blockerTypes.filter((_type, bit) => (mask & (1 << bit)) !== 0);
}

/** What of a judgement is kept beside the lead. */
export function keptScore({ score, forecast }: Judgement): KeptScore {
  return {
    score: score.score,
    probability: forecast.probability,
    confidence: score.confidence,
    etaDays: forecast.etaDays,
    blockers: blockerMask(score.blockers.map(({ type }) => type)),
  };
}

/** Whether a judgement says anything else than the one before. */
export function sameScore(a: KeptScore | null, b: KeptScore): boolean {
  return a !== null && a.score === b.score && a.probability === b.probability && a.confidence === b.confidence && a.etaDays === b.etaDays && a.blockers === b.blockers;
}

/** The position of a score's band, as it is kept. */
export function bandIndex({ score }: Judgement): number {
  return bands.indexOf(score.band);
}

/** What went into a score: what is unknown is left out. */
export function inputsText({ leadId: _id, lastActivityAt, converted, source, course, ...facts }: LeadFacts): string {
  const inputs: Record<string, unknown> = facts;
  if (lastActivityAt !== null) inputs.lastActivityAt = lastActivityAt;
  if (converted !== null) inputs.converted = converted;
  if (source !== null) inputs.source = source.name;
  if (course !== null) inputs.course = course;
  return JSON.stringify(inputs);
}

/**
 * The facts that a kept score was made of, read back from what went into it.
 *
 * @param sourceKey finds the key by which a baseline knows a source; the name is all that is kept of it
 */
export function factsOfInputs(text: string, sourceKey: (name: string) => string): LeadFacts {
  const { source, ...inputs } = JSON.parse(text) as Omit<Partial<LeadFacts>, 'source'> & { readonly source?: string };
  return {
    leadId: '',
    stage: 'enquiry',
    hasEmail: false,
    hasPhone: false,
    mayEmail: true,
    mayPhone: true,
    consentRecorded: false,
    signals: {},
    lastActivityAt: null,
    converted: null,
    course: null,
    ...inputs,
    source: source === undefined ? null : { key: sourceKey(source), name: source },
  };
}

/** A factor of a kept score: what it gave, whether it was known, and its reason. */
export type KeptFactor = readonly [factor: Factor, points: number, known: 0 | 1, reason: string, params: Phrase['params']];

/** Why a score is what it is, factor by factor. */
export function reasonsText({ score }: Judgement): string {
  return JSON.stringify(score.factors.map(({ factor, points, known, reason }): KeptFactor => [factor, points, known ? 1 : 0, reason.key, reason.params]));
}
