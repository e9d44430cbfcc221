import { useQueryClient } from '@tanstack/react-query';
import { ArchiveRestore } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, messageOf } from '#renderer/data/client';
import { Button } from '#renderer/kit/Button';
import { toast } from '#renderer/kit/toasts';
import { Page } from './WizardFrame';

interface RestoreProps {
  readonly onBack: () => void;
  readonly onRestored: () => void;
}

/** A backup in the place of a new workspace. It opens with the pass phrases of its day. */
export function Restore({ onBack, onRestored }: RestoreProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const restore = async (): Promise<void> => {
    setProblem(null);
    try {
      const file = await window.ivy.chooseFile({ title: t('setup.restore.choose'), extensions: ['ivybackup'] });
      if (file === null) return;
      setBusy(true);
      await call('platform.backups.restore', { fileId: file.fileId });
      toast({ title: t('setup.restore.done', { name: file.name }) });
      await client.invalidateQueries();
      onRestored();
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Page title={t('setup.restore.title')} detail={t('setup.restore.detail')}>
      <div>
        <Button look="primary" busy={busy} icon={<ArchiveRestore size={14} aria-hidden />} onClick={() => void restore()}>
          {t('setup.restore.choose')}
        </Button>
      </div>
      {busy && (
        <p role="status" className="text-muted">
          {t('setup.restore.busy')}
        </p>
      )}
      {problem !== null && (
        <p role="alert" className="max-w-prose text-critical">
          {problem}
        </p>
      )}
      <div className="mt-auto flex border-t border-line pt-4">
        <Button look="quiet" disabled={busy} onClick={onBack}>
          {t('common.back')}
        </Button>
      </div>
    </Page>
  );
}
