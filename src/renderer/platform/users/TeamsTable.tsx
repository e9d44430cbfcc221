import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#contract/index';
import type { User } from '#contract/platform/users';
import { useFormats } from '#renderer/data/format';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';

export type Team = OutputOf<'platform.teams.list'>['items'][number];

interface TeamsTableProps {
  readonly teams: readonly Team[];
  readonly users: readonly User[];
  /** Opens a team's names; null where one may not change them. */
  readonly onOpen: ((id: string) => void) | null;
}

/** Departments, their teams, and who is in them. */
export function TeamsTable({ teams, users, onOpen }: TeamsTableProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <>
      <div className="overflow-hidden rounded-md border border-line bg-surface">
        <Sheet className="[&>tbody>tr:last-child>td]:border-b-0" caption={t('users.teams.title')}>
          <thead>
            <tr>
              <Head>{t('users.teams.name')}</Head>
              <Head>{t('users.teams.department')}</Head>
              <Head number>{t('users.teams.members')}</Head>
              <Head className="max-sm:hidden">{t('users.teams.who')}</Head>
            </tr>
          </thead>
          <tbody>
            {teams.map((team) => (
              <tr key={team.id}>
                <Cell className="font-medium">
                  {onOpen === null ? (
                    team.name
                  ) : (
                    <button type="button" className="text-left hover:underline" title={t('users.teams.change', { name: team.name })} onClick={() => { onOpen(team.id); }}>
                      {team.name}
                    </button>
                  )}
                </Cell>
                <Cell>{team.departmentName}</Cell>
                <Cell number>{formats.number(team.members)}</Cell>
                <Cell className="text-sm text-muted max-sm:hidden">
                  {users
                    .filter(({ teamId, active }) => active && teamId === team.id)
                    .map(({ name }) => name)
                    .join(', ')}
                </Cell>
              </tr>
            ))}
          </tbody>
        </Sheet>
      </div>
      <p className="max-w-prose text-sm text-muted">{t('users.teams.detail')}</p>
    </>
  );
}
