import { Database, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { OutputOf } from '#contract/index';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { cancelJob, useJobs } from '#renderer/data/jobs';
import { Button } from '#renderer/kit/Button';
import { Empty, Skeleton } from '#renderer/kit/Face';
import { Bar, Card } from '#renderer/kit/Marks';
import { Failure } from '#renderer/shell/Failure';
import { TargetSelect, targetWord, useTarget } from '../target';
import { LiveCurve } from './LiveCurve';
import { TrainingForm } from './TrainingForm';
import { TrainingOutcome } from './TrainingOutcome';
import { useTrainingRun } from './trainingRun';

/** Trains a model: what there is to learn from, how, how far it is, and what came of it. */
export function Training() {
  const { t } = useTranslation();
  const { target } = useTarget();
  const options = useEntry('models.training.options', { target });
  const { busy, result, problem, cancelled } = useTrainingRun();
  const outcome = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Who pressed the button at the end of a long form sees that something happens.
    if (busy) outcome.current?.scrollIntoView({ block: 'nearest' });
  }, [busy]);
  if (options.error !== null) return <Failure error={options.error} onRetry={() => void options.refetch()} />;
  if (options.data === undefined) return <Skeleton className="h-72" />;
  const enough = options.data.converted >= options.data.needed && options.data.notConverted >= options.data.needed;
  if (!enough) {
    return (
      <>
        <TargetSelect />
        <TooFew options={options.data} />
      </>
    );
  }
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <TrainingForm options={options.data} />
      <div ref={outcome} className="flex min-w-0 scroll-m-4 flex-col gap-4">
        {busy && <Progress />}
        {problem !== null && (
          <p role="alert" className="rounded-md border border-critical/50 bg-surface p-4">
            {problem}
          </p>
        )}
        {cancelled && (
          <p role="status" className="rounded-md border border-line bg-surface p-4 text-muted">
            {t('models.training.cancelled')}
          </p>
        )}
        {result !== null && <TrainingOutcome result={result} />}
        {!busy && problem === null && !cancelled && result === null && <Explained />}
      </div>
    </div>
  );
}

type Options = OutputOf<'models.training.options'>;

/** What is missing before anything can be learned, and how to get it. */
function TooFew({ options: { converted, notConverted, open, needed } }: { readonly options: Options }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { target } = useTarget();
  const kind = targetWord[target];
  const rows = [
    ['converted', converted],
    ['notConverted', notConverted],
  ] as const;
  return (
    <Empty icon={<Database size={28} aria-hidden />} title={t('models.few.title')} action={target === 'lead.conversion' ? <Link href="/import" className="font-medium underline underline-offset-2">{t('models.few.import')}</Link> : undefined}>
      <p>{t(`models.few.details.${kind}`, { count: needed })}</p>
      <ul className="mt-4 flex flex-col gap-3 text-left">
        {rows.map(([outcome, count]) => (
          <li key={outcome}>
            <span className="flex justify-between gap-3 text-text">
              <span>{t(`models.few.outcomes.${kind}.${outcome}`)}</span>
              <span className="tabular font-medium">{t('models.few.of', { have: formats.number(count), needed: formats.number(needed) })}</span>
            </span>
            <Bar value={count / needed} label={t('models.few.of', { have: formats.number(count), needed: formats.number(needed) })} tone={count >= needed ? 'good' : 'text'} />
            <span className="text-sm">{count >= needed ? t('models.few.enough') : t('models.few.missing', { count: needed - count })}</span>
          </li>
        ))}
      </ul>
      <p className="mt-4 text-sm">{t(`models.few.stillOpen.${kind}`, { count: open })}</p>
    </Empty>
  );
}

/** How far the training is, with what, and the way out. */
function Progress() {
  const { t } = useTranslation();
  const { jobId, input } = useTrainingRun();
  const job = useJobs(({ running }) => (jobId === null ? undefined : running[jobId]));
  const percent = job === undefined || job.progress.total === 0 ? 0 : Math.round((100 * job.progress.done) / job.progress.total);
  return (
    <Card title={t('models.training.running')}>
      <div role="status" className="flex flex-col gap-2">
        <span className="flex justify-between gap-3">
          <span>{job === undefined || job.progress.note === '' ? t('status.working') : job.progress.note}</span>
          <span className="tabular text-muted">{t('status.share', { percent })}</span>
        </span>
        <Bar value={percent / 100} label={t('status.share', { percent })} tone="good" />
      </div>
      {input?.modelType === 'gradient_boosting' && <LiveCurve points={job?.points ?? []} />}
      <p className="mt-3 text-sm text-muted">{t('models.training.goesOn')}</p>
      <Button className="mt-3" icon={<X size={14} aria-hidden />} disabled={jobId === null} onClick={() => { if (jobId !== null) cancelJob(jobId); }}>
        {t('models.training.cancel')}
      </Button>
    </Card>
  );
}

const steps = ['guard', 'judge', 'gate', 'choose'] as const;

/** What will happen, before anything has. */
function Explained() {
  const { t } = useTranslation();
  return (
    <Card title={t('models.training.what')}>
      <ol className="flex list-decimal flex-col gap-2 pl-5">
        {steps.map((step) => (
          <li key={step}>{t(`models.training.steps.${step}`)}</li>
        ))}
      </ol>
    </Card>
  );
}
