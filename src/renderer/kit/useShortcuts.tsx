import { useEffect, useRef } from 'react';
import { create } from 'zustand';

/** What one key does here. Keys are as `KeyboardEvent.key` names them; `mod+k` is ⌘K or Ctrl K. */
export interface Shortcut {
  readonly keys: string;
  readonly label: string;
  readonly run: () => void;
  /** Also while somebody types in a field. */
  readonly inFields?: boolean;
  /** Only while nothing that could be pressed has the focus: Enter presses the button that one is on. */
  readonly atRest?: boolean;
}

interface Active {
  readonly groups: ReadonlyMap<symbol, readonly Shortcut[]>;
  readonly set: (owner: symbol, shortcuts: readonly Shortcut[] | null) => void;
}

const useActive = create<Active>((set) => ({
  groups: new Map(),
  set: (owner, shortcuts) => {
    set(({ groups }) => {
      const changed = new Map(groups);
      if (shortcuts === null) changed.delete(owner);
      else changed.set(owner, shortcuts);
      return { groups: changed };
    });
  },
}));

/** Whether a key belongs to the field that has the keyboard. A choice takes the arrows alone, a box to tick takes no letter. */
function isForField({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement && target.type === 'checkbox') return false;
  if (target instanceof HTMLInputElement && target.type === 'radio') return key.startsWith('Arrow');
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

function isAtRest(target: EventTarget | null): boolean {
  return target === document.body || (target instanceof HTMLElement && target.matches('main, [role="grid"], [role="treegrid"]'));
}

function matches(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split('+');
  const key = keys === '+' ? '+' : (parts.at(-1) ?? '');
  const mod = parts.includes('mod');
  if (mod !== (event.metaKey || event.ctrlKey) || event.altKey) return false;
  return event.key === key || (key.length === 1 && event.key.toLowerCase() === key && !(event.shiftKey && /[a-z]/.test(key)));
}

/** Listens to the keyboard while a screen is shown. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const current = useRef(shortcuts);
  const owner = useRef(Symbol('shortcuts'));
  const { set } = useActive.getState();
  useEffect(() => {
    current.current = shortcuts;
  });
  const labels = shortcuts.map(({ keys, label }) => `${keys} ${label}`).join('|');
  useEffect(() => {
    const mine = owner.current;
    set(mine, current.current);
    return () => {
      set(mine, null);
    };
  }, [set, labels]);
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const typing = isForField(event);
      const found = current.current.find(({ keys, inFields, atRest }) => (!typing || inFields === true) && (atRest !== true || isAtRest(event.target)) && matches(event, keys));
      if (found === undefined) return;
      // A dialog or a menu has the keyboard to itself.
      if (document.querySelector('[role="dialog"], [role="menu"]') !== null && found.inFields !== true) return;
      // What is being written stops first.
      if (event.key === 'Escape' && document.querySelector('[data-stops-at-escape]') !== null) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      found.run();
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => {
      window.removeEventListener('keydown', listen, { capture: true });
    };
  }, []);
}

/** Gives the keyboard to the screen: once a cursor moves by keys, Enter means what is under it, not the link that was pressed before. */
export function letGoOfFocus(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/** Every key that does something right now, for the list that `?` shows. */
export function useActiveShortcuts(): readonly Shortcut[] {
  return [...useActive(({ groups }) => groups).values()].flat();
}
