import { Download, Ellipsis, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { GroupOrder } from '#contract/admissions/leadGroups';
import type { View } from '#contract/admissions/views';
import { Button, IconButton } from '#renderer/kit/Button';
import { Menu, MenuItem } from '#renderer/kit/Menu';
import type { Column } from './columns';
import { ColumnsMenu } from './ColumnsMenu';
import type { FilterField, LeadView } from './filters';
import { GroupMenu } from './GroupMenu';
import { SearchField } from './SearchField';
import { ViewMenu } from './ViewMenu';

interface ToolbarProps {
  readonly searchRef: React.Ref<HTMLInputElement>;
  readonly view: LeadView;
  readonly views: readonly View[];
  readonly openView: View | undefined;
  /** Whether something else is shown than the open view keeps. */
  readonly changed: boolean;
  readonly fields: readonly FilterField[];
  readonly shown: readonly Column[];
  readonly widths: Readonly<Record<string, number>>;
  readonly order: GroupOrder;
  readonly total: number;
  readonly onSearch: (letters: string) => void;
  readonly onLeaveSearch: () => void;
  readonly onOpenView: (id: string | null) => void;
  readonly onColumns: (columns: readonly string[]) => void;
  readonly onWidths: (widths: Readonly<Record<string, number>>) => void;
  readonly onGrouping: (grouping: LeadView['grouping']) => void;
  readonly onOrder: (order: GroupOrder) => void;
  readonly onAllGroups: (open: boolean) => void;
  readonly onAdd: () => void;
  readonly onExport: () => void;
  readonly onTags: () => void;
  readonly onEarlier: () => void;
  /** Missing while no model serves. */
  readonly onRefresh?: (() => void) | undefined;
}

/** What is above the table of leads: search, views, groups, columns, and what one does with the list as a whole. */
export function Toolbar({ searchRef, view, views, openView, changed, fields, shown, widths, order, total, onSearch, onLeaveSearch, onOpenView, onColumns, onWidths, onGrouping, onOrder, onAllGroups, onAdd, onExport, onTags, onEarlier, onRefresh }: ToolbarProps) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchField inputRef={searchRef} value={view.search} onChange={onSearch} onLeave={onLeaveSearch} />
      <span className="flex-1" />
      <ViewMenu views={views} open={openView} shown={view} changed={changed} columns={shown} widths={widths} onOpen={onOpenView} />
      <GroupMenu grouping={view.grouping} order={order} onGrouping={onGrouping} onOrder={onOrder} onAll={onAllGroups} />
      <ColumnsMenu fields={fields} shown={shown} onChange={onColumns} {...(Object.keys(widths).length === 0 ? {} : { onUsualWidths: () => { onWidths({}); } })} />
      <Button size="small" disabled={total === 0} icon={<Download size={14} aria-hidden />} onClick={onExport}>
        <span className="max-sm:sr-only">{t('leads.export')}</span>
      </Button>
      <Menu
        trigger={
          <IconButton label={t('leads.more')} className="size-7">
            <Ellipsis size={15} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem onSelect={onTags}>{t('tags.manageMenu')}</MenuItem>
        <MenuItem onSelect={onEarlier}>{t('bulk.earlierMenu')}</MenuItem>
        {onRefresh !== undefined && <MenuItem onSelect={onRefresh}>{t('models.predictions.refresh')}</MenuItem>}
      </Menu>
      <Button size="small" look="primary" icon={<Plus size={14} aria-hidden />} onClick={onAdd}>
        <span className="max-sm:sr-only">{t('leads.addTitle')}</span>
      </Button>
    </div>
  );
}
