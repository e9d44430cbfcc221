import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Settings } from '#contract/platform/settings';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { SkeletonRows } from '#renderer/kit/Face';
import { Select, TextField } from '#renderer/kit/Field';
import { toast } from '#renderer/kit/toasts';
import { showRefusal } from '#renderer/platform/forms/refusals';
import { Failure } from '#renderer/shell/Failure';
import { useMay, useSignedIn } from '#renderer/shell/session';
import { BeginYourOwn } from './BeginYourOwn';
import { useNumberRules } from './numbers';
import { resetTo } from './resetTo';
import { Section, SectionForm } from './Section';

const convertedStages = ['applied', 'offered', 'accepted', 'enrolled'] as const satisfies readonly Settings['convertedStage'][];

function nameOfCountry(code: string): string | null {
  if (!/^[A-Z]{2}$/.test(code)) return null;
  const name = new Intl.DisplayNames('en-GB', { type: 'region' }).of(code);
  return name === undefined || name === code ? null : name;
}

/** The name, the place and the habits of the workspace; and the way out of sample data. */
export function WorkspaceSettings() {
  const { t } = useTranslation();
  const { workspace } = useSignedIn();
  const settings = useEntry('platform.settings.get', {});
  return (
    <Section id="workspace" detail={t('settings.workspace.detail')}>
      {workspace.sample && <BeginYourOwn name={workspace.name} />}
      {settings.error !== null ? (
        <Failure error={settings.error} onRetry={() => void settings.refetch()} />
      ) : settings.data === undefined ? (
        <SkeletonRows rows={5} label={t('common.loading')} />
      ) : (
        <WorkspaceForm settings={settings.data} />
      )}
    </Section>
  );
}

function WorkspaceForm({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation();
  const mayEdit = useMay('system_config');
  const number = useNumberRules();
  const update = useCommand('platform.settings.update');
  const form = useForm<Settings>({ values: settings, resetOptions: { keepDirtyValues: true } });
  const { register, control, handleSubmit, formState } = form;
  const { errors, dirtyFields } = formState;
  const country = nameOfCountry((useWatch({ control, name: 'defaultCountry' })).toUpperCase());
  const submit = handleSubmit((values) => {
    const given: Settings = { ...values, workspaceName: values.workspaceName.trim(), defaultCountry: values.defaultCountry.toUpperCase() };
    const changed = Object.fromEntries(Object.entries(given).filter(([name]) => dirtyFields[name as keyof Settings] === true)) as Partial<Settings>;
    update.mutate(changed, {
      onSuccess: (saved) => {
        resetTo(form, saved);
        toast({ title: t('settings.saved') });
      },
      onError: (error) => { showRefusal(form, error); },
    });
  });
  const zones = [...new Set([settings.timeZone, ...Intl.supportedValuesOf('timeZone')])].toSorted();
  return (
    <SectionForm id="workspace" unsaved={formState.isDirty} busy={update.isPending} problem={errors.root?.message} mayEdit={mayEdit} onSubmit={(event) => void submit(event)} onDiscard={() => { resetTo(form, settings); }}>
      <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2">
        <TextField label={t('settings.workspace.name')} maxLength={200} error={errors.workspaceName?.message} {...register('workspaceName', { validate: (name) => name.trim() !== '' || t('settings.workspace.nameMissing') })} />
        <Select label={t('settings.workspace.timeZone')} hint={t('settings.workspace.timeZoneHint')} options={zones.map((value) => ({ value, label: value.replaceAll('_', ' ') }))} error={errors.timeZone?.message} {...register('timeZone')} />
        <TextField
          label={t('settings.workspace.country')}
          maxLength={2}
          autoCapitalize="characters"
          hint={country === null ? t('settings.workspace.countryHint') : t('settings.workspace.countryNamed', { country })}
          error={errors.defaultCountry?.message}
          {...register('defaultCountry', { validate: (code) => nameOfCountry(code.toUpperCase()) !== null || t('settings.workspace.countryWrong') })}
        />
        <Select label={t('settings.workspace.converted')} hint={t('settings.workspace.convertedHint')} options={convertedStages.map((value) => ({ value, label: t(`words.values.${value}`) }))} {...register('convertedStage')} />
        <TextField label={t('settings.workspace.pause')} type="number" inputMode="numeric" hint={t('settings.workspace.pauseHint')} error={errors.contactPauseDays?.message} {...register('contactPauseDays', number({ min: 0, max: 60, whole: true }))} />
        <TextField label={t('settings.workspace.idle')} type="number" inputMode="numeric" hint={t('settings.workspace.idleHint')} error={errors.idleLockMinutes?.message} {...register('idleLockMinutes', number({ min: 1, max: 1_440, whole: true }))} />
        <TextField label={t('settings.workspace.session')} type="number" inputMode="numeric" hint={t('settings.workspace.sessionHint')} error={errors.sessionHours?.message} {...register('sessionHours', number({ min: 1, max: 720, whole: true }))} />
        <TextField label={t('settings.workspace.import')} type="number" inputMode="numeric" hint={t('settings.workspace.importHint')} error={errors.maximumImportMegabytes?.message} {...register('maximumImportMegabytes', number({ min: 1, max: 4_096, whole: true }))} />
        <TextField label={t('settings.workspace.alertUrgent')} type="number" step="any" inputMode="decimal" hint={t('settings.workspace.alertHint')} error={errors.alertHoursUrgent?.message} {...register('alertHoursUrgent', number({ min: 0.25, max: 1_440 }))} />
        <TextField label={t('settings.workspace.alertEscalated')} type="number" step="any" inputMode="decimal" error={errors.alertHoursEscalated?.message} {...register('alertHoursEscalated', number({ min: 0.25, max: 1_440 }))} />
        <TextField label={t('settings.workspace.alertNormal')} type="number" step="any" inputMode="decimal" error={errors.alertHoursNormal?.message} {...register('alertHoursNormal', number({ min: 0.25, max: 1_440 }))} />
        <div className="grid grid-cols-2 gap-3">
          <TextField label={t('settings.workspace.quietFrom')} type="time" required hint={t('settings.workspace.quietHint')} error={errors.quietFrom?.message} {...register('quietFrom')} />
          <TextField label={t('settings.workspace.quietUntil')} type="time" required error={errors.quietUntil?.message} {...register('quietUntil')} />
        </div>
      </div>
    </SectionForm>
  );
}
