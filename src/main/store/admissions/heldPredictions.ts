import { servedModelKey } from '../models/predictions';
import type { Reader } from '../tx';
import { type Places, roomy } from './factColumns';
import type { PredictedFigure } from './heldLeads';
import { type LeanNumbers, type LeanWholes, NumberValues, WholeValues } from './leanValues';

/** Leads whose predictions are read at once. */
const leadsPerSlice = 1_000;

type Found = readonly [leadKey: number, probability: number, confidence: number, revision: number];

/**
 * What the model that serves says of each lead, by position: its chance, how much is known, and the revision of the lead that it speaks of.
 * Nothing is read before somebody asks, and nothing is held while no model serves. Batches change thousands that follow each other, so
 * what has changed is read again in slices.
 */
export class HeldPredictions {
  private modelKey: number | null = null;
  private filled = 0;
  private capacity = 0;
  private readonly figures: Readonly<Record<PredictedFigure, NumberValues>> = { modelChance: new NumberValues(true), modelConfidence: new NumberValues(true) };
  private readonly revisions = new WholeValues();
  /** 1 where the prediction of a position may have changed; none lies before the first. */
  private stale = new Uint8Array(0);
  private firstStale = 0;

  /**
   * @param onMove called with positions whose chance may have become another
   * @param onForget called where all may have
   */
  constructor(
    private readonly reader: Reader,
    private readonly places: Places,
    private readonly onMove: (position: number) => void,
    private readonly onForget: () => void,
  ) {}

  /** The model whose predictions are held or would be; null where none serves. */
  get model(): number | null {
    return this.modelKey;
  }

  /** Notes which model serves now. */
  noticeModel(): void {
    const serves = servedModelKey(this.reader);
    if (serves === this.modelKey) return;
    this.modelKey = serves;
    this.filled = 0;
    this.capacity = 0;
    this.resize(0);
    this.onForget();
  }

  /** Notes that the prediction at a position may have changed; -1 is none. */
  touch(position: number): void {
    if (position < 0 || position >= this.filled) return;
    this.stale[position] = 1;
    if (position < this.firstStale) this.firstStale = position;
  }

  /** Notes that leads at the end are gone. */
  shorten(length: number): void {
    if (length >= this.filled) return;
    this.unset(length, this.filled);
    this.filled = length;
  }

  /** Reads a slice of what is missing. Answers whether there may be more. */
  advance(): boolean {
    if (this.modelKey === null) return false;
    while (this.firstStale < this.filled && this.stale[this.firstStale] !== 1) this.firstStale += 1;
    if (this.firstStale < this.filled) {
      const [from, to] = [this.firstStale, Math.min(this.filled, this.firstStale + leadsPerSlice)];
      this.unset(from, to);
      this.read(from, to);
      this.stale.fill(0, from, to);
      this.firstStale = to;
      for (let position = from; position < to; position += 1) this.onMove(position);
      return true;
    }
    if (this.filled >= this.places.length) return false;
    const [from, to] = [this.filled, Math.min(this.places.length, this.filled + leadsPerSlice)];
    if (to > this.capacity) this.resize(roomy(this.places.length));
    this.read(from, to);
    this.filled = to;
    this.firstStale = to;
    for (let position = from; position < to; position += 1) this.onMove(position);
    return to < this.places.length;
  }

  /** A figure of all leads, up to date: NaN where the model has said nothing, and no values at all while none serves. */
  values(figure: PredictedFigure): LeanNumbers {
    this.complete();
    return this.figures[figure].held;
  }

  /** The revision of the lead that each prediction speaks of: 0 where there is none, and no values at all while no model serves. */
  revisionsOfLeads(): LeanWholes {
    this.complete();
    return this.revisions.held;
  }

  /** The chance at a position as it is held now. */
  chanceAt(position: number): number {
    return this.figures.modelChance.held[position] ?? Number.NaN;
  }

  private complete(): void {
    while (this.advance());
  }

  private resize(capacity: number): void {
    this.capacity = capacity;
    for (const values of Object.values(this.figures)) values.resize(capacity);
    this.revisions.resize(capacity);
    const stale = new Uint8Array(capacity);
    stale.set(this.stale.subarray(0, Math.min(this.filled, capacity)));
    this.stale = stale;
    this.firstStale = Math.min(this.firstStale, this.filled);
  }

  private unset(from: number, to: number): void {
    for (let position = from; position < to; position += 1) {
      this.figures.modelChance.set(position, Number.NaN);
      this.figures.modelConfidence.set(position, Number.NaN);
      this.revisions.set(position, 0);
    }
  }

  private read(from: number, to: number): void {
    const before = from === 0 ? 0 : this.places.keyAt(from - 1);
    let position = from;
    const found = this.reader.tuples<Found>(
      'select lead_key, probability, confidence, lead_revision from lead_predictions where lead_key > ? and lead_key <= ? and model_key = ? order by lead_key',
      before,
      this.places.keyAt(to - 1),
      this.modelKey,
    );
    for (const [key, probability, confidence, revision] of found) {
      while (position < to && this.places.keyAt(position) < key) position += 1;
      if (this.places.keyAt(position) !== key) continue;
      this.figures.modelChance.set(position, probability);
      this.figures.modelConfidence.set(position, confidence);
      this.revisions.set(position, revision);
    }
  }
}
