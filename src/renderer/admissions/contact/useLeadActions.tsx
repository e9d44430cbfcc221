import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeadRow } from '#contract/admissions/leads';
import { type Stage, stages } from '#domain/admissions/leads/stages';
import { TaskDialog } from '#renderer/admissions/tasks/TaskDialog';
import { useFormats } from '#renderer/data/format';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Picker } from '#renderer/kit/Picker';
import { toast } from '#renderer/kit/toasts';
import { useSignedIn } from '#renderer/shell/session';
import { tellFailure } from '#renderer/shell/tellFailure';
import { LogContact } from './LogContact';
import { type Snooze, snoozes, snoozeUntil } from './snooze';

type Open =
  | { readonly what: 'log'; readonly lead: LeadRow; readonly kind: 'call' | 'email' }
  | { readonly what: 'assign'; readonly ids: readonly string[]; readonly ownerId: string | null; readonly then: (() => void) | undefined }
  | { readonly what: 'snooze'; readonly lead: LeadRow }
  | { readonly what: 'stage'; readonly lead: LeadRow }
  | { readonly what: 'task'; readonly lead: LeadRow };

export interface LeadActions {
  /** Opens the mail program or the telephone, and asks afterwards how it went; where the person said no, says so and opens nothing. */
  readonly contact: (lead: LeadRow, channel: 'email' | 'phone') => void;
  readonly log: (lead: LeadRow) => void;
  readonly addTask: (lead: LeadRow) => void;
  readonly assign: (leads: readonly Pick<LeadRow, 'id' | 'owner'>[], then?: () => void) => void;
  readonly snooze: (lead: LeadRow) => void;
  readonly changeStage: (lead: LeadRow) => void;
  /** The dialogs of these actions; drawn by the screen that uses them. */
  readonly dialogs: ReactNode;
}

const nobody = 'nobody';
/** The most leads that one call assigns. */
const batch = 1_000;

/** What one can do with a lead from anywhere: the same dialogs, toasts and undo on every screen. */
export function useLeadActions(): LeadActions {
  const { t } = useTranslation();
  const formats = useFormats();
  const { user } = useSignedIn();
  const [open, setOpen] = useState<Open | null>(null);
  const assigning = open?.what === 'assign' ? open : null;
  const options = useEntry('admissions.leads.options', {}, { enabled: assigning !== null });
  const assignLeads = useCommand('admissions.leads.assign');
  const snoozeLead = useCommand('admissions.leads.snooze');
  const updateLead = useCommand('admissions.leads.update');
  const askContact = useCommand('admissions.leads.contact');
  const close = (): void => {
    setOpen(null);
  };

  const undoAssign = async (previous: readonly { readonly id: string; readonly ownerId: string | null }[]): Promise<void> => {
    for (let at = 0; at < previous.length; at += batch) await assignLeads.mutateAsync({ assignments: previous.slice(at, at + batch) });
  };
  const assignTo = async (ids: readonly string[], ownerId: string | null, name: string): Promise<void> => {
    const previous: { id: string; ownerId: string | null }[] = [];
    for (let at = 0; at < ids.length; at += batch) previous.push(...(await assignLeads.mutateAsync({ ids: ids.slice(at, at + batch), ownerId })).previous);
    toast({
      title: ownerId === null ? t('contact.unassigned', { count: ids.length }) : t('contact.assigned', { count: ids.length, name }),
      action: { label: t('common.undo'), run: () => { undoAssign(previous).catch(tellFailure); } },
    });
  };
  const snoozeUntilThen = (lead: LeadRow, until: number): void => {
    const set = (at: number | null, done?: (previous: number | null) => void): void => {
      snoozeLead.mutate({ id: lead.id, until: at }, { onSuccess: ({ previous }) => { done?.(previous); }, onError: tellFailure });
    };
    set(until, (previous) => {
      toast({ title: t('contact.snoozed', { name: lead.name, day: formats.date(until) }), action: { label: t('common.undo'), run: () => { set(previous); } } });
    });
  };
  const moveTo = (lead: LeadRow, stage: Stage): void => {
    if (stage === lead.stage) return;
    // What somebody else has made of the lead meanwhile is not overruled: the core refuses, and says so.
    const set = (to: Stage, revision: number, done?: (revision: number) => void): void => {
      updateLead.mutate({ id: lead.id, stage: to, revision }, { onSuccess: (changed) => { done?.(changed.revision); }, onError: tellFailure });
    };
    set(stage, lead.revision, (revision) => {
      toast({ title: t('contact.moved', { name: lead.name, stage: t(`words.values.${stage}`) }), action: { label: t('common.undo'), run: () => { set(lead.stage, revision); } } });
    });
  };

  const owners = [...(options.data?.owners ?? [])].sort((a, b) => Number(b.id === user.id) - Number(a.id === user.id) || a.name.localeCompare(b.name));
  const snoozeNow = (): { readonly snooze: Snooze; readonly until: number }[] => snoozes.map((snooze) => ({ snooze, until: snoozeUntil(snooze, Date.now()) }));

  return {
    contact: (lead, channel) => {
      askContact.mutate(
        { id: lead.id, channel },
        {
          onSuccess: ({ address }) => {
            window.ivy.contact(channel, address).catch(tellFailure);
            setOpen({ what: 'log', lead, kind: channel === 'email' ? 'email' : 'call' });
          },
          onError: tellFailure,
        },
      );
    },
    log: (lead) => { setOpen({ what: 'log', lead, kind: 'call' }); },
    addTask: (lead) => { setOpen({ what: 'task', lead }); },
    assign: (leads, then) => {
      if (leads.length > 0) setOpen({ what: 'assign', ids: leads.map(({ id }) => id), ownerId: leads.length === 1 ? (leads[0]?.owner?.id ?? null) : null, then });
    },
    snooze: (lead) => { setOpen({ what: 'snooze', lead }); },
    changeStage: (lead) => { setOpen({ what: 'stage', lead }); },
    dialogs: (
      <>
        {open?.what === 'log' && <LogContact lead={open.lead} kind={open.kind} onClose={close} />}
        {open?.what === 'task' && <TaskDialog lead={open.lead} onClose={close} />}
        <Picker
          open={assigning !== null}
          onClose={close}
          title={t('contact.assignTitle', { count: assigning?.ids.length ?? 0 })}
          nothing={t('contact.nobodyFound')}
          picks={[
            ...owners.map(({ id, name }) => ({ value: id, label: name, chosen: id === assigning?.ownerId, ...(id === user.id ? { hint: t('contact.you') } : {}) })),
            { value: nobody, label: t('contact.nobody') },
          ]}
          onPick={(value) => {
            if (assigning === null) return;
            const ownerId = value === nobody ? null : value;
            assignTo(assigning.ids, ownerId, owners.find(({ id }) => id === value)?.name ?? '').then(assigning.then, tellFailure);
          }}
        />
        {open?.what === 'snooze' && (
          <Picker
            open
            onClose={close}
            title={t('contact.snoozeTitle', { name: open.lead.name })}
            nothing={t('contact.nothingFound')}
            picks={snoozeNow().map(({ snooze, until }) => ({ value: snooze, label: t(`contact.snoozes.${snooze}`), hint: formats.date(until) }))}
            onPick={(value) => { snoozeUntilThen(open.lead, snoozeUntil(value as Snooze, Date.now())); }}
          />
        )}
        {open?.what === 'stage' && (
          <Picker
            open
            onClose={close}
            title={t('contact.stageTitle', { name: open.lead.name })}
            nothing={t('contact.nothingFound')}
            picks={stages.map((stage) => ({ value: stage, label: t(`words.values.${stage}`), chosen: stage === open.lead.stage }))}
            onPick={(value) => { moveTo(open.lead, value as Stage); }}
          />
        )}
      </>
    ),
  };
}
