import { fold } from '#domain/kernel/text';

/** Where no text begins. */
const none = -1;
/** Bytes beyond which the space that nobody uses any more is given back, where it is most of all. */
const leastWaste = 65_536;
/** Texts out of order beyond which all are put in order again. */
const mostStrays = 5_000;
/** The most bytes of UTF-8 that one unit of a JavaScript string takes. */
const bytesPerUnit = 3;
/** 1 for the bytes of ASCII that are letters or digits. What stands between two texts is neither. */
const wordBytes = Uint8Array.from({ length: 0x80 }, (_none, byte) => (/[a-z0-9]/i.test(String.fromCharCode(byte)) ? 1 : 0));

/** In the first of so many parts it shows whether a needle is common: found more often than once in so many bytes. */
const probedShare = 20;
const bytesPerFind = 35;
const findsPerLook = 200;

/** Whether a text may be marked by what was found at a place in it. */
type Fits = (bytes: Uint8Array, at: number) => boolean;

/**
 * Folded texts by position as UTF-8, one behind the other with a byte of 0 between them: a million names take 20 MB, and looking through all
 * of them in one go takes 20 milliseconds. Texts that were changed stand behind the others, as strays, until all are put in order again.
 * Marks that are answered are 1 where a text fits; where there is no text nothing does.
 */
export class FoldedTexts {
  private bytes = Buffer.alloc(1);
  private used = 1;
  private wasted = 0;
  private starts = new Int32Array(0);
  private ends = new Int32Array(0);
  /** Up to here texts stand in the order of their positions, the last of which is this. */
  private orderedEnd = 1;
  private lastOrdered = -1;
  private readonly strays = new Set<number>();

  /** Makes room for so many positions. */
  grow(capacity: number): void {
    this.starts = grown(this.starts, capacity);
    this.ends = grown(this.ends, capacity);
  }

  clear(): void {
    this.starts.fill(none);
    this.used = 1;
    this.orderedEnd = 1;
    this.lastOrdered = -1;
    this.strays.clear();
    this.wasted = 0;
  }

  unset(position: number): void {
    const start = this.starts[position] ?? none;
    if (start === none) return;
    this.wasted += (this.ends[position] ?? 0) - start + 1;
    this.starts[position] = none;
    this.ends[position] = none;
    this.strays.delete(position);
  }

  set(position: number, text: string): void {
    this.unset(position);
    const folded = fold(text);
    this.reserve(folded.length * bytesPerUnit + 1);
    this.starts[position] = this.used;
    this.used += this.bytes.write(folded, this.used, 'utf8');
    this.ends[position] = this.used;
    this.bytes[this.used] = 0;
    this.used += 1;
    if (this.orderedEnd === (this.starts[position] ?? none) && position > this.lastOrdered) {
      this.orderedEnd = this.used;
      this.lastOrdered = position;
      return;
    }
    this.strays.add(position);
    if (this.strays.size > mostStrays) this.moveInto(Buffer.alloc(this.bytes.length));
  }

  private reserve(length: number): void {
    if (this.used + length <= this.bytes.length) return;
    const kept = this.used - this.wasted;
    const next = Buffer.alloc(Math.max(4_096, Math.ceil((kept + length) * 1.3)));
    if (this.wasted > leastWaste && this.wasted > kept) this.moveInto(next);
    else if (next.length >= this.used + length) {
      this.bytes.copy(next, 0, 0, this.used);
      this.bytes = next;
    } else this.moveInto(next);
  }

  /** Copies what is in use, in order and without the gaps. */
  private moveInto(next: Buffer<ArrayBuffer>): void {
    let used = 1;
    for (let position = 0; position < this.starts.length; position += 1) {
      const start = this.starts[position] ?? none;
      if (start === none) continue;
      const end = this.ends[position] ?? 0;
      this.bytes.copy(next, used, start, end);
      this.starts[position] = used;
      used += end - start;
      this.ends[position] = used;
      next[used] = 0;
      used += 1;
      this.lastOrdered = position;
    }
    this.bytes = next;
    this.used = used;
    this.orderedEnd = used;
    this.strays.clear();
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
        if (start !== none && (this.ends[position] ?? 0) - start === needle.length && isAt(this.bytes, start, needle)) marks[position] = 1;
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
      if (start !== none && (this.ends[position] ?? 0) - start >= needle.length && isAt(this.bytes, start, needle)) marks[position] = 1;
    }
    return marks;
  }

  /** Where the text contains a folded one. */
  containing(text: string): Uint8Array {
    if (text === '') return this.present();
    const marks = new Uint8Array(this.starts.length);
    this.search(Buffer.from(text, 'utf8'), anywhere, marks);
    return marks;
  }

  /**
   * Adds marks where a word of the text begins with a folded one.
   *
   * @param among where given, only positions that are marked in it are looked at
   */
  markWord(word: string, among: Uint8Array | null, marks: Uint8Array): void {
    const needle = Buffer.from(word, 'utf8');
    if (needle.length === 0) return;
    if (among === null) {
      this.search(needle, beginsWord, marks);
      return;
    }
    for (let position = 0; position < marks.length; position += 1) if (among[position] === 1) this.searchOne(position, needle, beginsWord, marks);
  }

  private search(needle: Buffer, fits: Fits, marks: Uint8Array): void {
    const { bytes, starts, ends, orderedEnd } = this;
    const last = orderedEnd - needle.length;
    const probed = last / probedShare;
    let finds = findRare;
    let found = 0;
    let position = 0;
    for (let at = finds(bytes, needle, 1, last); at >= 0; ) {
      found += 1;
      if (found % findsPerLook === 0 && at < probed && found * bytesPerFind > at) finds = findCommon;
      let next = at + 1;
      if (fits(bytes, at)) {
        // The text that this place is in: strays stand elsewhere, and what was changed or is gone has left a gap.
        while (position < starts.length && ((ends[position] ?? none) <= at || (starts[position] ?? none) >= orderedEnd)) position += 1;
        const start = starts[position] ?? none;
        const end = ends[position] ?? none;
        if (start !== none && start <= at && at + needle.length <= end) {
          if (position < marks.length) marks[position] = 1;
          next = end;
        }
      }
      at = finds(bytes, needle, next, last);
    }
    for (const stray of this.strays) this.searchOne(stray, needle, fits, marks);
  }

  private searchOne(position: number, needle: Buffer, fits: Fits, marks: Uint8Array): void {
    const { bytes } = this;
    const [first] = needle;
    const start = this.starts[position] ?? none;
    if (start === none || position >= marks.length || marks[position] === 1) return;
    const last = (this.ends[position] ?? 0) - needle.length;
    for (let at = start; at <= last; at += 1) {
      if (bytes[at] === first && isAt(bytes, at, needle) && fits(bytes, at)) {
        marks[position] = 1;
        return;
      }
    }
  }
}

/** Where a needle is from a place on; -1 where it is nowhere. For what is rare Node's own search is quick, and each call of it takes a while. */
function findRare(bytes: Buffer, needle: Buffer, from: number, last: number): number {
  const at = bytes.indexOf(needle, from);
  return at > last ? -1 : at;
}

function findCommon(bytes: Buffer, needle: Buffer, from: number, last: number): number {
  const [first] = needle;
  for (let at = from; at <= last; at += 1) if (bytes[at] === first && isAt(bytes, at, needle)) return at;
  return -1;
}

function isAt(bytes: Uint8Array, start: number, needle: Uint8Array): boolean {
  for (let index = 0; index < needle.length; index += 1) if (bytes[start + index] !== needle[index]) return false;
  return true;
}

const anywhere: Fits = () => true;

/** Whether what stands before a place is no letter and no digit. */
const beginsWord: Fits = (bytes, at) => {
  const before = bytes[at - 1] ?? 0;
  if (before < 0x80) return wordBytes[before] !== 1;
  let from = at - 1;
  while (((bytes[from] ?? 0) & 0xc0) === 0x80) from -= 1;
  return !/[\p{L}\p{N}]/u.test(Buffer.from(bytes.subarray(from, at)).toString('utf8'));
};

function grown(values: Int32Array<ArrayBuffer>, capacity: number): Int32Array<ArrayBuffer> {
  const next = new Int32Array(capacity).fill(none);
  next.set(values);
  return next;
}
