import { CircleDot, FileUp, Flag, Gauge, MailOpen, Merge, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#contract/index';
import { useFormats } from '#renderer/data/format';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { IconButton } from '#renderer/kit/Button';
import { Skeleton } from '#renderer/kit/Face';
import { Card } from '#renderer/kit/Marks';
import { toast } from '#renderer/kit/toasts';
import { tellFailure } from '#renderer/shell/tellFailure';
import { VerdictMark } from './Engagement';

type Item = OutputOf<'admissions.leads.timeline'>['items'][number];

const icons: Readonly<Record<Item['kind'], typeof Flag>> = { touchpoint: CircleDot, engagement: MailOpen, imported: FileUp, merged: Merge, score: Gauge, outcome: Flag };

/** What happened with a lead, newest first. */
export function Timeline({ leadId, leadName }: { readonly leadId: string; readonly leadName: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const timeline = useEntry('admissions.leads.timeline', { id: leadId }, { keep: true });
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
    <Card title={t('lead.timeline')}>
      {timeline.error !== null && <p role="alert" className="text-sm text-critical">{timeline.error.message}</p>}
      {timeline.data === undefined && timeline.error === null && <Skeleton className="h-24" />}
      <ol className="flex flex-col">
        {timeline.data?.items.map((item, index, all) => {
          const Icon = icons[item.kind];
          return (
            <li key={item.id} className="group relative flex gap-3 pb-4 last:pb-0">
              {index < all.length - 1 && <span aria-hidden className="absolute top-5 bottom-0 left-[7px] w-px bg-line" />}
              <Icon size={15} aria-hidden className={item.kind === 'touchpoint' ? 'mt-0.5 shrink-0 text-text' : 'mt-0.5 shrink-0 text-faint'} />
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-baseline gap-x-2">
                  <span className={item.kind === 'touchpoint' || item.verdict === 'human' ? 'font-medium' : item.verdict === null ? '' : 'text-muted'}>{item.title}</span>
                  <time dateTime={new Date(item.at).toISOString()} title={formats.moment(item.at)} className="text-xs text-faint">
                    {formats.ago(item.at)}
                  </time>
                  {item.verdict !== null && item.verdict !== 'human' && <VerdictMark verdict={item.verdict} />}
                  {item.by !== null && <span className="text-xs text-faint">{item.by}</span>}
                </p>
                {item.detail !== null && <p className="break-words whitespace-pre-wrap text-muted">{item.detail}</p>}
              </div>
              {item.touchpointId !== null && (
                <IconButton
                  label={t('lead.takeBack', { what: item.title })}
                  className="size-6 opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
                  onClick={() => { if (item.touchpointId !== null) takeBack(item.touchpointId); }}
                >
                  <Trash2 size={13} aria-hidden />
                </IconButton>
              )}
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
