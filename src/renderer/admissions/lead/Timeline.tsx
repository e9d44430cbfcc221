import { CircleDot, FileUp, Flag, Gauge, MailOpen, Merge, NotebookPen, Search, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#contract/index';
import { useFormats } from '#renderer/data/format';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { useRested } from '#renderer/data/useRested';
import { IconButton } from '#renderer/kit/Button';
import { Skeleton } from '#renderer/kit/Face';
import { Card } from '#renderer/kit/Marks';
import { RowActions } from '#renderer/kit/RowActions';
import { toast } from '#renderer/kit/toasts';
import { tellFailure } from '#renderer/shell/tellFailure';
import { storyElementId } from '#renderer/admissions/summaries/Facts';
import { VerdictMark } from './Engagement';
import { NoteText } from './NoteText';
import { PlainText } from './PlainText';

type Item = OutputOf<'admissions.leads.timeline'>['items'][number];

const icons: Readonly<Record<Item['kind'], typeof Flag>> = { touchpoint: CircleDot, note: NotebookPen, engagement: MailOpen, imported: FileUp, merged: Merge, score: Gauge, outcome: Flag };
/** A search waits until the typing rests. */
const restMilliseconds = 200;
/** What people did and wrote stands out from what the program did. */
const ofPeople: readonly Item['kind'][] = ['touchpoint', 'note'];

/** What happened with a lead and what was written down, newest first; a search leaves what its words stand in. */
export function Timeline({ leadId, leadName }: { readonly leadId: string; readonly leadName: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [words, setWords] = useState('');
  const search = useRested(words.trim(), restMilliseconds);
  const timeline = useEntry('admissions.leads.timeline', { id: leadId, ...(search === '' ? {} : { search }) }, { keep: true });
  const remove = useCommand('admissions.touchpoints.remove');
  const takeBack = (id: string): void => {
    remove.mutate(
      { id },
      {
        onSuccess: () => { toast({ title: t('contact.takenBack', { name: leadName }) }); },
        onError: tellFailure,
      },
    );
  };
  return (
    <Card
      title={t('lead.timeline')}
      action={
        <label className="flex h-7 w-48 min-w-0 items-center gap-1.5 rounded-md border border-line bg-bg px-2 text-sm text-faint focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-focus">
          <Search size={13} aria-hidden className="shrink-0" />
          <span className="sr-only">{t('lead.searchStory')}</span>
          <input type="search" value={words} placeholder={t('lead.searchStory')} maxLength={200} onChange={(event) => { setWords(event.target.value); }} className="min-w-0 flex-1 bg-transparent text-text outline-none placeholder:text-faint" />
        </label>
      }
    >
      {timeline.error !== null && <p role="alert" className="text-sm text-critical">{timeline.error.message}</p>}
      {timeline.data === undefined && timeline.error === null && <Skeleton className="h-24" />}
      {timeline.data?.items.length === 0 && <p role="status" className="text-sm text-faint">{t('lead.nothingFound', { words: search })}</p>}
      <ol className="flex flex-col">
        {timeline.data?.items.map((item, index, all) => {
          const Icon = icons[item.kind];
          const strong = ofPeople.includes(item.kind);
          return (
            <li key={item.id} id={storyElementId(item.id)} tabIndex={-1} className="group relative flex gap-3 pb-4 last:pb-0">
              {index < all.length - 1 && <span aria-hidden className="absolute top-5 bottom-0 left-[7px] w-px bg-line" />}
              <Icon size={15} aria-hidden className={strong ? 'mt-0.5 shrink-0 text-text' : 'mt-0.5 shrink-0 text-faint'} />
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-baseline gap-x-2">
                  <span className={strong || item.verdict === 'human' ? 'font-medium' : item.verdict === null ? '' : 'text-muted'}>{item.title}</span>
                  <time dateTime={new Date(item.at).toISOString()} title={formats.moment(item.at)} className="text-xs text-faint">
                    {formats.ago(item.at)}
                  </time>
                  {item.verdict !== null && item.verdict !== 'human' && <VerdictMark verdict={item.verdict} />}
                  {item.by !== null && <span className="text-xs text-faint">{item.by}</span>}
                </p>
                {item.note !== null ? (
                  <NoteText note={item.note} />
                ) : (
                  item.detail !== null && (
                    <p className="text-muted">
                      <PlainText>{item.detail}</PlainText>
                    </p>
                  )
                )}
              </div>
              {item.touchpointId !== null && (
                <RowActions>
                  <IconButton
                    label={t('lead.takeBack', { what: item.title })}
                    className="size-6"
                    onClick={() => { if (item.touchpointId !== null) takeBack(item.touchpointId); }}
                  >
                    <Trash2 size={13} aria-hidden />
                  </IconButton>
                </RowActions>
              )}
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
