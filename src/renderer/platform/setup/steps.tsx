import { type UseFormReturn, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { minimumPassPhrase, workspaceKinds } from '#contract/platform/workspaces';
import { Choice, TextField } from '#renderer/kit/Field';
import { StrengthHint } from '#renderer/platform/passPhrase/StrengthHint';
import type { SetupValues } from './values';
import { Page } from './WizardFrame';

// What the set-up asks, page by page.

interface StepProps {
  readonly form: UseFormReturn<SetupValues>;
}

/** Who owns the workspace. */
export function PersonStep({ form: { register, formState } }: StepProps) {
  const { t } = useTranslation();
  return (
    <Page title={t('setup.person.title')} detail={t('setup.person.detail')}>
      <TextField
        label={t('setup.person.name')}
        autoComplete="name"
        maxLength={200}
        error={formState.errors.name?.message}
        {...register('name', { validate: (name) => name.trim() !== '' || t('setup.person.nameMissing') })}
      />
      <TextField
        label={t('setup.person.email')}
        type="email"
        autoComplete="email"
        maxLength={320}
        hint={t('setup.person.emailHint')}
        error={formState.errors.email?.message}
        {...register('email', { validate: (email) => z.email().safeParse(email.trim()).success || t('setup.person.emailWrong') })}
      />
      <TextField
        label={t('setup.person.workspaceName')}
        autoComplete="organization"
        maxLength={200}
        hint={t('setup.person.workspaceNameHint')}
        error={formState.errors.workspaceName?.message}
        {...register('workspaceName')}
      />
    </Page>
  );
}

/** A pass phrase, or plainly none. */
export function ProtectionStep({ form: { register, control, setValue, getValues, formState } }: StepProps) {
  const { t } = useTranslation();
  const { protection, passPhrase = '' } = useWatch({ control });
  const needed = protection === 'passPhrase';
  return (
    <Page title={t('setup.protection.title')} detail={t('setup.protection.detail')}>
      <fieldset className="flex flex-col gap-2">
        <legend className="sr-only">{t('setup.protection.title')}</legend>
        <Choice
          name="protection"
          value="passPhrase"
          checked={needed}
          title={t('setup.protection.with')}
          detail={t('setup.protection.withDetail')}
          onChoose={() => { setValue('protection', 'passPhrase'); }}
        />
        <Choice
          name="protection"
          value="none"
          checked={!needed}
          title={t('setup.protection.none')}
          detail={t('setup.protection.noneDetail')}
          onChoose={() => { setValue('protection', 'none'); }}
        />
      </fieldset>
      {needed && (
        <div className="flex flex-col gap-4">
          <div className="flex flex-col gap-1.5">
            <TextField
              label={t('setup.protection.passPhrase')}
              type="password"
              autoComplete="new-password"
              hint={t('setup.passPhraseHint')}
              error={formState.errors.passPhrase?.message}
              {...register('passPhrase', {
                validate: (value, { protection: chosen }) => chosen === 'none' || value.length >= minimumPassPhrase || t('passPhrase.tooShort', { count: minimumPassPhrase }),
              })}
            />
            <StrengthHint passPhrase={passPhrase} />
          </div>
          <TextField
            label={t('setup.protection.confirmation')}
            type="password"
            autoComplete="new-password"
            error={formState.errors.confirmation?.message}
            {...register('confirmation', {
              validate: (value, { protection: chosen }) => chosen === 'none' || value === getValues('passPhrase') || t('passPhrase.differs'),
            })}
          />
        </div>
      )}
    </Page>
  );
}

/** What the workspace is for. */
export function KindStep({ form: { control, setValue } }: StepProps) {
  const { t } = useTranslation();
  const kind = useWatch({ control, name: 'kind' });
  return (
    <Page title={t('setup.kind.title')} detail={t('setup.kind.detail')}>
      <fieldset className="flex flex-col gap-2">
        <legend className="sr-only">{t('setup.kind.title')}</legend>
        {workspaceKinds.map((each) => (
          <Choice
            key={each}
            name="kind"
            value={each}
            checked={kind === each}
            title={t(`setup.kind.${each}`)}
            detail={t(`setup.kind.${each}Detail`)}
            onChoose={() => { setValue('kind', each); }}
          />
        ))}
      </fieldset>
    </Page>
  );
}

/** With what the workspace begins. */
export function StartStep({ form: { control, setValue }, problem }: StepProps & { readonly problem: string | undefined }) {
  const { t } = useTranslation();
  const { kind, start } = useWatch({ control });
  const learning = kind === 'learning';
  return (
    <Page title={t('setup.start.title')} detail={t(learning ? 'setup.start.learning' : 'setup.start.detail')}>
      {!learning && (
        <fieldset className="flex flex-col gap-2">
          <legend className="sr-only">{t('setup.start.title')}</legend>
          {(['sample', 'file', 'empty'] as const).map((each) => (
            <Choice
              key={each}
              name="start"
              value={each}
              checked={start === each}
              title={t(`setup.start.${each}`)}
              detail={t(`setup.start.${each}Detail`)}
              onChoose={() => { setValue('start', each); }}
            />
          ))}
        </fieldset>
      )}
      {problem !== undefined && (
        <p role="alert" className="text-critical">
          {problem}
        </p>
      )}
    </Page>
  );
}
