import { type ReactNode, type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlertItem } from '#contract/admissions/alerts';
import { type Snooze, snoozes, snoozeUntil } from '#renderer/admissions/contact/snooze';
import { useFormats } from '#renderer/data/format';
import { useCommand } from '#renderer/data/hooks';
import { useNow } from '#renderer/data/useNow';
import { Button } from '#renderer/kit/Button';
import { Dialog } from '#renderer/kit/Dialog';
import { TextArea } from '#renderer/kit/Field';
import { Picker } from '#renderer/kit/Picker';
import { toast } from '#renderer/kit/toasts';
import { tellFailure } from '#renderer/shell/tellFailure';

export interface AlertActions {
  readonly acknowledge: (alert: AlertItem) => void;
  readonly snooze: (alert: AlertItem) => void;
  readonly resolve: (alert: AlertItem) => void;
  readonly reopen: (alert: AlertItem) => void;
  /** The dialogs of these actions; drawn by the screen that uses them. */
  readonly dialogs: ReactNode;
}

interface Open {
  readonly what: 'snooze' | 'resolve';
  readonly alert: AlertItem;
}

/** What one can do with an alert from anywhere: the same dialogs, toasts and undo on every screen. */
export function useAlertActions(): AlertActions {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  const [open, setOpen] = useState<Open | null>(null);
  const acknowledgeAlerts = useCommand('admissions.alerts.acknowledge');
  const snoozeAlerts = useCommand('admissions.alerts.snooze');
  const resolveAlerts = useCommand('admissions.alerts.resolve');
  const reopenAlerts = useCommand('admissions.alerts.reopen');
  const close = (): void => {
    setOpen(null);
  };
  const told = ({ id }: AlertItem, title: string) => ({
    onSuccess: () => {
      toast({ title, action: { label: t('common.undo'), run: () => { reopenAlerts.mutate({ ids: [id], undo: true }, { onError: tellFailure }); } } });
    },
    onError: tellFailure,
  });

  return {
    acknowledge: (alert) => { acknowledgeAlerts.mutate({ ids: [alert.id] }, told(alert, t('alerts.taken', { name: alert.lead.name }))); },
    snooze: (alert) => { setOpen({ what: 'snooze', alert }); },
    resolve: (alert) => { setOpen({ what: 'resolve', alert }); },
    reopen: (alert) => { reopenAlerts.mutate({ ids: [alert.id] }, told(alert, t('alerts.reopened', { name: alert.lead.name }))); },
    dialogs: (
      <>
        {open?.what === 'snooze' && (
          <Picker
            open
            onClose={close}
            title={t('alerts.snoozeTitle', { name: open.alert.lead.name })}
            nothing={t('contact.nothingFound')}
            picks={snoozes.map((snooze) => ({ value: snooze, label: t(`contact.snoozes.${snooze}`), hint: formats.date(snoozeUntil(snooze, now)) }))}
            onPick={(value) => {
              const until = snoozeUntil(value as Snooze, Date.now());
              snoozeAlerts.mutate({ ids: [open.alert.id], until }, told(open.alert, t('alerts.putOff', { name: open.alert.lead.name, day: formats.date(until) })));
            }}
          />
        )}
        {open?.what === 'resolve' && (
          <Resolve
            alert={open.alert}
            onClose={close}
            onResolve={(note) => {
              close();
              resolveAlerts.mutate({ ids: [open.alert.id], ...(note === '' ? {} : { note }) }, told(open.alert, t('alerts.resolved', { name: open.alert.lead.name })));
            }}
          />
        )}
      </>
    ),
  };
}

/** Asks for a note, which may stay empty. */
function Resolve({ alert, onClose, onResolve }: { readonly alert: AlertItem; readonly onClose: () => void; readonly onResolve: (note: string) => void }) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    onResolve(note.trim());
  };
  return (
    <Dialog open onClose={onClose} title={t('alerts.resolveTitle', { name: alert.lead.name })} description={alert.title} closeLabel={t('common.close')}>
      <form
        onSubmit={submit}
        onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event); }}
        className="flex flex-col gap-4"
      >
        <TextArea label={t('alerts.note')} hint={t('alerts.noteHint')} rows={3} maxLength={2_000} autoFocus value={note} onChange={(event) => { setNote(event.target.value); }} />
        <div className="flex items-center justify-end gap-2">
          <span className="mr-auto text-sm text-faint">{t('contact.saveKeys')}</span>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit">
            {t('alerts.resolve')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
