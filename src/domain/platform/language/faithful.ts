import { fold } from '#domain/kernel/text';

// Whether what a model wrote says only what it was told. It was given numbered facts and marks each sentence with the numbers of those it
// rests on; a sentence may hold no number and no name that its own facts do not hold, and may not turn their direction round. What a
// sentence means beyond that no program can tell: that is why the facts are shown beside it.

/** One sentence with the facts, by their place from 0, that it rests on. */
export interface PhrasedSentence {
  readonly text: string;
  readonly facts: readonly number[];
}

export interface PhrasingCheck {
  readonly sentences: readonly PhrasedSentence[];
  /** What stands in the text and in none of its facts; empty where all is well. */
  readonly added: readonly string[];
}

const marks = /\s*((?:\[\d+(?:\s*,\s*\d+)*\]\s*)+)([.!?]?)/gu;
const figure = /\d+(?:[.,:]\d+)*\s?%?/gu;
const numberWords: Readonly<Record<string, number>> = { two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90 };
/** Words that state an amount which nobody can look up in a figure. */
const amounts = new Set(['hundred', 'hundreds', 'thousand', 'thousands', 'million', 'millions', 'dozen', 'dozens', 'half', 'third', 'thirds', 'quarter', 'quarters', 'double', 'doubled', 'triple', 'tripled', 'twice', 'thrice', 'twofold', 'threefold', 'percent']);
const upward = /\b(?:more|up|rose|risen|rises|rising|grew|grown|grows|growing|increased?|increases|increasing|higher|above|raises|gained|improved|improves|better)\b/iu;
const downward = /\b(?:fewer|less|down|fell|fallen|falls|falling|dropped|drops|shrank|decreased?|decreases|decreasing|lower|lowers|below|lost|declined?|declines|worse)\b/iu;

const figuresIn = (text: string): Set<string> => new Set([...text.matchAll(figure)].map(([found]) => found.replace(/[\s,]/gu, '').replace(/\.0+(?=%|$)/u, '')));
const wordsIn = (text: string): Set<string> => new Set(text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.flatMap((word) => [fold(word), fold(word.replace(/['’]s$/u, '')), ...word.split('-').map(fold)]) ?? []);

/** What one sentence says that its facts do not. */
function addedBy(text: string, facts: readonly string[], isWord: (word: string) => boolean): string[] {
  const told = facts.join('\n');
  const [figures, words] = [figuresIn(told), wordsIn(told)];
  const added: string[] = [];
  for (const found of figuresIn(text)) if (!figures.has(found)) added.push(found);
  for (const [index, match] of [...text.matchAll(/\p{L}[\p{L}'’]*(?:-\p{L}+)*/gu)].entries()) {
    const [word] = match;
    const small = fold(word);
    const bare = fold(word.replace(/['’]s$/u, ''));
    if (words.has(small) || words.has(bare) || bare.split('-').every((part) => words.has(part))) continue;
    const number = numberWords[small];
    if (number !== undefined ? !figures.has(String(number)) : amounts.has(small)) added.push(word);
    // A capital is a name, but where a sentence begins with an ordinary word.
    else if (/^\p{Lu}/u.test(word) && word !== 'I' && !((index === 0 || /[.!?:]\s*["“]?$/u.test(text.slice(0, match.index))) && isWord(bare))) added.push(word);
  }
  if (/[@]|:\/\/|www\./u.test(text)) added.push(...(text.match(/\S*(?:@|:\/\/|www\.)\S*/gu) ?? []).filter((found) => !told.includes(found)));
  const [saysUp, saysDown] = [upward.exec(text)?.[0], downward.exec(text)?.[0]];
  const [up, down] = [upward.test(told), downward.test(told)];
  if (saysUp !== undefined && !up && down) added.push(saysUp);
  if (saysDown !== undefined && !down && up) added.push(saysDown);
  return added;
}

/**
 * Takes apart what a model wrote and looks for what it added.
 *
 * @param text sentences, each followed by the numbers of its facts, counted from 1, such as `[1]` or `[2, 3]`
 * @param facts the facts in words, as the model got them
 * @param isWord whether a word in small letters is an ordinary one
 */
export function checkPhrasing(text: string, facts: readonly string[], isWord: (word: string) => boolean): PhrasingCheck {
  const sentences: PhrasedSentence[] = [];
  const added: string[] = [];
  let from = 0;
  for (const match of text.matchAll(marks)) {
    const said = `${text.slice(from, match.index).trim()}${match[2] ?? ''}`.replace(/^[-*•]\s+/u, '').trim();
    from = match.index + match[0].length;
    const numbers = [...new Set([...(match[1] ?? '').matchAll(/\d+/gu)].map(([number]) => Number(number)))];
    const wrong = numbers.filter((number) => number < 1 || number > facts.length);
    if (said === '') continue;
    added.push(...wrong.map((number) => `[${String(number)}]`));
    const own = numbers.filter((number) => !wrong.includes(number)).map((number) => number - 1);
    added.push(...addedBy(said, own.map((index) => facts[index] ?? ''), isWord));
    sentences.push({ text: said, facts: own });
  }
  // What rests on no fact has no place, whatever it says.
  const rest = text.slice(from).trim();
  if (rest !== '') added.push(rest.slice(0, 80));
  if (sentences.length === 0 && rest === '') added.push('');
  return { sentences, added: [...new Set(added)] };
}
