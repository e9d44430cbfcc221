import { Flag, Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Course } from '#contract/learning/courses';
import type { Question } from '#contract/learning/questions';
import { difficulties } from '#domain/learning/courses/pack';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { useRested } from '#renderer/data/useRested';
import { Button } from '#renderer/kit/Button';
import { Empty, SkeletonRows } from '#renderer/kit/Face';
import { Select, TextField } from '#renderer/kit/Field';
import { Tag } from '#renderer/kit/Marks';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { Failure } from '#renderer/shell/Failure';
import { domainName } from '../domainName';
import { plainWords } from '../plainWords';
import { QuestionDialog } from './QuestionDialog';

const rowsShown = 50;
const states = ['any', 'flagged', 'edited'] as const;

/** The questions of a course: found by what they say or where they belong, and opened to be changed. */
export function CourseQuestions({ course }: { readonly course: Course }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [search, setSearch] = useState('');
  const [domain, setDomain] = useState('');
  const [difficulty, setDifficulty] = useState<'' | (typeof difficulties)[number]>('');
  const [state, setState] = useState<(typeof states)[number]>('any');
  const [offset, setOffset] = useState(0);
  const [opened, setOpened] = useState<Question | 'new' | null>(null);
  const rested = useRested(search.trim(), 150);
  const list = useEntry(
    'learning.questions.list',
    {
      courseId: course.id,
      limit: rowsShown,
      offset,
      ...(rested === '' ? {} : { search: rested }),
      ...(domain === '' ? {} : { domain }),
      ...(difficulty === '' ? {} : { difficulty }),
      ...(state === 'flagged' ? { flagged: true } : state === 'edited' ? { edited: true } : {}),
    },
    { keep: true },
  );
  const from = <Value,>(set: (value: Value) => void) => (value: Value): void => {
    setOffset(0);
    set(value);
  };
  if (list.error !== null) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  const total = list.data?.total ?? 0;
  const items = list.data?.items ?? [];
  return (
    <section aria-label={t('packs.parts.questions')} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <TextField label={t('packs.find')} type="search" className="min-w-48 flex-1" value={search} onChange={(event) => { from(setSearch)(event.target.value); }} />
        <Select label={t('packs.question.domain')} className="w-52" value={domain} options={[{ value: '', label: t('packs.question.anyDomain') }, ...course.domains.map((each) => ({ value: each.code, label: domainName(each) }))]} onChange={(event) => { from(setDomain)(event.target.value); }} />
        <Select
          label={t('packs.question.difficulty')}
          className="w-32"
          value={difficulty}
          options={[{ value: '', label: t('packs.question.any') }, ...difficulties.map((value) => ({ value, label: t(`packs.question.difficulties.${value}`) }))]}
          onChange={(event) => { from(setDifficulty)(difficulties.find((value) => value === event.target.value) ?? ''); }}
        />
        <Select label={t('packs.question.state')} className="w-40" value={state} options={states.map((value) => ({ value, label: t(`packs.question.states.${value}`) }))} onChange={(event) => { from(setState)(states.find((value) => value === event.target.value) ?? 'any'); }} />
        {course.mine && (
          <Button icon={<Plus size={14} aria-hidden />} onClick={() => { setOpened('new'); }}>
            {t('packs.question.add')}
          </Button>
        )}
      </div>
      {list.data === undefined ? (
        <SkeletonRows rows={8} label={t('common.loading')} />
      ) : total === 0 ? (
        <Empty title={t(course.questions === 0 ? 'packs.question.none' : 'packs.question.nothing')}>{t(course.questions === 0 ? 'packs.question.noneDetail' : 'packs.question.nothingDetail')}</Empty>
      ) : (
        <>
          <div className="rounded-md border border-line bg-surface">
            <Sheet caption={t('packs.parts.questions')}>
              <thead>
                <tr>
                  <Head>{t('packs.question.id')}</Head>
                  <Head>{t('packs.question.stem')}</Head>
                  <Head className="max-md:hidden">{t('packs.question.topic')}</Head>
                  <Head className="max-sm:hidden">{t('packs.question.difficulty')}</Head>
                </tr>
              </thead>
              <tbody>
                {items.map((question) => (
                  <tr key={question.id} className="hover:bg-sunken">
                    <Cell className="align-top text-sm whitespace-nowrap text-muted">{question.externalId.length > 16 ? `${question.externalId.slice(0, 15)}…` : question.externalId}</Cell>
                    <Cell className="align-top">
                      <button type="button" className="line-clamp-2 text-left hover:underline" onClick={() => { setOpened(question); }}>
                        {plainWords(question.stem)}
                      </button>
                      {(question.flagged !== null || question.edited) && (
                        <span className="mt-1 flex flex-wrap gap-2 text-xs">
                          {question.flagged !== null && (
                            <span className="flex items-center gap-1 text-medium">
                              <Flag size={12} aria-hidden />
                              {t('packs.question.flaggedBecause', { reason: question.flagged })}
                            </span>
                          )}
                          {question.edited && (
                            <span className="flex items-center gap-1 text-muted">
                              <Pencil size={12} aria-hidden />
                              {t('packs.question.states.edited')}
                            </span>
                          )}
                        </span>
                      )}
                    </Cell>
                    <Cell className="align-top text-sm text-muted max-md:hidden">{question.topicTitle}</Cell>
                    <Cell className="align-top max-sm:hidden">{question.difficulty !== null && <Tag>{t(`packs.question.difficulties.${question.difficulty}`)}</Tag>}</Cell>
                  </tr>
                ))}
              </tbody>
            </Sheet>
          </div>
          <div className="flex items-center justify-between gap-3 text-sm text-muted">
            <span className="tabular">{t('packs.question.shown', { from: formats.number(offset + 1), to: formats.number(offset + items.length), total: formats.number(total) })}</span>
            <span className="flex gap-2">
              <Button size="small" disabled={offset === 0} onClick={() => { setOffset(Math.max(0, offset - rowsShown)); }}>
                {t('common.back')}
              </Button>
              <Button size="small" disabled={offset + items.length >= total} onClick={() => { setOffset(offset + rowsShown); }}>
                {t('packs.question.further')}
              </Button>
            </span>
          </div>
        </>
      )}
      {opened !== null && <QuestionDialog course={course} question={opened === 'new' ? null : opened} onClose={() => { setOpened(null); }} />}
    </section>
  );
}
