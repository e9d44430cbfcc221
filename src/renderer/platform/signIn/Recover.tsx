import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { TextField } from '#renderer/kit/Field';
import { Entrance } from './Entrance';

/** A new pass phrase for whoever has the recovery key. */
export function Recover({ onBack }: { readonly onBack: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const recover = useCommand('platform.workspaces.recover');
  const { register, handleSubmit } = useForm({ defaultValues: { email: '', recoveryKey: '', passPhrase: '' } });
  const submit = handleSubmit((values) => {
    recover.mutate(values, { onSuccess: () => void client.invalidateQueries() });
  });
  return (
    <Entrance title={t('recover.title')} detail={t('recover.detail')}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextField label={t('signIn.email')} type="email" autoComplete="username" required autoFocus {...register('email')} />
        <TextField label={t('recover.key')} autoComplete="off" spellCheck={false} required {...register('recoveryKey')} />
        <TextField label={t('recover.passPhrase')} type="password" autoComplete="new-password" minLength={8} required hint={t('setup.passPhraseHint')} error={recover.error?.message} {...register('passPhrase')} />
        <Button type="submit" look="primary" busy={recover.isPending}>
          {t('recover.set')}
        </Button>
        <Button look="quiet" size="small" onClick={onBack}>
          {t('common.back')}
        </Button>
      </form>
    </Entrance>
  );
}
