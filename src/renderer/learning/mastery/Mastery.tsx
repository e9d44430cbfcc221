import { Check, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DomainMastery } from '#contract/learning/mastery';
import { type Formats, useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { ChartFrame } from '#renderer/kit/charts/ChartFrame';
import { LineChart } from '#renderer/kit/charts/LineChart';
import { Card, Tag } from '#renderer/kit/Marks';
import { Skeleton } from '#renderer/kit/Face';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import type { StandingOf } from '#renderer/learning/standing/standingOf';
import { useChartWords } from '#renderer/learning/standing/useChartWords';
import { Failure } from '#renderer/shell/Failure';

const tones = { fewAnswers: 'plain', mastered: 'good', onTheWay: 'warn', noImprovement: 'bad' } as const;

/** How far it is to mastery of each domain, with the curve, a plan by week, and what helps or endangers it. */
export function Mastery({ of }: { readonly of: StandingOf }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data, error, refetch } = useEntry('learning.mastery.get', of, { keep: true });
  if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />;
  if (data === undefined) {
    return (
      <div role="status" aria-label={t('common.loading')} className="flex flex-col gap-4">
        <Skeleton className="h-64" />
        <Skeleton className="h-64" />
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm text-muted">{t('standing.mastery.what', { target: formats.percent(data.target) })}</p>
      {data.domains.map((domain) => (
        <DomainCard key={domain.id} domain={domain} target={data.target} minimum={data.minimumAnswers} hoursAWeek={data.hoursAWeek} />
      ))}
    </div>
  );
}

/** A number with what four in five lie between: "40 (25 to 70)". */
function spanned(span: { readonly middle: number; readonly low: number; readonly high: number | null }, formats: Formats, between: (low: string, high: string) => string, atLeast: (low: string) => string, digits = 0): string {
  const factor = 10 ** digits;
  const write = (value: number): string => formats.number(Math.round(value * factor) / factor);
  return `${write(span.middle)} ${span.high === null ? atLeast(write(span.low)) : between(write(span.low), write(span.high))}`;
}

/** What is told of an influence: shares and growth in hundredths, days with one decimal. */
function influenceValue(key: DomainMastery['influences'][number]['key'], value: number): number {
  if (key === 'calibrated' || key === 'overconfident') return Math.round(value * 100);
  // Log-odds by which the odds grow each time that practice doubles.
  if (key === 'rising' || key === 'level') return Math.round((Math.exp(value) - 1) * 100);
  return Math.round(value * 10) / 10;
}

function DomainCard({ domain, target, minimum, hoursAWeek }: { readonly domain: DomainMastery; readonly target: number; readonly minimum: number; readonly hoursAWeek: number | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useChartWords();
  const { state, now, questions, hours, days, weeks, influences, earlier } = domain;
  const between = (low: string, high: string): string => t('standing.mastery.between', { low, high });
  const atLeast = (low: string): string => t('standing.mastery.atLeast', { low });
  const last = domain.curve.at(-1);
  const finding =
    state === 'onTheWay' && questions !== null
      ? t('standing.mastery.finding', { questions: formats.number(questions.middle), target: formats.percent(target) })
      : t(`standing.mastery.sentences.${state}`, { count: Math.max(0, minimum - domain.answers), target: formats.percent(target) });
  return (
    <Card title={domain.title} action={<Tag tone={tones[state]}>{t(`standing.mastery.states.${state}`)}</Tag>}>
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-3">
          <p>{finding}</p>
          {now !== null && (
            <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
              <dt className="text-muted">{t('standing.mastery.now')}</dt>
              <dd className="tabular">{`${formats.percent(now.share)} ${between(formats.percent(now.low), formats.percent(now.high))}`}</dd>
              {questions !== null && (
                <>
                  <dt className="text-muted">{t('standing.mastery.questions')}</dt>
                  <dd className="tabular">{spanned(questions, formats, between, atLeast)}</dd>
                </>
              )}
              {hours !== null && (
                <>
                  <dt className="text-muted">{t('standing.mastery.hours')}</dt>
                  <dd className="tabular">{spanned(hours, formats, between, atLeast, 1)}</dd>
                </>
              )}
              {questions !== null && (
                <>
                  <dt className="text-muted">{t('standing.mastery.days')}</dt>
                  <dd className="tabular">{days === null ? t('standing.mastery.noPace') : spanned(days, formats, between, atLeast)}</dd>
                </>
              )}
              {typeof earlier?.days === 'number' && days !== null && (
                <>
                  <dt className="text-muted">{t('standing.mastery.earlier', { when: formats.date(Date.parse(earlier.day)) })}</dt>
                  <dd className="tabular">{t('standing.mastery.earlierDays', { count: Math.round(earlier.days) })}</dd>
                </>
              )}
            </dl>
          )}
          {/* Of somebody who has hardly begun, habits say nothing yet. */}
          {state !== 'fewAnswers' && influences.length > 0 && (
            <ul className="flex flex-col gap-1 text-sm">
              {influences.map(({ key, helps, value }) => (
                <li key={key} className="flex items-start gap-2">
                  {helps ? <Check size={14} aria-label={t('standing.mastery.helps')} className="mt-0.5 shrink-0 text-good" /> : <TriangleAlert size={14} aria-label={t('standing.mastery.endangers')} className="mt-0.5 shrink-0 text-high" />}
                  <span>{t(`standing.mastery.influences.${key}`, { value: formats.number(influenceValue(key, value)) })}</span>
                </li>
              ))}
            </ul>
          )}
          {weeks.length > 0 && (
            <Sheet caption={t('standing.mastery.plan')}>
              <thead>
                <tr>
                  <Head>{t('standing.mastery.week')}</Head>
                  <Head number>{t('standing.mastery.questions')}</Head>
                  <Head number>{t('standing.mastery.minutes')}</Head>
                  <Head number>{t('standing.mastery.milestone')}</Head>
                </tr>
              </thead>
              <tbody>
                {weeks.map(({ week, questions: amount, minutes, share }) => (
                  <tr key={week}>
                    <Cell>{formats.number(week)}</Cell>
                    <Cell number>{formats.number(amount)}</Cell>
                    <Cell number>{formats.number(minutes)}</Cell>
                    <Cell number>{formats.percent(share)}</Cell>
                  </tr>
                ))}
              </tbody>
            </Sheet>
          )}
          {state === 'onTheWay' && weeks.length === 0 && <p className="text-sm text-muted">{t(hoursAWeek === null ? 'standing.mastery.noGoal' : 'standing.mastery.noHours')}</p>}
        </div>
        {domain.curve.length > 1 && last !== undefined && (
          <ChartFrame
            className="border-0 p-0!"
            title={t('standing.mastery.curve')}
            unit={t('standing.mastery.curveUnit', { count: domain.answers })}
            fileName={`mastery-${domain.code}`}
            words={words}
            table={{ columns: [t('standing.chart.answers'), t('standing.chart.right'), t('standing.chart.low'), t('standing.chart.high')], rows: domain.curve.map(({ answers, share, low, high }) => [answers, ...[share, low, high].map((each) => Math.round(each * 1_000) / 10)]) }}
          >
            <LineChart
              label={t('standing.mastery.curveOf', { domain: domain.title })}
              points={domain.curve.map(({ answers, share, low, high }) => ({ x: answers, y: share, low, high }))}
              dots={domain.observed.map(({ answers, share, count }) => ({ x: answers, y: share, weight: count }))}
              goal={{ y: target, label: formats.percent(target) }}
              now={domain.answers}
              formatX={formats.number}
              formatY={formats.percent}
              xUnit={t('standing.mastery.answersUnit')}
            />
          </ChartFrame>
        )}
      </div>
    </Card>
  );
}
