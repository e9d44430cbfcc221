import { Mail, MailX, Phone, PhoneOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LeadDetail, ListedLead } from '#contract/admissions/leads';
import { useWords } from '#renderer/data/words';
import { classes } from '#renderer/kit/classes';

type Channels = LeadDetail['channels'];
type Channel = keyof Channels;
const channels: readonly Channel[] = ['phone', 'email'];
const icons = { phone: [Phone, PhoneOff], email: [Mail, MailX] } as const;
const colours = { given: 'text-good', expired: 'text-medium', unknown: 'text-muted', refused: 'text-critical' } as const;

/** Whether one may call and write, and what the person said about it: shown beside whatever contacts them. */
export function ConsentLine({ channels: of }: { readonly channels: Channels }) {
  const { t } = useTranslation();
  return (
    <ul aria-label={t('consent.title')} className="flex flex-wrap gap-x-4 gap-y-0.5 text-sm">
      {channels.map((channel) => {
        const { consent, reason, allowed } = of[channel];
        const Icon = icons[channel][allowed ? 0 : 1];
        return (
          <li key={channel} className={classes('inline-flex items-center gap-1', colours[consent])}>
            <Icon size={13} aria-hidden />
            {reason ?? t(`consent.${channel}.${consent}`)}
          </li>
        );
      })}
    </ul>
  );
}

/** Call and e-mail from a row, or why one may not. */
export function ContactCell({ lead, onContact }: { readonly lead: ListedLead; readonly onContact: (channel: Channel) => void }) {
  const { t } = useWords();
  return (
    <span className="flex gap-0.5">
      {channels.map((channel) => {
        const { allowed, reason, consent } = lead.channels[channel];
        const Icon = icons[channel][allowed ? 0 : 1];
        const label = `${t(channel === 'phone' ? 'consent.call' : 'consent.write', { name: lead.name })}: ${reason ?? t(`consent.${channel}.${consent}`)}`;
        return (
          <button
            key={channel}
            type="button"
            tabIndex={-1}
            aria-label={label}
            title={label}
            aria-disabled={!allowed}
            className={classes('inline-flex size-8 items-center justify-center rounded-md', allowed ? 'hover:bg-sunken hover:text-text' : 'cursor-not-allowed', colours[consent])}
            onClick={() => { if (allowed) onContact(channel); }}
            onDoubleClick={(event) => { event.stopPropagation(); }}
          >
            <Icon size={15} aria-hidden />
          </button>
        );
      })}
    </span>
  );
}
