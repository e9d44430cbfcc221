import { AlarmClock, Check, RotateCcw, UserCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AlertItem } from '#contract/admissions/alerts';
import { Button } from '#renderer/kit/Button';
import { Key } from '#renderer/kit/Marks';
import type { AlertActions } from './useAlertActions';

/** What one can do with an alert as it is; with its keys where the screen listens to them. */
export function AlertButtons({ alert, actions, keys = false }: { readonly alert: AlertItem; readonly actions: AlertActions; readonly keys?: boolean }) {
  const { t } = useTranslation();
  if (alert.state === 'resolved') {
    // What settled itself has no cause left to reopen it for.
    if (alert.lastStep?.step === 'gone') return null;
    return (
      <Button size="small" icon={<RotateCcw size={14} aria-hidden />} onClick={() => { actions.reopen(alert); }}>
        {t('alerts.reopen')}
      </Button>
    );
  }
  return (
    <>
      {alert.state !== 'acknowledged' && (
        <Button size="small" look="primary" icon={<UserCheck size={14} aria-hidden />} onClick={() => { actions.acknowledge(alert); }}>
          {t('alerts.acknowledge')} {keys && <Key>A</Key>}
        </Button>
      )}
      <Button size="small" icon={<AlarmClock size={14} aria-hidden />} onClick={() => { actions.snooze(alert); }}>
        {t('today.snooze')} {keys && <Key>S</Key>}
      </Button>
      <Button size="small" look={alert.state === 'acknowledged' ? 'primary' : 'secondary'} icon={<Check size={14} aria-hidden />} onClick={() => { actions.resolve(alert); }}>
        {t('alerts.resolve')} {keys && <Key>R</Key>}
      </Button>
    </>
  );
}
