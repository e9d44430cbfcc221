import { CalendarRange, ChevronLeft, ChevronRight, Download, Printer } from 'lucide-react';
import { DateTime } from 'luxon';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { SummaryFactShown } from '#contract/admissions/summaries';
import { hasPermission } from '#domain/platform/roles';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { Button, IconButton } from '#renderer/kit/Button';
import { saveCsv } from '#renderer/kit/charts/exports';
import { Empty, SkeletonRows } from '#renderer/kit/Face';
import { Card } from '#renderer/kit/Marks';
import { Segments } from '#renderer/kit/Segments';
import { Failure } from '#renderer/shell/Failure';
import { useSignedIn } from '#renderer/shell/session';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { Change, FactLink } from './Facts';
import { Phrasing, useMayPhrase } from './Phrasing';

type Tab = 'week' | 'executive';

/** What a week came to, and the page for heads. */
export function Summaries({ tab: named }: { readonly tab?: string | undefined }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { user, workspace } = useSignedIn();
  const isHead = hasPermission(user.role, 'ai_analytics');
  const tab: Tab = named === 'executive' && isHead ? 'executive' : 'week';
  useScreenTitle(t('summaries.title'));
  return (
    <div className="h-full overflow-y-auto print:h-auto print:overflow-visible">
      <div className="mx-auto flex max-w-5xl flex-col gap-4 p-4 sm:p-6">
        {isHead && (
          <div data-no-print>
            <Segments label={t('summaries.title')} value={tab} segments={(['week', 'executive'] as const).map((value) => ({ value, label: t(`summaries.tabs.${value}`) }))} onChange={(value) => { go(value === 'week' ? '/summaries' : '/summaries/executive'); }} />
          </div>
        )}
        <p className="hidden text-sm text-muted print:block">{[workspace.name, t(`summaries.tabs.${tab}`)].join(' · ')}</p>
        {tab === 'week' ? <Week /> : <Executive />}
      </div>
    </div>
  );
}

function NoLeads() {
  const { t } = useTranslation();
  return (
    <Empty icon={<CalendarRange size={28} aria-hidden />} title={t('summaries.empty')} action={<Link href="/import" className="font-medium underline underline-offset-2">{t('summaries.import')}</Link>}>
      {t('summaries.emptyDetail')}
    </Empty>
  );
}

/** Prints the page, or keeps its figures and sentences as a table. */
function Keep({ facts, name }: { readonly facts: readonly SummaryFactShown[]; readonly name: string }) {
  const { t } = useTranslation();
  return (
    <span data-no-print className="flex gap-2">
      <Button size="small" icon={<Printer size={13} aria-hidden />} onClick={() => { window.print(); }}>{t('summaries.print')}</Button>
      <Button size="small" icon={<Download size={13} aria-hidden />} onClick={() => { saveCsv(name, { columns: [t('summaries.csv.part'), t('summaries.csv.text'), t('summaries.csv.value'), t('summaries.csv.before')], rows: facts.map(({ part, text, value, before }) => [t(`summaries.parts.${part}`), text, value, before]) }); }}>
        {t('summaries.export')}
      </Button>
    </span>
  );
}

function Week() {
  const { t } = useTranslation();
  const { timeZone } = useSignedIn().workspace;
  const formats = useFormats(timeZone);
  const [day, setDay] = useState<string | null>(null);
  const week = useEntry('admissions.summaries.week', day === null ? {} : { day }, { keep: true });
  if (week.error !== null) return <Failure error={week.error} onRetry={() => void week.refetch()} />;
  if (week.data === undefined) return <SkeletonRows rows={6} label={t('common.loading')} />;
  const { facts, from, to } = week.data;
  const shift = (weeks: number): void => {
    const next = DateTime.fromMillis(from, { zone: timeZone }).plus({ weeks });
    setDay(next.plus({ weeks: 1 }) > DateTime.now() ? null : next.toISODate());
  };
  const isRunning = to - from < DateTime.fromMillis(from, { zone: timeZone }).plus({ weeks: 1 }).toMillis() - from;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <div className="flex items-center gap-1">
          <span data-no-print><IconButton label={t('summaries.earlier')} onClick={() => { shift(-1); }}><ChevronLeft size={16} aria-hidden /></IconButton></span>
          <h2 className="text-lg font-semibold">{t('summaries.weekOf', { from: formats.date(from), to: formats.date(to - 1) })}</h2>
          <span data-no-print><IconButton label={t('summaries.later')} disabled={day === null} onClick={() => { shift(1); }}><ChevronRight size={16} aria-hidden /></IconButton></span>
        </div>
        {facts.length > 0 && <Keep facts={facts} name="week" />}
      </div>
      {facts.length === 0 ? (
        <NoLeads />
      ) : (
        <Card title={t(isRunning ? 'summaries.soFar' : 'summaries.tabs.week')}>
          <Phrasing key={from} asked={day === null ? { of: 'week' } : { of: 'week', day }} facts={facts} label={t('summaries.tabs.week')} />
        </Card>
      )}
      {facts.length > 0 && <p className="text-sm text-faint">{t(isRunning ? 'summaries.basisSoFar' : 'summaries.basis')}</p>}
    </>
  );
}

function Executive() {
  const { t } = useTranslation();
  const formats = useFormats(useSignedIn().workspace.timeZone);
  const mayPhrase = useMayPhrase('executive');
  const page = useEntry('admissions.summaries.executive', {}, { keep: true });
  if (page.error !== null) return <Failure error={page.error} onRetry={() => void page.refetch()} />;
  if (page.data === undefined) return <SkeletonRows rows={8} label={t('common.loading')} />;
  const { facts, from, to } = page.data;
  if (facts.length === 0) return <NoLeads />;
  const of = (part: SummaryFactShown['part']): SummaryFactShown[] => facts.filter((fact) => fact.part === part);
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-lg font-semibold">{t('summaries.span', { from: formats.date(from), to: formats.date(to - 1) })}</h2>
        <Keep facts={facts} name="executive" />
      </div>
      <ul aria-label={t('summaries.parts.figure')} className="grid grid-cols-1 gap-3 min-[30rem]:grid-cols-2 lg:grid-cols-4 print:grid-cols-4">
        {of('figure').map((fact) => (
          <li key={fact.id} className="flex break-inside-avoid flex-col gap-1 rounded-md border border-line bg-surface p-4">
            <span className="text-sm font-medium">{t(`summaries.figures.${fact.id as 'leads'}`)}</span>
            <span className="tabular text-2xl font-semibold">{fact.value === null ? '–' : fact.id === 'rate' ? formats.percent(fact.value) : formats.number(Math.round(fact.value))}</span>
            {fact.value !== null && fact.before !== null && <Change value={fact.value} before={fact.before} />}
            <span className="text-sm text-muted">{fact.text}</span>
            <FactLink fact={fact} />
          </li>
        ))}
      </ul>
      <div className="grid gap-4 md:grid-cols-2 print:grid-cols-2">
        {(['good', 'decision'] as const).map((part) => (
          <Card key={part} title={t(`summaries.parts.${part}`)} className="break-inside-avoid">
            {of(part).length === 0 && <p className="text-muted">{t(`summaries.nothing.${part}`)}</p>}
            <ul aria-label={t(`summaries.parts.${part}`)} className="flex flex-col gap-3">
              {of(part).map((fact) => (
                <li key={fact.id} className="flex flex-wrap items-baseline gap-x-3">
                  <span className="min-w-0 flex-[1_1_14rem]">{fact.text}</span>
                  <FactLink fact={fact} />
                </li>
              ))}
            </ul>
          </Card>
        ))}
      </div>
      {mayPhrase && (
        <Card title={t('summaries.inWords')}>
          <Phrasing factsAbove asked={{ of: 'executive' }} facts={facts} label={t('summaries.inWords')} />
        </Card>
      )}
      <p className="text-sm text-faint">{t('summaries.basisExecutive')}</p>
    </>
  );
}
