import { Target } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button } from '#renderer/kit/Button';
import { Empty } from '#renderer/kit/Face';

/** What stands where there is no goal yet: what this is for, and the one thing to do. */
export function NoGoal() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  return (
    <Empty
      icon={<Target size={28} aria-hidden />}
      title={t('learn.noGoal')}
      action={
        <Button look="primary" onClick={() => { go('/goal'); }}>
          {t('learn.setGoal')}
        </Button>
      }
    >
      {t('learn.noGoalDetail')}
    </Empty>
  );
}
