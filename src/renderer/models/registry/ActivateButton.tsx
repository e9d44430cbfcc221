import { Power } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#contract/index';
import { useCommand } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Tag } from '#renderer/kit/Marks';
import { toast } from '#renderer/kit/toasts';
import { useMay } from '#renderer/shell/session';
import { tellFailure } from '#renderer/shell/tellFailure';

export type ModelEntry = OutputOf<'models.registry.list'>['items'][number];

/** Lets a model serve, where it may. Undo is the roll-back. */
export function ActivateButton({ model, size = 'medium' }: { readonly model: ModelEntry; readonly size?: 'small' | 'medium' }) {
  const { t } = useTranslation();
  const mayTrain = useMay('ai_model_training');
  const activate = useCommand('models.registry.activate');
  const rollback = useCommand('models.registry.rollback');
  if (model.active) return <Tag tone="good">{t('models.registry.serves')}</Tag>;
  if (!mayTrain) return null;
  return (
    <Button
      size={size}
      look={size === 'small' ? 'secondary' : 'primary'}
      busy={activate.isPending}
      disabled={!model.passesGate}
      title={model.passesGate ? undefined : t('models.registry.mayNot')}
      icon={<Power size={14} aria-hidden />}
      onClick={() => {
        activate.mutate(
          { modelId: model.modelId },
          {
            onError: tellFailure,
            onSuccess: ({ version }) => {
              toast({
                title: t('models.registry.activated', { version }),
                detail: t('models.registry.following'),
                action: { label: t('common.undo'), run: () => { rollback.mutate({}, { onError: tellFailure }); } },
              });
            },
          },
        );
      }}
    >
      {t('models.registry.activate')}
    </Button>
  );
}
