import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { workspaceState } from '#contract/platform/workspaces';
import { useCommand } from '#renderer/data/hooks';
import { usePreferences } from '#renderer/data/preferences';
import { Button } from '#renderer/kit/Button';
import { TextField } from '#renderer/kit/Field';
import { Entrance } from './Entrance';
import { Recover } from './Recover';

interface Values {
  email: string;
  passPhrase: string;
}

/** The way in for somebody who is not signed in. */
export function SignIn({ status }: { readonly status: z.output<typeof workspaceState> }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { lastEmail, set } = usePreferences();
  const [recovering, setRecovering] = useState(false);
  const signIn = useCommand('platform.sessions.signIn');
  const { register, handleSubmit } = useForm<Values>({ defaultValues: { email: lastEmail, passPhrase: '' } });
  const several = status.users > 1;
  if (recovering) return <Recover onBack={() => { setRecovering(false); }} />;
  const submit = handleSubmit(({ email, passPhrase }) => {
    signIn.mutate(
      { ...(several ? { email } : {}), passPhrase },
      {
        onSuccess: (session) => {
          set({ lastEmail: session.user.email });
          void client.invalidateQueries();
        },
        // Meanwhile somebody may have been added or taken away, and with them the question for the e-mail.
        onError: () => void client.invalidateQueries({ queryKey: ['platform.workspaces.status'] }),
      },
    );
  });
  return (
    <Entrance title={t('signIn.title')}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {several && <TextField label={t('signIn.email')} type="email" autoComplete="username" required autoFocus={lastEmail === ''} {...register('email')} />}
        {!status.opensWithoutPassPhrase && (
          <TextField
            label={t('signIn.passPhrase')}
            type="password"
            autoComplete="current-password"
            autoFocus={!several || lastEmail !== ''}
            error={signIn.error?.message}
            {...register('passPhrase')}
          />
        )}
        {status.opensWithoutPassPhrase && <p className="text-muted">{t('signIn.open')}</p>}
        {status.opensWithoutPassPhrase && signIn.error !== null && <p role="alert" className="text-sm text-critical">{signIn.error.message}</p>}
        <Button type="submit" look="primary" busy={signIn.isPending} autoFocus={status.opensWithoutPassPhrase}>
          {t('signIn.enter')}
        </Button>
        {!status.opensWithoutPassPhrase && (
          <Button look="quiet" size="small" onClick={() => { setRecovering(true); }}>
            {t('signIn.forgotten')}
          </Button>
        )}
      </form>
    </Entrance>
  );
}
