import { CircleAlert, Clock, Layers, Play, Timer } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { OutputOf } from '#contract/index';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { SkeletonRows } from '#renderer/kit/Face';
import { Bar, Card, Key } from '#renderer/kit/Marks';
import { Segments } from '#renderer/kit/Segments';
import { useShortcuts } from '#renderer/kit/useShortcuts';
import { Failure } from '#renderer/shell/Failure';
import { useStatus } from '#renderer/shell/StatusLine';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { confidenceWords } from '#renderer/learning/practice/levels';
import { useStart } from '#renderer/learning/practice/useStart';
import { NoGoal } from './NoGoal';
import { Plan } from './Plan';

type Today = OutputOf<'learning.practice.today'>;

const lengths = [10, 20, 30, 45, 60] as const;
const hintIcons = { mock: Timer, past: CircleAlert, hours: Clock, backlog: Layers, nothing: CircleAlert } as const;

/** Learn: the session of the day, the plan, and how the week goes. */
export function Learn() {
  const { t } = useTranslation();
  useScreenTitle(t('places.learn'));
  const [minutes, setMinutes] = useState<number | undefined>(undefined);
  const today = useEntry('learning.practice.today', minutes === undefined ? {} : { minutes }, { keep: true });
  const { start, busy } = useStart();
  const data = today.data;
  const begin = (): void => {
    if (data !== undefined && data.goal !== null) start({ kind: 'daily', minutes: data.minutes });
  };
  useShortcuts([{ keys: 'b', label: t('learn.keys.begin'), run: begin }]);
  useStatus(data === undefined || data.goal === null ? '' : t('learn.status', { answered: data.today.answered, right: data.today.right }));
  if (today.error !== null) return <Failure error={today.error} onRetry={() => void today.refetch()} />;
  if (data === undefined) return <SkeletonRows rows={9} label={t('common.loading')} />;
  if (data.goal === null) return <NoGoal />;
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto grid w-full max-w-5xl gap-4 p-4 sm:p-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <Exam today={data} />
          {data.open !== null && <Left open={data.open} />}
          <Session today={data} busy={busy} onBegin={begin} onMinutes={setMinutes} />
          <Hints today={data} />
          {!data.placed && <Placement onStart={() => { start({ kind: 'placement' }); }} />}
          <Plan />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Week today={data} />
          <Weak today={data} />
          <Judgement />
        </div>
      </div>
    </div>
  );
}

/** What is studied for, and how long there is. */
function Exam({ today: { goal } }: { readonly today: Today }) {
  const { t } = useTranslation();
  const formats = useFormats('UTC');
  if (goal === null) return null;
  const { daysToExam, examDate, courseTitle } = goal;
  const when =
    daysToExam === null || examDate === null
      ? t('learn.noDate')
      : daysToExam < 0
        ? t('learn.examOver', { count: -daysToExam })
        : daysToExam === 0
          ? t('learn.examToday')
          : t('learn.examIn', { count: daysToExam, date: formats.date(Date.parse(examDate)) });
  return (
    <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
      <div className="min-w-0">
        <h2 className="truncate text-xl font-semibold">{courseTitle}</h2>
        <p className="text-muted">{when}</p>
      </div>
      <Link href="/goal" className="text-sm font-medium text-muted underline-offset-2 hover:text-text hover:underline">
        {t('learn.changeGoal')}
      </Link>
    </header>
  );
}

/** A sitting that was left open. */
function Left({ open }: { readonly open: NonNullable<Today['open']> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [, go] = useLocation();
  return (
    <section aria-label={t('learn.left')} className="flex flex-wrap items-center gap-3 rounded-md border border-focus/50 bg-selected px-4 py-3">
      <p className="min-w-0 flex-1">
        {t(open.kind === 'mock' ? 'learn.leftMock' : 'learn.leftSitting', { done: open.done, total: open.total, when: formats.ago(open.startedAt) })}
      </p>
      <Button onClick={() => { go(open.kind === 'mock' ? `/exams/${open.id}` : `/practice/${open.id}`); }}>{t('learn.goOn')}</Button>
    </section>
  );
}

function Session({ today, busy, onBegin, onMinutes }: { readonly today: Today; readonly busy: boolean; readonly onBegin: () => void; readonly onMinutes: (minutes: number) => void }) {
  const { t } = useTranslation();
  const { plan, minutes } = today;
  const parts = [
    ...(plan.cards > 0 ? [t('learn.parts.due', { count: plan.cards })] : []),
    ...(plan.weak > 0 ? [t('learn.parts.weak', { count: plan.weak })] : []),
    ...(plan.sections > 0 ? [t('learn.parts.sections', { count: plan.sections })] : []),
    ...(plan.fresh > 0 ? [t('learn.parts.fresh', { count: plan.fresh })] : []),
  ];
  const empty = parts.length === 0;
  const all = [...new Set([...lengths, minutes])].sort((a, b) => a - b);
  return (
    <section aria-label={t('learn.session')} className="flex flex-col gap-4 rounded-md border border-line bg-surface p-4 sm:p-5">
      <div>
        <h3 className="text-lg font-semibold">{t('learn.session')}</h3>
        <p className="tabular text-muted">{empty ? t('learn.nothing') : parts.join(' · ')}</p>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" busy={busy} disabled={empty} icon={<Play size={14} aria-hidden />} onClick={onBegin}>
          {t('learn.begin', { count: Math.max(1, Math.round(plan.minutes)) })} <Key>B</Key>
        </Button>
        <Segments label={t('learn.minutes')} value={String(minutes)} segments={all.map((one) => ({ value: String(one), label: t('learn.minutesShort', { count: one }) }))} onChange={(value) => { onMinutes(Number(value)); }} />
      </div>
    </section>
  );
}

function Hints({ today: { hints } }: { readonly today: Today }) {
  const { t } = useTranslation();
  if (hints.length === 0) return null;
  const places = { mock: '/exams', past: '/goal', hours: '/goal', nothing: '/practice', backlog: null } as const;
  return (
    <ul className="flex flex-col gap-2">
      {hints.map(({ kind, text }) => {
        const Icon = hintIcons[kind];
        const to = places[kind];
        return (
          <li key={kind} className="flex items-start gap-2 rounded-md border border-line bg-surface px-3 py-2 text-sm">
            <Icon size={16} aria-hidden className="mt-0.5 shrink-0 text-muted" />
            <span className="min-w-0 flex-1">{text}</span>
            {to !== null && kind !== 'backlog' && (
              <Link href={to} className="shrink-0 font-medium underline-offset-2 hover:underline">
                {t(`learn.hintAction.${kind}`)}
              </Link>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Placement({ onStart }: { readonly onStart: () => void }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('learn.placement')} className="flex flex-wrap items-center gap-3 rounded-md border border-line bg-surface px-4 py-3">
      <p className="min-w-60 flex-1">
        <span className="font-medium">{t('learn.placement')}</span> <span className="text-muted">{t('learn.placementDetail')}</span>
      </p>
      <Button onClick={onStart}>{t('learn.placementStart')}</Button>
    </section>
  );
}

function Week({ today: { week, rhythm, today } }: { readonly today: Today }) {
  const { t } = useTranslation();
  const share = week.plannedMinutes === null || week.plannedMinutes === 0 ? null : week.minutes / week.plannedMinutes;
  const spent = Math.round(week.minutes);
  return (
    <Card title={t('learn.week')}>
      <div className="flex flex-col gap-3">
        <p className="tabular">{share === null ? t('learn.weekMinutes', { count: spent }) : t('learn.weekOf', { done: spent, planned: Math.round(week.plannedMinutes ?? 0) })}</p>
        {share !== null && <Bar value={share} label={t('learn.weekOf', { done: spent, planned: Math.round(week.plannedMinutes ?? 0) })} tone="good" />}
        <ul className="flex flex-col gap-1 text-sm text-muted">
          {today.answered > 0 && <li className="tabular">{t('learn.todayDone', { count: today.answered, right: today.right })}</li>}
          <li className="tabular">{t('learn.days', { count: rhythm.daysThisWeek })}</li>
          {rhythm.weeksInARow > 1 && <li className="tabular">{t('learn.weeks', { count: rhythm.weeksInARow })}</li>}
        </ul>
      </div>
    </Card>
  );
}

function Weak({ today: { weakTopics, answers } }: { readonly today: Today }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { start } = useStart();
  return (
    <Card title={t('learn.weak')}>
      {weakTopics.length === 0 ? (
        <p className="text-muted">{t(answers < 20 ? 'learn.weakUnknown' : 'learn.weakNone')}</p>
      ) : (
        <ul className="flex flex-col gap-3">
          {weakTopics.map(({ topic, share, answers: count }) => (
            <li key={topic.id} className="flex items-center gap-3">
              <span className="min-w-0 flex-1">
                <span className="flex justify-between gap-2">
                  <span className="truncate">{topic.title}</span>
                  <span className="tabular text-sm text-muted" title={t('learn.fromAnswers', { count })}>
                    {formats.percent(share)}
                  </span>
                </span>
                <Bar value={share} label={formats.percent(share)} />
              </span>
              <Button size="small" aria-label={t('learn.practiseTopic', { topic: topic.title })} onClick={() => { start({ kind: 'quiz', mode: 'weak', topicIds: [topic.id], count: 10 }); }}>
                {t('learn.practise')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** How well a student judges themselves. */
function Judgement() {
  const { t } = useTranslation();
  const formats = useFormats();
  const calibration = useEntry('learning.practice.calibration', {}, { keep: true });
  const data = calibration.data;
  if (data === undefined || data.count === 0) return null;
  return (
    <Card title={t('learn.judgement')}>
      <p className="text-muted">{data.message}</p>
      {data.verdict !== 'unknown' && (
        <table className="mt-3 w-full text-sm">
          <thead>
            <tr className="text-left text-faint">
              <th className="py-1 font-medium">{t('learn.said')}</th>
              <th className="py-1 text-right font-medium">{t('learn.claimed')}</th>
              <th className="py-1 text-right font-medium">{t('learn.wasRight')}</th>
            </tr>
          </thead>
          <tbody>
            {data.levels
              .filter(({ count }) => count > 0)
              .map(({ confidence, claimed, count, right }) => (
                <tr key={confidence} className="tabular border-t border-line">
                  <td className="py-1">{t(`practice.confidence.${confidenceWords[confidence]}`)}</td>
                  <td className="py-1 text-right text-muted">{formats.percent(claimed)}</td>
                  <td className="py-1 text-right" title={t('learn.fromAnswers', { count })}>
                    {formats.percent(right / count)} <span className="text-faint">({formats.number(count)})</span>
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
