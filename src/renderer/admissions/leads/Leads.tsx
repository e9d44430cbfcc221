import { Download, FileUp, Plus, Search, SearchX, UserPlus, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'wouter';
import type { View } from '#contract/admissions/views';
import { useLeadActions } from '#renderer/admissions/contact/useLeadActions';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { runJob } from '#renderer/data/jobs';
import { usePreferences } from '#renderer/data/preferences';
import { Button, IconButton } from '#renderer/kit/Button';
import { Empty, SkeletonRows } from '#renderer/kit/Face';
import { toast } from '#renderer/kit/toasts';
import { letGoOfFocus, useShortcuts } from '#renderer/kit/useShortcuts';
import { Failure } from '#renderer/shell/Failure';
import { useStatus } from '#renderer/shell/StatusLine';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { tellFailure } from '#renderer/shell/tellFailure';
import { AddLead } from './AddLead';
import { ColumnsMenu, useShownColumns } from './ColumnsMenu';
import { FilterBar } from './FilterBar';
import { everyLead, inputOf, isSame, type LeadView, readView, shownBy, writeView } from './filters';
import { LeadTable } from './LeadTable';
import { useLeadPages } from './useLeadPages';
import { useSelection } from './useSelection';
import { ViewMenu } from './ViewMenu';

/** Every lead that one may see: searched, filtered, sorted, and worked on many at once. The address may name a saved view. */
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

function LeadList({ views, viewId }: { readonly views: readonly View[]; readonly viewId: string | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [, go] = useLocation();
  const [query, setQuery] = useSearchParams();
  const open = views.find(({ id }) => id === viewId);
  const saved = useMemo(() => (open === undefined ? everyLead : shownBy(open)), [open]);
  const view = useMemo(() => readView(query, saved), [query, saved]);
  const like = usePreferences((preferences) => preferences.set);
  const change = (changes: Partial<LeadView>): void => {
    setQuery(writeView({ ...view, ...changes }, open?.id ?? null, saved), { replace: changes.search !== undefined });
  };
  const options = useEntry('admissions.leads.options', {});
  const pages = useLeadPages(view);
  const shown = useShownColumns(view.columns);
  const selection = useSelection();
  const actions = useLeadActions();
  const [cursor, setCursor] = useState(-1);
  const [adding, setAdding] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const total = pages.total ?? 0;
  const chosen = selection.count(total);
  const current = pages.rowAt(cursor);

  const assign = (): void => {
    if (chosen === 0) {
      if (current !== undefined) actions.assign([current]);
      return;
    }
    const { filter, search: letters } = inputOf(view);
    selection
      .ids({ ...(filter === undefined ? {} : { filter }), ...(letters === undefined ? {} : { search: letters }) })
      .then((ids) => { actions.assign(ids.map((id) => ({ id, owner: null })), selection.clear); })
      .catch(tellFailure);
  };
  const move = (steps: number): void => {
    letGoOfFocus();
    setCursor((before) => Math.max(0, Math.min(total - 1, before + steps)));
  };
  useShortcuts([
    { keys: '/', label: t('keys.search'), run: () => { search.current?.focus(); } },
    { keys: 'j', label: t('keys.next'), run: () => { move(1); } },
    { keys: 'ArrowDown', label: t('keys.next'), run: () => { move(1); } },
    { keys: 'k', label: t('keys.previous'), run: () => { move(-1); } },
    { keys: 'ArrowUp', label: t('keys.previous'), run: () => { move(-1); } },
    { keys: 'PageDown', label: t('keys.pageDown'), run: () => { move(20); } },
    { keys: 'PageUp', label: t('keys.pageUp'), run: () => { move(-20); } },
    { keys: 'x', label: t('keys.select'), run: () => { if (current !== undefined) selection.toggle(current.id); } },
    { keys: 'Enter', label: t('keys.open'), atRest: true, run: () => { if (current !== undefined) go(`/leads/${current.id}`); } },
    { keys: 'o', label: t('keys.open'), run: () => { if (current !== undefined) go(`/leads/${current.id}`); } },
    { keys: 'e', label: t('keys.assign'), run: assign },
    { keys: 'l', label: t('keys.log'), run: () => { if (current !== undefined) actions.log(current); } },
    { keys: 't', label: t('keys.task'), run: () => { if (current !== undefined) actions.addTask(current); } },
    { keys: 's', label: t('keys.snooze'), run: () => { if (current !== undefined) actions.snooze(current); } },
    { keys: 'Escape', label: t('keys.clearSelection'), run: selection.clear },
  ]);
  useStatus(pages.total === null ? '' : t('leads.count', { count: total }));

  const narrowed = view.conditions.length > 0 || view.search !== '';
  if (pages.error !== null) return <Failure error={pages.error} onRetry={pages.retry} />;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex flex-col gap-2 px-4 py-3">
        <div className="flex items-center gap-2">
          <SearchField inputRef={search} value={view.search} onChange={(letters) => { change({ search: letters }); setCursor(-1); }} onLeave={() => { setCursor((before) => Math.max(0, before)); }} />
          <span className="flex-1" />
          <ViewMenu
            views={views}
            open={open}
            shown={view}
            changed={!isSame(view, saved)}
            columns={shown}
            onOpen={(id) => {
              setQuery(writeView(everyLead, id));
              selection.clear();
              setCursor(-1);
            }}
          />
          <ColumnsMenu shown={shown} onChange={(columns) => { if (view.columns === null) like({ leadColumns: columns }); else change({ columns }); }} />
          <ExportButton view={view} count={total} />
          <Button size="small" look="primary" icon={<Plus size={14} aria-hidden />} onClick={() => { setAdding(true); }}>
            <span className="max-sm:sr-only">{t('leads.addTitle')}</span>
          </Button>
        </div>
        <FilterBar fields={options.data?.fields ?? []} conditions={view.conditions} onChange={(conditions) => { change({ conditions }); selection.clear(); setCursor(-1); }} />
        {open !== undefined && open.gone.length > 0 && <ViewNotice>{t('views.gone', { what: open.gone.map((field) => field.replace(/^attribute\./, '')).join(', ') })}</ViewNotice>}
        {viewId !== null && open === undefined && <ViewNotice>{t('views.missing')}</ViewNotice>}
      </div>
      {pages.total === 0 ? (
        <div className="flex-1 border-t border-line bg-surface">
          {narrowed ? (
            <Empty icon={<SearchX size={28} aria-hidden />} title={t('leads.nothing')} action={<Button onClick={() => { change({ conditions: [], search: '' }); }}>{t('leads.showAll')}</Button>}>
              {t('leads.nothingDetail')}
            </Empty>
          ) : (
            <Empty icon={<FileUp size={28} aria-hidden />} title={t('today.noLeads')} action={<Button look="primary" onClick={() => { go('/import'); }}>{t('today.import')}</Button>}>
              {t('today.noLeadsDetail')}
            </Empty>
          )}
        </div>
      ) : (
        <LeadTable
          key={JSON.stringify(view.sort)}
          pages={pages}
          shown={shown}
          sort={view.sort}
          onSort={(sort) => { change({ sort }); setCursor(-1); }}
          selection={selection}
          cursor={cursor}
          onCursor={setCursor}
          onOpen={({ id }) => { go(`/leads/${id}`); }}
        />
      )}
      {chosen > 0 && (
        <div role="toolbar" aria-label={t('leads.withChosen')} className="flex items-center gap-2 border-t border-line bg-raised px-4 py-2">
          <span className="tabular text-sm font-medium">{t('leads.chosen', { count: chosen, total: formats.number(total) })}</span>
          <span className="flex-1" />
          <Button size="small" icon={<UserPlus size={14} aria-hidden />} onClick={assign}>
            {t('today.assign')}
          </Button>
          <IconButton label={t('keys.clearSelection')} onClick={selection.clear}>
            <X size={15} aria-hidden />
          </IconButton>
        </div>
      )}
      {adding && <AddLead onClose={() => { setAdding(false); }} />}
      {actions.dialogs}
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

interface SearchFieldProps {
  readonly inputRef: React.Ref<HTMLInputElement>;
  readonly value: string;
  readonly onChange: (letters: string) => void;
  /** Enter or Escape gives the keyboard back to the table. */
  readonly onLeave: () => void;
}

/** How long the letters rest before they are searched for. */
const restMilliseconds = 150;

function SearchField({ inputRef, value, onChange, onLeave }: SearchFieldProps) {
  const { t } = useTranslation();
  const [letters, setLetters] = useState(value);
  const [told, setTold] = useState(value);
  // The address changed by itself: by Back, or by "show all".
  if (told !== value) {
    setTold(value);
    setLetters(value);
  }
  const tell = useRef(onChange);
  useEffect(() => {
    tell.current = onChange;
  });
  useEffect(() => {
    if (letters === value) return;
    const timer = setTimeout(() => { tell.current(letters); }, restMilliseconds);
    return () => { clearTimeout(timer); };
  }, [letters, value]);
  return (
    <div className="relative w-72 max-w-full">
      <Search size={14} aria-hidden className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-faint" />
      <input
        ref={inputRef}
        type="search"
        aria-label={t('keys.search')}
        placeholder={t('leads.search')}
        className="h-7 w-full rounded-md border border-line-strong/60 bg-surface pr-2 pl-8 text-sm placeholder:text-faint"
        value={letters}
        onChange={(event) => { setLetters(event.target.value); }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'Escape') return;
          if (event.key === 'Escape') setLetters('');
          event.currentTarget.blur();
          onLeave();
        }}
      />
    </div>
  );
}

function ExportButton({ view, count }: { readonly view: LeadView; readonly count: number }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const write = async (): Promise<void> => {
    setBusy(true);
    try {
      const { downloadId, name, rows } = await runJob('admissions.leads.export', inputOf(view));
      if (await window.ivy.saveDownload(downloadId, name)) toast({ title: t('leads.exported', { count: rows, name }) });
    } catch (error) {
      tellFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button size="small" busy={busy} disabled={count === 0} icon={<Download size={14} aria-hidden />} onClick={() => void write()}>
      <span className="max-sm:sr-only">{t('leads.export')}</span>
    </Button>
  );
}
