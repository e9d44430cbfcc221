import type { Predictor } from './judgement';

// A predictor as bytes: a line of JSON that holds everything but typed arrays, which follow as they are in memory, little-endian,
// each at a multiple of eight. The same bits come back.

/** Raised when a change makes older programs unable to read. */
const formatVersion = 2;
const magic = 'ivy-model';

const arrayTypes = { Int8Array, Uint8Array, Int16Array, Int32Array, Uint32Array, Float32Array, Float64Array };
type ArrayType = keyof typeof arrayTypes;
type KnownArray = InstanceType<(typeof arrayTypes)[ArrayType]>;

/** Why bytes are no predictor that this program can use. */
export class ArtefactError extends Error {
  override readonly name = 'ArtefactError';

  constructor(
    readonly reason: 'newer' | 'damaged',
    message: string,
  ) {
    super(message);
  }
}

function typeOf(value: unknown): ArrayType | null {
  for (const [type, constructor] of Object.entries(arrayTypes)) if (value instanceof constructor) return type as ArrayType;
  return null;
}

function aligned(length: number): number {
  return Math.ceil(length / 8) * 8;
}

/** Text of ASCII alone, so that bytes and characters are the same. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A predictor as bytes. */
export function encodePredictor(predictor: Predictor): Uint8Array {
  const arrays: KnownArray[] = [];
  const places: { type: ArrayType; at: number; length: number }[] = [];
  let bytes = 0;
  const plain = (value: unknown): unknown => {
    const type = typeOf(value);
    if (type !== null) {
      const array = value as KnownArray;
      arrays.push(array);
      places.push({ type, at: bytes, length: array.length });
      bytes += aligned(array.byteLength);
      return { $array: arrays.length - 1 };
    }
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
    return value;
  };
  const body = plain(predictor);
  const header = asciiJson({ magic, version: formatVersion, places, bytes, body });
  const start = aligned(8 + header.length);
  const result = new Uint8Array(start + bytes);
  const view = new DataView(result.buffer);
  view.setUint32(0, 0x79766931, true);
  view.setUint32(4, header.length, true);
  for (let index = 0; index < header.length; index += 1) result[8 + index] = header.charCodeAt(index);
  arrays.forEach((array, index) => {
    result.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), start + places[index]!.at);
  });
  return result;
}

/**
 * A predictor from its bytes.
 *
 * @throws ArtefactError where they were written by a newer version, or are damaged
 */
export function decodePredictor(bytes: Uint8Array): Predictor {
  const damaged = (): ArtefactError => new ArtefactError('damaged', 'The model is damaged and cannot be used.');
  if (bytes.length < 8) throw damaged();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(4, true);
  if (view.getUint32(0, true) !== 0x79766931 || 8 + length > bytes.length) throw damaged();
  let text = '';
  for (let index = 0; index < length; index += 8_192) text += String.fromCharCode(...bytes.subarray(8 + index, 8 + Math.min(length, index + 8_192)));
  let header: { magic?: unknown; version?: unknown; places?: { type: ArrayType; at: number; length: number }[]; bytes?: number; body?: unknown };
  try {
    header = JSON.parse(text) as typeof header;
  } catch {
    throw damaged();
  }
  if (header.magic !== magic || typeof header.version !== 'number') throw damaged();
  if (header.version > formatVersion) throw new ArtefactError('newer', 'The model was made by a newer version of Ivy.');
  const start = aligned(8 + length);
  const { places, bytes: expected } = header;
  if (places === undefined || expected === undefined || start + expected !== bytes.length) throw damaged();
  const restore = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(restore);
    if (typeof value !== 'object' || value === null) return value;
    if ('$array' in value && typeof value.$array === 'number') {
      const place = places[value.$array];
      if (place === undefined) throw damaged();
      const make = arrayTypes[place.type];
      // Copied, so that it lies at a multiple of its size whatever the bytes came in: what a database gives is a window into something larger.
      return new make(Uint8Array.from(bytes.subarray(start + place.at, start + place.at + place.length * make.BYTES_PER_ELEMENT)).buffer);
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, restore(inner)]));
  };
  return restore(header.body) as Predictor;
}
