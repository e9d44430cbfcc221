import { MessageSquareText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LanguageCall } from '#contract/platform/language';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Empty, SkeletonRows } from '#renderer/kit/Face';
import { Tag } from '#renderer/kit/Marks';
import { Segments } from '#renderer/kit/Segments';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { Failure } from '#renderer/shell/Failure';
import { useMay, useSignedIn } from '#renderer/shell/session';
import { CallDialog } from './CallDialog';
import { useMoney } from './money';
import { Panel } from './Panel';

const pageSize = 50;
const sum = (counts: LanguageCall['redactions']): number => Object.values(counts).reduce((total, count) => total + count, 0);

/** Every call, with what became of it; one opens to what was sent and answered. */
export function Calls() {
  const { t } = useTranslation();
  const formats = useFormats(useSignedIn().workspace.timeZone);
  const administers = useMay('system_config');
  const [whose, setWhose] = useState<'mine' | 'all'>('mine');
  const [limit, setLimit] = useState(pageSize);
  const [open, setOpen] = useState<string | null>(null);
  const calls = useEntry('platform.language.calls', { whose, limit }, { keep: true });
  const status = useEntry('platform.language.status', {});
  const money = useMoney(status.data?.spending.currency ?? 'USD');
  if (calls.error !== null) return <Failure error={calls.error} onRetry={() => void calls.refetch()} />;
  return (
    <Panel title={t('language.calls.title')} detail={t('language.calls.detail')}>
      {administers && <Segments label={t('language.calls.whose')} value={whose} segments={(['mine', 'all'] as const).map((value) => ({ value, label: t(`language.calls.${value}`) }))} onChange={setWhose} />}
      {calls.data === undefined ? (
        <SkeletonRows rows={4} label={t('common.loading')} />
      ) : calls.data.items.length === 0 ? (
        <Empty icon={<MessageSquareText size={24} aria-hidden />} title={t('language.calls.none')}>{t('language.calls.noneDetail')}</Empty>
      ) : (
        <>
          <Sheet caption={t('language.calls.title')}>
            <thead>
              <tr>
                <Head>{t('language.calls.when')}</Head>
                {whose === 'all' && <Head>{t('language.usage.person')}</Head>}
                <Head>{t('language.usage.purpose')}</Head>
                <Head>{t('language.calls.outcome')}</Head>
                <Head number className="max-sm:hidden">{t('language.calls.replaced')}</Head>
                <Head number className="max-sm:hidden">{t('language.calls.tokens')}</Head>
                <Head number className="max-sm:hidden">{t('language.calls.took')}</Head>
                <Head number>{t('language.usage.cost')}</Head>
              </tr>
            </thead>
            <tbody>
              {calls.data.items.map((call) => (
                <tr key={call.id}>
                  <Cell className="whitespace-nowrap">
                    <Button look="quiet" size="small" className="-ml-2" onClick={() => { setOpen(call.id); }}>{formats.near(call.at)}</Button>
                  </Cell>
                  {whose === 'all' && <Cell>{call.userName}</Cell>}
                  <Cell>{t(`language.purposes.${call.purpose}`)}</Cell>
                  <Cell>{call.outcome === 'succeeded' ? <Tag tone="good">{t('language.outcomes.succeeded')}</Tag> : <Tag tone={call.outcome === 'cancelled' ? 'plain' : 'warn'}>{t(`language.outcomes.${call.outcome}`)}</Tag>}</Cell>
                  <Cell number className="max-sm:hidden">{formats.number(sum(call.redactions))}</Cell>
                  <Cell number className="max-sm:hidden">{formats.number(call.inputTokens + call.cacheReadTokens + call.cacheWriteTokens + call.outputTokens)}</Cell>
                  <Cell number className="max-sm:hidden">{t('language.calls.seconds', { seconds: formats.number(Math.round(call.milliseconds / 100) / 10) })}</Cell>
                  <Cell number>{money(call.cost)}</Cell>
                </tr>
              ))}
            </tbody>
          </Sheet>
          {calls.data.total > calls.data.items.length && limit < 200 && <Button className="w-fit" onClick={() => { setLimit(Math.min(200, limit + pageSize)); }}>{t('language.calls.more', { count: calls.data.total - calls.data.items.length })}</Button>}
        </>
      )}
      {open !== null && <CallDialog id={open} onClose={() => { setOpen(null); }} />}
    </Panel>
  );
}
