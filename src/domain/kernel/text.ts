/** Words of plain letters, one space between them: most of what files hold, and folded by lower case alone. */
const plainWords = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

/**
 * The form in which two spellings of one text are equal: compatibility-composed, without diacritics, lower case, single spaces.
 * "  Zoë O’Brien " and "zoe o'brien" fold to the same.
 */
export function fold(text: string): string {
  if (plainWords.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[\u2018\u2019\u02BC]/g, "'")
    .replace(/[\u2010-\u2015]/g, '-')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}
