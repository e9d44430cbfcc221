import { DateTime } from 'luxon';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { channelsOfPurpose, type ConsentChannel, type ConsentPurpose, consentPurposes, consentWays } from '#domain/platform/consent';
import { useCommand } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Dialog } from '#renderer/kit/Dialog';
import { Select, TextField } from '#renderer/kit/Field';
import { Segments } from '#renderer/kit/Segments';
import { toast } from '#renderer/kit/toasts';
import { useSignedIn } from '#renderer/shell/session';
import { tellFailure } from '#renderer/shell/tellFailure';

interface RecordConsentProps {
  readonly lead: { readonly id: string; readonly name: string };
  readonly purpose?: ConsentPurpose;
  readonly channel?: ConsentChannel;
  readonly onClose: () => void;
}

/** What a person said about being contacted: for what, by which way, yes or no, how, and until when. */
export function RecordConsent({ lead, purpose: firstPurpose = 'admissions', channel: firstChannel = 'email', onClose }: RecordConsentProps) {
  const { t } = useTranslation();
  const { timeZone } = useSignedIn().workspace;
  const record = useCommand('admissions.consents.record');
  const remove = useCommand('admissions.consents.remove');
  const [purpose, setPurpose] = useState(firstPurpose);
  const [channel, setChannel] = useState(firstChannel);
  const [said, setSaid] = useState<'yes' | 'no'>('yes');
  const [basis, setBasis] = useState<(typeof consentWays)[number]>('spoken');
  const [until, setUntil] = useState('');
  const save = (): void => {
    // A day is meant to its end.
    const expiresAt = said === 'no' || until === '' ? null : DateTime.fromISO(until, { zone: timeZone }).endOf('day').toMillis();
    record.mutate(
      { leadId: lead.id, purpose, channel, granted: said === 'yes', basis, expiresAt },
      {
        onSuccess: ({ id }) => {
          onClose();
          toast({ title: t(said === 'yes' ? 'consents.recordedYes' : 'consents.recordedNo', { name: lead.name, channel: t(`consents.channels.${channel}`) }), action: { label: t('common.undo'), run: () => { remove.mutate({ id }, { onError: tellFailure }); } } });
        },
      },
    );
  };
  return (
    <Dialog open onClose={onClose} title={t('consents.recordTitle', { name: lead.name })} closeLabel={t('common.close')}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <div className="flex flex-wrap gap-3">
          <Segments autoFocus label={t('consents.answer')} value={said} segments={[{ value: 'yes', label: t('consents.yes') }, { value: 'no', label: t('consents.no') }]} onChange={setSaid} />
          <Segments label={t('consents.channel')} value={channel} segments={channelsOfPurpose(purpose).map((value) => ({ value, label: t(`consents.channels.${value}`) }))} onChange={setChannel} />
        </div>
        <div className="grid gap-3 sm:grid-cols-2">
          <Select label={t('consents.purpose')} value={purpose} options={consentPurposes.map((value) => ({ value, label: t(`consents.purposes.${value}`) }))} onChange={(event) => { const next = event.target.value as ConsentPurpose; setPurpose(next); setChannel(channelsOfPurpose(next)[0] ?? 'email'); }} />
          <Select label={t('consents.how')} value={basis} options={consentWays.map((value) => ({ value, label: t(`consents.ways.${value}`) }))} onChange={(event) => { setBasis(event.target.value as (typeof consentWays)[number]); }} />
          {said === 'yes' && <TextField label={t('consents.until')} type="date" value={until} hint={t('consents.untilHint')} onChange={(event) => { setUntil(event.target.value); }} />}
        </div>
        {record.error !== null && (
          <p role="alert" className="text-sm text-critical">
            {record.error.message}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" busy={record.isPending}>
            {t('consents.record')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
