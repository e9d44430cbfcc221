import { useTranslation } from 'react-i18next';
import type { ConsentRecord, ConsentStanding } from '#contract/admissions/consents';
import { channelsOfPurpose, consentPurposes } from '#domain/platform/consent';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Skeleton } from '#renderer/kit/Face';
import { Card, Key } from '#renderer/kit/Marks';
import { useSignedIn } from '#renderer/shell/session';
import { ConsentMark } from './ConsentMark';

/** Says when, how and by whom a consent was recorded, and until when it holds. */
export function useConsentDetail(): (record: ConsentRecord | null) => string {
  const { t } = useTranslation();
  const formats = useFormats(useSignedIn().workspace.timeZone);
  return (record) =>
    record === null
      ? t('consents.nobodyAsked')
      : [
          formats.date(record.at),
          t(`consents.ways.${record.basis}`),
          ...(record.by === null ? [] : [record.by]),
          ...(record.expiresAt === null ? [] : [t('consents.endsOn', { day: formats.date(record.expiresAt) })]),
        ].join(' · ');
}

/** What a person said about being contacted, for each purpose and channel: what holds, since when, how and until when. */
export function Consents({ leadId, onRecord }: { readonly leadId: string; readonly onRecord: (of?: ConsentStanding) => void }) {
  const { t } = useTranslation();
  const detail = useConsentDetail();
  const consents = useEntry('admissions.consents.list', { leadId }, { keep: true });
  const { standing = [], history = [] } = consents.data ?? {};
  return (
    <Card
      title={t('consents.title')}
      action={
        <Button size="small" onClick={() => { onRecord(); }}>
          {t('consents.record')} <Key>P</Key>
        </Button>
      }
    >
      {consents.error !== null && (
        <p role="alert" className="text-sm text-critical">
          {consents.error.message}
        </p>
      )}
      {consents.data === undefined && consents.error === null && <Skeleton className="h-40" />}
      <div className="flex flex-col gap-4">
        {consents.data !== undefined &&
          consentPurposes.map((purpose) => (
            <section key={purpose} aria-label={t(`consents.purposes.${purpose}`)}>
              <h3 className="mb-1 text-sm font-medium">{t(`consents.purposes.${purpose}`)}</h3>
              <ul className="flex flex-col">
                {channelsOfPurpose(purpose).map((channel) => {
                  const found = standing.find((each) => each.purpose === purpose && each.channel === channel);
                  if (found === undefined) return null;
                  return (
                    <li key={channel}>
                      <button type="button" className="-mx-2 grid w-[calc(100%+16px)] grid-cols-[80px_1fr] items-baseline gap-x-2 rounded px-2 py-1 text-left hover:bg-sunken" onClick={() => { onRecord(found); }}>
                        <span className="text-sm text-muted">{t(`consents.channels.${channel}`)}</span>
                        <ConsentMark state={found.state} />
                        {found.record !== null && <span className="col-start-2 text-xs text-faint">{detail(found.record)}</span>}
                      </button>
                    </li>
                  );
                })}
              </ul>
            </section>
          ))}
      </div>
      {history.length > 0 && (
        <details className="mt-3 border-t border-line pt-3">
          <summary className="w-fit rounded text-sm font-medium text-muted hover:text-text">{t('consents.history', { count: history.length })}</summary>
          <ol className="mt-2 flex flex-col gap-1.5 text-sm">
            {history.map((record) => (
              <li key={record.id} className="flex flex-wrap items-baseline gap-x-2">
                <ConsentMark state={record.granted ? 'given' : 'refused'} />
                <span>
                  {t(`consents.channels.${record.channel}`)}, {t(`consents.purposes.${record.purpose}`)}
                </span>
                <span className="text-xs text-faint">{detail(record)}</span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </Card>
  );
}
