import { ArrowRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { AlertItem } from '#contract/admissions/alerts';
import { classes } from '#renderer/kit/classes';
import { useFormats } from '#renderer/data/format';
import { AlertButtons } from './AlertButtons';
import { DueTime, LevelMark, StateTags } from './AlertMarks';
import type { AlertActions } from './useAlertActions';

interface AlertRowProps {
  readonly alert: AlertItem;
  readonly open: boolean;
  readonly onOpen: () => void;
  readonly actions: AlertActions;
}

/** The name of an alert's row on the page. */
export function rowId(id: string): string {
  return `alert-${id.replaceAll(':', '-')}`;
}

/** One alert: a line while it waits, what is to be done while it is open. */
export function AlertRow({ alert, open, onOpen, actions }: AlertRowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { lead, lastStep } = alert;
  return (
    <li id={rowId(alert.id)} aria-current={open || undefined} className={classes('relative border-b border-line last:border-b-0', open && 'bg-selected')}>
      {open && <span aria-hidden className="absolute inset-y-0 left-0 w-0.5 bg-brand" />}
      <button type="button" onClick={onOpen} aria-expanded={open} className="flex min-h-14 w-full flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-left focus-visible:outline-offset-[-2px]">
        <span className="w-24 shrink-0">
          <LevelMark level={alert.level} />
        </span>
        <span className="flex min-w-0 flex-1 flex-col max-sm:order-last max-sm:basis-full">
          <span className="flex items-baseline gap-2">
            <span className="truncate font-medium">{lead.name}</span>
            {lead.owner !== null && <span className="truncate text-xs text-muted">{lead.owner.name}</span>}
          </span>
          <span className={classes('text-sm text-muted', !open && 'truncate')}>{alert.title}</span>
        </span>
        <span className="ml-auto flex items-center gap-2">
          <StateTags alert={alert} />
          <DueTime alert={alert} />
        </span>
      </button>
      {open && (
        <div className="flex flex-col gap-3 px-4 pb-4 sm:pl-[124px]">
          <p>{alert.actionRequired}</p>
          {lastStep !== null && (
            <p className="text-sm text-muted">
              {t(`alerts.steps.${lastStep.step}`, { when: formats.ago(lastStep.at) })}
              {lastStep.by !== null && ` · ${lastStep.by}`}
              {lastStep.note !== null && <span className="block break-words whitespace-pre-line">{lastStep.note}</span>}
            </p>
          )}
          <div className="flex flex-wrap items-center gap-2">
            <AlertButtons alert={alert} actions={actions} keys />
            <Link href={`/leads/${lead.id}`} className="ml-auto inline-flex h-7 items-center gap-1 rounded-md px-2 font-medium text-muted hover:bg-sunken hover:text-text">
              {t('today.open')} <ArrowRight size={14} aria-hidden />
            </Link>
          </div>
        </div>
      )}
    </li>
  );
}
