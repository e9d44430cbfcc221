import { type Identity, judgePair, type Verdict } from './judge';
import { blockingKeys } from './names';

/** Two leads that seem to be one person; the lower key first. */
export interface FoundPair extends Verdict {
  readonly firstKey: number;
  readonly secondKey: number;
}

export interface FoundPairs {
  readonly pairs: FoundPair[];
  /** Whether more were found than are kept: the best are. */
  readonly capped: boolean;
}

/** Of those who share an address or a number, each is paired with at most so many before it. */
const sharersPerLead = 5;
/** Within a block, each is compared with at most so many that follow in the order of names. Source of the idea: M. A. Hernández and S. J. Stolfo, "The Merge/Purge Problem for Large Databases" (1995). */
export const candidatesPerBlock = 30;
/** Pairs of one search that are kept. */
export const mostPairs = 10_000;
/** Leads between two signs of life. */
const leadsPerStep = 2_000;

function grouped(identities: readonly Identity[], keysOf: (identity: Identity) => readonly string[]): Identity[][] {
  const groups = new Map<string, Identity[]>();
  for (const identity of identities) {
    for (const key of keysOf(identity)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [identity]);
      else group.push(identity);
    }
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

const wholeName = ({ name }: Identity): string => `${name.family} ${name.given}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Looks through leads for pairs that seem to be one person. Work grows with the number of leads, not with its square: only those that
 * share an address, a number or a block of names are compared, and of these a few. Yields how far it is, 0 to 1.
 */
export function* searchPairs(identities: readonly Identity[], most = mostPairs): Generator<number, FoundPairs> {
  const found = new Map<string, FoundPair>();
  const look = (a: Identity, b: Identity): void => {
    const [first, second] = a.key < b.key ? [a, b] : [b, a];
    const name = `${String(first.key)} ${String(second.key)}`;
    if (first.key === second.key || found.has(name)) return;
    const verdict = judgePair(first, second);
    if (verdict !== null) found.set(name, { ...verdict, firstKey: first.key, secondKey: second.key });
  };
  const passes: readonly { readonly keysOf: (identity: Identity) => readonly string[]; readonly reach: number }[] = [
    { keysOf: ({ email }) => (email === null ? [] : [email]), reach: sharersPerLead },
    { keysOf: ({ phone }) => (phone === null ? [] : [phone]), reach: sharersPerLead },
    { keysOf: ({ name }) => blockingKeys(name), reach: candidatesPerBlock },
  ];
  for (const [pass, { keysOf, reach }] of passes.entries()) {
    const groups = grouped(identities, keysOf);
    yield pass / passes.length;
    let since = 0;
    for (const [index, group] of groups.entries()) {
      const sorted = group.sort((a, b) => compare(wholeName(a), wholeName(b)) || a.key - b.key);
      for (const [at, identity] of sorted.entries()) for (const other of sorted.slice(at + 1, at + 1 + reach)) look(identity, other);
      since += group.length;
      if (since < leadsPerStep) continue;
      since = 0;
      yield (pass + (index + 1) / groups.length) / passes.length;
    }
  }
  const pairs = [...found.values()].sort((a, b) => b.score - a.score || a.firstKey - b.firstKey || a.secondKey - b.secondKey);
  return { pairs: pairs.slice(0, most), capped: pairs.length > most };
}
