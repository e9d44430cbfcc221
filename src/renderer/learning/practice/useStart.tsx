import { useLocation } from 'wouter';
import type { InputOf } from '#contract/index';
import { useCommand } from '#renderer/data/hooks';
import { tellFailure } from '#renderer/shell/tellFailure';

/** Begins a sitting and goes to it. */
export function useStart(): { readonly start: (wish: InputOf<'learning.practice.start'>) => void; readonly busy: boolean } {
  const [, go] = useLocation();
  const start = useCommand('learning.practice.start');
  return {
    busy: start.isPending,
    start: (wish) => {
      if (!start.isPending) start.mutate(wish, { onError: tellFailure, onSuccess: ({ id }) => { go(`/practice/${id}`); } });
    },
  };
}
