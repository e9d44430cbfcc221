/** Leads in an order: those with a value, ascending by it and then by key; and those without. Positions, not keys. */
export interface LeadOrder {
  readonly answered: Uint32Array;
  readonly unanswered: Uint32Array;
}

/** What a lead is ordered by; NaN where it is unanswered. */
export type ValueAt = (position: number) => number;

const digits = 65_536;
/** Leads that are looked at in one step: a few milliseconds. */
const perStep = 50_000;
const signBit = 0x8000_0000;
const littleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/**
 * Sorts positions by their value, and those of one value as they stand: 16 bits at a time, the lowest first, which takes a fifth of the
 * time that comparing takes. Values are taken as they are when their turn comes: whoever
 * changes one meanwhile repairs the order afterwards.
 */
export function* sortByValue(valueAt: ValueAt, length: number, alive: Uint8Array): Generator<void, LeadOrder> {
  const answered = new Uint32Array(length);
  const unanswered = new Uint32Array(length);
  let known = 0;
  let unknown = 0;
  // The bits of a double compare as a whole number does once those of negative ones are turned round.
  const view = new Float64Array(1);
  const bits = new Uint32Array(view.buffer);
  const low = new Uint32Array(length);
  const high = new Uint32Array(length);
  const differing = { low: 0, high: 0 };
  let [firstLow, firstHigh] = [0, 0];
  for (let position = 0; position < length; position += 1) {
    if (alive[position] !== 1) continue;
    const value = valueAt(position);
    if (Number.isNaN(value)) {
      unanswered[unknown] = position;
      unknown += 1;
      continue;
    }
    // Minus zero is zero.
    view[0] = value + 0;
    const lower = bits[littleEndian ? 0 : 1] ?? 0;
    const upper = bits[littleEndian ? 1 : 0] ?? 0;
    const lowKey = upper >= signBit ? ~lower >>> 0 : lower;
    const highKey = (upper >= signBit ? ~upper : upper | signBit) >>> 0;
    low[position] = lowKey;
    high[position] = highKey;
    if (known === 0) [firstLow, firstHigh] = [lowKey, highKey];
    differing.low |= lowKey ^ firstLow;
    differing.high |= highKey ^ firstHigh;
    answered[known] = position;
    known += 1;
    if (position % perStep === 0) yield;
  }
  yield;
  let from = answered.slice(0, known);
  let to = answered.subarray(0, known);
  const places = new Uint32Array(digits);
  for (const [part, bitsThatDiffer] of [[low, differing.low], [high, differing.high]] as const) {
    for (const shift of [0, 16]) {
      // All have the same digit.
      if (((bitsThatDiffer >>> shift) & 0xffff) === 0) continue;
      places.fill(0);
      for (let index = 0; index < from.length; index += 1) {
        const position = from[index] ?? 0;
        const digit = ((part[position] ?? 0) >>> shift) & 0xffff;
        places[digit] = (places[digit] ?? 0) + 1;
        if (index % perStep === 0) yield;
      }
      yield;
      let before = 0;
      for (let digit = 0; digit < digits; digit += 1) {
        const count = places[digit] ?? 0;
        places[digit] = before;
        before += count;
      }
      for (let index = 0; index < from.length; index += 1) {
        const position = from[index] ?? 0;
        const digit = ((part[position] ?? 0) >>> shift) & 0xffff;
        const place = places[digit] ?? 0;
        to[place] = position;
        places[digit] = place + 1;
        if (index % perStep === 0) yield;
      }
      [from, to] = [to, from];
      yield;
    }
  }
  return { answered: from, unanswered: unanswered.slice(0, unknown) };
}

/** What an order is made of. */
export interface OrderedValues {
  readonly size: () => number;
  isAlive(position: number): boolean;
  /** As they are now. */
  values(): ValueAt;
  aliveMarks(): Uint8Array;
}

/** Where more than one in so many changed, sorting anew is quicker than repairing. */
const repairedAtMost = 8;
export const fewTouched = 100;

/** Leads by a value: sorted a step at a time, and repaired where some of them have changed. */
export class ValueOrder {
  private held: LeadOrder | null = null;
  private sorting: Generator<void, LeadOrder> | null = null;
  /** Positions whose value may have changed since the order was begun. */
  private touched: number[] = [];

  constructor(private readonly leads: OrderedValues) {}

  touch(position: number): void {
    if (this.held === null && this.sorting === null) return;
    this.touched.push(position);
    if (this.touched.length > this.leads.size() / repairedAtMost + fewTouched) this.forget();
  }

  forget(): void {
    this.held = null;
    this.sorting = null;
    this.touched = [];
  }

  /** Takes a step towards the order. Answers whether there may be more. */
  advance(): boolean {
    if (this.held !== null && this.touched.length === 0) return false;
    if (this.held !== null) {
      this.held = repaired(this.held, this.touched, this.leads);
      this.touched = [];
      return false;
    }
    this.sorting ??= sortByValue(this.leads.values(), this.leads.size(), this.leads.aliveMarks());
    const step = this.sorting.next();
    if (step.done === true) {
      this.held = step.value;
      this.sorting = null;
    }
    return true;
  }

  order(): LeadOrder {
    while (this.advance());
    if (this.held === null) throw new Error('An order was asked for that nobody made.');
    return this.held;
  }
}

/** An order with some leads taken out and put in where they belong now: all others keep their places. */
function repaired(order: LeadOrder, touched: readonly number[], leads: OrderedValues): LeadOrder {
  const valueOf = leads.values();
  const marks = new Uint8Array(leads.size());
  for (const position of touched) if (position < marks.length) marks[position] = 1;
  const coming = [...new Set(touched)].filter((position) => position < leads.size() && leads.isAlive(position));
  const known = coming.filter((position) => !Number.isNaN(valueOf(position))).sort((a, b) => valueOf(a) - valueOf(b) || a - b);
  const unknown = coming.filter((position) => Number.isNaN(valueOf(position))).sort((a, b) => a - b);
  return {
    answered: merged(order.answered, known, marks, (a, b) => valueOf(a) < valueOf(b) || (valueOf(a) === valueOf(b) && a < b)),
    unanswered: merged(order.unanswered, unknown, marks, (a, b) => a < b),
  };
}

/** Positions in order without the marked ones, and with others that are in order. A position past the end belonged to a lead that is gone. */
function merged(before: Uint32Array, coming: readonly number[], marks: Uint8Array, isBefore: (a: number, b: number) => boolean): Uint32Array {
  const staying = new Uint32Array(before.length);
  let length = 0;
  for (const position of before) {
    if (marks[position] !== 0) continue;
    staying[length] = position;
    length += 1;
  }
  if (coming.length === 0) return staying.subarray(0, length);
  const next = new Uint32Array(length + coming.length);
  let taken = 0;
  let put = 0;
  for (const position of coming) {
    let low = taken;
    let high = length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(staying[middle] ?? 0, position)) low = middle + 1;
      else high = middle;
    }
    next.set(staying.subarray(taken, low), put);
    put += low - taken;
    taken = low;
    next[put] = position;
    put += 1;
  }
  next.set(staying.subarray(taken, length), put);
  return next;
}
