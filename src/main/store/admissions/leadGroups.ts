import { DateTime } from 'luxon';
import { emptyTally, type Grouping, type LeadTally } from '#domain/admissions/leads/groups';
import { unpackReach } from '#domain/admissions/leads/reach';
import { stages } from '#domain/admissions/leads/stages';
import type { RowScope } from '#main/app/scope';
import type { Store } from '../open';
import type { TestedLeads } from './heldLeads';
import { leadColumns } from './leadColumns';
import { fittingLeads, type LeadQuery } from './leadList';
import type { FilterSetting } from './leadTests';
import { tagSenses } from './tags';

const [enrolled, lost] = [stages.indexOf('enrolled'), stages.indexOf('lost')];

/** The keys of the groups that the lead at a position belongs to; 0 for those without a value. */
type GroupKeys = (position: number) => readonly number[];

const none: readonly number[] = [0];

/** Bands as keys of groups, in their order. */
export const bandKeys = { high: 1, medium: 2, low: 3 } as const;

/** A month as the key of a group: months since the year 0. */
export const monthParts = (key: number): { readonly year: number; readonly month: number } => ({ year: Math.floor(key / 12), month: (key % 12) + 1 });

/** The first millisecond of a month by the calendar of a zone. */
export function monthStart(key: number, timeZone: string): number {
  return DateTime.fromObject(monthParts(key), { zone: timeZone }).toMillis();
}

/** Tells the month of a moment by the calendar of a zone: by UTC first, and then whether the zone's month had begun. */
function monthsOf(timeZone: string): (at: number) => number {
  const starts = new Map<number, number>();
  const startOf = (key: number): number => {
    const known = starts.get(key) ?? monthStart(key, timeZone);
    starts.set(key, known);
    return known;
  };
  return (at) => {
    const date = new Date(at);
    const key = date.getUTCFullYear() * 12 + date.getUTCMonth();
    if (at < startOf(key)) return key - 1;
    return at >= startOf(key + 1) ? key + 1 : key;
  };
}

function groupKeys(by: Grouping, store: Store, { bands, timeZone }: FilterSetting, columns: TestedLeads): GroupKeys {
  const single = new Map<number, readonly number[]>();
  const one = (key: number): readonly number[] => {
    let list = single.get(key);
    if (list === undefined) single.set(key, (list = [key]));
    return list;
  };
  switch (by) {
    case 'stage': {
      const values = columns.wholes('stage');
      return (position) => one((values[position] ?? 0) + 1);
    }
    case 'band': {
      const scores = columns.numbersOf('score');
      return (position) => {
        const score = scores[position] ?? Number.NaN;
        return Number.isNaN(score) ? none : one(score >= bands.high ? bandKeys.high : score >= bands.medium ? bandKeys.medium : bandKeys.low);
      };
    }
    case 'month': {
      const moments = columns.numbersOf('enquiredAt');
      const month = monthsOf(timeZone);
      return (position) => {
        const at = moments[position] ?? Number.NaN;
        return Number.isNaN(at) ? none : one(month(at));
      };
    }
    case 'tags': {
      const { numbers, sets } = columns.tags;
      const senses = tagSenses(store);
      const groups = sets.map((keys) => {
        const tags = senses.ofAll(keys).map(({ key }) => key);
        return tags.length === 0 ? none : tags;
      });
      return (position) => groups[numbers[position] ?? 0] ?? none;
    }
    default: {
      const values = columns.wholes(by);
      return (position) => one(values[position] ?? 0);
    }
  }
}

/**
 * Sums of the leads that an actor sees and that fit, in all and by group; a lead with two tags counts in two groups and once in all.
 *
 * @param convertedStage position of the stage from which a lead counts as converted
 */
export function tallyGroups(store: Store, scope: RowScope, query: LeadQuery, by: Grouping | null, convertedStage: number, setting: FilterSetting): { readonly total: LeadTally; readonly groups: Map<number, LeadTally> } {
  const columns = leadColumns(store);
  const { marks } = fittingLeads(store, scope, query, setting, columns);
  const keysOf = by === null ? null : groupKeys(by, store, setting, columns);
  const [scores, chances, outcomes] = [columns.numbersOf('score'), columns.numbersOf('probability'), columns.numbersOf('converted')];
  const [stagesAt, reaches] = [columns.wholes('stage'), columns.wholes('reach')];
  const reachOf = Array.from({ length: 32 }, (_none, packed) => unpackReach(packed));
  const total = emptyTally();
  const groups = new Map<number, LeadTally>();
  const add = (tally: LeadTally, position: number): void => {
    const score = scores[position] ?? Number.NaN;
    const chance = chances[position] ?? Number.NaN;
    const said = outcomes[position] ?? Number.NaN;
    const stage = stagesAt[position] ?? 0;
    const reach = reachOf[(reaches[position] ?? 0) & 31];
    tally.leads += 1;
    if (!Number.isNaN(score)) {
      tally.scored += 1;
      tally.scores += score;
    }
    // As the queue has it: what is enrolled, lost or said to have converted is not to be won any more.
    if (!Number.isNaN(chance) && stage < enrolled && said !== 1) {
      tally.open += 1;
      tally.chances += chance;
    }
    if (!Number.isNaN(said) || stage >= convertedStage) tally.known += 1;
    if (said === 1 || (stage >= convertedStage && stage < lost)) tally.converted += 1;
    if (reach?.mayEmail === false) tally.refusedEmail += 1;
    else if (reach?.hasEmail === true) tally.mayEmail += 1;
    if (reach?.mayPhone === false) tally.refusedPhone += 1;
    else if (reach?.hasPhone === true) tally.mayPhone += 1;
  };
  for (let position = 0; position < columns.length; position += 1) {
    if (marks[position] !== 1) continue;
    add(total, position);
    if (keysOf === null) continue;
    for (const key of keysOf(position)) {
      let tally = groups.get(key);
      if (tally === undefined) groups.set(key, (tally = emptyTally()));
      add(tally, position);
    }
  }
  return { total, groups };
}
