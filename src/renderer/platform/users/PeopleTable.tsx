import { MoreHorizontal, UserPen, UserRoundCheck, UserRoundX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '#contract/platform/users';
import { useFormats } from '#renderer/data/format';
import { IconButton } from '#renderer/kit/Button';
import { classes } from '#renderer/kit/classes';
import { TextField } from '#renderer/kit/Field';
import { Tag } from '#renderer/kit/Marks';
import { Menu, MenuItem } from '#renderer/kit/Menu';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { useSignedIn } from '#renderer/shell/session';
import { rightsOver } from './rights';
import type { UserActions } from './useUserActions';

interface PeopleTableProps {
  readonly users: readonly User[];
  readonly actions: UserActions;
  readonly onOpen: (id: string) => void;
}

/** From so many users on one searches for them. */
const manyUsers = 10;

/** Everybody of the workspace: those who may come in first. */
export function PeopleTable({ users, actions, onOpen }: PeopleTableProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const shown = users
    .filter(({ name, email, teamName }) => `${name} ${email} ${teamName ?? ''}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name));
  return (
    <>
      {users.length >= manyUsers && (
        <TextField className="max-w-sm" label={t('users.search')} labelHidden placeholder={t('users.search')} type="search" value={search} onChange={(event) => { setSearch(event.target.value); }} />
      )}
      <div className="overflow-hidden rounded-md border border-line bg-surface">
        <Sheet className="[&>tbody>tr:last-child>td]:border-b-0" caption={t('users.people')}>
          <thead>
            <tr>
              <Head>{t('users.name')}</Head>
              <Head className="max-sm:hidden">{t('users.role')}</Head>
              <Head className="max-md:hidden">{t('users.team')}</Head>
              <Head className="max-sm:hidden">{t('users.lastSignIn')}</Head>
              <Head>{t('users.state')}</Head>
              <Head>
                <span className="sr-only">{t('users.actions')}</span>
              </Head>
            </tr>
          </thead>
          <tbody>
            {shown.map((user) => (
              <PersonRow key={user.id} user={user} users={users} actions={actions} onOpen={onOpen} />
            ))}
          </tbody>
        </Sheet>
        {shown.length === 0 && <p className="p-6 text-center text-muted">{t('users.nobodyFound')}</p>}
      </div>
      {users.length === 1 && <p className="text-center text-sm text-muted">{t('users.alone')}</p>}
    </>
  );
}

function PersonRow({ user, users, actions, onOpen }: { readonly user: User } & PeopleTableProps) {
  const { t } = useTranslation();
  const session = useSignedIn();
  const formats = useFormats(session.workspace.timeZone);
  const rights = rightsOver(session, users, user);
  const self = session.user.id === user.id;
  return (
    <tr className={classes('hover:bg-sunken', !user.active && 'text-muted')}>
      <Cell className="max-w-0 min-w-40 sm:w-[38%]">
        <button type="button" className="block max-w-full truncate rounded text-left font-medium hover:underline" onClick={() => { onOpen(user.id); }}>
          {user.name}
          {self && <span className="font-normal text-muted"> · {t('users.you')}</span>}
        </button>
        <div className="truncate text-sm text-muted">{user.email}</div>
        <div className="truncate text-sm text-muted sm:hidden">{[t(`roles.${user.role}`), ...(user.teamName === null ? [] : [user.teamName])].join(' · ')}</div>
      </Cell>
      <Cell className="max-sm:hidden">{t(`roles.${user.role}`)}</Cell>
      <Cell className="max-md:hidden">{user.teamName ?? <span className="text-muted">{t('users.noTeam')}</span>}</Cell>
      <Cell className="whitespace-nowrap max-sm:hidden">
        {user.lastSignInAt === null ? <span className="text-muted">{t('users.never')}</span> : <time dateTime={new Date(user.lastSignInAt).toISOString()} title={formats.moment(user.lastSignInAt)}>{formats.ago(user.lastSignInAt)}</time>}
      </Cell>
      <Cell className="whitespace-nowrap">
        <span className="flex flex-wrap gap-1">
          {user.active ? user.openSessions > 0 ? <Tag tone="good">{t('users.in')}</Tag> : <Tag>{t('users.mayComeIn')}</Tag> : <Tag tone="bad">{t('users.off')}</Tag>}
          {user.active && !user.hasPassPhrase && <Tag tone="warn">{t('users.open')}</Tag>}
        </span>
      </Cell>
      <Cell className="w-10 pr-2 text-right">
        <Menu
          trigger={
            <IconButton label={t('users.actionsOf', { name: user.name })}>
              <MoreHorizontal size={16} aria-hidden />
            </IconButton>
          }
        >
          <MenuItem icon={<UserPen size={14} aria-hidden />} onSelect={() => { onOpen(user.id); }}>
            {t(rights.edit ? 'users.edit' : 'users.look')}
          </MenuItem>
          {rights.deactivate && (
            <MenuItem icon={<UserRoundX size={14} aria-hidden />} onSelect={() => { actions.deactivate(user); }}>
              {t('users.deactivate')}
            </MenuItem>
          )}
          {rights.reactivate && (
            <MenuItem icon={<UserRoundCheck size={14} aria-hidden />} onSelect={() => { actions.reactivate(user); }}>
              {t('users.reactivate')}
            </MenuItem>
          )}
        </Menu>
      </Cell>
    </tr>
  );
}
