import { useTranslation } from 'react-i18next';
import { useEntry } from '#renderer/data/hooks';
import { Dialog } from '#renderer/kit/Dialog';
import { SkeletonRows } from '#renderer/kit/Face';
import { Failure } from '#renderer/shell/Failure';
import { Replaced } from './Replaced';

/** JSON that can be read; what was cut off stays as it is. */
function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** A text as it left or came, which scrolls by keyboard too. */
export function Wire({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <pre tabIndex={0} role="region" aria-label={label} className="max-h-60 overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs break-words whitespace-pre-wrap">
      {text}
    </pre>
  );
}

/** One call: exactly what was sent and what came back, with pseudonyms. */
export function CallDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const found = useEntry('platform.language.call', { id });
  return (
    <Dialog open wide onClose={onClose} title={t('language.call.title')} description={t('language.call.detail')} closeLabel={t('common.close')}>
      {found.error !== null ? (
        <Failure error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data === undefined ? (
        <SkeletonRows rows={6} label={t('common.loading')} />
      ) : (
        <div className="flex flex-col gap-4">
          <p className="text-sm text-muted">{t('language.call.to', { host: found.data.call.host, model: found.data.call.model, requests: found.data.call.requests })}</p>
          <Replaced counts={found.data.call.redactions} />
          {found.data.sent === null ? (
            <p className="text-muted">{t('language.call.gone')}</p>
          ) : (
            <>
              <h3 className="font-medium">{t('language.call.sent')}</h3>
              <Wire label={t('language.call.sent')} text={readable(found.data.sent)} />
              {found.data.answered !== null && (
                <>
                  <h3 className="font-medium">{t('language.call.answered')}</h3>
                  <Wire label={t('language.call.answered')} text={readable(found.data.answered)} />
                </>
              )}
            </>
          )}
        </div>
      )}
    </Dialog>
  );
}
