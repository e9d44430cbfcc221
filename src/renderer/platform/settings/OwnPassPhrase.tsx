import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { minimumPassPhrase } from '#contract/platform/workspaces';
import { CallFailure } from '#renderer/data/client';
import { useCommand } from '#renderer/data/hooks';
import { Check, TextField } from '#renderer/kit/Field';
import { toast } from '#renderer/kit/toasts';
import { showRefusal } from '#renderer/platform/forms/refusals';
import { StrengthHint } from '#renderer/platform/passPhrase/StrengthHint';
import { useSignedIn } from '#renderer/shell/session';
import { Section, SectionForm } from './Section';

interface Values {
  current: string;
  next: string;
  confirmation: string;
  none: boolean;
}

const empty: Values = { current: '', next: '', confirmation: '', none: false };

/** One’s own pass phrase: a first one, another, or plainly none. */
export function OwnPassPhrase() {
  const { t } = useTranslation();
  const { user } = useSignedIn();
  const change = useCommand('platform.users.changePassPhrase');
  const form = useForm<Values>({ defaultValues: empty });
  const { register, control, handleSubmit, reset, setError, formState } = form;
  const { next = '', none = false } = useWatch({ control });
  const submit = handleSubmit((values) => {
    change.mutate(
      { ...(user.hasPassPhrase ? { current: values.current } : {}), next: values.none ? null : values.next },
      {
        onSuccess: () => {
          reset(empty);
          toast({ title: t(values.none ? 'settings.passPhrase.removed' : 'settings.passPhrase.changed') });
        },
        onError: (error) => {
          if (error instanceof CallFailure && error.code === 'wrong_credentials') setError('current', { message: error.message }, { shouldFocus: true });
          else showRefusal(form, error);
        },
      },
    );
  });
  return (
    <Section id="passPhrase" detail={t(user.hasPassPhrase ? 'settings.passPhrase.detail' : 'settings.passPhrase.detailNone')}>
      <SectionForm
        id="passPhrase"
        unsaved={formState.isDirty}
        busy={change.isPending}
        problem={formState.errors.root?.message}
        mayEdit
        saveLabel={t(none ? 'settings.passPhrase.remove' : user.hasPassPhrase ? 'settings.passPhrase.change' : 'settings.passPhrase.set')}
        onSubmit={(event) => void submit(event)}
        onDiscard={() => { reset(empty); }}
      >
        {user.hasPassPhrase && (
          <TextField
            className="max-w-sm"
            label={t('settings.passPhrase.current')}
            type="password"
            autoComplete="current-password"
            error={formState.errors.current?.message}
            {...register('current', { validate: (value) => value !== '' || t('settings.passPhrase.currentMissing') })}
          />
        )}
        {!none && (
          <div className="grid max-w-2xl gap-5 sm:grid-cols-2">
            <div className="flex flex-col gap-1.5">
              <TextField
                label={t('settings.passPhrase.next')}
                type="password"
                autoComplete="new-password"
                hint={t('setup.passPhraseHint')}
                error={formState.errors.next?.message}
                {...register('next', { validate: (value, { none: without }) => without || value.length >= minimumPassPhrase || t('passPhrase.tooShort', { count: minimumPassPhrase }) })}
              />
              <StrengthHint passPhrase={next} />
            </div>
            <TextField
              label={t('setup.protection.confirmation')}
              type="password"
              autoComplete="new-password"
              error={formState.errors.confirmation?.message}
              {...register('confirmation', { validate: (value, values) => values.none || value === values.next || t('passPhrase.differs') })}
            />
          </div>
        )}
        {user.hasPassPhrase && <Check label={t('settings.passPhrase.none')} {...register('none')} />}
      </SectionForm>
    </Section>
  );
}
