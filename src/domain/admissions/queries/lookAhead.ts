import type { Meaning } from './lexicon';
import { numberAt } from './spans';
import type { Token } from './tokens';
import { meaningAt, type Vocabulary } from './vocabulary';

// What stands at a place of a question, for whoever walks through it: looking changes nothing.

const numberFields = new Set(['score', 'probability', 'confidence', 'modelChance', 'modelConfidence', 'etaDays', 'emailOpens', 'emailClicks', 'eventsAttended', 'portalLogins', 'webVisits', 'webTime', 'pagesPerVisit', 'conversations']);
const instantFields = new Set(['enquiredAt', 'lastActivityAt', 'lastContactedAt', 'createdAt']);
/** Units of time in seconds, as they are kept. */
const secondsOf: ReadonlyMap<string, number> = new Map([['minute', 60], ['min', 60], ['hour', 3600], ['second', 1]]);
/** The most words of a name that is looked for. */
const mostOfName = 3;

/** A bound or a value of a figure, with the tokens that say it. */
export interface Comparison {
  readonly length: number;
  readonly operator: 'is' | 'moreThan' | 'atLeast' | 'lessThan' | 'atMost' | 'between';
  readonly values: readonly number[];
  readonly percent: boolean;
}

/** Looks at the words of a question. */
export function lookAhead(tokens: readonly Token[], vocabulary: Vocabulary) {
  const meaning = (place: number): { readonly length: number; readonly meaning: Meaning } | null => meaningAt(tokens, place);
  const isFiller = (place: number): boolean => {
    const found = meaning(place);
    return tokens[place]?.text.startsWith("'") === true || found?.meaning.kind === 'filler' || found?.meaning.kind === 'is';
  };
  const pass = (from: number, more: readonly string[] = []): number => {
    let place = from;
    while (place < tokens.length && (isFiller(place) || (more.includes(tokens[place]?.text ?? '') && meaning(place)?.meaning.kind !== 'compare'))) place += isFiller(place) ? (meaning(place)?.length ?? 1) : 1;
    return place;
  };
  const typeOf = (field: string): string => (instantFields.has(field) ? 'instant' : numberFields.has(field) ? 'number' : field.startsWith('has') ? 'boolean' : field === 'name' ? 'text' : (vocabulary.fields.get(field)?.type ?? 'option'));
  /** A field that is named at a place, by English or by the workspace. */
  const fieldAt = (place: number): { readonly length: number; readonly field: string } | null => {
    const known = vocabulary.sensesAt(tokens, place);
    const label = known?.senses.find(({ value }) => value === null);
    const found = meaning(place);
    if (known !== null && label !== undefined && known.length >= (found?.length ?? 0)) return { length: known.length, field: label.field };
    if (found?.meaning.kind === 'field') return { length: found.length, field: found.meaning.field };
    if (found?.meaning.kind === 'counted') return { length: found.length, field: found.meaning.field };
    return null;
  };

  const comparisonAt = (place: number): Comparison | null => {
    const found = meaning(place);
    const operator = found?.meaning.kind === 'compare' ? found.meaning.operator : null;
    if (operator === 'contains' || operator === 'startsWith') return null;
    let next = place + (operator === null ? 0 : (found?.length ?? 0));
    if (operator === 'is' || operator === null) next = pass(next, ['of', 'at', 'being']);
    next = pass(next, ['than', 'of', 'a']);
    if (operator === null && tokens[place]?.text === 'from') next = place + 1;
    const first = numberAt(tokens, next);
    if (first === null) return null;
    next += first.length;
    let percent = false;
    const passPercent = (): void => {
      if (!['%', 'percent'].includes(tokens[next]?.text ?? '')) return;
      percent = true;
      next += 1;
    };
    passPercent();
    const joint = tokens[next]?.text ?? '';
    const range = operator === 'between' ? ['and', 'to', '-', '–'] : operator === null ? ['to', '-', '–'] : [];
    const second = range.includes(joint) ? numberAt(tokens, next + 1) : null;
    if (second !== null) {
      next += 1 + second.length;
      passPercent();
      return { length: next - place, operator: 'between', values: [first.value, second.value].sort((a, b) => a - b), percent };
    }
    if (operator === 'between') return null;
    const after = meaning(next);
    if (operator === null && after?.meaning.kind === 'orMore' && numberAt(tokens, next + after.length) === null) return { length: next + after.length - place, operator: after.meaning.operator, values: [first.value], percent };
    if (operator === null && tokens[next]?.text === '+') return { length: next + 1 - place, operator: 'atLeast', values: [first.value], percent };
    return { length: next - place, operator: operator ?? 'is', values: [first.value], percent };
  };

  /** A value of a field at a place: of the workspace, or of those that every workspace has. */
  const optionAt = (place: number, field: string): { readonly length: number; readonly value: string } | null => {
    const found = vocabulary.valueAt(tokens, place, field);
    const value = found?.sense.value ?? null;
    if (found !== null && value !== null) return { length: found.length, value };
    const word = meaning(place);
    if (word?.meaning.kind === 'condition' && 'field' in word.meaning.filter && word.meaning.filter.field === field && typeof word.meaning.filter.is === 'string') return { length: word.length, value: word.meaning.filter.is };
    const fixed = vocabulary.fields.get(field)?.values.find(({ value, label }) => value === tokens[place]?.text || label.toLowerCase() === tokens[place]?.text);
    return fixed !== undefined && (field === 'stage' || field === 'band' || field === 'blocker') ? { length: 1, value: fixed.value } : null;
  };

  /** Where a name ends: at most three words that say nothing else. */
  const nameFrom = (place: number): { readonly name: string; readonly to: number } | null => {
    const quoted = tokens[place];
    if (quoted?.kind === 'quoted') return { name: quoted.text, to: place + 1 };
    let to = place;
    while (to < tokens.length && to - place < mostOfName) {
      const token = tokens[to];
      if (token?.kind !== 'word' || token.text.startsWith("'") || (meaning(to) !== null && !/^\p{Lu}/u.test(token.raw))) break;
      to += 1;
    }
    return to === place ? null : { name: tokens.slice(place, to).map(({ raw }) => raw).join(' '), to };
  };

  /** The unit behind a number of time: minutes are kept as seconds. */
  const factorAt = (place: number): { readonly length: number; readonly factor: number } => {
    const word = tokens[place]?.stem ?? '';
    const factor = secondsOf.get(word);
    return factor === undefined ? { length: 0, factor: 1 } : { length: 1, factor };
  };

  const numbersFollow = (place: number): boolean => comparisonAt(pass(place)) !== null;

  return { meaning, pass, typeOf, fieldAt, optionAt, nameFrom, comparisonAt, factorAt, numbersFollow };
}
