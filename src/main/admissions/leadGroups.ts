import { type Grouping, type GroupSort, sortGroups, summarise } from '#domain/admissions/leads/groups';
import { stages } from '#domain/admissions/leads/stages';
import type { TriageConfiguration } from '#domain/admissions/triage/configuration';
import type { LeadGroup, LeadTotals } from '#contract/admissions/leadGroups';
import type { Filter } from '#contract/filter';
import type { CallContext } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { words } from '#main/app/phrases';
import { type NamedTable, namesByKey } from '#main/store/admissions/catalogue';
import { currentConfiguration } from '#main/store/admissions/configuration';
import { bandKeys, monthParts, monthStart, tallyGroups } from '#main/store/admissions/leadGroups';
import type { LeadQuery } from '#main/store/admissions/leadList';
import type { FilterSetting } from '#main/store/admissions/leadTests';
import { tagSenses } from '#main/store/admissions/tags';
import type { Store } from '#main/store/open';
import { listTeams, listUsers } from '#main/store/platform/users';

/** Groups that are answered at once: more than anybody looks through. */
const mostGroups = 1_000;

/** What a group is called and how its leads are found. */
interface Named {
  readonly key: string;
  readonly label: string | null;
  readonly filter: Filter;
  readonly place: number | null;
}

const tables = { source: 'sources', course: 'courses', campus: 'campuses', country: 'countries', city: 'cities' } as const satisfies Readonly<Partial<Record<Grouping, NamedTable>>>;

/** Names the groups of a field by their keys. */
function naming(by: Grouping, store: Store, timeZone: string): (key: number) => Named {
  const field = by === 'month' ? 'enquiredAt' : by;
  const missing: Named = { key: '', label: null, filter: { field, isEmpty: true }, place: null };
  const named = (key: string, label: string, place: number | null = null): Named => ({ key, label, filter: { field, is: key }, place });
  const known = (names: ReadonlyMap<number, { readonly id: string; readonly name: string }>) => (key: number): Named => {
    const found = names.get(key);
    return found === undefined ? missing : named(found.id, found.name);
  };
  switch (by) {
    case 'stage':
      return (key) => {
        const stage = stages[key - 1];
        return stage === undefined ? missing : named(stage, words(`values.${stage}`), key);
      };
    case 'band':
      return (key) => {
        const band = (Object.keys(bandKeys) as (keyof typeof bandKeys)[]).find((each) => bandKeys[each] === key);
        return band === undefined ? missing : named(band, words(`values.${band}`), key);
      };
    case 'month':
      return (key) => {
        if (key === 0) return missing;
        const { year, month } = monthParts(key);
        const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
        return { key: text, label: text, filter: { field, between: [monthStart(key, timeZone), monthStart(key + 1, timeZone) - 1] }, place: key };
      };
    case 'owner':
      return known(new Map(listUsers(store, true).map((user) => [user.key, user])));
    case 'team':
      return known(new Map(listTeams(store).map((team) => [team.key, team])));
    case 'tags': {
      const senses = tagSenses(store);
      return (key) => {
        const tag = senses.of(key);
        return tag === null ? missing : named(tag.name, tag.name);
      };
    }
    default: {
      const names = namesByKey(store, tables[by]);
      return (key) => {
        const name = names.get(key);
        return name === undefined ? missing : named(name, name);
      };
    }
  }
}

export interface GroupsQuery extends LeadQuery {
  readonly by?: Grouping | undefined;
  readonly order?: { readonly field: GroupSort; readonly direction: 'ascending' | 'descending' } | undefined;
}

/** The leads of a filter in groups, with what each comes to. */
export function groupsOf(parts: HandlerParts, { store, scope }: CallContext, { by, order, ...query }: GroupsQuery, setting: FilterSetting): { readonly groups: LeadGroup[]; readonly more: number; readonly total: LeadTotals } {
  const prior = currentConfiguration<TriageConfiguration>(store, 'triage').value.source;
  const tallies = tallyGroups(store, scope, query, by ?? null, stages.indexOf(parts.workspace.settings().convertedStage), setting);
  const { total, groups } = summarise(tallies.total, tallies.groups, prior);
  if (by === undefined) return { groups: [], more: 0, total };
  const name = naming(by, store, setting.timeZone);
  const rows = [...groups].map(([key, totals]) => ({ ...totals, ...name(key) }));
  const sorted = sortGroups(rows, order?.field ?? 'natural', order?.direction === 'descending');
  return { groups: sorted.slice(0, mostGroups).map(({ place: _place, ...group }) => group), more: Math.max(0, sorted.length - mostGroups), total };
}
