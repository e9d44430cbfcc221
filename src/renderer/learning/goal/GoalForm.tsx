import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CourseSummary } from '#contract/learning/courses';
import type { Goal } from '#contract/learning/goals';
import { studyStyles } from '#domain/learning/goals';
import { useCommand } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Choice, Select, TextField } from '#renderer/kit/Field';
import { toast } from '#renderer/kit/toasts';
import { messageOf } from '#renderer/data/client';

interface GoalFormProps {
  readonly courses: readonly CourseSummary[];
  /** Null for a new one. */
  readonly goal: Goal | null;
  readonly onDone: () => void;
  readonly onCancel: (() => void) | null;
}

const usualHours = '5';

/** A number as it was typed, or null. */
function numberOf(text: string): number | null {
  const value = Number(text.replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(value) ? null : value;
}

/** What to study for, until when, how much, and how. */
export function GoalForm({ courses, goal, onDone, onCancel }: GoalFormProps) {
  const { t } = useTranslation();
  const [courseId, setCourseId] = useState(goal?.courseId ?? courses[0]?.id ?? '');
  const [date, setDate] = useState(goal?.examDate ?? '');
  const [hours, setHours] = useState(goal === null ? usualHours : String(goal.hoursAWeek));
  const [style, setStyle] = useState(goal?.style ?? 'mixed');
  const [scheduler, setScheduler] = useState(goal?.scheduler ?? 'fsrs');
  const [retention, setRetention] = useState(goal === null ? '90' : String(Math.round(goal.retention * 100)));
  const [reviews, setReviews] = useState(goal === null ? '' : String(goal.reviewsADay));
  const aimed = goal?.targetShare ?? null;
  const [target, setTarget] = useState(aimed === null ? '' : String(Math.round(aimed * 100)));
  const [problem, setProblem] = useState<string | null>(null);
  const create = useCommand('learning.goals.create');
  const update = useCommand('learning.goals.update');
  const course = courses.find(({ id }) => id === courseId);
  const hoursAWeek = numberOf(hours);
  const hoursWrong = hoursAWeek === null || hoursAWeek < 0 || hoursAWeek > 100;
  const kept = numberOf(retention);
  const retentionWrong = kept === null || kept < 70 || kept > 97;
  const most = reviews.trim() === '' ? undefined : (numberOf(reviews) ?? -1);
  const reviewsWrong = most !== undefined && (!Number.isInteger(most) || most < 0 || most > 2_000);
  const aim = target.trim() === '' ? null : (numberOf(target) ?? -1);
  const targetWrong = aim !== null && (aim < 0 || aim > 100);
  const wrong = hoursWrong || retentionWrong || reviewsWrong || targetWrong;
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    if (wrong) return;
    setProblem(null);
    const wishes = { examDate: date === '' ? null : date, hoursAWeek, style, scheduler, retention: kept / 100, targetShare: aim === null ? null : aim / 100, ...(most === undefined ? {} : { reviewsADay: most }) };
    const after = {
      onError: (error: Error) => { setProblem(messageOf(error)); },
      onSuccess: () => {
        toast({ title: t(goal === null ? 'goal.set' : 'goal.changed') });
        onDone();
      },
    };
    if (goal === null) create.mutate({ courseId, ...wishes }, after);
    else update.mutate({ id: goal.id, ...wishes }, after);
  };
  return (
    <form onSubmit={save} className="flex flex-col gap-6" aria-label={t(goal === null ? 'goal.new' : 'goal.edit')}>
      <section className="flex flex-col gap-3">
        {goal === null ? (
          <Select label={t('goal.course')} value={courseId} options={courses.map(({ id, title }) => ({ value: id, label: title }))} onChange={(event) => { setCourseId(event.target.value); }} />
        ) : (
          <h2 className="text-xl font-semibold">{goal.courseTitle}</h2>
        )}
        {course !== undefined && (
          <p className="tabular text-sm text-muted">
            {[t('practice.questions', { count: course.questions }), ...(course.sections > 0 ? [t('goal.sections', { count: course.sections })] : []), ...(course.flashcards > 0 ? [t('goal.flashcards', { count: course.flashcards })] : []), ...(course.exam.questions === null ? [] : [t('goal.exam', { count: course.exam.questions })])].join(' · ')}
            {course.notice !== null && <span className="block">{course.notice}</span>}
          </p>
        )}
      </section>
      <section className="grid gap-4 sm:grid-cols-2">
        <TextField type="date" label={t('goal.date')} hint={t('goal.dateHint')} value={date} onChange={(event) => { setDate(event.target.value); }} />
        <TextField label={t('goal.hours')} hint={t('goal.hoursHint')} inputMode="decimal" value={hours} error={hoursWrong ? t('goal.hoursWrong') : undefined} onChange={(event) => { setHours(event.target.value); }} />
      </section>
      <fieldset className="grid gap-2 sm:grid-cols-2">
        <legend className="mb-1 text-sm font-medium">{t('goal.style')}</legend>
        {studyStyles.map((one) => (
          <Choice key={one} name="style" value={one} checked={style === one} title={t(`goal.styles.${one}`)} detail={t(`goal.styleDetails.${one}`)} onChoose={() => { setStyle(one); }} />
        ))}
      </fieldset>
      <details className="rounded-md border border-line bg-surface">
        <summary className="px-4 py-2.5 font-medium">{t('goal.more')}</summary>
        <div className="grid gap-4 border-t border-line p-4 sm:grid-cols-2">
          <Select
            label={t('goal.scheduler')}
            hint={t(`goal.schedulerHints.${scheduler}`)}
            value={scheduler}
            options={[{ value: 'fsrs', label: t('goal.schedulers.fsrs') }, { value: 'fixed', label: t('goal.schedulers.fixed') }]}
            onChange={(event) => { setScheduler(event.target.value as 'fsrs' | 'fixed'); }}
          />
          <TextField label={t('goal.retention')} hint={t('goal.retentionHint')} inputMode="numeric" value={retention} disabled={scheduler === 'fixed'} error={retentionWrong ? t('goal.retentionWrong') : undefined} onChange={(event) => { setRetention(event.target.value); }} />
          <TextField label={t('goal.reviews')} hint={t('goal.reviewsHint')} inputMode="numeric" value={reviews} placeholder={t('goal.reviewsAuto')} error={reviewsWrong ? t('goal.reviewsWrong') : undefined} onChange={(event) => { setReviews(event.target.value); }} />
          <TextField label={t('goal.target')} hint={t('goal.targetHint')} inputMode="numeric" value={target} error={targetWrong ? t('goal.targetWrong') : undefined} onChange={(event) => { setTarget(event.target.value); }} />
        </div>
      </details>
      {problem !== null && (
        <p role="alert" className="text-critical">
          {problem}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button look="primary" type="submit" disabled={wrong} busy={create.isPending || update.isPending}>
          {t(goal === null ? 'goal.create' : 'goal.save')}
        </Button>
        {onCancel !== null && <Button onClick={onCancel}>{t('common.cancel')}</Button>}
      </div>
    </form>
  );
}
