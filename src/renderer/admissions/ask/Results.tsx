import { SearchX } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { AskedOutput } from '#contract/admissions/queries';
import type { LeadGroup } from '#contract/admissions/leadGroups';
import { useLeadActions } from '#renderer/admissions/contact/useLeadActions';
import { isAttribute } from '#renderer/admissions/leads/columns';
import { useShownColumns } from '#renderer/admissions/leads/ColumnsMenu';
import { type FilterField, firstSort } from '#renderer/admissions/leads/filters';
import { useGroupLabel } from '#renderer/admissions/leads/GroupRow';
import { LeadTable } from '#renderer/admissions/leads/LeadTable';
import { useLeadRows } from '#renderer/admissions/leads/useLeadRows';
import { useFormats } from '#renderer/data/format';
import { usePreferences } from '#renderer/data/preferences';
import { Empty, SkeletonRows } from '#renderer/kit/Face';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { letGoOfFocus, useShortcuts } from '#renderer/kit/useShortcuts';
import { Failure } from '#renderer/shell/Failure';
import { conditionsOf } from './asked';

interface ResultsProps {
  readonly shown: AskedOutput;
  readonly fields: readonly FilterField[];
  readonly onEdit: (asked: AskedOutput) => void;
}

const noGroups: ReadonlySet<string> = new Set();
const noNames: readonly string[] = [];

/** The leads of an answer, in the table that the list of leads uses; of "the top ten", ten. */
export function LeadResults({ shown, fields, onEdit }: ResultsProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const liked = useShownColumns(null, fields);
  const columns = useMemo(() => liked.filter((column) => !isAttribute(column)), [liked]);
  const widths = usePreferences((preferences) => preferences.leadWidths);
  const setPreferences = usePreferences((preferences) => preferences.set);
  const actions = useLeadActions();
  const [cursor, setCursor] = useState(-1);
  const sort = shown.sort ?? firstSort;
  const found = useLeadRows({ view: { conditions: conditionsOf(shown.filter), search: '', sort }, attributes: noNames, groups: null, open: noGroups });
  const count = found.count === null ? null : Math.min(found.count, shown.limit ?? found.count);
  const rows = { ...found, count };
  const at = cursor >= 0 && cursor < (count ?? 0) ? rows.itemAt(cursor) : undefined;
  const move = (steps: number): void => {
    letGoOfFocus();
    setCursor((before) => Math.max(0, Math.min((count ?? 0) - 1, before + steps)));
  };
  useShortcuts([
    { keys: 'j', label: t('keys.next'), run: () => { move(1); } },
    { keys: 'k', label: t('keys.previous'), run: () => { move(-1); } },
    { keys: 'Enter', label: t('keys.open'), atRest: true, run: () => { if (at?.kind === 'lead' && at.lead !== undefined) go(`/leads/${at.lead.id}`); } },
  ]);
  if (found.error !== null) return <Failure error={found.error} onRetry={found.retry} />;
  if (count === null) return <SkeletonRows rows={8} label={t('common.loading')} />;
  if (count === 0) {
    return (
      <Empty icon={<SearchX size={28} aria-hidden />} title={t('leads.nothing')}>
        {t('ask.nobody')}
      </Empty>
    );
  }
  return (
    <>
      <LeadTable
        key={JSON.stringify(sort)}
        rows={rows}
        fields={fields}
        shown={columns}
        widths={widths}
        onWidth={(column, width) => {
          const { [column]: _usual, ...others } = widths;
          setPreferences({ leadWidths: width === null ? others : { ...others, [column]: width } });
        }}
        sort={sort}
        onSort={(next) => { onEdit({ ...shown, sort: next }); }}
        selection={null}
        total={count}
        groups={null}
        onToggleGroup={() => undefined}
        cursor={cursor}
        onCursor={setCursor}
        onOpen={({ id }) => { go(`/leads/${id}`); }}
        actions={actions}
      />
      {actions.dialogs}
    </>
  );
}

/** Groups of an answer with every figure; a group opens its leads. */
export function GroupResults({ groups, more, shown, onOpen }: { readonly groups: readonly LeadGroup[]; readonly more: number; readonly shown: AskedOutput; readonly onOpen: (group: LeadGroup) => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const label = useGroupLabel();
  const figure = shown.figure ?? 'leads';
  const value = (group: LeadGroup): number => group[figure] ?? 0;
  const most = Math.max(...groups.map(value), figure === 'rate' ? 0.0001 : 1);
  const field = shown.by === null ? '' : t(`groups.fields.${shown.by}`);
  const figureOf = (group: LeadGroup, of: 'leads' | 'meanScore' | 'expected' | 'rate'): string => {
    const said = group[of];
    if (said === null) return t('ask.notEnough');
    return of === 'rate' ? formats.percent(said) : formats.number(Math.round(said));
  };
  return (
    <div className="min-h-0 flex-1 overflow-auto border-t border-line bg-surface">
      <Sheet caption={field}>
        <thead className="sticky top-0 bg-surface">
          <tr>
            <Head>{field}</Head>
            <Head className="w-1/4 max-sm:hidden">{t(`groups.sorts.${figure}`)}</Head>
            {(['leads', 'meanScore', 'expected', 'rate'] as const).map((of) => (
              <Head key={of} number className={of === figure ? 'text-text' : 'max-md:hidden'}>
                {t(`groups.sorts.${of}`)}
              </Head>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.key} className="hover:bg-sunken/70">
              <Cell>
                <button type="button" className="text-left underline decoration-line-strong underline-offset-2 hover:decoration-text" onClick={() => { onOpen(group); }}>
                  {label(group)}
                </button>
              </Cell>
              <Cell className="max-sm:hidden">
                <svg aria-hidden className="block h-2 w-full" preserveAspectRatio="none" viewBox="0 0 100 8">
                  <rect width={(100 * value(group)) / most} height={8} className="fill-focus" />
                </svg>
              </Cell>
              {(['leads', 'meanScore', 'expected', 'rate'] as const).map((of) => (
                <Cell key={of} number className={of === figure ? 'font-semibold' : 'text-muted max-md:hidden'}>
                  {figureOf(group, of)}
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </Sheet>
      {more > 0 && <p className="px-3 py-2 text-sm text-muted">{t('groups.more', { count: more })}</p>}
    </div>
  );
}
