import { FileUp, SearchX } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'wouter';
import type { LeadGroup } from '#contract/admissions/leadGroups';
import type { View } from '#contract/admissions/views';
import { useLeadActions } from '#renderer/admissions/contact/useLeadActions';
import { ManageTags } from '#renderer/admissions/tags/ManageTags';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { usePreferences } from '#renderer/data/preferences';
import { Button } from '#renderer/kit/Button';
import { Empty, SkeletonRows } from '#renderer/kit/Face';
import { letGoOfFocus, useShortcuts } from '#renderer/kit/useShortcuts';
import { Failure } from '#renderer/shell/Failure';
import { useFormats } from '#renderer/data/format';
import { useStatus } from '#renderer/shell/StatusLine';
import { tellFailure } from '#renderer/shell/tellFailure';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { AddLead } from './AddLead';
import { type Column, isAttribute } from './columns';
import { useShownColumns } from './ColumnsMenu';
import { ChosenBar, TotalsBar } from './Bars';
import { ExportDialog } from './ExportDialog';
import { FilterBar } from './FilterBar';
import { everyLead, type FilterField, inputOf, isSame, type LeadView, readView, shownBy, writeView } from './filters';
import { naturalOrder } from './GroupMenu';
import { LeadTable } from './LeadTable';
import { Toolbar } from './Toolbar';
import { useBulkActions } from './useBulkActions';
import { useLeadRows } from './useLeadRows';
import { usePredicted } from './usePredicted';
import { useSelection } from './useSelection';

/** Every lead that one may see: searched, filtered, sorted, grouped, and worked on many at once. The address may name a saved view. */
export function Leads() {
  const { t } = useTranslation();
  useScreenTitle(t('places.leads'));
  const [query] = useSearchParams();
  const views = useEntry('admissions.views.list', {}, { keep: true });
  const viewId = query.get('view');
  // What a view shows is not known before the views are: every lead would flash by.
  if (viewId !== null && views.data === undefined && views.error === null) return <SkeletonRows rows={10} label={t('common.loading')} />;
  return <LeadList views={views.data?.items ?? []} viewId={viewId} />;
}

const noGroups: ReadonlySet<string> = new Set();
const noFields: readonly FilterField[] = [];

function LeadList({ views, viewId }: { readonly views: readonly View[]; readonly viewId: string | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [, go] = useLocation();
  const [query, setQuery] = useSearchParams();
  const open = views.find(({ id }) => id === viewId);
  const saved = useMemo(() => (open === undefined ? everyLead : shownBy(open)), [open]);
  const view = useMemo(() => readView(query, saved), [query, saved]);
  const like = usePreferences((preferences) => preferences.set);
  const liked = usePreferences((preferences) => preferences.leadWidths);
  const change = (changes: Partial<LeadView>): void => {
    setQuery(writeView({ ...view, ...changes }, open?.id ?? null, saved), { replace: changes.search !== undefined || changes.widths !== undefined });
  };
  const options = useEntry('admissions.leads.options', {});
  const fields = options.data?.fields ?? noFields;
  const shown = useShownColumns(view.columns, fields);
  const widths = view.widths ?? liked;
  const setWidths = (next: Readonly<Record<string, number>>): void => {
    if (view.widths === null && open === undefined) like({ leadWidths: next });
    else change({ widths: next });
  };
  const setColumns = (columns: readonly string[]): void => {
    if (view.columns === null) like({ leadColumns: columns });
    else change({ columns });
  };
  const { filter, search: letters } = inputOf(view);
  const fitting = { ...(filter === undefined ? {} : { filter }), ...(letters === undefined ? {} : { search: letters }) };
  const order = view.groupOrder ?? naturalOrder;
  const [openGroups, setOpenGroups] = useState(noGroups);
  const sums = useEntry('admissions.leads.groups', { ...fitting, ...(view.grouping === null ? {} : { by: view.grouping, order }) }, { keep: true });
  // The groups of another question are not those of this one.
  const groups = view.grouping === null ? null : sums.isPlaceholderData && sums.data.groups.length === 0 ? undefined : sums.data?.groups;
  const attributes = useMemo(() => shown.filter(isAttribute).map((column) => column.slice('attribute.'.length)), [shown]);
  const rows = useLeadRows({ view, attributes, groups, open: openGroups });
  const status = usePredicted(rows.loaded);
  const refresh = useCommand('models.predictions.refresh');
  const total = view.grouping === null ? (rows.count ?? 0) : (sums.data?.total.leads ?? 0);
  const selection = useSelection(fitting, total);
  const chosen = selection.count;
  const actions = useLeadActions();
  const bulk = useBulkActions({ choice: selection.choice, count: chosen, onMoved: selection.clear });
  const [cursor, setCursor] = useState(-1);
  const [dialog, setDialog] = useState<'add' | 'export' | 'tags' | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const at = cursor >= 0 && cursor < (rows.count ?? 0) ? rows.itemAt(cursor) : undefined;
  const current = at?.kind === 'lead' ? at.lead : undefined;

  const toggleGroup = ({ key }: LeadGroup): void => {
    setOpenGroups((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  };
  const move = (steps: number): void => {
    letGoOfFocus();
    setCursor((before) => Math.max(0, Math.min((rows.count ?? 0) - 1, before + steps)));
  };
  const enter = (): void => {
    if (at?.kind === 'group') toggleGroup(at.group);
    else if (current !== undefined) go(`/leads/${current.id}`);
  };
  const contact = (channel: 'email' | 'phone') => (): void => {
    if (current?.channels[channel].allowed === true) actions.contact(current, channel);
  };
  useShortcuts([
    { keys: '/', label: t('keys.search'), run: () => { search.current?.focus(); } },
    { keys: 'j', label: t('keys.next'), run: () => { move(1); } },
    { keys: 'ArrowDown', label: t('keys.next'), run: () => { move(1); } },
    { keys: 'k', label: t('keys.previous'), run: () => { move(-1); } },
    { keys: 'ArrowUp', label: t('keys.previous'), run: () => { move(-1); } },
    { keys: 'PageDown', label: t('keys.pageDown'), run: () => { move(20); } },
    { keys: 'PageUp', label: t('keys.pageUp'), run: () => { move(-20); } },
    { keys: 'ArrowRight', label: t('keys.openGroup'), atRest: true, run: () => { if (at?.kind === 'group' && !at.isOpen) toggleGroup(at.group); } },
    { keys: 'ArrowLeft', label: t('keys.closeGroup'), atRest: true, run: () => { if (at?.kind === 'group' && at.isOpen) toggleGroup(at.group); } },
    { keys: 'x', label: t('keys.select'), run: () => { if (at?.kind === 'group') selection.toggleGroup(at.group, groups ?? []); else if (current !== undefined) selection.toggle(current.id, at?.kind === 'lead' ? at.group : null); } },
    { keys: 'Enter', label: t('keys.open'), atRest: true, run: enter },
    { keys: 'o', label: t('keys.open'), run: enter },
    { keys: 'e', label: t('keys.assign'), run: () => { if (chosen > 0) bulk.open('assign'); else if (current !== undefined) actions.assign([current]); } },
    { keys: 'g', label: t('keys.stage'), run: () => { if (chosen > 0) bulk.open('stage'); else if (current !== undefined) actions.changeStage(current); } },
    { keys: '#', label: t('keys.tag'), run: () => { if (chosen > 0) bulk.open('tags'); } },
    { keys: 'c', label: t('keys.call'), run: contact('phone') },
    { keys: 'm', label: t('keys.mail'), run: contact('email') },
    { keys: 'l', label: t('keys.log'), run: () => { if (current !== undefined) actions.log(current); } },
    { keys: 't', label: t('keys.task'), run: () => { if (current !== undefined) actions.addTask(current); } },
    { keys: 's', label: t('keys.snooze'), run: () => { if (current !== undefined) actions.snooze(current); } },
    { keys: 'Escape', label: t('keys.clearSelection'), run: selection.clear },
  ]);
  useStatus(rows.count === null ? '' : rows.countIsExact ? t('leads.count', { count: total }) : t('leads.countAndMore', { total: formats.number(total) }));
  const narrow = (changes: Partial<LeadView>): void => {
    change(changes);
    selection.clear();
    setCursor(-1);
  };
  const setWidth = (column: Column, width: number | null): void => {
    const { [column]: _usual, ...others } = widths;
    setWidths(width === null ? others : { ...others, [column]: width });
  };

  const error = rows.error ?? sums.error;
  if (error !== null) return <Failure error={error} onRetry={() => { rows.retry(); void sums.refetch(); }} />;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex flex-col gap-2 px-4 py-3">
        <Toolbar
          searchRef={search}
          view={view}
          views={views}
          openView={open}
          changed={!isSame(view, saved)}
          fields={fields}
          shown={shown}
          widths={widths}
          order={order}
          total={total}
          onSearch={(text) => { change({ search: text }); setCursor(-1); }}
          onLeaveSearch={() => { setCursor((before) => Math.max(0, before)); }}
          onOpenView={(id) => { setQuery(writeView(everyLead, id)); selection.clear(); setOpenGroups(noGroups); setCursor(-1); }}
          onColumns={setColumns}
          onWidths={setWidths}
          onGrouping={(grouping) => { narrow({ grouping, groupOrder: null }); setOpenGroups(noGroups); }}
          onOrder={(groupOrder) => { change({ groupOrder: isSame(groupOrder, naturalOrder) ? null : groupOrder }); }}
          onAllGroups={(all) => { setOpenGroups(all ? new Set((groups ?? []).map(({ key }) => key)) : noGroups); setCursor(-1); }}
          onAdd={() => { setDialog('add'); }}
          onExport={() => { setDialog('export'); }}
          onTags={() => { setDialog('tags'); }}
          onEarlier={() => { bulk.open('earlier'); }}
          onRefresh={status === undefined || status.model === null ? undefined : () => { refresh.mutate({ all: true }, { onError: tellFailure }); }}
        />
        <FilterBar fields={fields} conditions={view.conditions} onChange={(conditions) => { narrow({ conditions }); }} />
        {open !== undefined && open.gone.length > 0 && <ViewNotice>{t('views.gone', { what: open.gone.map((field) => field.replace(/^attribute\./, '')).join(', ') })}</ViewNotice>}
        {status?.state === 'fallback' && status.broken !== null && (
          <ViewNotice>{t(status.model === null ? 'models.health.brokenAlone' : 'models.health.broken', { version: status.broken.version })}</ViewNotice>
        )}
        {viewId !== null && open === undefined && <ViewNotice>{t('views.missing')}</ViewNotice>}
      </div>
      {rows.count === null && <div className="flex-1 border-t border-line bg-surface"><SkeletonRows rows={12} label={t('common.loading')} /></div>}
      {rows.count === 0 && (
        <div className="flex-1 border-t border-line bg-surface">
          {view.conditions.length > 0 || view.search !== '' ? (
            <Empty icon={<SearchX size={28} aria-hidden />} title={t('leads.nothing')} action={<Button onClick={() => { narrow({ conditions: [], search: '' }); }}>{t('leads.showAll')}</Button>}>
              {t('leads.nothingDetail')}
            </Empty>
          ) : (
            <Empty icon={<FileUp size={28} aria-hidden />} title={t('today.noLeads')} action={<Button look="primary" onClick={() => { go('/import'); }}>{t('today.import')}</Button>}>
              {t('today.noLeadsDetail')}
            </Empty>
          )}
        </div>
      )}
      {rows.count !== null && rows.count > 0 && (
        <LeadTable
          key={`${JSON.stringify(view.sort)} ${view.grouping ?? ''}`}
          rows={rows}
          fields={fields}
          shown={shown}
          widths={widths}
          onWidth={setWidth}
          sort={view.sort}
          onSort={(sort) => { change({ sort }); setCursor(-1); }}
          selection={selection}
          total={total}
          groups={view.grouping === null ? null : (groups ?? [])}
          onToggleGroup={toggleGroup}
          cursor={cursor}
          onCursor={setCursor}
          onOpen={({ id }) => { go(`/leads/${id}`); }}
          actions={actions}
        />
      )}
      {chosen > 0 ? (
        <ChosenBar count={chosen} total={total} bulk={bulk} onExport={() => { setDialog('export'); }} onClear={selection.clear} />
      ) : (
        sums.data !== undefined && rows.count !== 0 && <TotalsBar totals={sums.data.total} more={sums.data.more} />
      )}
      {dialog === 'add' && <AddLead onClose={() => { setDialog(null); }} />}
      {dialog === 'tags' && <ManageTags onClose={() => { setDialog(null); }} />}
      {dialog === 'export' && sums.data !== undefined && (
        <ExportDialog view={view} columns={shown} totals={sums.data.total} chosen={chosen === 0 ? null : { choice: selection.choice, count: chosen }} onClose={() => { setDialog(null); }} />
      )}
      {actions.dialogs}
      {bulk.dialogs}
    </div>
  );
}

function ViewNotice({ children }: { readonly children: string }) {
  return (
    <p role="status" className="rounded-md border border-medium/40 bg-medium/5 px-3 py-1.5 text-sm">
      {children}
    </p>
  );
}
