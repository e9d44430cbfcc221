import { CircleStop, CornerDownLeft, History, Plus, Trash2, X } from 'lucide-react';
import { type KeyboardEvent as FieldKey, useDeferredValue, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { type ChatMessage, longestChatQuestion } from '#contract/admissions/chats';
import { shownSoFar } from '#domain/admissions/chats/writing';
import { useLeadActions } from '#renderer/admissions/contact/useLeadActions';
import { TaskDialog } from '#renderer/admissions/tasks/TaskDialog';
import { call } from '#renderer/data/client';
import { useFormats } from '#renderer/data/format';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button, IconButton } from '#renderer/kit/Button';
import { SkeletonRows } from '#renderer/kit/Face';
import { TextArea, TextField } from '#renderer/kit/Field';
import { Spoken } from '#renderer/kit/Spoken';
import { TalkEnd, useTalkScroll } from '#renderer/kit/Talk';
import { toast } from '#renderer/kit/toasts';
import { Failure } from '#renderer/shell/Failure';
import { tellFailure } from '#renderer/shell/tellFailure';
import { chatPanelId, useChatPanel } from './panelState';
import { AnswerText, Message } from './Message';
import { useChat } from './useChat';

/** Chats that are shown at once. */
const shownAtOnce = 50;
/** From so many letters left on it says how many. */
const nearLimit = 400;

const leadOf = (path: string): string | undefined => /^\/leads\/([0-9a-f-]{36})$/u.exec(path)?.[1];

/** The chat about leads beside any screen of admissions; on a narrow screen over it. */
export function ChatPanel() {
  const { t } = useTranslation();
  const { id, setOpen, show, setStop } = useChatPanel();
  const [path] = useLocation();
  const chat = useChat(id, show);
  const [listing, setListing] = useState(false);
  const busy = chat.asking !== null;
  const { stop } = chat;
  /** Where the panel covers the screen, it makes way for the lead that somebody went to. */
  const makeWay = (): void => { if (!window.matchMedia('(min-width: 1024px)').matches) setOpen(false); };
  useEffect(() => {
    if (!busy) return undefined;
    setStop(() => { stop(); });
    return () => { setStop(null); };
  }, [busy, stop, setStop]);
  return (
    <aside id={chatPanelId} data-no-print aria-label={t('chat.title')} className="flex min-h-0 flex-col border-line bg-bg max-lg:fixed max-lg:inset-0 max-lg:z-30 lg:h-full lg:w-[26rem] lg:shrink-0 lg:border-l">
      <header className="flex h-11 shrink-0 items-center gap-1 border-b border-line px-3">
        <h2 className="flex-1 text-sm font-semibold">{t('chat.title')}</h2>
        <IconButton label={t('chat.begin')} onClick={() => { show(null); setListing(false); }} disabled={busy}>
          <Plus size={16} aria-hidden />
        </IconButton>
        <IconButton label={t('chat.earlier')} aria-expanded={listing} onClick={() => { setListing(!listing); }} disabled={busy}>
          <History size={16} aria-hidden />
        </IconButton>
        <IconButton label={t('chat.close')} onClick={() => { setOpen(false); }}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      {listing ? <Chats onOpen={(next) => { show(next); setListing(false); }} /> : <Talk key={id ?? ''} id={id} leadId={leadOf(path)} chat={chat} onLeave={makeWay} />}
    </aside>
  );
}

/** One’s own chats, to go on with or to put away. */
function Chats({ onOpen }: { readonly onOpen: (id: string | null) => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [limit, setLimit] = useState(shownAtOnce);
  const [words, setWords] = useState('');
  const search = useDeferredValue(words.trim());
  const chats = useEntry('admissions.chats.list', { limit, search }, { keep: true });
  const remove = useCommand('admissions.chats.remove');
  const current = useChatPanel(({ id }) => id);
  const { show } = useChatPanel.getState();
  if (chats.error !== null) return <Failure error={chats.error} onRetry={() => void chats.refetch()} />;
  if (chats.data === undefined) return <SkeletonRows rows={5} label={t('common.loading')} />;
  if (chats.data.total === 0 && search === '' && words === '') return <p className="p-4 text-muted">{t('chat.none')}</p>;
  const putAway = (id: string, title: string): void => {
    remove.mutate(
      { id },
      {
        onSuccess: () => {
          if (id === current) show(null);
          toast({ title: t('chat.removed', { title }), action: { label: t('common.undo'), run: () => { remove.mutate({ id, removed: false }, { onError: tellFailure }); } } });
        },
        onError: tellFailure,
      },
    );
  };
  return (
    <div className="relative flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto p-3">
      <TextField type="search" label={t('chat.search')} labelHidden placeholder={t('chat.search')} maxLength={200} value={words} onChange={(event) => { setWords(event.target.value); }} />
      <p role="status" className="px-1 text-sm text-muted empty:hidden">
        {chats.data.total === 0 && search !== '' ? t('chat.notFound', { words: search }) : ''}
      </p>
      <ul aria-label={t('chat.earlier')}>
        {chats.data.items.map(({ id, title, lastAt, lead }) => (
          <li key={id} className="flex items-center gap-1 rounded hover:bg-sunken">
            <button type="button" aria-current={id === current ? 'true' : undefined} className="min-h-10 min-w-0 flex-1 px-2 py-1 text-left" onClick={() => { onOpen(id); }}>
              <span className="block truncate">{title}</span>
              <span className="block truncate text-sm text-muted">{lead === null ? formats.ago(lastAt) : `${lead.name} · ${formats.ago(lastAt)}`}</span>
            </button>
            <IconButton label={t('chat.remove', { title })} onClick={() => { putAway(id, title); }}>
              <Trash2 size={14} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      {chats.data.items.length < chats.data.total && (
        <Button size="small" look="quiet" onClick={() => { setLimit(limit + shownAtOnce); }}>
          {t('chat.older')}
        </Button>
      )}
    </div>
  );
}

interface TalkProps {
  readonly id: string | null;
  readonly leadId: string | undefined;
  readonly chat: ReturnType<typeof useChat>;
  /** A link led to another screen. */
  readonly onLeave: () => void;
}

/** What was said, and a place to ask. */
function Talk({ id, leadId, chat, onLeave }: TalkProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [text, setText] = useState('');
  const [task, setTask] = useState<{ readonly id: string; readonly name: string; readonly words: string } | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const actions = useLeadActions();
  const read = useEntry('admissions.chats.get', { id: id ?? '' }, { enabled: id !== null });
  const opening = useEntry('admissions.chats.opening', leadId === undefined ? {} : { leadId }, { keep: true });
  const messages = read.data?.messages ?? [];
  const busy = chat.asking !== null;
  const arriving = shownSoFar(chat.arriving);
  useEffect(() => { field.current?.focus(); }, []);
  const { list, bottom } = useTalkScroll(messages.length, busy, arriving);

  const send = (words: string): void => {
    if (busy || words.trim() === '' || words.length > longestChatQuestion) return;
    const mine = words === text;
    void chat.ask(words, leadId).then((answered) => {
      // What was typed stays until it is in the chat.
      if (answered && mine) setText('');
      field.current?.focus();
    });
  };
  const onKey = (event: FieldKey<HTMLTextAreaElement>): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send(text);
  };
  /** Opens what every screen opens for it: nothing is done before the person confirms it there. */
  const propose = ({ kind, lead, words }: ChatMessage['proposals'][number]): void => {
    if (kind === 'open') {
      go(`/leads/${lead.id}`);
      onLeave();
    } else if (kind === 'task') setTask({ ...lead, words: words ?? '' });
    else call('admissions.leads.get', { id: lead.id }).then((row) => { if (kind === 'log') actions.log(row); else actions.assign([row]); }, tellFailure);
  };

  if (read.error !== null) return <Failure error={read.error} onRetry={() => void read.refetch()} />;
  if (id !== null && read.data === undefined) return <SkeletonRows rows={6} label={t('common.loading')} />;
  const last = messages.at(-1);
  const next = busy ? [] : (last?.followUps ?? opening.data?.suggestions ?? []);
  const left = longestChatQuestion - text.length;
  const offline = opening.data?.offline ?? null;
  const lead = opening.data?.lead ?? null;
  return (
    <>
      <div tabIndex={-1} className="relative flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-3">
        {messages.length === 0 && !busy && <p className="text-muted">{lead === null ? t('chat.about') : t('chat.aboutLead', { name: lead.name })}</p>}
        <ol ref={list} aria-label={t('chat.said')} className="flex flex-col gap-4">
          {messages.map((message) => (
            <Message key={message.id} message={message} onPropose={propose} onLeave={onLeave} />
          ))}
          {chat.asking !== null && <li className="ml-auto max-w-[85%] rounded-md bg-selected px-3 py-2 break-words whitespace-pre-wrap">{chat.asking}</li>}
          {busy && <li className="min-h-6">{arriving === '' ? <p className="text-sm text-muted">{t('chat.thinking')}</p> : <AnswerText text={arriving} leads={[]} />}</li>}
        </ol>
        <Spoken arriving={arriving} whole={chat.latest} />
        <TalkEnd problem={chat.problem} next={next} label={t('chat.next')} onAsk={(question) => { send(question); }} />
        <div ref={bottom} />
      </div>
      <form
        className="flex flex-col gap-2 border-t border-line bg-surface p-3"
        onSubmit={(event) => {
          event.preventDefault();
          send(text);
        }}
      >
        <TextArea
          ref={field}
          label={t('chat.ask')}
          labelHidden
          placeholder={t('chat.ask')}
          rows={2}
          value={text}
          error={left < 0 ? t('chat.tooLong', { count: -left, most: longestChatQuestion }) : undefined}
          hint={left >= 0 && left < nearLimit ? t('chat.lettersLeft', { count: left }) : undefined}
          onChange={(event) => { setText(event.target.value); }}
          onKeyDown={onKey}
        />
        <div className="flex flex-wrap items-center gap-2">
          {busy ? (
            <Button icon={<CircleStop size={14} aria-hidden />} onClick={chat.stop}>
              {t('chat.stop')}
            </Button>
          ) : (
            <Button type="submit" look="primary" icon={<CornerDownLeft size={14} aria-hidden />} disabled={text.trim() === '' || left < 0}>
              {t('chat.send')}
            </Button>
          )}
          <span className="min-w-0 flex-1 text-sm text-muted">
            {offline === null ? (
              t('chat.online')
            ) : (
              <>
                {t('chat.offline')}{' '}
                <Link href="/language" title={offline.message} className="underline underline-offset-2">
                  {t('chat.why')}
                </Link>
              </>
            )}
          </span>
        </div>
      </form>
      {task !== null && <TaskDialog lead={task} words={task.words} onClose={() => { setTask(null); }} />}
      {actions.dialogs}
    </>
  );
}
