import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type Theme = 'system' | 'light' | 'dark';
export type Density = 'comfortable' | 'compact';

interface Preferences {
  readonly theme: Theme;
  readonly density: Density;
  readonly navigationFolded: boolean;
  readonly lastEmail: string;
  /** Columns of the lead table that are shown, in order. */
  readonly leadColumns: readonly string[];
  /** Widths of its columns that somebody has changed, in pixels. */
  readonly leadWidths: Readonly<Record<string, number>>;
  readonly set: (changes: Partial<Omit<Preferences, 'set'>>) => void;
}

export const defaultLeadColumns = ['name', 'score', 'probability', 'stage', 'source', 'course', 'owner', 'lastActivityAt'] as const;

/** What a person likes on this machine. Nothing of a lead is among it. */
export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      theme: 'system',
      density: 'comfortable',
      navigationFolded: false,
      lastEmail: '',
      leadColumns: defaultLeadColumns,
      leadWidths: {},
      set: (changes) => {
        set(changes);
      },
    }),
    { name: 'ivy-preferences', version: 1 },
  ),
);

/** Puts the theme on the document, and follows the system where that is what the person chose. */
export function applyTheme(theme: Theme): () => void {
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const apply = (): void => {
    const dark = theme === 'dark' || (theme === 'system' && system.matches);
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  };
  apply();
  system.addEventListener('change', apply);
  return () => {
    system.removeEventListener('change', apply);
  };
}
