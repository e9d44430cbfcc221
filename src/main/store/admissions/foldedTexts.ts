import { fold } from '#domain/kernel/text';

/** Where no text begins. */
const none = -1;
/** Bytes beyond which the space that nobody uses any more is given back, where it is most of all. */
const leastWaste = 65_536;
/** The most bytes of UTF-8 that one unit of a JavaScript string takes. */
const bytesPerUnit = 3;

/**
 * Folded texts by position as UTF-8, one behind the other: 100,000 names take 2 MB, and looking through all of them takes a few
 * milliseconds. Marks that are answered are 1 where a text fits; where there is no text nothing does.
 */
export class FoldedTexts {
  private bytes = Buffer.alloc(0);
  private used = 0;
  private wasted = 0;
  private starts = new Int32Array(0);
  private ends = new Int32Array(0);

  /** Makes room for so many positions. */
  grow(capacity: number): void {
    this.starts = grown(this.starts, capacity);
    this.ends = grown(this.ends, capacity);
  }

  clear(): void {
    this.starts.fill(none);
    this.used = 0;
    this.wasted = 0;
  }

  unset(position: number): void {
    const start = this.starts[position] ?? none;
    if (start === none) return;
    this.wasted += (this.ends[position] ?? 0) - start;
    this.starts[position] = none;
    this.ends[position] = none;
  }

  set(position: number, text: string): void {
    this.unset(position);
    const folded = fold(text);
    this.reserve(folded.length * bytesPerUnit);
    this.starts[position] = this.used;
    this.used += this.bytes.write(folded, this.used, 'utf8');
    this.ends[position] = this.used;
  }

  private reserve(length: number): void {
    if (this.used + length <= this.bytes.length) return;
    const kept = this.used - this.wasted;
    const next = Buffer.alloc(Math.max(4_096, Math.ceil((kept + length) * 1.5)));
    if (this.wasted > leastWaste && this.wasted > kept) this.moveInto(next);
    else if (next.length >= this.used + length) this.bytes.copy(next, 0, 0, this.used);
    else this.moveInto(next);
    this.bytes = next;
  }

  /** Copies what is in use, without the gaps. */
  private moveInto(next: Buffer): void {
    let used = 0;
    for (let position = 0; position < this.starts.length; position += 1) {
      const start = this.starts[position] ?? none;
      if (start === none) continue;
      const end = this.ends[position] ?? 0;
      this.bytes.copy(next, used, start, end);
      this.starts[position] = used;
      used += end - start;
      this.ends[position] = used;
    }
    this.used = used;
    this.wasted = 0;
  }

  /** Where there is a text at all. */
  present(): Uint8Array {
    const marks = new Uint8Array(this.starts.length);
    for (let position = 0; position < marks.length; position += 1) if ((this.starts[position] ?? none) !== none) marks[position] = 1;
    return marks;
  }

  /** Where the text is one of some, which are folded. */
  equal(wanted: readonly string[]): Uint8Array {
    const marks = new Uint8Array(this.starts.length);
    for (const text of wanted) {
      const needle = Buffer.from(text, 'utf8');
      for (let position = 0; position < marks.length; position += 1) {
        const start = this.starts[position] ?? none;
        if (start !== none && (this.ends[position] ?? 0) - start === needle.length && this.isAt(start, needle)) marks[position] = 1;
      }
    }
    return marks;
  }

  /** Where the text begins with a folded one. */
  startingWith(text: string): Uint8Array {
    const needle = Buffer.from(text, 'utf8');
    const marks = new Uint8Array(this.starts.length);
    for (let position = 0; position < marks.length; position += 1) {
      const start = this.starts[position] ?? none;
      if (start !== none && (this.ends[position] ?? 0) - start >= needle.length && this.isAt(start, needle)) marks[position] = 1;
    }
    return marks;
  }

  /** Where the text contains a folded one. */
  containing(text: string): Uint8Array {
    const needle = Buffer.from(text, 'utf8');
    const [first] = needle;
    if (first === undefined) return this.present();
    const { bytes, starts, ends } = this;
    const marks = new Uint8Array(starts.length);
    for (let position = 0; position < marks.length; position += 1) {
      const start = starts[position] ?? none;
      if (start === none) continue;
      const last = (ends[position] ?? 0) - needle.length;
      for (let at = start; at <= last; at += 1) {
        if (bytes[at] === first && this.isAt(at, needle)) {
          marks[position] = 1;
          break;
        }
      }
    }
    return marks;
  }

  private isAt(start: number, needle: Buffer): boolean {
    const { bytes } = this;
    for (let index = 0; index < needle.length; index += 1) if (bytes[start + index] !== needle[index]) return false;
    return true;
  }
}

function grown(values: Int32Array<ArrayBuffer>, capacity: number): Int32Array<ArrayBuffer> {
  const next = new Int32Array(capacity).fill(none);
  next.set(values);
  return next;
}
