import { Copy, Printer, Save } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useJobs } from '#renderer/data/jobs';
import { Button } from '#renderer/kit/Button';
import { copyText } from '#renderer/kit/copyText';
import { Check } from '#renderer/kit/Field';
import { Bar } from '#renderer/kit/Marks';
import { toast } from '#renderer/kit/toasts';
import { saveText } from './saveText';
import type { SampleFill } from './useSampleFill';
import { Page } from './WizardFrame';

interface KeyStepProps {
  readonly recoveryKey: string;
  readonly workspaceName: string;
  readonly kept: boolean;
  readonly onKept: (kept: boolean) => void;
  readonly sample: SampleFill;
}

/** The recovery key, this once. Whoever closes the window before having kept it is asked by the browser. */
export function KeyStep({ recoveryKey, workspaceName, kept, onKept, sample }: KeyStepProps) {
  const { t } = useTranslation();
  useEffect(() => {
    // A window of Electron would be held open without a word.
    if (kept || window.ivy.door !== 'web') return;
    const warn = (event: BeforeUnloadEvent): void => {
      event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('beforeunload', warn);
    };
  }, [kept]);
  const copied = (): void => {
    toast({ title: copyText(recoveryKey) ? t('setup.key.copied') : t('setup.key.notCopied') });
  };
  return (
    <Page title={t('setup.key.title')} detail={t('setup.key.detail')}>
      <div className="rounded-md border border-line-strong/60 bg-bg p-4">
        <p className="text-sm text-muted">{t('setup.key.of', { name: workspaceName })}</p>
        <p data-testid="recovery-key" aria-label={t('setup.key.label')} className="tabular mt-1 font-mono text-lg font-semibold tracking-wide break-words">
          {recoveryKey}
        </p>
      </div>
      <div data-no-print className="flex flex-wrap gap-2">
        <Button icon={<Copy size={14} aria-hidden />} onClick={copied}>
          {t('setup.key.copy')}
        </Button>
        <Button icon={<Printer size={14} aria-hidden />} onClick={() => { window.print(); }}>
          {t('setup.key.print')}
        </Button>
        <Button icon={<Save size={14} aria-hidden />} onClick={() => { saveText('Ivy recovery key.txt', t('setup.key.file', { name: workspaceName, key: recoveryKey })); }}>
          {t('setup.key.save')}
        </Button>
      </div>
      <p className="max-w-prose text-sm text-muted">{t('setup.key.where')}</p>
      <div data-no-print>
        <Check label={t('setup.key.kept')} checked={kept} onChange={(event) => { onKept(event.target.checked); }} />
      </div>
      <SampleProgress sample={sample} />
    </Page>
  );
}

/** How far the made-up leads are; they come while the key is read. */
function SampleProgress({ sample }: { readonly sample: SampleFill }) {
  const { t } = useTranslation();
  const job = useJobs(({ running }) => (sample.jobId === null ? undefined : running[sample.jobId]));
  const share = job === undefined || job.progress.total === 0 ? 0 : job.progress.done / job.progress.total;
  if (sample.state === 'none') return null;
  if (sample.state === 'failed') {
    return (
      <div role="alert" data-no-print className="flex flex-wrap items-center gap-2 text-sm text-critical">
        <span>{t('setup.sample.failed', { why: sample.problem })}</span>
        <Button size="small" onClick={sample.begin}>
          {t('problem.retry')}
        </Button>
      </div>
    );
  }
  const percent = sample.state === 'filled' ? 100 : Math.round(share * 100);
  return (
    <div data-no-print role="status" className="flex items-center gap-3 text-sm text-muted">
      <span className="w-28 shrink-0">
        <Bar value={percent / 100} label={t('status.share', { percent })} tone="good" />
      </span>
      <span>{sample.state === 'filled' ? t('setup.sample.filled') : t('setup.sample.filling')}</span>
    </div>
  );
}
