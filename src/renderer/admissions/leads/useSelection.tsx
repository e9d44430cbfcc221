import { useState } from 'react';
import type { Filter } from '#contract/filter';
import { call } from '#renderer/data/client';

interface Chosen {
  /** Every lead that fits, save the named ones; or only the named ones. */
  readonly all: boolean;
  readonly named: ReadonlySet<string>;
}

export interface Selection {
  readonly has: (id: string) => boolean;
  /** How many are chosen of those that fit. */
  readonly count: (total: number) => number;
  readonly toggle: (id: string) => void;
  readonly toggleAll: () => void;
  readonly clear: () => void;
  /** The chosen ids; where all are chosen they are read page by page. */
  readonly ids: (input: { readonly filter?: Filter; readonly search?: string }) => Promise<string[]>;
}

const nothing: Chosen = { all: false, named: new Set() };
/** The most rows a page may carry. */
const pageSize = 500;

/** Which leads are chosen for what is done with many at once. */
export function useSelection(): Selection {
  const [chosen, setChosen] = useState(nothing);
  return {
    has: (id) => chosen.named.has(id) !== chosen.all,
    count: (total) => (chosen.all ? Math.max(0, total - chosen.named.size) : chosen.named.size),
    toggle: (id) => {
      setChosen(({ all, named }) => {
        const next = new Set(named);
        if (!next.delete(id)) next.add(id);
        return { all, named: next };
      });
    },
    toggleAll: () => {
      setChosen(({ all, named }) => (all && named.size === 0 ? nothing : { all: true, named: new Set() }));
    },
    clear: () => {
      setChosen(nothing);
    },
    ids: async (input) => {
      if (!chosen.all) return [...chosen.named];
      const ids: string[] = [];
      let after: string | undefined;
      for (;;) {
        const page = await call('admissions.leads.list', { ...input, limit: pageSize, ...(after === undefined ? {} : { after }) });
        for (const { id } of page.items) if (!chosen.named.has(id)) ids.push(id);
        if (page.nextKey === null) return ids;
        after = page.nextKey;
      }
    },
  };
}
