import { Rows3 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { GroupOrder } from '#contract/admissions/leadGroups';
import { type Grouping, groupings, groupSorts } from '#domain/admissions/leads/groups';
import { Button } from '#renderer/kit/Button';
import { Select } from '#renderer/kit/Field';
import { Popover } from '#renderer/kit/Menu';
import { Segments } from '#renderer/kit/Segments';

/** The order of stages, bands and months; the largest group first elsewhere. */
export const naturalOrder: GroupOrder = { field: 'natural', direction: 'ascending' };
const notGrouped = 'none';

interface GroupMenuProps {
  readonly grouping: Grouping | null;
  readonly order: GroupOrder;
  readonly onGrouping: (grouping: Grouping | null) => void;
  readonly onOrder: (order: GroupOrder) => void;
  /** Opens or closes every group. */
  readonly onAll: (open: boolean) => void;
}

/** What the leads are grouped by, and how the groups are put in order. */
export function GroupMenu({ grouping, order, onGrouping, onOrder, onAll }: GroupMenuProps) {
  const { t } = useTranslation();
  return (
    <Popover
      align="end"
      label={t('groups.title')}
      trigger={
        <Button size="small" icon={<Rows3 size={14} aria-hidden />} aria-label={grouping === null ? t('groups.title') : t('groups.by', { what: t(`groups.fields.${grouping}`) })}>
          <span className="max-w-32 truncate max-sm:sr-only">{grouping === null ? t('groups.title') : t(`groups.fields.${grouping}`)}</span>
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <Select
          label={t('groups.title')}
          value={grouping ?? notGrouped}
          options={[{ value: notGrouped, label: t('groups.not') }, ...groupings.map((value) => ({ value, label: t(`groups.fields.${value}`) }))]}
          onChange={(event) => { onGrouping(groupings.find((each) => each === event.target.value) ?? null); }}
        />
        {grouping !== null && (
          <>
            <Select
              label={t('groups.order')}
              value={order.field}
              options={groupSorts.map((value) => ({ value, label: t(`groups.sorts.${value}`) }))}
              onChange={(event) => {
                const field = groupSorts.find((each) => each === event.target.value) ?? 'natural';
                onOrder({ field, direction: field === 'natural' || field === 'label' ? 'ascending' : 'descending' });
              }}
            />
            <Segments
              label={t('groups.direction')}
              value={order.direction}
              segments={[{ value: 'ascending', label: t('groups.ascending') }, { value: 'descending', label: t('groups.descending') }]}
              onChange={(direction) => { onOrder({ ...order, direction }); }}
            />
            <div className="flex gap-2">
              <Button size="small" onClick={() => { onAll(true); }}>{t('groups.openAll')}</Button>
              <Button size="small" onClick={() => { onAll(false); }}>{t('groups.closeAll')}</Button>
            </div>
          </>
        )}
      </div>
    </Popover>
  );
}
