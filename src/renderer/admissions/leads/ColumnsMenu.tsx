import { ArrowDown, ArrowUp, Columns3, GripVertical } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { defaultLeadColumns, usePreferences } from '#renderer/data/preferences';
import { Button, IconButton } from '#renderer/kit/Button';
import { Check } from '#renderer/kit/Field';
import { Popover } from '#renderer/kit/Menu';
import { classes } from '#renderer/kit/classes';
import { type Column, columnSets, isAttribute, leadColumns, modelColumns, useColumnLabels } from './columns';
import type { FilterField } from './filters';

/** The columns that are shown, in their order: those of a view, or those that this person likes. The name always leads. */
export function useShownColumns(ofView: readonly string[] | null, fields: readonly FilterField[]): readonly Column[] {
  const liked = usePreferences((preferences) => preferences.leadColumns);
  return useMemo(() => {
    // Until the fields are here, nothing is known to be gone.
    const serves = servesModel(fields);
    const isKnown = (column: string): column is Column => ((leadColumns as readonly string[]).includes(column) && (serves || !modelColumns.includes(column))) || (isAttribute(column) && (fields.length === 0 || fields.some(({ name }) => name === column)));
    // Who has chosen nothing sees what the model says in the place of the rules' chance, while one serves.
    const usual = liked.join() === defaultLeadColumns.join() && serves ? liked.flatMap((column) => (column === 'probability' ? ['modelChance', 'modelRange'] : [column])) : liked;
    const known = (ofView ?? usual).filter(isKnown);
    return ['name', ...known.filter((column) => column !== 'name')];
  }, [ofView, liked, fields]);
}

/** Whether a model serves: only then are its fields among those of filters. */
function servesModel(fields: readonly FilterField[]): boolean {
  return fields.some(({ name }) => name === 'modelChance');
}

interface ColumnsMenuProps {
  readonly fields: readonly FilterField[];
  readonly shown: readonly Column[];
  readonly onChange: (columns: readonly string[]) => void;
  /** Every column as wide as usual; missing where they are. */
  readonly onUsualWidths?: () => void;
}

const sets = Object.keys(columnSets) as (keyof typeof columnSets)[];

/** Which columns are shown, and in which order: by arrows or by dragging; with sets for one kind of work. */
export function ColumnsMenu({ fields, shown, onChange, onUsualWidths }: ColumnsMenuProps) {
  const { t } = useTranslation();
  const label = useColumnLabels(fields);
  const [dragged, setDragged] = useState<Column | null>(null);
  const attributes = fields.flatMap(({ name }) => (isAttribute(name) ? [name] : []));
  const hidden = [...leadColumns, ...attributes].filter((column) => !shown.includes(column) && (servesModel(fields) || !modelColumns.includes(column)));
  const moveTo = (column: Column, at: number): void => {
    const without = shown.filter((each) => each !== column);
    onChange([...without.slice(0, at), column, ...without.slice(at)]);
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
      <div role="group" aria-label={t('columnSets.title')} className="mb-2 flex flex-wrap gap-1.5 border-b border-line pb-2">
        {sets.map((set) => (
          <Button key={set} size="small" onClick={() => { onChange(columnSets[set]); }}>
            {t(`columnSets.${set}`)}
          </Button>
        ))}
        <Button size="small" onClick={() => { onChange(defaultLeadColumns); }}>
          {t('columnSets.usual')}
        </Button>
      </div>
      <div className="flex max-h-[50vh] flex-col gap-0.5 overflow-y-auto">
        {[...shown, ...hidden].map((column, index) => {
          const isShown = index < shown.length;
          const movable = column !== 'name' && isShown;
          return (
            <div
              key={column}
              draggable={movable}
              className={classes('flex h-7 shrink-0 items-center gap-1 rounded', dragged === column && 'opacity-50')}
              onDragStart={() => { setDragged(column); }}
              onDragEnd={() => { setDragged(null); }}
              onDragOver={(event) => { if (dragged !== null && movable) event.preventDefault(); }}
              onDrop={() => { if (dragged !== null) moveTo(dragged, index); }}
            >
              <GripVertical size={13} aria-hidden className={classes('shrink-0', movable ? 'cursor-grab text-faint' : 'invisible')} />
              <Check
                className="min-w-0 flex-1"
                label={<span className="block truncate">{label(column)}</span>}
                checked={isShown}
                disabled={column === 'name'}
                onChange={(event) => { onChange(event.target.checked ? [...shown, column] : shown.filter((each) => each !== column)); }}
              />
              {movable && (
                <>
                  <IconButton label={t('leads.columnUp', { column: label(column) })} className="size-6" disabled={index === 1} onClick={() => { moveTo(column, index - 1); }}>
                    <ArrowUp size={13} aria-hidden />
                  </IconButton>
                  <IconButton label={t('leads.columnDown', { column: label(column) })} className="size-6" disabled={index === shown.length - 1} onClick={() => { moveTo(column, index + 1); }}>
                    <ArrowDown size={13} aria-hidden />
                  </IconButton>
                </>
              )}
            </div>
          );
        })}
      </div>
      {onUsualWidths !== undefined && (
        <Button size="small" look="quiet" className="mt-2" onClick={onUsualWidths}>
          {t('leads.widthsUsual')}
        </Button>
      )}
    </Popover>
  );
}
