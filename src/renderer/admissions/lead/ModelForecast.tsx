import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#contract/index';
import { type Formats, useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { Skeleton } from '#renderer/kit/Face';
import { Card, Tag } from '#renderer/kit/Marks';
import { Working, WorkingTable } from './Working';

type Forecast = OutputOf<'admissions.forecast.model'>;

/** So many influences and columns are shown; the working has the rest. */
const shownDrivers = 3;

/** The chance by the model that serves, beside the one by the rules; or what is missing for a model. */
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
  if (forecast === undefined) return <Skeleton className="h-40" />;
  return (
    <Card title={t('lead.model.title')} {...(forecast.version === null ? {} : { action: <Tag>{t('lead.model.version', { version: forecast.version })}</Tag> })}>
      {forecast.state === 'no_model' || forecast.conversionProbability === null ? <p className="text-muted">{forecast.notice}</p> : <Said forecast={forecast} probability={forecast.conversionProbability} />}
      <Cohort cohort={forecast.cohortPerformance} />
    </Card>
  );
}

/** A value as people read it. */
function valueText(value: string | number | boolean | null, formats: Formats, yes: string, no: string): string {
  if (value === null) return '–';
  if (typeof value === 'boolean') return value ? yes : no;
  return typeof value === 'number' ? formats.number(Math.round(value * 100) / 100) : value;
}

function Said({ forecast, probability }: { readonly forecast: Forecast; readonly probability: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { confidenceInterval: interval, etaDays, etaBasis, drivers, modelConfidence, seasonalFactors: season, horizon } = forecast;
  const read = (value: string | number | boolean | null): string => valueText(value, formats, t('lead.model.yes'), t('lead.model.no'));
  return (
    <>
      {forecast.notice !== null && <p className="mb-2 text-sm text-medium">{forecast.notice}</p>}
      <div className="flex flex-wrap items-baseline gap-x-3">
        <span className="tabular text-2xl font-semibold">{formats.percent(probability)}</span>
        {interval !== null && (
          <span className="tabular text-sm text-muted" title={t('lead.model.rangeMeans')}>
            {t('lead.model.range', { lower: formats.percent(interval.lower), upper: formats.percent(interval.upper) })}
          </span>
        )}
      </div>
      <p className="mt-1 text-sm text-muted">
        {etaDays === null ? t('lead.noEta') : t('lead.eta', { count: etaDays })}
        {etaBasis !== null && ` (${t(`lead.model.basis.${etaBasis}`)})`}
        {horizon.probability !== null && ` · ${t('lead.model.horizon', { days: formats.number(horizon.days), percent: formats.percent(horizon.probability) })}`}
      </p>
      <ul className="mt-2 flex flex-col gap-1 text-sm">
        {drivers.slice(0, shownDrivers).map(({ field, column, value, contribution }) => (
          <li key={field} className="flex gap-2">
            {contribution > 0 ? <ThumbsUp size={13} aria-label={t('lead.driver')} className="mt-0.5 shrink-0 text-good" /> : <ThumbsDown size={13} aria-label={t('lead.risk')} className="mt-0.5 shrink-0 text-high" />}
            <span>{value === null ? (field === 'season' ? column : t('lead.model.unknown', { column })) : t('lead.model.driver', { column, value: read(value) })}</span>
          </li>
        ))}
      </ul>
      {season !== null && (
        <p className="mt-2 text-sm text-muted">
          {t('lead.model.season', { now: formats.percent(season.currentMonthFactor), month: formats.monthName(season.nextPeakMonth), peak: formats.percent(season.nextPeakFactor) })}
        </p>
      )}
      {modelConfidence !== null && (
        <p className="mt-2 text-sm text-faint" title={t('lead.model.confidenceMeans')}>
          {t('lead.model.confidence', { percent: formats.percent(modelConfidence) })}
        </p>
      )}
      <Working>
        <WorkingTable
          heads={[t('lead.model.value'), t('lead.model.contribution')]}
          rows={drivers.map(({ field, column, value, contribution }) => ({ key: field, name: column, figures: [read(value), `${contribution > 0 ? '+' : '−'}${Math.abs(contribution).toFixed(3)}`] }))}
        />
      </Working>
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
