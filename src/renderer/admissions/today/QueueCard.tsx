import { AlarmClock, ArrowRight, Mail, NotebookPen, Phone, UserPlus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { QueueItem } from '#contract/admissions/triage';
import { ConsentLine } from '#renderer/admissions/contact/Consent';
import type { LeadActions } from '#renderer/admissions/contact/useLeadActions';
import { DueMark } from '#renderer/admissions/tasks/DueMark';
import { Button } from '#renderer/kit/Button';
import { classes } from '#renderer/kit/classes';
import { Key, Score, SeverityMark, Tag } from '#renderer/kit/Marks';

interface QueueCardProps {
  readonly item: QueueItem;
  readonly open: boolean;
  readonly onOpen: () => void;
  readonly actions: LeadActions;
}

/** The id of a lead's element in the queue. */
export function rowId(leadId: string): string {
  return `queue-${leadId}`;
}

/** One lead of the queue: a line while it waits, its reasons and what one can do while it is open. */
export function QueueCard({ item, open, onOpen, actions }: QueueCardProps) {
  const { t } = useTranslation();
  const { lead, reasons, blockers, channels, action } = item;
  const [first, ...others] = reasons;
  const severest = blockers[0];
  return (
    <li id={rowId(lead.id)} aria-current={open || undefined} className={classes('relative border-b border-line last:border-b-0', open && 'bg-selected')}>
      {open && <span aria-hidden className="absolute inset-y-0 left-0 w-0.5 bg-brand" />}
      <button type="button" onClick={onOpen} aria-expanded={open} className="flex min-h-14 w-full items-center gap-3 px-4 py-2 text-left focus-visible:outline-offset-[-2px]">
        <span className="w-12 shrink-0">
          <Score score={lead.score} band={lead.band} bandWord={lead.band === null ? '' : t(`words.values.${lead.band}`)} />
        </span>
        <span className="flex min-w-0 flex-1 flex-col">
          <span className="flex items-baseline gap-2">
            <span className="truncate font-medium">{lead.name}</span>
            {lead.nextTaskAt !== null && <DueMark at={lead.nextTaskAt} compact={!open} />}
            <span className="truncate text-sm text-muted max-sm:hidden">{[lead.course, lead.source].filter((part) => part !== null).join(' · ')}</span>
          </span>
          <span className="truncate text-sm text-muted">{first}</span>
        </span>
        {!open && severest !== undefined && (severest.severity === 'critical' || severest.severity === 'high') && (
          <span className="max-md:hidden">
            <SeverityMark severity={severest.severity} word={severest.description} />
          </span>
        )}
        {lead.owner !== null && <span className="max-w-28 truncate text-xs text-muted max-sm:hidden">{lead.owner.name}</span>}
        <Tag>{t(`words.actions.${action}`)}</Tag>
      </button>
      {open && (
        <div className="flex flex-col gap-3 px-4 pb-4 sm:pl-[76px]">
          {others.length > 0 && (
            <ul className="flex flex-col gap-0.5 text-sm text-muted">
              {others.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          )}
          {blockers.length > 0 && (
            <ul aria-label={t('today.blockers')} className="flex flex-col gap-1">
              {blockers.map((blocker) => (
                <li key={blocker.description} className="flex flex-wrap items-baseline gap-x-2 text-sm">
                  <SeverityMark severity={blocker.severity} word={blocker.description} />
                  <span className="text-muted">{blocker.actionRequired}</span>
                </li>
              ))}
            </ul>
          )}
          <ConsentLine channels={channels} />
          <div className="flex flex-wrap items-center gap-2">
            <ContactButton item={item} channel="phone" actions={actions} primary={channels.phone.allowed} />
            <ContactButton item={item} channel="email" actions={actions} primary={!channels.phone.allowed && channels.email.allowed} />
            <Button size="small" look={!channels.phone.allowed && !channels.email.allowed ? 'primary' : 'secondary'} icon={<NotebookPen size={14} aria-hidden />} onClick={() => { actions.log(lead); }}>
              {t('today.log')} <Key>L</Key>
            </Button>
            <Button size="small" icon={<UserPlus size={14} aria-hidden />} onClick={() => { actions.assign([lead]); }}>
              {t('today.assign')} <Key>E</Key>
            </Button>
            <Button size="small" icon={<AlarmClock size={14} aria-hidden />} onClick={() => { actions.snooze(lead); }}>
              {t('today.snooze')} <Key>S</Key>
            </Button>
            <Link href={`/leads/${lead.id}`} className="ml-auto inline-flex h-7 items-center gap-1 rounded-md px-2 font-medium text-muted hover:bg-sunken hover:text-text">
              {t('today.open')} <ArrowRight size={14} aria-hidden />
            </Link>
          </div>
        </div>
      )}
    </li>
  );
}

/** Call or e-mail, or why one may not. */
function ContactButton({ item: { lead, channels }, channel, actions, primary }: { readonly item: QueueItem; readonly channel: 'email' | 'phone'; readonly actions: LeadActions; readonly primary: boolean }) {
  const { t } = useTranslation();
  const { allowed, reason } = channels[channel];
  const Icon = channel === 'email' ? Mail : Phone;
  return (
    <Button size="small" look={primary ? 'primary' : 'secondary'} icon={<Icon size={14} aria-hidden />} disabled={!allowed} title={reason ?? (channel === 'email' ? lead.email : lead.phone) ?? undefined} onClick={() => { actions.contact(lead, channel); }}>
      {t(channel === 'email' ? 'today.email' : 'today.call')}
    </Button>
  );
}
