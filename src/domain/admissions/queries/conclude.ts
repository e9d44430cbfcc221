import { stages } from '../leads/stages';
import { anyOf } from './filters';
import { groupedFields } from './lexicon';
import type { Figure, Grouped, Ordered } from './reading';
import type { Piece } from './scan';

/** What has been gathered from the words of a question. */
export interface Gathered {
  readonly pieces: readonly Piece[];
  /** Fields that are named and nothing is said of. */
  readonly named: readonly string[];
  readonly sort: Ordered | null;
  readonly by: Grouped | null;
  readonly figure: Figure | null;
  /** Whether values are to be compared: "UCAS versus referral". */
  readonly compared: boolean;
  /** Whether the best or the worst are asked for. */
  readonly extreme: boolean;
}

type Concluded = Pick<Gathered, 'pieces' | 'named' | 'sort' | 'by' | 'figure'>;

/** Values of one field that are compared become groups of that field. */
function comparedGroups({ pieces, by }: Gathered): { readonly pieces: readonly Piece[]; readonly by: Grouped } | null {
  const conditions = pieces.filter((piece) => piece.kind === 'condition');
  const fields = new Set(conditions.map(({ filter }) => ('field' in filter ? filter.field : '')));
  const [only] = fields;
  const group = by !== null || only === undefined || fields.size > 1 ? undefined : groupedFields[only];
  const whole = anyOf(conditions.map(({ filter }) => filter));
  const [first, last] = [conditions[0], conditions.at(-1)];
  if (group === undefined || whole === null || first === undefined || last === undefined) return null;
  return { by: group, pieces: [{ kind: 'condition', filter: whole, from: first.from, to: last.to }] };
}

/** What the words come to together: a figure of a field that is named is a figure by groups, and the best of groups is the first of them. */
export function conclude(gathered: Gathered): Concluded {
  const groups = gathered.compared ? comparedGroups(gathered) : null;
  const pieces = groups?.pieces ?? gathered.pieces;
  const named = [...gathered.named];
  let { figure } = gathered;
  let by = groups?.by ?? gathered.by;
  if (figure !== null && by === null) {
    const place = named.findIndex((field) => groupedFields[field] !== undefined);
    by = groupedFields[named[place] ?? ''] ?? null;
    if (by !== null) named.splice(place, 1);
  }
  if (by === null) return { pieces, named, sort: gathered.sort, by, figure };
  // "How does the score differ between campuses": what is named is what is asked for.
  const scored = named.indexOf('score');
  if (scored >= 0 && (figure === null || figure === 'leads')) {
    figure = 'meanScore';
    named.splice(scored, 1);
  }
  return { pieces, named, sort: gathered.extreme ? null : gathered.sort, by, figure: figure ?? 'leads' };
}

/** Stages at and after one on the way to enrolment, or at and before it. */
export function reaching(stage: string, later: boolean): string[] {
  const place = stages.findIndex((each) => each === stage);
  return stages.filter((each, index) => each !== 'lost' && (later ? index >= place : index <= place));
}
