import { type RefObject, useEffect, useRef } from 'react';
import { scrollWithin } from './scrollWithin';

/**
 * Keeps a talk where one reads: at its end while an answer is written, and from the question on once it is there, because a long answer is
 * read from its beginning.
 *
 * @param count messages of the talk
 */
export function useTalkScroll(count: number, busy: boolean, arriving: string): { readonly list: RefObject<HTMLOListElement | null>; readonly bottom: RefObject<HTMLDivElement | null> } {
  const list = useRef<HTMLOListElement>(null);
  const bottom = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (busy) scrollWithin(bottom.current, 'end');
  }, [arriving, busy]);
  useEffect(() => {
    scrollWithin(list.current?.children[count - 2], 'start');
  }, [count]);
  return { list, bottom };
}

interface TalkEndProps {
  /** What went wrong with the last question. */
  readonly problem: string | null;
  /** Questions to go on with, under their name. */
  readonly next: readonly string[];
  readonly label: string;
  readonly onAsk: (question: string) => void;
}

/** Below the messages of a talk: what went wrong, and what one could ask next. */
export function TalkEnd({ problem, next, label, onAsk }: TalkEndProps) {
  return (
    <>
      {problem !== null && (
        <p role="alert" className="rounded-md border border-critical/40 bg-critical/5 px-3 py-2 text-critical">
          {problem}
        </p>
      )}
      {next.length > 0 && (
        <ul aria-label={label} className="flex flex-wrap gap-2">
          {next.map((one) => (
            <li key={one} className="max-w-full">
              <button type="button" className="min-h-7 rounded-md border border-line-strong/60 bg-surface px-2.5 py-1 text-left text-sm hover:bg-sunken" onClick={() => { onAsk(one); }}>
                {one}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
