import { ArrowLeft, Mail, Merge, NotebookPen, Pencil, Phone, UserPlus, UserX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { LeadDetail } from '#contract/admissions/leads';
import { type LeadActions, useLeadActions } from '#renderer/admissions/contact/useLeadActions';
import { CallFailure } from '#renderer/data/client';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Empty, Skeleton } from '#renderer/kit/Face';
import { Key } from '#renderer/kit/Marks';
import { useShortcuts } from '#renderer/kit/useShortcuts';
import { Failure } from '#renderer/shell/Failure';
import { useStatus } from '#renderer/shell/StatusLine';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { Compare } from './Compare';
import { Details } from './Details';
import { EditLead } from './EditLead';
import { Engagement } from './Engagement';
import { Intelligence } from './Intelligence';
import { LeadTasks } from './LeadTasks';
import { Timeline } from './Timeline';

/** One lead: on the left its story, on the right what Ivy makes of it. */
export function Lead({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const lead = useEntry('admissions.leads.get', { id });
  useScreenTitle(t('lead.title'));
  const actions = useLeadActions();
  const [editing, setEditing] = useState(false);
  const [comparing, setComparing] = useState(false);
  const data = lead.data;
  const withLead = (act: (of: LeadDetail) => void) => (): void => {
    if (data !== undefined) act(data);
  };
  useShortcuts([
    { keys: 'c', label: t('keys.call'), run: withLead((of) => { if (of.channels.phone.allowed) actions.contact(of, 'phone'); }) },
    { keys: 'm', label: t('keys.mail'), run: withLead((of) => { if (of.channels.email.allowed) actions.contact(of, 'email'); }) },
    { keys: 'l', label: t('keys.log'), run: withLead((of) => { actions.log(of); }) },
    { keys: 'e', label: t('keys.assign'), run: withLead((of) => { actions.assign([of]); }) },
    { keys: 's', label: t('keys.snooze'), run: withLead(actions.snooze) },
    { keys: 'g', label: t('keys.stage'), run: withLead(actions.changeStage) },
    { keys: 'i', label: t('keys.edit'), run: () => { setEditing(true); } },
    { keys: 'Escape', label: t('keys.back'), run: () => { window.history.back(); } },
  ]);
  useStatus(data?.scoredAt === undefined || data.scoredAt === null ? '' : t('lead.scored', { when: formats.ago(data.scoredAt) }));

  if (lead.error instanceof CallFailure && typeof lead.error.details.mergedInto === 'string') {
    return (
      <Empty icon={<Merge size={28} aria-hidden />} title={t('lead.merged')} action={<Link href={`/leads/${lead.error.details.mergedInto}`} className="font-medium underline underline-offset-2">{t('lead.mergedOpen')}</Link>}>
        {lead.error.message}
      </Empty>
    );
  }
  if (lead.error instanceof CallFailure && lead.error.code === 'not_found') {
    return (
      <Empty icon={<UserX size={28} aria-hidden />} title={t('lead.gone')} action={<Link href="/leads" className="font-medium underline underline-offset-2">{t('today.allLeads')}</Link>}>
        {t('lead.goneDetail')}
      </Empty>
    );
  }
  if (lead.error !== null) return <Failure error={lead.error} onRetry={() => void lead.refetch()} />;
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto grid max-w-6xl gap-6 p-4 sm:p-6 lg:grid-cols-[minmax(0,1fr)_minmax(340px,400px)]">
        <div className="flex min-w-0 flex-col gap-4">
          {data === undefined ? <Waiting /> : <Story lead={data} actions={actions} onEdit={() => { setEditing(true); }} />}
        </div>
        <div className="flex min-w-0 flex-col gap-4">{data === undefined ? <Waiting /> : <Intelligence lead={data} onLog={() => { actions.log(data); }} onEdit={() => { setEditing(true); }} onCompare={() => { setComparing(true); }} />}</div>
      </div>
      {data !== undefined && editing && <EditLead lead={data} onClose={() => { setEditing(false); }} />}
      {data !== undefined && comparing && <Compare lead={data} onClose={() => { setComparing(false); }} />}
      {actions.dialogs}
    </div>
  );
}

function Waiting() {
  return (
    <>
      <Skeleton className="h-24" />
      <Skeleton className="h-48" />
      <Skeleton className="h-32" />
    </>
  );
}

function Story({ lead, actions, onEdit }: { readonly lead: LeadDetail; readonly actions: LeadActions; readonly onEdit: () => void }) {
  const { t } = useTranslation();
  const { email, phone } = lead.channels;
  const said = [lead.course, lead.campus, lead.source].filter((part) => part !== null).join(' · ');
  return (
    <>
      <header className="flex flex-col gap-3">
        <Link href="/leads" className="inline-flex w-fit items-center gap-1 text-sm text-muted hover:text-text">
          <ArrowLeft size={13} aria-hidden /> {t('places.leads')}
        </Link>
        <div className="flex flex-wrap items-start justify-between gap-3">
          <div className="min-w-0">
            <h2 className="text-xl font-semibold break-words">{lead.name}</h2>
            {said !== '' && <p className="text-muted">{said}</p>}
          </div>
          <div className="flex gap-2">
            <Button size="small" onClick={() => { actions.changeStage(lead); }}>
              {t(`words.values.${lead.stage}`)} <Key>G</Key>
            </Button>
            <Button size="small" icon={<UserPlus size={13} aria-hidden />} onClick={() => { actions.assign([lead]); }}>
              {lead.owner?.name ?? t('today.assign')} <Key>E</Key>
            </Button>
          </div>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button
            look={phone.allowed ? 'primary' : 'secondary'}
            icon={<Phone size={14} aria-hidden />}
            disabled={!phone.allowed}
            title={phone.reason ?? undefined}
            onClick={() => { actions.contact(lead, 'phone'); }}
          >
            {phone.allowed ? lead.phone : t('today.call')} {phone.allowed && <Key>C</Key>}
          </Button>
          <Button
            look={!phone.allowed && email.allowed ? 'primary' : 'secondary'}
            icon={<Mail size={14} aria-hidden />}
            disabled={!email.allowed}
            title={email.reason ?? undefined}
            onClick={() => { actions.contact(lead, 'email'); }}
          >
            <span className="max-w-56 truncate">{email.allowed ? lead.email : t('today.email')}</span> {email.allowed && <Key>M</Key>}
          </Button>
          <Button look={!phone.allowed && !email.allowed ? 'primary' : 'secondary'} icon={<NotebookPen size={14} aria-hidden />} onClick={() => { actions.log(lead); }}>
            {t('today.log')} <Key>L</Key>
          </Button>
          <Button icon={<Pencil size={14} aria-hidden />} onClick={onEdit}>
            {t('lead.edit')} <Key>I</Key>
          </Button>
        </div>
        {[phone.reason, email.reason].some((reason) => reason !== null) && <p className="text-sm text-faint">{[phone.reason, email.reason].filter((reason) => reason !== null).join(' · ')}</p>}
      </header>
      <LeadTasks leadId={lead.id} />
      <Timeline leadId={lead.id} leadName={lead.name} />
      <Engagement leadId={lead.id} leadName={lead.name} />
      <Details lead={lead} />
    </>
  );
}
