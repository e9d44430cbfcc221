import { ArrowLeft, Mail, NotebookPen, PenLine, Pencil, Phone, Printer, UserPlus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { LeadDetail } from '#contract/admissions/leads';
import type { LeadActions } from '#renderer/admissions/contact/useLeadActions';
import { LeadTags } from '#renderer/admissions/tags/LeadTags';
import { useFormats } from '#renderer/data/format';
import { Button } from '#renderer/kit/Button';
import { Key } from '#renderer/kit/Marks';
import { useSignedIn } from '#renderer/shell/session';
import { ConsentMark } from './ConsentMark';

interface LeadHeaderProps {
  readonly lead: LeadDetail;
  readonly actions: LeadActions;
  readonly onEdit: () => void;
  readonly onCompose: () => void;
}

/** Who it is, how to reach them and whether they want that, and what one can do. */
export function LeadHeader({ lead, actions, onEdit, onCompose }: LeadHeaderProps) {
  const { t } = useTranslation();
  const { email, phone } = lead.channels;
  const said = [lead.course, lead.campus, lead.source].filter((part) => part !== null).join(' · ');
  return (
    <header className="flex flex-col gap-3">
      <Link href="/leads" className="inline-flex w-fit items-center gap-1 text-sm text-muted hover:text-text">
        <ArrowLeft size={13} aria-hidden /> {t('places.leads')}
      </Link>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="text-xl font-semibold break-words">{lead.name}</h2>
          {said !== '' && <p className="text-muted">{said}</p>}
        </div>
        <div className="flex flex-wrap gap-2">
          <Button size="small" onClick={() => { actions.changeStage(lead); }}>
            {t(`words.values.${lead.stage}`)} <Key>G</Key>
          </Button>
          <Button size="small" icon={<UserPlus size={13} aria-hidden />} onClick={() => { actions.assign([lead]); }}>
            {lead.owner?.name ?? t('today.assign')} <Key>E</Key>
          </Button>
          <Button size="small" icon={<Pencil size={13} aria-hidden />} onClick={onEdit}>
            {t('lead.edit')} <Key>I</Key>
          </Button>
          <Button size="small" icon={<Printer size={13} aria-hidden />} onClick={() => { window.print(); }}>
            {t('print.print')}
          </Button>
        </div>
      </div>
      <div className="flex flex-wrap gap-x-2 gap-y-3">
        <Reach lead={lead} channel="phone" actions={actions} primary={phone.allowed} />
        <Reach lead={lead} channel="email" actions={actions} primary={!phone.allowed && email.allowed} />
        <Button look={!phone.allowed && !email.allowed ? 'primary' : 'secondary'} icon={<NotebookPen size={14} aria-hidden />} onClick={() => { actions.log(lead); }}>
          {t('today.log')} <Key>L</Key>
        </Button>
      </div>
      <Button className="w-fit" look="quiet" icon={<PenLine size={14} aria-hidden />} onClick={onCompose}>
        {t('composer.open')}
      </Button>
      <LeadTags lead={lead} />
    </header>
  );
}

/** Call or e-mail, with what the person said to that below it. */
function Reach({ lead, channel, actions, primary }: { readonly lead: LeadDetail; readonly channel: 'email' | 'phone'; readonly actions: LeadActions; readonly primary: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats(useSignedIn().workspace.timeZone);
  const { allowed, reason, consent, saidAt } = lead.channels[channel];
  const address = lead[channel];
  const Icon = channel === 'email' ? Mail : Phone;
  return (
    <div className="flex min-w-0 flex-col items-start gap-1">
      <Button look={primary ? 'primary' : 'secondary'} icon={<Icon size={14} aria-hidden />} disabled={!allowed} title={reason ?? undefined} onClick={() => { actions.contact(lead, channel); }}>
        <span className="max-w-56 truncate">{allowed ? address : t(channel === 'email' ? 'today.email' : 'today.call')}</span> {allowed && <Key>{channel === 'email' ? 'M' : 'C'}</Key>}
      </Button>
      {address === null ? <span className="text-sm text-faint">{reason}</span> : <ConsentMark state={consent} detail={saidAt === null ? undefined : formats.date(saidAt)} />}
    </div>
  );
}
