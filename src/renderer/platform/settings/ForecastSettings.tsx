import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#contract/index';
import { factors } from '#domain/admissions/triage/configuration';
import { useFormats } from '#renderer/data/format';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { SkeletonRows } from '#renderer/kit/Face';
import { TextField } from '#renderer/kit/Field';
import { toast } from '#renderer/kit/toasts';
import { showRefusal } from '#renderer/platform/forms/refusals';
import { Failure } from '#renderer/shell/Failure';
import { useMay, useSignedIn } from '#renderer/shell/session';
import { tellFailure } from '#renderer/shell/tellFailure';
import { fromPercent, toPercent, useNumberRules } from './numbers';
import { RescoreProgress } from './RescoreProgress';
import { resetTo } from './resetTo';
import { RulesPreview } from './RulesPreview';
import { Section, SectionForm } from './Section';
import { useRescore } from './useRescore';
import { VersionsHistory } from './VersionsHistory';

type ForecastState = OutputOf<'admissions.forecast.config.get'>;
type Configuration = ForecastState['configuration'];

/** The chance of enrolling by the rules, and how long it takes. */
export function ForecastSettings() {
  const { t } = useTranslation();
  const state = useEntry('admissions.forecast.config.get', {});
  return (
    <Section id="forecast" detail={t('settings.forecast.detail')}>
      {state.error !== null ? (
        <Failure error={state.error} onRetry={() => void state.refetch()} />
      ) : state.data === undefined ? (
        <SkeletonRows rows={5} label={t('common.loading')} />
      ) : (
        <ForecastForm state={state.data} />
      )}
    </Section>
  );
}

/** The form shows the least chance as percent. */
const toValues = (configuration: Configuration): Configuration => ({ ...configuration, minProbabilityForEta: toPercent(configuration.minProbabilityForEta) });
const toConfiguration = (values: Configuration): Configuration => ({ ...values, minProbabilityForEta: fromPercent(values.minProbabilityForEta) });

const numbers = ['bias', 'etaBaseDays', 'etaEngagementShorteningMax', 'minProbabilityForEta'] as const;
const isComplete = (values: Configuration): boolean => [...numbers.map((name) => values[name]), ...factors.map((factor) => values.weights[factor])].every(Number.isFinite);

function ForecastForm({ state }: { readonly state: ForecastState }) {
  const { t } = useTranslation();
  const formats = useFormats(useSignedIn().workspace.timeZone);
  const mayEdit = useMay('ai_analytics');
  const number = useNumberRules();
  const update = useCommand('admissions.forecast.config.update');
  const rescore = useRescore();
  const saved = toValues(state.configuration);
  const form = useForm<Configuration>({ values: saved, resetOptions: { keepDirtyValues: true } });
  const { register, control, setValue, handleSubmit, formState } = form;
  const { errors } = formState;
  const values = useWatch({ control }) as Configuration;
  const submit = handleSubmit((given) => {
    update.mutate(toConfiguration(given), {
      onSuccess: (result) => {
        resetTo(form, toValues(result.configuration));
        rescore.follow(result.rescoreJobId);
        toast({ title: t('settings.forecast.saved') });
      },
      onError: (error) => { showRefusal(form, error); },
    });
  });
  const toDefaults = (): void => {
    const defaults = toValues(state.defaults);
    for (const factor of factors) setValue(`weights.${factor}`, defaults.weights[factor], { shouldDirty: true, shouldValidate: true });
    for (const name of numbers) setValue(name, defaults[name], { shouldDirty: true, shouldValidate: true });
  };
  const apply = (to: Configuration, title: string, undo?: () => void): void => {
    update.mutate(to, {
      onSuccess: (result) => {
        resetTo(form, toValues(result.configuration));
        rescore.follow(result.rescoreJobId);
        toast({ title, ...(undo === undefined ? {} : { action: { label: t('common.undo'), run: undo } }) });
      },
      onError: tellFailure,
    });
  };
  const goBack = (index: number): void => {
    const version = state.configurations[index];
    if (version === undefined) return;
    const now = state.configuration;
    apply(version.configuration, t('settings.history.went', { when: formats.moment(version.at) }), () => {
      apply(now, t('settings.history.undone'));
    });
  };
  const said = ({ bias, weights, etaBaseDays, etaEngagementShorteningMax, minProbabilityForEta }: Configuration): string =>
    [bias, ...factors.map((factor) => weights[factor]), etaBaseDays, etaEngagementShorteningMax].map(formats.number).concat(formats.percent(minProbabilityForEta)).join(' · ');
  const field = { type: 'number', step: 'any', inputMode: 'decimal' } as const;
  return (
    <>
      <SectionForm id="forecast" unsaved={formState.isDirty} busy={update.isPending} problem={errors.root?.message} mayEdit={mayEdit} saveLabel={t('settings.saveAndForecast')} onSubmit={(event) => void submit(event)} onDiscard={() => { resetTo(form, saved); }}>
        <fieldset className="min-w-0">
          <legend className="mb-1 font-medium">{t('settings.forecast.chance')}</legend>
          <p className="mb-3 max-w-prose text-sm text-muted">{t('settings.forecast.formula')}</p>
          <div className="grid items-start gap-x-6 gap-y-4 sm:grid-cols-2 md:grid-cols-3">
            <TextField {...field} label={t('settings.forecast.bias')} error={errors.bias?.message} {...register('bias', number({ min: -50, max: 50 }))} />
            {factors.map((factor) => (
              <TextField key={factor} {...field} label={t('settings.forecast.perPoint', { factor: t(`settings.factors.${factor}`) })} error={errors.weights?.[factor]?.message} {...register(`weights.${factor}`, number({ min: -10, max: 10 }))} />
            ))}
          </div>
        </fieldset>
        <fieldset className="min-w-0">
          <legend className="mb-3 font-medium">{t('settings.forecast.days')}</legend>
          <div className="grid items-start gap-x-6 gap-y-4 sm:grid-cols-2 md:grid-cols-3">
            <TextField {...field} label={t('settings.forecast.etaBaseDays')} error={errors.etaBaseDays?.message} {...register('etaBaseDays', number({ min: 0, max: 3_650 }))} />
            <TextField {...field} label={t('settings.forecast.shortening')} error={errors.etaEngagementShorteningMax?.message} {...register('etaEngagementShorteningMax', number({ min: 0, max: 3_650 }))} />
            <TextField {...field} label={t('settings.forecast.minimum')} error={errors.minProbabilityForEta?.message} {...register('minProbabilityForEta', number({ min: 0, max: 100 }))} />
          </div>
        </fieldset>
        {formState.isDirty && <RulesPreview entry="admissions.forecast.config.preview" input={toConfiguration(values)} valid={isComplete(values)} />}
        <div className="flex flex-wrap items-center justify-between gap-2">
          <Button size="small" onClick={toDefaults}>
            {t('settings.defaults')}
          </Button>
          <span className="text-sm text-muted">{t('settings.forecast.since', { when: formats.moment(state.changedAt) })}</span>
        </div>
      </SectionForm>
      <RescoreProgress rescore={rescore} />
      <VersionsHistory id="forecast" versions={state.configurations.map(({ configuration, ...version }) => ({ ...version, said: said(configuration) }))} busy={update.isPending} {...(mayEdit ? { onBack: goBack } : {})} />
    </>
  );
}
