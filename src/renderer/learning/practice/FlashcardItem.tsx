import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sitting, SittingItem } from '#contract/learning/practice';
import { useCommand } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Key } from '#renderer/kit/Marks';
import { toast } from '#renderer/kit/toasts';
import { letGoOfFocus, useShortcuts } from '#renderer/kit/useShortcuts';
import { tellFailure } from '#renderer/shell/tellFailure';
import { ratingWords } from './levels';
import { Markdown } from '#renderer/learning/Markdown';
import { useStopwatch } from './useStopwatch';

interface FlashcardItemProps {
  readonly sitting: Sitting;
  readonly item: Extract<SittingItem, { what: 'flashcard' }>;
  readonly onNext: (sitting: Sitting) => void;
}

/** A flashcard: its front, then its back, then how well it came back. */
export function FlashcardItem({ sitting, item, onNext }: FlashcardItemProps) {
  const { t } = useTranslation();
  const { flashcard, returns } = item;
  const [shown, setShown] = useState(false);
  const stopwatch = useStopwatch(`${sitting.id} ${String(item.position)}`);
  const rate = useCommand('learning.practice.rate');
  const undo = useCommand('learning.cards.undo');
  const say = (rating: 1 | 2 | 3 | 4): void => {
    if (!shown || rate.isPending) return;
    rate.mutate(
      { id: sitting.id, position: item.position, rating, milliseconds: stopwatch.read() },
      {
        onError: tellFailure,
        onSuccess: ({ sitting: next }) => {
          letGoOfFocus();
          const reviewId = next.undo?.reviewId;
          if (reviewId !== undefined) {
            toast({
              title: t('practice.rated', { rating: t(`practice.ratings.${ratingWords[rating]}`) }),
              action: { label: t('common.undo'), run: () => { undo.mutate({ reviewId }, { onError: tellFailure, onSuccess: ({ sitting: back }) => { if (back !== null) onNext(back); } }); } },
            });
          }
          onNext(next);
        },
      },
    );
  };
  const show = (): void => {
    setShown(true);
  };
  useShortcuts([
    { keys: ' ', label: t('practice.keys.show'), run: () => { if (shown) say(3); else show(); } },
    ...([1, 2, 3, 4] as const).map((rating) => ({ keys: String(rating), label: t(`practice.ratings.${ratingWords[rating]}`), run: () => { say(rating); } })),
  ]);
  return (
    <div className="flex flex-col gap-5">
      {flashcard.topic !== null && <p className="text-sm text-muted">{flashcard.topic.title}</p>}
      <section aria-label={t('practice.front')} className="flex min-h-40 flex-col justify-center rounded-md border border-line bg-surface p-6 text-lg">
        <Markdown text={flashcard.front} />
      </section>
      {shown ? (
        <>
          <section aria-label={t('practice.back')} aria-live="polite" className="flex min-h-40 flex-col justify-center rounded-md border border-line bg-surface p-6 text-lg">
            <Markdown text={flashcard.back} />
          </section>
          <div className="flex flex-wrap gap-2">
            {returns.map(({ rating, days }) => (
              <Button key={rating} busy={rate.isPending} look={rating === 3 ? 'primary' : 'secondary'} onClick={() => { say(rating); }}>
                <Key>{rating}</Key> {t(`practice.ratings.${ratingWords[rating]}`)}
                <span className="font-normal opacity-80">{days === 0 ? t('practice.soon') : t('practice.days', { count: days })}</span>
              </Button>
            ))}
          </div>
        </>
      ) : (
        <div>
          <Button look="primary" onClick={show}>
            {t('practice.show')} <Key>{t('practice.space')}</Key>
          </Button>
        </div>
      )}
    </div>
  );
}
