import { Bot, Scale, ThumbsDown, ThumbsUp } from 'lucide-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { LeadDetail } from '#contract/admissions/leads';
import type { ScoredLead } from '#contract/admissions/triage';
import { LeadAlerts } from '#renderer/admissions/alerts/LeadAlerts';
import { Explain } from '#renderer/admissions/summaries/Explain';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Skeleton } from '#renderer/kit/Face';
import { Bar, Card, Score, SeverityMark, Tag } from '#renderer/kit/Marks';
import { usePredictionStatus } from '#renderer/models/predictions/usePredictionStatus';
import { ModelChance } from '#renderer/models/why/ModelChance';
import { ModelForecast } from './ModelForecast';
import { ScoreHistory } from './ScoreHistory';
import { Working, WorkingTable } from './Working';

interface IntelligenceProps {
  readonly lead: LeadDetail;
  readonly onLog: () => void;
  readonly onEdit: () => void;
  readonly onCompare: () => void;
}

/** What Ivy makes of a lead, in one order everywhere: score, what blocks, chance, what to do, what to watch. */
export function Intelligence({ lead, onLog, onEdit, onCompare }: IntelligenceProps) {
  const { t } = useTranslation();
  const scores = useEntry('admissions.triage.score', { ids: [lead.id] }, { keep: true });
  const scored = scores.data?.leads[0];
  if (scores.error !== null) {
    return (
      <Card title={t('lead.score')}>
        <p role="alert" className="text-muted">
          {scores.error.message}
        </p>
      </Card>
    );
  }
  if (scored === undefined) {
    return (
      <>
        <Skeleton className="h-56" />
        <Skeleton className="h-32" />
        <Skeleton className="h-40" />
      </>
    );
  }
  // A small blocker does not come before what the score asks for.
  const pressing = scored.blockers.find(({ severity }) => severity !== 'low');
  return (
    <>
      <ScoreCard scored={scored} onCompare={onCompare} />
      <ScoreHistory leadId={lead.id} />
      <BlockersCard scored={scored} />
      <ModelChance leadId={lead.id} />
      <ForecastCard lead={lead} scored={scored} />
      <ModelForecast leadId={lead.id} />
      <Card title={t('lead.next')}>
        <p className="font-medium">{t(`words.actions.${scored.action}`)}</p>
        <p className="mt-1 text-muted">{pressing?.actionRequired ?? t(`lead.nextDetail.${scored.action}`)}</p>
        <div className="mt-3 flex gap-2">
          {pressing?.type === 'data_completeness' ? <Button onClick={onEdit}>{t('lead.edit')}</Button> : <Button onClick={onLog}>{t('today.log')}</Button>}
        </div>
      </Card>
      {scored.alerts.length > 0 && <LeadAlerts scored={scored} />}
    </>
  );
}

function total(figures: readonly number[]): number {
  return figures.reduce((sum, figure) => sum + figure, 0);
}

function whatIsLeftOut(t: TFunction, { opens, clicks }: NonNullable<ScoredLead['withMachines']>): string {
  const said = { opens: t('engagement.opensLeftOut', { count: opens }), clicks: t('engagement.clicksLeftOut', { count: clicks }) };
  return clicks === 0 ? said.opens : opens === 0 ? said.clicks : t('engagement.both', said);
}

function ScoreCard({ scored, onCompare }: { readonly scored: ScoredLead; readonly onCompare: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const strongest = [...scored.factors].filter(({ known }) => known).sort((a, b) => b.points - a.points)[0];
  const share = (points: number, maximum: number): string => `${formats.number(Math.round(points))} / ${formats.number(maximum)}`;
  return (
    <Card title={t('lead.score')} action={<Tag tone={scored.band === 'high' ? 'good' : 'plain'}>{t(`words.values.${scored.band}`)}</Tag>}>
      <div className="flex items-baseline gap-3">
        <Score score={scored.score} band={scored.band} bandWord={t(`words.values.${scored.band}`)} size="large" />
        <span className="text-sm text-faint">{t('lead.scoreOf')}</span>
      </div>
      {scored.withMachines !== null && (
        <p className="mt-1 flex items-start gap-1.5 text-sm text-muted">
          <Bot size={14} aria-hidden className="mt-0.5 shrink-0" />
          {t('engagement.withMachines', {
            score: formats.number(Math.round(scored.score)),
            other: formats.number(Math.round(scored.withMachines.score)),
            what: whatIsLeftOut(t, scored.withMachines),
          })}
        </p>
      )}
      {strongest !== undefined && <p className="mt-1 text-muted">{strongest.reason}</p>}
      <ul className="mt-3 flex flex-col gap-2.5">
        {scored.factors.map(({ factor, points, maximum, known, reason }) => (
          <li key={factor} className="text-sm">
            <span className="flex justify-between gap-2">
              <span className="font-medium">{t(`lead.factors.${factor}`)}</span>
              <span className="tabular text-muted">{share(points, maximum)}</span>
            </span>
            <span className="my-1 block">
              <Bar value={maximum === 0 ? 0 : points / maximum} label={`${t(`lead.factors.${factor}`)} ${share(points, maximum)}`} tone={known ? 'text' : 'faint'} />
            </span>
            <span className={known ? 'text-muted' : 'text-faint'}>{reason}</span>
          </li>
        ))}
      </ul>
      <Explain leadId={scored.leadId} of="score" />
      <Button size="small" className="mt-3" icon={<Scale size={13} aria-hidden />} onClick={onCompare}>
        {t('compare.with')}
      </Button>
      <p className="mt-3 text-sm text-faint">{t('lead.confidence', { percent: formats.percent(scored.confidence) })}</p>
      <Working>
        <WorkingTable
          heads={[t('lead.working.value'), t('lead.working.maximum'), t('lead.working.points')]}
          rows={scored.factors.map(({ factor, value, maximum, points, known }) => ({
            key: factor,
            name: t(`lead.factors.${factor}`),
            ...(known ? {} : { note: t('lead.working.mean') }),
            figures: [value.toFixed(3), formats.number(maximum), points.toFixed(2)],
          }))}
          sum={{ key: 'sum', name: t('lead.working.sum'), figures: ['', formats.number(total(scored.factors.map(({ maximum }) => maximum))), total(scored.factors.map(({ points }) => points)).toFixed(2)] }}
        />
        <p className="mt-2 text-sm text-muted">{t('lead.working.score', { score: scored.score.toFixed(1) })}</p>
      </Working>
    </Card>
  );
}

function BlockersCard({ scored }: { readonly scored: ScoredLead }) {
  const { t } = useTranslation();
  return (
    <Card title={t('today.blockers')}>
      {scored.blockers.length === 0 && <p className="text-muted">{t('lead.noBlockers')}</p>}
      <ul className="flex flex-col gap-3">
        {scored.blockers.map((blocker) => (
          <li key={`${blocker.type} ${blocker.description}`}>
            <span className="flex flex-wrap items-baseline gap-x-2">
              <SeverityMark severity={blocker.severity} word={blocker.description} />
              <span className="text-xs text-faint">{t(`lead.severities.${blocker.severity}`)}</span>
            </span>
            <p className="text-muted">{blocker.impact}</p>
            <p className="mt-0.5">{blocker.actionRequired}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function ForecastCard({ lead, scored }: { readonly lead: LeadDetail; readonly scored: ScoredLead }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const models = usePredictionStatus();
  const alone = models?.model === null || models === undefined;
  const title = t(alone ? 'lead.chance' : 'lead.chanceByRules');
  const predicted = useEntry('admissions.forecast.predict', { ids: [lead.id] }, { keep: true });
  const configuration = useEntry('admissions.forecast.config.get', {});
  const forecast = predicted.data?.leads[0];
  if (predicted.error !== null) {
    return (
      <Card title={title}>
        <p role="alert" className="text-muted">
          {predicted.error.message}
        </p>
      </Card>
    );
  }
  if (forecast === undefined) return <Skeleton className="h-40" />;
  const rules = configuration.data?.configuration;
  return (
    <Card title={title}>
      <div className="flex items-baseline gap-3">
        <span className="tabular text-2xl font-semibold">{formats.percent(forecast.probability)}</span>
        <span className="text-sm text-muted">{forecast.etaDays === null ? t('lead.noEta') : t('lead.eta', { count: Math.round(forecast.etaDays) })}</span>
      </div>
      <ul className="mt-2 flex flex-col gap-1 text-sm">
        {forecast.drivers.map((driver) => (
          <li key={driver} className="flex gap-2">
            <ThumbsUp size={13} aria-label={t('lead.driver')} className="mt-0.5 shrink-0 text-good" />
            {driver}
          </li>
        ))}
        {forecast.risks.map((risk) => (
          <li key={risk} className="flex gap-2">
            <ThumbsDown size={13} aria-label={t('lead.risk')} className="mt-0.5 shrink-0 text-high" />
            {risk}
          </li>
        ))}
      </ul>
      <Explain leadId={lead.id} of="forecast" />
      <p className="mt-3 text-sm text-faint">{t(alone ? 'lead.byRules' : 'lead.byRulesBeside')}</p>
      {rules !== undefined && (
        <Working>
          <WorkingTable
            heads={[t('lead.working.points'), t('lead.working.weight'), t('lead.working.product')]}
            rows={scored.factors.map(({ factor, points }) => ({
              key: factor,
              name: t(`lead.factors.${factor}`),
              figures: [points.toFixed(2), formats.number(rules.weights[factor]), (points * rules.weights[factor]).toFixed(3)],
            }))}
            sum={{ key: 'sum', name: t('lead.working.sum'), figures: ['', '', total(scored.factors.map(({ factor, points }) => points * rules.weights[factor])).toFixed(3)] }}
          />
          <p className="mt-2 text-sm text-muted">
            {t('lead.working.chance', {
              bias: formats.number(rules.bias),
              logOdds: (rules.bias + total(scored.factors.map(({ factor, points }) => points * rules.weights[factor]))).toFixed(3),
              percent: (forecast.probability * 100).toFixed(1),
            })}
          </p>
        </Working>
      )}
    </Card>
  );
}
