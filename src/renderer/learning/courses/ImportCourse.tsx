import { CircleCheckBig } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { cancelJob, useJobs } from '#renderer/data/jobs';
import { Button } from '#renderer/kit/Button';
import { DropZone } from '#renderer/kit/DropZone';
import { Bar } from '#renderer/kit/Marks';
import { WizardSteps } from '#renderer/kit/WizardSteps';
import { useSignedIn } from '#renderer/shell/session';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { BlueprintStep } from './BlueprintStep';
import { ColumnsStep } from './ColumnsStep';
import { CourseCounts } from './CourseCounts';
import { chooseCourse, setDraft, startOver, steps, takeUp, useCourseDraft } from './courseDraft';

const extensions = ['ivypack', 'zip', 'csv', 'tsv', 'xlsx', 'gift', 'txt', 'xml', 'apkg'];

/** A file becomes a course: one page, its steps on the left. It can be left and resumed. */
export function ImportCourse() {
  const { t } = useTranslation();
  useScreenTitle(t('packs.importTitle'));
  const { step, file, busy, error, result, preview } = useCourseDraft();
  const { user } = useSignedIn();
  useEffect(() => {
    takeUp(user.id, user.role === 'student' ? 'nobody' : 'everyone');
  }, [user]);
  const shown = steps.filter((each) => each !== 'columns' || preview?.table !== null);
  const at = shown.indexOf(step);
  return (
    <div className="flex h-full min-h-0 max-md:flex-col">
      <nav aria-label={t('packs.steps.title')} className="shrink-0 border-line p-4 max-md:border-b md:w-44 md:border-r md:px-4 md:py-6">
        <WizardSteps
          current={step}
          steps={shown.map((each, index) => ({
            step: each,
            label: t(`packs.steps.${each}`),
            done: index < at || (each === 'result' && result !== null),
            open: index < at && busy === null && step !== 'result',
          }))}
          onOpen={(each) => { setDraft({ step: each }); }}
        />
        {file !== null && (
          <div className="mt-4 border-t border-line pt-4 max-md:hidden">
            <p className="truncate text-sm text-muted" title={file.name}>
              {file.name}
            </p>
            {busy === null && (
              <Button size="small" look="quiet" className="mt-1 -ml-2" onClick={startOver}>
                {t('packs.otherFile')}
              </Button>
            )}
          </div>
        )}
      </nav>
      <div className="min-h-0 min-w-0 flex-1 overflow-y-auto">
        {error !== null && (
          <p role="alert" className="m-4 mb-0 rounded-md border border-critical/40 bg-critical/5 px-3 py-2 break-words text-critical sm:mx-6">
            {error}
          </p>
        )}
        {step === 'file' && <FileStep />}
        {step === 'columns' && <ColumnsStep />}
        {step === 'blueprint' && <BlueprintStep />}
        {step === 'result' && <ResultStep />}
      </div>
    </div>
  );
}

function FileStep() {
  const { t } = useTranslation();
  const busy = useCourseDraft(({ busy: what }) => what);
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-6 p-4 sm:p-6">
      <DropZone
        title={t('packs.drop')}
        detail={t('packs.dropDetail')}
        action={t(busy === 'reading' ? 'packs.reading' : 'packs.choose')}
        busy={busy === 'reading'}
        onChoose={() => void chooseCourse(() => window.ivy.chooseFile({ title: t('packs.choose'), extensions }))}
        onDrop={(file) => void chooseCourse(() => window.ivy.addFile(file))}
      />
    </div>
  );
}

function ResultStep() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { busy, jobId, result, blueprint } = useCourseDraft();
  const job = useJobs(({ running }) => (jobId === null ? undefined : running[jobId]));
  if (busy === 'importing') {
    const share = job === undefined || job.progress.total === 0 ? 0 : job.progress.done / job.progress.total;
    return (
      <div role="status" className="mx-auto flex max-w-md flex-col gap-3 px-4 py-16">
        <h2 className="text-lg font-semibold">{t('packs.importing')}</h2>
        <Bar value={share} label={t('status.share', { percent: Math.round(share * 100) })} tone="good" />
        <p className="text-sm text-muted">{job?.progress.note ?? t('common.loading')}</p>
        {jobId !== null && (
          <Button className="self-start" onClick={() => { cancelJob(jobId); }}>
            {t('common.cancel')}
          </Button>
        )}
      </div>
    );
  }
  if (result === null) return null;
  const { courseId, added, changed, retired, unsupported } = result;
  return (
    <div className="mx-auto flex w-full max-w-4xl flex-col gap-4 p-4 sm:p-6">
      <h2 className="flex items-center gap-2 text-lg font-semibold">
        <CircleCheckBig size={18} aria-hidden className="shrink-0 text-good" />
        {t('packs.done', { title: blueprint?.title ?? '' })}
      </h2>
      <p className="text-muted">{added + changed + retired === 0 ? t('packs.doneSame') : t('packs.doneDetail', { added, changed, retired })}</p>
      <CourseCounts counts={result} />
      {unsupported.length > 0 && <p className="text-sm text-medium">{t('packs.unsupported', { types: unsupported.map(({ type, count }) => `${type} (${String(count)})`).join(', ') })}</p>}
      <div className="flex flex-wrap gap-2">
        <Button look="primary" autoFocus onClick={() => { startOver(); go(`/packs/${courseId}`); }}>
          {t('packs.toCourse')}
        </Button>
        <Button onClick={() => { startOver(); go('/library'); }}>{t('packs.toLibrary')}</Button>
        <Button onClick={startOver}>{t('packs.another')}</Button>
      </div>
    </div>
  );
}
