import { FilterX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { auditOutcomes } from '#contract/platform/audit';
import { resourceTypes } from '#domain/platform/roles';
import { useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Select, TextField } from '#renderer/kit/Field';
import { useMay } from '#renderer/shell/session';
import { auditedActions } from './actions';
import { type AuditFilters, isFiltered, noFilters, periods } from './filters';

interface FilterBarProps {
  readonly filters: AuditFilters;
  readonly onChange: (filters: AuditFilters) => void;
}

/** Who, what, on what, with which result, and when. */
export function FilterBar({ filters, onChange }: FilterBarProps) {
  const { t } = useTranslation();
  const users = useEntry('platform.users.list', {}, { enabled: useMay('user_view') });
  const set = (changes: Partial<AuditFilters>): void => {
    onChange({ ...filters, ...changes });
  };
  const any = { value: '', label: t('audit.filter.any') };
  const actions = auditedActions.map((value) => ({ value, label: t(`audit.actions.${value}`) })).toSorted((a, b) => a.label.localeCompare(b.label));
  return (
    <search aria-label={t('audit.filter.title')} className="grid grid-cols-2 items-end gap-3 md:grid-cols-[repeat(5,minmax(0,1fr))]">
      <Select label={t('audit.who')} value={filters.actorId} options={[any, ...(users.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))]} onChange={(event) => { set({ actorId: event.target.value }); }} />
      <Select label={t('audit.what')} value={filters.action} options={[any, ...actions]} onChange={(event) => { set({ action: event.target.value }); }} />
      <Select label={t('audit.resource')} value={filters.resource} options={[any, ...resourceTypes.map((value) => ({ value, label: t(`audit.resources.${value}`) }))]} onChange={(event) => { set({ resource: event.target.value }); }} />
      <Select label={t('audit.outcome')} value={filters.outcome} options={[any, ...auditOutcomes.map((value) => ({ value, label: t(`audit.outcomes.${value}`) }))]} onChange={(event) => { set({ outcome: event.target.value as AuditFilters['outcome'] }); }} />
      <Select label={t('audit.period')} value={filters.period} options={periods.map((value) => ({ value, label: t(`audit.periods.${value}`) }))} onChange={(event) => { set({ period: event.target.value as AuditFilters['period'] }); }} />
      {filters.period === 'own' && (
        <>
          <TextField label={t('audit.from')} type="date" value={filters.fromDay} max={filters.toDay} onChange={(event) => { set({ fromDay: event.target.value }); }} />
          <TextField label={t('audit.to')} type="date" value={filters.toDay} min={filters.fromDay} onChange={(event) => { set({ toDay: event.target.value }); }} />
        </>
      )}
      {isFiltered(filters) && (
        <Button look="quiet" className="justify-self-start" icon={<FilterX size={14} aria-hidden />} onClick={() => { onChange(noFilters); }}>
          {t('audit.filter.clear')}
        </Button>
      )}
    </search>
  );
}
