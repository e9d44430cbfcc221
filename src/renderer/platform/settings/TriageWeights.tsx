import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#contract/index';
import { factors, type Weights } from '#domain/admissions/triage/configuration';
import { useFormats } from '#renderer/data/format';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { SkeletonRows } from '#renderer/kit/Face';
import { TextField } from '#renderer/kit/Field';
import { Bar } from '#renderer/kit/Marks';
import { toast } from '#renderer/kit/toasts';
import { showRefusal } from '#renderer/platform/forms/refusals';
import { Failure } from '#renderer/shell/Failure';
import { useMay } from '#renderer/shell/session';
import { tellFailure } from '#renderer/shell/tellFailure';
import { useNumberRules } from './numbers';
import { ProposedWeights } from './ProposedWeights';
import { RescoreProgress } from './RescoreProgress';
import { resetTo } from './resetTo';
import { RulesPreview } from './RulesPreview';
import { Section, SectionForm } from './Section';
import { useRescore } from './useRescore';
import { VersionsHistory } from './VersionsHistory';

export type TriageSettings = OutputOf<'admissions.triage.config.get'>;

type Values = Record<(typeof factors)[number], number> & { reason: string };

/** The most points that each factor gives to a score. */
export function TriageWeights() {
  const { t } = useTranslation();
  const settings = useEntry('admissions.triage.config.get', {});
  return (
    <Section id="weights" detail={t('settings.weights.detail')}>
      {settings.error !== null ? (
        <Failure error={settings.error} onRetry={() => void settings.refetch()} />
      ) : settings.data === undefined ? (
        <SkeletonRows rows={5} label={t('common.loading')} />
      ) : (
        <WeightsForm settings={settings.data} />
      )}
    </Section>
  );
}

function weightsOf(values: Partial<Values>): Weights {
  return Object.fromEntries(factors.map((factor) => [factor, values[factor] ?? 0])) as Record<(typeof factors)[number], number>;
}

function WeightsForm({ settings }: { readonly settings: TriageSettings }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const mayEdit = useMay('ai_analytics');
  const number = useNumberRules();
  const update = useCommand('admissions.triage.config.update');
  const rescore = useRescore();
  const saved: Values = { ...settings.weights, reason: '' };
  const form = useForm<Values>({ values: saved, resetOptions: { keepDirtyValues: true } });
  const { register, control, setValue, handleSubmit, formState } = form;
  const weights = weightsOf(useWatch({ control }));
  const sum = factors.reduce((total, factor) => total + (Number.isFinite(weights[factor]) ? weights[factor] : 0), 0);
  const valid = factors.every((factor) => Number.isFinite(weights[factor]) && weights[factor] >= 0) && sum > 0;
  const differs = factors.some((factor) => weights[factor] !== settings.weights[factor]);
  const fill = (next: Weights): void => {
    for (const factor of factors) setValue(factor, next[factor], { shouldDirty: true, shouldValidate: true });
  };
  const submit = handleSubmit((values) => {
    const reason = values.reason.trim();
    update.mutate(
      { weights: weightsOf(values), ...(reason === '' ? {} : { reason }) },
      {
        onSuccess: (result) => {
          resetTo(form, { ...result.weights, reason: '' });
          rescore.follow(result.rescoreJobId);
          toast({ title: t('settings.weights.saved') });
        },
        onError: (error) => { showRefusal(form, error); },
      },
    );
  });
  /** Applies earlier weights as a new version, which can be taken back the same way. */
  const apply = (to: Weights, reason: string, title: string, undo?: () => void): void => {
    update.mutate(
      { weights: to, reason },
      {
        onSuccess: (result) => {
          resetTo(form, { ...result.weights, reason: '' });
          rescore.follow(result.rescoreJobId);
          toast({ title, ...(undo === undefined ? {} : { action: { label: t('common.undo'), run: undo } }) });
        },
        onError: tellFailure,
      },
    );
  };
  const goBack = (index: number): void => {
    const version = settings.history[index];
    if (version === undefined) return;
    const when = formats.moment(version.at);
    const now = settings.weights;
    apply(version.weights, t('settings.history.reason', { when }), t('settings.history.went', { when }), () => {
      apply(now, t('settings.history.undone'), t('settings.history.undone'));
    });
  };
  return (
    <>
      <SectionForm id="weights" unsaved={formState.isDirty} busy={update.isPending} problem={formState.errors.root?.message} mayEdit={mayEdit} saveLabel={t('settings.saveAndScore')} onSubmit={(event) => void submit(event)} onDiscard={() => { resetTo(form, saved); }}>
        <div className="flex flex-col gap-3">
          {factors.map((factor) => {
            const share = sum > 0 && Number.isFinite(weights[factor]) ? weights[factor] / sum : 0;
            return (
              <div key={factor} className="grid grid-cols-[minmax(0,1fr)_6rem] items-start gap-x-4 gap-y-1 sm:grid-cols-[minmax(0,1fr)_6rem_10rem]">
                <div>
                  <span className="font-medium">{t(`settings.factors.${factor}`)}</span>
                  <p className="text-sm text-muted">{t(`settings.factorDetails.${factor}`)}</p>
                </div>
                <TextField label={t('settings.weights.of', { factor: t(`settings.factors.${factor}`) })} labelHidden type="number" step="any" inputMode="decimal" error={formState.errors[factor]?.message} {...register(factor, number({ min: 0, max: 1_000 }))} />
                <div className="flex h-8 items-center gap-2 max-sm:col-span-2 max-sm:h-5">
                  <Bar value={share} label={t('settings.weights.share', { factor: t(`settings.factors.${factor}`), share: formats.percent(share) })} />
                  <span aria-hidden className="tabular w-12 shrink-0 text-right text-sm text-muted">{formats.percent(share)}</span>
                </div>
              </div>
            );
          })}
        </div>
        <div className="flex flex-wrap items-center justify-between gap-2 rounded-md bg-bg px-3 py-2">
          <p className="tabular text-sm">{t('settings.weights.sum', { sum: formats.number(sum) })}</p>
          <Button size="small" onClick={() => { fill(settings.defaults.weights); }}>
            {t('settings.defaults')}
          </Button>
        </div>
        {differs && <RulesPreview entry="admissions.triage.config.preview" input={{ weights }} valid={valid} />}
        {differs && <TextField label={t('settings.weights.reason')} maxLength={500} hint={t('settings.weights.reasonHint')} error={formState.errors.reason?.message} {...register('reason')} />}
      </SectionForm>
      <RescoreProgress rescore={rescore} />
      <ProposedWeights mayEdit={mayEdit} rescore={rescore} />
      <VersionsHistory
        id="weights"
        versions={settings.history.map(({ weights: given, ...version }) => ({ ...version, said: factors.map((factor) => formats.number(given[factor])).join(' · ') }))}
        busy={update.isPending}
        {...(mayEdit ? { onBack: goBack } : {})}
      />
    </>
  );
}
