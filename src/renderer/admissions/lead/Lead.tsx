import { Merge, UserX } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ConsentStanding } from '#contract/admissions/consents';
import type { LeadDetail } from '#contract/admissions/leads';
import { useLeadActions } from '#renderer/admissions/contact/useLeadActions';
import { Composer } from '#renderer/admissions/outreach/Composer';
import { LeadStory } from '#renderer/admissions/summaries/LeadStory';
import { CallFailure } from '#renderer/data/client';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { Empty, Skeleton } from '#renderer/kit/Face';
import { letGoOfFocus, useShortcuts } from '#renderer/kit/useShortcuts';
import { Failure } from '#renderer/shell/Failure';
import { useStatus } from '#renderer/shell/StatusLine';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { Attachments } from './Attachments';
import { Compare } from './Compare';
import { Consents } from './Consents';
import { Details } from './Details';
import { EditLead } from './EditLead';
import { Engagement } from './Engagement';
import { Intelligence } from './Intelligence';
import { LeadHeader } from './LeadHeader';
import { LeadTasks } from './LeadTasks';
import { Notes } from './Notes';
import { PrintedLead } from './PrintedLead';
import { RecordConsent } from './RecordConsent';
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
  const [composing, setComposing] = useState(false);
  const [recording, setRecording] = useState<Partial<Pick<ConsentStanding, 'purpose' | 'channel'>> | null>(null);
  const [note, task, link] = [useRef<HTMLTextAreaElement>(null), useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  const data = lead.data;
  const withLead = (act: (of: LeadDetail) => void) => (): void => {
    if (data !== undefined) act(data);
  };
  useShortcuts([
    { keys: 'c', label: t('keys.call'), run: withLead((of) => { actions.contact(of, 'phone'); }) },
    { keys: 'm', label: t('keys.mail'), run: withLead((of) => { actions.contact(of, 'email'); }) },
    { keys: 'n', label: t('keys.note'), run: () => { note.current?.focus(); } },
    { keys: 't', label: t('keys.task'), run: () => { task.current?.focus(); } },
    { keys: 'a', label: t('keys.attach'), run: () => { link.current?.focus(); } },
    { keys: 'p', label: t('keys.consent'), run: () => { setRecording({}); } },
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
    <div className="@container h-full overflow-y-auto print:h-auto print:overflow-visible">
      {data !== undefined && <PrintedLead lead={data} />}
      <div
        data-no-print
        onKeyDown={(event) => {
          // Out of a field first; from the page itself the same key leads back.
          if (event.key === 'Escape') letGoOfFocus();
        }}
        className="mx-auto grid max-w-6xl gap-6 p-4 sm:p-6 @min-[50rem]:grid-cols-[minmax(0,1fr)_minmax(340px,400px)]">
        <div className="flex min-w-0 flex-col gap-4">
          {data === undefined ? (
            <Waiting />
          ) : (
            <>
              <LeadHeader lead={data} actions={actions} onEdit={() => { setEditing(true); }} onCompose={() => { setComposing(true); }} />
              <LeadStory leadId={data.id} />
              <LeadTasks leadId={data.id} field={task} />
              <Notes leadId={data.id} field={note} />
              <Attachments leadId={data.id} field={link} />
              <Timeline leadId={data.id} leadName={data.name} />
              <Engagement leadId={data.id} leadName={data.name} />
              <Details lead={data} />
            </>
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {data === undefined ? (
            <Waiting />
          ) : (
            <>
              <Intelligence lead={data} onLog={() => { actions.log(data); }} onEdit={() => { setEditing(true); }} onCompare={() => { setComparing(true); }} />
              <Consents leadId={data.id} onRecord={(of) => { setRecording(of ?? {}); }} />
            </>
          )}
        </div>
      </div>
      {data !== undefined && editing && <EditLead lead={data} onClose={() => { setEditing(false); }} />}
      {data !== undefined && composing && <Composer lead={data} onMail={() => { actions.contact(data, 'email'); }} onClose={() => { setComposing(false); }} />}
      {data !== undefined && comparing && <Compare lead={data} onClose={() => { setComparing(false); }} />}
      {data !== undefined && recording !== null && (
        <RecordConsent lead={data} {...(recording.purpose === undefined ? {} : { purpose: recording.purpose })} {...(recording.channel === undefined ? {} : { channel: recording.channel })} onClose={() => { setRecording(null); }} />
      )}
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
