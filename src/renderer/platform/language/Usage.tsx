import { ChevronLeft, ChevronRight, CircleCheck, CircleGauge, OctagonAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#contract/index';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { IconButton } from '#renderer/kit/Button';
import { SkeletonRows } from '#renderer/kit/Face';
import { Bar } from '#renderer/kit/Marks';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { Failure } from '#renderer/shell/Failure';
import { useMoney } from './money';
import { Panel } from './Panel';

type UsageData = OutputOf<'platform.language.usage'>;
type Tally = Pick<UsageData['total'], 'calls' | 'inputTokens' | 'cacheWriteTokens' | 'outputTokens' | 'cacheReadTokens' | 'cost'>;

const neighbour = (month: string, by: 1 | -1): string => {
  const [year = 2026, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
};

const levels = { fine: { icon: CircleCheck, tone: 'text-good' }, near: { icon: CircleGauge, tone: 'text-medium' }, reached: { icon: OctagonAlert, tone: 'text-critical' }, none: { icon: CircleGauge, tone: 'text-muted' } } as const;

/** What a month has cost: against the budget, by purpose and by person. */
export function Usage() {
  const { t } = useTranslation();
  const formats = useFormats('UTC');
  const [month, setMonth] = useState<string | null>(null);
  const usage = useEntry('platform.language.usage', month === null ? {} : { month }, { keep: true });
  const money = useMoney(usage.data?.spending.currency ?? 'USD');
  if (usage.error !== null) return <Failure error={usage.error} onRetry={() => void usage.refetch()} />;
  if (usage.data === undefined) return <SkeletonRows rows={6} label={t('common.loading')} />;
  const { spending, total, byPurpose, byUser } = usage.data;
  const { icon: Icon, tone } = levels[spending.level];
  const rows = (title: string, caption: string, items: readonly (readonly [string, string, Tally])[]) => (
    <Sheet caption={caption}>
      <thead>
        <tr>
          <Head>{title}</Head>
          <Head number>{t('language.usage.calls')}</Head>
          <Head number className="max-sm:hidden">{t('language.usage.input')}</Head>
          <Head number className="max-sm:hidden">{t('language.usage.cached')}</Head>
          <Head number className="max-sm:hidden">{t('language.usage.output')}</Head>
          <Head number>{t('language.usage.cost')}</Head>
        </tr>
      </thead>
      <tbody>
        {items.map(([key, name, tally]) => (
          <tr key={key}>
            <Cell className="font-medium">{name}</Cell>
            <Cell number>{formats.number(tally.calls)}</Cell>
            <Cell number className="max-sm:hidden">{formats.number(tally.inputTokens + tally.cacheWriteTokens)}</Cell>
            <Cell number className="max-sm:hidden">{formats.number(tally.cacheReadTokens)}</Cell>
            <Cell number className="max-sm:hidden">{formats.number(tally.outputTokens)}</Cell>
            <Cell number>{money(tally.cost)}</Cell>
          </tr>
        ))}
      </tbody>
    </Sheet>
  );
  return (
    <Panel title={t('language.usage.title')} detail={t('language.usage.detail')}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="flex items-center gap-1">
          <IconButton label={t('language.usage.earlier')} onClick={() => { setMonth(neighbour(usage.data.month, -1)); }}><ChevronLeft size={16} aria-hidden /></IconButton>
          <span className="min-w-36 text-center font-medium">{formats.month(Date.parse(`${usage.data.month}-01T00:00:00Z`))}</span>
          <IconButton label={t('language.usage.later')} disabled={month === null} onClick={() => { const next = neighbour(usage.data.month, 1); setMonth(next > new Date().toISOString().slice(0, 7) ? null : next); }}><ChevronRight size={16} aria-hidden /></IconButton>
        </div>
        <p className="text-sm text-muted">{t('language.usage.sum', { count: total.calls, cost: money(total.cost) })}</p>
      </div>
      {month === null && (
        <div className="flex flex-col gap-1.5">
          <p className="flex items-center gap-2 text-sm">
            <Icon size={14} aria-hidden className={tone} />
            {spending.limit === null || spending.level === 'none' ? t('language.usage.noLimit') : t(`language.usage.levels.${spending.level}`, { spent: money(spending.spent ?? 0), limit: money(spending.limit) })}
          </p>
          {spending.limit !== null && spending.limit > 0 && <Bar value={(spending.spent ?? 0) / spending.limit} label={t('language.usage.bar', { share: formats.percent((spending.spent ?? 0) / spending.limit) })} tone={spending.level === 'fine' ? 'good' : 'text'} />}
        </div>
      )}
      {total.calls === 0 ? (
        <p className="text-muted">{t('language.usage.none')}</p>
      ) : (
        <>
          {rows(t('language.usage.purpose'), t('language.usage.byPurpose'), byPurpose.map((each) => [each.purpose, t(`language.purposes.${each.purpose}`), each]))}
          {rows(t('language.usage.person'), t('language.usage.byPerson'), byUser.map((each) => [each.userId, each.userName, each]))}
        </>
      )}
    </Panel>
  );
}
