import { useState } from 'react';
import type { LeadChoice } from '#contract/admissions/leadChoice';
import type { LeadGroup } from '#contract/admissions/leadGroups';
import type { Filter } from '#contract/filter';
import { useEntry } from '#renderer/data/hooks';

interface Chosen {
  /** Every lead that fits, save the exceptions. */
  readonly all: boolean;
  /** Groups by their keys, with the conditions of their leads: all of each, save the exceptions. */
  readonly groups: ReadonlyMap<string, Filter>;
  readonly except: ReadonlySet<string>;
  /** Leads that are chosen one by one. */
  readonly named: ReadonlySet<string>;
}

/** What fits: the filter and the search of the moment. */
export interface Fitting {
  readonly filter?: Filter;
  readonly search?: string;
}

export interface Selection {
  readonly has: (id: string, group: string | null) => boolean;
  readonly hasGroup: (group: string) => boolean;
  /** How many are chosen of those that fit. */
  readonly count: number;
  readonly toggle: (id: string, group: string | null) => void;
  readonly toggleGroup: (group: LeadGroup, groups: readonly LeadGroup[]) => void;
  readonly toggleAll: () => void;
  readonly clear: () => void;
  /** The chosen leads, as the core takes them. */
  readonly choice: LeadChoice;
}

const none: ReadonlySet<string> = new Set();
const nothing: Chosen = { all: false, groups: new Map(), except: none, named: none };

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** The condition of everything that fits and lies in one of some groups. */
function within({ filter, search }: Fitting, groups: ReadonlyMap<string, Filter>): Fitting {
  const any: Filter = { any: [...groups.values()] };
  return { filter: filter === undefined ? any : { all: [filter, any] }, ...(search === undefined ? {} : { search }) };
}

/** Which leads are chosen for what is done with many at once. */
export function useSelection(fitting: Fitting, total: number): Selection {
  const [chosen, setChosen] = useState(nothing);
  const { all, groups, except, named } = chosen;
  const covers = (group: string | null): boolean => all || (group !== null && groups.has(group));
  const ofGroups = useEntry('admissions.leads.list', { ...within(fitting, groups), limit: 1 }, { enabled: !all && groups.size > 0, keep: true });
  const grouped = groups.size === 0 ? 0 : (ofGroups.data?.total ?? 0);
  return {
    has: (id, group) => (covers(group) ? !except.has(id) : named.has(id)),
    hasGroup: (group) => covers(group),
    count: all ? Math.max(0, total - except.size) : Math.max(0, grouped - except.size) + named.size,
    toggle: (id, group) => { setChosen(covers(group) ? { ...chosen, except: toggled(except, id) } : { ...chosen, named: toggled(named, id) }); },
    toggleGroup: (group, every) => {
      const next = new Map(all ? every.map(({ key, filter }) => [key, filter] as const) : groups);
      if (!next.delete(group.key)) next.set(group.key, group.filter);
      setChosen({ ...chosen, all: false, groups: next, ...(next.size === 0 ? { except: none } : {}) });
    },
    toggleAll: () => { setChosen(all && except.size === 0 ? nothing : { ...nothing, all: true }); },
    clear: () => { setChosen(nothing); },
    choice: all
      ? { matching: { ...fitting, except: [...except] } }
      : { ...(groups.size === 0 ? {} : { matching: { ...within(fitting, groups), except: [...except] } }), ...(named.size === 0 ? {} : { ids: [...named] }) },
  };
}
