import { CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '#renderer/data/format';
import { useJobs } from '#renderer/data/jobs';
import { Bar } from '#renderer/kit/Marks';
import type { Rescore } from './useRescore';

/** How far the scoring is that a change began. It goes on when one leaves. */
export function RescoreProgress({ rescore }: { readonly rescore: Rescore }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const job = useJobs(({ running }) => (rescore.jobId === null ? undefined : running[rescore.jobId]));
  if (rescore.problem !== null) {
    return (
      <p role="alert" className="text-sm text-critical">
        {t('settings.rescore.failed', { why: rescore.problem })}
      </p>
    );
  }
  if (rescore.result !== null) {
    const { scored, changed } = rescore.result;
    return (
      <p role="status" className="tabular flex items-center gap-2 text-sm text-good">
        <CircleCheck size={14} aria-hidden />
        {t('settings.rescore.done', { count: scored, changed: formats.number(changed) })}
      </p>
    );
  }
  if (rescore.jobId === null) return null;
  const percent = job === undefined || job.progress.total === 0 ? 0 : Math.round((job.progress.done / job.progress.total) * 100);
  return (
    <div role="status" className="flex items-center gap-3 text-sm text-muted">
      <span className="w-32 shrink-0">
        <Bar value={percent / 100} label={t('status.share', { percent })} tone="good" />
      </span>
      <span className="tabular">{t('settings.rescore.running', { percent })}</span>
    </div>
  );
}
