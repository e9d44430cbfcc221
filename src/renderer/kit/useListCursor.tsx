import { useState } from 'react';

export interface ListCursor {
  readonly index: number;
  readonly moveTo: (index: number) => void;
  readonly moveBy: (steps: number) => void;
  /** Back to the first, whatever it is. */
  readonly reset: () => void;
}

const atFirst: { readonly id: string | null; readonly index: number } = { id: null, index: 0 };

/**
 * Which row of a list that one works down is open. When it leaves the list, the one that slides into its place is.
 *
 * @param elementId the id of a row's element, which is brought into sight
 */
export function useListCursor(ids: readonly string[], elementId: (id: string) => string): ListCursor {
  const [at, setAt] = useState(atFirst);
  const found = at.id === null ? -1 : ids.indexOf(at.id);
  const index = found >= 0 ? found : Math.max(0, Math.min(at.index, ids.length - 1));
  const moveTo = (to: number): void => {
    const next = Math.max(0, Math.min(to, ids.length - 1));
    const id = ids[next] ?? null;
    setAt({ id, index: next });
    if (id !== null) requestAnimationFrame(() => document.getElementById(elementId(id))?.scrollIntoView({ block: 'nearest' }));
  };
  return { index, moveTo, moveBy: (steps) => { moveTo(index + steps); }, reset: () => { setAt(atFirst); } };
}
