import { MessageCircleQuestion, X } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Sitting as OpenSitting } from '#contract/learning/practice';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { IconButton } from '#renderer/kit/Button';
import { SkeletonRows } from '#renderer/kit/Face';
import { Bar } from '#renderer/kit/Marks';
import { useShortcuts } from '#renderer/kit/useShortcuts';
import { Failure } from '#renderer/shell/Failure';
import { useStatus } from '#renderer/shell/StatusLine';
import { tellFailure } from '#renderer/shell/tellFailure';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { FlashcardItem } from './FlashcardItem';
import { QuestionItem } from './QuestionItem';
import { Result } from './Result';
import { SectionItem } from './SectionItem';

const TutorBeside = lazy(() => import('#renderer/learning/tutor/TutorBeside').then((module) => ({ default: module.TutorBeside })));

/** A sitting: one thing at a time, until nothing is left or the student has had enough. */
export function Sitting({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const top = useRef<HTMLDivElement>(null);
  const read = useEntry('learning.practice.get', { id }, { keep: true });
  const finish = useCommand('learning.practice.finish');
  // What stands in front changes when the student goes on, not when its answer is announced: what is right must be read first.
  const [held, setHeld] = useState<OpenSitting | null>(null);
  if (held === null && read.data !== undefined) setHeld(read.data);
  const sitting = held ?? read.data;
  const [tutor, setTutor] = useState(false);
  useShortcuts([{ keys: 't', label: t('tutor.askBeside'), run: () => { setTutor((open) => !open); } }]);
  useScreenTitle(sitting === undefined ? t('places.practice') : t(`practice.kinds.${sitting.kind}`));
  useStatus(sitting?.endedAt !== null ? '' : t(sitting.kind === 'placement' ? 'practice.progressMost' : 'practice.progress', { done: sitting.done, total: sitting.total }));
  const keep = (next: OpenSitting): void => {
    setHeld(next);
    top.current?.scrollTo({ top: 0 });
  };
  const end = (): void => {
    if (!finish.isPending) finish.mutate({ id }, { onError: tellFailure, onSuccess: keep });
  };
  const over = sitting?.endedAt === null && sitting.current === null;
  const ended = useRef(false);
  useEffect(() => {
    // Nothing is left: the sitting ends by itself, once.
    if (!over || ended.current) return;
    ended.current = true;
    end();
  });
  if (read.error !== null) return <Failure error={read.error} onRetry={() => void read.refetch()} />;
  if (sitting === undefined || over) return <SkeletonRows rows={6} label={t('common.loading')} />;
  const { current } = sitting;
  return (
    <div className="flex h-full min-h-0">
      <div ref={top} className="h-full min-w-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex w-full max-w-2xl flex-col gap-5 p-4 sm:p-6">
          {sitting.endedAt === null && (
            <div className="flex items-center gap-3">
              <span className="min-w-0 flex-1">
                <Bar value={sitting.total === 0 ? 0 : sitting.done / sitting.total} label={t('practice.progress', { done: sitting.done, total: sitting.total })} tone="good" />
              </span>
              <span className="tabular text-sm text-muted">
                {sitting.done} / {sitting.total}
              </span>
              <IconButton label={t('tutor.askBeside')} pressed={tutor} onClick={() => { setTutor(!tutor); }}>
                <MessageCircleQuestion size={16} aria-hidden />
              </IconButton>
              <IconButton label={t('practice.enough')} onClick={end}>
                <X size={16} aria-hidden />
              </IconButton>
            </div>
          )}
          {current?.what === 'question' && <QuestionItem key={current.position} sitting={sitting} item={current} onNext={keep} />}
          {current?.what === 'flashcard' && <FlashcardItem key={`${String(current.position)} ${String(sitting.done)}`} sitting={sitting} item={current} onNext={keep} />}
          {current?.what === 'section' && <SectionItem key={current.position} sitting={sitting} item={current} onNext={keep} />}
          {sitting.endedAt !== null && sitting.result !== null && <Result sitting={sitting} result={sitting.result} />}
          {sitting.endedAt !== null && sitting.result === null && (
            <p className="text-muted">
              {t('practice.replaced')}{' '}
              <button type="button" className="underline" onClick={() => { go('/learn'); }}>
                {t('practice.result.home')}
              </button>
            </p>
          )}
        </div>
      </div>
      {tutor && (
        <Suspense fallback={null}>
          <TutorBeside place={current === null ? undefined : { what: 'sitting', id: sitting.id, position: current.position }} onClose={() => { setTutor(false); }} />
        </Suspense>
      )}
    </div>
  );
}
