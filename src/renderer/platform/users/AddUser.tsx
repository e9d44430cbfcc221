import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { minimumPassPhrase } from '#contract/platform/workspaces';
import { mayGrantRole, type Role, roles } from '#domain/platform/roles';
import { useCommand } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Dialog } from '#renderer/kit/Dialog';
import { Select, TextField } from '#renderer/kit/Field';
import { FormProblem } from '#renderer/platform/forms/FormProblem';
import { showRefusal } from '#renderer/platform/forms/refusals';
import { GivenPassPhrase } from '#renderer/platform/passPhrase/GivenPassPhrase';
import { suggestPassPhrase } from '#renderer/platform/passPhrase/strength';
import { useSignedIn } from '#renderer/shell/session';
import { HandOver } from './HandOver';
import { TeamSelect } from './TeamSelect';
import type { Team } from './TeamsTable';

interface Values {
  name: string;
  email: string;
  role: Role;
  teamId: string;
  passPhrase: string;
  none: boolean;
}

/** A new user with a first pass phrase, which is shown so that it can be passed on. */
export function AddUser({ teams, onClose }: { readonly teams: readonly Team[]; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { user: me } = useSignedIn();
  const create = useCommand('platform.users.create');
  const [made, setMade] = useState<{ readonly name: string; readonly email: string; readonly passPhrase: string | null } | null>(null);
  const form = useForm<Values>({ defaultValues: { name: '', email: '', role: 'staff', teamId: me.teamId ?? '', passPhrase: suggestPassPhrase(), none: false } });
  const { register, control, setValue, handleSubmit, formState } = form;
  const { role = 'staff', passPhrase = '', none = false } = useWatch({ control });
  register('passPhrase', { validate: (value, values) => values.none || value.length >= minimumPassPhrase || t('passPhrase.tooShort', { count: minimumPassPhrase }) });
  const submit = handleSubmit((values) => {
    const given = values.none ? null : values.passPhrase;
    create.mutate(
      { name: values.name, email: values.email.trim(), role: values.role, teamId: values.teamId === '' ? null : values.teamId, passPhrase: given },
      {
        onSuccess: ({ name, email }) => { setMade({ name, email, passPhrase: given }); },
        onError: (error) => { showRefusal(form, error); },
      },
    );
  });
  if (made !== null) {
    return (
      <Dialog open onClose={onClose} title={t('users.handOver.title', { name: made.name })} closeLabel={t('common.close')}>
        <HandOver email={made.email} passPhrase={made.passPhrase} onClose={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={onClose} title={t('users.add')} closeLabel={t('common.close')}>
      <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        <TextField label={t('users.name')} autoFocus autoComplete="off" maxLength={200} error={formState.errors.name?.message} {...register('name', { validate: (name) => name.trim() !== '' || t('users.nameMissing') })} />
        <TextField
          label={t('signIn.email')}
          type="email"
          autoComplete="off"
          maxLength={320}
          hint={t('users.emailHint')}
          error={formState.errors.email?.message}
          {...register('email', { validate: (email) => z.email().safeParse(email.trim()).success || t('setup.person.emailWrong') })}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Select
            label={t('users.role')}
            hint={t(`users.roleDetails.${role}`)}
            options={roles.filter((each) => mayGrantRole(me.role, each)).map((each) => ({ value: each, label: t(`roles.${each}`) }))}
            error={formState.errors.role?.message}
            {...register('role')}
          />
          <TeamSelect teams={teams} error={formState.errors.teamId?.message} {...register('teamId')} />
        </div>
        <GivenPassPhrase
          value={{ passPhrase, none }}
          error={formState.errors.passPhrase?.message}
          onChange={(value) => {
            setValue('passPhrase', value.passPhrase, { shouldValidate: formState.isSubmitted });
            setValue('none', value.none);
          }}
        />
        <FormProblem message={formState.errors.root?.message} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" busy={create.isPending}>
            {t('users.add')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
