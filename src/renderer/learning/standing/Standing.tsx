import { GraduationCap, RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearchParams } from 'wouter';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { classes } from '#renderer/kit/classes';
import { Empty, SkeletonRows } from '#renderer/kit/Face';
import { intoView } from '#renderer/kit/intoView';
import { toast } from '#renderer/kit/toasts';
import { Comparison } from '#renderer/learning/comparison/Comparison';
import { Dashboard } from '#renderer/learning/dashboard/Dashboard';
import { Heatmaps } from '#renderer/learning/heatmaps/Heatmaps';
import { Mastery } from '#renderer/learning/mastery/Mastery';
import { Readiness } from '#renderer/learning/readiness/Readiness';
import { Students } from '#renderer/learning/readiness/Students';
import { Recommendations } from '#renderer/learning/recommendations/Recommendations';
import { Failure } from '#renderer/shell/Failure';
import { useSignedIn } from '#renderer/shell/session';
import { tellFailure } from '#renderer/shell/tellFailure';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';

const tabs = ['dashboard', 'readiness', 'recommendations', 'heatmaps', 'mastery', 'comparison', 'students'] as const;
type Tab = (typeof tabs)[number];

/** Where somebody stands in a course: one look, and a screen for each question that it raises. */
export function Standing({ tab: wanted }: { readonly tab: string | undefined }) {
  const { t } = useTranslation();
  const session = useSignedIn();
  const [, go] = useLocation();
  const [params, setParams] = useSearchParams();
  const userId = params.get('student') ?? undefined;
  const seesOthers = session.user.role !== 'student';
  const shown = tabs.filter((tab) => tab !== 'students' || seesOthers);
  const tab: Tab = shown.find((each) => each === wanted) ?? 'dashboard';
  useScreenTitle(t('places.standing'));
  const courses = useEntry('learning.readiness.courses', userId === undefined ? {} : { userId }, { keep: true });
  const refresh = useCommand('learning.readiness.refresh');
  if (courses.error !== null) return <Failure error={courses.error} onRetry={() => void courses.refetch()} />;
  if (courses.data === undefined) return <SkeletonRows rows={8} label={t('common.loading')} />;
  const { items } = courses.data;
  const course = items.find(({ id }) => id === params.get('course')) ?? items[0];
  if (course === undefined) {
    return (
      <Empty icon={<GraduationCap size={28} aria-hidden />} title={t('standing.noCourse')}>
        {t('standing.noCourseDetail')}
      </Empty>
    );
  }
  const of = userId === undefined ? { courseId: course.id } : { courseId: course.id, userId };
  const query = params.toString() === '' ? '' : `?${params.toString()}`;
  const name = userId === undefined ? null : <StudentName courseId={course.id} userId={userId} />;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-surface px-4 pt-2 sm:px-6">
        <label className="flex min-w-0 items-center gap-2 text-sm">
          <span className="text-muted">{t('standing.course')}</span>
          <select
            value={course.id}
            onChange={({ target }) => {
              setParams((before) => {
                before.set('course', target.value);
                return before;
              });
            }}
            className="h-8 max-w-64 min-w-0 truncate rounded-md border border-line-strong/60 bg-surface px-2"
          >
            {items.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
        {name !== null && (
          <span className="flex items-center gap-2 text-sm">
            <span className="text-muted">{t('standing.student')}</span>
            {name}
            <Button
              size="small"
              look="quiet"
              onClick={() => {
                go(`/standing/students?course=${course.id}`);
              }}
            >
              {t('standing.allStudents')}
            </Button>
          </span>
        )}
        <Button
          size="small"
          look="quiet"
          className="ml-auto"
          busy={refresh.isPending}
          icon={<RefreshCw size={14} aria-hidden />}
          onClick={() => {
            refresh.mutate({}, { onSuccess: () => { toast({ title: t('standing.refreshing') }); }, onError: tellFailure });
          }}
        >
          {t('standing.refresh')}
        </Button>
        <nav aria-label={t('standing.parts')} className="order-last -mb-px flex w-full gap-1 overflow-x-auto">
          {shown.map((each) => (
            <Link
              key={each}
              ref={each === tab ? intoView : undefined}
              href={`/standing${each === 'dashboard' ? '' : `/${each}`}${query}`}
              aria-current={each === tab ? 'page' : undefined}
              className={classes('flex h-9 items-center border-b-2 px-3 text-sm font-medium whitespace-nowrap focus-visible:outline-offset-[-2px]', each === tab ? 'border-brand text-text' : 'border-transparent text-muted hover:text-text')}
            >
              {t(`standing.tabs.${each}`)}
            </Link>
          ))}
        </nav>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div key={`${course.id} ${userId ?? ''}`} className="mx-auto w-full max-w-6xl p-4 sm:p-6">
          {tab === 'dashboard' && <Dashboard of={of} query={query} />}
          {tab === 'readiness' && <Readiness of={of} />}
          {tab === 'recommendations' && <Recommendations of={of} />}
          {tab === 'heatmaps' && <Heatmaps of={of} />}
          {tab === 'mastery' && <Mastery of={of} />}
          {tab === 'comparison' && <Comparison of={of} />}
          {tab === 'students' && <Students courseId={course.id} />}
        </div>
      </div>
    </div>
  );
}

/** Whose records are shown, where they are not one's own. */
function StudentName({ courseId, userId }: { readonly courseId: string; readonly userId: string }) {
  const { data } = useEntry('learning.readiness.get', { courseId, userId });
  return <span className="font-medium">{data?.student.name ?? '…'}</span>;
}
