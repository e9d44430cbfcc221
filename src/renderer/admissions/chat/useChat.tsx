import { useQueryClient } from '@tanstack/react-query';
import type { OutputOf } from '#contract/index';
import { call } from '#renderer/data/client';
import { type TalkUnderWay, useTalkUnderWay } from '#renderer/data/talks';

interface Chat extends Omit<TalkUnderWay, 'put'> {
  /** Resolves to whether the question is in the chat now. */
  readonly ask: (text: string, leadId: string | undefined) => Promise<boolean>;
}

/** A chat about leads as the panel holds it; null is one before its first question. */
export function useChat(begun: string | null, onBegun: (id: string) => void): Chat {
  const client = useQueryClient();
  const { put, ...state } = useTalkUnderWay();
  return {
    ...state,
    ask: (text, leadId) => {
      const id = begun ?? crypto.randomUUID();
      const begin = (): void => { if (begun === null) onBegun(id); };
      return put({
        shown: text,
        ask: async (streamId, signal) => {
          const { chat, question, answer } = await call('admissions.chats.ask', { text, chatId: id, streamId, ...(leadId === undefined ? {} : { leadId }) }, signal);
          client.setQueryData<OutputOf<'admissions.chats.get'>>(['admissions.chats.get', { id }], (before) => ({ chat, messages: [...(before?.messages ?? []).filter((one) => one.id !== question.id && one.id !== answer.id), question, answer] }));
          begin();
          return answer.text;
        },
        readAgain: async () => {
          const kept = await call('admissions.chats.get', { id }).catch(() => null);
          if (kept === null) return false;
          client.setQueryData(['admissions.chats.get', { id }], kept);
          begin();
          return kept.messages.at(-2)?.text === text.trim();
        },
      });
    },
  };
}
