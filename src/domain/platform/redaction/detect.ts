import { findAddresses } from './addresses';
import { findNames } from './names';
import { type Pattern, patterns } from './patterns';
import type { Find, NameKnowledge, PersonalDataMatch, PersonalDataType } from './types';

export interface DetectOptions {
  /** Only these; all where it is left out. */
  readonly types?: readonly PersonalDataType[];
  /** From 0 to 1: what is less sure is left out. */
  readonly minimumConfidence?: number;
}

/** What is more likely personal data than not. Chosen on labelled texts: see docs/privacy.md. */
export const defaultMinimumConfidence = 0.55;

const looksBack = 60;
const looksAhead = 12;
const contextLength = 30;

function byPattern(text: string, hasDigits: boolean, { id, type, expression, confidence, check, near, onlyNear, withoutDigits }: Pattern): Find[] {
  if (!hasDigits && withoutDigits !== true) return [];
  if (onlyNear === true && near?.test(text) !== true) return [];
  const finds: Find[] = [];
  for (const match of text.matchAll(expression)) {
    const value = match.groups?.value ?? match[0];
    const start = match.index + match[0].lastIndexOf(value);
    if (check !== undefined && !check(value)) continue;
    const isNear = near !== undefined && (near.test(text.slice(Math.max(0, match.index - looksBack), match.index)) || near.test(text.slice(start + value.length, start + value.length + looksAhead)));
    if (onlyNear === true && !isNear) continue;
    finds.push({ type, start, end: start + value.length, confidence: isNear ? Math.min(0.99, confidence + (1 - confidence) / 2) : confidence, pattern: id });
  }
  return finds;
}

/** A street is often named after somebody: within an address a name is no find of its own. */
const weight = ({ type, confidence }: Find): number => (type === 'name' ? confidence - 0.4 : confidence);

/** Of finds that share a character the surer one is kept, and of two equally sure ones the longer. */
function withoutOverlaps(finds: readonly Find[]): Find[] {
  const ranked = finds.toSorted((a, b) => weight(b) - weight(a) || b.end - b.start - (a.end - a.start) || a.start - b.start);
  const kept: Find[] = [];
  for (const find of ranked) if (!kept.some(({ start, end }) => find.start < end && start < find.end)) kept.push(find);
  return kept.sort((a, b) => a.start - b.start);
}

/** Finds personal data in a text, with offsets in JavaScript's strings. */
export function findPersonalData(text: string, knowledge: NameKnowledge, { types, minimumConfidence = defaultMinimumConfidence }: DetectOptions = {}): Find[] {
  const hasDigits = /\d/u.test(text);
  const finds = [...patterns.flatMap((pattern) => byPattern(text, hasDigits, pattern)), ...findAddresses(text), ...findNames(text, knowledge)];
  return withoutOverlaps(finds).filter(({ type, confidence }) => confidence >= minimumConfidence && (types === undefined || types.includes(type)));
}

/**
 * Finds personal data in a text.
 *
 * @returns in the order of the text; places are counted in Unicode code points, the end is not part of the find
 */
export function detectPersonalData(text: string, knowledge: NameKnowledge, options: DetectOptions = {}): PersonalDataMatch[] {
  let units = 0;
  let points = 0;
  const pointsAt = (offset: number): number => {
    while (units < offset) {
      units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
      points += 1;
    }
    return points;
  };
  return findPersonalData(text, knowledge, options).map(({ type, start, end, confidence, pattern }) => ({
    type,
    value: text.slice(start, end),
    start: pointsAt(start),
    end: pointsAt(end),
    confidence: Math.round(confidence * 100) / 100,
    context: text.slice(Math.max(0, start - contextLength), end + contextLength),
    pattern,
  }));
}
