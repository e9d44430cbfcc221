import { CloudOff, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { cancelJob, type RunningJob, useJobs } from '#renderer/data/jobs';
import { IconButton } from '#renderer/kit/Button';
import { Bar } from '#renderer/kit/Marks';

interface StatusText {
  readonly text: string;
  readonly set: (text: string) => void;
}

/** What the screen of the moment says of itself: what, and how fresh. */
export const useStatusText = create<StatusText>((set) => ({
  text: '',
  set: (text) => {
    set({ text });
  },
}));

/** Says something in the status line while a screen is shown. */
export function useStatus(text: string): void {
  const set = useStatusText((status) => status.set);
  useEffect(() => {
    set(text);
    return () => {
      set('');
    };
  }, [set, text]);
}

function useNow(active: boolean): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => {
      setNow(performance.now());
    }, 1_000);
    return () => {
      clearInterval(timer);
    };
  }, [active]);
  return now;
}

function JobProgress({ job, now }: { readonly job: RunningJob; readonly now: number }) {
  const { t } = useTranslation();
  const { done, total, note } = job.progress;
  const share = total > 0 ? done / total : 0;
  const seconds = share > 0.05 ? Math.ceil(((now - job.since) / 1_000) * (1 / share - 1)) : null;
  const label = note === '' ? t('status.working') : note;
  return (
    <div className="flex items-center gap-2" role="status">
      <span className="max-w-56 truncate">{label}</span>
      <span className="w-24">
        <Bar value={share} label={t('status.share', { percent: Math.round(share * 100) })} tone="good" />
      </span>
      <span className="tabular w-10 text-right">{Math.round(share * 100)} %</span>
      {seconds !== null && seconds > 2 && <span className="tabular max-sm:hidden">{t('status.left', { count: seconds })}</span>}
      <IconButton
        label={t('status.cancel', { what: label })}
        className="size-6"
        onClick={() => {
          cancelJob(job.jobId);
        }}
      >
        <X size={14} aria-hidden />
      </IconButton>
    </div>
  );
}

/** What is shown and how fresh, what is under way, and that no network is needed. */
export function StatusLine() {
  const { t } = useTranslation();
  const text = useStatusText((status) => status.text);
  const running = Object.values(useJobs(({ running: jobs }) => jobs));
  const now = useNow(running.length > 0);
  return (
    <footer data-no-print className="flex min-h-8 shrink-0 flex-wrap items-center gap-x-4 border-t border-line bg-surface px-4 text-xs text-muted">
      <span className="min-w-0 flex-1 truncate">{text}</span>
      {running.map((job) => (
        <JobProgress key={job.jobId} job={job} now={now} />
      ))}
      <span className="flex items-center gap-1 text-faint max-sm:hidden" title={t('status.offlineHint')}>
        <CloudOff size={12} aria-hidden />
        {t('status.offline')}
      </span>
    </footer>
  );
}
