import { BookOpen, Check, Cpu, Layers, PencilLine, RotateCcw, SquareTerminal, Timer } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { longestWish, type Path, type PathStep } from '#contract/learning/paths';
import { type PathKind, pathKinds } from '#domain/learning/paths/kinds';
import { useFormats } from '#renderer/data/format';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Select, TextField } from '#renderer/kit/Field';
import { Card } from '#renderer/kit/Marks';
import { classes } from '#renderer/kit/classes';
import { toast } from '#renderer/kit/toasts';
import { tellFailure } from '#renderer/shell/tellFailure';
import { useStart } from '#renderer/learning/practice/useStart';
import { ChooseTopics } from './ChooseTopics';

const icons = { section: BookOpen, practice: PencilLine, review: RotateCcw, mock: Timer, lab: SquareTerminal, flashcards: Layers } as const;
/** So many weeks are shown at first. */
const weeksShown = 2;
/** So many steps of a week. */
const stepsShown = 8;

/** The plan by week: what it holds, what is done, and whether it fits. */
export function Plan() {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const [wish, setWish] = useState('');
  const read = useEntry('learning.paths.get', {}, { keep: true });
  const generate = useCommand('learning.paths.generate');
  const refine = useCommand('learning.paths.refine');
  const asked = useEntry('platform.language.status', {});
  const path = read.data?.path ?? null;
  if (path === null) return null;
  const make = (kind: PathKind | 'suitable'): void => {
    if (kind === 'custom') setChoosing(true);
    else generate.mutate(kind === 'suitable' ? {} : { kind }, { onError: tellFailure });
  };
  const good = path.feasibility.verdict === 'fits' || path.feasibility.verdict === 'open';
  return (
    <Card
      title={t('learn.plan')}
      action={
        <Select
          label={t('learn.kind')}
          labelHidden
          value={path.kind}
          disabled={generate.isPending}
          options={[...pathKinds.map((kind) => ({ value: kind, label: t(`learn.kinds.${kind}`) })), { value: 'suitable', label: t('learn.kinds.suitable') }]}
          onChange={(event) => { make(event.target.value as PathKind | 'suitable'); }}
        />
      }
    >
      <div className="flex flex-col gap-4">
        <p className={classes('rounded-md border px-3 py-2', good ? 'border-line text-muted' : 'border-medium/50 bg-medium/5')}>
          {path.feasibility.message}
          {!good && (
            <>
              {' '}
              <Link href="/goal" className="font-medium underline underline-offset-2">
                {t('learn.changeGoal')}
              </Link>
            </>
          )}
        </p>
        {path.refinement === null ? (
          asked.data?.offline === null &&
          asked.data.purposes.includes('paths') && (
            <form
              className="flex flex-col gap-2"
              onSubmit={(event) => {
                event.preventDefault();
                refine.mutate({ wish }, { onError: tellFailure, onSuccess: ({ message }) => { toast({ title: message }); } });
              }}
            >
              <TextField label={t('learn.wish')} hint={t('learn.wishHint')} maxLength={longestWish} value={wish} onChange={(event) => { setWish(event.target.value); }} />
              <div className="flex flex-wrap items-center gap-3">
                <Button type="submit" size="small" icon={<Cpu size={14} aria-hidden />} busy={refine.isPending}>
                  {t('learn.refine')}
                </Button>
                <span className="text-sm text-muted">{t('learn.refineDetail')}</span>
              </div>
            </form>
          )
        ) : (
          <section aria-label={t('learn.refined')} className="flex flex-col gap-2 rounded-md border border-line px-3 py-2">
            <h3 className="flex items-center gap-1.5 text-sm font-medium">
              <Cpu size={14} aria-hidden /> {t('learn.refined')}
            </h3>
            <p>{path.refinement.summary}</p>
            <ul className="flex flex-col gap-1 text-sm text-muted">
              {path.refinement.reasons.map(({ topic, reason }) => (
                <li key={topic.id}>
                  <span className="font-medium text-text">{topic.title}</span>: {reason}
                </li>
              ))}
            </ul>
            <div>
              <Button size="small" look="quiet" busy={generate.isPending} onClick={() => { make('suitable'); }}>
                {t('learn.unrefine')}
              </Button>
            </div>
          </section>
        )}
        {(all ? path.weeks : path.weeks.slice(0, weeksShown)).map((week, index) => (
          <Week key={week.weekStart} week={week} first={index === 0} />
        ))}
        {path.weeks.length > weeksShown && (
          <div>
            <Button size="small" aria-expanded={all} onClick={() => { setAll(!all); }}>
              {all ? t('learn.fewerWeeks') : t('learn.moreWeeks', { count: path.weeks.length - weeksShown })}
            </Button>
          </div>
        )}
      </div>
      <ChooseTopics
        open={choosing}
        busy={generate.isPending}
        onClose={() => { setChoosing(false); }}
        onChoose={(topicIds) => {
          generate.mutate({ kind: 'custom', topicIds: [...topicIds] }, { onError: tellFailure, onSuccess: () => { setChoosing(false); } });
        }}
      />
    </Card>
  );
}

function Week({ week, first }: { readonly week: Path['weeks'][number]; readonly first: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats('UTC');
  const [open, setOpen] = useState(first);
  const [whole, setWhole] = useState(false);
  const shown = whole ? week.steps : week.steps.slice(0, stepsShown);
  const id = `week-${week.weekStart}`;
  return (
    <section aria-labelledby={id}>
      <button type="button" id={id} aria-expanded={open} onClick={() => { setOpen(!open); }} className="flex w-full flex-wrap items-baseline justify-between gap-x-3 text-left">
        <span className="font-medium">{first ? t('learn.thisWeek') : t('learn.weekOfDay', { date: formats.date(Date.parse(week.weekStart)) })}</span>
        <span className="tabular text-sm text-muted">
          {t('learn.weekPlanned', { planned: Math.round(week.plannedMinutes), share: formats.percent(week.covered) })}
        </span>
      </button>
      {open && week.steps.length === 0 && <p className="mt-1 text-sm text-muted">{t('learn.weekEmpty')}</p>}
      {open && week.steps.length > 0 && (
        <ul className="mt-1 flex flex-col">
          {shown.map((step, index) => (
            <Step key={index} step={step} />
          ))}
        </ul>
      )}
      {open && week.steps.length > stepsShown && (
        <Button size="small" look="quiet" aria-expanded={whole} onClick={() => { setWhole(!whole); }}>
          {whole ? t('learn.fewerSteps') : t('learn.moreSteps', { count: week.steps.length - stepsShown })}
        </Button>
      )}
    </section>
  );
}

function Step({ step }: { readonly step: PathStep }) {
  const { t } = useTranslation();
  const { start } = useStart();
  const { activity, topic, section, lab, amount, minutes, done } = step;
  const Icon = done ? Check : icons[activity];
  const what = section?.title ?? lab?.title ?? topic?.title ?? '';
  const text = {
    section: t('learn.steps.section', { what }),
    practice: t('learn.steps.practice', { count: amount ?? 0, what }),
    review: t('learn.steps.review', { count: amount ?? 0 }),
    mock: t('learn.steps.mock'),
    lab: t('learn.steps.lab', { what }),
    flashcards: t('learn.steps.flashcards', { count: amount ?? 0, what }),
  }[activity];
  const inside = (
    <>
      <Icon size={14} aria-hidden className={classes('mt-0.5 shrink-0', done ? 'text-good' : 'text-faint')} />
      <span className={classes('min-w-0 flex-1', done && 'text-muted')}>
        {text}
        {done && <span className="sr-only"> ({t('learn.stepDone')})</span>}
      </span>
      <span className="tabular shrink-0 text-sm text-faint">{t('learn.minutesShort', { count: Math.max(1, Math.round(minutes)) })}</span>
    </>
  );
  const look = 'flex w-full items-start gap-2 rounded px-1 py-1 text-left hover:bg-sunken';
  const to = activity === 'mock' ? '/exams' : activity === 'lab' && lab !== null ? `/labs/${lab.id}` : activity === 'review' ? '/flashcards' : activity === 'flashcards' ? '/flashcards' : null;
  return (
    <li>
      {activity === 'section' && section !== null ? (
        <Link href={`/library/sections/${section.id}`} className={look}>
          {inside}
        </Link>
      ) : to !== null ? (
        <Link href={to} className={look}>
          {inside}
        </Link>
      ) : (
        <button type="button" className={look} onClick={() => { if (topic !== null) start({ kind: 'quiz', mode: 'mixed', topicIds: [topic.id], count: Math.min(20, amount ?? 10) }); }}>
          {inside}
        </button>
      )}
    </li>
  );
}
