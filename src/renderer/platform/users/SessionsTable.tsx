import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#contract/index';
import type { User } from '#contract/platform/users';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { SkeletonRows } from '#renderer/kit/Face';
import { Tag } from '#renderer/kit/Marks';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { Failure } from '#renderer/shell/Failure';
import { useSignedIn } from '#renderer/shell/session';
import { rightsOver } from './rights';
import type { UserActions } from './useUserActions';

type OpenSession = OutputOf<'platform.sessions.list'>['items'][number];

const doors = ['electron', 'web', 'cli'] as const;
const isDoor = (door: string): door is (typeof doors)[number] => (doors as readonly string[]).includes(door);

interface SessionsTableProps {
  readonly users: readonly User[];
  readonly actions: UserActions;
}

/** Who is in right now, from where; and the way to throw them out. */
export function SessionsTable({ users, actions }: SessionsTableProps) {
  const { t } = useTranslation();
  const sessions = useEntry('platform.sessions.list', {});
  if (sessions.error !== null) return <Failure error={sessions.error} onRetry={() => void sessions.refetch()} />;
  if (sessions.data === undefined) return <SkeletonRows rows={4} label={t('common.loading')} />;
  return (
    <div className="overflow-hidden rounded-md border border-line bg-surface">
      <Sheet className="[&>tbody>tr:last-child>td]:border-b-0" caption={t('users.sessions.title')}>
        <thead>
          <tr>
            <Head>{t('users.name')}</Head>
            <Head>{t('users.sessions.door')}</Head>
            <Head className="max-sm:hidden">{t('users.sessions.since')}</Head>
            <Head className="max-sm:hidden">{t('users.sessions.seen')}</Head>
            <Head>
              <span className="sr-only">{t('users.actions')}</span>
            </Head>
          </tr>
        </thead>
        <tbody>
          {sessions.data.items.map((session) => (
            <SessionRow key={session.sessionId} session={session} user={users.find(({ id }) => id === session.userId)} users={users} actions={actions} />
          ))}
        </tbody>
      </Sheet>
    </div>
  );
}

/** One session, with what it was opened with. */
function SessionRow({ session, user, users, actions }: { readonly session: OpenSession; readonly user: User | undefined } & SessionsTableProps) {
  const { t } = useTranslation();
  const signedIn = useSignedIn();
  const formats = useFormats(signedIn.workspace.timeZone);
  const mayEnd = !session.current && user !== undefined && rightsOver(signedIn, users, user).edit;
  return (
    <tr className="hover:bg-sunken">
      <Cell>
        <span className="font-medium">{session.userName}</span>
        {session.current && <span className="text-muted"> · {t('users.sessions.this')}</span>}
      </Cell>
      <Cell>
        <span className="flex flex-wrap items-center gap-2">
          {isDoor(session.door) ? t(`users.sessions.doors.${session.door}`) : session.door}
          {session.locked && <Tag tone="warn">{t('users.sessions.locked')}</Tag>}
        </span>
      </Cell>
      <Cell className="max-sm:hidden">
        <time dateTime={new Date(session.createdAt).toISOString()}>{formats.moment(session.createdAt)}</time>
      </Cell>
      <Cell className="max-sm:hidden">
        <time dateTime={new Date(session.lastSeenAt).toISOString()} title={formats.moment(session.lastSeenAt)}>{formats.ago(session.lastSeenAt)}</time>
      </Cell>
      <Cell className="w-10 pr-2 text-right">
        {mayEnd && (
          <Button size="small" aria-label={t('users.sessions.endOf', { name: session.userName })} onClick={() => { actions.endSession(session); }}>
            {t('users.sessions.end')}
          </Button>
        )}
      </Cell>
    </tr>
  );
}
