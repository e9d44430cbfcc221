import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Goal, goalOutcomes } from '#contract/learning/goals';
import { useCommand } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { TextField } from '#renderer/kit/Field';
import { Card } from '#renderer/kit/Marks';
import { toast } from '#renderer/kit/toasts';
import { tellFailure } from '#renderer/shell/tellFailure';

/** How the exam went: it closes the goal, and can be taken back. */
export function CloseGoal({ goal }: { readonly goal: Goal }) {
  const { t } = useTranslation();
  const [share, setShare] = useState('');
  const close = useCommand('learning.goals.close');
  const value = share.trim() === '' ? null : Number(share.replace(',', '.'));
  const wrong = value !== null && !(value >= 0 && value <= 100);
  const end = (outcome: (typeof goalOutcomes)[number]): void => {
    close.mutate(
      { id: goal.id, outcome, share: value === null ? null : value / 100 },
      {
        onError: tellFailure,
        onSuccess: () => {
          toast({ title: t('goal.closed'), action: { label: t('common.undo'), run: () => { close.mutate({ id: goal.id, outcome: null }, { onError: tellFailure }); } } });
        },
      },
    );
  };
  return (
    <Card title={t('goal.close')}>
      <div className="flex flex-col gap-3">
        <p className="text-muted">{t('goal.closeDetail')}</p>
        <div className="max-w-48">
          <TextField label={t('goal.share')} hint={t('goal.shareHint')} inputMode="decimal" value={share} error={wrong ? t('goal.targetWrong') : undefined} onChange={(event) => { setShare(event.target.value); }} />
        </div>
        <div className="flex flex-wrap gap-2">
          {goalOutcomes.map((outcome) => (
            <Button key={outcome} disabled={wrong} busy={close.isPending} onClick={() => { end(outcome); }}>
              {t(`goal.outcomes.${outcome}`)}
            </Button>
          ))}
        </div>
      </div>
    </Card>
  );
}
