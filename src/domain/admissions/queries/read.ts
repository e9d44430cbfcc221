import { allOf, type AskedFilter, fieldOf, oneOf, partsOfAll, valuesOf } from './filters';
import { otherLanguage } from './languages';
import { type Asked, type Assumption, everything, type OtherReading, type Reading } from './reading';
import { type Follow, type Piece, scan, type Scanned } from './scan';
import { timesBy, type TimeSetting } from './spans';
import { filterOf } from './structure';
import { stemOf, type Token, tokensOf } from './tokens';
import { meaningAt, type Vocabulary } from './vocabulary';

// From a question in English to the filter type, by a grammar alone: no model, no network, no chance.

/** What a question is read by. */
export interface ReadingSetting extends TimeSetting {
  readonly vocabulary: Vocabulary;
  /** The asker's own team, where there is one. */
  readonly teamId?: string | null;
}

/** Each slip of spelling and each thing taken for granted makes a reading less sure by its factor. */
const worth: Readonly<Record<Assumption, number>> = { corrected: 0.96, partOfName: 0.95, scoreMeant: 0.9, severalFields: 0.9, nameMeant: 0.75, stageHasNoDate: 0.6 };
/** Readings of one word beside the one that was taken. */
const mostOthers = 3;

/** Puts right what is misspelled. Words in capitals after the first are names and stay. */
function corrected(tokens: readonly Token[], vocabulary: Vocabulary): { readonly tokens: Token[]; readonly corrections: Reading['corrected'] } {
  const corrections: { from: string; to: string }[] = [];
  const right = tokens.map((token, at): Token => {
    if (token.kind !== 'word' || vocabulary.isKnown(token.stem) || vocabulary.isKnown(token.text) || token.text.startsWith("'")) return token;
    const called = tokens.slice(Math.max(0, at - 3), at).some(({ text }) => ['called', 'named', 'name', 'starts', 'begins', 'contains'].includes(text));
    if (called) return token;
    const word = vocabulary.corrected(token.stem);
    if (word === null || (/^\p{Lu}/u.test(token.raw) && at > 0 && /^\p{Lu}/u.test(tokens[at - 1]?.raw ?? '') && tokens[at - 1]?.kind === 'word')) return token;
    corrections.push({ from: token.raw, to: word });
    return { ...token, text: word, stem: stemOf(word) };
  });
  return { tokens: right, corrections };
}

/** Names that nothing else explains: "find Zara Patel". */
function nameOf(tokens: readonly Token[], scanned: Scanned): { readonly name: string; readonly places: readonly number[] } | null {
  const places = scanned.unused.filter((place, index, every) => index === 0 || place === (every[index - 1] ?? -2) + 1);
  const some = places.map((place) => tokens[place]);
  if (places.length === 0 || places.length !== scanned.unused.length || places.length > 3) return null;
  if (!some.every((token) => token?.kind === 'word' && /^\p{Lu}/u.test(token.raw)) || (places[0] === 0 && places.length === 1 && tokens.length > 1)) return null;
  return { name: some.map((token) => token?.raw ?? '').join(' '), places };
}

/** Puts a condition in the place of those on the same field. */
function replacing(before: AskedFilter | null, parts: readonly AskedFilter[]): AskedFilter | null {
  const fields = new Set(parts.map(fieldOf));
  return allOf([...partsOfAll(before).filter((part) => !fields.has(fieldOf(part))), ...parts]);
}

/** Whether nothing can fit both: two values of a field that has one. */
function excludes(one: AskedFilter, other: AskedFilter): boolean {
  const field = fieldOf(one);
  if (field === null || field !== fieldOf(other) || field === 'tags' || field === 'blocker') return false;
  const [left, right] = [valuesOf(one), valuesOf(other)];
  return left !== null && right !== null && !left.some((value) => right.includes(value));
}

/** The filter that a question which goes on from another comes to. */
function followed(before: Asked, now: AskedFilter | null, how: Follow | null, removed: readonly string[]): AskedFilter | null {
  if (how === 'remove') {
    const gone = new Set([...removed, ...partsOfAll(now).map(fieldOf)]);
    return allOf(partsOfAll(before.filter).filter((part) => !gone.has(fieldOf(part))));
  }
  if (now === null) return before.filter;
  const parts = partsOfAll(now);
  if (how === 'replace') return replacing(before.filter, parts);
  if (how === 'widen') {
    // "and from Leeds": one more value of a field that has some already.
    let whole = partsOfAll(before.filter);
    const added: AskedFilter[] = [];
    for (const part of parts) {
      const [field, values] = [fieldOf(part), valuesOf(part)];
      const same = whole.find((each) => fieldOf(each) === field && valuesOf(each) !== null);
      if (field !== null && values !== null && same !== undefined) whole = whole.map((each) => (each === same ? oneOf(field, [...new Set([...(valuesOf(each) ?? []), ...values])]) : each));
      else added.push(part);
    }
    return allOf([...whole, ...added]);
  }
  return allOf([...partsOfAll(before.filter).filter((part) => !parts.some((each) => excludes(part, each))), ...parts]);
}

function othersOf(pieces: readonly Piece[], tokens: readonly Token[], text: string, asked: Asked): OtherReading[] {
  const others: OtherReading[] = [];
  for (const piece of pieces) {
    if (piece.kind !== 'condition' || piece.senses === undefined) continue;
    const field = fieldOf(piece.filter);
    const word = text.slice(tokens[piece.from]?.start ?? 0, tokens[piece.to - 1]?.end ?? 0);
    for (const other of new Set(piece.senses.map((sense) => sense.field))) {
      if (other === field) continue;
      const values = piece.senses.filter((sense) => sense.field === other).flatMap(({ value }) => value ?? []);
      const swap = (filter: AskedFilter): AskedFilter => {
        if (JSON.stringify(filter) === JSON.stringify(piece.filter)) return oneOf(other, values);
        if ('all' in filter) return { all: filter.all.map(swap) };
        if ('any' in filter) return { any: filter.any.map(swap) };
        return 'not' in filter ? { not: swap(filter.not) } : filter;
      };
      const filter = asked.filter === null ? null : swap(asked.filter);
      if (JSON.stringify(filter) !== JSON.stringify(asked.filter)) others.push({ ...asked, filter, word, field: other });
    }
  }
  return others.slice(0, mostOthers);
}

/** The words that each condition comes from. */
function chipsOf(filter: AskedFilter | null, pieces: readonly Piece[], tokens: readonly Token[], text: string): Reading['chips'] {
  const from = (part: AskedFilter): string | null => {
    const fields = new Set<string>();
    const collect = (each: AskedFilter): void => {
      if ('field' in each) fields.add(each.field);
      else if ('not' in each) collect(each.not);
      else for (const one of 'all' in each ? each.all : each.any) collect(one);
    };
    collect(part);
    const some = pieces.filter((piece) => {
      const field = piece.kind === 'condition' ? fieldOf(piece.filter) : null;
      return field !== null && fields.has(field);
    });
    const places = some.flatMap((piece) => (piece.kind === 'condition' ? [tokens[piece.from]?.start ?? 0, tokens[piece.to - 1]?.end ?? 0] : []));
    return places.length === 0 ? null : text.slice(Math.min(...places), Math.max(...places));
  };
  return partsOfAll(filter).map((part) => ({ filter: part, words: from(part) }));
}

/**
 * Reads a question about leads.
 *
 * @param before what was asked before, where there was something
 * @returns a reading also of what it does not understand: with a confidence of 0 and the words that were not used
 */
export function readQuestion(text: string, setting: ReadingSetting, before: Asked | null = null): Reading {
  const written = tokensOf(text);
  const { tokens, corrections } = corrected(written, setting.vocabulary);
  const english = tokens.filter((token, at) => token.kind === 'word' && meaningAt(tokens, at) !== null).length - corrections.length;
  const language = otherLanguage(text, english);
  let scanned = scan(tokens, { vocabulary: setting.vocabulary, times: timesBy(setting), teamId: setting.teamId ?? null });
  const assumptions = new Set<Assumption>(scanned.assumptions);
  if (corrections.length > 0) assumptions.add('corrected');

  const conditions = scanned.pieces.some(({ kind }) => kind === 'condition');
  const name = conditions || before !== null ? null : nameOf(tokens, scanned);
  if (name !== null) {
    assumptions.add('nameMeant');
    const [first = 0] = name.places;
    scanned = { ...scanned, unused: [], pieces: [...scanned.pieces, { kind: 'condition', filter: { field: 'name', contains: name.name }, from: first, to: first + name.places.length }] };
  }

  const { pieces, sort, limit, by, figure, follow } = scanned;
  const back = pieces.some((piece) => piece.kind === 'noun' && piece.back);
  const [first] = pieces;
  const without = first?.kind === 'not' || first?.kind === 'except';
  const nouns = pieces.some((piece) => piece.kind === 'noun' && !piece.back);
  const startsOn = first?.kind === 'and' || first?.kind === 'or';
  const instructs = pieces.every(({ kind }) => kind !== 'condition') && !nouns && (sort !== null || limit !== null || by !== null || figure !== null);
  const follows = before !== null && follow !== 'restart' && (back || startsOn || (follow !== null && !(nouns && follow !== 'replace' && follow !== 'remove')) || (without && !nouns) || instructs);
  const now = filterOf(startsOn ? pieces.slice(1) : pieces);
  const how: Follow | null = follow ?? (startsOn ? 'widen' : null);
  const context = follows ? before : everything;
  const filter = follows ? followed(before, now, how, scanned.named) : now;
  const asked: Asked = {
    filter,
    sort: sort ?? context.sort,
    limit: limit ?? context.limit,
    by: by ?? context.by,
    // "Now by course" asks for the figure of before.
    figure: follows && by !== null && figure === 'leads' ? (context.figure ?? figure) : (figure ?? context.figure),
  };

  const lost = scanned.unused.flatMap((place) => {
    const token = tokens[place];
    return token === undefined ? [] : [written[place]?.raw ?? token.raw];
  });
  const idle = follow === 'remove' ? [] : scanned.named;
  const unused = [...new Set(lost)];
  const said = pieces.filter(({ kind }) => kind === 'condition').length + [sort, limit, by, by !== null && figure === 'leads' ? null : figure].filter((each) => each !== null).length + (follows && (follow !== null || back) ? 1 : 0);
  const everyLead = said === 0 && lost.length === 0 && idle.length === 0 && nouns;
  // A time without its other end relates two conditions, which no filter can: it weighs twice.
  const missed = lost.length + idle.length + lost.filter((word) => ['since', 'before', 'after', 'until', 'than'].includes(word.toLowerCase())).length;
  const share = said + missed === 0 ? (everyLead ? 1 : 0) : said / (said + missed);
  let confidence = share * (missed > 0 && share < 1 ? 0.95 : 1);
  for (const assumption of assumptions) confidence *= assumption === 'corrected' ? worth.corrected ** corrections.length : worth[assumption];
  if (language !== null) confidence = Math.min(confidence, 0.2);
  const understood = said > 0 || everyLead;
  return {
    ...asked,
    chips: chipsOf(filter, pieces, tokens, text),
    confidence: Math.round(confidence * 100) / 100,
    unused,
    corrected: corrections,
    assumptions: [...assumptions],
    others: othersOf(pieces, tokens, text, asked),
    follows,
    language,
    understood,
  };
}
