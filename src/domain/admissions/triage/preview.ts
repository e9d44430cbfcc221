import { round } from '#domain/kernel/stats';
import { chanceOf, daysUntil } from '../forecast/predict';
import { type BlockerType, blockerTypes, findBlockers } from './blockers';
import { type Band, bands, type TriageConfiguration } from './configuration';
import type { JudgeSetting } from './judge';
import { blockerMask } from './kept';
import { packedFigure, packedLength, type PackedNames, unpackFacts } from './packed';
import { bandOf, scoreFigures } from './score';

// What other rules would make of the leads, without keeping anything.

/** The figures of a lead, in their order: as they are kept, and as they would be. */
export const previewColumns = ['key', 'score', 'newScore', 'chance', 'newChance', 'days', 'newDays', 'blockers', 'newBlockers'] as const;
export type PreviewColumn = (typeof previewColumns)[number];

const width = previewColumns.length;
const at = Object.fromEntries(previewColumns.map((column, index) => [column, index])) as Record<PreviewColumn, number>;

/** Judges every lead of a pack by other rules; NaN where a figure is unknown. */
export function previewPacked(pack: Float64Array, names: PackedNames, setting: JudgeSetting): Float64Array {
  const { forecast } = setting;
  const figures = new Float64Array(packedLength(pack) * width);
  for (let row = 0; row < packedLength(pack); row += 1) {
    const facts = unpackFacts(pack, row, names);
    const { score, points, engagement } = scoreFigures(facts, setting);
    const chance = chanceOf(points, forecast);
    const from = row * width;
    figures[from + at.key] = packedFigure(pack, row, 'key');
    figures[from + at.score] = packedFigure(pack, row, 'score');
    figures[from + at.newScore] = score;
    figures[from + at.chance] = packedFigure(pack, row, 'probability');
    figures[from + at.newChance] = chance;
    figures[from + at.days] = packedFigure(pack, row, 'etaDays');
    figures[from + at.newDays] = daysUntil(chance, engagement, forecast) ?? Number.NaN;
    figures[from + at.blockers] = packedFigure(pack, row, 'blockers');
    figures[from + at.newBlockers] = blockerMask(findBlockers({ ...setting, facts }).map(({ type }) => type));
  }
  return figures;
}

/** What moves: the score, or the chance of enrolling. */
export const previewMeasures = ['score', 'chance'] as const;
export type PreviewMeasure = (typeof previewMeasures)[number];

/** A lead that would rise or fall. */
export interface Mover {
  readonly key: number;
  readonly before: number;
  readonly after: number;
}

/** A place of the queue as it would be. Places count from 1. */
export interface QueuePlace {
  readonly key: number;
  readonly place: number;
  readonly placeBefore: number;
  readonly score: number;
  readonly newScore: number;
}

export interface BeforeAfter {
  readonly before: number;
  readonly after: number;
}

export interface ConfigurationPreview {
  readonly leads: number;
  readonly rise: number;
  readonly fall: number;
  readonly risers: readonly Mover[];
  readonly fallers: readonly Mover[];
  readonly bands: readonly (BeforeAfter & { readonly band: Band })[];
  readonly bandChanges: number;
  readonly blockers: readonly (BeforeAfter & { readonly type: BlockerType })[];
  /** The top of the queue as it would be, and whoever would leave it. */
  readonly queue: readonly QueuePlace[];
  readonly leaving: readonly QueuePlace[];
  /** The sum of the chances: how many would enrol. */
  readonly expected: BeforeAfter;
  /** Leads for which a number of days is told. */
  readonly dated: BeforeAfter;
}

export interface PreviewQuestion {
  readonly measure: PreviewMeasure;
  readonly bandsBefore: TriageConfiguration['bands'];
  readonly bandsAfter: TriageConfiguration['bands'];
  /** Keys of the queue, the first first. */
  readonly queue: readonly number[];
  /** How many risers, fallers and places are named. */
  readonly named: number;
}

/** The first few of many by an order, without sorting all of them. */
function firstFew<Item>(items: Iterable<Item>, count: number, compare: (a: Item, b: Item) => number): Item[] {
  const few: Item[] = [];
  for (const item of items) {
    const last = few.at(-1);
    if (few.length >= count && last !== undefined && compare(item, last) >= 0) continue;
    const place = few.findIndex((each) => compare(item, each) < 0);
    few.splice(place < 0 ? few.length : place, 0, item);
    if (few.length > count) few.pop();
  }
  return few;
}

/** The numbers from 0 up to a count. */
function* upTo(count: number): Generator<number> {
  for (let each = 0; each < count; each += 1) yield each;
}

/** The row of a key, for rows stand in the order of their keys; or -1. */
function rowOf(figures: Float64Array, key: number): number {
  let low = 0;
  let high = figures.length / width - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = figures[middle * width + at.key] ?? 0;
    if (found === key) return middle;
    if (found < key) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** The top of the queue as it would be, and whoever would leave it. */
function tellQueue(figures: Float64Array, queue: readonly number[], named: number): Pick<ConfigurationPreview, 'queue' | 'leaving'> {
  const rows = queue.map((key) => rowOf(figures, key)).filter((row) => row >= 0);
  const figure = (row: number, column: PreviewColumn): number => figures[row * width + at[column]] ?? Number.NaN;
  const order = (a: number, b: number): number => figure(b, 'newScore') - figure(a, 'newScore') || b - a;
  const placed = (row: number, place: number): QueuePlace => ({ key: figure(row, 'key'), place, placeBefore: rows.indexOf(row) + 1, score: figure(row, 'score'), newScore: figure(row, 'newScore') });
  const top = firstFew(rows, named, order);
  const leaving = rows.slice(0, named).filter((row) => !top.includes(row));
  return {
    queue: top.map((row, index) => placed(row, index + 1)),
    leaving: leaving.map((row) => placed(row, 1 + rows.reduce((before, other) => before + (order(other, row) < 0 ? 1 : 0), 0))),
  };
}

/**
 * Tells what the figures of many leads come to, in the order of their keys. Leads that have no score yet count as moved by nothing.
 */
export function tellPreview(figures: Float64Array, { measure, bandsBefore, bandsAfter, queue, named }: PreviewQuestion): ConfigurationPreview {
  const leads = figures.length / width;
  const figure = (row: number, column: PreviewColumn): number => figures[row * width + at[column]] ?? Number.NaN;
  const [before, after]: readonly [PreviewColumn, PreviewColumn] = measure === 'score' ? ['score', 'newScore'] : ['chance', 'newChance'];
  const movedBy = (row: number): number => figure(row, after) - figure(row, before);
  const inBand = { before: new Uint32Array(bands.length), after: new Uint32Array(bands.length) };
  const blocked = { before: new Uint32Array(blockerTypes.length), after: new Uint32Array(blockerTypes.length) };
  const expected = { before: 0, after: 0 };
  const dated = { before: 0, after: 0 };
  let [rise, fall, bandChanges] = [0, 0, 0];
  const countBlockers = (counts: Uint32Array, mask: number): void => {
    for (let bit = 0; bit < counts.length; bit += 1) counts[bit] = (counts[bit] ?? 0) + ((mask >> bit) & 1);
  };
  for (const row of upTo(leads)) {
    const score = figure(row, 'score');
    if (Number.isNaN(score)) continue;
    if (movedBy(row) > 0) rise += 1;
    if (movedBy(row) < 0) fall += 1;
    const was = bands.indexOf(bandOf(score, bandsBefore));
    const becomes = bands.indexOf(bandOf(figure(row, 'newScore'), bandsAfter));
    inBand.before[was] = (inBand.before[was] ?? 0) + 1;
    inBand.after[becomes] = (inBand.after[becomes] ?? 0) + 1;
    if (was !== becomes) bandChanges += 1;
    countBlockers(blocked.before, figure(row, 'blockers'));
    countBlockers(blocked.after, figure(row, 'newBlockers'));
    expected.before += figure(row, 'chance');
    expected.after += figure(row, 'newChance');
    if (!Number.isNaN(figure(row, 'days'))) dated.before += 1;
    if (!Number.isNaN(figure(row, 'newDays'))) dated.after += 1;
  }
  const mover = (row: number): Mover => ({ key: figure(row, 'key'), before: figure(row, before), after: figure(row, after) });
  const most = (sign: 1 | -1): Mover[] =>
    firstFew(upTo(leads), named, (a, b) => sign * (byMove(movedBy(b)) - byMove(movedBy(a))) || figure(b, after) - figure(a, after) || a - b)
      .filter((row) => sign * movedBy(row) > 0)
      .map(mover);
  return {
    leads,
    rise,
    fall,
    risers: most(1),
    fallers: most(-1),
    bands: bands.map((band, index) => ({ band, before: inBand.before[index] ?? 0, after: inBand.after[index] ?? 0 })),
    bandChanges,
    blockers: blockerTypes.map((type, index) => ({ type, before: blocked.before[index] ?? 0, after: blocked.after[index] ?? 0 })),
    ...tellQueue(figures, queue, named),
    expected: { before: round(expected.before, 1), after: round(expected.after, 1) },
    dated,
  };
}

/** How far a lead moves; one without a score does not. */
function byMove(by: number): number {
  return Number.isNaN(by) ? 0 : by;
}
