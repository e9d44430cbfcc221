import { CalendarPlus, Cpu, HardDrive, PhoneCall, UserPlus, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ChatMessage } from '#contract/admissions/chats';
import { citedPieces, type NamedLead } from '#domain/admissions/chats/writing';
import { Button } from '#renderer/kit/Button';
import { Tag } from '#renderer/kit/Marks';

const icons = { open: UserRound, log: PhoneCall, assign: UserPlus, task: CalendarPlus } as const;

interface CitedProps {
  readonly text: string;
  readonly leads: readonly NamedLead[];
  readonly onLeave?: (() => void) | undefined;
}

/** Words in which the names of leads lead to them. */
function Cited({ text, leads, onLeave }: CitedProps) {
  return citedPieces(text.replaceAll('**', '').replace(/(\d) %/gu, '$1\u00a0%'), leads).map(({ text: piece, lead }, index) =>
    lead === null ? (
      piece
    ) : (
      <Link key={index} href={`/leads/${lead.id}`} onClick={onLeave} className="font-medium underline underline-offset-2">
        {piece}
      </Link>
    ),
  );
}

/** Paragraphs and lists of an answer. */
export function AnswerText({ text, leads, onLeave }: CitedProps) {
  const blocks: { readonly list: boolean; readonly lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const list = /^\s*[-*] /u.test(line);
    const last = blocks.at(-1);
    const words = list ? line.replace(/^\s*[-*] /u, '') : line;
    if (list && last?.list === true) last.lines.push(words);
    else blocks.push({ list, lines: [words] });
  }
  return (
    <div className="flex flex-col gap-2 break-words">
      {blocks.map(({ list, lines }, index): ReactNode =>
        list ? (
          <ul key={index} className="flex list-disc flex-col gap-1 pl-5">
            {lines.map((line, at) => (
              <li key={at}>
                <Cited text={line} leads={leads} onLeave={onLeave} />
              </li>
            ))}
          </ul>
        ) : (
          <p key={index}>
            <Cited text={lines.join(' ')} leads={leads} onLeave={onLeave} />
          </p>
        ),
      )}
    </div>
  );
}

interface MessageProps {
  readonly message: ChatMessage;
  readonly onPropose: (proposal: ChatMessage['proposals'][number]) => void;
  readonly onLeave: () => void;
}

/** What was said, by whom, and what could be done now. */
export function Message({ message, onPropose, onLeave }: MessageProps) {
  const { t } = useTranslation();
  const { role, text, by, partial, offline, leads, proposals } = message;
  if (role === 'person') {
    return (
      <li className="ml-auto max-w-[85%] rounded-md bg-selected px-3 py-2">
        <span className="sr-only">{t('chat.you')}: </span>
        <span className="break-words whitespace-pre-wrap">{text}</span>
      </li>
    );
  }
  return (
    <li className="flex min-w-0 flex-col gap-2">
      <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
        {by === 'model' ? <Cpu size={14} aria-hidden /> : <HardDrive size={14} aria-hidden />}
        <span title={offline?.message}>{t(by === 'model' ? 'chat.byModel' : 'chat.byMachine')}</span>
        {partial && <Tag tone="warn">{t('chat.partial')}</Tag>}
      </p>
      <AnswerText text={text} leads={leads} onLeave={onLeave} />
      {proposals.length > 0 && (
        <ul aria-label={t('chat.proposals')} className="flex flex-wrap gap-2">
          {proposals.map((proposal, index) => {
            const Icon = icons[proposal.kind];
            return (
              <li key={index} className="max-w-full">
                <Button size="small" className="max-w-full" icon={<Icon size={14} aria-hidden className="shrink-0" />} title={proposal.words ?? undefined} onClick={() => { onPropose(proposal); }}>
                  <span className="truncate">{t(`chat.propose.${proposal.kind}`, { name: proposal.lead.name })}</span>
                </Button>
              </li>
            );
          })}
        </ul>
      )}
    </li>
  );
}
