import type { Reader } from '../tx';
import type { Places } from './factColumns';

/** Leads in an order: those with a value, ascending by it and then by key; and those without. Positions, not keys. */
export interface LeadOrder {
  readonly answered: Uint32Array;
  readonly unanswered: Uint32Array;
}

const digits = 65_536;
const signBit = 0x8000_0000;
const littleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/**
 * Sorts positions by their value, and those of one value as they stand: 16 bits at a time, the lowest first, which takes a fifth of the
 * time that comparing takes.
 */
export function orderByValue(values: ArrayLike<number>, length: number, alive: Uint8Array): LeadOrder {
  const answered = new Uint32Array(length);
  const unanswered = new Uint32Array(length);
  let known = 0;
  let unknown = 0;
  // The bits of a double compare as a whole number does once those of negative ones are turned round.
  const view = new Float64Array(1);
  const bits = new Uint32Array(view.buffer);
  const low = new Uint32Array(length);
  const high = new Uint32Array(length);
  for (let position = 0; position < length; position += 1) {
    if (alive[position] !== 1) continue;
    const value = values[position] ?? Number.NaN;
    if (Number.isNaN(value)) {
      unanswered[unknown] = position;
      unknown += 1;
      continue;
    }
    // Minus zero is zero.
    view[0] = value + 0;
    const lower = bits[littleEndian ? 0 : 1] ?? 0;
    const upper = bits[littleEndian ? 1 : 0] ?? 0;
    low[position] = upper >= signBit ? ~lower : lower;
    high[position] = upper >= signBit ? ~upper : upper | signBit;
    answered[known] = position;
    known += 1;
  }
  return { answered: sortByBits(answered.subarray(0, known), low, high), unanswered: unanswered.slice(0, unknown) };
}

function sortByBits(positions: Uint32Array<ArrayBuffer>, low: Uint32Array, high: Uint32Array): Uint32Array {
  let from = positions;
  let to = new Uint32Array(positions.length);
  const places = new Uint32Array(digits);
  for (const part of [low, high]) {
    for (const shift of [0, 16]) {
      places.fill(0);
      for (const position of from) {
        const digit = ((part[position] ?? 0) >>> shift) & 0xffff;
        places[digit] = (places[digit] ?? 0) + 1;
      }
      // All have the same digit.
      if (places[((part[from[0] ?? 0] ?? 0) >>> shift) & 0xffff] === from.length) continue;
      let before = 0;
      for (let digit = 0; digit < digits; digit += 1) {
        const count = places[digit] ?? 0;
        places[digit] = before;
        before += count;
      }
      for (const position of from) {
        const digit = ((part[position] ?? 0) >>> shift) & 0xffff;
        const place = places[digit] ?? 0;
        to[place] = position;
        places[digit] = place + 1;
      }
      [from, to] = [to, from];
    }
  }
  return from;
}

type Named = readonly [key: number, name: string];

const namesPerSlice = 1_000;
/** Beyond so many changed names, the order is read anew. */
const renamedAtMost = 100;

/** Leads by name, from the index: read a slice at a time, and repaired where a few have changed. */
export class NameOrder {
  private positions = new Uint32Array(0);
  private length = 0;
  private last: Named | null = null;
  private complete = false;

  constructor(
    private readonly reader: Reader,
    private readonly places: Places & { positionOf(key: number): number; isAlive(position: number): boolean },
  ) {}

  forget(): void {
    this.length = 0;
    this.last = null;
    this.complete = false;
  }

  /** Reads a slice of what is missing. Answers whether there may be more. */
  advance(): boolean {
    if (this.complete) return false;
    if (this.positions.length < this.places.length) this.positions = new Uint32Array(this.places.length);
    const select = 'select key, sort_name from leads indexed by leads_by_name';
    const found =
      this.last === null
        ? this.reader.tuples<Named>(`${select} order by sort_name, key limit ${String(namesPerSlice)}`)
        : this.reader.tuples<Named>(`${select} where (sort_name, key) > (?, ?) order by sort_name, key limit ${String(namesPerSlice)}`, this.last[1], this.last[0]);
    for (const [key] of found) {
      const position = this.places.positionOf(key);
      // A lead that was merged into another stands in the index, but on no list.
      if (position < 0 || !this.places.isAlive(position)) continue;
      this.positions[this.length] = position;
      this.length += 1;
    }
    this.last = found.at(-1) ?? this.last;
    this.complete = found.length < namesPerSlice;
    return !this.complete;
  }

  order(): LeadOrder {
    while (this.advance());
    return { answered: this.positions.subarray(0, this.length), unanswered: new Uint32Array(0) };
  }

  /** Takes leads whose names may have changed out of the order, and puts those that are there back where they belong now. */
  repair(keys: readonly number[]): void {
    if (!this.complete || keys.length > renamedAtMost) {
      this.forget();
      return;
    }
    const changed = keys.map((key) => this.places.positionOf(key)).filter((position) => position >= 0);
    const marks = new Uint8Array(this.places.length);
    for (const position of changed) marks[position] = 1;
    const coming = changed.filter((position) => this.places.isAlive(position));
    const next = new Uint32Array(this.length + coming.length);
    let length = 0;
    for (const position of this.positions.subarray(0, this.length)) {
      // A position past the end belonged to a lead that is gone.
      if (position >= marks.length || marks[position] === 1) continue;
      next[length] = position;
      length += 1;
    }
    for (const position of coming) {
      const place = this.placeOf(position, next.subarray(0, length));
      next.copyWithin(place + 1, place, length);
      next[place] = position;
      length += 1;
    }
    this.positions = next;
    this.length = length;
  }

  /** Where a lead belongs among others that are in order: SQL compares the names as its index does. */
  private placeOf(position: number, among: Uint32Array): number {
    const key = this.places.keyAt(position);
    let low = 0;
    let high = among.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const isBefore = this.reader.value<number>(
        'select (a.sort_name, a.key) < (b.sort_name, b.key) from leads a, leads b where a.key = ? and b.key = ?',
        this.places.keyAt(among[middle] ?? 0),
        key,
      );
      if (isBefore === 1) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
