import { CircleCheckBig, CircleX, Clock, Flag, MessageCircleQuestion } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { ExamReview as Review } from '#contract/learning/exams';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { SkeletonRows } from '#renderer/kit/Face';
import { Bar, Card, Tag } from '#renderer/kit/Marks';
import { Segments } from '#renderer/kit/Segments';
import { useListCursor } from '#renderer/kit/useListCursor';
import { useShortcuts } from '#renderer/kit/useShortcuts';
import { Failure } from '#renderer/shell/Failure';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { plainWords } from '#renderer/learning/plainWords';
import { Explanation, Question, unanswered } from '#renderer/learning/practice/Question';

const TutorBeside = lazy(() => import('#renderer/learning/tutor/TutorBeside').then((module) => ({ default: module.TutorBeside })));

const filters = ['wrong', 'flagged', 'changed', 'slow', 'all'] as const;
type Filter = (typeof filters)[number];
type Answer = Review['answers'][number];

const tests: Readonly<Record<Filter, (answer: Answer) => boolean>> = {
  all: () => true,
  wrong: ({ correct }) => !correct,
  flagged: ({ flagged }) => flagged,
  changed: ({ change }) => change !== null,
  slow: ({ slow }) => slow,
};

const rowId = (questionId: string): string => `answer-${questionId}`;

/** An exam that was handed in: the score, what stands out, and every question with what is right. */
export function ExamReview({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  useScreenTitle(t('exams.reviewTitle'));
  const read = useEntry('learning.exams.review', { id }, { keep: true });
  if (read.error !== null) return <Failure error={read.error} onRetry={() => void read.refetch()} />;
  if (read.data === undefined) return <SkeletonRows rows={9} label={t('common.loading')} />;
  return <Looked review={read.data} />;
}

function Looked({ review }: { readonly review: Review }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [, go] = useLocation();
  const counts = Object.fromEntries(filters.map((filter) => [filter, review.answers.filter(tests[filter]).length])) as Record<Filter, number>;
  const [filter, setFilter] = useState<Filter>(counts.wrong > 0 ? 'wrong' : 'all');
  const shown = review.answers.filter(tests[filter]);
  // The place of the answer that the tutor is asked about.
  const [asked, setAsked] = useState<number | null>(null);
  const { index, moveTo, moveBy, reset } = useListCursor(shown.map(({ question }) => question.id), rowId);
  useShortcuts([
    { keys: 'j', label: t('exams.keys.next'), run: () => { moveBy(1); } },
    { keys: 'k', label: t('exams.keys.previous'), run: () => { moveBy(-1); } },
    { keys: 'ArrowDown', label: t('exams.keys.next'), run: () => { moveBy(1); } },
    { keys: 'ArrowUp', label: t('exams.keys.previous'), run: () => { moveBy(-1); } },
  ]);
  const { passed, score, total, passCount, pacing, changes } = review;
  const weakestFirst = review.domains.toSorted((one, other) => one.right * other.total - other.right * one.total);
  const seconds = (milliseconds: number): string => t('exams.seconds', { count: Math.round(milliseconds / 1_000) });
  return (
    <div className="flex h-full min-h-0">
      <div className="h-full min-w-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex w-full max-w-3xl flex-col gap-5 p-4 sm:p-6">
          <header className="flex flex-col gap-1">
            <p className={passed ? 'flex items-center gap-1.5 font-medium text-good' : 'flex items-center gap-1.5 font-medium text-critical'}>
              {passed ? <CircleCheckBig size={16} aria-hidden /> : <CircleX size={16} aria-hidden />}
              {t(passed ? 'exams.passed' : 'exams.failed')}
            </p>
            <h2 className="tabular text-2xl font-semibold">{t('exams.scoreOf', { score, total })}</h2>
            <p className="tabular text-muted">
              {[t('exams.needed', { count: passCount, share: formats.percent(score / Math.max(1, total)) }), t('exams.took', { count: Math.max(1, Math.round(review.spentMilliseconds / 60_000)) }), ...(review.expired ? [t('exams.expired')] : []), formats.moment(review.startedAt)].join(' · ')}
            </p>
            {review.findings.length > 0 && (
              <ul className="mt-2 flex flex-col gap-1">
                {review.findings.map((finding) => (
                  <li key={finding} className="rounded-md border border-line bg-surface px-3 py-1.5 text-sm">
                    {finding}
                  </li>
                ))}
              </ul>
            )}
          </header>
          <Card title={t('exams.byDomain')}>
            <ul className="flex flex-col gap-2.5">
              {weakestFirst.map(({ id, title, right, total: of }) => (
                <li key={id} className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-1">
                  <span className="min-w-0">{title}</span>
                  <span className="tabular text-muted">
                    {right} / {of}
                  </span>
                  <span className="col-span-2">
                    <Bar value={right / Math.max(1, of)} label={formats.percent(right / Math.max(1, of))} tone={right === of ? 'good' : 'text'} />
                  </span>
                </li>
              ))}
            </ul>
            <p className="tabular mt-3 text-sm text-muted">
              {[
                ...(pacing.allowedEach === null ? [] : [t('exams.allowed', { time: seconds(pacing.allowedEach) })]),
                ...(pacing.meanRight === null ? [] : [t('exams.meanRight', { time: seconds(pacing.meanRight) })]),
                ...(pacing.meanWrong === null ? [] : [t('exams.meanWrong', { time: seconds(pacing.meanWrong) })]),
                ...(changes.gained + changes.lost + changes.same === 0 ? [] : [t('exams.changes', { gained: changes.gained, lost: changes.lost, same: changes.same })]),
              ].join(' · ')}
            </p>
          </Card>
          <div className="max-w-full overflow-x-auto">
            <Segments
              label={t('exams.show')}
              value={filter}
              segments={filters.map((value) => ({ value, label: `${t(`exams.filters.${value}`)} ${formats.number(counts[value])}` }))}
              onChange={(value) => {
                setFilter(value);
                reset();
              }}
            />
          </div>
          {shown.length === 0 ? (
            <p className="text-muted">{t('exams.noneOfThese')}</p>
          ) : (
            <ol aria-label={t('exams.answers')} className="flex flex-col overflow-hidden rounded-md border border-line bg-surface">
              {shown.map((answer, position) => (
                <Row key={answer.question.id} answer={answer} open={position === index} onOpen={() => { moveTo(position); }} onAsk={() => { setAsked(answer.position); }} time={seconds(answer.milliseconds)} />
              ))}
            </ol>
          )}
          <div className="flex flex-wrap gap-2">
            <Button look="primary" onClick={() => { go('/learn'); }}>
              {t('practice.result.home')}
            </Button>
            <Button onClick={() => { go('/exams'); }}>{t('exams.toExams')}</Button>
          </div>
        </div>
      </div>
      {asked !== null && (
        <Suspense fallback={null}>
          <TutorBeside place={{ what: 'exam', id: review.id, position: asked }} onClose={() => { setAsked(null); }} />
        </Suspense>
      )}
    </div>
  );
}

function Row({ answer, open, onOpen, onAsk, time }: { readonly answer: Answer; readonly open: boolean; readonly onOpen: () => void; readonly onAsk: () => void; readonly time: string }) {
  const { t } = useTranslation();
  const { question, correct, flagged, slow, change, chosen, solution, position } = answer;
  return (
    <li id={rowId(question.id)} aria-current={open || undefined} className="border-b border-line last:border-b-0">
      <button type="button" aria-expanded={open} onClick={onOpen} className="flex min-h-11 w-full items-center gap-3 px-4 py-2 text-left focus-visible:outline-offset-[-2px]">
        {correct ? <CircleCheckBig size={16} aria-hidden className="shrink-0 text-good" /> : <CircleX size={16} aria-hidden className="shrink-0 text-critical" />}
        <span className="sr-only">{t(correct ? 'practice.right' : 'practice.wrong')}</span>
        <span className="tabular w-6 shrink-0 text-right text-sm text-faint">{position + 1}</span>
        {/* Below an open row the question stands whole; its topic names the row then. */}
        <span className={open ? 'min-w-0 flex-1 truncate font-medium' : 'min-w-0 flex-1 truncate'}>{open ? question.topic.title : plainWords(question.stem)}</span>
        {flagged && <Flag size={14} aria-label={t('exams.filters.flagged')} className="shrink-0 text-brand" />}
        {slow && <Clock size={14} aria-label={t('exams.filters.slow')} className="shrink-0 text-medium" />}
        <span className="tabular shrink-0 text-sm text-faint max-sm:hidden">{time}</span>
      </button>
      {open && (
        <div className="flex flex-col gap-4 px-4 pb-4">
          {(chosen === null || change !== null) && (
          <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
            {chosen === null && <Tag tone="warn">{t('exams.open')}</Tag>}
            {change !== null && <Tag tone={change === 'gained' ? 'good' : change === 'lost' ? 'bad' : 'plain'}>{t(`exams.change.${change}`)}</Tag>}
          </p>
          )}
          <Question question={question} chosen={chosen ?? unanswered(question)} solution={solution} />
          <Explanation solution={solution} />
          <div>
            <Button size="small" icon={<MessageCircleQuestion size={14} aria-hidden />} onClick={onAsk}>
              {t('tutor.askBeside')}
            </Button>
          </div>
        </div>
      )}
    </li>
  );
}
