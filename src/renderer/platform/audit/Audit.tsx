import { Download, Link2, RefreshCw, ScrollText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#contract/index';
import type { AuditRow } from '#contract/platform/audit';
import { accessScope } from '#domain/platform/roles';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { runJob } from '#renderer/data/jobs';
import { Button } from '#renderer/kit/Button';
import { Empty, SkeletonRows } from '#renderer/kit/Face';
import { toast } from '#renderer/kit/toasts';
import { Failure } from '#renderer/shell/Failure';
import { useSignedIn } from '#renderer/shell/session';
import { useStatus } from '#renderer/shell/StatusLine';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { tellFailure } from '#renderer/shell/tellFailure';
import { AuditDetails } from './AuditDetails';
import { AuditList } from './AuditList';
import { ChainVerdict } from './ChainVerdict';
import { FilterBar } from './FilterBar';
import { type AuditFilters, isFiltered, noFilters, queryOf } from './filters';
import { pageInput } from './usePages';

/** The list as it was asked for; another one is a new list, that begins at its top. */
interface Asked {
  readonly filters: AuditFilters;
  readonly until: number;
  readonly startAt: number;
}

const asking = (filters: AuditFilters, startAt = 0): Asked => ({ filters, startAt, until: Date.now() + 1 });

/** What was done, by whom, and what was refused; and whether anybody has tampered with it. */
export function Audit() {
  const { t } = useTranslation();
  useScreenTitle(t('places.audit'));
  const { user, workspace } = useSignedIn();
  const [asked, setAsked] = useState<Asked>(() => asking(noFilters));
  const [opened, setOpened] = useState<AuditRow | null>(null);
  const [exporting, setExporting] = useState(false);
  const [verdict, setVerdict] = useState<{ readonly is: OutputOf<'platform.audit.verify'>; readonly at: number } | null>(null);
  const verify = useCommand('platform.audit.verify');
  const query = queryOf(asked.filters, asked.until, workspace.timeZone);
  const first = useEntry('platform.audit.list', pageInput(query, 0), { keep: true });
  const newer = useEntry('platform.audit.list', { ...query, from: asked.until, to: Number.MAX_SAFE_INTEGER, limit: 1 }, { keep: true, enabled: asked.filters.period !== 'own' });
  const total = first.data?.total ?? 0;
  const newerTotal = newer.isPlaceholderData ? 0 : (newer.data?.total ?? 0);
  useStatus(first.data === undefined ? '' : t('audit.entries', { count: total }));
  const save = async (): Promise<void> => {
    setExporting(true);
    try {
      const made = await runJob('platform.audit.export', query);
      if (await window.ivy.saveDownload(made.downloadId, made.name)) toast({ title: t('audit.exported', { count: made.rows }) });
    } catch (error) {
      tellFailure(error);
    } finally {
      setExporting(false);
    }
  };
  const show = (sequence: number): void => {
    if (verdict === null) return;
    // As of the check: then the entry lies as far from the top as there are entries after it.
    setAsked({ filters: noFilters, until: verdict.at, startAt: Math.max(0, verdict.is.rows - sequence) });
  };

  if (first.error !== null) return <Failure error={first.error} onRetry={() => void first.refetch()} />;
  return (
    <div className="relative flex h-full min-h-0 flex-col gap-4 overflow-y-auto p-4 sm:p-6">
      <div className="flex flex-wrap items-center gap-2">
        <Button
          icon={<Link2 size={14} aria-hidden />}
          busy={verify.isPending}
          onClick={() => { verify.mutate({}, { onSuccess: (is) => { setVerdict({ is, at: Date.now() }); }, onError: tellFailure }); }}
        >
          {t('audit.verify')}
        </Button>
        {accessScope(user.role, 'audit_logs', 'export') !== null && (
          <Button icon={<Download size={14} aria-hidden />} busy={exporting} disabled={total === 0} onClick={() => void save()}>
            {t('audit.export')}
          </Button>
        )}
        {newerTotal > 0 && (
          <Button className="ml-auto" look="quiet" icon={<RefreshCw size={14} aria-hidden />} onClick={() => { setAsked(asking(asked.filters)); }}>
            {t('audit.newer', { count: newerTotal })}
          </Button>
        )}
      </div>
      {verdict !== null && <ChainVerdict verdict={verdict.is} at={verdict.at} onShow={show} />}
      <FilterBar filters={asked.filters} onChange={(filters) => { setAsked(asking(filters)); }} />
      {first.data === undefined ? (
        <SkeletonRows rows={10} label={t('common.loading')} />
      ) : total === 0 ? (
        <Empty
          icon={<ScrollText size={28} aria-hidden />}
          title={t('audit.nothing')}
          action={isFiltered(asked.filters) && <Button onClick={() => { setAsked(asking(noFilters)); }}>{t('audit.filter.clear')}</Button>}
        >
          {t('audit.nothingDetail')}
        </Empty>
      ) : (
        <AuditList key={JSON.stringify(asked)} query={query} total={total} broken={verdict?.is.firstBrokenSequence ?? null} startAt={asked.startAt} onOpen={setOpened} />
      )}
      {opened !== null && <AuditDetails row={opened} onClose={() => { setOpened(null); }} />}
    </div>
  );
}
