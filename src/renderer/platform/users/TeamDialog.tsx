import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Dialog } from '#renderer/kit/Dialog';
import { TextField } from '#renderer/kit/Field';
import { toast } from '#renderer/kit/toasts';
import { FormProblem } from '#renderer/platform/forms/FormProblem';
import { showRefusal } from '#renderer/platform/forms/refusals';
import type { Team } from './TeamsTable';

interface TeamDialogProps {
  /** The one whose names are changed; none for a new one. */
  readonly team: Team | null;
  readonly teams: readonly Team[];
  readonly onClose: () => void;
}

/** The names of a team: a new one, in a department that is there or a new one, or one that is there. */
export function TeamDialog({ team, teams, onClose }: TeamDialogProps) {
  const { t } = useTranslation();
  const list = useId();
  const create = useCommand('platform.teams.create');
  const update = useCommand('platform.teams.update');
  const departments = [...new Set(teams.map(({ departmentName }) => departmentName))];
  const form = useForm({ defaultValues: { name: team?.name ?? '', department: team?.departmentName ?? departments[0] ?? '' } });
  const { register, handleSubmit, formState } = form;
  const submit = handleSubmit((values) => {
    const onError = (error: Error): void => { showRefusal(form, error); };
    const onSuccess = ({ name }: Team): void => {
      toast({ title: t(team === null ? 'users.teams.added' : 'users.teams.changed', { name }) });
      onClose();
    };
    if (team === null) create.mutate(values, { onSuccess, onError });
    else update.mutate({ id: team.id, name: values.name, departmentName: values.department }, { onSuccess, onError });
  });
  const required = (value: string): true | string => value.trim() !== '' || t('users.teams.needed');
  const title = team === null ? t('users.teams.add') : t('users.teams.change', { name: team.name });
  return (
    <Dialog open onClose={onClose} title={title} closeLabel={t('common.close')}>
      <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        <TextField label={t('users.teams.name')} autoFocus maxLength={200} error={formState.errors.name?.message} {...register('name', { validate: required })} />
        <TextField label={t('users.teams.department')} list={list} maxLength={200} hint={t(team === null ? 'users.teams.departmentHint' : 'users.teams.departmentRenamed')} error={formState.errors.department?.message} {...register('department', { validate: required })} />
        <datalist id={list}>
          {departments.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <FormProblem message={formState.errors.root?.message} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" busy={create.isPending || update.isPending}>
            {team === null ? title : t('users.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
