import { betweenLeads, betweenTexts, figures, gather, type Gathered, type IdentityPiece, type UsedName, width } from './identityPieces';
import { factsWorth, type Identity, isLike, judgePair, likeName, nameScore } from './judge';
import { blockingKeys, nameSimilarity } from './names';
import { candidatesPerBlock, type FoundPairs, mostPairs } from './search';

// Leads that have just come in against all there are, by like names.

/** Names on each side of a name, in the order of its block, that it is compared with. */
const namesAround = 100;
/** Leads on each side of a lead's place in the order of a name's, by town and course, that are looked at. */
const leadsAround = 400;
/** The best pairs of one lead that are kept. */
const pairsPerLead = 5;
/** Names or leads between two signs of life. */
const perStep = 5_000;

const exact = 2;
const birth = figures.indexOf('birthDate');
const worths = figures.map((figure) => (figure === 'email' || figure === 'phone' ? 0 : factsWorth([figure])));

function bits(number: number): number {
  let left = number;
  let count = 0;
  for (; left !== 0; left &= left - 1) count += 1;
  return count;
}

/** A name that is like another. */
interface LikeName {
  readonly name: number;
  /** Of the whole name, as {@link isLike} has let it pass. */
  readonly whole: number;
}

/**
 * Whether two parts of names may be as alike as the lesser has to be, by their letters alone: no more letters agree than both have, so
 * that Jaro's similarity is at most (m/a + m/b + 1) / 3, and Winkler adds at most .4 of the rest.
 */
function mayBeLike(a: string, lettersA: number, b: string, lettersB: number): boolean {
  if (a.length === 1 || b.length === 1) return true;
  const most = Math.min(a.length - bits(lettersA & ~lettersB), b.length - bits(lettersB & ~lettersA));
  const jaro = (most / a.length + most / b.length + 1) / 3;
  return jaro + 0.4 * (1 - jaro) >= likeName.least;
}

/** How alike two names are, of the whole name; 0 where they are not. */
function likeness(a: UsedName, b: UsedName): number {
  const [givenA, familyA] = a.letters;
  const [givenB, familyB] = b.letters;
  const straight = mayBeLike(a.family, familyA, b.family, familyB) && mayBeLike(a.given, givenA, b.given, givenB);
  const crossed = mayBeLike(a.family, familyA, b.given, givenB) && mayBeLike(a.given, givenA, b.family, familyB);
  if (!straight && !crossed) return 0;
  const similarity = nameSimilarity(a, b);
  return similarity !== null && isLike(similarity) ? similarity.whole : 0;
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const inOrder = (a: UsedName, b: UsedName): number => compareTexts(a.family, b.family) || compareTexts(a.given, b.given);

/** The names that each new name is like, itself first. Only names that share a block are compared, and of these a capped number. */
function* findLike(names: readonly UsedName[]): Generator<number, ReadonlyMap<number, readonly LikeName[]>> {
  const blocks = new Map<string, number[]>();
  for (const isNew of [true, false]) {
    for (const [number, name] of names.entries()) {
      if (name.isNew !== isNew) continue;
      for (const key of blockingKeys(name)) {
        const block = blocks.get(key);
        if (block !== undefined) block.push(number);
        else if (isNew) blocks.set(key, [number]);
      }
    }
    yield isNew ? 0.2 : 0.4;
  }
  const like = new Map<number, LikeName[]>();
  const known = new Set<number>();
  let since = 0;
  let done = 0;
  for (const block of blocks.values()) {
    done += 1;
    since += block.length;
    const sorted = block.map((number) => ({ number, name: names[number] })).sort((a, b) => (a.name === undefined || b.name === undefined ? 0 : inOrder(a.name, b.name)));
    for (const [at, { number, name }] of sorted.entries()) {
      if (name?.isNew !== true) continue;
      let mine = like.get(number);
      if (mine === undefined) like.set(number, (mine = [{ name: number, whole: 1 }]));
      for (const other of sorted.slice(Math.max(0, at - namesAround), at + namesAround + 1)) {
        if (other.name === undefined || other.number === number || mine.length > candidatesPerBlock) continue;
        const whole = likeness(name, other.name);
        if (whole === 0) continue;
        const pair = number * names.length + other.number;
        if (known.has(pair)) continue;
        known.add(pair);
        mine.push({ name: other.number, whole });
      }
    }
    if (since < perStep) continue;
    since = 0;
    yield 0.4 + (0.6 * done) / blocks.size;
  }
  return like;
}

/** The rows of each name, in the order of town, course and key, with the figures of each in the same order. */
function rowsByName({ names, nameOf, figures: of }: Gathered): { readonly rows: Int32Array; readonly starts: Int32Array; readonly sorted: Int32Array } {
  const starts = new Int32Array(names.length + 1);
  for (const name of nameOf) starts[name + 1] = (starts[name + 1] ?? 0) + 1;
  for (let name = 0; name < names.length; name += 1) starts[name + 1] = (starts[name + 1] ?? 0) + (starts[name] ?? 0);
  const rows = new Int32Array(nameOf.length);
  const next = starts.slice();
  for (const [row, name] of nameOf.entries()) {
    rows[next[name] ?? 0] = row;
    next[name] = (next[name] ?? 0) + 1;
  }
  for (let name = 0; name < names.length; name += 1) {
    const [from, to] = [starts[name] ?? 0, starts[name + 1] ?? 0];
    if (to - from > 1) rows.subarray(from, to).sort((a, b) => placeOrder(of, a, b) || a - b);
  }
  const sorted = new Int32Array(of.length);
  for (const [place, row] of rows.entries()) sorted.set(of.subarray(row * width, (row + 1) * width), place * width);
  return { rows, starts, sorted };
}

function placeOrder(of: Int32Array, a: number, b: number): number {
  return (of[a * width + 6] ?? 0) - (of[b * width + 6] ?? 0) || (of[a * width + 7] ?? 0) - (of[b * width + 7] ?? 0);
}

/**
 * What the facts that a row shares with one of another table of figures are worth; 0 where they may not be a pair by name: others take
 * care of exact pairs, and birth dates that differ speak against one.
 */
function sharedWorth(of: Int32Array, row: number, others: Int32Array, place: number): number {
  const [a, b] = [row * width, place * width];
  let worth = 0;
  for (let figure = 0; figure < width; figure += 1) {
    const mine = of[a + figure] ?? 0;
    if (mine === 0 || mine !== others[b + figure]) continue;
    if (figure < exact) return 0;
    worth += worths[figure] ?? 0;
  }
  const [born, otherBorn] = [of[a + birth] ?? 0, others[b + birth] ?? 0];
  return born !== 0 && otherBorn !== 0 && born !== otherBorn ? 0 : worth;
}

interface Partner {
  readonly row: number;
  readonly score: number;
}

/** Keeps a partner where it is among the best few. */
function keepBest(best: Partner[], row: number, score: number): void {
  if (best.length >= pairsPerLead && score <= (best.at(-1)?.score ?? 0)) return;
  const place = best.findIndex((each) => score > each.score);
  best.splice(place < 0 ? best.length : place, 0, { row, score });
  if (best.length > pairsPerLead) best.pop();
}

/** Each row's identity, read once more from its piece: few are asked for. */
function identities(pieces: readonly IdentityPiece[], { names, nameOf, keys }: Gathered): (row: number) => Identity {
  const starts = pieces.reduce<number[]>((all, { keys: of }) => [...all, (all.at(-1) ?? 0) + of.length], [0]);
  const texts = new Map<number, readonly string[]>();
  return (row) => {
    const number = starts.findIndex((start) => start > row) - 1;
    const piece = pieces[number];
    const lines = texts.get(number) ?? piece?.texts.split(betweenLeads) ?? [];
    texts.set(number, lines);
    const index = row - (starts[number] ?? 0);
    const [, , email = '', phone = '', postcode = '', birthDate = ''] = lines[index]?.split(betweenTexts) ?? [];
    const known = (value: string): string | null => (value === '' ? null : value);
    const place = (value: number | undefined): string | null => (value === undefined || value === 0 ? null : String(value));
    const { given, family } = names[nameOf[row] ?? 0] ?? { given: '', family: '' };
    return {
      key: keys[row] ?? 0,
      name: { given, family },
      email: known(email),
      phone: known(phone),
      city: place(piece?.cities[index]),
      course: place(piece?.courses[index]),
      postcode: known(postcode),
      birthDate: known(birthDate),
    };
  };
}

/** Carries a search on, with its share of the whole. */
function* within<Result>(search: Generator<number, Result>, from: number, to: number): Generator<number, Result> {
  for (;;) {
    const step = search.next();
    if (step.done === true) return step.value;
    yield from + (to - from) * step.value;
  }
}

/**
 * Looks for pairs by like names, each with at least one new lead in it. Names that share a block are compared, each pair of names once;
 * of the leads of like names, those that share a second fact are pairs. The best few of each new lead are kept, and of all the best. What
 * a pair has to have, and what it is worth, is {@link judgePair}'s. Yields how far it is, 0 to 1.
 */
export function* searchLikeNames(pieces: readonly IdentityPiece[], most = mostPairs): Generator<number, FoundPairs> {
  const gathered = yield* within(gather(pieces), 0, 0.4);
  const like = yield* within(findLike(gathered.names), 0.4, 0.7);
  const { keys, isNew, nameOf, figures: of } = gathered;
  const { rows, starts, sorted } = rowsByName(gathered);
  const partners = new Map<number, readonly Partner[]>();
  for (const [row, name] of nameOf.entries()) {
    if (row % perStep === perStep - 1) yield 0.7 + (0.3 * row) / nameOf.length;
    if (isNew[row] !== 1) continue;
    const best: Partner[] = [];
    for (const { name: other, whole } of like.get(name) ?? []) {
      const [from, to] = [starts[other] ?? 0, starts[other + 1] ?? 0];
      let [low, high] = [from, to];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((placeOrder(of, rows[middle] ?? 0, row) || (rows[middle] ?? 0) - row) < 0) low = middle + 1;
        else high = middle;
      }
      for (let place = Math.max(from, low - leadsAround); place < Math.min(to, low + leadsAround); place += 1) {
        const worth = sharedWorth(of, row, sorted, place);
        const candidate = rows[place] ?? row;
        if (worth > 0 && candidate !== row) keepBest(best, candidate, nameScore(whole, worth));
      }
    }
    if (best.length > 0) partners.set(row, best);
  }
  const has = (row: number, partner: number): boolean => partners.get(row)?.some((each) => each.row === partner) === true;
  // Of two new leads that found each other, the earlier has the pair.
  const all = [...partners].flatMap(([row, best]) => best.filter((each) => each.row > row || !has(each.row, row)).map(({ row: other, score }) => ({ row, other, score })));
  all.sort((a, b) => b.score - a.score || a.row - b.row || a.other - b.other);
  const identityOf = identities(pieces, gathered);
  const pairs = all.slice(0, most).flatMap(({ row, other }) => {
    const [first, second] = row < other ? [row, other] : [other, row];
    const verdict = judgePair(identityOf(first), identityOf(second));
    return verdict?.basis === 'name' ? [{ ...verdict, firstKey: keys[first] ?? 0, secondKey: keys[second] ?? 0 }] : [];
  });
  return { pairs, capped: all.length > most };
}
