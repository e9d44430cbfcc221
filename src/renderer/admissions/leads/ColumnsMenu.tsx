import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { defaultLeadColumns, usePreferences } from '#renderer/data/preferences';
import { Button, IconButton } from '#renderer/kit/Button';
import { Check } from '#renderer/kit/Field';
import { Popover } from '#renderer/kit/Menu';
import { type LeadColumn, leadColumns } from './columns';

/** The columns that are shown, in their order: those of a view, or those that this person likes. The name always leads. */
export function useShownColumns(ofView: readonly string[] | null): readonly LeadColumn[] {
  const liked = usePreferences((preferences) => preferences.leadColumns);
  const saved = ofView ?? liked;
  const known = saved.filter((column): column is LeadColumn => (leadColumns as readonly string[]).includes(column));
  return ['name', ...known.filter((column) => column !== 'name')];
}

/** Which columns are shown, and in which order. */
export function ColumnsMenu({ shown, onChange }: { readonly shown: readonly LeadColumn[]; readonly onChange: (columns: readonly string[]) => void }) {
  const { t } = useTranslation();
  const hidden = leadColumns.filter((column) => !shown.includes(column));
  const move = (column: LeadColumn, steps: number): void => {
    const at = shown.indexOf(column);
    const without = shown.filter((each) => each !== column);
    onChange([...without.slice(0, at + steps), column, ...without.slice(at + steps)]);
  };
  return (
    <Popover
      align="end"
      label={t('leads.columnsTitle')}
      trigger={
        <Button size="small" icon={<Columns3 size={14} aria-hidden />}>
          <span className="max-sm:sr-only">{t('leads.columnsTitle')}</span>
        </Button>
      }
    >
      <div className="flex max-h-[60vh] flex-col gap-0.5 overflow-y-auto">
        {[...shown, ...hidden].map((column, index) => (
          <div key={column} className="flex h-7 shrink-0 items-center gap-1">
            <Check
              className="flex-1"
              label={t(`leads.columns.${column}`)}
              checked={index < shown.length}
              disabled={column === 'name'}
              onChange={(event) => { onChange(event.target.checked ? [...shown, column] : shown.filter((each) => each !== column)); }}
            />
            {column !== 'name' && index < shown.length && (
              <>
                <IconButton label={t('leads.columnUp', { column: t(`leads.columns.${column}`) })} className="size-6" disabled={index === 1} onClick={() => { move(column, -1); }}>
                  <ArrowUp size={13} aria-hidden />
                </IconButton>
                <IconButton label={t('leads.columnDown', { column: t(`leads.columns.${column}`) })} className="size-6" disabled={index === shown.length - 1} onClick={() => { move(column, 1); }}>
                  <ArrowDown size={13} aria-hidden />
                </IconButton>
              </>
            )}
          </div>
        ))}
      </div>
      <Button size="small" look="quiet" className="mt-2" onClick={() => { onChange(defaultLeadColumns); }}>
        {t('leads.columnsDefault')}
      </Button>
    </Popover>
  );
}
