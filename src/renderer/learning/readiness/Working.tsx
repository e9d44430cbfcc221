import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ReadinessAnswer } from '#contract/learning/readiness';
import { type ReadinessFeature, readinessFeatureNames } from '#domain/learning/readiness/features';
import { type Formats, useFormats } from '#renderer/data/format';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';

const shares: readonly ReadinessFeature[] = ['completion', 'accuracy', 'domainScores', 'mockAverage', 'mockBest', 'targetShare'];
const oneDecimal: readonly ReadinessFeature[] = ['studyHours', 'sessionMinutes'];

function shown(name: ReadinessFeature, value: number | null | undefined, formats: Formats): string {
  if (value === null || value === undefined) return '–';
  if (shares.includes(name)) return formats.percent(value);
  if (name === 'velocity') return `${value > 0 ? '+' : ''}${formats.number(Math.round(value * 100))} %`;
  return formats.number(oneDecimal.includes(name) ? Math.round(value * 10) / 10 : Math.round(value));
}

/** What the regression was fitted on, and how it does on students that it had not seen. */
function basisWords({ regression: { basis, own } }: ReadinessAnswer, t: TFunction, formats: Formats): string {
  if (own === null) return t('standing.readiness.basis.published');
  const error = (value: number): string => formats.number(Math.round(value * 1_000) / 1_000);
  return t(`standing.readiness.basis.${basis === 'own' ? 'own' : 'ownWorse'}`, { exams: own.exams, passed: own.passed, brier: error(own.brier), published: error(own.publishedBrier) });
}

/** How the figure was made: the three parts, the milestones, the fifteen features. */
export function Working({ data }: { readonly data: ReadinessAnswer }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { estimate, features } = data;
  if (estimate === null) return null;
  return (
    <details className="rounded-md border border-line bg-surface">
      <summary className="flex min-h-11 items-center px-4 text-sm font-semibold">{t('standing.readiness.working')}</summary>
      <div className="flex flex-col gap-6 border-t border-line p-4">
        <Sheet caption={t('standing.readiness.parts')}>
          <thead>
            <tr>
              <Head>{t('standing.readiness.part')}</Head>
              <Head number>{t('standing.readiness.weight')}</Head>
              <Head number>{t('standing.chart.chance')}</Head>
              <Head number>{t('standing.readiness.interval')}</Head>
            </tr>
          </thead>
          <tbody>
            {estimate.parts.map(({ part, weight, chance, low, high }) => (
              <tr key={part}>
                <Cell>{t(`standing.readiness.partNames.${part}`)}</Cell>
                <Cell number>{formats.percent(weight)}</Cell>
                <Cell number>{formats.percent(chance)}</Cell>
                <Cell number>{part === 'rules' ? '–' : `${formats.percent(low)} – ${formats.percent(high)}`}</Cell>
              </tr>
            ))}
          </tbody>
        </Sheet>
        <Sheet caption={t('standing.readiness.milestones')}>
          <thead>
            <tr>
              <Head>{t('standing.readiness.milestone')}</Head>
              <Head number>{t('standing.readiness.reached')}</Head>
              <Head number>{t('standing.readiness.points')}</Head>
            </tr>
          </thead>
          <tbody>
            {estimate.milestones.map(({ milestone, points, reached }) => (
              <tr key={milestone}>
                <Cell>{t(`standing.readiness.milestoneNames.${milestone}`)}</Cell>
                <Cell number>{formats.percent(reached)}</Cell>
                <Cell number>{`${formats.number(Math.round(points * reached))} / ${formats.number(points)}`}</Cell>
              </tr>
            ))}
          </tbody>
        </Sheet>
        <Sheet caption={t('standing.readiness.features')}>
          <thead>
            <tr>
              <Head>{t('standing.readiness.feature')}</Head>
              <Head number>{t('standing.readiness.value')}</Head>
            </tr>
          </thead>
          <tbody>
            {readinessFeatureNames.map((name) => (
              <tr key={name}>
                <Cell>{t(`standing.readiness.featureNames.${name}`)}</Cell>
                <Cell number>{shown(name, features[name], formats)}</Cell>
              </tr>
            ))}
          </tbody>
        </Sheet>
        <p className="text-sm text-muted">{basisWords(data, t, formats)}</p>
        <p className="text-sm text-muted">{t('standing.readiness.caution')}</p>
      </div>
    </details>
  );
}
