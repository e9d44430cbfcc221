import { ArrowRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { useNow } from '#renderer/data/useNow';
import { DayBars } from '#renderer/kit/charts/DayBars';
import { Bar, Card, SeverityMark, Tag } from '#renderer/kit/Marks';
import { Skeleton } from '#renderer/kit/Face';
import { verdictOf } from '#renderer/learning/readiness/findings';
import type { StandingOf } from '#renderer/learning/standing/standingOf';
import { Failure } from '#renderer/shell/Failure';

const tones = { ready: 'good', atRisk: 'warn', notYet: 'bad' } as const;
const domainTones = { strength: 'good', weakness: 'bad', between: 'plain', unknown: 'plain' } as const;

function More({ to, label }: { readonly to: string; readonly label: string }) {
  return (
    <Link href={to} className="inline-flex h-7 items-center gap-1 rounded-md px-2 text-sm font-medium text-muted hover:bg-sunken hover:text-text">
      {label} <ArrowRight size={14} aria-hidden />
    </Link>
  );
}

/** One look at all of it, each part with the way to its own screen. */
export function Dashboard({ of, query }: { readonly of: StandingOf; readonly query: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  const { data, error, refetch } = useEntry('learning.dashboard.get', of, { keep: true });
  if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />;
  if (data === undefined) {
    return (
      <div role="status" aria-label={t('common.loading')} className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        <Skeleton className="h-44" />
        <Skeleton className="h-44" />
        <Skeleton className="h-64" />
        <Skeleton className="h-64" />
      </div>
    );
  }
  const { chance, low, high, change, daysUntilExam, next, domains, days, rhythm, percentile } = data;
  const verdict = chance === null ? null : verdictOf(chance);
  const path = (tab: string): string => `/standing/${tab}${query}`;
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
      <Card title={t('standing.readiness.title')} action={<More to={path('readiness')} label={t('standing.dashboard.why')} />}>
        {chance === null || verdict === null ? (
          <p className="text-muted">{t('standing.readiness.notEnough')}</p>
        ) : (
          <div className="flex flex-col gap-1">
            <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
              <span className="tabular text-2xl font-semibold">{formats.percent(chance)}</span>
              <span className="tabular text-sm text-muted">{t('standing.readiness.between', { low: formats.percent(low ?? 0), high: formats.percent(high ?? 1) })}</span>
              <Tag tone={tones[verdict]}>{t(`standing.readiness.verdicts.${verdict}`)}</Tag>
            </p>
            <p className="text-sm text-muted">
              {daysUntilExam === null ? t('standing.readiness.noDate') : daysUntilExam < 0 ? t('standing.readiness.datePast') : t('standing.readiness.inDays', { count: daysUntilExam })}
              {change !== null && ` · ${t(change >= 0.005 ? 'standing.dashboard.up' : change <= -0.005 ? 'standing.dashboard.down' : 'standing.dashboard.same', { points: formats.number(Math.abs(Math.round(change * 100))) })}`}
            </p>
            {percentile !== null && <p className="text-sm text-muted">{t('standing.dashboard.percentile', { percentile: formats.number(Math.round(percentile)) })}</p>}
          </div>
        )}
      </Card>
      <Card title={t('standing.dashboard.next')} action={<More to={path('recommendations')} label={t('standing.dashboard.all')} />}>
        {next.length === 0 ? (
          <p className="text-muted">{t('standing.recommendations.none')}</p>
        ) : (
          <ol className="flex flex-col gap-2">
            {next.map(({ id, priority, title }) => (
              <li key={id} className="flex items-baseline gap-3">
                <span className="w-20 shrink-0">
                  <SeverityMark severity={priority} word={t(`standing.recommendations.priorities.${priority}`)} />
                </span>
                <span className="min-w-0">{title}</span>
              </li>
            ))}
          </ol>
        )}
      </Card>
      <Card title={t('standing.readiness.domains')} action={<More to={path('mastery')} label={t('standing.tabs.mastery')} />}>
        <ul className="flex flex-col gap-3">
          {domains.map(({ id, title, accuracy, standing, state }) => (
            <li key={id} className="flex flex-col gap-1">
              <span className="flex items-baseline justify-between gap-3">
                <span className="min-w-0 truncate">{title}</span>
                <span className="flex shrink-0 items-center gap-2">
                  <Tag tone={domainTones[standing]}>{t(standing === 'strength' && state === 'mastered' ? 'standing.mastery.states.mastered' : `standing.readiness.standings.${standing}`)}</Tag>
                  <span className="tabular w-12 text-right">{accuracy === null ? '–' : formats.percent(accuracy)}</span>
                </span>
              </span>
              <Bar value={accuracy ?? 0} label={accuracy === null ? t('standing.readiness.standings.unknown') : formats.percent(accuracy)} tone={standing === 'strength' ? 'good' : 'text'} />
            </li>
          ))}
        </ul>
      </Card>
      <Card title={t('standing.dashboard.rhythm')} action={<More to={path('heatmaps')} label={t('standing.tabs.heatmaps')} />}>
        <div className="flex flex-col gap-3">
          <DayBars
            label={t('standing.dashboard.days', { count: days.reduce((sum, value) => sum + value, 0) })}
            days={days.map((value, index) => ({ name: t('standing.dashboard.day', { count: value, when: formats.date(now - (days.length - 1 - index) * 86_400_000) }), value }))}
          />
          <p className="text-sm">{t('standing.dashboard.rhythmSays', { count: rhythm.daysThisWeek, minutes: formats.number(Math.round(data.minutesThisWeek)) })}</p>
          {rhythm.weeksInARow > 0 && <p className="text-sm text-muted">{t('standing.dashboard.weeks', { count: rhythm.weeksInARow })}</p>}
        </div>
      </Card>
    </div>
  );
}
