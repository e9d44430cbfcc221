import { CircleCheckBig, SquareTerminal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useEntry } from '#renderer/data/hooks';
import { Empty, SkeletonRows } from '#renderer/kit/Face';
import { Failure } from '#renderer/shell/Failure';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { NoGoal } from '#renderer/learning/learn/NoGoal';

/** The labs of a course. */
export function Labs() {
  const { t } = useTranslation();
  useScreenTitle(t('places.labs'));
  const list = useEntry('learning.labs.list', {}, { keep: true });
  if (list.error !== null) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return <SkeletonRows rows={6} label={t('common.loading')} />;
  if (list.data.courseId === null) return <NoGoal />;
  const { items } = list.data;
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex w-full max-w-3xl flex-col gap-4 p-4 sm:p-6">
        {items.length === 0 ? (
          <Empty icon={<SquareTerminal size={28} aria-hidden />} title={t('labs.none')}>
            {t('labs.noneDetail')}
          </Empty>
        ) : (
          <ul aria-label={t('places.labs')} className="flex flex-col overflow-hidden rounded-md border border-line bg-surface">
            {items.map(({ id, title, topic, steps, stepsDone, doneAt }) => (
              <li key={id} className="border-b border-line last:border-b-0">
                <Link href={`/labs/${id}`} className="flex min-h-14 items-center gap-3 px-4 py-2 hover:bg-sunken focus-visible:outline-offset-[-2px]">
                  <span className="flex min-w-0 flex-1 flex-col">
                    <span className="font-medium">{title}</span>
                    {topic !== null && <span className="truncate text-sm text-muted">{topic.title}</span>}
                  </span>
                  {doneAt !== null && stepsDone >= steps ? (
                    <span className="flex items-center gap-1 text-sm text-good">
                      <CircleCheckBig size={14} aria-hidden /> {t('labs.done')}
                    </span>
                  ) : (
                    <span className="tabular text-sm text-muted">{t('labs.steps', { done: stepsDone, total: steps })}</span>
                  )}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
