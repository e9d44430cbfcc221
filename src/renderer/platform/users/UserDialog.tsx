import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { User } from '#contract/platform/users';
import { mayGrantRole, type Role, roles } from '#domain/platform/roles';
import { useFormats } from '#renderer/data/format';
import { useCommand } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Dialog } from '#renderer/kit/Dialog';
import { Select, TextField } from '#renderer/kit/Field';
import { toast } from '#renderer/kit/toasts';
import { FormProblem } from '#renderer/platform/forms/FormProblem';
import { showRefusal } from '#renderer/platform/forms/refusals';
import { useSignedIn } from '#renderer/shell/session';
import { rightsOver } from './rights';
import { TeamSelect } from './TeamSelect';
import type { Team } from './TeamsTable';
import type { UserActions } from './useUserActions';
import { UserSessions } from './UserSessions';

interface Values {
  name: string;
  email: string;
  role: Role;
  teamId: string;
}

interface UserDialogProps {
  readonly user: User;
  readonly users: readonly User[];
  readonly teams: readonly Team[];
  readonly actions: UserActions;
  readonly onClose: () => void;
}

/** One user: who, as what, in which team, and where they are signed in. What may not be changed is shown all the same. */
export function UserDialog({ user, users, teams, actions, onClose }: UserDialogProps) {
  const { t } = useTranslation();
  const session = useSignedIn();
  const formats = useFormats(session.workspace.timeZone);
  const rights = rightsOver(session, users, user);
  const update = useCommand('platform.users.update');
  const changeRole = useCommand('platform.users.changeRole');
  const form = useForm<Values>({ defaultValues: { name: user.name, email: user.email, role: user.role, teamId: user.teamId ?? '' } });
  const { register, control, handleSubmit, formState } = form;
  const role = useWatch({ control, name: 'role' });
  const save = async (values: Values): Promise<void> => {
    const teamId = values.teamId === '' ? null : values.teamId;
    const email = values.email.trim();
    try {
      if (values.name !== user.name || email !== user.email || teamId !== user.teamId) {
        await update.mutateAsync({
          id: user.id,
          ...(values.name === user.name ? {} : { name: values.name }),
          ...(email === user.email ? {} : { email }),
          ...(teamId === user.teamId ? {} : { teamId }),
        });
      }
      if (values.role !== user.role) await changeRole.mutateAsync({ id: user.id, role: values.role });
      toast({ title: t('users.saved', { name: values.name }) });
      onClose();
    } catch (error) {
      showRefusal(form, error);
    }
  };
  const submit = handleSubmit(save);
  const grantable = roles.filter((each) => each === user.role || mayGrantRole(session.user.role, each));
  return (
    <Dialog
      open
      onClose={onClose}
      title={user.name}
      description={t(user.active ? 'users.since' : 'users.sinceOff', { day: formats.date(user.createdAt) })}
      closeLabel={t('common.close')}
    >
      <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        <TextField label={t('users.name')} disabled={!rights.edit} maxLength={200} error={formState.errors.name?.message} {...register('name', { validate: (name) => name.trim() !== '' || t('users.nameMissing') })} />
        <TextField
          label={t('signIn.email')}
          type="email"
          disabled={!rights.edit}
          maxLength={320}
          error={formState.errors.email?.message}
          {...register('email', { validate: (email) => z.email().safeParse(email.trim()).success || t('setup.person.emailWrong') })}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Select
            label={t('users.role')}
            hint={t(`users.roleDetails.${role}`)}
            disabled={!rights.changeRole}
            options={grantable.map((each) => ({ value: each, label: t(`roles.${each}`) }))}
            {...register('role')}
          />
          <TeamSelect teams={teams} disabled={!rights.edit} error={formState.errors.teamId?.message} {...register('teamId')} />
        </div>
        <UserSessions user={user} mayEnd={rights.edit} actions={actions} />
        <FormProblem message={formState.errors.root?.message} />
        <div className="flex flex-wrap justify-end gap-2 border-t border-line pt-4">
          {rights.deactivate && (
            <Button
              look="danger"
              className="mr-auto"
              onClick={() => {
                actions.deactivate(user);
                onClose();
              }}
            >
              {t('users.deactivate')}
            </Button>
          )}
          {rights.reactivate && (
            <Button
              className="mr-auto"
              onClick={() => {
                onClose();
                actions.reactivate(user);
              }}
            >
              {t('users.reactivate')}
            </Button>
          )}
          <Button onClick={onClose}>{t(rights.edit ? 'common.cancel' : 'common.close')}</Button>
          {(rights.edit || rights.changeRole) && (
            <Button type="submit" look="primary" disabled={!formState.isDirty} busy={update.isPending || changeRole.isPending}>
              {t('users.save')}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
