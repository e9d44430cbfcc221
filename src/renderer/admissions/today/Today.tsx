import { CircleCheckBig, FileUp } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { QueueItem } from '#contract/admissions/triage';
import { AlertsDigest } from '#renderer/admissions/alerts/AlertsDigest';
import { useLeadActions } from '#renderer/admissions/contact/useLeadActions';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Empty, SkeletonRows } from '#renderer/kit/Face';
import { Segments } from '#renderer/kit/Segments';
import { useListCursor } from '#renderer/kit/useListCursor';
import { letGoOfFocus, useShortcuts } from '#renderer/kit/useShortcuts';
import { Failure } from '#renderer/shell/Failure';
import { useStatus } from '#renderer/shell/StatusLine';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { ModelNotice } from './ModelNotice';
import { QueueCard, rowId } from './QueueCard';
import { TaskList } from './TaskList';

type Whose = 'everyone' | 'mine' | 'unassigned';

const pageSize = 40;
/** Beyond this one sorts the list of leads instead. */
const longest = 400;

/** Whom to contact first, and why: a list that one works down. */
export function Today() {
  const { t } = useTranslation();
  const formats = useFormats();
  const [, go] = useLocation();
  useScreenTitle(t('places.today'));
  const [whose, setWhose] = useState<Whose>('everyone');
  const [limit, setLimit] = useState(pageSize);
  const queue = useEntry('admissions.triage.queue', { whose, limit }, { keep: true });
  const actions = useLeadActions();
  const items = queue.data?.items ?? [];
  const cursor = useListCursor(items.map(({ lead }) => lead.id), rowId);
  const moveBy = (steps: number): void => {
    letGoOfFocus();
    cursor.moveBy(steps);
  };
  const selected = items[cursor.index];
  const withSelected = (act: (item: QueueItem) => void) => (): void => {
    if (selected !== undefined) act(selected);
  };
  useShortcuts([
    { keys: 'j', label: t('keys.next'), run: () => { moveBy(1); } },
    { keys: 'ArrowDown', label: t('keys.next'), run: () => { moveBy(1); } },
    { keys: 'k', label: t('keys.previous'), run: () => { moveBy(-1); } },
    { keys: 'ArrowUp', label: t('keys.previous'), run: () => { moveBy(-1); } },
    { keys: 'Enter', label: t('keys.open'), atRest: true, run: withSelected(({ lead }) => { go(`/leads/${lead.id}`); }) },
    { keys: 'o', label: t('keys.open'), run: withSelected(({ lead }) => { go(`/leads/${lead.id}`); }) },
    { keys: 'c', label: t('keys.call'), run: withSelected(({ lead }) => { actions.contact(lead, 'phone'); }) },
    { keys: 'm', label: t('keys.mail'), run: withSelected(({ lead }) => { actions.contact(lead, 'email'); }) },
    { keys: 'l', label: t('keys.log'), run: withSelected(({ lead }) => { actions.log(lead); }) },
    { keys: 't', label: t('keys.task'), run: withSelected(({ lead }) => { actions.addTask(lead); }) },
    { keys: 'e', label: t('keys.assign'), run: withSelected(({ lead }) => { actions.assign([lead]); }) },
    { keys: 's', label: t('keys.snooze'), run: withSelected(({ lead }) => { actions.snooze(lead); }) },
  ]);
  const data = queue.data;
  useStatus(data === undefined ? '' : [data.totalIsExact ? t('today.toContact', { count: data.total }) : t('today.toContactAndMore', { total: formats.number(data.total) }), ...(data.resting > 0 ? [t('today.resting', { count: data.resting })] : []), ...(data.contactedToday > 0 ? [t('today.contacted', { count: data.contactedToday })] : [])].join(' · '));

  if (queue.error !== null) return <Failure error={queue.error} onRetry={() => void queue.refetch()} />;
  return (
    <div className="flex h-full min-h-0">
      <div className="flex min-w-0 flex-1 flex-col overflow-y-auto" id="queue">
        <div className="mx-auto flex w-full max-w-4xl flex-col gap-4 p-4 sm:p-6">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <Segments
              label={t('today.whose')}
              value={whose}
              segments={[
                { value: 'everyone', label: t('today.everyone') },
                { value: 'mine', label: t('today.mine') },
                { value: 'unassigned', label: t('today.unassigned') },
              ]}
              onChange={(value) => {
                setWhose(value);
                setLimit(pageSize);
              }}
            />
            {data !== undefined && data.contactedToday > 0 && (
              <span className="tabular flex items-center gap-1.5 text-sm text-good">
                <CircleCheckBig size={14} aria-hidden />
                {t('today.contacted', { count: data.contactedToday })}
              </span>
            )}
          </div>
          <AlertsDigest />
          <ModelNotice />
          <TaskList place="above" />
          {data?.hint !== undefined && data.hint !== null && <p className="rounded-md border border-medium/40 bg-medium/5 px-3 py-2 text-sm">{data.hint}</p>}
          {data === undefined ? (
            <SkeletonRows rows={9} label={t('common.loading')} />
          ) : items.length === 0 ? (
            <NothingToDo whose={whose} resting={data.resting} onEveryone={() => { setWhose('everyone'); }} />
          ) : (
            <>
              <ul aria-label={t('today.queue')} className="flex flex-col overflow-hidden rounded-md border border-line bg-surface">
                {items.map((item, index) => (
                  <QueueCard key={item.lead.id} item={item} open={index === cursor.index} onOpen={() => { cursor.moveTo(index); }} actions={actions} />
                ))}
              </ul>
              {data.total > items.length && (
                <div className="flex items-center justify-center gap-3 text-sm text-muted">
                  <span className="tabular">{t('today.shown', { shown: formats.number(items.length), total: `${formats.number(data.total)}${data.totalIsExact ? '' : '+'}` })}</span>
                  {limit < longest ? (
                    <Button size="small" busy={queue.isPlaceholderData} onClick={() => { setLimit(limit + pageSize); }}>
                      {t('today.more')}
                    </Button>
                  ) : (
                    <Button size="small" onClick={() => { go('/leads'); }}>
                      {t('today.allLeads')}
                    </Button>
                  )}
                </div>
              )}
            </>
          )}
        </div>
      </div>
      <TaskList place="beside" />
      {actions.dialogs}
    </div>
  );
}

function NothingToDo({ whose, resting, onEveryone }: { readonly whose: Whose; readonly resting: number; readonly onEveryone: () => void }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const any = useEntry('admissions.leads.list', { limit: 1 });
  if (any.data?.total === 0) {
    return (
      <Empty
        icon={<FileUp size={28} aria-hidden />}
        title={t('today.noLeads')}
        action={
          <Button look="primary" onClick={() => { go('/import'); }}>
            {t('today.import')}
          </Button>
        }
      >
        {t('today.noLeadsDetail')}
      </Empty>
    );
  }
  return (
    <Empty
      icon={<CircleCheckBig size={28} aria-hidden className="text-good" />}
      title={t(whose === 'mine' ? 'today.doneMine' : whose === 'unassigned' ? 'today.doneUnassigned' : 'today.done')}
      action={whose === 'everyone' ? <Button onClick={() => { go('/leads'); }}>{t('today.allLeads')}</Button> : <Button onClick={onEveryone}>{t('today.showEveryone')}</Button>}
    >
      {resting > 0 ? t('today.resting', { count: resting }) : t('today.doneDetail')}
    </Empty>
  );
}
