import { alertMask, alertsText, raisedAlerts } from '../alerts/causes';
import { unpackReach } from '../leads/reach';
import { type Signal, signals } from '../leads/signals';
import { stages } from '../leads/stages';
import { addSums, type FactorSums, noSums, sumFactors } from './baseline';
import type { TriageConfiguration } from './configuration';
import type { Baseline, CourseFacts, LeadFacts } from './facts';
import { judgeLead, type JudgeSetting, meanPoints } from './judge';
import { bandIndex, inputsText, type KeptScore, keptScore, reasonsText, sameScore } from './kept';

// Many leads as one array of numbers, a row a lead, NaN where unknown: so that a hundred thousand can go to another thread in an instant.

/** The columns of a row, in their order. */
export const packedColumns = [
  'key',
  'revision',
  'stage',
  'converted',
  'reach',
  'source',
  'course',
  'lastActivityAt',
  ...signals,
  'score',
  'probability',
  'confidence',
  'etaDays',
  'blockers',
  'owner',
  'alerts',
] as const;
export type PackedColumn = (typeof packedColumns)[number];

const width = packedColumns.length;
const at = Object.fromEntries(packedColumns.map((column, index) => [column, index])) as Record<PackedColumn, number>;

/** What the numbers of sources and courses stand for. */
export interface PackedNames {
  readonly sources: ReadonlyMap<number, string>;
  readonly courses: ReadonlyMap<number, CourseFacts>;
}

/** How many leads a pack holds. */
export function packedLength(pack: Float64Array): number {
  return pack.length / width;
}

/** One number of a row, NaN where unknown. */
export function packedFigure(pack: Float64Array, row: number, column: PackedColumn): number {
  return pack[row * width + at[column]] ?? Number.NaN;
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/** The facts of one row. */
export function unpackFacts(pack: Float64Array, row: number, names: PackedNames): LeadFacts {
  const totals: Partial<Record<Signal, number>> = {};
  for (const signal of signals) {
    const total = packedFigure(pack, row, signal);
    if (!Number.isNaN(total)) totals[signal] = total;
  }
  const source = packedFigure(pack, row, 'source');
  const converted = packedFigure(pack, row, 'converted');
  return {
    leadId: '',
    stage: stages[packedFigure(pack, row, 'stage')] ?? 'enquiry',
    converted: Number.isNaN(converted) ? null : converted === 1,
    ...unpackReach(packedFigure(pack, row, 'reach')),
    source: source === 0 ? null : { key: String(source), name: names.sources.get(source) ?? '' },
    signals: totals,
    lastActivityAt: orNull(packedFigure(pack, row, 'lastActivityAt')),
    course: names.courses.get(packedFigure(pack, row, 'course')) ?? null,
  };
}

function keptOf(pack: Float64Array, row: number): KeptScore | null {
  const score = packedFigure(pack, row, 'score');
  if (Number.isNaN(score)) return null;
  return {
    score,
    probability: packedFigure(pack, row, 'probability'),
    confidence: packedFigure(pack, row, 'confidence'),
    etaDays: orNull(packedFigure(pack, row, 'etaDays')),
    blockers: packedFigure(pack, row, 'blockers'),
  };
}

/** The part of a baseline's means that a pack gives. */
export function sumPacked(pack: Float64Array, names: PackedNames, partial: Pick<Baseline, 'signalCaps' | 'outcomes' | 'sources'>, configuration: TriageConfiguration, asOf: number): FactorSums {
  let sums = noSums;
  for (let row = 0; row < packedLength(pack); row += 1) sums = addSums(sums, sumFactors([unpackFacts(pack, row, names)], partial, configuration, asOf));
  return sums;
}

/** The leads of a pack whose judgement differs from the one that is kept, ready to be written. */
export interface ChangedScores {
  readonly keys: Float64Array;
  /** The revision of each lead that was judged: a later one has a newer score already. */
  readonly revisions: Float64Array;
  /**
   * Score, probability, confidence, days (NaN for none), blockers, band, whether any of them changed, the mask of its alerts and the one
   * before (NaN for none yet), lead after lead.
   */
  readonly figures: Float64Array;
  /**
   * Inputs, reasons and alerts of each lead in turn, those of some leads as one text: each by itself would be an object more on the way, and all
   * of them as one would be kept by the collector for longer than it is needed.
   */
  readonly texts: readonly string[];
  /** Where each of them ends in its text: three a lead. */
  readonly ends: Uint32Array;
}

/** Leads whose inputs and reasons are one text. */
const leadsPerText = 50;

const textsPerLead = 3;

/** The inputs, the reasons and the alerts of a lead of those that changed. */
export function textsAt({ texts, ends }: ChangedScores, index: number): { readonly inputs: string; readonly reasons: string; readonly alerts: string } {
  const text = texts[Math.floor(index / leadsPerText)] ?? '';
  const first = textsPerLead * index;
  const from = index % leadsPerText === 0 ? 0 : ends[first - 1];
  return { inputs: text.slice(from, ends[first]), reasons: text.slice(ends[first], ends[first + 1]), alerts: text.slice(ends[first + 1], ends[first + 2]) };
}

/** Puts the texts of some leads, one after the other, together as they are sent. */
function packTexts(parts: readonly string[]): Pick<ChangedScores, 'texts' | 'ends'> {
  const texts: string[] = [];
  const ends = new Uint32Array(parts.length);
  for (let from = 0; from < parts.length; from += textsPerLead * leadsPerText) {
    const together = parts.slice(from, from + textsPerLead * leadsPerText);
    let end = 0;
    together.forEach((part, index) => {
      end += part.length;
      ends[from + index] = end;
    });
    texts.push(together.join(''));
  }
  return { texts, ends };
}

export const figuresPerLead = 9;

/** Judges every lead of a pack and answers those whose score or whose alerts changed. */
export function judgePacked(pack: Float64Array, names: PackedNames, setting: JudgeSetting): ChangedScores {
  const means = meanPoints(setting);
  const keys: number[] = [];
  const revisions: number[] = [];
  const figures: number[] = [];
  const texts: string[] = [];
  for (let row = 0; row < packedLength(pack); row += 1) {
    const facts = unpackFacts(pack, row, names);
    const judgement = judgeLead(facts, setting, means);
    const kept = keptScore(judgement);
    const same = sameScore(keptOf(pack, row), kept);
    const raised = raisedAlerts(judgement.score.band, judgement.score.blockers, packedFigure(pack, row, 'owner') !== 0);
    const alerts = alertMask(raised);
    const alertsBefore = packedFigure(pack, row, 'alerts');
    const sameAlerts = alerts === (Number.isNaN(alertsBefore) ? 0 : alertsBefore);
    if (same && sameAlerts) continue;
    keys.push(packedFigure(pack, row, 'key'));
    revisions.push(packedFigure(pack, row, 'revision'));
    figures.push(kept.score, kept.probability, kept.confidence, kept.etaDays ?? Number.NaN, kept.blockers, bandIndex(judgement), same ? 0 : 1, alerts, alertsBefore);
    texts.push(same ? '' : inputsText(facts), same ? '' : reasonsText(judgement), sameAlerts ? '' : alertsText(raised));
  }
  return { keys: Float64Array.from(keys), revisions: Float64Array.from(revisions), figures: Float64Array.from(figures), ...packTexts(texts) };
}
