import { slipsAllowed, spellingDistance } from '#domain/kernel/spelling';
import { fold } from '#domain/kernel/text';
import { countryWords, lexicon, type Meaning, numberWords } from './lexicon';
import { stemsOf, type Token, tokensOf } from './tokens';

export type KnownType = 'text' | 'option' | 'number' | 'boolean' | 'instant';

/** A field that questions may be about, with the values that it can have. */
export interface KnownField {
  readonly name: string;
  readonly label: string;
  readonly type: KnownType;
  readonly values: readonly { readonly value: string; readonly label: string }[];
}

/** What a word of the workspace may stand for. */
export interface Sense {
  readonly field: string;
  /** A value of the field; null stands for the field itself. */
  readonly value: string | null;
  /** Whether the word is a part of the value's name. */
  readonly part: boolean;
}

interface Phrase<Value> {
  readonly stems: readonly string[];
  readonly value: Value;
}

const articles = new Set(['a', 'an', 'the']);

/** How many tokens a phrase takes; articles in between are passed over. 0 where it is not there. */
function tokensTaken(tokens: readonly Token[], at: number, stems: readonly string[]): number {
  let place = at;
  for (const stem of stems) {
    if (place > at && tokens[place]?.stem !== stem && articles.has(tokens[place]?.text ?? '')) place += 1;
    if (tokens[place]?.stem !== stem) return 0;
    place += 1;
  }
  return place - at;
}

/** Phrases by their first word, the longest first. */
class Phrases<Value> {
  private readonly byFirst = new Map<string, Phrase<Value>[]>();

  add(stems: readonly string[], value: Value): void {
    const [first] = stems;
    if (first === undefined) return;
    const list = this.byFirst.get(first);
    if (list === undefined) this.byFirst.set(first, [{ stems, value }]);
    else list.push({ stems, value });
  }

  /** The values of the longest phrase that begins at a token, and how many tokens it takes. */
  longestAt(tokens: readonly Token[], at: number, atMost = Infinity): { readonly length: number; readonly values: readonly Value[] } | null {
    const list = this.byFirst.get(tokens[at]?.stem ?? '');
    if (list === undefined) return null;
    let length = 0;
    let values: Value[] = [];
    for (const { stems, value } of list) {
      const taken = stems.length > atMost ? 0 : tokensTaken(tokens, at, stems);
      if (taken === 0 || taken < length) continue;
      if (taken > length) values = [];
      length = taken;
      values.push(value);
    }
    return length === 0 ? null : { length, values };
  }
}

/** Words that are a part of many names and say little alone. */
const littleWords = new Set(['and', 'of', 'the', 'for', 'with', 'in', 'on', 'at', 'to', 'by', 'from', 'other', 'not', 'all', 'new', 'day', 'school', 'college', 'university', 'general', 'select', 'unknown', 'none']);
/** Names of more words are sentences, of which no word stands for the whole. */
const mostWordsOfName = 4;
/** Values of a field beyond so many are only found whole. */
const mostPartsOf = 20_000;

const lexiconPhrases = new Phrases<Meaning>();
const lexiconWords = new Set<string>();
for (const [phrases, meaning] of lexicon) {
  for (const phrase of phrases.split('|')) {
    const stems = tokensOf(phrase).map(({ stem }) => stem);
    lexiconPhrases.add(stems, meaning);
    for (const stem of stems) lexiconWords.add(stem);
  }
}
for (const word of [...numberWords.keys(), 'today', 'yesterday', 'week', 'month', 'year', 'quarter', 'day', 'hour', 'last', 'past', 'previous', 'this', 'since', 'before', 'after', 'ago', 'within', 'during', 'until', 'older', 'newer', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday', 'january', 'february', 'march', 'april', 'june', 'july', 'august', 'september', 'october', 'november', 'december', 'minute', 'percent', 'once', 'twice', 'because', 'there', 'here', 'they', 'have', 'will']) lexiconWords.add(stemsOf(word)[0] ?? word);

/** The English of questions at a token: the longest phrase with what it does. */
export function meaningAt(tokens: readonly Token[], at: number, atMost = Infinity): { readonly length: number; readonly meaning: Meaning } | null {
  const found = lexiconPhrases.longestAt(tokens, at, atMost);
  const meaning = found?.values[0];
  return found === null || meaning === undefined ? null : { length: found.length, meaning };
}

/** The words of a workspace, ready to be looked up. */
export interface Vocabulary {
  readonly fields: ReadonlyMap<string, KnownField>;
  /** The senses of the longest name that begins at a token. */
  sensesAt(tokens: readonly Token[], at: number): { readonly length: number; readonly senses: readonly Sense[] } | null;
  /** The one value of a field that begins at a token, whole or in part. */
  valueAt(tokens: readonly Token[], at: number, field: string): { readonly length: number; readonly sense: Sense } | null;
  isKnown(stem: string): boolean;
  /** The known word that a word was meant to be, or null. */
  corrected(stem: string): string | null;
}

/** Makes the words of a workspace ready. It takes as long as there are values: keep it while they stay. */
export function vocabularyOf(fields: readonly KnownField[]): Vocabulary {
  const whole = new Phrases<Sense>();
  const parts = new Map<string, Sense[]>();
  const words = new Set(lexiconWords);
  const addPart = (stem: string, sense: Sense): void => {
    const list = parts.get(stem);
    if (list === undefined) parts.set(stem, [sense]);
    else if (!list.some(({ field, value }) => field === sense.field && value === sense.value)) list.push(sense);
  };
  for (const { name, label, type, values } of fields) {
    const isAttribute = name.startsWith('attribute.');
    if (isAttribute) {
      const stems = stemsOf(label.replace(/[_.]/g, ' '));
      whole.add(stems, { field: name, value: null, part: false });
      for (const stem of stems) words.add(stem);
    }
    if (type !== 'option' || name === 'stage' || name === 'band' || name === 'blocker' || name === 'import') continue;
    values.forEach(({ value, label: said }, index) => {
      const stems = stemsOf(said);
      whole.add(stems, { field: name, value, part: false });
      for (const stem of stems) if (stem.length > 2) words.add(stem);
      if (stems.length < 2 || stems.length > mostWordsOfName || index >= mostPartsOf) return;
      for (const stem of stems) if (stem.length > 2 && !littleWords.has(stem)) addPart(stem, { field: name, value, part: true });
    });
    if (name === 'country') {
      const byName = new Map(values.map(({ value, label: said }) => [fold(said), value]));
      for (const [word, country] of Object.entries(countryWords)) {
        const value = byName.get(country);
        if (value !== undefined) whole.add(stemsOf(word), { field: name, value, part: false });
        if (value !== undefined) words.add(word);
      }
    }
  }
  const byName = new Map(fields.map((field) => [field.name, field]));
  const byLetter = new Map<string, string[]>();
  for (const word of words) {
    if (word.length < 3) continue;
    const letter = word.slice(0, 1);
    const list = byLetter.get(letter);
    if (list === undefined) byLetter.set(letter, [word]);
    else list.push(word);
  }
  return {
    fields: byName,
    sensesAt(tokens, at) {
      const found = whole.longestAt(tokens, at);
      if (found !== null) return { length: found.length, senses: found.values };
      const stem = tokens[at]?.stem ?? '';
      const some = parts.get(stem);
      return some === undefined ? null : { length: 1, senses: some };
    },
    valueAt(tokens, at, field) {
      const found = whole.longestAt(tokens, at);
      const sense = found?.values.find((each) => each.field === field && each.value !== null);
      if (found !== null && sense !== undefined) return { length: found.length, sense };
      const some = (parts.get(tokens[at]?.stem ?? '') ?? []).filter((each) => each.field === field);
      const [only] = some;
      return only !== undefined && some.length === 1 ? { length: 1, sense: only } : null;
    },
    isKnown: (stem) => words.has(stem),
    corrected(stem) {
      const slips = slipsAllowed(stem.length);
      if (slips === 0) return null;
      let best: string | null = null;
      let least = slips + 1;
      // The first letter is mostly right, or has changed places with the second.
      for (const letter of new Set([stem.slice(0, 1), stem.slice(1, 2)])) {
        for (const word of byLetter.get(letter) ?? []) {
          const distance = spellingDistance(stem, word, Math.min(slips, least - 1));
          // Of two that are as near, the one that English or the workspace uses in questions comes first.
          if (distance < least) [best, least] = [word, distance];
        }
      }
      return best;
    },
  };
}
