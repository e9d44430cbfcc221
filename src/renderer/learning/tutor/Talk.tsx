import { CircleStop, CornerDownLeft, Lightbulb } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { longestTutorQuestion, type TutorPlace } from '#contract/learning/tutors';
import { type ConversationKind, conversationKinds } from '#domain/learning/tutors/kinds';
import { shownSoFar } from '#domain/learning/tutors/writing';
import { useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { SkeletonRows } from '#renderer/kit/Face';
import { Select, TextArea } from '#renderer/kit/Field';
import { Spoken } from '#renderer/kit/Spoken';
import { TalkEnd, useTalkScroll } from '#renderer/kit/Talk';
import { classes } from '#renderer/kit/classes';
import { useShortcuts } from '#renderer/kit/useShortcuts';
import { Markdown } from '#renderer/learning/Markdown';
import { NoGoal } from '#renderer/learning/learn/NoGoal';
import { Failure } from '#renderer/shell/Failure';
import { plainWords } from '../plainWords';
import { Message } from './Message';
import { useTalk } from './useTalk';

interface TalkProps {
  /** The conversation to go on with; null begins one. */
  readonly id: string | null;
  readonly onBegun: (id: string) => void;
  readonly place?: TutorPlace | undefined;
  /** Beside something else: narrow, and sections are read in it. */
  readonly beside?: boolean;
  readonly onRead?: ((sectionId: string) => void) | undefined;
}

/** So many questions are offered. */
const mostNext = 4;
/** From so many letters left on it says how many. */
const nearLimit = 500;

/** A conversation with the tutor: what was said, and a place to ask. */
export function Talk({ id, onBegun, place, beside = false, onRead }: TalkProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<ConversationKind>('general_help');
  const [courseId, setCourseId] = useState<string | null>(null);
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const talk = useTalk(id, onBegun);
  const read = useEntry('learning.tutors.get', { id: id ?? '' }, { enabled: id !== null, keep: false });
  const heldKind = read.data?.conversation.kind ?? kind;
  const course = courseId === null || place !== undefined ? {} : { courseId };
  const opening = useEntry('learning.tutors.opening', { kind: heldKind, ...course, ...(place === undefined ? {} : { place }) }, { keep: true });
  const messages = read.data?.messages ?? [];
  const busy = talk.asking !== null;
  const arriving = shownSoFar(talk.arriving);
  useShortcuts(busy ? [{ keys: 'Escape', label: t('tutor.stop'), inFields: true, run: talk.stop }] : []);
  const { list, bottom } = useTalkScroll(messages.length, busy, arriving);

  const send = (words: string, wish: 'answer' | 'hint' = 'answer'): void => {
    if (busy || (wish === 'answer' && words.trim() === '') || words.length > longestTutorQuestion) return;
    const mine = words === text;
    void talk.ask({ text: words, wish, kind: heldKind, ...course, ...(place === undefined ? {} : { place }) }, wish === 'hint' ? t('tutor.wantsHint') : words).then((answered) => {
      // What was typed stays until it is in the conversation.
      if (answered && mine) setText('');
      if (wish === 'answer') field.current?.focus();
    });
  };
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send(text);
  };

  if (opening.error !== null) return <Failure error={opening.error} onRetry={() => void opening.refetch()} />;
  if (read.error !== null) return <Failure error={read.error} onRetry={() => void read.refetch()} />;
  if (opening.data === undefined || (id !== null && read.data === undefined)) return <SkeletonRows rows={6} label={t('common.loading')} />;
  const { course: current, courses, measured, hints, suggestions, offline } = opening.data;
  if (current === null) return <NoGoal />;
  const last = messages.at(-1);
  const followUps = last?.followUps ?? [];
  // Beside something, what stands in front now may be another question than the last answer was about.
  const next = busy ? [] : place === undefined ? (followUps.length > 0 || last?.measured === true ? followUps : suggestions) : [...new Set([...suggestions, ...followUps])].filter((one) => one !== messages.at(-2)?.text).slice(0, mostNext);
  const left = longestTutorQuestion - text.length;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className={classes('mx-auto flex w-full max-w-2xl flex-col gap-4', beside ? 'p-3' : 'p-4 sm:p-6')}>
          {measured !== null && (
            <p role="note" className="rounded-md border border-medium/50 bg-medium/5 px-3 py-2 text-sm">
              {t(`tutor.measured.${measured.kind}`)}{' '}
              <Link href={measured.kind === 'mock' ? `/exams/${measured.id}` : `/practice/${measured.id}`} className="font-medium underline underline-offset-2">
                {t(`tutor.measuredGo.${measured.kind}`)}
              </Link>
            </p>
          )}
          {messages.length === 0 && !busy && (
            <div className="flex flex-col gap-3">
              <h2 className="text-lg font-semibold">{t('tutor.beginTitle', { course: current.title })}</h2>
              <p className="max-w-prose text-muted">{t(offline === null ? 'tutor.beginModel' : 'tutor.beginCourse')}</p>
              <div className={classes('grid gap-3', !beside && 'sm:grid-cols-2')}>
                <Select label={t('tutor.kind')} value={kind} options={conversationKinds.map((value) => ({ value, label: t(`tutor.kinds.${value}`) }))} onChange={(event) => { setKind(event.target.value as ConversationKind); }} />
                {place === undefined && courses.length > 1 && <Select label={t('tutor.course')} value={current.id} options={courses.map((one) => ({ value: one.id, label: one.title }))} onChange={(event) => { setCourseId(event.target.value); }} />}
              </div>
            </div>
          )}
          <ol ref={list} aria-label={t('tutor.said')} className="flex flex-col gap-4">
            {messages.map((message) => (
              <Message key={message.id} message={message} onRead={onRead} />
            ))}
            {talk.asking !== null && (
              <li className="ml-auto max-w-[85%] rounded-md bg-selected px-3 py-2">
                <span className="break-words whitespace-pre-wrap">{talk.asking}</span>
              </li>
            )}
            {busy && <li className="min-h-6">{arriving === '' ? <p className="text-sm text-muted">{t('tutor.thinking')}</p> : <Markdown text={arriving} />}</li>}
          </ol>
          <Spoken arriving={plainWords(arriving)} whole={talk.latest === null ? null : plainWords(talk.latest)} />
          <TalkEnd problem={talk.problem} next={next} label={t('tutor.next')} onAsk={(question) => { send(question); }} />
          <div ref={bottom} />
        </div>
      </div>
      <form
        className="border-t border-line bg-surface"
        onSubmit={(event) => {
          event.preventDefault();
          send(text);
        }}
      >
        <div className={classes('mx-auto flex w-full max-w-2xl flex-col gap-2', beside ? 'p-3' : 'px-4 py-3 sm:px-6')}>
          <TextArea
            ref={field}
            label={t('tutor.ask')}
            labelHidden
            placeholder={t('tutor.placeholder')}
            rows={2}
            value={text}
            error={left < 0 ? t('tutor.tooLong', { count: -left, most: longestTutorQuestion }) : undefined}
            hint={left >= 0 && left < nearLimit ? t('tutor.lettersLeft', { count: left }) : undefined}
            onChange={(event) => { setText(event.target.value); }}
            onKeyDown={onKey}
          />
          <div className="flex flex-wrap items-center gap-2">
            {busy ? (
              <Button icon={<CircleStop size={14} aria-hidden />} onClick={talk.stop}>
                {t('tutor.stop')}
              </Button>
            ) : (
              <Button type="submit" look="primary" icon={<CornerDownLeft size={14} aria-hidden />} disabled={text.trim() === '' || left < 0}>
                {t('tutor.send')}
              </Button>
            )}
            {hints !== null && (
              <Button icon={<Lightbulb size={14} aria-hidden />} disabled={busy} onClick={() => { send('', 'hint'); }}>
                {hints.given < hints.of ? t('tutor.hint', { rung: hints.given + 1, of: hints.of }) : t('tutor.hintsOver')}
              </Button>
            )}
            <span className="min-w-0 flex-1 text-sm text-muted">
              {offline === null ? (
                t('tutor.online')
              ) : (
                <>
                  {t('tutor.offline')}{' '}
                  <Link href="/language" title={offline.message} className="underline underline-offset-2">
                    {t('tutor.why')}
                  </Link>
                </>
              )}
            </span>
          </div>
        </div>
      </form>
    </div>
  );
}
