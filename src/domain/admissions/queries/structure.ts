import { allOf, anyOf, type AskedFilter, fieldOf, negated, oneOf, valuesOf } from './filters';
import type { Piece } from './scan';

// How conditions belong together. What stands before "leads" goes with all that comes after it; "or" binds what is alike (two sources,
// two bounds of the score) more tightly than "and"; and where both sides of an "or" speak of leads of their own, it divides the question.

type Join = 'and' | 'or' | 'nor' | 'comma';
type Sign = 'not' | 'except' | 'neither' | 'either';

interface Unit {
  readonly kind: 'unit';
  readonly filter: AskedFilter;
}
type Part = Unit | { readonly kind: Join | Sign } | { readonly kind: 'noun'; readonly back: boolean };

const isJoin = (part: Part | undefined): part is { readonly kind: Join } => part !== undefined && ['and', 'or', 'nor', 'comma'].includes(part.kind);
const isSign = (part: Part | undefined): part is { readonly kind: Sign } => part !== undefined && ['not', 'except', 'neither', 'either'].includes(part.kind);

/** Fields of which a lead may have several values at once: two of them may both be asked for. */
const several = new Set(['tags', 'blocker']);

/** Whether two conditions that stand side by side are one thought: values of one field, or bounds of one figure. */
function together(left: AskedFilter, join: Join | null, right: AskedFilter): AskedFilter | null {
  const field = fieldOf(left);
  if (field === null || field !== fieldOf(right)) return null;
  const [one, other] = [valuesOf(left), valuesOf(right)];
  if (one !== null && other !== null) {
    if (join === null) return several.has(field) ? null : oneOf(field, [...new Set([...one, ...other])]);
    if (several.has(field) && (join === 'and' || join === 'comma')) return null;
    return oneOf(field, [...new Set([...one, ...other])]);
  }
  return join === 'or' || join === 'nor' ? anyOf([left, right]) : null;
}

/** Puts neighbours that are one thought together. */
function merge(parts: readonly Part[]): Part[] {
  const merged: Part[] = [];
  for (const part of parts) {
    const [before, between] = [merged.at(-2), merged.at(-1)];
    const joined = isJoin(between) ? between : null;
    const left = joined === null ? between : before;
    if (part.kind === 'unit' && left?.kind === 'unit') {
      const whole = together(left.filter, joined?.kind ?? null, part.filter);
      if (whole !== null) {
        merged.splice(joined === null ? -1 : -2, joined === null ? 1 : 2, { kind: 'unit', filter: whole });
        continue;
      }
    }
    // In a list, the comma before the "or" is passed over: "A, B, or C".
    if (isJoin(part) && isJoin(between)) {
      if (between.kind === 'comma') merged[merged.length - 1] = part;
      continue;
    }
    merged.push(part);
  }
  return merged;
}

/** Reads the parts of one clause, from the left. */
function clause(parts: readonly Part[]): AskedFilter | null {
  let at = 0;
  const factor = (): AskedFilter | null => {
    const part = parts[at];
    if (part === undefined) return null;
    if (part.kind === 'unit') {
      at += 1;
      return part.filter;
    }
    if (!isSign(part)) return null;
    at += 1;
    // "except those …": all that follows is left out.
    const next = parts[at];
    if (next?.kind === 'noun' && next.back && (part.kind === 'not' || part.kind === 'except')) {
      at += 1;
      const rest = alternatives();
      return rest === null ? null : negated(rest);
    }
    while (parts[at]?.kind === 'noun') at += 1;
    const whole: AskedFilter[] = [];
    for (;;) {
      const one = factor();
      if (one === null) break;
      whole.push(one);
      const goesOn = part.kind === 'neither' || part.kind === 'either' ? ['nor', 'or'] : part.kind === 'except' ? ['or', 'nor'] : ['nor'];
      const join = parts[at];
      if (!isJoin(join) || !goesOn.includes(join.kind) || (parts[at + 1]?.kind !== 'unit' && !isSign(parts[at + 1]))) break;
      at += 1;
    }
    const all = anyOf(whole);
    return all === null || part.kind === 'either' ? all : negated(all);
  };
  const conjunction = (): AskedFilter | null => {
    const all: AskedFilter[] = [];
    for (;;) {
      const part = parts[at];
      if (part === undefined || part.kind === 'or' || part.kind === 'nor') break;
      if (part.kind === 'noun' || part.kind === 'and' || part.kind === 'comma') {
        at += 1;
        continue;
      }
      const one = factor();
      if (one === null) break;
      all.push(one);
    }
    return allOf(all);
  };
  const alternatives = (): AskedFilter | null => {
    const any: AskedFilter[] = [];
    const first = conjunction();
    if (first !== null) any.push(first);
    while (parts[at] !== undefined) {
      const join = parts[at];
      if (join?.kind !== 'or' && join?.kind !== 'nor') {
        at += 1;
        continue;
      }
      at += 1;
      const next = conjunction();
      if (next !== null) any.push(next);
    }
    return anyOf(any);
  };
  return alternatives();
}

/** A clause with what stands before its leads and what comes after them. */
function sentence(parts: readonly Part[]): AskedFilter | null {
  const noun = parts.findIndex(({ kind }) => kind === 'noun');
  const before = parts.slice(0, Math.max(0, noun));
  if (noun < 0 || before.some(isSign) || !before.some(({ kind }) => kind === 'unit')) return clause(parts);
  const after = parts.slice(noun + 1);
  const [first, second] = [clause(before), clause(after)];
  if (isJoin(after[0]) && after[0].kind === 'or' && second !== null) return anyOf([first, second].filter((each) => each !== null));
  return allOf([first, second].filter((each) => each !== null));
}

/** The filter that the pieces of a question come to. */
export function filterOf(pieces: readonly Piece[]): AskedFilter | null {
  const parts = merge(
    pieces.map((piece): Part => {
      if (piece.kind === 'condition') return { kind: 'unit', filter: piece.filter };
      return piece.kind === 'noun' ? { kind: 'noun', back: piece.back } : { kind: piece.kind };
    }),
  );
  const cuts = parts.flatMap((part, index) => (part.kind === 'or' ? [index] : []));
  const speaks = (some: readonly Part[]): boolean => some.some(({ kind }) => kind === 'noun') && some.some(({ kind }) => kind === 'unit');
  let from = 0;
  const clauses: (readonly Part[])[] = [];
  for (const cut of cuts) {
    if (!speaks(parts.slice(from, cut)) || !speaks(parts.slice(cut + 1))) continue;
    clauses.push(parts.slice(from, cut));
    from = cut + 1;
  }
  clauses.push(parts.slice(from));
  return anyOf(clauses.flatMap((each) => sentence(each) ?? []));
}
