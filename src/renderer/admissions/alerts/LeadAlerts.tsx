import { useTranslation } from 'react-i18next';
import type { ScoredLead } from '#contract/admissions/triage';
import { useEntry } from '#renderer/data/hooks';
import { Card } from '#renderer/kit/Marks';
import { AlertButtons } from './AlertButtons';
import { DueTime, LevelMark, StateTags } from './AlertMarks';
import { useAlertActions } from './useAlertActions';

/** The alerts of one lead, with where each is in its life and what one can do about it. */
export function LeadAlerts({ scored }: { readonly scored: ScoredLead }) {
  const { t } = useTranslation();
  const kept = useEntry('admissions.alerts.list', { leadId: scored.leadId, states: ['open', 'acknowledged', 'snoozed', 'resolved'] }, { keep: true });
  const actions = useAlertActions();
  return (
    <Card title={t('lead.alerts')}>
      <ul className="flex flex-col gap-4">
        {scored.alerts.map((alert) => {
          const known = kept.data?.items.find(({ id }) => id === alert.id);
          return (
            <li key={alert.id} className="flex flex-col gap-1 text-sm">
              <span className="flex flex-wrap items-center gap-2">
                <LevelMark level={alert.level} />
                {known !== undefined && <StateTags alert={known} />}
                {known !== undefined && <span className="ml-auto"><DueTime alert={known} /></span>}
              </span>
              <span className="font-medium">{alert.title}</span>
              <span className="text-muted">{alert.actionRequired}</span>
              {known !== undefined && (
                <span className="mt-1 flex flex-wrap gap-2">
                  <AlertButtons alert={known} actions={actions} />
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {actions.dialogs}
    </Card>
  );
}
