import type { Phrase } from '#domain/kernel/phrase';
import { packReach, unpackReach } from '../leads/reach';
import { signals } from '../leads/signals';
import { stages } from '../leads/stages';
import { bands, type Factor, factors } from './configuration';
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

// A million leads have a million versions of each: names are left out where a position says as much. Positions are those of `stages`,
// `signals` and `factors`, which only ever grow at their ends. Before, all was written out; both forms are read.

/** What went into a score. What is unknown is left out. */
interface KeptInputs {
  /** The position of the stage, and how the lead can be reached. */
  readonly s: number;
  readonly r: number;
  /** Totals of signals in their order, as far as the last that is known. */
  readonly t?: readonly (number | null)[];
  /** When it was last active, UTC milliseconds. */
  readonly a?: number;
  readonly c?: 0 | 1;
  /** The name of the source. */
  readonly o?: string;
  /** The name of the course, its places where they are known, and how many of them are taken. */
  readonly k?: readonly [name: string, capacity?: number | null, taken?: number];
}

type WrittenOut = Omit<Partial<LeadFacts>, 'source'> & { readonly source?: string };

/** What went into a score: what is unknown is left out. */
export function inputsText({ stage, signals: totals, lastActivityAt, converted, source, course, ...facts }: LeadFacts): string {
  const known = signals.map((signal) => totals[signal] ?? null);
  const count = known.findLastIndex((total) => total !== null) + 1;
  const kept: KeptInputs = {
    s: stages.indexOf(stage),
    r: packReach(facts),
    ...(count === 0 ? {} : { t: known.slice(0, count) }),
    ...(lastActivityAt === null ? {} : { a: lastActivityAt }),
    ...(converted === null ? {} : { c: converted ? 1 : 0 }),
    ...(source === null ? {} : { o: source.name }),
    ...(course === null ? {} : { k: course.capacity === null && course.taken === 0 ? [course.name] : [course.name, course.capacity, course.taken] }),
  };
  return JSON.stringify(kept);
}

/**
 * The facts that a kept score was made of, read back from what went into it.
 *
 * @param sourceKey finds the key by which a baseline knows a source; the name is all that is kept of it
 */
export function factsOfInputs(text: string, sourceKey: (name: string) => string): LeadFacts {
  const kept = JSON.parse(text) as KeptInputs | WrittenOut;
  const sourceOf = (name: string | undefined): LeadFacts['source'] => (name === undefined ? null : { key: sourceKey(name), name });
  if ('s' in kept) {
    const { s, r, t = [], a, c, o, k } = kept;
    return {
      leadId: '',
      stage: stages[s] ?? 'enquiry',
      ...unpackReach(r),
      signals: Object.fromEntries(signals.flatMap((signal, index) => (typeof t[index] === 'number' ? [[signal, t[index]]] : []))),
      lastActivityAt: a ?? null,
      converted: c === undefined ? null : c === 1,
      source: sourceOf(o),
      course: k === undefined ? null : { name: k[0], capacity: k[1] ?? null, taken: k[2] ?? 0 },
    };
  }
  const { source, ...inputs } = kept;
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
    source: sourceOf(source),
  };
}

/** A factor of a kept score: what it gave, whether it was known, and its reason. */
export interface KeptFactor {
  readonly factor: Factor;
  readonly points: number;
  readonly known: boolean;
  readonly reason: Phrase;
}

/** By position; of the key of its phrase what follows the name of the factor, where it begins so; parameters where there are any. */
type PackedFactor = readonly [factor: number | Factor, points: number, known: 0 | 1, key: string, params?: Phrase['params']];

const keyStart = (factor: Factor): string => `triage.${factor}.`;
/** Before what does not begin so. */
const whole = '=';

/** Why a score is what it is, factor by factor. */
export function reasonsText({ score }: Pick<Judgement, 'score'>): string {
  return JSON.stringify(
    score.factors.map(({ factor, points, known, reason }): PackedFactor => {
      const key = reason.key.startsWith(keyStart(factor)) ? reason.key.slice(keyStart(factor).length) : `${whole}${reason.key}`;
      const figures = [factors.indexOf(factor), points, known ? 1 : 0] as const;
      return Object.keys(reason.params).length === 0 ? [...figures, key] : [...figures, key, reason.params];
    }),
  );
}

/** The factors of a kept score, read back. */
export function factorsOfReasons(text: string): KeptFactor[] {
  return (JSON.parse(text) as PackedFactor[]).map(([at, points, known, key, params = {}]) => {
    const factor = typeof at === 'number' ? (factors[at] ?? 'engagement') : at;
    const full = typeof at === 'string' ? key : key.startsWith(whole) ? key.slice(whole.length) : `${keyStart(factor)}${key}`;
    return { factor, points, known: known === 1, reason: { key: full, params } };
  });
}
