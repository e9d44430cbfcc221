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

/** A new team, in a department that is there or a new one. */
export function AddTeam({ teams, onClose }: { readonly teams: readonly Team[]; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const list = useId();
  const create = useCommand('platform.teams.create');
  const departments = [...new Set(teams.map(({ departmentName }) => departmentName))];
  const form = useForm({ defaultValues: { name: '', department: departments[0] ?? '' } });
  const { register, handleSubmit, formState } = form;
  const submit = handleSubmit((values) => {
    create.mutate(values, {
      onSuccess: ({ name }) => {
        toast({ title: t('users.teams.added', { name }) });
        onClose();
      },
      onError: (error) => { showRefusal(form, error); },
    });
  });
  const required = (value: string): true | string => value.trim() !== '' || t('users.teams.needed');
  return (
    <Dialog open onClose={onClose} title={t('users.teams.add')} closeLabel={t('common.close')}>
      <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        <TextField label={t('users.teams.name')} autoFocus maxLength={200} error={formState.errors.name?.message} {...register('name', { validate: required })} />
        <TextField label={t('users.teams.department')} list={list} maxLength={200} hint={t('users.teams.departmentHint')} error={formState.errors.department?.message} {...register('department', { validate: required })} />
        <datalist id={list}>
          {departments.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <FormProblem message={formState.errors.root?.message} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" busy={create.isPending}>
            {t('users.teams.add')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
