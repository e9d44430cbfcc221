import { BookmarkCheck, Bookmark, CircleCheckBig, CircleX } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#contract/index';
import type { Sitting, SittingItem } from '#contract/learning/practice';
import { type Confidence, confidences } from '#domain/learning/attempts';
import { useCommand } from '#renderer/data/hooks';
import { Button, IconButton } from '#renderer/kit/Button';
import { Key, Tag } from '#renderer/kit/Marks';
import { toast } from '#renderer/kit/toasts';
import { letGoOfFocus, useShortcuts } from '#renderer/kit/useShortcuts';
import { tellFailure } from '#renderer/shell/tellFailure';
import { confidenceWords } from './levels';
import { type Chosen, Explanation, Question, toggled, unanswered } from './Question';
import { useReturns } from './returns';
import { useStopwatch } from './useStopwatch';

type Answered = OutputOf<'learning.practice.answer'>;

const confidenceKeys: Readonly<Record<Confidence, string>> = { 1: 'q', 2: 'w', 3: 'e', 4: 'r' };
const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

interface QuestionItemProps {
  readonly sitting: Sitting;
  readonly item: Extract<SittingItem, { what: 'question' }>;
  /** Called with the sitting after the answer, once the student goes on. */
  readonly onNext: (sitting: Sitting) => void;
}

/** One question of a sitting, and nothing else: choose, say how sure, see what is right, go on. */
export function QuestionItem({ sitting, item, onNext }: QuestionItemProps) {
  const { t } = useTranslation();
  const returns = useReturns();
  const { question } = item;
  const [chosen, setChosen] = useState<Chosen>(() => unanswered(question));
  const before = useRef<Chosen[]>([]);
  const [answered, setAnswered] = useState<Answered | null>(null);
  const [marked, setMarked] = useState(question.marked);
  const stopwatch = useStopwatch(`${sitting.id} ${String(item.position)}`);
  const answer = useCommand('learning.practice.answer');
  const mark = useCommand('learning.practice.mark');
  const suspend = useCommand('learning.cards.suspend');
  const placement = sitting.kind === 'placement';
  const empty = chosen.length === 0;

  const choose = (next: Chosen): void => {
    if (answered !== null || answer.isPending) return;
    // Letters that are typed are no change of mind.
    if (typeof chosen !== 'string' && chosen.length > 0 && question.kind !== 'multiple' && next !== chosen && next[0] !== chosen[0]) before.current = [...before.current, chosen];
    setChosen(next);
  };
  const submit = (confidence: Confidence | null): void => {
    if (answered !== null || answer.isPending || (empty && !placement)) return;
    answer.mutate(
      { id: sitting.id, position: item.position, chosen: typeof chosen === 'string' ? chosen : [...chosen], confidence, milliseconds: stopwatch.read(), changedFrom: before.current.map((one) => (typeof one === 'string' ? one : [...one])) },
      {
        onError: tellFailure,
        onSuccess: (given) => {
          letGoOfFocus();
          // A placement goes straight on: what is right would teach, and spoil what it measures.
          if (placement) onNext(given.sitting);
          else setAnswered(given);
        },
      },
    );
  };
  const next = (): void => {
    if (answered !== null) onNext(answered.sitting);
  };
  const toggleMark = (): void => {
    setMarked(!marked);
    mark.mutate({ questionId: question.id, marked: !marked }, { onError: (error) => { setMarked(marked); tellFailure(error); } });
  };
  const putAway = (): void => {
    suspend.mutate(
      { questionId: question.id, suspended: true },
      {
        onError: tellFailure,
        onSuccess: () => {
          toast({ title: t('practice.putAway'), action: { label: t('common.undo'), run: () => { suspend.mutate({ questionId: question.id, suspended: false }, { onError: tellFailure }); } } });
        },
      },
    );
  };
  useShortcuts([
    ...digits.slice(0, question.options.length).map((keys, place) => ({ keys, label: t('practice.keys.choose'), run: () => { choose(toggled(question, chosen, place)); } })),
    { keys: ' ', label: t(answered === null ? 'practice.keys.show' : 'practice.keys.next'), run: () => { if (answered === null) submit(null); else next(); } },
    { keys: 'Enter', label: t(answered === null ? 'practice.keys.show' : 'practice.keys.next'), atRest: true, run: () => { if (answered === null) submit(null); else next(); } },
    ...(placement ? [] : confidences.map((level) => ({ keys: confidenceKeys[level], label: t(`practice.confidence.${confidenceWords[level]}`), run: () => { submit(level); } }))),
    { keys: 'f', label: t('practice.keys.mark'), run: toggleMark },
  ]);
  return (
    <div className="flex flex-col gap-5">
      <div className="flex items-center justify-between gap-3">
        <span className="flex min-w-0 flex-wrap items-center gap-2 text-sm text-muted">
          {item.why !== 'wished' && <Tag>{t(`practice.reasons.${item.why}`)}</Tag>}
          <span className="truncate">{question.topic.title}</span>
        </span>
        <IconButton label={t(marked ? 'practice.unmark' : 'practice.mark')} pressed={marked} onClick={toggleMark}>
          {marked ? <BookmarkCheck size={16} aria-hidden /> : <Bookmark size={16} aria-hidden />}
        </IconButton>
      </div>
      <Question question={question} chosen={chosen} onChoose={answered === null ? choose : undefined} solution={answered?.solution} onSubmit={() => { submit(null); }} />
      <div role="status" aria-live="polite" className="flex flex-col gap-4">
        {answered !== null && (
          <>
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              {answered.correct ? (
                <span className="flex items-center gap-1.5 font-medium text-good">
                  <CircleCheckBig size={16} aria-hidden /> {t('practice.right')}
                </span>
              ) : (
                <span className="flex items-center gap-1.5 font-medium text-critical">
                  <CircleX size={16} aria-hidden /> {t('practice.wrong')}
                </span>
              )}
              {answered.judgement !== null && <span className="text-muted">{answered.judgement}</span>}
            </p>
            <Explanation solution={answered.solution} />
          </>
        )}
      </div>
      {answered === null ? (
        placement ? (
          <div className="flex flex-wrap gap-2">
            <Button look="primary" disabled={empty} busy={answer.isPending} onClick={() => { submit(null); }}>
              {t('practice.answer')} <Key>{t('practice.space')}</Key>
            </Button>
            {empty && (
              <Button busy={answer.isPending} onClick={() => { submit(null); }}>
                {t('practice.dontKnow')}
              </Button>
            )}
          </div>
        ) : (
          <div className="flex flex-col gap-2">
            <p className="text-sm text-muted">{t('practice.howSure')}</p>
            <div className="flex flex-wrap gap-2">
              {confidences.map((level) => (
                <Button key={level} disabled={empty || answer.isPending} title={t(`practice.claims.${confidenceWords[level]}`)} onClick={() => { submit(level); }}>
                  {t(`practice.confidence.${confidenceWords[level]}`)} <Key>{confidenceKeys[level].toUpperCase()}</Key>
                </Button>
              ))}
              <Button look="quiet" disabled={empty} busy={answer.isPending} onClick={() => { submit(null); }}>
                {t('practice.show')} <Key>{t('practice.space')}</Key>
              </Button>
            </div>
          </div>
        )
      ) : (
        <div className="flex flex-wrap items-center gap-3">
          <Button look="primary" onClick={next}>
            {t(answered.sitting.current === null ? 'practice.finish' : 'practice.next')} <Key>{t('practice.space')}</Key>
          </Button>
          {answered.returnsInDays !== null && <span className="text-sm text-muted">{returns(answered.returnsInDays)}</span>}
          <Button look="quiet" size="small" onClick={putAway}>
            {t('practice.never')}
          </Button>
        </div>
      )}
    </div>
  );
}
