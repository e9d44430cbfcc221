import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEntry } from '#renderer/data/hooks';
import { Skeleton } from '#renderer/kit/Face';
import { Select } from '#renderer/kit/Field';
import { Card } from '#renderer/kit/Marks';
import type { ModelEntry } from '../registry/ActivateButton';
import { Comparison } from '../registry/Comparison';

/** The model beside another. */
export function SideBySide({ first, others }: { readonly first: ModelEntry; readonly others: readonly ModelEntry[] }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState(others[0]?.modelId ?? '');
  const second = others.find(({ modelId }) => modelId === wanted) ?? others[0];
  const compared = useEntry('models.registry.compare', { first: first.modelId, second: second?.modelId ?? '' }, { enabled: second !== undefined, keep: true });
  return (
    <Card title={t('models.compare.beside')}>
      <Select className="mb-3 max-w-sm" label={t('models.compare.other')} value={second?.modelId ?? ''} options={others.map(({ modelId, version, modelType }) => ({ value: modelId, label: t('models.registry.named', { version, type: t(`models.types.${modelType}`) }) }))} onChange={(event) => { setWanted(event.target.value); }} />
      {compared.error !== null && <p role="alert">{compared.error.message}</p>}
      {compared.data === undefined ? <Skeleton className="h-48" /> : <Comparison compared={compared.data} />}
    </Card>
  );
}
