import { BellRing } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useEntry } from '#renderer/data/hooks';

/** What came since yesterday in one line, however much it is; nothing where nothing did. */
export function AlertsDigest() {
  const { t } = useTranslation();
  const list = useEntry('admissions.alerts.list', { limit: 1 }, { keep: true });
  if (list.data === undefined) return null;
  const { 3: urgent, 2: escalated, 1: normal } = list.data.sinceYesterday;
  const parts = [...(urgent > 0 ? [t('alerts.digestUrgent', { count: urgent })] : []), ...(escalated > 0 ? [t('alerts.digestEscalated', { count: escalated })] : []), ...(urgent + escalated === 0 && normal > 0 ? [t('alerts.digestNormal', { count: normal })] : [])];
  if (parts.length === 0) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-2 rounded-md border border-line bg-surface px-3 py-2 text-sm">
      <BellRing size={14} aria-hidden className={urgent > 0 ? 'text-critical' : 'text-high'} />
      <span>{t('alerts.digest', { what: parts.join(', ') })}</span>
      <Link href="/alerts" className="ml-auto font-medium underline underline-offset-2">
        {t('alerts.toAlerts')}
      </Link>
    </p>
  );
}
