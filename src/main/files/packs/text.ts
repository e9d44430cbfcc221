import { guessEncoding, isUtf8 } from '#domain/admissions/imports/sniff';
import { Refusal } from '#contract/errors';

/** A text file in whatever encoding it is. */
export function decodeText(bytes: Buffer, name: string): string {
  const guessed = guessEncoding(bytes);
  if (guessed === null) throw new Refusal('unreadable_file', `${name} is no text file. Choose a course pack, or a file of questions; nothing was changed.`);
  return new TextDecoder(guessed.encoding).decode(bytes.subarray(guessed.bom)).replace(/\r\n?/g, '\n');
}

/** A text file of a pack, which is UTF-8; null where it is not. */
export function decodeUtf8(bytes: Buffer): string | null {
  const whole = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
  if (!isUtf8(whole) || whole.includes(0)) return null;
  return whole.toString('utf8').replace(/\r\n?/g, '\n');
}

/** The number of the line at an offset, from 1. */
export function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
