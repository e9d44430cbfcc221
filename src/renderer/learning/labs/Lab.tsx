import { ArrowLeft, Circle, CircleCheckBig, CircleDot, Lightbulb, RotateCcw } from 'lucide-react';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Lab as OpenLab } from '#contract/learning/labs';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { SkeletonRows } from '#renderer/kit/Face';
import { classes } from '#renderer/kit/classes';
import { Failure } from '#renderer/shell/Failure';
import { tellFailure } from '#renderer/shell/tellFailure';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { Markdown } from '#renderer/learning/Markdown';

/** A lab: what to do beside a console that answers as the real one would. */
export function Lab({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const read = useEntry('learning.labs.get', { id }, { keep: true });
  useScreenTitle(read.data?.title ?? t('places.labs'));
  if (read.error !== null) return <Failure error={read.error} onRetry={() => void read.refetch()} />;
  if (read.data === undefined) return <SkeletonRows rows={8} label={t('common.loading')} />;
  return <Worked lab={read.data} />;
}

function Worked({ lab }: { readonly lab: OpenLab }) {
  const { t } = useTranslation();
  const hint = useCommand('learning.labs.hint');
  const restart = useCommand('learning.labs.restart');
  const { id, intro, steps, at } = lab;
  const over = at >= steps.length;
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto grid w-full max-w-6xl gap-5 p-4 sm:p-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <Link href="/labs" className="flex items-center gap-1 text-sm text-muted hover:text-text">
            <ArrowLeft size={14} aria-hidden /> {t('labs.all')}
          </Link>
          <Markdown text={intro} />
          <ol aria-label={t('labs.tasks')} className="flex flex-col gap-3">
            {steps.map(({ task, done, hint: shown, hasHint }, index) => {
              const now = index === at;
              const Icon = done ? CircleCheckBig : now ? CircleDot : Circle;
              return (
                <li key={index} aria-current={now ? 'step' : undefined} className={classes('flex items-start gap-2', !now && !done && 'text-muted')}>
                  <Icon size={16} aria-hidden className={classes('mt-0.5 shrink-0', done ? 'text-good' : now ? 'text-brand' : 'text-faint')} />
                  <div className="flex min-w-0 flex-col gap-1.5">
                    <Markdown text={task} />
                    {done && <span className="sr-only">{t('labs.stepDone')}</span>}
                    {shown !== null && <p className="rounded-md border border-line bg-surface px-2.5 py-1.5 text-sm">{shown}</p>}
                    {now && hasHint && shown === null && (
                      <div>
                        <Button size="small" icon={<Lightbulb size={14} aria-hidden />} busy={hint.isPending} onClick={() => { hint.mutate({ id }, { onError: tellFailure }); }}>
                          {t('labs.hint')}
                        </Button>
                      </div>
                    )}
                  </div>
                </li>
              );
            })}
          </ol>
          {over && (
            <p role="status" className="flex items-center gap-1.5 font-medium text-good">
              <CircleCheckBig size={16} aria-hidden /> {t('labs.finished')}
            </p>
          )}
          <div>
            <Button size="small" look="quiet" icon={<RotateCcw size={14} aria-hidden />} disabled={lab.transcript.length === 0} busy={restart.isPending} onClick={() => { restart.mutate({ id }, { onError: tellFailure }); }}>
              {t('labs.restart')}
            </Button>
          </div>
        </div>
        <Console lab={lab} />
      </div>
    </div>
  );
}

function Console({ lab }: { readonly lab: OpenLab }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [back, setBack] = useState(0);
  const type = useCommand('learning.labs.type');
  const end = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const { transcript, prompt, id } = lab;
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [transcript.length]);
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    const input = text.trim();
    if (input === '' || type.isPending) return;
    setBack(0);
    type.mutate({ id, input }, {
      onError: tellFailure,
      onSuccess: () => {
        // What was typed meanwhile stays.
        setText((now) => (now.trim() === input ? '' : now));
        field.current?.focus();
      },
    });
  };
  /** What was typed before, as a console gives it back. */
  const recall = (steps: number): void => {
    const to = Math.max(0, Math.min(transcript.length, back + steps));
    setBack(to);
    setText(to === 0 ? '' : (transcript[transcript.length - to]?.input ?? ''));
  };
  return (
    <section aria-label={t('labs.console')} className="flex h-[60vh] min-h-72 flex-col overflow-hidden rounded-md border border-line bg-sunken font-mono text-sm">
      <div role="log" aria-live="polite" tabIndex={0} aria-label={t('labs.transcript')} className="min-h-0 flex-1 overflow-y-auto p-3">
        {transcript.length === 0 && <p className="text-muted">{t('labs.welcome')}</p>}
        {transcript.map(({ input, output, accepted }, index) => (
          <div key={index} className="mb-2">
            <p className="break-words">
              <span className="text-muted">{prompt} </span>
              {input}
            </p>
            <p className={classes('break-words whitespace-pre-wrap', accepted ? 'text-good' : 'text-muted')}>{output}</p>
          </div>
        ))}
        <div ref={end} />
      </div>
      <form onSubmit={send} className="flex items-center gap-2 border-t border-line bg-surface px-3">
        <label htmlFor={`console-${id}`} className="shrink-0 text-faint">
          {prompt}
          <span className="sr-only"> {t('labs.type')}</span>
        </label>
        <input
          ref={field}
          id={`console-${id}`}
          value={text}
          maxLength={500}
          autoFocus
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => { setText(event.target.value); }}
          onKeyDown={(event) => {
            if (event.key === 'ArrowUp') {
              event.preventDefault();
              recall(1);
            } else if (event.key === 'ArrowDown') {
              event.preventDefault();
              recall(-1);
            }
          }}
          className="h-10 min-w-0 flex-1 bg-transparent outline-none"
        />
        <Button size="small" type="submit" busy={type.isPending}>
          {t('labs.enter')}
        </Button>
      </form>
    </section>
  );
}
