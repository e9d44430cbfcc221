import type { NameKnowledge } from '#domain/platform/redaction/types';
import { nameLists } from '#main/language/nameLists';

/** What the program knows of names, with these people in its workspace: given name and family name, without accents, in small letters. */
export function knowledge(people: readonly (readonly [string, string])[] = []): NameKnowledge {
  const { firstNames, ordinaryWords, words } = nameLists();
  return {
    isFirstName: (word) => firstNames.has(word),
    isOrdinary: (word) => ordinaryWords.has(word),
    isWord: (word) => words.has(word),
    isKnownPerson: (given, family) => people.some((person) => person[0] === given && person[1] === family),
  };
}
