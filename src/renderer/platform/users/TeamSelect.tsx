import type { SelectHTMLAttributes } from 'react';
import { useTranslation } from 'react-i18next';
import { Select } from '#renderer/kit/Field';
import type { Team } from './TeamsTable';

interface TeamSelectProps extends SelectHTMLAttributes<HTMLSelectElement> {
  readonly teams: readonly Team[];
  readonly error?: string | undefined;
  readonly ref?: React.Ref<HTMLSelectElement>;
}

/** Which team somebody belongs to, and with it whose leads they see. */
export function TeamSelect({ teams, ...rest }: TeamSelectProps) {
  const { t } = useTranslation();
  const options = teams.map(({ id, name, departmentName }) => ({ value: id, label: name === departmentName ? name : `${departmentName} · ${name}` }));
  return <Select label={t('users.team')} options={[{ value: '', label: t('users.noTeam') }, ...options]} {...rest} />;
}
