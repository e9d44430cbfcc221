import type { OutputOf } from '#contract/index';
import { useEntry } from '#renderer/data/hooks';
import { useMay, useMayUseLeads } from '#renderer/shell/session';

export type PredictionStatus = OutputOf<'models.predictions.status'>;

/** Which model says the chances, and how far it is with them. Undefined until it is known, and for those who may not ask. */
export function usePredictionStatus(): PredictionStatus | undefined {
  const mayUseLeads = useMayUseLeads();
  const mayAsk = useMay('ai_lead_scoring') && mayUseLeads;
  return useEntry('models.predictions.status', {}, { enabled: mayAsk, keep: true }).data;
}
