import { create } from 'zustand';

interface LibraryPlace {
  readonly search: string;
  readonly courseId: string | null;
  readonly set: (changes: Partial<Pick<LibraryPlace, 'search' | 'courseId'>>) => void;
}

/** Where one was in the library: whoever has read a section comes back to what they were looking for. */
export const useLibrary = create<LibraryPlace>((set) => ({
  search: '',
  courseId: null,
  set: (changes) => { set(changes); },
}));
