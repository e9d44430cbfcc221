import type { NameKnowledge } from '#domain/platform/redaction/types';
import { nameKnowledge } from '#main/language/nameLists';

/** What the program knows of names, with these people in its workspace: given name and family name, without accents, in small letters. */
export function knowledge(people: readonly (readonly [string, string])[] = []): NameKnowledge {
  return nameKnowledge((given, family) => people.some((person) => person[0] === given && person[1] === family));
}
