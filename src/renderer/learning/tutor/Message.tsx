import { BookOpen, Cpu, Layers, MessageCircleQuestion } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { TutorMessage, TutorSource } from '#contract/learning/tutors';
import { linkMarks } from '#domain/learning/tutors/writing';
import { Tag } from '#renderer/kit/Marks';
import { Markdown } from '#renderer/learning/Markdown';
import { plainWords } from '../plainWords';

const icons = { section: BookOpen, question: MessageCircleQuestion, flashcard: Layers } as const;

/** Where a source is read. */
function pathOf({ kind, id, courseId }: TutorSource): string {
  return kind === 'section' ? `/library/sections/${id}` : kind === 'question' ? `/library/questions/${id}` : `/library/flashcards/${courseId}`;
}

const anchor = '#source-';

interface MessageProps {
  readonly message: TutorMessage;
  /** Reads a section here, where the screen has a place for it; elsewhere a source is gone to. */
  readonly onRead?: ((sectionId: string) => void) | undefined;
}

/** A source to go to, or to read beside what one is at. */
function SourceLink({ source, onRead, children, className, label }: { readonly source: TutorSource; readonly onRead: MessageProps['onRead']; readonly children: React.ReactNode; readonly className: string; readonly label?: string }) {
  if (onRead !== undefined && source.kind === 'section') {
    return (
      <button type="button" className={className} aria-label={label} onClick={() => { onRead(source.id); }}>
        {children}
      </button>
    );
  }
  return (
    <Link href={pathOf(source)} className={className} aria-label={label}>
      {children}
    </Link>
  );
}

/** What was said, by whom, and what it leans on. */
export function Message({ message, onRead }: MessageProps) {
  const { t } = useTranslation();
  const { role, text, by, partial, hint, sources, offline } = message;
  if (role === 'student') {
    return (
      <li className="ml-auto max-w-[85%] rounded-md bg-selected px-3 py-2">
        <span className="sr-only">{t('tutor.you')}: </span>
        <span className="break-words whitespace-pre-wrap">{text}</span>
      </li>
    );
  }
  const sourceOf = (href: string): TutorSource | undefined => (href.startsWith(anchor) ? sources.find(({ number }) => String(number) === href.slice(anchor.length)) : undefined);
  return (
    <li className="flex min-w-0 flex-col gap-2">
      <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
        {by === 'model' ? <Cpu size={14} aria-hidden /> : <BookOpen size={14} aria-hidden />}
        <span title={offline?.message}>{t(by === 'model' ? 'tutor.byModel' : 'tutor.byCourse')}</span>
        {hint !== null && <Tag>{t('tutor.hintTag', { rung: hint.rung, of: hint.of })}</Tag>}
        {partial && <Tag tone="warn">{t('tutor.partial')}</Tag>}
      </p>
      <Markdown
        text={linkMarks(text, (number) => (sources.some((source) => source.number === number) ? `${anchor}${String(number)}` : null))}
        linkOf={(href, children) => {
          const source = sourceOf(href);
          if (source === undefined) return null;
          return (
            <SourceLink source={source} onRead={onRead} className="mx-0.5 inline-flex min-w-5 items-center justify-center rounded border border-line bg-sunken px-1 align-baseline text-xs font-medium text-text hover:border-line-strong" label={t('tutor.sourceNumber', { number: source.number, title: plainWords(source.title) })}>
              {children}
            </SourceLink>
          );
        }}
      />
      {sources.length > 0 && (
        <ul aria-label={t('tutor.sources')} className="flex flex-col gap-1 text-sm">
          {sources.map((source) => {
            const Icon = icons[source.kind];
            return (
              <li key={source.number}>
                <SourceLink source={source} onRead={onRead} className="inline-flex min-h-6 max-w-full items-center gap-1.5 text-left text-muted underline-offset-2 hover:text-text hover:underline">
                  <span className="tabular text-faint">{source.number}</span>
                  <Icon size={14} aria-hidden className="shrink-0" />
                  <span className="truncate">{plainWords(source.title)}</span>
                </SourceLink>
              </li>
            );
          })}
        </ul>
      )}
    </li>
  );
}
