import { Bot, CircleHelp, MousePointerClick, PackageCheck, UserRound, MailOpen } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EngagementEventView } from '#contract/admissions/engagement';
import { useScoreChange } from '#renderer/admissions/contact/useScoreChange';
import { useFormats } from '#renderer/data/format';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Card } from '#renderer/kit/Marks';
import { toast } from '#renderer/kit/toasts';
import { tellFailure } from '#renderer/shell/tellFailure';

type Verdict = NonNullable<EngagementEventView['verdict']>;

const verdictIcons = { human: UserRound, machine: Bot, unsure: CircleHelp } as const;
const kindIcons = { delivered: PackageCheck, opened: MailOpen, clicked: MousePointerClick } as const;

/** Events that are shown before one asks for the others. */
const firstEvents = 8;
/** And at most; a lead with more is told by its totals. */
const mostEvents = 1_000;

/** A verdict: its icon and its word. */
export function VerdictMark({ verdict }: { readonly verdict: Verdict }) {
  const { t } = useTranslation();
  const Icon = verdictIcons[verdict];
  return (
    <span className="inline-flex h-5 items-center gap-1 rounded border border-line px-1.5 text-xs font-medium whitespace-nowrap text-muted">
      <Icon size={12} aria-hidden />
      {t(`engagement.verdicts.${verdict}`)}
    </span>
  );
}

/** The opens and clicks of a lead with what is made of each; nothing where there are none. */
export function Engagement({ leadId, leadName }: { readonly leadId: string; readonly leadName: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const judge = useCommand('admissions.engagement.judge');
  const tellScore = useScoreChange();
  const [everything, setEverything] = useState(false);
  const facts = useEntry('admissions.engagement.list', { leadId, limit: everything ? mostEvents : firstEvents }, { keep: true });
  const { data } = facts;
  if (data === undefined || (data.total === 0 && data.opening.opens === null && data.opening.clicks === null)) return null;

  const say = (verdicts: { id: string; verdict: 'human' | 'machine' | null }[], undoable: boolean): void => {
    judge.mutate(
      { verdicts },
      {
        onSuccess: ({ previous, scores: [change] }) => {
          toast({
            ...(change === undefined ? { title: t('engagement.judged') } : tellScore(leadName, change.score)),
            ...(undoable ? { action: { label: t('common.undo'), run: () => { say([...previous], false); } } } : {}),
          });
        },
        onError: tellFailure,
      },
    );
  };
  const shown = everything ? data.events : data.events.slice(0, firstEvents);
  return (
    <Card title={t('engagement.title')}>
      <table className="tabular w-full text-left text-sm">
        <thead className="text-xs text-faint">
          <tr>
            <th className="py-1 font-medium">
              <span className="sr-only">{t('engagement.what')}</span>
            </th>
            {(['human', 'machine', 'unsure'] as const).map((verdict) => (
              <th key={verdict} className="py-1 pl-3 text-right font-medium">{t(`engagement.of.${verdict}`)}</th>
            ))}
            <th className="py-1 pl-3 text-right font-medium">{t('engagement.of.opening')}</th>
          </tr>
        </thead>
        <tbody>
          {(['opens', 'clicks'] as const).map((what) => (
            <tr key={what}>
              <th scope="row" className="py-0.5 font-normal">{t(`engagement.${what}`)}</th>
              {(['human', 'machine', 'unsure'] as const).map((verdict) => (
                <td key={verdict} className={verdict === 'human' ? 'py-0.5 text-right font-medium' : 'py-0.5 text-right text-muted'}>{formats.number(data[what][verdict])}</td>
              ))}
              <td className="py-0.5 text-right">{data.opening[what] === null ? '–' : formats.number(data.opening[what])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-1 text-sm text-faint">
        {t('engagement.counts')}
        {(data.opening.opens !== null || data.opening.clicks !== null) && ` ${t('engagement.openingHint')}`}
      </p>
      {shown.length > 0 && (
        <ol className="mt-3 flex flex-col border-t border-line">
          {shown.map((event) => (
            <Event key={event.id} event={event} onJudge={(verdict) => { say([{ id: event.id, verdict }], true); }} />
          ))}
        </ol>
      )}
      {data.total > firstEvents && (
        <Button size="small" look="quiet" className="mt-2 -ml-2" aria-expanded={everything} onClick={() => { setEverything(!everything); }}>
          {everything ? t('lead.fewer') : t('engagement.more', { count: Math.min(data.total, mostEvents) - firstEvents })}
        </Button>
      )}
    </Card>
  );
}

function Event({ event, onJudge }: { readonly event: EngagementEventView; readonly onJudge: (verdict: 'human' | 'machine' | null) => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const Icon = kindIcons[event.kind];
  const title = t(`engagement.kinds.${event.kind}`);
  const said = [event.message, event.link, event.agent, event.address].filter((part) => part !== null).join(' · ');
  const other = event.verdict === 'human' ? 'machine' : 'human';
  return (
    <li className="flex gap-3 border-b border-line py-2 last:border-b-0">
      <Icon size={15} aria-hidden className="mt-0.5 shrink-0 text-faint" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className={event.verdict === 'human' ? 'font-medium' : 'text-muted'}>{title}</span>
          <time dateTime={new Date(event.at).toISOString()} title={formats.moment(event.at)} className="text-xs text-faint">
            {formats.ago(event.at)}
          </time>
          {event.verdict !== null && <VerdictMark verdict={event.verdict} />}
        </p>
        {said !== '' && <p className="truncate text-sm text-muted" title={said}>{said}</p>}
        {event.verdict !== null && (
          <p className="text-sm text-faint">
            {event.overruled === null ? event.reason : t('engagement.overruled', { by: event.overruled.by ?? '', when: formats.ago(event.overruled.at), rules: event.rules === null ? '' : t(`engagement.verdicts.${event.rules}`) })}
          </p>
        )}
      </div>
      {event.verdict !== null && (
        <Button size="small" look="quiet" className="shrink-0 self-start" onClick={() => { onJudge(event.overruled === null ? other : null); }}>
          {event.overruled === null ? t(`engagement.judge.${other}`) : t('engagement.judge.rules')}
        </Button>
      )}
    </li>
  );
}
