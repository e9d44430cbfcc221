import { useTranslation } from 'react-i18next';
import { useEntry } from '#renderer/data/hooks';
import { Dialog } from '#renderer/kit/Dialog';
import { Skeleton } from '#renderer/kit/Face';
import { Comparison } from './Comparison';
import type { ModelEntry } from './ActivateButton';

interface CompareProps {
  readonly first: ModelEntry;
  readonly second: ModelEntry;
  readonly onClose: () => void;
}

/** Two models side by side. */
export function Compare({ first, second, onClose }: CompareProps) {
  const { t } = useTranslation();
  const compared = useEntry('models.registry.compare', { first: first.modelId, second: second.modelId });
  return (
    <Dialog open wide onClose={onClose} closeLabel={t('common.close')} title={t('models.compare.title', { first: first.version, second: second.version })}>
      {compared.error !== null && <p role="alert">{compared.error.message}</p>}
      {compared.data === undefined && compared.error === null && <Skeleton className="h-64" />}
      {compared.data !== undefined && <Comparison compared={compared.data} />}
    </Dialog>
  );
}
