import { Archive, CircleCheck, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '#renderer/data/format';
import { useCommand } from '#renderer/data/hooks';
import { runJob } from '#renderer/data/jobs';
import { Button } from '#renderer/kit/Button';
import { useSignedIn } from '#renderer/shell/session';
import { tellFailure } from '#renderer/shell/tellFailure';
import { Section } from './Section';

/** The whole workspace in one file, still encrypted; whether it is sound; and how to get it back. */
export function Backups() {
  const { t } = useTranslation();
  const formats = useFormats(useSignedIn().workspace.timeZone);
  const check = useCommand('platform.backups.check');
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState<{ readonly name: string; readonly megabytes: string; readonly at: number; readonly checksum: string } | null>(null);
  const create = async (): Promise<void> => {
    setBusy(true);
    try {
      const { downloadId, name, bytes, createdAt, checksum } = await runJob('platform.backups.create', {});
      if (await window.ivy.saveDownload(downloadId, name)) setMade({ name, megabytes: formats.number(Math.max(0.1, Math.round(bytes / 1e5) / 10)), at: createdAt, checksum });
    } catch (error) {
      tellFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section id="backups" detail={t('settings.backups.detail')}>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" icon={<Archive size={14} aria-hidden />} busy={busy} onClick={() => void create()}>
          {t('settings.backups.create')}
        </Button>
        <Button icon={<ShieldCheck size={14} aria-hidden />} busy={check.isPending} onClick={() => { check.mutate({}); }}>
          {t('settings.backups.check')}
        </Button>
      </div>
      {made !== null && (
        <div role="status" className="flex items-start gap-2 text-sm">
          <CircleCheck size={14} aria-hidden className="mt-0.5 shrink-0 text-good" />
          <div className="min-w-0">
            <p>{t('settings.backups.made', { name: made.name, megabytes: made.megabytes, when: formats.moment(made.at) })}</p>
            <p className="font-mono text-xs break-all text-muted">SHA-256 {made.checksum}</p>
          </div>
        </div>
      )}
      {check.data?.intact === true && (
        <p role="status" className="flex items-center gap-2 text-sm text-good">
          <CircleCheck size={14} aria-hidden />
          {t('settings.backups.sound')}
        </p>
      )}
      {check.data?.intact === false && (
        <div role="alert" className="text-sm">
          <p className="font-medium text-critical">{t('settings.backups.damaged')}</p>
          <ul className="mt-1 list-disc pl-5">
            {check.data.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </div>
      )}
      {check.error !== null && (
        <p role="alert" className="text-sm text-critical">
          {check.error.message}
        </p>
      )}
      <div className="max-w-prose text-sm text-muted">
        <h3 className="font-medium text-text">{t('settings.backups.restore')}</h3>
        <p>{t('settings.backups.restoreDetail')}</p>
      </div>
    </Section>
  );
}
