import { fold } from '#domain/kernel/text';
import type { KnownField } from './vocabulary';

export type SuggestionKind = 'history' | 'saved' | 'word' | 'example';

export interface Suggestion {
  readonly text: string;
  readonly kind: SuggestionKind;
}

/** What is at hand to complete a question with. */
export interface SuggestionSources {
  readonly fields: readonly KnownField[];
  readonly history: readonly string[];
  readonly saved: readonly string[];
  readonly examples: readonly string[];
}

/** Fields whose values complete a question, in this order. */
const completing = ['source', 'course', 'campus', 'city', 'country', 'owner', 'team', 'tags', 'stage'];
/** Letters from which on a word of the workspace is proposed. */
const leastLetters = 2;
/** The most words of a name that has begun. */
const mostBegun = 4;

/** Whole questions that begin or go on like what was typed, and then words of the workspace that complete the last of it. */
export function suggestQuestions(text: string, { fields, history, saved, examples }: SuggestionSources, limit: number): Suggestion[] {
  const typed = fold(text);
  const seen = new Set<string>([typed]);
  const found: Suggestion[] = [];
  const add = (suggestion: string, kind: SuggestionKind): void => {
    const key = fold(suggestion);
    if (found.length >= limit || seen.has(key)) return;
    seen.add(key);
    found.push({ text: suggestion, kind });
  };
  const begins = (question: string): boolean => typed === '' || fold(question).startsWith(typed);
  for (const question of saved) if (begins(question)) add(question, 'saved');
  for (const question of history.slice(0, typed === '' ? 4 : history.length)) if (begins(question)) add(question, 'history');
  if (typed === '') {
    for (const question of examples) add(question, 'example');
    return found;
  }
  for (const question of examples) if (begins(question)) add(question, 'example');
  // The last words may be the beginning of a name: "leads from open d".
  const words = [...text.matchAll(/\S+/g)];
  for (let count = Math.min(mostBegun, words.length); count >= 1; count -= 1) {
    const start = words.at(-count)?.index ?? 0;
    const begun = fold(text.slice(start));
    if (begun.length < leastLetters || /\s$/.test(text)) continue;
    for (const name of completing) {
      for (const { label } of fields.find((field) => field.name === name)?.values ?? []) if (fold(label).startsWith(begun)) add(text.slice(0, start) + label, 'word');
    }
    for (const { name, values } of fields) {
      if (!name.startsWith('attribute.')) continue;
      for (const { label } of values) if (fold(label).startsWith(begun)) add(text.slice(0, start) + label, 'word');
    }
    for (const { name, label } of fields) if (name.startsWith('attribute.') && fold(label).startsWith(begun)) add(text.slice(0, start) + label.toLowerCase(), 'word');
  }
  // What was asked elsewhere in other words.
  if (typed.length >= leastLetters) for (const question of [...saved, ...history]) if (fold(question).includes(typed)) add(question, 'history');
  return found;
}
