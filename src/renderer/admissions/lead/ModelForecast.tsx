import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#contract/index';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { Skeleton } from '#renderer/kit/Face';
import { Card } from '#renderer/kit/Marks';

type Forecast = OutputOf<'admissions.forecast.model'>;

/** What the model's chance says beside its figure: how long it takes, how the source does, and the season; or what is missing for a model. */
export function ModelForecast({ leadId }: { readonly leadId: string }) {
  const { t } = useTranslation();
  const asked = useEntry('admissions.forecast.model', { leadId }, { keep: true });
  const forecast = asked.data;
  if (asked.error !== null) {
    return (
      <Card title={t('lead.model.title')}>
        <p role="alert" className="text-muted">
          {asked.error.message}
        </p>
      </Card>
    );
  }
  if (forecast === undefined) return <Skeleton className="h-32" />;
  return (
    <Card title={t('lead.model.title')}>
      {forecast.notice !== null && <p className="text-sm text-muted">{forecast.notice}</p>}
      {forecast.state === 'model' && <Time forecast={forecast} />}
      <Cohort cohort={forecast.cohortPerformance} />
    </Card>
  );
}

function Time({ forecast: { etaDays, etaBasis, horizon, seasonalFactors: season } }: { readonly forecast: Forecast }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <>
      <p>
        {etaDays === null ? t('lead.noEta') : t('lead.eta', { count: etaDays })}
        {etaBasis !== null && <span className="text-muted"> ({t(`lead.model.basis.${etaBasis}`)})</span>}
      </p>
      {horizon.probability !== null && <p className="mt-1 text-sm text-muted">{t('lead.model.horizon', { days: formats.number(horizon.days), percent: formats.percent(horizon.probability) })}</p>}
      {season !== null && (
        <p className="mt-1 text-sm text-muted">
          {t('lead.model.season', { now: formats.percent(season.currentMonthFactor), month: formats.monthName(season.nextPeakMonth), peak: formats.percent(season.nextPeakFactor) })}
        </p>
      )}
      <p className="mt-2 text-sm text-faint">{t('lead.model.means')}</p>
    </>
  );
}

function Cohort({ cohort }: { readonly cohort: Forecast['cohortPerformance'] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (cohort === null) return null;
  const { source, cohortSize, similarLeadsConversionRate, overallConversionRate, performanceTier } = cohort;
  return (
    <p className="mt-3 border-t border-line pt-3 text-sm">
      <span className="font-medium">{t(`lead.model.tiers.${performanceTier}`)}</span>
      <span className="text-muted">
        {' · '}
        {t(source === null ? 'lead.model.cohortOfAll' : 'lead.model.cohort', { source, count: cohortSize, rate: formats.percent(similarLeadsConversionRate), overall: formats.percent(overallConversionRate) })}
      </span>
    </p>
  );
}
