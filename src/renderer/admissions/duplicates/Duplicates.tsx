import { CircleCheckBig, Users } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import type { DuplicatePair } from '#contract/admissions/duplicates';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { cancelJob, runJob, useJobs } from '#renderer/data/jobs';
import { Button } from '#renderer/kit/Button';
import { Empty, SkeletonRows } from '#renderer/kit/Face';
import { classes } from '#renderer/kit/classes';
import { Bar } from '#renderer/kit/Marks';
import { Segments } from '#renderer/kit/Segments';
import { toast } from '#renderer/kit/toasts';
import { useListCursor } from '#renderer/kit/useListCursor';
import { useShortcuts } from '#renderer/kit/useShortcuts';
import { Failure } from '#renderer/shell/Failure';
import { useStatus } from '#renderer/shell/StatusLine';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { tellFailure } from '#renderer/shell/tellFailure';
import { Compare } from './Compare';
import { usePairActions } from './usePairActions';

type State = DuplicatePair['state'];

const pageSize = 50;

/** Pairs of leads that seem to be one person: a list that one works down. */
export function Duplicates() {
  const { t } = useTranslation();
  const formats = useFormats();
  useScreenTitle(t('places.duplicates'));
  const [search] = useSearchParams();
  const linked = search.get('pair');
  const [state, setState] = useState<State>('open');
  const [limit, setLimit] = useState(pageSize);
  const list = useEntry('admissions.duplicates.list', { state, limit }, { keep: true });
  const one = useEntry('admissions.duplicates.list', { id: linked ?? '' }, { enabled: linked !== null });
  const actions = usePairActions();
  const listed = list.data?.items ?? [];
  const first = one.data?.items[0];
  // The pair that a link names comes first, whatever page it is on.
  const items = first?.state !== state ? listed : [first, ...listed.filter(({ id }) => id !== first.id)];
  const cursor = useListCursor(items.map(({ id }) => id), (id) => `pair-${id}`);
  const selected = items[cursor.index];
  useShortcuts([
    { keys: 'j', label: t('duplicates.keys.next'), run: () => { cursor.moveBy(1); } },
    { keys: 'ArrowDown', label: t('duplicates.keys.next'), run: () => { cursor.moveBy(1); } },
    { keys: 'k', label: t('duplicates.keys.previous'), run: () => { cursor.moveBy(-1); } },
    { keys: 'ArrowUp', label: t('duplicates.keys.previous'), run: () => { cursor.moveBy(-1); } },
  ]);
  const total = list.data?.total;
  useStatus(total === undefined ? '' : t(`duplicates.count.${state}`, { count: total }));

  if (list.error !== null) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex max-w-6xl flex-col gap-4 p-4 sm:p-6">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <Segments
            label={t('duplicates.which')}
            value={state}
            segments={[
              { value: 'open', label: t('duplicates.states.open') },
              { value: 'merged', label: t('duplicates.states.merged') },
              { value: 'dismissed', label: t('duplicates.states.dismissed') },
            ]}
            onChange={(value) => {
              setState(value);
              setLimit(pageSize);
            }}
          />
          <Look />
        </div>
        {list.data === undefined ? (
          <SkeletonRows rows={8} label={t('common.loading')} />
        ) : items.length === 0 ? (
          <Empty icon={state === 'open' ? <CircleCheckBig size={28} aria-hidden className="text-good" /> : <Users size={28} aria-hidden />} title={t(`duplicates.none.${state}`)}>
            {t(`duplicates.noneDetail.${state}`)}
          </Empty>
        ) : (
          <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(240px,320px)_minmax(0,1fr)]">
            <div className="flex min-w-0 flex-col gap-3">
              <ul aria-label={t('duplicates.list')} className="flex max-h-[40vh] flex-col overflow-y-auto rounded-md border border-line bg-surface lg:max-h-[calc(100vh-13rem)]">
                {items.map((pair, index) => (
                  <PairRow key={pair.id} pair={pair} current={index === cursor.index} onOpen={() => { cursor.moveTo(index); }} />
                ))}
              </ul>
              {total !== undefined && total > listed.length && (
                <div className="flex items-center gap-3 text-sm text-muted">
                  <span className="tabular">{t('today.shown', { shown: formats.number(items.length), total: formats.number(total) })}</span>
                  {limit < 500 && (
                    <Button size="small" busy={list.isPlaceholderData} onClick={() => { setLimit(limit + pageSize); }}>
                      {t('duplicates.more')}
                    </Button>
                  )}
                </div>
              )}
            </div>
            {selected !== undefined && <Compare key={`${selected.id} ${selected.state}`} pair={selected} actions={actions} />}
          </div>
        )}
      </div>
    </div>
  );
}

function PairRow({ pair, current, onOpen }: { readonly pair: DuplicatePair; readonly current: boolean; readonly onOpen: () => void }) {
  const { t } = useTranslation();
  return (
    <li id={`pair-${pair.id}`} className="border-b border-line last:border-b-0">
      <button type="button" aria-current={current || undefined} onClick={onOpen} className={classes('flex w-full items-start gap-3 px-3 py-2 text-left hover:bg-sunken focus-visible:-outline-offset-2', current && 'bg-selected')}>
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{pair.first.name}</span>
          <span className="block truncate font-medium">{pair.second.name}</span>
          <span className="block truncate text-sm text-muted">{pair.reasons.join(' · ')}</span>
        </span>
        <span className="tabular shrink-0 text-right font-medium" title={t('duplicates.score', { score: pair.score })}>
          {pair.score}
        </span>
      </button>
    </li>
  );
}

/** Looks through all leads for pairs; it goes on when one leaves. */
function Look() {
  const { t } = useTranslation();
  const job = useJobs(({ running }) => Object.values(running).find(({ entry }) => entry === 'admissions.duplicates.find'));
  const [waiting, setWaiting] = useState(false);
  const look = async (): Promise<void> => {
    setWaiting(true);
    try {
      const { compared, found, capped } = await runJob('admissions.duplicates.find', {});
      toast({ title: t('duplicates.found', { count: found }), detail: t(capped ? 'duplicates.foundCapped' : 'duplicates.foundAmong', { count: compared }) });
    } catch (error) {
      tellFailure(error);
    } finally {
      setWaiting(false);
    }
  };
  const percent = job === undefined || job.progress.total === 0 ? 0 : Math.round((job.progress.done / job.progress.total) * 100);
  if (!waiting && job === undefined) {
    return (
      <Button icon={<Users size={14} aria-hidden />} onClick={() => void look()}>
        {t('duplicates.look')}
      </Button>
    );
  }
  return (
    <div role="status" className="flex items-center gap-3 text-sm text-muted">
      <span className="w-32 shrink-0">
        <Bar value={percent / 100} label={t('status.share', { percent })} tone="good" />
      </span>
      <span>{t('duplicates.looking')}</span>
      {job !== undefined && (
        <Button size="small" onClick={() => { cancelJob(job.jobId); }}>
          {t('common.cancel')}
        </Button>
      )}
    </div>
  );
}
