import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { InputOf, OutputOf } from '#contract/index';
import { call, CallFailure, messageOf } from '#renderer/data/client';
import { useStreamedText } from '#renderer/data/streams';

type Talk = OutputOf<'learning.tutors.get'>;
type Ask = Omit<InputOf<'learning.tutors.ask'>, 'conversationId' | 'streamId'>;

interface TalkState {
  /** The conversation; null before the first question. */
  readonly id: string | null;
  /** What was just asked and has no answer yet; null where nothing was. */
  readonly asking: string | null;
  /** The answer as far as it has come. */
  readonly arriving: string;
  readonly problem: string | null;
  /** The newest answer that is whole, for those who listen. */
  readonly latest: string | null;
  /** Resolves to whether an answer came. */
  readonly ask: (question: Ask, shown: string) => Promise<boolean>;
  readonly stop: () => void;
}

/** A conversation as a screen holds it: asks, hears the answer while it is written, stops it, and keeps what came. */
export function useTalk(begun: string | null, onBegun: (id: string) => void): TalkState {
  const client = useQueryClient();
  const stream = useStreamedText();
  const [asking, setAsking] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [latest, setLatest] = useState<string | null>(null);
  const control = useRef<AbortController | null>(null);
  return {
    id: begun,
    asking,
    arriving: asking === null ? '' : stream.text,
    problem,
    latest,
    stop: () => {
      control.current?.abort();
    },
    ask: async (question, shown) => {
      if (control.current !== null) return false;
      const id = begun ?? crypto.randomUUID();
      const own = new AbortController();
      control.current = own;
      setAsking(shown);
      setProblem(null);
      setLatest(null);
      try {
        const { conversation, question: asked, answer } = await call('learning.tutors.ask', { ...question, conversationId: id, streamId: stream.begin() }, own.signal);
        client.setQueryData<Talk>(['learning.tutors.get', { id }], (before) => ({ conversation, messages: [...(before?.messages ?? []).filter((one) => one.id !== asked.id && one.id !== answer.id), asked, answer] }));
        setLatest(answer.text);
        if (begun === null) onBegun(id);
        return true;
      } catch (error) {
        if (!(error instanceof CallFailure && error.code === 'cancelled')) {
          setProblem(messageOf(error));
          return false;
        }
        // What had been written was kept, where there was any.
        const kept = await call('learning.tutors.get', { id }).catch(() => null);
        if (kept === null) return false;
        client.setQueryData(['learning.tutors.get', { id }], kept);
        if (begun === null) onBegun(id);
        return true;
      } finally {
        control.current = null;
        setAsking(null);
      }
    },
  };
}
