import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeadChoice } from '#contract/admissions/leadChoice';
import type { LeadTotals } from '#contract/admissions/leadGroups';
import { CallFailure } from '#renderer/data/client';
import { runJob } from '#renderer/data/jobs';
import { Button } from '#renderer/kit/Button';
import { Dialog } from '#renderer/kit/Dialog';
import { Check, Choice } from '#renderer/kit/Field';
import { Segments } from '#renderer/kit/Segments';
import { toast } from '#renderer/kit/toasts';
import { tellFailure } from '#renderer/shell/tellFailure';
import { inputOf, type LeadView } from './filters';

interface ExportDialogProps {
  readonly view: LeadView;
  /** The columns that are seen now. */
  readonly columns: readonly string[];
  /** What all that fit come to. */
  readonly totals: LeadTotals;
  /** The chosen leads, where some are. */
  readonly chosen: { readonly choice: LeadChoice; readonly count: number } | null;
  readonly onClose: () => void;
}

const channels = ['email', 'phone'] as const;

/** Writes leads to a file: which, which columns, as what, and without whom. */
export function ExportDialog({ view, columns, totals, chosen, onClose }: ExportDialogProps) {
  const { t } = useTranslation();
  const [which, setWhich] = useState<'chosen' | 'all'>(chosen === null ? 'all' : 'chosen');
  const [format, setFormat] = useState<'xlsx' | 'csv'>('xlsx');
  const [allFields, setAllFields] = useState(false);
  const [leaveOut, setLeaveOut] = useState<readonly (typeof channels)[number][]>([]);
  const write = async (): Promise<void> => {
    onClose();
    try {
      const { sort, ...fitting } = inputOf(view);
      const { downloadId, name, rows, leftOut } = await runJob('admissions.leads.export', {
        ...(which === 'chosen' && chosen !== null ? { chosen: chosen.choice } : fitting),
        sort,
        format,
        ...(allFields ? {} : { columns: [...columns] }),
        leaveOut: [...leaveOut],
      });
      if (await window.ivy.saveDownload(downloadId, name)) toast({ title: t('leads.exported', { count: rows, name }), ...(leftOut === 0 ? {} : { detail: t('export.leftOut', { count: leftOut }) }) });
    } catch (error) {
      if (error instanceof CallFailure && error.code === 'cancelled') toast({ title: t('export.cancelled') });
      else tellFailure(error);
    }
  };
  return (
    <Dialog open onClose={onClose} title={t('export.title')} closeLabel={t('common.close')}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void write();
        }}
      >
        {chosen !== null && (
          <fieldset className="flex flex-col gap-2">
            <legend className="mb-1 text-sm font-medium">{t('export.which')}</legend>
            <Choice name="which" value="chosen" checked={which === 'chosen'} title={t('export.chosen', { count: chosen.count })} onChoose={() => { setWhich('chosen'); }} />
            <Choice name="which" value="all" checked={which === 'all'} title={t('export.all', { count: totals.leads })} onChoose={() => { setWhich('all'); }} />
          </fieldset>
        )}
        <div className="flex flex-wrap gap-x-6 gap-y-3">
          <Segments label={t('export.format')} value={format} segments={[{ value: 'xlsx', label: t('export.xlsx') }, { value: 'csv', label: t('export.csv') }]} onChange={setFormat} />
          <Segments label={t('export.columns')} value={allFields ? 'all' : 'shown'} segments={[{ value: 'shown', label: t('export.shown', { count: columns.length }) }, { value: 'all', label: t('export.everyField') }]} onChange={(value) => { setAllFields(value === 'all'); }} />
        </div>
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 text-sm font-medium">{t('export.leaveOut')}</legend>
          {channels.map((channel) => (
            <Check
              key={channel}
              label={which === 'all' ? t(`export.refused.${channel}`, { count: totals[channel].refused }) : t(`export.refusedChosen.${channel}`)}
              checked={leaveOut.includes(channel)}
              onChange={(event) => { setLeaveOut(event.target.checked ? [...leaveOut, channel] : leaveOut.filter((each) => each !== channel)); }}
            />
          ))}
        </fieldset>
        <p className="text-sm text-faint">{t('export.note')}</p>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary">{t('leads.export')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
