import type { z } from 'zod';
import { phrase } from '#domain/kernel/phrase';
import { round } from '#domain/kernel/stats';
import type { timelineItem } from '#contract/admissions/leads';
import type { CallContext } from '#main/app/context';
import { say, words } from '#main/app/phrases';
import { inGoes } from '#domain/admissions/engagement/goes';
import { eventsOf, heldVerdict } from '#main/store/admissions/engagement';
import { importOfLead } from '#main/store/admissions/imports';
import { type KeyedLeadRow, rowsOfSelected } from '#main/store/admissions/leadRows';
import { mergesInto } from '#main/store/admissions/merges';
import { type ScoreVersion, scoreVersions } from '#main/store/admissions/scores';
import { listTouchpoints } from '#main/store/admissions/touchpoints';
import { holdsWords, notesOf } from './notes';

/** Events of which one item of the story may be made. */
const eventsPerItem = 20;

type TimelineItem = z.output<typeof timelineItem>;

/** The factor that moved most between two versions of a score, in words; null for the first version. */
function whyMoved(now: ScoreVersion, before: ScoreVersion | undefined): string | null {
  if (before === undefined) return null;
  const moves = now.factors.map((factor) => ({
    factor,
    by: factor.points - (before.factors.find((each) => each.factor === factor.factor)?.points ?? 0),
  }));
  const most = moves.sort((a, b) => Math.abs(b.by) - Math.abs(a.by))[0];
  return most === undefined || most.by === 0 ? null : say(most.factor.reason);
}

function scoreItems(context: CallContext, row: KeyedLeadRow, limit: number): TimelineItem[] {
  const versions = scoreVersions(context.store, row.key, limit + 1);
  return versions.slice(0, limit).map((version, index): TimelineItem => {
    const before = versions[index + 1];
    const params = { score: round(version.score), before: before === undefined ? 0 : round(before.score) };
    return {
      id: `score ${String(version.asOf)} ${String(index)}`,
      at: version.asOf,
      kind: 'score',
      title: say(phrase(before === undefined ? 'timeline.scored' : version.score > before.score ? 'timeline.scoreRose' : version.score < before.score ? 'timeline.scoreFell' : 'timeline.rescored', params)),
      detail: whyMoved(version, before),
      by: null,
      touchpointId: null,
      verdict: null,
      note: null,
    };
  });
}

/** Opens and clicks, those of one message that one verdict holds for and that came in one go as one item. */
function engagementItems(context: CallContext, row: KeyedLeadRow, limit: number): TimelineItem[] {
  const events = eventsOf(context.store, row.key, limit * eventsPerItem).filter(({ kind }) => kind !== 'delivered');
  return inGoes(events.map((event) => ({ ...event, verdict: heldVerdict(event) }))).map(([first, ...rest]): TimelineItem => {
    return {
      id: first.id,
      at: first.at,
      kind: 'engagement',
      title: say(phrase(`timeline.${first.kind}`, { count: rest.length + 1 })),
      detail: [first.message, first.overruled === null ? (first.verdict === 'human' || first.reason === null ? null : say(first.reason)) : say(phrase('timeline.overruled', { by: first.overruled.by ?? '' }))].filter((part) => part !== null).join(' · ') || null,
      by: null,
      touchpointId: null,
      verdict: first.verdict,
      note: null,
    };
  });
}

/** How far back a search of a story goes, for each kind of thing that is in it. */
const searchedItems = 5_000;

/** What happened with a lead and what was written down about it, newest first; with a search, where all of its words stand. */
export function timelineOf(context: CallContext, row: KeyedLeadRow, limit: number, search = ''): TimelineItem[] {
  const read = search === '' ? limit : searchedItems;
  const touchpoints = listTouchpoints(context.store, context.scope, row.key, read).map((touchpoint): TimelineItem => ({
    id: touchpoint.id,
    at: touchpoint.at,
    kind: 'touchpoint',
    title: [words(`touchpoints.${touchpoint.kind}.${touchpoint.direction}`), touchpoint.outcome === null ? null : words(`outcomes.${touchpoint.outcome}`)]
      .filter((part) => part !== null)
      .join(' · '),
    detail: touchpoint.note,
    by: touchpoint.by,
    touchpointId: touchpoint.id,
    verdict: null,
    note: null,
  }));
  const imported = importOfLead(context.store, row.key);
  const came: TimelineItem =
    imported === null
      ? { id: 'created', at: row.createdAt, kind: 'imported', title: words('timeline.created'), detail: null, by: null, touchpointId: null, verdict: null, note: null }
      : { id: 'imported', at: imported.at, kind: 'imported', title: say(phrase('timeline.imported', { file: imported.fileName })), detail: null, by: null, touchpointId: null, verdict: null, note: null };
  const merges = mergesInto(context.store, row.key).map((merge): TimelineItem => {
    const [other] = rowsOfSelected(context.store, [merge.mergedKey]);
    return { id: merge.id, at: merge.at, kind: 'merged', title: say(phrase('timeline.merged', { name: other?.name ?? '' })), detail: null, by: null, touchpointId: null, verdict: null, note: null };
  });
  const enquired: TimelineItem[] =
    row.enquiredAt === null || row.enquiredAt === row.createdAt
      ? []
      : [{ id: 'enquired', at: row.enquiredAt, kind: 'outcome', title: words('timeline.enquired'), detail: row.source, by: null, touchpointId: null, verdict: null, note: null }];
  const notes = notesOf(context, row.key).map((note): TimelineItem => ({
    id: note.id,
    at: note.createdAt,
    kind: 'note',
    title: words('timeline.note'),
    detail: note.text,
    by: note.author?.name ?? null,
    touchpointId: null,
    verdict: null,
    note,
  }));
  const rank: Readonly<Record<TimelineItem['kind'], number>> = { score: 0, merged: 1, note: 2, touchpoint: 3, engagement: 4, outcome: 5, imported: 6 };
  return [...touchpoints, ...engagementItems(context, row, read), ...notes, ...merges, ...scoreItems(context, row, read), came, ...enquired]
    .filter(({ title, detail, by }) => search === '' || holdsWords([title, detail, by].filter((part) => part !== null).join(' '), search))
    .sort((a, b) => b.at - a.at || rank[a.kind] - rank[b.kind])
    .slice(0, limit);
}
