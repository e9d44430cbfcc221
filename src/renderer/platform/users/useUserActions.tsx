import { useTranslation } from 'react-i18next';
import { navigate } from 'wouter/use-browser-location';
import { create } from 'zustand';
import type { User } from '#contract/platform/users';
import { useCommand } from '#renderer/data/hooks';
import { toast } from '#renderer/kit/toasts';
import { tellFailure } from '#renderer/shell/tellFailure';

interface Reactivating {
  readonly userId: string | null;
  readonly set: (userId: string | null) => void;
}

/** Who is being given access again: known outside the screen, because an undo comes from a toast that outlives it. */
export const useReactivating = create<Reactivating>((set) => ({
  userId: null,
  set: (userId) => {
    set({ userId });
  },
}));

export interface UserActions {
  readonly deactivate: (user: User) => void;
  readonly reactivate: (user: User) => void;
  readonly endSession: (session: { readonly sessionId: string; readonly userName: string }) => void;
}

/** What is done with a user by one click. Their key goes with their access, so to undo it gives them a new pass phrase. */
export function useUserActions(): UserActions {
  const { t } = useTranslation();
  const deactivate = useCommand('platform.users.deactivate');
  const end = useCommand('platform.sessions.end');
  const reactivate = (user: User): void => {
    navigate('/users');
    useReactivating.getState().set(user.id);
  };
  return {
    reactivate,
    deactivate: (user) => {
      deactivate.mutate(
        { id: user.id },
        {
          onSuccess: () => {
            toast({
              title: t('users.deactivated', { name: user.name }),
              detail: t('users.sessionsEnded', { count: user.openSessions }),
              action: { label: t('common.undo'), run: () => { reactivate(user); } },
            });
          },
          onError: tellFailure,
        },
      );
    },
    endSession: ({ sessionId, userName }) => {
      end.mutate({ sessionId }, { onSuccess: () => { toast({ title: t('users.sessions.ended', { name: userName }) }); }, onError: tellFailure });
    },
  };
}
