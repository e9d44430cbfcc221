import { useTranslation } from 'react-i18next';
import { cancelJob, useJobs } from '#renderer/data/jobs';
import { Button } from '#renderer/kit/Button';
import { Bar } from '#renderer/kit/Marks';

/** How far a job of this screen is, with the way to stop it. */
export function JobBar({ jobId, title }: { readonly jobId: string | null; readonly title: string }) {
  const { t } = useTranslation();
  const job = useJobs(({ running }) => (jobId === null ? undefined : running[jobId]));
  const share = job === undefined || job.progress.total === 0 ? 0 : job.progress.done / job.progress.total;
  return (
    <div role="status" className="mx-auto flex max-w-md flex-col gap-3 px-4 py-16">
      <h2 className="text-lg font-semibold">{title}</h2>
      <Bar value={share} label={t('status.share', { percent: Math.round(share * 100) })} tone="good" />
      <div className="flex items-center justify-between text-sm text-muted">
        <span>{job?.progress.note ?? t('common.loading')}</span>
        <span className="tabular">{Math.round(share * 100)} %</span>
      </div>
      <p className="text-sm text-faint">{t('import.mayLeave')}</p>
      {jobId !== null && (
        <Button className="self-start" onClick={() => { cancelJob(jobId); }}>
          {t('common.cancel')}
        </Button>
      )}
    </div>
  );
}
