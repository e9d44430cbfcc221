import { ArrowLeft, ArrowRight, Flag } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, useLocation } from 'wouter';
import type { Exam as OpenExam } from '#contract/learning/exams';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Dialog } from '#renderer/kit/Dialog';
import { SkeletonRows } from '#renderer/kit/Face';
import { Key } from '#renderer/kit/Marks';
import { classes } from '#renderer/kit/classes';
import { useShortcuts } from '#renderer/kit/useShortcuts';
import { Failure } from '#renderer/shell/Failure';
import { useStatus } from '#renderer/shell/StatusLine';
import { tellFailure } from '#renderer/shell/tellFailure';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { Question, toggled, unanswered } from '#renderer/learning/practice/Question';
import { useExam } from './useExam';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
/** From so many questions behind on it is worth a word. */
const behindFrom = 3;

/** A mock exam: its questions in any order, until it is handed in or its time is over. */
export function Exam({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  useScreenTitle(t('exams.title'));
  const read = useEntry('learning.exams.get', { id });
  if (read.error !== null) return <Failure error={read.error} onRetry={() => void read.refetch()} />;
  if (read.data === undefined || read.isFetching) return <SkeletonRows rows={8} label={t('common.loading')} />;
  if (read.data.submittedAt !== null) return <Redirect to={`/exams/${id}/review`} replace />;
  return <Sat exam={read.data} />;
}

function clock(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1_000);
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`;
}

function Sat({ exam }: { readonly exam: OpenExam }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [handing, setHanding] = useState(false);
  const submit = useCommand('learning.exams.submit');
  const review = (): void => {
    go(`/exams/${exam.id}/review`, { replace: true });
  };
  const { at, standing, left, answered, moveTo, choose, flag, close } = useExam(exam, review);
  const { questions, minutes } = exam;
  const place = questions[at];
  const now = standing[at];
  const total = questions.length;
  const flagged = standing.filter((one) => one.flagged).length;
  const handIn = (): void => {
    if (submit.isPending) return;
    void close().then((goOn) => {
      submit.mutate(
        { id: exam.id },
        {
          onSuccess: review,
          onError: (error) => {
            goOn();
            tellFailure(error);
          },
        },
      );
    });
  };
  const set = (position: number): void => {
    moveTo(position);
  };
  useShortcuts([
    ...digits.slice(0, place?.question.options.length ?? 0).map((keys, index) => ({
      keys,
      label: t('practice.keys.choose'),
      run: () => { if (place !== undefined) choose(toggled(place.question, now?.chosen ?? unanswered(place.question), index)); },
    })),
    { keys: ' ', label: t('exams.keys.next'), run: () => { if (at < total - 1) set(at + 1); else setHanding(true); } },
    { keys: 'ArrowRight', label: t('exams.keys.next'), run: () => { set(at + 1); } },
    { keys: 'ArrowLeft', label: t('exams.keys.previous'), run: () => { set(at - 1); } },
    { keys: 'j', label: t('exams.keys.next'), run: () => { set(at + 1); } },
    { keys: 'k', label: t('exams.keys.previous'), run: () => { set(at - 1); } },
    { keys: 'f', label: t('exams.keys.flag'), run: flag },
    { keys: 'mod+Enter', label: t('exams.keys.handIn'), inFields: true, run: () => { if (handing) handIn(); else setHanding(true); } },
  ]);
  const due = left === null || minutes === null ? null : Math.floor((1 - left / (minutes * 60_000)) * total);
  const behind = due === null ? 0 : due - answered;
  const pace = due === null ? '' : behind >= behindFrom ? t('exams.behind', { count: behind }) : t('exams.onPace');
  useStatus([t('exams.answered', { done: answered, total }), ...(flagged > 0 ? [t('exams.flaggedCount', { count: flagged })] : []), ...(pace === '' ? [] : [pace])].join(' · '));
  if (place === undefined || now === undefined) return null;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-surface px-4 py-2">
        <span className="tabular font-medium">{t('exams.place', { at: at + 1, total })}</span>
        <span className="tabular text-sm text-muted">{t('exams.answered', { done: answered, total })}</span>
        {pace !== '' && <span className={classes('text-sm max-sm:hidden', behind >= behindFrom ? 'text-high' : 'text-muted')}>{pace}</span>}
        <span className="ml-auto flex items-center gap-3">
          {left !== null && (
            <span role="timer" aria-label={t('exams.left')} className={classes('tabular text-lg font-semibold', left < 300_000 && 'text-high')}>
              {clock(left)}
            </span>
          )}
          <Button size="small" onClick={() => { setHanding(true); }}>
            {t('exams.handIn')}
          </Button>
        </span>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex w-full max-w-2xl flex-col gap-5 p-4 sm:p-6">
          <Question key={place.position} question={place.question} chosen={now.chosen ?? unanswered(place.question)} onChoose={choose} onSubmit={() => { set(at + 1); }} />
          <div className="flex flex-wrap items-center gap-2">
            <Button icon={<ArrowLeft size={14} aria-hidden />} disabled={at === 0} onClick={() => { set(at - 1); }}>
              {t('exams.previous')}
            </Button>
            {at < total - 1 ? (
              <Button look="primary" onClick={() => { set(at + 1); }}>
                {t('exams.nextQuestion')} <ArrowRight size={14} aria-hidden /> <Key>{t('practice.space')}</Key>
              </Button>
            ) : (
              <Button look="primary" onClick={() => { setHanding(true); }}>
                {t('exams.handIn')} <Key>{t('practice.space')}</Key>
              </Button>
            )}
            <Button aria-pressed={now.flagged} icon={<Flag size={14} aria-hidden className={now.flagged ? 'text-brand' : undefined} />} onClick={flag}>
              {t(now.flagged ? 'exams.unflag' : 'exams.flag')} <Key>F</Key>
            </Button>
          </div>
          <Places standing={standing} at={at} onGo={set} />
        </div>
      </div>
      <Dialog open={handing} onClose={() => { setHanding(false); }} title={t('exams.handInTitle')} closeLabel={t('common.close')}>
        <div className="flex flex-col gap-4">
          <p>
            {answered === total ? t('exams.allAnswered', { count: total }) : t('exams.someOpen', { count: total - answered })}
            {flagged > 0 && ` ${t('exams.stillFlagged', { count: flagged })}`}
          </p>
          <div className="flex flex-wrap gap-2">
            <Button look="primary" busy={submit.isPending} onClick={handIn}>
              {t('exams.handIn')} <Key>{t('exams.handInKey')}</Key>
            </Button>
            <Button onClick={() => { setHanding(false); }}>{t('exams.goOn')}</Button>
          </div>
        </div>
      </Dialog>
    </div>
  );
}

/** Every question at a glance, with what stands in it. */
function Places({ standing, at, onGo }: { readonly standing: readonly { readonly chosen: unknown; readonly flagged: boolean }[]; readonly at: number; readonly onGo: (position: number) => void }) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('exams.places')} className="flex flex-wrap gap-1.5">
      {standing.map(({ chosen, flagged }, position) => (
        <button
          key={position}
          type="button"
          aria-current={position === at ? 'true' : undefined}
          aria-label={t(flagged ? 'exams.placeFlagged' : chosen === null ? 'exams.placeOpen' : 'exams.placeAnswered', { at: position + 1 })}
          onClick={() => { onGo(position); }}
          className={classes(
            'tabular relative flex size-8 items-center justify-center rounded border text-sm',
            position === at ? 'border-focus font-semibold' : 'border-line',
            chosen === null ? 'bg-surface text-muted' : 'bg-sunken text-text',
          )}
        >
          {position + 1}
          {flagged && <Flag size={10} aria-hidden className="absolute top-0.5 right-0.5 text-brand" />}
        </button>
      ))}
    </nav>
  );
}
