import { CircleCheckBig, CircleX, Timer } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useFormats } from '#renderer/data/format';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { SkeletonRows } from '#renderer/kit/Face';
import { Key } from '#renderer/kit/Marks';
import { toast } from '#renderer/kit/toasts';
import { useShortcuts } from '#renderer/kit/useShortcuts';
import { Failure } from '#renderer/shell/Failure';
import { tellFailure } from '#renderer/shell/tellFailure';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { useAskedCourse } from '#renderer/learning/askedCourse';
import { NoGoal } from '#renderer/learning/learn/NoGoal';

/** Mock exams: begin one by the blueprint, go on with one, look at those that were sat. */
export function Exams() {
  const { t } = useTranslation();
  const formats = useFormats();
  const [, go] = useLocation();
  useScreenTitle(t('places.exams'));
  const courseId = useAskedCourse();
  const list = useEntry('learning.exams.list', { courseId }, { keep: true });
  const start = useCommand('learning.exams.start');
  const discard = useCommand('learning.exams.discard');
  const begin = (timed: boolean): void => {
    if (!start.isPending) start.mutate({ courseId, timed }, { onError: tellFailure, onSuccess: ({ id }) => { go(`/exams/${id}`); } });
  };
  useShortcuts([{ keys: 'b', label: t('exams.keys.begin'), run: () => { begin(true); } }]);
  if (list.error !== null) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  const data = list.data;
  if (data === undefined) return <SkeletonRows rows={8} label={t('common.loading')} />;
  if (data.courseId === null) return <NoGoal />;
  const { blueprint, items } = data;
  const limited = blueprint !== null && blueprint.minutes !== null;
  const open = items.find(({ submittedAt }) => submittedAt === null);
  const sat = items.filter(({ submittedAt }) => submittedAt !== null);
  const putAway = (id: string): void => {
    discard.mutate(
      { id },
      {
        onError: tellFailure,
        onSuccess: () => {
          toast({ title: t('exams.discarded'), action: { label: t('common.undo'), run: () => { discard.mutate({ id, discarded: false }, { onError: tellFailure }); } } });
        },
      },
    );
  };
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex w-full max-w-3xl flex-col gap-5 p-4 sm:p-6">
        <section aria-label={t('exams.next')} className="flex flex-col gap-4 rounded-md border border-line bg-surface p-4 sm:p-5">
          <div>
            <h2 className="text-lg font-semibold">{data.courseTitle}</h2>
            <p className="tabular text-muted">
              {blueprint === null
                ? t('exams.unknown')
                : [t('practice.questions', { count: blueprint.questions }), ...(blueprint.minutes === null ? [] : [t('exams.minutes', { count: blueprint.minutes })]), t('exams.pass', { count: blueprint.passCount }), t(`exams.draws.${blueprint.draw}`)].join(' · ')}
            </p>
            {blueprint !== null && blueprint.available < blueprint.questions && <p className="mt-1 text-medium">{t('exams.short', { available: blueprint.available, count: blueprint.questions })}</p>}
          </div>
          {open === undefined ? (
            <div className="flex flex-wrap gap-2">
              <Button look="primary" busy={start.isPending} icon={<Timer size={14} aria-hidden />} onClick={() => { begin(true); }}>
                {t(limited ? 'exams.beginTimed' : 'exams.begin')} <Key>B</Key>
              </Button>
              {limited && (
                <Button busy={start.isPending} onClick={() => { begin(false); }}>
                  {t('exams.beginUntimed')}
                </Button>
              )}
            </div>
          ) : (
            <div className="flex flex-wrap items-center gap-3">
              <Button look="primary" onClick={() => { go(`/exams/${open.id}`); }}>
                {t('exams.goOn')}
              </Button>
              <Button onClick={() => { putAway(open.id); }}>{t('exams.discard')}</Button>
              <span className="tabular text-sm text-muted">{t('exams.openSince', { answered: open.answered, total: open.total, when: formats.ago(open.startedAt) })}</span>
            </div>
          )}
        </section>
        {sat.length === 0 ? (
          <p className="text-muted">{t('exams.none')}</p>
        ) : (
          <table className="w-full">
            <caption className="mb-2 text-left font-semibold">{t('exams.sat')}</caption>
            <thead>
              <tr className="border-b border-line text-left text-sm text-faint">
                <th className="py-2 font-medium">{t('exams.when')}</th>
                <th className="py-2 font-medium">{t('exams.outcome')}</th>
                <th className="py-2 text-right font-medium">{t('exams.score')}</th>
                <th className="py-2 text-right font-medium max-sm:hidden">{t('exams.time')}</th>
              </tr>
            </thead>
            <tbody>
              {sat.map(({ id, startedAt, score, total, passed, spentMilliseconds }) => (
                <tr key={id} className="tabular border-b border-line hover:bg-sunken">
                  <td className="py-2">
                    <Link href={`/exams/${id}/review`} className="font-medium underline-offset-2 hover:underline">
                      {formats.moment(startedAt)}
                    </Link>
                  </td>
                  <td className="py-2">
                    <span className={passed === true ? 'inline-flex items-center gap-1 text-good' : 'inline-flex items-center gap-1 text-critical'}>
                      {passed === true ? <CircleCheckBig size={14} aria-hidden /> : <CircleX size={14} aria-hidden />}
                      {t(passed === true ? 'exams.passed' : 'exams.failed')}
                    </span>
                  </td>
                  <td className="py-2 text-right">
                    {score} / {total}
                  </td>
                  <td className="py-2 text-right text-muted max-sm:hidden">{t('exams.minutes', { count: Math.max(1, Math.round(spentMilliseconds / 60_000)) })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </div>
  );
}
