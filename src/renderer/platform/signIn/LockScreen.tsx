import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { TextField } from '#renderer/kit/Field';
import { Entrance } from './Entrance';

/** A session that waits for its person to come back. What was on the screen is gone from it. */
export function LockScreen() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const unlock = useCommand('platform.sessions.unlock');
  const signOut = useCommand('platform.sessions.signOut');
  const { register, handleSubmit } = useForm<{ passPhrase: string }>({ defaultValues: { passPhrase: '' } });
  const submit = handleSubmit((values) => {
    unlock.mutate(values, { onSuccess: () => void client.invalidateQueries() });
  });
  return (
    <Entrance title={t('lock.title')} detail={t('lock.detail')}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextField label={t('signIn.passPhrase')} type="password" autoComplete="current-password" autoFocus error={unlock.error?.message} {...register('passPhrase')} />
        <Button type="submit" look="primary" busy={unlock.isPending}>
          {t('lock.unlock')}
        </Button>
        <Button look="quiet" size="small" onClick={() => { signOut.mutate({}, { onSettled: () => { window.location.assign('/'); } }); }}>
          {t('frame.signOut')}
        </Button>
      </form>
    </Entrance>
  );
}
