import { mailbox, type SecondFact, tail } from './judge';
import { type MatchingName, matchingName } from './names';

// Leads side by side as texts and figures, so that a million of them go to another thread at once and are compared without an object each.

/** Who a lead is, as it stands in the store. Places go by number, for only their equality counts. */
export interface StoredIdentity {
  readonly key: number;
  /** Whether it has just come in: only pairs with at least one such lead are looked for. */
  readonly isNew: boolean;
  readonly given: string | null;
  readonly family: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** 0 for none. */
  readonly city: number;
  /** 0 for none. */
  readonly course: number;
  readonly postcode: string | null;
  readonly birthDate: string | null;
}

/** Some leads, ready to go to another thread in an instant: their texts are one. */
export interface IdentityPiece {
  readonly keys: Float64Array;
  readonly isNew: Uint8Array;
  readonly cities: Int32Array;
  readonly courses: Int32Array;
  readonly texts: string;
}

export const [betweenLeads, betweenTexts] = ['\u001E', '\u001F'];
const separators = /[\u001E\u001F]/g;

/** Packs some leads, in the order of their keys. */
export function packIdentities(rows: readonly StoredIdentity[]): IdentityPiece {
  const plain = (text: string | null): string => text?.replace(separators, ' ') ?? '';
  return {
    keys: Float64Array.from(rows, ({ key }) => key),
    isNew: Uint8Array.from(rows, ({ isNew }) => Number(isNew)),
    cities: Int32Array.from(rows, ({ city }) => city),
    courses: Int32Array.from(rows, ({ course }) => course),
    texts: rows.map(({ given, family, email, phone, postcode, birthDate }) => [given, family, email, phone, postcode, birthDate].map(plain).join(betweenTexts)).join(betweenLeads),
  };
}

/** A text as a number that equal texts share (FNV-1a, 32 bits); 0 for none. That two others share one is so rare that the last look at a pair is enough. */
function numberOf(text: string | null): number {
  if (text === null || text === '') return 0;
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash === 0 ? 1 : hash;
}

/** What is compared of a lead, by number: first what would make an exact pair, then the second facts. */
export const figures = ['email', 'phone', 'birthDate', 'postcode', 'phoneTail', 'emailName', 'city', 'course'] as const satisfies readonly ('email' | 'phone' | SecondFact)[];
export const width = figures.length;
/** A name that leads have. */
export interface UsedName extends MatchingName {
  /** Whether a new lead has it. */
  isNew: boolean;
  /** Which letters are in either part, a bit each. */
  readonly letters: readonly [given: number, family: number];
}

/** All leads side by side: most share nothing with another, and are let go by figures alone. */
export interface Gathered {
  readonly names: readonly UsedName[];
  readonly keys: Float64Array;
  readonly isNew: Uint8Array;
  /** Of each lead's name. */
  readonly nameOf: Int32Array;
  readonly figures: Int32Array;
}

function lettersOf(text: string): number {
  let letters = 0;
  for (let at = 0; at < text.length; at += 1) letters |= 1 << text.charCodeAt(at) % 32;
  return letters;
}

/** Puts the texts of all pieces into figures. */
export function* gather(pieces: readonly IdentityPiece[]): Generator<number, Gathered> {
  const total = pieces.reduce((sum, { keys }) => sum + keys.length, 0);
  const gathered = { keys: new Float64Array(total), isNew: new Uint8Array(total), nameOf: new Int32Array(total), figures: new Int32Array(total * width) };
  const names: UsedName[] = [];
  const numbers = new Map<string, number>();
  const nameNumber = (given: string, family: string, isNew: boolean): number => {
    const written = `${given}${betweenTexts}${family}`;
    let number = numbers.get(written);
    if (number === undefined) {
      const name = matchingName({ given, family });
      const plain = `${name.given}${betweenTexts}${name.family}`;
      number = numbers.get(plain);
      if (number === undefined) {
        number = names.push({ ...name, isNew, letters: [lettersOf(name.given), lettersOf(name.family)] }) - 1;
        numbers.set(plain, number);
      }
      numbers.set(written, number);
    }
    const name = names[number];
    if (name !== undefined && isNew) name.isNew = true;
    return number;
  };
  let first = 0;
  for (const piece of pieces) {
    for (const [index, text] of piece.texts.split(betweenLeads).entries()) {
      const [given = '', family = '', email = '', phone = '', postcode = '', birthDate = ''] = text.split(betweenTexts);
      const row = first + index;
      gathered.nameOf[row] = nameNumber(given, family, piece.isNew[index] === 1);
      const at = row * width;
      gathered.figures[at] = numberOf(email);
      gathered.figures[at + 1] = numberOf(phone);
      gathered.figures[at + 2] = numberOf(birthDate);
      gathered.figures[at + 3] = numberOf(postcode);
      gathered.figures[at + 4] = numberOf(tail(phone));
      gathered.figures[at + 5] = numberOf(mailbox(email));
      gathered.figures[at + 6] = piece.cities[index] ?? 0;
      gathered.figures[at + 7] = piece.courses[index] ?? 0;
    }
    gathered.keys.set(piece.keys, first);
    gathered.isNew.set(piece.isNew, first);
    first += piece.keys.length;
    yield first / total;
  }
  return { ...gathered, names };
}
