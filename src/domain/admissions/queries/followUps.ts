import { phrase, type Phrase } from '#domain/kernel/phrase';
import { type AskedFilter, partsOfAll } from './filters';
import type { Asked } from './reading';

/** What is known of the leads that fit, for the questions that go on from them. */
export interface Found {
  readonly total: number;
  /** The most frequent source and course, where the leads have several. */
  readonly source: string | null;
  readonly course: string | null;
  /** How many of them are stalled, and how many are of high priority. */
  readonly stalled: number;
  readonly high: number;
}

/** Questions that are offered at once. */
const mostFollowUps = 5;

function fieldsOf(filter: AskedFilter | null): Set<string> {
  const fields = new Set<string>();
  const collect = (each: AskedFilter): void => {
    if ('field' in each) fields.add(each.field);
    else if ('not' in each) collect(each.not);
    else for (const part of 'all' in each ? each.all : each.any) collect(part);
  };
  for (const part of partsOfAll(filter)) collect(part);
  return fields;
}

/** Questions that go on from an answer and change it: nothing that is asked already, nothing that finds nobody or everybody. */
export function followUps(asked: Asked, { total, source, course, stalled, high }: Found): Phrase[] {
  if (total === 0) return asked.filter === null ? [] : [phrase('queries.next.everyone')];
  const fields = fieldsOf(asked.filter);
  const next: Phrase[] = [];
  const divides = (some: number): boolean => some > 0 && some < total;
  if (!fields.has('band') && !fields.has('score') && divides(high)) next.push(phrase('queries.next.high'));
  if (!fields.has('blocker') && divides(stalled)) next.push(phrase('queries.next.stalled'));
  if (!fields.has('source') && source !== null) next.push(phrase('queries.next.source', { source }));
  if (!fields.has('course') && course !== null) next.push(phrase('queries.next.course', { course }));
  if (asked.by === null && total > 1) next.push(phrase(fields.has('source') ? 'queries.next.scoreByCourse' : 'queries.next.scoreBySource'));
  if (asked.by !== null && asked.figure !== 'rate') next.push(phrase('queries.next.rate'));
  if (asked.sort === null && asked.by === null && total > 1) next.push(phrase('queries.next.likely'));
  if (!fields.has('lastContactedAt')) next.push(phrase('queries.next.uncontacted'));
  return next.slice(0, mostFollowUps);
}
