import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { LeadDetail } from '#contract/admissions/leads';
import { CallFailure } from '#renderer/data/client';
import { useCommand } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Dialog } from '#renderer/kit/Dialog';
import { Select, TextField } from '#renderer/kit/Field';
import { toast } from '#renderer/kit/toasts';
import { tellFailure } from '#renderer/shell/tellFailure';

const textFields = ['givenName', 'familyName', 'email', 'phone', 'source', 'course', 'campus', 'country', 'city'] as const;
const channels = ['email', 'phone'] as const;
type Consent = 'given' | 'refused' | 'unknown';
type Values = Record<(typeof textFields)[number], string> & Record<`${(typeof channels)[number]}Consent`, Consent>;
type Changes = Partial<Record<(typeof textFields)[number], string | null> & Record<`${(typeof channels)[number]}Consent`, boolean>>;

function asAnswer(consent: LeadDetail['channels']['email']['consent']): Consent {
  return consent === 'expired' ? 'unknown' : consent;
}

function valuesOf(lead: LeadDetail): Values {
  const texts = Object.fromEntries(textFields.map((name) => [name, lead[name] ?? ''])) as Record<(typeof textFields)[number], string>;
  // A yes that has run out is none any more.
  const of = (channel: (typeof channels)[number]): Consent => (asAnswer(lead.channels[channel].consent));
  return { ...texts, emailConsent: of('email'), phoneConsent: of('phone') };
}

/** Only what was changed, so that what somebody else changed meanwhile stays. */
function changesBetween(before: Values, after: Values): Changes {
  const changes: Changes = {};
  for (const name of textFields) if (after[name].trim() !== before[name]) changes[name] = after[name].trim() === '' ? null : after[name].trim();
  for (const channel of channels) {
    const consent = after[`${channel}Consent`];
    if (consent !== before[`${channel}Consent`] && consent !== 'unknown') changes[`${channel}Consent`] = consent === 'given';
  }
  return changes;
}

/** Changes what is known of a lead, and whether they may be written to or called. */
export function EditLead({ lead, onClose }: { readonly lead: LeadDetail; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const update = useCommand('admissions.leads.update');
  const before = valuesOf(lead);
  const { register, handleSubmit } = useForm<Values>({ defaultValues: before });
  const conflict = update.error instanceof CallFailure && update.error.code === 'conflict';
  const submit = handleSubmit((values) => {
    const changes = changesBetween(before, values);
    if (Object.keys(changes).length === 0) {
      onClose();
      return;
    }
    const undo: Changes = changesBetween({ ...values, emailConsent: 'unknown', phoneConsent: 'unknown' }, { ...before, emailConsent: 'unknown', phoneConsent: 'unknown' });
    update.mutate(
      { id: lead.id, ...(conflict ? {} : { revision: lead.revision }), ...changes },
      {
        onSuccess: ({ name }) => {
          onClose();
          const back = (): void => {
            update.mutate({ id: lead.id, ...undo }, { onError: tellFailure });
          };
          toast({ title: t('lead.changed', { name }), ...(Object.keys(undo).length > 0 ? { action: { label: t('common.undo'), run: back } } : {}) });
        },
      },
    );
  });
  return (
    <Dialog open onClose={onClose} title={t('lead.editTitle', { name: lead.name })} closeLabel={t('common.close')}>
      <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        <div className="grid gap-3 sm:grid-cols-2">
          {textFields.map((name) => (
            <TextField key={name} label={t(`leads.add.${name}`)} type={name === 'email' ? 'email' : name === 'phone' ? 'tel' : 'text'} maxLength={name === 'phone' ? 60 : 200} autoComplete="off" {...register(name)} />
          ))}
        </div>
        <div className="grid gap-3 sm:grid-cols-2">
          {channels.map((channel) => (
            <Select
              key={channel}
              label={t(`lead.consent.${channel}`)}
              options={(['unknown', 'given', 'refused'] as const).map((value) => ({ value, label: t(`lead.consent.${value}`), disabled: value === 'unknown' && before[`${channel}Consent`] !== 'unknown' }))}
              {...register(`${channel}Consent`)}
            />
          ))}
        </div>
        {update.error !== null && (
          <p role="alert" className="text-sm text-critical">
            {update.error.message}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" busy={update.isPending}>
            {t(conflict ? 'lead.saveAnyway' : 'lead.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
