import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { LeadRow } from '#contract/admissions/leads';
import { touchpointKinds, type TouchpointKind, type TouchpointOutcome } from '#domain/admissions/leads/touchpoints';
import { useCommand } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Dialog } from '#renderer/kit/Dialog';
import { Select, TextArea } from '#renderer/kit/Field';
import { Segments } from '#renderer/kit/Segments';
import { toast } from '#renderer/kit/toasts';
import { tellFailure } from '#renderer/shell/tellFailure';
import { useScoreChange } from './useScoreChange';

/** How a contact of ours can end; what the other side begins has no outcome. */
const outcomesOf: Readonly<Record<TouchpointKind, readonly TouchpointOutcome[]>> = {
  call: ['reached', 'left_message', 'no_answer'],
  email: ['sent', 'replied'],
  sms: ['sent', 'replied'],
  meeting: ['attended', 'no_answer'],
  event: ['attended', 'sent'],
  visit: ['attended', 'no_answer'],
  note: [],
};

interface Values {
  kind: TouchpointKind;
  direction: 'outbound' | 'inbound';
  outcome: TouchpointOutcome | '';
  note: string;
}

interface LogContactProps {
  readonly lead: LeadRow;
  readonly kind: TouchpointKind;
  readonly onClose: () => void;
}

/** What happened with a lead just now. Says how the score moved with it, and can be undone. */
export function LogContact({ lead, kind: firstKind, onClose }: LogContactProps) {
  const { t } = useTranslation();
  const create = useCommand('admissions.touchpoints.create');
  const remove = useCommand('admissions.touchpoints.remove');
  const scoreChange = useScoreChange();
  const { register, control, setValue, handleSubmit } = useForm<Values>({
    defaultValues: { kind: firstKind, direction: 'outbound', outcome: outcomesOf[firstKind][0] ?? '', note: '' },
  });
  const { kind, direction } = useWatch({ control }) as Values;
  const outcomes = direction === 'inbound' ? [] : outcomesOf[kind];
  const choose = (next: TouchpointKind): void => {
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
  return (
    <Dialog open onClose={onClose} title={t('contact.logTitle', { name: lead.name })} closeLabel={t('common.close')}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => void submit(event)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void submit(event);
        }}
      >
        <div className="flex flex-wrap items-end gap-4">
          <Select
            label={t('contact.kind')}
            className="w-36"
            options={touchpointKinds.map((value) => ({ value, label: t(`contact.kinds.${value}`) }))}
            {...register('kind', { onChange: (event: { target: { value: TouchpointKind } }) => { choose(event.target.value); } })}
          />
          {kind !== 'note' && (
            <Segments
              label={t('contact.direction')}
              value={direction}
              segments={[
                { value: 'outbound', label: t('contact.outbound') },
                { value: 'inbound', label: t('contact.inbound') },
              ]}
              onChange={(value) => { setValue('direction', value); }}
            />
          )}
          {outcomes.length > 0 && (
            <Select label={t('contact.outcome')} className="w-44" options={outcomes.map((value) => ({ value, label: t(`contact.outcomes.${value}`) }))} {...register('outcome')} />
          )}
        </div>
        <TextArea label={t('contact.note')} autoFocus rows={4} maxLength={10_000} {...register('note')} />
        {create.error !== null && (
          <p role="alert" className="text-sm text-critical">
            {create.error.message}
          </p>
        )}
        <div className="flex items-center justify-end gap-2">
          <span className="mr-auto text-xs text-faint">{t('contact.saveKeys')}</span>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" busy={create.isPending}>
            {t('contact.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
