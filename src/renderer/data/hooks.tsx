import { keepPreviousData, useMutation, type UseMutationResult, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { navigate } from 'wouter/use-browser-location';
import type { ServerEvent } from '#contract/answer';
import type { Entry } from '#contract/define';
import { contract, type EntryName, type InputOf, type OutputOf } from '#contract/index';
import { toast } from '#renderer/kit/toasts';
import { call, CallFailure } from './client';
import { useJobs } from './jobs';
import { useStreams } from './streams';

interface EntryOptions {
  readonly enabled?: boolean;
  /** Keeps what was shown while the next answer comes, so that nothing jumps. */
  readonly keep?: boolean;
}

/** Reads an entry, and reads it again when something it shows changes. */
export function useEntry<Name extends EntryName>(entry: Name, input: InputOf<Name>, { enabled = true, keep = false }: EntryOptions = {}): UseQueryResult<OutputOf<Name>> {
  return useQuery<OutputOf<Name>>({
    queryKey: [entry, input],
    queryFn: ({ signal }) => call(entry, input, signal),
    enabled,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  });
}

/** Calls a command. What it changes is read again by the core's own announcement. */
export function useCommand<Name extends EntryName>(entry: Name): UseMutationResult<OutputOf<Name>, Error, InputOf<Name>> {
  return useMutation<OutputOf<Name>, Error, InputOf<Name>>({ mutationFn: (input) => call(entry, input) });
}

/** The session of whoever sits here, or null where nobody is signed in. */
export function useSession(enabled: boolean): UseQueryResult<OutputOf<'platform.sessions.current'> | null> {
  return useQuery({
    queryKey: ['platform.sessions.current', {}],
    enabled,
    queryFn: async ({ signal }) => {
      try {
        return await call('platform.sessions.current', {}, signal);
      } catch (error) {
        if (error instanceof CallFailure && (error.code === 'not_signed_in' || error.code === 'workspace_missing')) return null;
        throw error;
      }
    },
  });
}

function readsOf(key: unknown): readonly string[] {
  return typeof key === 'string' && Object.hasOwn(contract, key) ? (contract[key as EntryName] as Entry).reads : [];
}

/** Hears what changes anywhere and reads again whatever shows it. Mounted once. */
export function useLive(): void {
  const client = useQueryClient();
  const { t } = useTranslation();
  useEffect(() => {
    const listen = (event: ServerEvent): void => {
      switch (event.kind) {
        case 'changed': {
          const topics = new Set<string>(event.changes.map(({ topic }) => topic));
          void client.invalidateQueries({ predicate: ({ queryKey }) => readsOf(queryKey[0]).some((topic) => topics.has(topic)) });
          return;
        }
        case 'job':
          useJobs.getState().heard(event);
          return;
        case 'notice': {
          const { title, body, path } = event.notice;
          toast({ title, detail: body, action: { label: t('common.open'), run: () => { navigate(path); } } });
          return;
        }
        case 'text':
          useStreams.getState().heard(event);
          return;
        case 'sessionEnded':
          void client.invalidateQueries({ queryKey: ['platform.sessions.current'] });
          void client.invalidateQueries({ queryKey: ['platform.workspaces.status'] });
          return;
        case 'reconnected':
          void client.invalidateQueries();
          return;
      }
    };
    return window.ivy.subscribe(listen);
  }, [client, t]);
}
