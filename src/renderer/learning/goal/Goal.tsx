import { Package } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Goal as StoredGoal } from '#contract/learning/goals';
import { useFormats } from '#renderer/data/format';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Empty, SkeletonRows } from '#renderer/kit/Face';
import { Card, Tag } from '#renderer/kit/Marks';
import { toast } from '#renderer/kit/toasts';
import { Failure } from '#renderer/shell/Failure';
import { tellFailure } from '#renderer/shell/tellFailure';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { CloseGoal } from './CloseGoal';
import { GoalForm } from './GoalForm';

/** What one studies for: set it, change it, say how it went. */
export function Goal() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  useScreenTitle(t('places.goal'));
  const goals = useEntry('learning.goals.list', {}, { keep: true });
  const courses = useEntry('learning.courses.list', {}, { keep: true });
  const [adding, setAdding] = useState(false);
  if (goals.error !== null) return <Failure error={goals.error} onRetry={() => void goals.refetch()} />;
  if (courses.error !== null) return <Failure error={courses.error} onRetry={() => void courses.refetch()} />;
  if (goals.data === undefined || courses.data === undefined) return <SkeletonRows rows={8} label={t('common.loading')} />;
  const current = goals.data.items.find((one) => one.current) ?? null;
  const others = goals.data.items.filter((one) => one.id !== current?.id);
  const taken = new Set(goals.data.items.filter(({ closedAt }) => closedAt === null).map(({ courseId }) => courseId));
  const free = courses.data.items.filter(({ id }) => !taken.has(id));
  if (courses.data.items.length === 0) {
    return (
      <Empty icon={<Package size={28} aria-hidden />} title={t('goal.noCourse')} action={<Button look="primary" onClick={() => { go('/packs'); }}>{t('goal.toPacks')}</Button>}>
        {t('goal.noCourseDetail')}
      </Empty>
    );
  }
  const asking = current === null || adding;
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex w-full max-w-2xl flex-col gap-6 p-4 sm:p-6">
        {asking && free.length === 0 && <p className="text-muted">{t('goal.allTaken')}</p>}
        {asking && free.length > 0 ? (
          <GoalForm key="new" courses={free} goal={null} onDone={() => { setAdding(false); go('/learn'); }} onCancel={current === null ? null : () => { setAdding(false); }} />
        ) : (
          current !== null && <GoalForm key={current.id} courses={courses.data.items} goal={current} onDone={() => { go('/learn'); }} onCancel={null} />
        )}
        {current !== null && !adding && <CloseGoal goal={current} />}
        {(others.length > 0 || (current !== null && free.length > 0)) && (
          <Card title={t('goal.others')} action={!adding && current !== null && free.length > 0 ? <Button size="small" onClick={() => { setAdding(true); }}>{t('goal.add')}</Button> : undefined}>
            {others.length === 0 ? <p className="text-muted">{t('goal.noOthers')}</p> : <ul className="flex flex-col gap-2">{others.map((one) => <Other key={one.id} goal={one} />)}</ul>}
          </Card>
        )}
      </div>
    </div>
  );
}

function Other({ goal }: { readonly goal: StoredGoal }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const choose = useCommand('learning.goals.choose');
  const close = useCommand('learning.goals.close');
  const { id, courseTitle, outcome, closedAt, outcomeShare } = goal;
  return (
    <li className="flex flex-wrap items-center gap-3">
      <span className="min-w-0 flex-1 truncate">{courseTitle}</span>
      {outcome !== null && closedAt !== null ? (
        <>
          <Tag tone={outcome === 'passed' ? 'good' : 'plain'}>{t(`goal.outcomes.${outcome}`)}</Tag>
          <span className="tabular text-sm text-muted">{[...(outcomeShare === null ? [] : [formats.percent(outcomeShare)]), formats.date(closedAt)].join(' · ')}</span>
          <Button size="small" busy={close.isPending} onClick={() => { close.mutate({ id, outcome: null }, { onError: tellFailure }); }}>
            {t('goal.reopen')}
          </Button>
        </>
      ) : (
        <Button size="small" busy={choose.isPending} onClick={() => { choose.mutate({ id }, { onError: tellFailure, onSuccess: () => { toast({ title: t('goal.chosen', { course: courseTitle }) }); } }); }}>
          {t('goal.choose')}
        </Button>
      )}
    </li>
  );
}
