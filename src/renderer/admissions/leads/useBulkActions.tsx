import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WantedChange } from '#contract/admissions/bulkChanges';
import type { LeadChoice } from '#contract/admissions/leadChoice';
import { stages } from '#domain/admissions/leads/stages';
import { TagDialog } from '#renderer/admissions/tags/TagDialog';
import { CallFailure } from '#renderer/data/client';
import { useEntry } from '#renderer/data/hooks';
import { runJob } from '#renderer/data/jobs';
import { Picker } from '#renderer/kit/Picker';
import { toast } from '#renderer/kit/toasts';
import { useSignedIn } from '#renderer/shell/session';
import { tellFailure } from '#renderer/shell/tellFailure';

type Open = 'assign' | 'stage' | 'tags' | 'earlier';

export interface BulkActions {
  readonly open: (what: Open) => void;
  /** Whether a change is under way. */
  readonly busy: boolean;
  readonly dialogs: ReactNode;
}

const nobody = 'nobody';

/** Takes a bulk change back, and says which leads were left as they are. */
export function useUndoBulk(): (id: string) => Promise<void> {
  const { t } = useTranslation();
  return async (id) => {
    try {
      const { restored, left, leftLeads } = await runJob('admissions.bulkChanges.undo', { id });
      const names = leftLeads.slice(0, 5).map(({ name }) => name).join(', ');
      toast({
        title: t('bulk.undone', { count: restored }),
        ...(left === 0 ? {} : { detail: names === '' ? t('bulk.left', { count: left }) : t('bulk.leftNamed', { count: left, names }) }),
      });
    } catch (error) {
      tellFailure(error);
    }
  };
}

interface BulkActionsInput {
  readonly choice: LeadChoice;
  readonly count: number;
  /** What follows a change after which the same leads may not be chosen any more. */
  readonly onMoved: () => void;
}

/** What is done with many leads at once: as a job with progress and cancel in the status line, and one undo. */
export function useBulkActions({ choice, count, onMoved }: BulkActionsInput): BulkActions {
  const { t } = useTranslation();
  const { user } = useSignedIn();
  const [open, setOpen] = useState<Open | null>(null);
  const [busy, setBusy] = useState(false);
  const options = useEntry('admissions.leads.options', {}, { enabled: open === 'assign' || open === 'earlier' });
  const earlier = useEntry('admissions.bulkChanges.list', {}, { enabled: open === 'earlier' });
  const undo = useUndoBulk();
  const close = (): void => {
    setOpen(null);
  };
  const run = async (change: WantedChange, said: (changed: number) => string): Promise<void> => {
    setBusy(true);
    try {
      const { id, changed } = await runJob('admissions.bulkChanges.run', { leads: choice, change });
      if (!('addTags' in change)) onMoved();
      toast({ title: said(changed), ...(changed === 0 ? {} : { action: { label: t('common.undo'), run: () => void undo(id) } }) });
    } catch (error) {
      if (error instanceof CallFailure && error.code === 'cancelled') toast({ title: t('bulk.cancelled') });
      else tellFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const owners = [...(options.data?.owners ?? [])].sort((a, b) => Number(b.id === user.id) - Number(a.id === user.id) || a.name.localeCompare(b.name));
  const wantedWords = (field: string, wanted: string): string => {
    if (field === 'stage') return t(`words.values.${stages.find((stage) => stage === wanted) ?? 'enquiry'}`);
    return field === 'owner' ? (owners.find(({ id }) => id === wanted)?.name ?? t('contact.nobody')) : wanted;
  };
  return {
    open: setOpen,
    busy,
    dialogs: (
      <>
        <Picker
          open={open === 'assign'}
          onClose={close}
          title={t('contact.assignTitle', { count })}
          nothing={t('contact.nobodyFound')}
          picks={[...owners.map(({ id, name }) => ({ value: id, label: name, ...(id === user.id ? { hint: t('contact.you') } : {}) })), { value: nobody, label: t('contact.nobody') }]}
          onPick={(value) => {
            const ownerId = value === nobody ? null : value;
            const name = owners.find(({ id }) => id === value)?.name ?? '';
            void run({ ownerId }, (changed) => (ownerId === null ? t('contact.unassigned', { count: changed }) : t('contact.assigned', { count: changed, name })));
          }}
        />
        <Picker
          open={open === 'stage'}
          onClose={close}
          title={t('bulk.stageTitle', { count })}
          nothing={t('contact.nothingFound')}
          picks={stages.map((stage) => ({ value: stage, label: t(`words.values.${stage}`) }))}
          onPick={(value) => {
            const stage = stages.find((each) => each === value);
            if (stage !== undefined) void run({ stage }, (changed) => t('bulk.moved', { count: changed, stage: t(`words.values.${stage}`) }));
          }}
        />
        <Picker
          open={open === 'earlier'}
          onClose={close}
          title={t('bulk.earlierTitle')}
          nothing={t('bulk.earlierNone')}
          picks={(earlier.data?.items ?? [])
            .filter(({ undone, leads }) => !undone && leads > 0)
            .map(({ id, field, wanted, leads, at }) => ({ value: id, label: t(`bulk.earlier.${field}`, { count: leads, what: wantedWords(field, wanted) }), hint: new Date(at).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' }) }))}
          onPick={(id) => void undo(id)}
        />
        {open === 'tags' && (
          <TagDialog
            count={count}
            onClose={close}
            onDone={(change) => {
              close();
              void run(change, (changed) => t('bulk.tagged', { count: changed }));
            }}
          />
        )}
      </>
    ),
  };
}
