import { useCallback, useEffect, useState } from 'react';
import { create } from 'zustand';

interface Streams {
  readonly texts: Readonly<Record<string, string>>;
  readonly open: (streamId: string) => void;
  readonly close: (streamId: string) => void;
  readonly heard: (event: { readonly streamId: string; readonly text: string }) => void;
}

/** Answers that are being written right now, by the name that the asking screen gave them. Others’ streams are not heard. */
export const useStreams = create<Streams>()((set) => ({
  texts: {},
  open: (streamId) => {
    set(({ texts }) => ({ texts: { ...texts, [streamId]: '' } }));
  },
  close: (streamId) => {
    set(({ texts }) => ({ texts: Object.fromEntries(Object.entries(texts).filter(([id]) => id !== streamId)) }));
  },
  heard: ({ streamId, text }) => {
    set(({ texts }) => (Object.hasOwn(texts, streamId) ? { texts: { ...texts, [streamId]: (texts[streamId] ?? '') + text } } : {}));
  },
}));

/**
 * The text of an answer while it is being written. Call `begin` before each question and hand its id on as the entry’s `streamId`; the
 * text empties when the next one begins.
 */
export function useStreamedText(): { readonly text: string; begin(): string } {
  const [streamId, setStreamId] = useState<string | null>(null);
  const { open, close } = useStreams.getState();
  const text = useStreams(({ texts }) => (streamId === null ? '' : (texts[streamId] ?? '')));
  useEffect(
    () => () => {
      if (streamId !== null) close(streamId);
    },
    [streamId, close],
  );
  const begin = useCallback(() => {
    const id = crypto.randomUUID();
    open(id);
    setStreamId(id);
    return id;
  }, [open]);
  return { text, begin };
}
