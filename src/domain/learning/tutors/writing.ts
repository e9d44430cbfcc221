/** What a tutor writes: Markdown with `[1]` where it leans on a source, and at its end lines of `>>` that somebody could ask next. */
export interface Written {
  readonly text: string;
  readonly followUps: readonly string[];
}

const mostFollowUps = 3;
const longestFollowUp = 160;
const followUp = /^\s*>>\s?(.*)$/u;

/** Parts an answer from the questions at its end. */
export function partWriting(answer: string): Written {
  const lines = answer.trimEnd().split('\n');
  const followUps: string[] = [];
  while (lines.length > 0) {
    const line = lines.at(-1) ?? '';
    const found = followUp.exec(line)?.[1]?.trim();
    if (found !== undefined) {
      if (found !== '') followUps.unshift(found.slice(0, longestFollowUp));
    } else if (line.trim() !== '') break;
    lines.pop();
  }
  return { text: lines.join('\n').trimEnd(), followUps: [...new Set(followUps)].slice(0, mostFollowUps) };
}

/** What of an answer under way can be shown: not the beginning of the questions at its end. */
export function shownSoFar(answer: string): string {
  const at = /(?:^|\n)\s*>(?:>.*)?(?:\n\s*>.*)*$/u.exec(answer);
  return at === null ? answer : answer.slice(0, at.index);
}

const mark = /(?<![\p{L}\p{N}\])])\[(\d{1,2})\](?!\()/gu;

/** Does something with the text that is no code. */
function outsideCode(text: string, change: (piece: string) => string): string {
  return text
    .split(/(```[\s\S]*?(?:```|$)|`[^`\n]*`)/u)
    .map((piece, index) => (index % 2 === 1 ? piece : change(piece)))
    .join('');
}

/**
 * Takes out marks of sources that there are not, and says which of those that there are a text leans on.
 *
 * @param sources how many there are; they are numbered from 1
 */
export function checkMarks(text: string, sources: number): { readonly text: string; readonly used: readonly number[] } {
  const used = new Set<number>();
  const checked = outsideCode(text, (piece) =>
    piece.replace(mark, (whole, digits: string) => {
      const number = Number(digits);
      if (number < 1 || number > sources) return '';
      used.add(number);
      return whole;
    }),
  );
  return { text: checked, used: [...used].sort((a, b) => a - b) };
}

/** The same text with each mark of a source as a link to it. */
export function linkMarks(text: string, hrefOf: (number: number) => string | null): string {
  return outsideCode(text, (piece) =>
    piece.replace(mark, (whole, digits: string) => {
      const href = hrefOf(Number(digits));
      return href === null ? whole : `[${digits}](${href})`;
    }),
  );
}
