import { type KeyboardEvent, useRef } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { LeadRow } from '#contract/admissions/leads';
import type { TouchpointKind, TouchpointOutcome } from '#domain/admissions/leads/touchpoints';
import { useCommand } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Dialog } from '#renderer/kit/Dialog';
import { TextArea } from '#renderer/kit/Field';
import { Segments } from '#renderer/kit/Segments';
import { toast } from '#renderer/kit/toasts';
import { tellFailure } from '#renderer/shell/tellFailure';
import { useScoreChange } from './useScoreChange';

/** How a contact of ours can end; what the other side begins has no outcome. */
const outcomesOf: Readonly<Record<ContactKind, readonly TouchpointOutcome[]>> = {
  call: ['reached', 'left_message', 'no_answer'],
  email: ['sent', 'replied'],
  sms: ['sent', 'replied'],
  meeting: ['attended', 'no_answer'],
  event: ['attended', 'sent'],
  visit: ['attended', 'no_answer'],
};

/** A note is no contact: it has its own place on the lead's page. */
type ContactKind = Exclude<TouchpointKind, 'note'>;

/** The key of each kind; outcomes go by their numbers. */
const kindKeys: Readonly<Record<ContactKind, string>> = { call: 'C', email: 'E', sms: 'T', meeting: 'M', event: 'V', visit: 'B' };
const kinds = Object.keys(kindKeys) as ContactKind[];
const directionKey = 'I';
const noteKey = 'N';

interface Values {
  kind: ContactKind;
  direction: 'outbound' | 'inbound';
  outcome: TouchpointOutcome | '';
  note: string;
}

interface LogContactProps {
  readonly lead: LeadRow;
  readonly kind: ContactKind;
  readonly onClose: () => void;
}

/** What happened with a lead just now, by a key for each answer. Says how the score moved with it, and can be undone. */
export function LogContact({ lead, kind: firstKind, onClose }: LogContactProps) {
  const { t } = useTranslation();
  const create = useCommand('admissions.touchpoints.create');
  const remove = useCommand('admissions.touchpoints.remove');
  const scoreChange = useScoreChange();
  const { register, control, setValue, handleSubmit } = useForm<Values>({
    defaultValues: { kind: firstKind, direction: 'outbound', outcome: outcomesOf[firstKind][0] ?? '', note: '' },
  });
  const { kind, direction, outcome } = useWatch({ control }) as Values;
  const outcomes = direction === 'inbound' ? [] : outcomesOf[kind];
  const choose = (next: ContactKind): void => {
    setValue('kind', next);
    setValue('outcome', outcomesOf[next][0] ?? '');
  };
  const undo = (id: string): void => {
    remove.mutate({ id }, { onSuccess: () => { toast({ title: t('contact.takenBack', { name: lead.name }) }); }, onError: tellFailure });
  };
  const submit = handleSubmit((values) => {
    const outcome = outcomes.find((each) => each === values.outcome);
    create.mutate(
      {
        leadId: lead.id,
        kind: values.kind,
        direction: values.direction,
        ...(outcome === undefined ? {} : { outcome }),
        ...(values.note.trim() === '' ? {} : { note: values.note }),
      },
      {
        onSuccess: ({ touchpointId, score }) => {
          onClose();
          toast({ ...scoreChange(lead.name, score), action: { label: t('common.undo'), run: () => { undo(touchpointId); } } });
        },
      },
    );
  });
  const form = useRef<HTMLFormElement>(null);
  const byKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      void submit(event);
      return;
    }
    // Letters typed into the note are its own.
    if (event.target instanceof HTMLTextAreaElement || event.metaKey || event.ctrlKey || event.altKey) return;
    const key = event.key.toUpperCase();
    const chosenKind = kinds.find((each) => kindKeys[each] === key);
    const chosenOutcome = /^[1-9]$/.test(key) ? outcomes[Number(key) - 1] : undefined;
    if (chosenKind !== undefined) choose(chosenKind);
    else if (chosenOutcome !== undefined) setValue('outcome', chosenOutcome);
    else if (key === directionKey) setValue('direction', direction === 'inbound' ? 'outbound' : 'inbound');
    else if (key === noteKey) form.current?.querySelector('textarea')?.focus();
    else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) void submit(event);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog open onClose={onClose} title={t('contact.logTitle', { name: lead.name })} closeLabel={t('common.close')}>
      <form ref={form} className="flex flex-col gap-4" onSubmit={(event) => void submit(event)} onKeyDown={byKey}>
        <Segments label={t('contact.kind')} value={kind} autoFocus segments={kinds.map((value) => ({ value, label: t(`contact.kinds.${value}`), keyName: kindKeys[value] }))} onChange={choose} />
        <Segments
          label={t('contact.direction')}
          value={direction}
          segments={[
            { value: 'outbound', label: t('contact.outbound') },
            { value: 'inbound', label: t('contact.inbound'), keyName: directionKey },
          ]}
          onChange={(value) => { setValue('direction', value); }}
        />
        {outcomes.length > 0 && (
          <Segments label={t('contact.outcome')} value={outcome === '' ? (outcomes[0] ?? 'sent') : outcome} segments={outcomes.map((value, index) => ({ value, label: t(`contact.outcomes.${value}`), keyName: String(index + 1) }))} onChange={(value) => { setValue('outcome', value); }} />
        )}
        <TextArea label={t('contact.noteWithKey', { key: noteKey })} rows={4} maxLength={10_000} {...register('note')} />
        {create.error !== null && (
          <p role="alert" className="text-sm text-critical">
            {create.error.message}
          </p>
        )}
        <div className="flex items-center justify-end gap-2">
          <span className="mr-auto text-xs text-faint">{t('contact.logKeys')}</span>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" busy={create.isPending}>
            {t('contact.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
