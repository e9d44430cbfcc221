import { BookOpen, CircleHelp, FileText, Layers } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Course } from '#contract/learning/courses';
import type { Finding } from '#contract/learning/library';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { useRested } from '#renderer/data/useRested';
import { Button } from '#renderer/kit/Button';
import { Empty, SkeletonRows } from '#renderer/kit/Face';
import { Select, TextField } from '#renderer/kit/Field';
import { Card } from '#renderer/kit/Marks';
import { useShortcuts } from '#renderer/kit/useShortcuts';
import { Markdown } from '#renderer/learning/Markdown';
import { Failure } from '#renderer/shell/Failure';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { domainName } from '../domainName';
import { plainWords } from '../plainWords';
import { Closed } from './Closed';
import { useLibrary } from './libraryPlace';

const findsShown = 50;
const icons = { section: FileText, question: CircleHelp, flashcard: Layers } as const;

/** All that one’s courses hold: found by its words, or gone through by its modules and topics. */
export function Library() {
  const { t } = useTranslation();
  useScreenTitle(t('places.library'));
  const [, go] = useLocation();
  const { search, courseId, set } = useLibrary();
  const courses = useEntry('learning.courses.list', {}, { keep: true });
  const rested = useRested(search.trim(), 150);
  useShortcuts([{ keys: '/', label: t('library.search'), run: () => { document.querySelector<HTMLInputElement>('#library input[type=search]')?.focus(); } }]);
  if (courses.error !== null) return <Failure error={courses.error} onRetry={() => void courses.refetch()} />;
  if (courses.data === undefined) return <SkeletonRows label={t('common.loading')} />;
  const { items } = courses.data;
  if (items.length === 0) {
    return (
      <Empty icon={<BookOpen size={28} aria-hidden />} title={t('library.none')} action={<Button look="primary" onClick={() => { go('/packs/import'); }}>{t('packs.importTitle')}</Button>}>
        {t('library.noneDetail')}
      </Empty>
    );
  }
  const chosen = items.some(({ id }) => id === courseId) ? courseId : null;
  return (
    <div id="library" className="h-full overflow-y-auto p-4 sm:p-6">
      <div className="mx-auto flex max-w-4xl flex-col gap-5">
        <div className="flex flex-wrap items-end gap-3">
          <TextField label={t('library.search')} type="search" className="min-w-56 flex-1" value={search} placeholder={t('library.searchHint')} onChange={(event) => { set({ search: event.target.value }); }} />
          <Select label={t('library.course')} className="w-full sm:w-64" value={chosen ?? ''} options={[{ value: '', label: t('library.allCourses') }, ...items.map(({ id, title }) => ({ value: id, label: title }))]} onChange={(event) => { set({ courseId: event.target.value === '' ? null : event.target.value }); }} />
        </div>
        {rested === '' ? (
          chosen === null && items.length > 1 ? (
            <ul className="flex flex-col gap-2">
              {items.map((course) => (
                <li key={course.id}>
                  <button type="button" className="w-full rounded-md border border-line bg-surface p-4 text-left hover:border-line-strong" onClick={() => { set({ courseId: course.id }); }}>
                    <span className="font-semibold">{course.title}</span>
                    <span className="tabular block text-sm text-muted">{[t('packs.line.questions', { count: course.questions }), ...(course.sections > 0 ? [t('packs.line.sections', { count: course.sections })] : []), ...(course.flashcards > 0 ? [t('packs.line.flashcards', { count: course.flashcards })] : [])].join(' · ')}</span>
                  </button>
                </li>
              ))}
            </ul>
          ) : (
            <Contents courseId={chosen ?? items[0]?.id ?? ''} />
          )
        ) : (
          <Findings key={`${rested} ${chosen ?? ''}`} search={rested} courseId={chosen} />
        )}
      </div>
    </div>
  );
}

function Findings({ search, courseId }: { readonly search: string; readonly courseId: string | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [limit, setLimit] = useState(findsShown);
  const found = useEntry('learning.library.search', { search, limit, ...(courseId === null ? {} : { courseId }) }, { keep: true });
  if (found.error !== null) return <Closed error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <SkeletonRows label={t('common.loading')} />;
  const { items, total } = found.data;
  if (total === 0) return <Empty title={t('library.nothing', { search })}>{t('library.nothingDetail')}</Empty>;
  return (
    <section aria-label={t('library.findings')} className="flex flex-col gap-3">
      <p role="status" className="tabular text-sm text-muted">
        {t('library.found', { count: total })}
      </p>
      <ul className="flex flex-col gap-2">
        {items.map((finding) => (
          <li key={finding.id}>
            <FindingRow finding={finding} />
          </li>
        ))}
      </ul>
      {items.length < total && limit < 500 && (
        <Button className="self-center" onClick={() => { setLimit(Math.min(500, limit + findsShown)); }}>
          {t('library.more', { left: formats.number(total - items.length) })}
        </Button>
      )}
    </section>
  );
}

function FindingRow({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation();
  const { kind, id, title, topicTitle, courseTitle, courseId, excerpt } = finding;
  const Icon = icons[kind];
  const path = kind === 'section' ? `/library/sections/${id}` : kind === 'question' ? `/library/questions/${id}` : `/library/flashcards/${courseId}`;
  return (
    <Link href={path} className="flex gap-3 rounded-md border border-line bg-surface p-3 hover:border-line-strong">
      <Icon size={16} aria-hidden className="mt-0.5 shrink-0 text-faint" />
      <span className="min-w-0">
        <span className="block font-medium break-words">{plainWords(title).slice(0, 200)}</span>
        <span className="line-clamp-3 block text-sm break-words text-muted">
          {excerpt.map(({ text, found }, index) => (found ? <mark key={index} className="rounded bg-selected px-0.5 font-medium text-text">{text}</mark> : <span key={index}>{text}</span>))}
        </span>
        <span className="mt-1 block text-xs text-faint">{[t(`library.kinds.${kind}`), topicTitle, courseTitle].filter((each) => each !== null).join(' · ')}</span>
      </span>
    </Link>
  );
}

function Contents({ courseId }: { readonly courseId: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const course = useEntry('learning.courses.get', { id: courseId }, { keep: true });
  if (course.error !== null) return <Failure error={course.error} onRetry={() => void course.refetch()} />;
  if (course.data === undefined) return <SkeletonRows label={t('common.loading')} />;
  const { modules, domains, flashcards, notice, title } = course.data;
  return (
    <div className="flex flex-col gap-5">
      <div>
        <h2 className="text-lg font-semibold">{title}</h2>
        {notice !== null && <p className="text-sm text-medium">{notice}</p>}
      </div>
      {modules.map((each) => (
        <ModuleCard key={each.code} module={each} modules={modules} />
      ))}
      {flashcards > 0 && (
        <Link href={`/library/flashcards/${courseId}`} className="rounded-md border border-line bg-surface p-3 hover:border-line-strong">
          {t('library.flashcardsOf', { count: flashcards })}
        </Link>
      )}
      <Card title={t('library.topics')}>
        <ul className="flex flex-col gap-3">
          {domains.map((domain) => (
            <li key={domain.code}>
              <p className="flex items-baseline justify-between gap-3">
                <span className="font-medium">{domainName(domain)}</span>
                <span className="tabular text-sm text-muted">{t('packs.line.questions', { count: domain.questions })}</span>
              </p>
              <ul className="mt-1 flex flex-wrap gap-1.5">
                {domain.topics.map((topic) => (
                  <li key={topic.code}>
                    <Link href={`/library/topics/${courseId}/${encodeURIComponent(topic.code)}`} className="inline-flex min-h-6 items-center gap-1.5 rounded border border-line px-2 text-sm hover:border-line-strong">
                      {topic.title}
                      <span className="tabular text-faint">{formats.number(topic.questions)}</span>
                    </Link>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}

function ModuleCard({ module, modules }: { readonly module: Course['modules'][number]; readonly modules: Course['modules'] }) {
  const { t } = useTranslation();
  const required = module.requires.map((code) => modules.find((each) => each.code === code)?.title ?? code);
  return (
    <Card title={module.title}>
      {module.summary !== '' && <Markdown text={module.summary} className="mb-2 text-muted" />}
      {required.length > 0 && <p className="mb-2 text-sm text-faint">{t('library.after', { modules: required.join(', ') })}</p>}
      <ol className="flex flex-col">
        {module.sections.map((section) => (
          <li key={section.id} className="border-t border-line first:border-t-0">
            <Link href={`/library/sections/${section.id}`} className="flex items-baseline justify-between gap-3 py-2 hover:underline">
              <span>{section.title}</span>
              <span className="tabular shrink-0 text-sm text-faint">{section.minutes === null ? '' : t('library.minutes', { count: Math.max(1, Math.round(section.minutes)) })}</span>
            </Link>
          </li>
        ))}
      </ol>
    </Card>
  );
}
