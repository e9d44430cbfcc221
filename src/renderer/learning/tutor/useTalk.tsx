import { useQueryClient } from '@tanstack/react-query';
import type { InputOf, OutputOf } from '#contract/index';
import { call } from '#renderer/data/client';
import { type TalkUnderWay, useTalkUnderWay } from '#renderer/data/talks';

type Talk = OutputOf<'learning.tutors.get'>;
type Ask = Omit<InputOf<'learning.tutors.ask'>, 'conversationId' | 'streamId'>;

interface TalkState extends Omit<TalkUnderWay, 'put'> {
  /** Resolves to whether an answer came. */
  readonly ask: (question: Ask, shown: string) => Promise<boolean>;
}

/** A conversation with the tutor as a screen holds it; null is one before its first question. */
export function useTalk(begun: string | null, onBegun: (id: string) => void): TalkState {
  const client = useQueryClient();
  const { put, ...state } = useTalkUnderWay();
  return {
    ...state,
    ask: (question, shown) => {
      const id = begun ?? crypto.randomUUID();
      const begin = (): void => { if (begun === null) onBegun(id); };
      return put({
        shown,
        ask: async (streamId, signal) => {
          const { conversation, question: asked, answer } = await call('learning.tutors.ask', { ...question, conversationId: id, streamId }, signal);
          client.setQueryData<Talk>(['learning.tutors.get', { id }], (before) => ({ conversation, messages: [...(before?.messages ?? []).filter((one) => one.id !== asked.id && one.id !== answer.id), asked, answer] }));
          begin();
          return answer.text;
        },
        readAgain: async () => {
          const kept = await call('learning.tutors.get', { id }).catch(() => null);
          if (kept === null) return false;
          client.setQueryData(['learning.tutors.get', { id }], kept);
          begin();
          return true;
        },
      });
    },
  };
}
