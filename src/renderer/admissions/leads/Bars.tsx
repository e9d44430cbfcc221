import { Download, Milestone, Tags, UserPlus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LeadTotals } from '#contract/admissions/leadGroups';
import { useFormats } from '#renderer/data/format';
import { Button, IconButton } from '#renderer/kit/Button';
import { Figures } from './GroupRow';
import type { BulkActions } from './useBulkActions';

interface ChosenBarProps {
  readonly count: number;
  readonly total: number;
  readonly bulk: BulkActions;
  readonly onExport: () => void;
  readonly onClear: () => void;
}

/** What one can do with the chosen leads. */
export function ChosenBar({ count, total, bulk, onExport, onClear }: ChosenBarProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <div role="toolbar" aria-label={t('leads.withChosen')} className="flex flex-wrap items-center gap-2 border-t border-line bg-raised px-4 py-2">
      <span className="tabular text-sm font-medium">{t('leads.chosen', { count, total: formats.number(total) })}</span>
      <span className="flex-1" />
      <Button size="small" disabled={bulk.busy} icon={<UserPlus size={14} aria-hidden />} onClick={() => { bulk.open('assign'); }}>
        {t('today.assign')}
      </Button>
      <Button size="small" disabled={bulk.busy} icon={<Milestone size={14} aria-hidden />} onClick={() => { bulk.open('stage'); }}>
        {t('bulk.stage')}
      </Button>
      <Button size="small" disabled={bulk.busy} icon={<Tags size={14} aria-hidden />} onClick={() => { bulk.open('tags'); }}>
        {t('tags.tag')}
      </Button>
      <Button size="small" icon={<Download size={14} aria-hidden />} onClick={onExport}>
        {t('bulk.export')}
      </Button>
      <IconButton label={t('keys.clearSelection')} onClick={onClear}>
        <X size={15} aria-hidden />
      </IconButton>
    </div>
  );
}

/** What all leads that fit come to, at the foot of the table. */
export function TotalsBar({ totals, more }: { readonly totals: LeadTotals; readonly more: number }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('groups.totals')} className="flex min-h-9 flex-wrap items-center gap-x-4 border-t border-line bg-surface pl-4 text-sm">
      <span className="tabular font-medium">{t('groups.inAll', { count: totals.leads })}</span>
      {more > 0 && <span className="text-muted">{t('groups.more', { count: more })}</span>}
      <span className="flex-1" />
      <Figures totals={totals} />
    </section>
  );
}
