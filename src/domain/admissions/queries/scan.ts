import { conclude, reaching } from './conclude';
import { type AskedCondition, type AskedFilter, negated, oneOf } from './filters';
import { groupedFields, type Meaning, orderedFields } from './lexicon';
import { type Comparison, lookAhead } from './lookAhead';
import type { Assumption, Figure, Grouped, Ordered } from './reading';
import { numberAt, type Span, spanned, type Times } from './spans';
import type { Token } from './tokens';
import { meaningAt, type Sense, type Vocabulary } from './vocabulary';

/** A part of a question: a condition, or a word that joins conditions. */
export type Piece =
  | { readonly kind: 'condition'; readonly filter: AskedFilter; readonly from: number; readonly to: number; readonly senses?: readonly Sense[] | undefined }
  | { readonly kind: 'and' | 'or' | 'nor' | 'comma' | 'not' | 'except' | 'neither' | 'either'; readonly at: number }
  | { readonly kind: 'noun'; readonly back: boolean; readonly at: number };

export type Follow = Extract<Meaning, { kind: 'follow' }>['how'];

/** What the words of a question come to, before it is known how they belong together. */
export interface Scanned {
  readonly pieces: readonly Piece[];
  readonly sort: Ordered | null;
  readonly limit: number | null;
  readonly by: Grouped | null;
  readonly figure: Figure | null;
  readonly follow: Follow | null;
  /** Fields that are named and nothing is said of. */
  readonly named: readonly string[];
  readonly unused: readonly number[];
  readonly assumptions: readonly Assumption[];
}

export interface ScanSetting {
  readonly vocabulary: Vocabulary;
  readonly times: Times;
  /** The asker's own team, where there is one. */
  readonly teamId: string | null;
}

/** Fields in the order in which a word is taken for a value of theirs, where nothing else tells. */
const fieldOrder = ['stage', 'source', 'course', 'country', 'city', 'campus', 'owner', 'team', 'tags'];
/** A word that is a part of more names than this is looked for in the names themselves. */
const mostNamed = 6;
/** The most leads that "the first" may be. */
const mostFirst = 100_000;
/** Fields that are kept as shares from 0 to 1. */
const shares = new Set(['probability', 'confidence', 'modelChance', 'modelConfidence']);
const yes = new Set(['yes', 'true', 'y']);
const no = new Set(['no', 'false', 'n']);
function fieldPosition(field: string): number {
  const at = fieldOrder.indexOf(field);
  return at < 0 ? fieldOrder.length : at;
}

/** Walks through the words of a question once. */
export function scan(tokens: readonly Token[], { vocabulary, times, teamId }: ScanSetting): Scanned {
  const pieces: Piece[] = [];
  const unused: number[] = [];
  const assumptions = new Set<Assumption>();
  const named: string[] = [];
  let sort = null as Ordered | null;
  let limit = null as number | null;
  let by = null as Grouped | null;
  let figure = null as Figure | null;
  let follow = null as Follow | null;
  let compared = false;
  /** What "with" or "without" before a field says of it. */
  let mode: 'has' | 'lacks' | null = null;
  let prefer: readonly string[] = [];
  let lastNumber: string | null = null;
  /** An event whose time has not been said yet, and the piece that stands for it meanwhile. */
  let event: { readonly field: string; readonly piece: Piece | null } | null = null;
  let extremeOpen = false;
  let at = 0;

  const { meaning, pass, typeOf, fieldAt, optionAt, nameFrom, comparisonAt, factorAt, numbersFollow } = lookAhead(tokens, vocabulary);
  const push = (filter: AskedFilter, from: number, to: number, senses?: readonly Sense[]): Piece => {
    const piece: Piece = { kind: 'condition', filter, from, to, senses };
    pieces.push(piece);
    mode = null;
    prefer = [];
    return piece;
  };

  const compare = (field: string, { operator, values, percent }: Comparison, factor = 1): AskedCondition => {
    const scale = (value: number): number => (shares.has(field) && (percent || value > 1) ? value / 100 : value * factor);
    const [first = 0, second = 0] = values.map(scale);
    lastNumber = field;
    if (operator === 'between') return { field, between: [first, second] };
    return { field, [operator]: first };
  };

  /** Takes the words of the workspace for a value of one field. */
  const takeSenses = (length: number, senses: readonly Sense[]): void => {
    const values = senses.filter(({ value }) => value !== null);
    const wanted = prefer.find((field) => values.some((sense) => sense.field === field));
    const chosen = wanted ?? [...values].sort((a, b) => fieldPosition(a.field) - fieldPosition(b.field))[0]?.field ?? '';
    const some = values.filter(({ field }) => field === chosen);
    if (some.some(({ part }) => part)) assumptions.add('partOfName');
    if (wanted === undefined && new Set(values.map(({ field }) => field)).size > 1) assumptions.add('severalFields');
    const filter: AskedFilter = some.length > mostNamed ? { field: chosen, contains: tokens[at]?.text ?? '' } : oneOf(chosen, some.flatMap(({ value }) => value ?? []));
    push(filter, at, at + length, values);
    at += length;
  };

  /** "Without a country and a city": the second field is as the first; of what is lacking, "or" means both. */
  const carry = (): void => {
    const [before, join] = [pieces.at(-2), pieces.at(-1)];
    if (mode !== null || before?.kind !== 'condition' || !('field' in before.filter) || (join?.kind !== 'and' && join?.kind !== 'or' && join?.kind !== 'comma')) return;
    const { field, is, isEmpty, isNotEmpty } = before.filter;
    const lacks = isEmpty === true || (field.startsWith('has') && is === false);
    if (!lacks && isNotEmpty !== true && !(field.startsWith('has') && is === true)) return;
    mode = lacks ? 'lacks' : 'has';
    if (lacks && join.kind === 'or') pieces[pieces.length - 1] = { kind: 'and', at: join.at };
  };

  /** A field that is named, with what is said of it. */
  const takeField = (field: string, length: number): void => {
    const start = at;
    carry();
    const after = pass(start + length, ['of', 'than', 'at', 'being', 'value', ':']);
    const type = typeOf(field);
    const done = (filter: AskedFilter, to: number): void => {
      push(filter, start, to);
      at = to;
    };
    const refusing = meaning(after)?.meaning.kind === 'not' && meaning(after)?.meaning.kind !== undefined;
    const valueFrom = refusing ? pass(after + (meaning(after)?.length ?? 1)) : after;
    const signed = (filter: AskedFilter): AskedFilter => (refusing ? negated(filter) : filter);
    const unknownAfter = meaning(after)?.meaning.kind === 'lacks' && fieldAt(after + (meaning(after)?.length ?? 1)) === null;
    if (type === 'number') {
      const comparison = comparisonAt(valueFrom);
      if (comparison !== null) {
        const values = [...comparison.values];
        let end = valueFrom + comparison.length;
        while (comparison.operator === 'is' && meaning(end)?.meaning.kind === 'or') {
          const next = numberAt(tokens, end + 1);
          if (next === null) break;
          values.push(next.value);
          end += 1 + next.length;
        }
        if (values.length > 1 && comparison.operator === 'is') {
          done(signed(oneOf(field, values)), end);
          return;
        }
        const { length: more, factor } = field === 'webTime' ? factorAt(valueFrom + comparison.length) : { length: 0, factor: 1 };
        done(signed(compare(field, comparison, factor)), valueFrom + comparison.length + more);
        return;
      }
    }
    if (type === 'instant') {
      const span = times.spanAt(tokens, valueFrom);
      if (span !== null) {
        done(signed(spanned(field, span.value)), valueFrom + span.length);
        return;
      }
    }
    if (type === 'text' || field === 'hasEmail' || field === 'hasPhone') {
      const how = meaning(after)?.meaning;
      if (how?.kind === 'compare' && (how.operator === 'contains' || how.operator === 'startsWith')) {
        const place = pass(after + (meaning(after)?.length ?? 1));
        const word = tokens[place];
        if (word !== undefined) {
          done({ field: field === 'hasEmail' ? 'email' : field === 'hasPhone' ? 'phone' : field, [how.operator]: word.raw.replace(/^["“]|["”]$/g, '') }, place + 1);
          return;
        }
      }
    }
    if (type === 'boolean') {
      const said = tokens[after]?.text ?? '';
      if (after > start + length && (yes.has(said) || no.has(said))) done({ field, is: yes.has(said) }, after + 1);
      else done({ field, is: mode !== 'lacks' }, start + length);
      return;
    }
    if (type === 'option') {
      const values: string[] = [];
      let place = valueFrom;
      let end = valueFrom;
      for (;;) {
        const found = optionAt(place, field);
        if (found === null) break;
        values.push(found.value);
        end = place + found.length;
        const joined = meaning(end)?.meaning.kind === 'or' || tokens[end]?.text === ',';
        if (!joined) break;
        place = pass(end + 1);
      }
      if (values.length > 0) {
        done(signed(oneOf(field, values)), end);
        return;
      }
      // "London campus", "the scholarship tag": the value stands before its field.
      const before = pieces.at(-1);
      if (before?.kind === 'condition' && before.to === start) {
        const senses = before.senses?.filter((sense) => sense.field === field && sense.value !== null) ?? [];
        if (senses.length > 0) {
          pieces.pop();
          done(oneOf(field, senses.flatMap(({ value }) => value ?? [])), start + length);
          return;
        }
      }
    }
    if (unknownAfter) {
      done({ field, isEmpty: true }, after + (meaning(after)?.length ?? 1));
      return;
    }
    if (mode !== null) {
      const nowhere = mode === 'lacks';
      done(nowhere ? { field, isEmpty: true } : { field, isNotEmpty: true }, start + length);
      return;
    }
    if (type === 'instant') event = { field, piece: null };
    else named.push(field);
    at = start + length;
  };

  const takeSpan = (length: number, span: Span): void => {
    const before = pieces.at(-1);
    const stageBefore = before?.kind === 'condition' && before.to >= at - 2 && 'field' in before.filter && before.filter.field === 'stage' && before !== event?.piece;
    if (stageBefore) {
      assumptions.add('stageHasNoDate');
      for (let place = at; place < at + length; place += 1) unused.push(place);
      at += length;
      return;
    }
    const field = event?.field ?? 'enquiredAt';
    const piece = event?.piece ?? null;
    let from = at;
    if (piece !== null) {
      if (piece.kind === 'condition') from = Math.min(from, piece.from);
      pieces.splice(pieces.indexOf(piece), 1);
    }
    event = null;
    push(spanned(field, span), from, at + length);
    at += length;
  };

  const takeEvent = (word: Extract<Meaning, { kind: 'event' }>, length: number): void => {
    const before = pieces.at(-1);
    const start = at;
    at += length;
    const place = pass(at);
    const span = times.spanAt(tokens, at) ?? (place > at ? times.spanAt(tokens, place) : null);
    if (span !== null) {
      const from = times.spanAt(tokens, at) === null ? place : at;
      push(spanned(word.field, span.value), start, from + span.length);
      at = from + span.length;
      return;
    }
    if (before?.kind === 'not' && word.never !== undefined) {
      pieces.pop();
      const piece = push(word.never, start, at);
      event = { field: `not ${word.field}`, piece };
      return;
    }
    if (word.alone !== undefined) event = { field: word.field, piece: push(word.alone, start, at) };
    else event = { field: word.field, piece: null };
  };

  const takeCounted = (word: Extract<Meaning, { kind: 'counted' }>, length: number): void => {
    const start = at;
    const isObject = (place: number): boolean => word.objects.includes(tokens[place]?.stem ?? '');
    const passObjects = (from: number): number => {
      let place = pass(from, ['on']);
      while (isObject(place) || ['time', 'times'].includes(tokens[place]?.text ?? '')) place = pass(place + 1, ['on']);
      return place;
    };
    const place = passObjects(start + length);
    const comparison = comparisonAt(place);
    if (comparison !== null) {
      const { length: more, factor } = word.field === 'webTime' ? factorAt(place + comparison.length) : { length: 0, factor: 1 };
      const end = place + comparison.length + more;
      const to = isObject(pass(end, ['on'])) || tokens[end]?.stem === 'time' ? passObjects(end) : end;
      push(compare(word.field, comparison.operator === 'is' ? { ...comparison, operator: 'atLeast' } : comparison, factor), start, to);
      at = to;
      return;
    }
    const done = pass(start + length);
    const to = isObject(done) ? done + 1 : start + length;
    push({ field: word.field, atLeast: 1 }, start, to);
    at = to;
  };

  /** The first few: a whole number that a list can have. */
  const takeLimit = (number: number): void => {
    if (Number.isInteger(number) && number > 0 && number <= mostFirst) limit = number;
    else unused.push(at);
  };

  /** A number by itself: how many leads, or what something is. */
  const takeNumber = (): void => {
    const number = numberAt(tokens, at);
    if (number === null) return;
    const next = pass(at + number.length);
    const comparison = comparisonAt(at);
    const longer = comparison !== null && comparison.operator !== 'is' ? comparison : null;
    const to = at + (longer?.length ?? number.length);
    const target = fieldAt(pass(to, ['of']));
    if (longer !== null || (target !== null && typeOf(target.field) === 'number')) {
      takeComparison(longer ?? { length: number.length, operator: 'is', values: [number.value], percent: false });
      return;
    }
    const kind = meaning(next)?.meaning.kind;
    const whole = Number.isInteger(number.value) && number.value > 0;
    if (whole && (kind === 'noun' || kind === 'extreme' || extremeOpen || (kind === 'condition' && limit === null))) takeLimit(number.value);
    else unused.push(at);
    at += number.length;
  };

  const takeComparison = (comparison: Comparison): void => {
    const start = at;
    const end = start + comparison.length;
    const place = pass(end, ['of', 'for', 'in', 'on']);
    const target = fieldAt(place);
    if (target !== null && typeOf(target.field) === 'number') {
      push(compare(target.field, comparison), start, place + target.length);
      at = place + target.length;
      return;
    }
    if (comparison.percent && lastNumber === null) {
      assumptions.add('scoreMeant');
      push(compare('probability', comparison), start, end);
    } else {
      if (lastNumber === null) assumptions.add('scoreMeant');
      push(compare(lastNumber ?? 'score', comparison), start, end);
    }
    at = end;
  };

  /** The field that things are put in order or in groups by, at a place. */
  const takeOrder = (length: number, grouped: boolean): void => {
    const start = at;
    let place = pass(start + length, ['by', 'their', 'each']);
    while (meaning(place)?.meaning.kind === 'by') place = pass(place + (meaning(place)?.length ?? 1));
    const found = meaning(place);
    if (grouped && found?.meaning.kind === 'grouping') {
      by = found.meaning.by;
      at = place + found.length;
      return;
    }
    if (grouped && (tokens[place]?.stem === 'month' || tokens[place]?.stem === 'monthly')) {
      by = 'month';
      at = place + 1;
      return;
    }
    if (found?.meaning.kind === 'extreme' && !grouped) {
      at = place;
      return;
    }
    if (grouped && found?.meaning.kind === 'figure') {
      at = place;
      return;
    }
    const target = fieldAt(place);
    const group = target === null ? undefined : groupedFields[target.field];
    const order = target === null ? undefined : orderedFields[target.field];
    if (target !== null && grouped && group !== undefined) {
      by = group;
      at = place + target.length;
    } else if (target !== null && order !== undefined) {
      sort = { field: order.field, direction: extremeOpen && sort !== null ? sort.direction : order.direction };
      at = place + target.length;
    } else if (target === null) {
      // "contacted by Ben": what follows is a value.
      if (grouped) prefer = ['owner', 'source'];
      at = start + length;
    } else {
      unused.push(place);
      at = place + target.length;
    }
  };

  const takeMeaning = (word: Meaning, length: number): void => {
    const start = at;
    switch (word.kind) {
      case 'filler':
      case 'is':
      case 'first':
        at += length;
        if (word.kind === 'first') {
          const number = numberAt(tokens, at);
          if (number !== null) takeLimit(number.value);
          at += number?.length ?? 0;
        }
        return;
      case 'noun':
        pieces.push({ kind: 'noun', back: word.back === true, at });
        at += length;
        return;
      case 'and':
      case 'or':
      case 'nor':
      case 'except':
      case 'neither':
      case 'either':
      case 'not':
        if (mode !== 'has' || word.kind !== 'not') mode = null;
        pieces.push({ kind: word.kind, at });
        at += length;
        return;
      case 'condition': {
        const own = 'field' in word.filter && word.filter.field === 'team' && word.filter.is === 'mine';
        if (own && teamId === null) {
          unused.push(at);
          at += length;
          return;
        }
        // Who has not applied has not gone on from there either.
        const notApplied = 'field' in word.filter && word.filter.field === 'stage' && word.filter.is === 'applied' && pieces.at(-1)?.kind === 'not';
        const filter = own ? { field: 'team', is: teamId ?? '' } : notApplied ? oneOf('stage', reaching('applied', true)) : word.filter;
        if (mode === 'lacks') pieces.push({ kind: 'not', at });
        push(filter, start, start + length);
        at += length;
        return;
      }
      case 'event': {
        const name = tokens[at]?.text === 'called' ? nameFrom(at + length) : null;
        if (name !== null && /^\p{Lu}/u.test(name.name)) {
          push({ field: 'name', contains: name.name }, start, name.to);
          at = name.to;
          return;
        }
        takeEvent(word, length);
        return;
      }
      case 'field':
        takeField(word.field, length);
        return;
      case 'counted':
        takeCounted(word, length);
        return;
      case 'has':
        // "cannot be reached by phone" is "without a phone".
        mode = pieces.at(-1)?.kind === 'not' && fieldAt(pass(at + length)) !== null ? 'lacks' : 'has';
        if (mode === 'lacks') pieces.pop();
        at += length;
        return;
      case 'lacks': {
        const place = pass(at + length, ['known', 'valid', 'any']);
        const target = fieldAt(place);
        const valued = target !== null && typeOf(target.field) === 'option' && optionAt(pass(place + target.length), target.field) !== null;
        if (target !== null && !valued && !numbersFollow(place + target.length)) {
          mode = 'lacks';
          at = place;
          takeField(target.field, target.length);
          mode = null;
          return;
        }
        pieces.push({ kind: 'not', at });
        mode = null;
        at += length;
        return;
      }
      case 'compare': {
        const comparison = comparisonAt(at);
        if (comparison === null) {
          unused.push(at);
          at += length;
        } else takeComparison(comparison);
        return;
      }
      case 'orMore': {
        // "above 80 or below 20": the words belong to the next bound.
        const join = numberAt(tokens, at + length) === null ? null : meaningAt(tokens, at, 1);
        if (join?.meaning.kind === 'or' || join?.meaning.kind === 'and') pieces.push({ kind: join.meaning.kind, at });
        at += join === null ? length : 1;
        return;
      }
      case 'onwards': {
        const before = pieces.at(-1);
        if (before?.kind === 'condition' && 'field' in before.filter && before.filter.field === 'stage' && typeof before.filter.is === 'string') {
          pieces.pop();
          push(oneOf('stage', reaching(before.filter.is, word.later)), before.from, at + length);
        }
        at += length;
        return;
      }
      case 'preposition':
        prefer = word.fields;
        if (mode === 'has') mode = null;
        at += length;
        return;
      case 'sort':
        takeOrder(length, false);
        return;
      case 'by':
        takeOrder(length, true);
        return;
      case 'direction':
        sort = { field: sort?.field ?? 'score', direction: word.direction };
        at += length;
        return;
      case 'extreme': {
        at += length;
        extremeOpen = true;
        if (word.filter !== undefined) push(word.filter, start, at);
        sort = { field: word.by ?? sort?.field ?? 'score', direction: word.direction };
        const number = numberAt(tokens, at);
        if (number !== null) {
          takeLimit(number.value);
          at += number.length;
        }
        const target = fieldAt(pass(at));
        const order = target === null ? undefined : orderedFields[target.field];
        if (target !== null && order !== undefined && comparisonAt(pass(pass(at) + target.length)) === null) {
          sort = { field: order.field, direction: word.direction };
          at = pass(at) + target.length;
        }
        mode = null;
        return;
      }
      case 'figure':
        figure = word.figure;
        at += length;
        return;
      case 'grouping':
        if (word.alone === true) by = word.by;
        else unused.push(at);
        at += length;
        return;
      case 'compared':
        compared = true;
        if (pieces.some(({ kind }) => kind === 'condition')) pieces.push({ kind: 'or', at });
        at += length;
        return;
      case 'called': {
        const name = nameFrom(pass(at + length));
        if (name === null) unused.push(at);
        else push({ field: 'name', contains: name.name }, start, name.to);
        at = name?.to ?? at + length;
        return;
      }
      case 'follow':
        if (pieces.every(({ kind }) => kind === 'and') && follow === null) follow = word.how;
        at += length;
    }
  };

  while (at < tokens.length) {
    const token = tokens[at];
    if (token === undefined) break;
    if (token.kind === 'email') {
      push({ field: 'email', is: token.text }, at, at + 1);
      at += 1;
      continue;
    }
    if (token.kind === 'quoted') {
      push({ field: 'name', contains: token.text }, at, at + 1);
      at += 1;
      continue;
    }
    const span = times.spanAt(tokens, at);
    if (span !== null) {
      takeSpan(span.length, span.value);
      continue;
    }
    if (token.kind === 'mark' && meaning(at) === null) {
      if (token.text === ',' || token.text === ';') pieces.push({ kind: 'comma', at });
      at += 1;
      continue;
    }
    const word = meaning(at);
    const known = vocabulary.sensesAt(tokens, at);
    const label = known?.senses.find(({ value }) => value === null);
    const weak = word === null || word.meaning.kind === 'filler';
    const isPart = known?.senses.every(({ part }) => part) === true;
    if (known !== null && label !== undefined && known.length >= (word?.length ?? 0)) {
      takeField(label.field, known.length);
      continue;
    }
    // "tagged callback": what has been named before decides between a word of English and one of the workspace.
    const preferred = known !== null && prefer.some((field) => known.senses.some((sense) => sense.field === field));
    if (known !== null && label === undefined && (known.length > (word?.length ?? 0) || (known.length === word?.length && (weak || preferred))) && !(isPart && word !== null)) {
      takeSenses(known.length, known.senses);
      continue;
    }
    if (numberAt(tokens, at) !== null && (word === null || token.kind === 'number')) {
      takeNumber();
      continue;
    }
    if (word !== null) {
      takeMeaning(word.meaning, word.length);
      continue;
    }
    if (token.kind === 'word' && !token.text.startsWith("'")) unused.push(at);
    at += 1;
  }

  const concluded = conclude({ pieces, named, sort, by, figure, compared, extreme: extremeOpen });
  return { ...concluded, limit, follow, unused, assumptions: [...assumptions] };
}
