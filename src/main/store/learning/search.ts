import type { Reader, Writer } from '../tx';

/** What a search finds, by the number that is in its row id. */
export const searchKinds = { section: 0, question: 1, flashcard: 2 } as const;
export type SearchKind = keyof typeof searchKinds;
type KindNumber = (typeof searchKinds)[SearchKind];

const kindsPerKey = 4;

/** Takes the words of something into the full text, in place of those it had. */
export function keepSearched(writer: Writer, kind: KindNumber, key: number, courseKey: number, title: string, body: string): void {
  forgetSearched(writer, kind, key);
  writer.run('insert into study_search (rowid, course_key, title, body) values (?, ?, ?, ?)', key * kindsPerKey + kind, courseKey, title, body);
}

export function forgetSearched(writer: Writer, kind: KindNumber, key: number): void {
  writer.run('delete from study_search where rowid = ?', key * kindsPerKey + kind);
}

/** The marks around a word that was found, in a piece of text; no text of a pack holds them. */
export const foundMarks = { from: '\u0002', to: '\u0003' } as const;

export interface Found {
  readonly kind: SearchKind;
  readonly key: number;
  readonly courseKey: number;
  /** A piece of the text with {@link foundMarks} around what was found. */
  readonly excerpt: string;
}

const kindNames = Object.keys(searchKinds) as SearchKind[];

/** No ending that the index strips from a word is longer; a stem has so many letters at the least. */
const longestEnding = 5;
const shortestStem = 4;

/**
 * What somebody typed as queries, to be tried one after the other: every word must be there, the last one may be unfinished. The index
 * knows words by their stems, so an unfinished word that is longer already than its stem ("resonan" of "reson") is tried by its beginnings.
 * Empty where there is no word.
 */
function searchQueries(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const last = words.at(-1);
  if (last === undefined) return [];
  const before = words.slice(0, -1).map((word) => `"${word}"`);
  const beginnings = Array.from({ length: longestEnding }, (_none, index) => last.slice(0, last.length - index - 1)).filter((word) => word.length >= shortestStem);
  return [`"${last}"*`, ...beginnings.map((word) => `"${word}"`)].map((unfinished) => [...before, unfinished].join(' AND '));
}

/** The first query of what somebody typed that finds anything in some courses, or the strictest; null where they typed no word. */
export function searchQuery(reader: Reader, courseKeys: readonly number[], text: string): string | null {
  const queries = searchQueries(text);
  const courses = JSON.stringify(courseKeys);
  return queries.find((query) => reader.value<number>('select 1 from study_search where study_search match ? and course_key in (select value from json_each(?)) limit 1', query, courses) === 1) ?? queries[0] ?? null;
}

/**
 * Looks through the full text of some courses, the best first; a word in a title weighs five times.
 *
 * @param courseKeys courses that the asker may study
 */
export function searchContent(reader: Reader, courseKeys: readonly number[], query: string, limit: number, offset: number): { readonly items: Found[]; readonly total: number } {
  const courses = JSON.stringify(courseKeys);
  const total = reader.value<number>('select count(*) from study_search where study_search match ? and course_key in (select value from json_each(?))', query, courses) ?? 0;
  const items = reader
    .all<{ rowid: number; courseKey: number; excerpt: string }>(
      `select rowid, course_key as courseKey, snippet(study_search, 2, ?, ?, '…', 24) as excerpt from study_search
       where study_search match ? and course_key in (select value from json_each(?)) order by bm25(study_search, 0, 5, 1), rowid limit ? offset ?`,
      foundMarks.from,
      foundMarks.to,
      query,
      courses,
      limit,
      offset,
    )
    .map(({ rowid, courseKey, excerpt }) => ({ kind: kindNames[rowid % kindsPerKey] ?? 'section', key: Math.floor(rowid / kindsPerKey), courseKey, excerpt }));
  return { items, total };
}
