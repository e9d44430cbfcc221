import { UserRound, Users } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CohortAnswer, PublishedCohort } from '#contract/learning/comparison';
import type { CohortKind, ComparedMetric } from '#domain/learning/comparison/comparison';
import { type Formats, useFormats } from '#renderer/data/format';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { ChartFrame } from '#renderer/kit/charts/ChartFrame';
import { IntervalBars } from '#renderer/kit/charts/IntervalBars';
import { Empty, Skeleton } from '#renderer/kit/Face';
import { Card } from '#renderer/kit/Marks';
import { Segments } from '#renderer/kit/Segments';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import type { StandingOf } from '#renderer/learning/standing/standingOf';
import { useChartWords } from '#renderer/learning/standing/useChartWords';
import { Failure } from '#renderer/shell/Failure';
import { tellFailure } from '#renderer/shell/tellFailure';

function shown(metric: ComparedMetric, value: number | null, formats: Formats): string {
  if (value === null) return '–';
  if (metric === 'accuracy' || metric === 'readiness') return formats.percent(value);
  return formats.number(Math.round(value * 10) / 10);
}

/** How somebody does beside others, where there are enough of them; and the way out. */
export function Comparison({ of }: { readonly of: StandingOf }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [kind, setKind] = useState<CohortKind>('global');
  const { data, error, refetch } = useEntry('learning.comparison.get', of, { keep: true });
  const choose = useCommand('learning.comparison.choose');
  if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton className="h-72" />;
  const decide = (optedOut: boolean) => (
    <Button size="small" busy={choose.isPending} onClick={() => { choose.mutate({ optedOut }, { onError: tellFailure }); }}>
      {t(optedOut ? 'standing.comparison.optOut' : 'standing.comparison.optIn')}
    </Button>
  );
  const own = data.student.self;
  if (data.state === 'optedOut') {
    return (
      <Empty icon={<UserRound size={28} aria-hidden />} title={t('standing.comparison.optedOut')} action={own ? decide(false) : undefined}>
        {t('standing.comparison.optedOutDetail')}
      </Empty>
    );
  }
  if (data.state === 'published' && data.published !== null) {
    return (
      <div className="flex flex-col items-start gap-4">
        <Published published={data.published} />
        {own && decide(true)}
      </div>
    );
  }
  if (data.state === 'alone' || data.cohorts.length === 0) {
    return (
      <Empty icon={<Users size={28} aria-hidden />} title={t('standing.comparison.alone')} action={own ? decide(true) : undefined}>
        {t('standing.comparison.aloneDetail', { count: data.minimumCell })}
      </Empty>
    );
  }
  const cohort = data.cohorts.find((each) => each.kind === kind) ?? data.cohorts[0];
  if (cohort === undefined) return null;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <Segments label={t('standing.comparison.with')} value={cohort.kind} segments={data.cohorts.map((each) => ({ value: each.kind, label: t(`standing.comparison.kinds.${each.kind}`, { cohort: each.cohort === '' ? '' : formats.month(Date.parse(`${each.cohort}-15`)) }) }))} onChange={setKind} />
        {own && <span className="ml-auto">{decide(true)}</span>}
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Metrics cohort={cohort} />
        <Domains cohort={cohort} />
      </div>
      <p className="text-xs text-muted">
        {t('standing.comparison.basis', { count: cohort.others, minimum: data.minimumCell, when: data.asOf === null ? '' : formats.ago(data.asOf), rate: data.cache.hitRate === null ? '–' : formats.percent(data.cache.hitRate) })}
      </p>
    </div>
  );
}

/** What the author of the pack published, beside one's own: said to be theirs, for nobody here can check it. */
function Published({ published: { students, when, source, right, domains } }: { readonly published: PublishedCohort }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const rows = [...(right === null ? [] : [{ id: 'all', title: t('standing.comparison.published.all'), ...right }]), ...domains];
  return (
    <Card title={t('standing.comparison.published.title')}>
      <p className="mb-3 max-w-prose text-sm text-muted">{[t('standing.comparison.published.detail', { count: students }), when, source].filter((part) => part !== null).join(' · ')}</p>
      <Sheet caption={t('standing.comparison.published.title')}>
        <thead>
          <tr>
            <Head>{t('standing.chart.domain')}</Head>
            <Head number>{t('standing.comparison.you')}</Head>
            <Head number>{t('standing.comparison.lower')}</Head>
            <Head number>{t('standing.comparison.middle')}</Head>
            <Head number>{t('standing.comparison.upper')}</Head>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, title, own, lower, middle, upper }) => (
            <tr key={id}>
              <Cell>{title}</Cell>
              <Cell number>{own === null ? '–' : formats.percent(own)}</Cell>
              <Cell number>{formats.percent(lower)}</Cell>
              <Cell number>{formats.percent(middle)}</Cell>
              <Cell number>{formats.percent(upper)}</Cell>
            </tr>
          ))}
        </tbody>
      </Sheet>
    </Card>
  );
}

function Metrics({ cohort }: { readonly cohort: CohortAnswer }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Card title={t('standing.comparison.metrics')}>
      <p className="mb-3">
        {t(`standing.comparison.messages.${cohort.message}`)} {cohort.weakest !== null && t('standing.comparison.weakest', { domain: cohort.weakest })}
      </p>
      <Sheet caption={t('standing.comparison.metrics')}>
        <thead>
          <tr>
            <Head>{t('standing.comparison.metric')}</Head>
            <Head number>{t('standing.comparison.you')}</Head>
            <Head number>{t('standing.comparison.middle')}</Head>
            <Head number>{t('standing.comparison.percentile')}</Head>
          </tr>
        </thead>
        <tbody>
          {cohort.metrics.map(({ metric, own, percentile, benchmark }) => (
            <tr key={metric}>
              <Cell>{t(`standing.comparison.metricNames.${metric}`)}</Cell>
              <Cell number>{shown(metric, own, formats)}</Cell>
              <Cell number>
                <span title={benchmark === null ? undefined : t('standing.comparison.quarters', { lower: shown(metric, benchmark.lower, formats), upper: shown(metric, benchmark.upper, formats), count: benchmark.count })}>{shown(metric, benchmark?.middle ?? null, formats)}</span>
              </Cell>
              <Cell number>{percentile === null ? '–' : formats.number(Math.round(percentile))}</Cell>
            </tr>
          ))}
        </tbody>
      </Sheet>
    </Card>
  );
}

function Domains({ cohort }: { readonly cohort: CohortAnswer }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useChartWords();
  const title = cohort.weakest === null ? t('standing.comparison.domains') : t('standing.comparison.domainFinding', { domain: cohort.weakest });
  return (
    <ChartFrame
      title={title}
      unit={t('standing.comparison.domainUnit')}
      fileName="comparison-by-domain"
      words={words}
      table={{
        columns: [t('standing.chart.domain'), t('standing.comparison.you'), t('standing.comparison.mean'), t('standing.comparison.lower'), t('standing.comparison.upper')],
        rows: cohort.domains.map(({ title: name, own, benchmark }) => [name, ...[own, benchmark?.mean, benchmark?.lower, benchmark?.upper].map((each) => (each === null || each === undefined ? null : Math.round(each * 1_000) / 10))]),
      }}
    >
      <IntervalBars
        label={t('standing.comparison.domains')}
        mark={null}
        bars={cohort.domains.map(({ id, title: name, own, benchmark }) => ({
          id,
          name,
          value: own,
          low: benchmark?.lower ?? null,
          high: benchmark?.upper ?? null,
          figure: own === null ? '–' : formats.percent(own),
          detail: benchmark === null ? t('standing.comparison.tooFew') : t('standing.comparison.domainDetail', { mean: formats.percent(benchmark.mean), lower: formats.percent(benchmark.lower), upper: formats.percent(benchmark.upper), count: benchmark.count }),
          tone: own === null || benchmark === null ? ('plain' as const) : own >= benchmark.mean ? ('good' as const) : ('plain' as const),
          ...(own === null || benchmark === null ? {} : { word: t(own >= benchmark.mean ? 'standing.comparison.above' : 'standing.comparison.below') }),
        }))}
      />
    </ChartFrame>
  );
}
