import { useTranslation } from 'react-i18next';
import type { User } from '#contract/platform/users';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { useSignedIn } from '#renderer/shell/session';
import type { UserActions } from './useUserActions';

/** Where one user is signed in. */
export function UserSessions({ user, mayEnd, actions }: { readonly user: User; readonly mayEnd: boolean; readonly actions: UserActions }) {
  const { t } = useTranslation();
  const formats = useFormats(useSignedIn().workspace.timeZone);
  const sessions = useEntry('platform.sessions.list', {});
  const mine = (sessions.data?.items ?? []).filter(({ userId }) => userId === user.id);
  return (
    <section aria-label={t('users.sessions.title')} className="flex flex-col gap-2">
      <h3 className="text-sm font-medium">{t('users.sessions.title')}</h3>
      {sessions.data !== undefined && mine.length === 0 && <p className="text-sm text-muted">{t('users.sessions.none')}</p>}
      <ul className="flex flex-col gap-1">
        {mine.map((session) => (
          <li key={session.sessionId} className="flex min-h-8 items-center justify-between gap-2 text-sm">
            <span>
              {t(`users.sessions.doors.${session.door as 'web'}`)}
              <span className="text-muted"> · {session.current ? t('users.sessions.this') : t('users.sessions.lastSeen', { when: formats.ago(session.lastSeenAt) })}</span>
            </span>
            {mayEnd && !session.current && (
              <Button size="small" onClick={() => { actions.endSession(session); }}>
                {t('users.sessions.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
