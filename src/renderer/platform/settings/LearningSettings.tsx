import { type FieldPathByValue, get, set, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#contract/index';
import { defaultMasteryConfiguration } from '#domain/learning/mastery/mastery';
import { defaultReadinessConfiguration } from '#domain/learning/readiness/configuration';
import { defaultRecommendationConfiguration } from '#domain/learning/recommendations/configuration';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { SkeletonRows } from '#renderer/kit/Face';
import { TextField } from '#renderer/kit/Field';
import { toast } from '#renderer/kit/toasts';
import { showRefusal } from '#renderer/platform/forms/refusals';
import { Failure } from '#renderer/shell/Failure';
import { useMay } from '#renderer/shell/session';
import { fromPercent, type Limits, toPercent, useNumberRules } from './numbers';
import { resetTo } from './resetTo';
import { Section, SectionForm } from './Section';

type LearningState = OutputOf<'learning.readiness.config.get'>;
type Numbers = Omit<LearningState, 'changed'>;

interface NumberField extends Limits {
  readonly name: FieldPathByValue<Numbers, number>;
  readonly label: string;
  /** Shown in hundredths. */
  readonly percent?: true;
}

const defaults: Numbers = { readiness: defaultReadinessConfiguration, mastery: defaultMasteryConfiguration, recommendations: defaultRecommendationConfiguration };
const weight = { min: 0, max: 1_000 } as const;
const count = { min: 0, max: 100_000, whole: true } as const;
const share = { min: 0, max: 100, percent: true } as const;

/** What is edited here; the coefficients of the models, which nobody edits by eye, are edited on the command line. */
const allNumbers = [
  {
    title: 'ensemble',
    fields: [
      { name: 'readiness.ensemble.bayesian', label: 'bayesian', ...weight },
      { name: 'readiness.ensemble.regression', label: 'regression', ...weight },
      { name: 'readiness.ensemble.rules', label: 'rules', ...weight },
    ],
  },
  {
    title: 'evidence',
    fields: [
      { name: 'readiness.minimumAnswers', label: 'minimumAnswers', ...count },
      { name: 'readiness.minimumDomainAnswers', label: 'minimumDomainAnswers', ...count },
      { name: 'readiness.minimumCoverage', label: 'minimumCoverage', ...share },
      { name: 'readiness.strength', label: 'strength', ...share },
      { name: 'readiness.weakness', label: 'weakness', ...share },
      { name: 'readiness.topicAnswers', label: 'topicAnswers', ...count, min: 1 },
    ],
  },
  {
    title: 'milestones',
    fields: [
      { name: 'readiness.rules.points.completion', label: 'completionPoints', ...weight },
      { name: 'readiness.rules.points.accuracy', label: 'accuracyPoints', ...weight },
      { name: 'readiness.rules.points.domains', label: 'domainsPoints', ...weight },
      { name: 'readiness.rules.points.mockPassed', label: 'mockPassedPoints', ...weight },
      { name: 'readiness.rules.points.mocksTaken', label: 'mocksTakenPoints', ...weight },
      { name: 'readiness.rules.points.recentStudy', label: 'recentStudyPoints', ...weight },
      { name: 'readiness.rules.completion', label: 'completion', ...share },
      { name: 'readiness.rules.mocks', label: 'mocks', ...count },
      { name: 'readiness.rules.studiedWithinDays', label: 'studiedWithinDays', ...count },
    ],
  },
  {
    title: 'interventions',
    fields: [
      { name: 'recommendations.lowEngagement.days', label: 'lowEngagementDays', ...count, min: 1 },
      { name: 'recommendations.declining.answers', label: 'decliningAnswers', ...count, min: 10 },
      { name: 'recommendations.declining.drop', label: 'decliningDrop', ...share },
      { name: 'recommendations.examUnready.days', label: 'examUnreadyDays', ...count },
      { name: 'recommendations.examUnready.chance', label: 'examUnreadyChance', ...share },
      { name: 'recommendations.burnout.activeDays', label: 'burnoutActiveDays', min: 1, max: 14, whole: true },
      { name: 'recommendations.burnout.timesPlanned', label: 'burnoutTimesPlanned', min: 0, max: 100 },
    ],
  },
  {
    title: 'recommendations',
    fields: [
      { name: 'recommendations.weakness', label: 'weakBelow', ...share },
      { name: 'recommendations.mockEveryDays', label: 'mockEveryDays', ...count, min: 1 },
      { name: 'recommendations.restAfterCompleted', label: 'restAfterCompleted', ...count },
      { name: 'recommendations.restAfterDismissed', label: 'restAfterDismissed', ...count },
      { name: 'mastery.target', label: 'masteryTarget', min: 50, max: 99, percent: true },
      { name: 'mastery.minimumAnswers', label: 'masteryAnswers', ...count, min: 5 },
    ],
  },
] as const satisfies readonly { readonly title: string; readonly fields: readonly NumberField[] }[];
type Group = (typeof allNumbers)[number];
const groups: readonly { readonly title: Group['title']; readonly fields: readonly (NumberField & { readonly label: Group['fields'][number]['label'] })[] }[] = allNumbers;

/** The same numbers with the shares in hundredths, or back. */
function turned({ readiness, mastery, recommendations }: Numbers, turn: (share: number) => number): Numbers {
  const values: Numbers = structuredClone({ readiness, mastery, recommendations });
  for (const { name, percent } of groups.flatMap(({ fields }) => fields)) if (percent === true) set(values, name, turn(get<Numbers, number>(values, name)));
  return values;
}

/** The same text for the same numbers, in whatever order they stand. */
const textOf = (part: object): string => JSON.stringify(part, (_name, value: unknown) => (typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))) : value));

/** What is saved of a part: nothing where it is as before; null where it is as it came with the program, and follows it from then on. */
function changeOf<Part extends object>(wanted: Part, before: Part, original: Part): Part | null | undefined {
  if (textOf(wanted) === textOf(before)) return undefined;
  return textOf(wanted) === textOf(original) ? null : wanted;
}

/** The numbers behind readiness, interventions and mastery. */
export function LearningSettings() {
  const { t } = useTranslation();
  const state = useEntry('learning.readiness.config.get', {});
  return (
    <Section id="learning" detail={t('settings.learning.detail')}>
      {state.error !== null ? (
        <Failure error={state.error} onRetry={() => void state.refetch()} />
      ) : state.data === undefined ? (
        <SkeletonRows rows={6} label={t('common.loading')} />
      ) : (
        <LearningForm state={state.data} />
      )}
    </Section>
  );
}

function LearningForm({ state }: { readonly state: LearningState }) {
  const { t } = useTranslation();
  const mayEdit = useMay('system_config');
  const number = useNumberRules();
  const update = useCommand('learning.readiness.config.update');
  const saved = turned(state, toPercent);
  const form = useForm<Numbers>({ values: saved, resetOptions: { keepDirtyValues: true } });
  const { register, setValue, handleSubmit, formState } = form;
  const { errors } = formState;
  const submit = handleSubmit((given) => {
    const wanted = turned(given, fromPercent);
    update.mutate(
      {
        readiness: changeOf(wanted.readiness, state.readiness, defaults.readiness),
        mastery: changeOf(wanted.mastery, state.mastery, defaults.mastery),
        recommendations: changeOf(wanted.recommendations, state.recommendations, defaults.recommendations),
      },
      {
        onSuccess: (result) => {
          resetTo(form, turned(result, toPercent));
          toast({ title: t('settings.learning.saved') });
        },
        onError: (error) => { showRefusal(form, error); },
      },
    );
  });
  const toDefaults = (): void => {
    const values = turned(defaults, toPercent);
    for (const { name } of groups.flatMap(({ fields }) => fields)) setValue(name, get<Numbers, number>(values, name), { shouldDirty: true, shouldValidate: true });
  };
  return (
    <SectionForm id="learning" unsaved={formState.isDirty} busy={update.isPending} problem={errors.root?.message} mayEdit={mayEdit} onSubmit={(event) => void submit(event)} onDiscard={() => { resetTo(form, saved); }}>
      {groups.map(({ title, fields }) => (
        <fieldset key={title} className="min-w-0">
          <legend className="mb-1 font-medium">{t(`settings.learning.groups.${title}`)}</legend>
          <p className="mb-3 max-w-prose text-sm text-muted">{t(`settings.learning.groupDetails.${title}`)}</p>
          <div className="grid items-start gap-x-6 gap-y-4 sm:grid-cols-2 md:grid-cols-3">
            {fields.map(({ name, label, percent: _percent, ...limits }) => (
              <TextField key={name} type="number" step="any" inputMode="decimal" label={t(`settings.learning.fields.${label}`)} error={get<typeof errors, { readonly message?: string } | undefined>(errors, name)?.message} {...register(name, number(limits))} />
            ))}
          </div>
        </fieldset>
      ))}
      <div>
        <Button size="small" onClick={toDefaults}>
          {t('settings.defaults')}
        </Button>
      </div>
    </SectionForm>
  );
}
