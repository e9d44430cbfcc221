import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import type { OutputOf } from '#contract/index';
import { call, CallFailure, messageOf } from '#renderer/data/client';
import { useStreamedText } from '#renderer/data/streams';

interface Chat {
  /** What was just asked and has no answer yet; null where nothing was. */
  readonly asking: string | null;
  /** The answer as far as it has come. */
  readonly arriving: string;
  readonly problem: string | null;
  /** The newest answer that is whole, for those who listen. */
  readonly latest: string | null;
  /** Resolves to whether an answer came. */
  readonly ask: (text: string, leadId: string | undefined) => Promise<boolean>;
  readonly stop: () => void;
}

/** A chat as the panel holds it: asks, hears the answer while it is written, stops it, and keeps what came. */
export function useChat(begun: string | null, onBegun: (id: string) => void): Chat {
  const client = useQueryClient();
  const stream = useStreamedText();
  const [asking, setAsking] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [latest, setLatest] = useState<string | null>(null);
  const control = useRef<AbortController | null>(null);
  const stop = useCallback(() => { control.current?.abort(); }, []);
  return {
    asking,
    arriving: asking === null ? '' : stream.text,
    problem,
    latest,
    stop,
    ask: async (text, leadId) => {
      if (control.current !== null) return false;
      const id = begun ?? crypto.randomUUID();
      const own = new AbortController();
      control.current = own;
      setAsking(text);
      setProblem(null);
      setLatest(null);
      try {
        const { chat, question, answer } = await call('admissions.chats.ask', { text, chatId: id, streamId: stream.begin(), ...(leadId === undefined ? {} : { leadId }) }, own.signal);
        client.setQueryData<OutputOf<'admissions.chats.get'>>(['admissions.chats.get', { id }], (before) => ({ chat, messages: [...(before?.messages ?? []).filter((one) => one.id !== question.id && one.id !== answer.id), question, answer] }));
        setLatest(answer.text);
        if (begun === null) onBegun(id);
        return true;
      } catch (error) {
        if (!(error instanceof CallFailure && error.code === 'cancelled')) {
          setProblem(messageOf(error));
          return false;
        }
        // What had been written was kept, where there was any.
        const kept = await call('admissions.chats.get', { id }).catch(() => null);
        if (kept === null) return false;
        client.setQueryData(['admissions.chats.get', { id }], kept);
        if (begun === null) onBegun(id);
        return kept.messages.at(-2)?.text === text;
      } finally {
        control.current = null;
        setAsking(null);
      }
    },
  };
}
