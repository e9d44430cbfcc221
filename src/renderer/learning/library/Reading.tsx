import { ArrowLeft, ArrowRight, ListChecks, MessageCircleQuestion, Pencil } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Empty, SkeletonRows } from '#renderer/kit/Face';
import { Key } from '#renderer/kit/Marks';
import { useShortcuts } from '#renderer/kit/useShortcuts';
import { QuestionDialog } from '#renderer/learning/courses/QuestionDialog';
import { Markdown } from '#renderer/learning/Markdown';
import { useStart } from '#renderer/learning/practice/useStart';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { plainWords } from '../plainWords';
import { Closed } from './Closed';
import { QuestionView } from './QuestionView';

const TutorBeside = lazy(() => import('#renderer/learning/tutor/TutorBeside').then((module) => ({ default: module.TutorBeside })));

function Page({ children, above }: { readonly children: ReactNode; readonly above?: string | undefined }) {
  const { t } = useTranslation();
  return (
    <div className="h-full overflow-y-auto p-4 sm:p-6">
      <div className="mx-auto flex max-w-2xl flex-col gap-4">
        <p className="text-sm text-muted">
          <Link href="/library" className="underline underline-offset-2">
            {t('places.library')}
          </Link>
          {above !== undefined && ` · ${above}`}
        </p>
        {children}
      </div>
    </div>
  );
}

/** One micro-section to read, its check, and the way on. */
export function SectionPage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const section = useEntry('learning.library.section', { id }, { keep: true });
  useScreenTitle(section.data?.title ?? t('places.library'));
  const [tutor, setTutor] = useState(false);
  const next = section.data?.next ?? null;
  const previous = section.data?.previous ?? null;
  const { start, busy } = useStart();
  const questions = section.data?.questionIds.length ?? 0;
  const check = (): void => {
    start({ kind: 'section', courseId: section.data?.courseId, sectionId: id });
  };
  useShortcuts([
    ...(questions === 0 ? [] : [{ keys: 'b', label: t('library.check'), run: check }]),
    { keys: 't', label: t('tutor.askBeside'), run: () => { setTutor((open) => !open); } },
    ...(next === null ? [] : [{ keys: 'j', label: t('library.next'), run: () => { go(`/library/sections/${next.id}`); } }]),
    ...(previous === null ? [] : [{ keys: 'k', label: t('library.previous'), run: () => { go(`/library/sections/${previous.id}`); } }]),
  ]);
  if (section.error !== null) return <Closed error={section.error} onRetry={() => void section.refetch()} />;
  if (section.data === undefined) return <SkeletonRows label={t('common.loading')} />;
  const { title, body, courseTitle, moduleTitle, minutes, notice, topicTitle } = section.data;
  return (
    <div className="flex h-full min-h-0">
      <div className="min-w-0 flex-1">
        <Page above={[courseTitle, moduleTitle].join(' · ')}>
          <header>
            <div className="flex items-start justify-between gap-3">
              <h2 className="text-xl font-semibold">{title}</h2>
              <Button size="small" aria-pressed={tutor} icon={<MessageCircleQuestion size={14} aria-hidden />} onClick={() => { setTutor(!tutor); }}>
                {t('tutor.askBeside')}
              </Button>
            </div>
            <p className="text-sm text-muted">{[topicTitle, minutes === null ? null : t('library.minutes', { count: Math.max(1, Math.round(minutes)) })].filter((each) => each !== null).join(' · ')}</p>
            {notice !== null && <p className="text-sm text-medium">{notice}</p>}
          </header>
          <Markdown text={body} className="text-[15px] leading-6" />
          {questions > 0 && (
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Button look="primary" busy={busy} icon={<ListChecks size={14} aria-hidden />} onClick={check}>
                {t('library.check')} <Key>B</Key>
              </Button>
              <span className="text-sm text-muted">{t('library.checkDetail', { count: questions })}</span>
            </div>
          )}
          <nav aria-label={t('library.way')} className="mt-4 flex flex-wrap justify-between gap-3 border-t border-line pt-4">
            {previous === null ? (
              <span />
            ) : (
              <Link href={`/library/sections/${previous.id}`} className="flex items-center gap-1.5 text-muted hover:text-text">
                <ArrowLeft size={14} aria-hidden />
                {previous.title}
              </Link>
            )}
            {next !== null && (
              <Link href={`/library/sections/${next.id}`} className="flex items-center gap-1.5 text-muted hover:text-text">
                {next.title}
                <ArrowRight size={14} aria-hidden />
              </Link>
            )}
          </nav>
        </Page>
      </div>
      {tutor && (
        <Suspense fallback={null}>
          <TutorBeside place={{ what: 'section', id }} onClose={() => { setTutor(false); }} />
        </Suspense>
      )}
    </div>
  );
}

/** One question, looked up. */
export function QuestionPage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const question = useEntry('learning.questions.get', { id }, { keep: true });
  const courseId = question.data?.courseId;
  const course = useEntry('learning.courses.get', { id: courseId ?? '' }, { enabled: courseId !== undefined });
  const [open, setOpen] = useState(false);
  useScreenTitle(question.data?.externalId ?? t('places.library'));
  if (question.error !== null) return <Closed error={question.error} onRetry={() => void question.refetch()} />;
  if (question.data === undefined) return <SkeletonRows label={t('common.loading')} />;
  return (
    <Page above={course.data?.title}>
      {question.data.retired && <p className="rounded-md border border-line bg-sunken px-3 py-2 text-sm text-muted">{t('library.retired')}</p>}
      <QuestionView question={question.data} />
      {course.data?.mine === true && !question.data.retired && (
        <Button className="self-start" icon={<Pencil size={14} aria-hidden />} onClick={() => { setOpen(true); }}>
          {t('packs.question.edit')}
        </Button>
      )}
      {open && course.data !== undefined && (
        <QuestionDialog
          course={course.data}
          question={question.data}
          editing
          onClose={(changed) => {
            setOpen(false);
            // What asks something else now is another question.
            if (changed !== undefined && changed !== id) go(`/library/questions/${changed}`, { replace: true });
          }}
        />
      )}
    </Page>
  );
}

const shownAtOnce = 100;

/** The questions of one topic. */
export function TopicPage({ courseId, topic }: { readonly courseId: string; readonly topic: string }) {
  const { t } = useTranslation();
  const [limit, setLimit] = useState(shownAtOnce);
  const list = useEntry('learning.questions.list', { courseId, topic, limit }, { keep: true });
  const title = list.data?.items[0]?.topicTitle ?? topic;
  useScreenTitle(title);
  if (list.error !== null) return <Closed error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return <SkeletonRows label={t('common.loading')} />;
  const { items, total } = list.data;
  return (
    <Page above={title}>
      {total === 0 && <Empty title={t('library.emptyTopic')}>{t('library.emptyTopicDetail')}</Empty>}
      <ol className="flex flex-col gap-2">
        {items.map((question) => (
          <li key={question.id}>
            <Link href={`/library/questions/${question.id}`} className="flex gap-3 rounded-md border border-line bg-surface p-3 hover:border-line-strong">
              <span className="w-20 shrink-0 truncate text-sm text-faint">{question.externalId}</span>
              <span className="line-clamp-3 min-w-0">{plainWords(question.stem)}</span>
            </Link>
          </li>
        ))}
      </ol>
      {items.length < total && limit < 500 && (
        <Button className="self-center" onClick={() => { setLimit(Math.min(500, limit + shownAtOnce)); }}>
          {t('packs.question.further')}
        </Button>
      )}
    </Page>
  );
}

/** The flashcards of a course, both sides. */
export function FlashcardsPage({ courseId }: { readonly courseId: string }) {
  const { t } = useTranslation();
  const [limit, setLimit] = useState(shownAtOnce);
  const list = useEntry('learning.library.flashcards', { courseId, limit }, { keep: true });
  useScreenTitle(t('library.kinds.flashcards'));
  if (list.error !== null) return <Closed error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return <SkeletonRows label={t('common.loading')} />;
  const { items, total } = list.data;
  return (
    <Page above={t('library.kinds.flashcards')}>
      <ul className="flex flex-col gap-2">
        {items.map((card) => (
          <li key={card.id} className="grid gap-2 rounded-md border border-line bg-surface p-3 sm:grid-cols-2">
            <Markdown text={card.front} className="font-medium" />
            <Markdown text={card.back} className="text-muted" />
          </li>
        ))}
      </ul>
      {items.length < total && limit < 500 && (
        <Button className="self-center" onClick={() => { setLimit(Math.min(500, limit + shownAtOnce)); }}>
          {t('packs.question.further')}
        </Button>
      )}
    </Page>
  );
}
