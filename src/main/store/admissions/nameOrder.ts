import type { Reader } from '../tx';
import type { Places } from './factColumns';
import { fewTouched, type LeadOrder } from './leadOrders';

type Named = readonly [key: number, name: string];

const namesPerSlice = 1_000;
/** Names that are put where they belong at once: each is compared with twenty others of a million. */
const repairsPerStep = 50;
/** Where more than one in so many changed, all are read anew. */
const repairedNames = 50;

/** Leads by name, from the index: read a slice at a time, and repaired where some have changed. */
export class NameOrder {
  private positions = new Uint32Array(0);
  private length = 0;
  private last: Named | null = null;
  private complete = false;
  /** Keys of leads whose names may have changed since the reading began. */
  private readonly touched = new Set<number>();

  constructor(
    private readonly reader: Reader,
    private readonly places: Places & { positionOf(key: number): number; isAlive(position: number): boolean },
  ) {}

  forget(): void {
    this.length = 0;
    this.last = null;
    this.complete = false;
    this.touched.clear();
  }

  /** Notes that a lead is new or gone, or may have another name. */
  touch(key: number): void {
    if (this.last === null && !this.complete) return;
    this.touched.add(key);
    if (this.touched.size > this.places.length / repairedNames + fewTouched) this.forget();
  }

  /** Reads a slice of what is missing, or repairs a little. Answers whether there may be more. */
  advance(): boolean {
    if (!this.complete) {
      this.readOn();
      return true;
    }
    if (this.touched.size === 0) return false;
    const keys: number[] = [];
    for (const key of this.touched) {
      this.touched.delete(key);
      if (keys.push(key) >= repairsPerStep) break;
    }
    this.repair(keys);
    return this.touched.size > 0;
  }

  order(): LeadOrder {
    while (this.advance());
    return { answered: this.positions.subarray(0, this.length), unanswered: new Uint32Array(0) };
  }

  private readOn(): void {
    const found = this.next();
    if (this.positions.length < this.length + found.length) {
      const larger = new Uint32Array(Math.max(this.places.length, this.length + found.length));
      larger.set(this.positions.subarray(0, this.length));
      this.positions = larger;
    }
    for (const [key] of found) {
      const position = this.places.positionOf(key);
      // A lead that was merged into another stands in the index, but on no list; one that was not read yet is noticed when it is.
      if (position < 0 || !this.places.isAlive(position)) continue;
      this.positions[this.length] = position;
      this.length += 1;
    }
    this.last = found.at(-1) ?? this.last;
    this.complete = found.length < namesPerSlice;
  }

  private next(): Named[] {
    const select = 'select key, sort_name from leads indexed by leads_by_name';
    if (this.last === null) return this.reader.tuples<Named>(`${select} order by sort_name, key limit ${String(namesPerSlice)}`);
    // In two statements: to compare both at once, SQLite would pass over all of one name again and again.
    const [key, name] = this.last;
    const same = this.reader.tuples<Named>(`${select} where sort_name = ? and key > ? order by key limit ${String(namesPerSlice)}`, name, key);
    if (same.length === namesPerSlice) return same;
    return [...same, ...this.reader.tuples<Named>(`${select} where sort_name > ? order by sort_name, key limit ?`, name, namesPerSlice - same.length)];
  }

  /** Takes leads out of the order, and puts those that are there back where they belong now. */
  private repair(keys: readonly number[]): void {
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
