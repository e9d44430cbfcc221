import { Download, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { courseAudiences, courseExportFormats, type Course } from '#contract/learning/courses';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { runJob } from '#renderer/data/jobs';
import { Button } from '#renderer/kit/Button';
import { SkeletonRows } from '#renderer/kit/Face';
import { Select } from '#renderer/kit/Field';
import { Menu, MenuItem } from '#renderer/kit/Menu';
import { Segments } from '#renderer/kit/Segments';
import { toast } from '#renderer/kit/toasts';
import { Failure } from '#renderer/shell/Failure';
import { tellFailure } from '#renderer/shell/tellFailure';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { BlueprintForm, blueprintProblem } from './BlueprintForm';
import { CourseCounts } from './CourseCounts';
import type { BlueprintDraft } from './courseDraft';
import { CourseHistory } from './CourseHistory';
import { CourseQuestions } from './CourseQuestions';

const parts = ['questions', 'blueprint', 'history'] as const;
type Part = (typeof parts)[number];

/** One course: its questions, how it is made up, and what was imported. */
export function CoursePage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const course = useEntry('learning.courses.get', { id }, { keep: true });
  useScreenTitle(course.data?.title ?? t('places.packs'));
  const [part, setPart] = useState<Part>('questions');
  if (course.error !== null) return <Failure error={course.error} onRetry={() => void course.refetch()} />;
  if (course.data === undefined) return <SkeletonRows label={t('common.loading')} />;
  const { data } = course;
  return (
    <div className="h-full overflow-y-auto p-4 sm:p-6">
      <div className="mx-auto flex max-w-5xl flex-col gap-5">
        <header className="flex flex-col gap-3">
          <div className="flex flex-wrap items-start justify-between gap-3">
            <div className="min-w-0 flex-1">
              <Link href="/packs" className="text-sm text-muted underline underline-offset-2">
                {t('packs.all')}
              </Link>
              <p className="mt-1 text-muted">{[data.version, data.author, data.licence].filter((each) => each !== null).join(' · ')}</p>
              {data.notice !== null && <p className="text-medium">{data.notice}</p>}
              {data.description !== '' && <p className="text-muted">{data.description}</p>}
            </div>
            <CourseActions course={data} />
          </div>
          <CourseCounts counts={data} />
        </header>
        <div>
          <Segments label={t('packs.parts.title')} value={part} segments={parts.map((value) => ({ value, label: t(`packs.parts.${value}`) }))} onChange={setPart} />
        </div>
        {part === 'questions' && <CourseQuestions course={data} />}
        {part === 'blueprint' && <CourseBlueprint key={data.updatedAt} course={data} />}
        {part === 'history' && <CourseHistory courseId={id} />}
      </div>
    </div>
  );
}

function CourseActions({ course }: { readonly course: Course }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [exporting, setExporting] = useState(false);
  const remove = useCommand('learning.courses.remove');
  const undo = useCommand('learning.courses.undo');
  const save = async (format: (typeof courseExportFormats)[number]): Promise<void> => {
    setExporting(true);
    try {
      const made = await runJob('learning.courses.export', { id: course.id, format });
      if (await window.ivy.saveDownload(made.downloadId, made.name)) toast({ title: t('packs.exported', { name: made.name }) });
    } catch (error) {
      tellFailure(error);
    } finally {
      setExporting(false);
    }
  };
  const putBack = (): void => { remove.mutate({ id: course.id, removed: false }, { onError: tellFailure }); };
  const takenAway = (): void => {
    toast({ title: t('packs.removed', { title: course.title }), action: { label: t('packs.putBack'), run: putBack } });
    go('/packs');
  };
  return (
    <div className="flex flex-wrap gap-2">
      <Menu
        trigger={
          <Button icon={<Download size={14} aria-hidden />} busy={exporting}>
            {t('packs.export')}
          </Button>
        }
      >
        {courseExportFormats.map((format) => (
          <MenuItem key={format} onSelect={() => void save(format)}>
            {t(`packs.exportFormats.${format}`)}
          </MenuItem>
        ))}
      </Menu>
      {course.mine && (
        <>
          <Button
            icon={<Undo2 size={14} aria-hidden />}
            busy={undo.isPending}
            onClick={() => {
              undo.mutate(
                { id: course.id },
                {
                  onSuccess: ({ removed, added, changed, retired }) => {
                    if (removed) takenAway();
                    else toast({ title: t('packs.undone', { changes: added + changed + retired }) });
                  },
                  onError: tellFailure,
                },
              );
            }}
          >
            {t('packs.undo')}
          </Button>
          <Button look="quiet" icon={<Trash2 size={14} aria-hidden />} busy={remove.isPending} onClick={() => { remove.mutate({ id: course.id }, { onSuccess: takenAway, onError: tellFailure }); }}>
            {t('packs.remove')}
          </Button>
        </>
      )}
    </div>
  );
}

function CourseBlueprint({ course }: { readonly course: Course }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<BlueprintDraft>({ title: course.title, exam: course.exam, domains: course.domains });
  const [audience, setAudience] = useState(course.audience);
  const update = useCommand('learning.courses.update');
  const save = (): void => {
    update.mutate(
      {
        id: course.id,
        title: draft.title,
        exam: draft.exam,
        audience,
        domains: draft.domains.map(({ code, title, weight, topics }) => ({ code, title, weight, topics: topics.map((topic) => ({ code: topic.code, title: topic.title })) })),
      },
      { onSuccess: () => { toast({ title: t('packs.saved') }); }, onError: tellFailure },
    );
  };
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <fieldset disabled={!course.mine} className="contents">
        <BlueprintForm blueprint={draft} onChange={setDraft} />
        <Select label={t('packs.audience')} className="max-w-xs" value={audience} options={courseAudiences.map((value) => ({ value, label: t(`packs.audiences.${value}`) }))} onChange={(event) => { setAudience(event.target.value as typeof audience); }} />
        {course.mine && (
          <Button type="submit" look="primary" className="self-start" busy={update.isPending} disabled={blueprintProblem(draft) !== null}>
            {t('packs.save')}
          </Button>
        )}
      </fieldset>
    </form>
  );
}
