import { Hourglass } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ReadinessAnswer } from '#contract/learning/readiness';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { ChartFrame } from '#renderer/kit/charts/ChartFrame';
import { type IntervalBar, IntervalBars } from '#renderer/kit/charts/IntervalBars';
import { LineChart } from '#renderer/kit/charts/LineChart';
import { Card, Tag } from '#renderer/kit/Marks';
import { Skeleton } from '#renderer/kit/Face';
import { useChartWords } from '#renderer/learning/standing/useChartWords';
import type { StandingOf } from '#renderer/learning/standing/standingOf';
import { Failure } from '#renderer/shell/Failure';
import { missingWords, verdictOf } from './findings';
import { Working } from './Working';

const tones = { ready: 'good', atRisk: 'warn', notYet: 'bad' } as const;
const domainTones = { strength: 'good', weakness: 'bad', between: 'plain', unknown: 'plain' } as const;
const dayMilliseconds = 86_400_000;

/** One big figure with its interval, what it rests on, and what would raise it. */
export function Readiness({ of }: { readonly of: StandingOf }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useEntry('learning.readiness.get', of, { keep: true });
  if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />;
  if (data === undefined) {
    return (
      <div role="status" aria-label={t('common.loading')} className="grid gap-4 lg:grid-cols-2">
        <Skeleton className="h-56" />
        <Skeleton className="h-56" />
        <Skeleton className="h-72" />
        <Skeleton className="h-72" />
      </div>
    );
  }
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Figure data={data} />
      <Actions data={data} />
      <Domains data={data} />
      <div className="flex min-w-0 flex-col gap-4">
        <History data={data} />
        {data.estimate !== null && <Working data={data} />}
      </div>
    </div>
  );
}

function Figure({ data }: { readonly data: ReadinessAnswer }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { estimate, simulated, missing, daysUntilExam } = data;
  const when = daysUntilExam === null ? t('standing.readiness.noDate') : daysUntilExam < 0 ? t('standing.readiness.datePast') : t('standing.readiness.inDays', { count: daysUntilExam });
  if (estimate === null || simulated === null) {
    return (
      <Card title={t('standing.readiness.title')}>
        <div className="flex flex-col gap-2">
          <p className="flex items-center gap-2 text-lg font-semibold">
            <Hourglass size={18} aria-hidden className="text-faint" /> {t('standing.readiness.notEnough')}
          </p>
          {missing !== null && <p>{missingWords(t, missing)}</p>}
          <p className="text-sm text-muted">{when}</p>
        </div>
      </Card>
    );
  }
  const verdict = verdictOf(estimate.chance);
  return (
    <Card title={t('standing.readiness.title')} action={<Tag tone={tones[verdict]}>{t(`standing.readiness.verdicts.${verdict}`)}</Tag>}>
      <div className="flex flex-col gap-3">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="tabular text-[48px] leading-[56px] font-semibold" data-testid="chance">
            {formats.percent(estimate.chance)}
          </span>
          <span className="tabular text-muted">{t('standing.readiness.between', { low: formats.percent(estimate.low), high: formats.percent(estimate.high) })}</span>
        </p>
        <svg aria-hidden viewBox="0 0 1000 16" preserveAspectRatio="none" className="h-4 w-full">
          <rect x={0} y={6} width={1_000} height={4} className="fill-line" />
          <rect x={estimate.low * 1_000} y={2} width={Math.max(4, (estimate.high - estimate.low) * 1_000)} height={12} className="fill-focus/30" />
          <rect x={estimate.chance * 1_000 - 3} y={0} width={6} height={16} className="fill-focus" />
        </svg>
        <p className="text-sm">{t('standing.readiness.restsOn', { count: data.answers, when })}</p>
        <div className="rounded-md border border-line p-3 text-sm">
          <p>
            {t('standing.readiness.simulated', { chance: formats.percent(simulated.chance), score: formats.number(Math.round(simulated.score)), low: simulated.scoreLow, high: simulated.scoreHigh, questions: simulated.questions, pass: simulated.passCount })}
          </p>
          <p className={data.agree === false ? 'mt-1 font-medium text-medium' : 'mt-1 text-muted'}>{t(data.agree === false ? 'standing.readiness.differ' : 'standing.readiness.agree')}</p>
        </div>
      </div>
    </Card>
  );
}

function Actions({ data }: { readonly data: ReadinessAnswer }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Card title={t('standing.readiness.actions')}>
      {data.actions.length === 0 ? (
        <p className="text-muted">{t(data.estimate === null ? 'standing.readiness.noActionsYet' : 'standing.readiness.noActions')}</p>
      ) : (
        <ol className="flex flex-col gap-3">
          {data.actions.map(({ kind, id, title, from, to, gain }) => (
            <li key={`${kind} ${id}`} className="flex items-start justify-between gap-3">
              <span className="min-w-0">
                <span className="block font-medium">{title}</span>
                <span className="block text-sm text-muted">{t('standing.readiness.raise', { from: formats.percent(from), to: formats.percent(to) })}</span>
              </span>
              <span className="tabular shrink-0 font-medium text-good">{t('standing.readiness.gain', { count: Math.round(gain * 100) })}</span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

function Domains({ data }: { readonly data: ReadinessAnswer }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useChartWords();
  const weak = data.domains.filter(({ standing }) => standing === 'weakness');
  const strong = data.domains.filter(({ standing }) => standing === 'strength');
  const title = weak.length > 0 ? t('standing.readiness.weakFinding', { count: weak.length, domain: weak[0]?.title ?? '' }) : strong.length > 0 ? t('standing.readiness.strongFinding', { count: strong.length, domain: strong[0]?.title ?? '' }) : t('standing.readiness.domains');
  const bars = data.domains.map((domain): IntervalBar => ({
    id: domain.id,
    name: domain.title,
    value: domain.accuracy,
    low: domain.low,
    high: domain.high,
    figure: domain.accuracy === null ? '–' : formats.percent(domain.accuracy),
    detail: domain.accuracy === null ? t('standing.readiness.domainUnknown', { count: domain.answers }) : t('standing.readiness.domainDetail', { count: domain.answers, share: formats.percent(domain.share), chance: formats.percent(domain.chance ?? 0) }),
    tone: domainTones[domain.standing],
    word: t(`standing.readiness.standings.${domain.standing}`),
  }));
  const table = {
    columns: [t('standing.chart.domain'), t('standing.chart.right'), t('standing.chart.low'), t('standing.chart.high'), t('standing.chart.answers'), t('standing.chart.share')],
    rows: data.domains.map(({ title: name, accuracy, low, high, answers, share }) => [name, hundredths(accuracy), hundredths(low), hundredths(high), answers, hundredths(share)]),
  };
  return (
    <ChartFrame title={title} unit={t('standing.readiness.domainsUnit')} table={table} fileName="readiness-by-domain" words={words} className="lg:row-span-2">
      <IntervalBars label={t('standing.readiness.domains')} bars={bars} mark={{ value: data.weakness, label: t('standing.readiness.mark', { share: formats.percent(data.weakness) }) }} />
    </ChartFrame>
  );
}

/** A share as it stands in a table: hundredths with one decimal. */
function hundredths(share: number | null): number | null {
  return share === null ? null : Math.round(share * 1_000) / 10;
}

function History({ data }: { readonly data: ReadinessAnswer }) {
  const { t } = useTranslation();
  const formats = useFormats('UTC');
  const words = useChartWords();
  const told = data.history.flatMap(({ day, chance, low, high }) => (chance === null ? [] : [{ x: Date.parse(day) / dayMilliseconds, y: chance, low, high }]));
  const [first] = told;
  const last = told.at(-1);
  if (first === undefined || last === undefined || told.length < 2) return null;
  const change = Math.round((last.y - first.y) * 100);
  const title = t(change >= 3 ? 'standing.readiness.risen' : change <= -3 ? 'standing.readiness.fallen' : 'standing.readiness.steady', { points: Math.abs(change), days: last.x - first.x });
  const format = (x: number): string => formats.date(x * dayMilliseconds);
  return (
    <ChartFrame
      title={title}
      unit={t('standing.readiness.historyUnit')}
      fileName="readiness-by-day"
      words={words}
      table={{ columns: [t('standing.chart.day'), t('standing.chart.chance'), t('standing.chart.low'), t('standing.chart.high')], rows: told.map(({ x, y, low, high }) => [format(x), hundredths(y), hundredths(low), hundredths(high)]) }}
    >
      <LineChart label={title} points={told} formatX={format} formatY={formats.percent} xUnit="" height={180} />
    </ChartFrame>
  );
}
