/** A pattern for `like … escape '\\'` that fits every text which holds these words as they are. */
export function containing(words: string): string {
  return `%${words.replace(/[\\%_]/gu, '\\$&')}%`;
}
