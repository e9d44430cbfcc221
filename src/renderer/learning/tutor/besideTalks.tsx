import { create } from 'zustand';

interface BesideTalks {
  /** The talk of each thing that the tutor was asked beside, by what it is. */
  readonly talks: Readonly<Record<string, string>>;
  readonly set: (beside: string, id: string) => void;
}

/** Talks beside something: whoever closes the tutor and opens it again there finds what was said. */
export const useBesideTalks = create<BesideTalks>((set) => ({
  talks: {},
  set: (beside, id) => { set(({ talks }) => ({ talks: { ...talks, [beside]: id } })); },
}));
