import { Layers } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { runJob } from '#renderer/data/jobs';
import { Button } from '#renderer/kit/Button';
import { Empty, SkeletonRows } from '#renderer/kit/Face';
import { Card, Key } from '#renderer/kit/Marks';
import { toast } from '#renderer/kit/toasts';
import { useShortcuts } from '#renderer/kit/useShortcuts';
import { Failure } from '#renderer/shell/Failure';
import { tellFailure } from '#renderer/shell/tellFailure';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { useAskedCourse } from '#renderer/learning/askedCourse';
import { NoGoal } from '#renderer/learning/learn/NoGoal';
import { useStart } from './useStart';

/** Flashcards and everything else that comes back by itself: what is due, the days ahead, and the schedule. */
export function Flashcards() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  useScreenTitle(t('places.flashcards'));
  const courseId = useAskedCourse();
  const choices = useEntry('learning.practice.choices', { courseId }, { keep: true });
  const cards = useEntry('learning.cards.overview', { courseId }, { keep: true });
  const { start, busy } = useStart();
  const begin = (): void => {
    start({ kind: 'cards', courseId });
  };
  useShortcuts([{ keys: 'b', label: t('practice.keys.begin'), run: begin }]);
  if (choices.error !== null) return <Failure error={choices.error} onRetry={() => void choices.refetch()} />;
  if (cards.error !== null) return <Failure error={cards.error} onRetry={() => void cards.refetch()} />;
  if (choices.data === undefined || cards.data === undefined) return <SkeletonRows rows={8} label={t('common.loading')} />;
  if (choices.data.courseId === null) return <NoGoal />;
  const { flashcards, flashcardsDue, flashcardsUnseen } = choices.data;
  const data = cards.data;
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex w-full max-w-3xl flex-col gap-5 p-4 sm:p-6">
        {flashcards === 0 ? (
          <Empty icon={<Layers size={28} aria-hidden />} title={t('flashcards.none')} action={<Button onClick={() => { go('/practice'); }}>{t('flashcards.toPractice')}</Button>}>
            {t('flashcards.noneDetail')}
          </Empty>
        ) : (
          <section aria-label={t('places.flashcards')} className="flex flex-wrap items-center justify-between gap-3 rounded-md border border-line bg-surface p-4">
            <div>
              <p className="tabular text-lg font-semibold">{t('flashcards.due', { count: flashcardsDue })}</p>
              <p className="tabular text-muted">{t('flashcards.unseen', { count: flashcardsUnseen, total: flashcards })}</p>
            </div>
            <Button look="primary" busy={busy} disabled={flashcardsDue + flashcardsUnseen === 0} onClick={begin}>
              {t('practice.begin')} <Key>B</Key>
            </Button>
          </section>
        )}
        <Card title={t('flashcards.ahead')}>
          {data.total === 0 ? (
            <p className="text-muted">{t('flashcards.nothingYet')}</p>
          ) : (
            <>
              <p className="tabular mb-3 text-muted">
                {t('flashcards.cap', { due: data.due, cap: data.cap, done: data.doneToday })}
                {data.waiting > 0 && ` ${t('flashcards.waiting', { count: data.waiting })}`}
              </p>
              <Forecast days={data.forecast} cap={data.cap} />
            </>
          )}
        </Card>
        <Schedule data={data} />
      </div>
    </div>
  );
}

/** The cards of the next days, each with its number; a day never holds more than the cap. */
function Forecast({ days, cap }: { readonly days: readonly { readonly date: string; readonly asked: number; readonly waiting: number }[]; readonly cap: number }) {
  const { t, i18n } = useTranslation();
  const formats = useFormats('UTC');
  const most = Math.max(1, Math.min(cap, Math.max(...days.map(({ asked }) => asked))));
  const day = new Intl.DateTimeFormat(i18n.language, { weekday: 'narrow', timeZone: 'UTC' });
  return (
    <ol aria-label={t('flashcards.ahead')} className="grid grid-cols-14 items-end gap-1">
      {days.map(({ date, asked }) => (
        <li key={date} className="flex flex-col items-center gap-1" title={t('flashcards.onDay', { date: formats.date(Date.parse(date)), count: asked })}>
          <span className="tabular text-xs text-muted">{asked}</span>
          <span className="flex h-16 w-full items-end" aria-hidden>
            <span className="w-full rounded-sm bg-line-strong" style={{ height: `${String(Math.round((asked / most) * 100))}%` }} />
          </span>
          <span className="text-xs text-faint">
            <span aria-hidden>{day.format(Date.parse(date))}</span>
            <span className="sr-only">{formats.date(Date.parse(date))}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

interface Overview {
  readonly scheduler: 'fsrs' | 'fixed';
  readonly reviews: number;
  readonly needed: number;
  readonly fit: { readonly reviews: number; readonly defaultLoss: number; readonly fittedLoss: number; readonly inUse: boolean; readonly fittedAt: number } | null;
}

/** Which schedule is followed, and whether it was fitted to the student's own log. */
function Schedule({ data }: { readonly data: Overview }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [busy, setBusy] = useState(false);
  const fit = (): void => {
    setBusy(true);
    runJob('learning.cards.fit', {})
      .then(({ inUse }) => {
        toast({ title: t(inUse ? 'flashcards.fitUsed' : 'flashcards.fitUnused') });
      }, tellFailure)
      .finally(() => { setBusy(false); });
  };
  return (
    <Card title={t('flashcards.schedule')}>
      <div className="flex flex-col items-start gap-2">
        <p>{t(`flashcards.schedulers.${data.scheduler}`)}</p>
        {data.scheduler === 'fsrs' && data.fit !== null && (
          <p className="tabular text-muted">
            {t(data.fit.inUse ? 'flashcards.fitted' : 'flashcards.notFitted', { count: data.fit.reviews, own: data.fit.fittedLoss.toFixed(3), defaults: data.fit.defaultLoss.toFixed(3), when: formats.ago(data.fit.fittedAt) })}
          </p>
        )}
        {data.scheduler === 'fsrs' &&
          (data.reviews >= data.needed ? (
            <Button size="small" busy={busy} onClick={fit}>
              {t('flashcards.fit')}
            </Button>
          ) : (
            <p className="tabular text-sm text-faint">{t('flashcards.fitNeeds', { count: data.reviews, needed: data.needed })}</p>
          ))}
      </div>
    </Card>
  );
}
