// Columns of numbers that take no more room than their values need: most of what leads hold is small, and what is small is also quicker to
// pass over.

/** Whole numbers from 0, by position. */
export type LeanWholes = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
/** Numbers by position, NaN where unknown. */
export type LeanNumbers = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

function moved<Values extends LeanWholes | LeanNumbers>(to: Values, from: LeanWholes | LeanNumbers): Values {
  to.set(from.length <= to.length ? from : from.subarray(0, to.length));
  return to;
}

/** A column of whole numbers that widens once a value is too large for it. */
export class WholeValues {
  held: LeanWholes = new Uint8Array(0);

  resize(capacity: number): void {
    const { held } = this;
    const next = held instanceof Uint8Array ? new Uint8Array(capacity) : held instanceof Uint16Array ? new Uint16Array(capacity) : new Uint32Array(capacity);
    this.held = moved(next, held);
  }

  set(position: number, value: number): void {
    if (value > 0xff && this.held instanceof Uint8Array) this.held = moved(new Uint16Array(this.held.length), this.held);
    if (value > 0xffff && this.held instanceof Uint16Array) this.held = moved(new Uint32Array(this.held.length), this.held);
    this.held[position] = value;
  }
}

/** A column of numbers in single precision, until a value comes that would lose by it. */
export class NumberValues {
  held: LeanNumbers = new Float32Array(0);
  /** Positions from here on have not been set. */
  private end = 0;

  /**
   * @param sparse whether positions may be left out, which are then unknown. Where each is set before it is read, a million of them need
   * not be written in advance: for all columns of leads that took 80 ms, in one go
   */
  constructor(private readonly sparse: boolean) {}

  resize(capacity: number): void {
    this.end = Math.min(this.end, capacity);
    this.held = this.taken(this.held instanceof Float32Array ? new Float32Array(capacity) : new Float64Array(capacity));
  }

  set(position: number, value: number): void {
    if (this.held instanceof Float32Array && !Object.is(Math.fround(value), value)) this.held = this.taken(new Float64Array(this.held.length));
    this.held[position] = value;
    if (position >= this.end) this.end = position + 1;
  }

  private taken(next: LeanNumbers): LeanNumbers {
    next.set(this.held.subarray(0, this.end));
    return this.sparse ? next.fill(Number.NaN, this.end) : next;
  }

  clear(): void {
    this.held.fill(Number.NaN);
  }
}
