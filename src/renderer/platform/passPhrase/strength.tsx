/** How hard a pass phrase is to guess, in four words of a person. */
export const strengths = ['short', 'weak', 'fair', 'strong'] as const;
export type Strength = (typeof strengths)[number];

/** What people type when they are asked for at least eight characters. */
const usual = /passw|kennwort|qwert|asdf|letmein|welcome|iloveyou|admin|12345|abcdef|(.)\1{3,}/i;

const classesOfCharacters = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/[0-9]/, 10],
  [/[^a-zA-Z0-9]/, 20],
] as const;

/** A rough guess, to encourage: length counts most, repetition and what everybody uses count against it. */
export function strengthOf(passPhrase: string, minimum: number): Strength {
  if (passPhrase.length < minimum) return 'short';
  const pool = classesOfCharacters.reduce((sum, [shape, size]) => sum + (shape.test(passPhrase) ? size : 0), 0);
  const different = new Set(passPhrase.toLowerCase()).size;
  const bits = Math.min(passPhrase.length, different * 2) * Math.log2(Math.max(2, pool)) * 0.6;
  if (usual.test(passPhrase) || bits < 32) return 'weak';
  return bits < 52 ? 'fair' : 'strong';
}

const consonants = 'bdfgkmnprstvz';
const vowels = 'aeiou';
const groups = 4;
const syllablesOfGroup = 3;

/** A pass phrase that can be read out on the telephone and typed once: four groups of three syllables, some 70 bits. */
export function suggestPassPhrase(): string {
  const random = crypto.getRandomValues(new Uint32Array(groups * syllablesOfGroup * 2));
  const letter = (letters: string, at: number): string => letters.charAt((random[at] ?? 0) % letters.length);
  return Array.from({ length: groups }, (_none, group) =>
    Array.from({ length: syllablesOfGroup }, (_same, syllable) => {
      const at = (group * syllablesOfGroup + syllable) * 2;
      return letter(consonants, at) + letter(vowels, at + 1);
    }).join(''),
  ).join('-');
}
