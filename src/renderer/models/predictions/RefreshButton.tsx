import { RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { tellFailure } from '#renderer/shell/tellFailure';
import type { PredictionStatus } from './usePredictionStatus';

/** Lets the model say its chance for every lead anew. */
export function RefreshButton({ status, size = 'medium' }: { readonly status: PredictionStatus; readonly size?: 'small' | 'medium' }) {
  const { t } = useTranslation();
  const refresh = useCommand('models.predictions.refresh');
  return (
    <Button size={size} icon={<RefreshCw size={14} aria-hidden />} disabled={status.model === null} busy={refresh.isPending || status.jobId !== null} onClick={() => { refresh.mutate({ all: true }, { onError: tellFailure }); }}>
      {t('models.predictions.refresh')}
    </Button>
  );
}
