import { useForm, type UseFormReturn, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { signals } from '#domain/admissions/leads/signals';
import { actions, bands } from '#domain/admissions/triage/configuration';
import { useFormats } from '#renderer/data/format';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { SkeletonRows } from '#renderer/kit/Face';
import { Select, TextField } from '#renderer/kit/Field';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { toast } from '#renderer/kit/toasts';
import { showRefusal } from '#renderer/platform/forms/refusals';
import { Failure } from '#renderer/shell/Failure';
import { useMay, useSignedIn } from '#renderer/shell/session';
import { tellFailure } from '#renderer/shell/tellFailure';
import { useNumberRules } from './numbers';
import { RescoreProgress } from './RescoreProgress';
import { changedRules, type Configuration, type GroupName, groupNames, groups, isComplete, type RuleName, rules, type RuleValues, toConfiguration, toValues } from './rules';
import { resetTo } from './resetTo';
import { RulesPreview } from './RulesPreview';
import { Section, SectionForm } from './Section';
import type { TriageSettings } from './TriageWeights';
import { useRescore } from './useRescore';
import { VersionsHistory } from './VersionsHistory';

/** Everything else that a score depends on. */
export function ScoringRules() {
  const { t } = useTranslation();
  const settings = useEntry('admissions.triage.config.get', {});
  return (
    <Section id="rules" detail={t('settings.rules.detail')}>
      {settings.error !== null ? (
        <Failure error={settings.error} onRetry={() => void settings.refetch()} />
      ) : settings.data === undefined ? (
        <SkeletonRows rows={6} label={t('common.loading')} />
      ) : (
        <RulesForm settings={settings.data} />
      )}
    </Section>
  );
}

/** Changes of a version that are named one by one. */
const namedChanges = 3;

function RulesForm({ settings }: { readonly settings: TriageSettings }) {
  const { t } = useTranslation();
  const mayEdit = useMay('ai_analytics');
  const update = useCommand('admissions.triage.config.update');
  const rescore = useRescore();
  const saved = toValues(settings.configuration);
  const form = useForm<RuleValues>({ values: saved, resetOptions: { keepDirtyValues: true } });
  const { register, control, handleSubmit, formState } = form;
  const formats = useFormats(useSignedIn().workspace.timeZone);
  const values = useWatch({ control }) as RuleValues;
  const submit = handleSubmit((values) => {
    update.mutate(
      { configuration: toConfiguration(values) },
      {
        onSuccess: (result) => {
          resetTo(form, toValues(result.configuration));
          rescore.follow(result.rescoreJobId);
          toast({ title: t('settings.rules.saved') });
        },
        onError: (error) => { showRefusal(form, error); },
      },
    );
  });
  const toDefaults = (): void => {
    const { numbers, signals: engagement, actions: done } = toValues(settings.defaults.configuration);
    form.setValue('numbers', numbers, { shouldDirty: true, shouldValidate: true });
    form.setValue('signals', engagement, { shouldDirty: true, shouldValidate: true });
    form.setValue('actions', done, { shouldDirty: true });
  };
  const apply = (to: Configuration, title: string, undo?: () => void): void => {
    update.mutate(
      { configuration: to, reason: title },
      {
        onSuccess: (result) => {
          resetTo(form, toValues(result.configuration));
          rescore.follow(result.rescoreJobId);
          toast({ title, ...(undo === undefined ? {} : { action: { label: t('common.undo'), run: undo } }) });
        },
        onError: tellFailure,
      },
    );
  };
  const goBack = (index: number): void => {
    const version = settings.configurations[index];
    if (version === undefined) return;
    const now = settings.configuration;
    apply(version.configuration, t('settings.history.went', { when: formats.moment(version.at) }), () => {
      apply(now, t('settings.history.undone'));
    });
  };
  /** What a version changed of the one before it: the first few numbers by name. */
  const said = (index: number): string => {
    const [version, before] = [settings.configurations[index], settings.configurations[index + 1]];
    if (version === undefined || before === undefined) return t('settings.history.beginning');
    const changes = changedRules(toValues(before.configuration), toValues(version.configuration));
    const named = changes.numbers.slice(0, namedChanges).map(({ name, from, to }) => t('settings.history.change', { what: t(`settings.rules.fields.${name}`), from: formats.number(from), to: formats.number(to) }));
    const more = changes.numbers.length - named.length + changes.others;
    return [...named, ...(more > 0 || named.length === 0 ? [t('settings.history.more', { count: more })] : [])].join(' · ');
  };
  return (
    <>
      <SectionForm id="rules" unsaved={formState.isDirty} busy={update.isPending} problem={formState.errors.root?.message} mayEdit={mayEdit} saveLabel={t('settings.saveAndScore')} onSubmit={(event) => void submit(event)} onDiscard={() => { resetTo(form, saved); }}>
        {groupNames.map((group) => (
          <Group key={group} group={group} form={form}>
            {group === 'bands' &&
              bands.map((band) => (
                <Select key={band} label={t(`settings.rules.actions.${band}`)} options={actions.map((value) => ({ value, label: t(`words.actions.${value}`) }))} {...register(`actions.${band}`)} />
              ))}
          </Group>
        ))}
        <Signals form={form} />
        {formState.isDirty && <RulesPreview entry="admissions.triage.config.preview" input={{ configuration: toConfiguration(values) }} valid={isComplete(values)} />}
        <div>
          <Button size="small" onClick={toDefaults}>
            {t('settings.defaults')}
          </Button>
        </div>
      </SectionForm>
      <RescoreProgress rescore={rescore} />
      <VersionsHistory id="rules" versions={settings.configurations.map(({ at, by }, index) => ({ at, by, said: said(index) }))} busy={update.isPending} {...(mayEdit ? { onBack: goBack } : {})} />
    </>
  );
}

interface PartProps {
  readonly form: UseFormReturn<RuleValues>;
}

function Group({ group, form, children }: PartProps & { readonly group: GroupName; readonly children: React.ReactNode }) {
  const { t } = useTranslation();
  const number = useNumberRules();
  const { errors } = form.formState;
  const names: readonly RuleName[] = groups[group];
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 font-medium">{t(`settings.rules.groups.${group}`)}</legend>
      <div className="grid items-start gap-x-6 gap-y-4 sm:grid-cols-2 md:grid-cols-3">
        {names.map((name) => (
          <TextField key={name} label={t(`settings.rules.fields.${name}`)} type="number" step="any" inputMode="decimal" error={errors.numbers?.[name]?.message} {...form.register(`numbers.${name}`, number(rules[name]))} />
        ))}
        {children}
      </div>
    </fieldset>
  );
}

/** How far each signal alone lifts engagement, and the total at which it has said all it can. */
function Signals({ form }: PartProps) {
  const { t } = useTranslation();
  const number = useNumberRules();
  const { errors } = form.formState;
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 font-medium">{t('settings.rules.groups.signals')}</legend>
      <Sheet className="[&_td]:align-top" caption={t('settings.rules.groups.signals')}>
        <thead>
          <tr>
            <Head className="pl-0">{t('settings.rules.signal')}</Head>
            <Head>{t('settings.rules.weight')}</Head>
            <Head className="pr-0">{t('settings.rules.cap')}</Head>
          </tr>
        </thead>
        <tbody>
          {signals.map((signal) => {
            const name = t(`words.fields.${signal}`);
            return (
              <tr key={signal}>
                <Cell className="pl-0 leading-8">{name}</Cell>
                <Cell className="w-32">
                  <TextField label={`${name}: ${t('settings.rules.weight')}`} labelHidden type="number" step="any" inputMode="decimal" error={errors.signals?.[signal]?.weight?.message} {...form.register(`signals.${signal}.weight`, number({ min: 0, max: 100 }))} />
                </Cell>
                <Cell className="w-32 pr-0">
                  <TextField label={`${name}: ${t('settings.rules.cap')}`} labelHidden type="number" step="any" inputMode="decimal" error={errors.signals?.[signal]?.cap?.message} {...form.register(`signals.${signal}.cap`, number({ min: 0.001, max: 1e9 }))} />
                </Cell>
              </tr>
            );
          })}
        </tbody>
      </Sheet>
    </fieldset>
  );
}
