import { Plus, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { SkeletonRows } from '#renderer/kit/Face';
import { Segments } from '#renderer/kit/Segments';
import { useShortcuts } from '#renderer/kit/useShortcuts';
import { Failure } from '#renderer/shell/Failure';
import { useMay } from '#renderer/shell/session';
import { useStatus } from '#renderer/shell/StatusLine';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { AddUser } from './AddUser';
import { PeopleTable } from './PeopleTable';
import { Reactivate } from './Reactivate';
import { SessionsTable } from './SessionsTable';
import { TeamDialog } from './TeamDialog';
import { TeamsTable } from './TeamsTable';
import { useReactivating, useUserActions } from './useUserActions';
import { UserDialog } from './UserDialog';

type View = 'people' | 'sessions' | 'teams';

/** Who may come in, as what, and who is in right now. */
export function Users() {
  const { t } = useTranslation();
  useScreenTitle(t('places.users'));
  const [view, setView] = useState<View>('people');
  const [adding, setAdding] = useState<'user' | 'team' | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const [openTeamId, setOpenTeamId] = useState<string | null>(null);
  const reactivating = useReactivating();
  const actions = useUserActions();
  const mayCreate = useMay('user_create');
  const users = useEntry('platform.users.list', {});
  const teams = useEntry('platform.teams.list', {});
  const items = users.data?.items ?? [];
  const add = (): void => {
    setAdding(view === 'teams' ? 'team' : 'user');
  };
  useShortcuts(mayCreate ? [{ keys: 'n', label: t(view === 'teams' ? 'users.teams.add' : 'users.add'), run: add }] : []);
  const active = items.filter((user) => user.active).length;
  const openSessions = items.reduce((sum, user) => sum + user.openSessions, 0);
  useStatus(users.data === undefined ? '' : `${t('users.active', { count: active })} · ${t('users.signedIn', { count: openSessions })}`);
  const opened = items.find(({ id }) => id === openId);
  const openedTeam = teams.data?.items.find(({ id }) => id === openTeamId);
  const back = items.find(({ id }) => id === reactivating.userId);

  const error = users.error ?? teams.error;
  if (error !== null) return <Failure error={error} onRetry={() => { void users.refetch(); void teams.refetch(); }} />;
  return (
    <div className="relative h-full overflow-y-auto">
      <div className="mx-auto flex w-full max-w-5xl flex-col gap-4 p-4 sm:p-6">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <Segments
            label={t('users.view')}
            value={view}
            segments={[
              { value: 'people', label: t('users.people') },
              { value: 'sessions', label: t('users.sessions.title') },
              { value: 'teams', label: t('users.teams.title') },
            ]}
            onChange={setView}
          />
          {mayCreate && view !== 'sessions' && (
            <Button look="primary" icon={view === 'teams' ? <Plus size={14} aria-hidden /> : <UserPlus size={14} aria-hidden />} onClick={add}>
              {t(view === 'teams' ? 'users.teams.add' : 'users.add')}
            </Button>
          )}
        </div>
        {users.data === undefined || teams.data === undefined ? (
          <SkeletonRows rows={6} label={t('common.loading')} />
        ) : view === 'people' ? (
          <PeopleTable users={items} actions={actions} onOpen={setOpenId} />
        ) : view === 'sessions' ? (
          <SessionsTable users={items} actions={actions} />
        ) : (
          <TeamsTable teams={teams.data.items} users={items} onOpen={mayCreate ? setOpenTeamId : null} />
        )}
      </div>
      {adding === 'user' && <AddUser teams={teams.data?.items ?? []} onClose={() => { setAdding(null); }} />}
      {adding === 'team' && <TeamDialog team={null} teams={teams.data?.items ?? []} onClose={() => { setAdding(null); }} />}
      {openedTeam !== undefined && <TeamDialog key={openedTeam.id} team={openedTeam} teams={teams.data?.items ?? []} onClose={() => { setOpenTeamId(null); }} />}
      {opened !== undefined && (
        <UserDialog key={opened.id} user={opened} users={items} teams={teams.data?.items ?? []} actions={actions} onClose={() => { setOpenId(null); }} />
      )}
      {back !== undefined && <Reactivate key={back.id} user={back} onClose={() => { reactivating.set(null); }} />}
    </div>
  );
}
