import { BookOpen, FileUp, FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { runJob } from '#renderer/data/jobs';
import { Button } from '#renderer/kit/Button';
import { Empty, SkeletonRows } from '#renderer/kit/Face';
import { Tag } from '#renderer/kit/Marks';
import { Failure } from '#renderer/shell/Failure';
import { useStatus } from '#renderer/shell/StatusLine';
import { tellFailure } from '#renderer/shell/tellFailure';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';

/** The courses that one may study, and the way to bring another. */
export function Courses() {
  const { t } = useTranslation();
  useScreenTitle(t('places.packs'));
  const formats = useFormats();
  const [, go] = useLocation();
  const courses = useEntry('learning.courses.list', {}, { keep: true });
  const items = courses.data?.items ?? [];
  useStatus(courses.data === undefined ? '' : t('packs.courseCount', { count: items.length }));
  const [bringing, setBringing] = useState(false);
  const bringSample = async (): Promise<void> => {
    setBringing(true);
    try {
      const { courseId } = await runJob('learning.courses.sample', {});
      go(`/packs/${courseId}`);
    } catch (error) {
      tellFailure(error);
    } finally {
      setBringing(false);
    }
  };
  const bring = (
    <>
      <Button look="primary" icon={<FileUp size={14} aria-hidden />} onClick={() => { go('/packs/import'); }}>
        {t('packs.importTitle')}
      </Button>
      <Button icon={<FlaskConical size={14} aria-hidden />} busy={bringing} onClick={() => void bringSample()}>
        {t('packs.sample')}
      </Button>
    </>
  );
  if (courses.error !== null) return <Failure error={courses.error} onRetry={() => void courses.refetch()} />;
  if (courses.data === undefined) return <SkeletonRows label={t('common.loading')} />;
  if (items.length === 0) {
    return (
      <Empty icon={<BookOpen size={28} aria-hidden />} title={t('packs.none')} action={bring}>
        {t('packs.noneDetail')}
      </Empty>
    );
  }
  return (
    <div className="h-full overflow-y-auto p-4 sm:p-6">
      <div className="mx-auto flex max-w-4xl flex-col gap-4">
        <div className="flex flex-wrap justify-end gap-2">{bring}</div>
        <ul className="flex flex-col gap-3">
          {items.map((course) => (
            <li key={course.id} className="relative rounded-md border border-line bg-surface p-4 hover:border-line-strong">
              <div className="flex flex-wrap items-center gap-2">
                <Link href={`/packs/${course.id}`} className="font-semibold after:absolute after:inset-0">
                  {course.title}
                </Link>
                {course.version !== null && <span className="text-sm text-faint">{course.version}</span>}
                <Tag>{t(`packs.audiences.${course.audience}`)}</Tag>
              </div>
              {course.notice !== null && <p className="mt-1 text-sm text-medium">{course.notice}</p>}
              {course.description !== '' && <p className="mt-1 line-clamp-2 text-sm text-muted">{course.description}</p>}
              <p className="tabular mt-2 text-sm text-muted">
                {[
                  t('packs.line.questions', { count: course.questions }),
                  ...(course.flagged > 0 ? [t('packs.line.flagged', { count: course.flagged })] : []),
                  t('packs.line.domains', { count: course.domains }),
                  t('packs.line.topics', { count: course.topics }),
                  ...(course.sections > 0 ? [t('packs.line.sections', { count: course.sections })] : []),
                  ...(course.flashcards > 0 ? [t('packs.line.flashcards', { count: course.flashcards })] : []),
                  ...(course.labs > 0 ? [t('packs.line.labs', { count: course.labs })] : []),
                ].join(' · ')}
              </p>
              <p className="mt-1 text-xs text-faint">{t('packs.line.by', { owner: course.owner, ago: formats.ago(course.updatedAt) })}</p>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
