import { BellOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { AlertItem } from '#contract/admissions/alerts';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Empty, SkeletonRows } from '#renderer/kit/Face';
import { Segments } from '#renderer/kit/Segments';
import { useListCursor } from '#renderer/kit/useListCursor';
import { useShortcuts } from '#renderer/kit/useShortcuts';
import { Failure } from '#renderer/shell/Failure';
import { useStatus } from '#renderer/shell/StatusLine';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { AlertRow, rowId } from './AlertRow';
import { useAlertActions } from './useAlertActions';

const shownStates = { waiting: ['open', 'acknowledged'], snoozed: ['snoozed'], resolved: ['resolved'] } as const;
type Shown = keyof typeof shownStates;
type Level = 'all' | '3' | '2' | '1';

const pageSize = 50;
/** The most that one page of the core carries; who has more begins with the most urgent. */
const longest = 500;

/** What stands in the way of leads and must not wait, the most urgent first: a list that one works down. */
export function Alerts() {
  const { t } = useTranslation();
  const formats = useFormats();
  const [, go] = useLocation();
  useScreenTitle(t('places.alerts'));
  const [shown, setShown] = useState<Shown>('waiting');
  const [level, setLevel] = useState<Level>('all');
  const [mine, setMine] = useState(false);
  const [limit, setLimit] = useState(pageSize);
  const list = useEntry('admissions.alerts.list', { states: [...shownStates[shown]], mine, limit, ...(level === 'all' ? {} : { level: Number(level) as AlertItem['level'] }) }, { keep: true });
  const actions = useAlertActions();
  const data = list.data;
  const items = data?.items ?? [];
  const { index, moveTo, moveBy, reset } = useListCursor(items.map(({ id }) => id), rowId);
  const selected = items[index];
  const withSelected = (act: (alert: AlertItem) => void, when: (alert: AlertItem) => boolean = () => true) => (): void => {
    if (selected !== undefined && when(selected)) act(selected);
  };
  const live = ({ state }: AlertItem): boolean => state !== 'resolved';
  useShortcuts([
    { keys: 'j', label: t('alerts.next'), run: () => { moveBy(1); } },
    { keys: 'ArrowDown', label: t('alerts.next'), run: () => { moveBy(1); } },
    { keys: 'k', label: t('alerts.previous'), run: () => { moveBy(-1); } },
    { keys: 'ArrowUp', label: t('alerts.previous'), run: () => { moveBy(-1); } },
    { keys: 'a', label: t('alerts.acknowledge'), run: withSelected(actions.acknowledge, (alert) => live(alert) && alert.state !== 'acknowledged') },
    { keys: 's', label: t('keys.snooze'), run: withSelected(actions.snooze, live) },
    { keys: 'r', label: t('alerts.resolve'), run: withSelected(actions.resolve, live) },
    { keys: 'o', label: t('keys.open'), run: withSelected(({ lead }) => { go(`/leads/${lead.id}`); }) },
  ]);
  const counts = data?.counts ?? { 1: 0, 2: 0, 3: 0 };
  const all = counts[1] + counts[2] + counts[3];
  useStatus(data === undefined ? '' : t('alerts.count', { count: all }));

  if (list.error !== null) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  const choose = (change: () => void): void => {
    change();
    setLimit(pageSize);
    reset();
  };
  const counted = (name: string, count: number): string => `${name} ${formats.number(count)}`;
  return (
    <div className="flex h-full min-h-0 flex-col overflow-y-auto">
      <div className="mx-auto flex w-full max-w-4xl flex-col gap-4 p-4 sm:p-6">
        <div className="flex flex-wrap items-center gap-3">
          <Segments
            label={t('alerts.which')}
            value={shown}
            segments={[
              { value: 'waiting', label: t('alerts.waiting') },
              { value: 'snoozed', label: t('alerts.states.snoozed') },
              { value: 'resolved', label: t('alerts.states.resolved') },
            ]}
            onChange={(value) => { choose(() => { setShown(value); }); }}
          />
          <Segments
            label={t('alerts.level')}
            value={level}
            segments={[
              { value: 'all', label: counted(t('alerts.levels.all'), all) },
              { value: '3', label: counted(t('alerts.levels.urgent'), counts[3]) },
              { value: '2', label: counted(t('alerts.levels.escalated'), counts[2]) },
              { value: '1', label: counted(t('alerts.levels.normal'), counts[1]) },
            ]}
            onChange={(value) => { choose(() => { setLevel(value); }); }}
          />
          <label className="flex h-8 items-center gap-2 text-sm">
            <input type="checkbox" className="size-4 accent-focus" checked={mine} onChange={(event) => { const { checked } = event.target; choose(() => { setMine(checked); }); }} />
            {t('alerts.mine')}
          </label>
        </div>
        {data === undefined ? (
          <SkeletonRows rows={9} label={t('common.loading')} />
        ) : items.length === 0 ? (
          <Empty icon={<BellOff size={28} aria-hidden />} title={t(shown === 'waiting' ? 'alerts.none' : 'alerts.noneOfThese')} action={<Button onClick={() => { go('/'); }}>{t('alerts.toToday')}</Button>}>
            {t('alerts.noneDetail')}
          </Empty>
        ) : (
          <>
            <ul aria-label={t('places.alerts')} className="flex flex-col overflow-hidden rounded-md border border-line bg-surface">
              {items.map((alert, position) => (
                <AlertRow key={alert.id} alert={alert} open={position === index} onOpen={() => { moveTo(position); }} actions={actions} />
              ))}
            </ul>
            {data.total > items.length && (
              <div className="flex items-center justify-center gap-3 text-sm text-muted">
                <span className="tabular">{t('today.shown', { shown: formats.number(items.length), total: formats.number(data.total) })}</span>
                {limit < longest && (
                  <Button size="small" busy={list.isPlaceholderData} onClick={() => { setLimit(Math.min(longest, limit + pageSize)); }}>
                    {t('today.more')}
                  </Button>
                )}
              </div>
            )}
          </>
        )}
      </div>
      {actions.dialogs}
    </div>
  );
}
