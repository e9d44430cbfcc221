import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditRow } from '#contract/platform/audit';
import { resourceTypes } from '#domain/platform/roles';
import { useFormats } from '#renderer/data/format';
import { Button } from '#renderer/kit/Button';
import { copyText } from '#renderer/kit/copyText';
import { Dialog } from '#renderer/kit/Dialog';
import { toast } from '#renderer/kit/toasts';
import { useSignedIn } from '#renderer/shell/session';
import { Action, Outcome } from './Action';

const doors = ['electron', 'web', 'cli'] as const;

function Line({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-sm text-muted max-sm:mt-2">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

/** A value of an entry's details, which are numbers, words and yes or no. */
function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** All that is known of one entry. Who and what is named by identifiers: nothing personal stands in the audit. */
export function AuditDetails({ row, onClose }: { readonly row: AuditRow; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats(useSignedIn().workspace.timeZone);
  const door = doors.find((each) => each === row.door);
  const resource = resourceTypes.find((each) => each === row.resource);
  const details = Object.entries(row.details);
  return (
    <Dialog open wide onClose={onClose} title={t('audit.entry', { number: formats.number(row.sequence) })} closeLabel={t('common.close')}>
      <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[9rem_1fr]">
        <Line label={t('audit.what')}>
          <span className="font-medium">
            <Action name={row.action} />
          </span>
          <span className="block font-mono text-sm text-muted">{row.action}</span>
        </Line>
        <Line label={t('audit.outcome')}>
          <Outcome outcome={row.outcome} />
        </Line>
        <Line label={t('audit.when')}>
          <time dateTime={new Date(row.at).toISOString()}>{formats.moment(row.at)}</time>
          <span className="tabular text-sm text-muted"> · {new Date(row.at).toISOString()}</span>
        </Line>
        <Line label={t('audit.who')}>
          {row.actorName ?? t('audit.nobody')}
          {row.actorId !== null && <span className="block font-mono text-sm text-muted">{row.actorId}</span>}
        </Line>
        <Line label={t('audit.door')}>{door === undefined ? row.door : t(`users.sessions.doors.${door}`)}</Line>
        {row.resource !== null && <Line label={t('audit.resource')}>{resource === undefined ? row.resource : t(`audit.resources.${resource}`)}</Line>}
        {row.targetIds.length > 0 && (
          <Line label={t('audit.targets')}>
            <ul className="max-h-40 overflow-y-auto font-mono text-sm">
              {row.targetIds.map((id) => (
                <li key={id}>{id}</li>
              ))}
            </ul>
          </Line>
        )}
        {details.map(([name, value]) => (
          <Line key={name} label={name}>
            <span className="tabular">{shown(value)}</span>
          </Line>
        ))}
        <Line label={t('audit.hash')}>
          <span className="font-mono text-sm break-all text-muted">{row.hash}</span>
        </Line>
      </dl>
      <div className="mt-6 flex justify-end gap-2">
        <Button icon={<Copy size={14} aria-hidden />} onClick={() => { if (copyText(JSON.stringify(row, null, 2))) toast({ title: t('audit.copied') }); }}>
          {t('audit.copy')}
        </Button>
        <Button look="primary" onClick={onClose}>
          {t('common.close')}
        </Button>
      </div>
    </Dialog>
  );
}
