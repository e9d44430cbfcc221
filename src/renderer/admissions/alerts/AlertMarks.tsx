import { useTranslation } from 'react-i18next';
import type { AlertItem } from '#contract/admissions/alerts';
import { useFormats } from '#renderer/data/format';
import { useNow } from '#renderer/data/useNow';
import { classes } from '#renderer/kit/classes';
import { type Severity, SeverityMark, Tag } from '#renderer/kit/Marks';

const levelNames = { 1: 'normal', 2: 'escalated', 3: 'urgent' } as const;
const levelLooks: Readonly<Record<AlertItem['level'], Severity>> = { 1: 'low', 2: 'high', 3: 'critical' };

/** The level of an alert: colour, icon and word. */
export function LevelMark({ level }: Pick<AlertItem, 'level'>) {
  const { t } = useTranslation();
  return <SeverityMark severity={levelLooks[level]} word={t(`alerts.levels.${levelNames[level]}`)} />;
}

/** Where an alert is in its life, and whether the manager has it. */
export function StateTags({ alert }: { readonly alert: AlertItem }) {
  const { t } = useTranslation();
  return (
    <>
      {alert.state !== 'open' && <Tag tone={alert.state === 'resolved' ? 'good' : 'plain'}>{t(`alerts.states.${alert.state}`)}</Tag>}
      {alert.escalatedAt !== null && alert.state !== 'resolved' && <Tag tone="warn">{t('alerts.withManager')}</Tag>}
    </>
  );
}

/** When an alert is due, comes back or was settled, in words; the exact moment on hover. */
export function DueTime({ alert }: { readonly alert: AlertItem }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  const { state, dueAt, snoozedUntil, resolvedAt } = alert;
  const at = state === 'snoozed' ? (snoozedUntil ?? dueAt) : state === 'resolved' ? (resolvedAt ?? dueAt) : dueAt;
  const late = (state === 'open' || state === 'acknowledged') && dueAt < now;
  const words = state === 'snoozed' ? 'alerts.backAt' : state === 'resolved' ? 'alerts.settledAt' : late ? 'alerts.lateSince' : 'alerts.dueAt';
  return (
    <time dateTime={new Date(at).toISOString()} title={formats.moment(at)} className={classes('tabular text-xs whitespace-nowrap', late ? 'font-medium text-critical' : 'text-muted')}>
      {t(words, { when: formats.ago(at) })}
    </time>
  );
}
