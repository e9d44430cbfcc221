import { ArrowRight, Check, Cpu, ListChecks, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { OutputOf } from '#contract/index';
import type { RecommendationItem } from '#contract/learning/recommendations';
import { useFormats } from '#renderer/data/format';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { classes } from '#renderer/kit/classes';
import { Empty, SkeletonRows } from '#renderer/kit/Face';
import { Card, Key, SeverityMark, Tag } from '#renderer/kit/Marks';
import { toast } from '#renderer/kit/toasts';
import { useListCursor } from '#renderer/kit/useListCursor';
import { useShortcuts } from '#renderer/kit/useShortcuts';
import type { StandingOf } from '#renderer/learning/standing/standingOf';
import { Failure } from '#renderer/shell/Failure';
import { tellFailure } from '#renderer/shell/tellFailure';
import { pathTo } from './targets';

const rowId = (id: string): string => `recommendation-${id.replaceAll(' ', '-')}`;

/** What to do next and why: a list that one works down, with a week's schedule beside it. */
export function Recommendations({ of }: { readonly of: StandingOf }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [, go] = useLocation();
  const { data, error, refetch } = useEntry('learning.recommendations.list', of, { keep: true });
  const complete = useCommand('learning.recommendations.complete');
  const dismiss = useCommand('learning.recommendations.dismiss');
  const reopen = useCommand('learning.recommendations.reopen');
  const advise = useCommand('learning.recommendations.advise');
  const asked = useEntry('platform.language.status', {});
  const [advice, setAdvice] = useState<OutputOf<'learning.recommendations.advise'> | null>(null);
  const placeOf = (id: string): number => {
    const at = advice?.order.indexOf(id) ?? -1;
    return at < 0 ? Number.MAX_SAFE_INTEGER : at;
  };
  const items = [...(data?.items ?? [])].sort((a, b) => placeOf(a.id) - placeOf(b.id));
  const own = data?.student.self === true;
  const { index, moveTo, moveBy } = useListCursor(items.map(({ id }) => id), rowId);
  const selected = items[index];
  const undo = (id: string) => ({ label: t('common.undo'), run: () => { reopen.mutate({ courseId: of.courseId, id }, { onError: tellFailure }); } });
  const decide = (command: typeof complete, word: 'completed' | 'dismissed') => (item: RecommendationItem): void => {
    command.mutate({ courseId: of.courseId, id: item.id }, { onSuccess: () => { toast({ title: t(`standing.recommendations.${word}`, { title: item.title }), action: undo(item.id) }); }, onError: tellFailure });
  };
  const [doComplete, doDismiss] = [decide(complete, 'completed'), decide(dismiss, 'dismissed')];
  const withSelected = (act: (item: RecommendationItem) => void) => (): void => {
    if (selected !== undefined && own) act(selected);
  };
  useShortcuts([
    { keys: 'j', label: t('standing.recommendations.next'), run: () => { moveBy(1); } },
    { keys: 'k', label: t('standing.recommendations.previous'), run: () => { moveBy(-1); } },
    { keys: 'c', label: t('standing.recommendations.complete'), run: withSelected(doComplete) },
    { keys: 'x', label: t('standing.recommendations.dismiss'), run: withSelected(doDismiss) },
    {
      keys: 'o',
      label: t('standing.recommendations.open'),
      run: withSelected((item) => {
        const path = pathTo(item.target, of.courseId);
        if (path !== null) go(path);
      }),
    },
  ]);
  if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={8} label={t('common.loading')} />;
  const { schedule, followThrough } = data;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      {items.length === 0 ? (
        <Empty icon={<ListChecks size={28} aria-hidden />} title={t('standing.recommendations.none')}>
          {t('standing.recommendations.noneDetail')}
        </Empty>
      ) : (
        <ul aria-label={t('standing.tabs.recommendations')} className="flex flex-col overflow-hidden rounded-md border border-line bg-surface">
          {items.map((item, position) => {
            const isOpen = position === index;
            const path = pathTo(item.target, of.courseId);
            return (
              <li key={item.id} id={rowId(item.id)} aria-current={isOpen || undefined} className={classes('relative border-b border-line last:border-b-0', isOpen && 'bg-selected')}>
                {isOpen && <span aria-hidden className="absolute inset-y-0 left-0 w-0.5 bg-brand" />}
                <button type="button" aria-expanded={isOpen} onClick={() => { moveTo(position); }} className="flex min-h-14 w-full flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-left focus-visible:outline-offset-[-2px]">
                  <span className="w-20 shrink-0 max-sm:flex-1">
                    <SeverityMark severity={item.priority} word={t(`standing.recommendations.priorities.${item.priority}`)} />
                  </span>
                  <span className="min-w-0 flex-1 max-sm:order-last max-sm:basis-full">
                    <span className="block font-medium">{item.title}</span>
                    <span className="block text-xs text-muted">{t(`standing.recommendations.kinds.${item.kind}`)}</span>
                  </span>
                  <span className="tabular flex shrink-0 items-center gap-2 text-sm text-muted">
                    {item.gain !== null && item.gain >= 0.005 && <Tag tone="good">{t('standing.readiness.gain', { count: Math.round(item.gain * 100) })}</Tag>}
                    {item.minutes !== null && t('standing.recommendations.minutes', { count: Math.round(item.minutes) })}
                  </span>
                </button>
                {isOpen && (
                  <div className="flex flex-col gap-3 px-4 pb-4 sm:pl-[108px]">
                    <p className="text-sm">{item.reason}</p>
                    {advice?.notes
                      .filter(({ id }) => id === item.id)
                      .map(({ note }) => (
                        <p key={note} className="flex items-start gap-1.5 text-sm text-muted">
                          <Cpu size={14} aria-label={t('tutor.byModel')} className="mt-0.5 shrink-0" />
                          {note}
                        </p>
                      ))}
                    {own && (
                      <div className="flex flex-wrap items-center gap-2">
                        <Button size="small" look="primary" icon={<Check size={14} aria-hidden />} onClick={() => { doComplete(item); }}>
                          {t('standing.recommendations.complete')} <Key>C</Key>
                        </Button>
                        <Button size="small" icon={<X size={14} aria-hidden />} onClick={() => { doDismiss(item); }}>
                          {t('standing.recommendations.dismiss')} <Key>X</Key>
                        </Button>
                        {path !== null && (
                          <Link href={path} className="ml-auto inline-flex h-7 items-center gap-1 rounded-md px-2 font-medium text-muted hover:bg-sunken hover:text-text">
                            {t('standing.recommendations.open')} <ArrowRight size={14} aria-hidden />
                          </Link>
                        )}
                      </div>
                    )}
                  </div>
                )}
              </li>
            );
          })}
        </ul>
      )}
      <div className="flex min-w-0 flex-col gap-4">
        {own && items.length > 1 && (advice !== null || (asked.data?.offline === null && asked.data.purposes.includes('paths'))) && (
          <Card title={t('standing.recommendations.advice')}>
            <p role="status" className="text-sm text-muted">
              {advice?.message ?? t('standing.recommendations.adviceDetail')}
            </p>
            <div className="mt-3">
              <Button size="small" icon={<Cpu size={14} aria-hidden />} busy={advise.isPending} onClick={() => { if (advice === null) advise.mutate({ courseId: of.courseId }, { onError: tellFailure, onSuccess: setAdvice }); else setAdvice(null); }}>
                {t(advice === null ? 'learn.refine' : 'standing.recommendations.unadvise')}
              </Button>
            </div>
          </Card>
        )}
        <Card title={t('standing.recommendations.schedule')}>
          {schedule.length === 0 ? (
            <p className="text-sm text-muted">{t('standing.recommendations.noSchedule')}</p>
          ) : (
            <ul className="flex flex-col gap-2">
              {schedule.map(({ weekday, minutes, domain }) => (
                <li key={weekday} className="flex items-baseline justify-between gap-3">
                  <span className="w-24 shrink-0">{new Intl.DateTimeFormat(undefined, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, 9, 4 + weekday))}</span>
                  <span className="min-w-0 flex-1 truncate text-sm text-muted">{domain ?? ''}</span>
                  <span className="tabular shrink-0">{t('standing.recommendations.minutes', { count: minutes })}</span>
                </li>
              ))}
            </ul>
          )}
        </Card>
        <Card title={t('standing.recommendations.followThrough')}>
          <p className="text-sm">{t('standing.recommendations.decided', { completed: formats.number(followThrough.completed), dismissed: formats.number(followThrough.dismissed) })}</p>
          <p className="mt-1 text-sm text-muted">
            {followThrough.before === null || followThrough.since === null
              ? t('standing.recommendations.notMeasured')
              : t('standing.recommendations.measured', { count: followThrough.followed, before: formats.percent(followThrough.before), since: formats.percent(followThrough.since) })}
          </p>
        </Card>
      </div>
    </div>
  );
}
