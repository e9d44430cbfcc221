import { useEffect, useRef } from 'react';
import type { ListedLead } from '#contract/admissions/leads';
import { call } from '#renderer/data/client';
import { runJob } from '#renderer/data/jobs';
import { type PredictionStatus, usePredictionStatus } from '#renderer/models/predictions/usePredictionStatus';

/** Leads that are asked about at once. */
const leadsAtOnce = 100;

/**
 * Keeps what the model says of leads up to date while they are looked at: those that are here and lack it first, the rest in the background.
 * What fails is tried again when something else has changed; nobody is told, for the table marks what is old.
 */
export function usePredicted(loaded: readonly ListedLead[]): PredictionStatus | undefined {
  const status = usePredictionStatus();
  const asked = useRef(new Set<string>());
  const refreshed = useRef('');
  const modelId = status?.model?.modelId;
  const lacking = modelId === undefined ? [] : loaded.filter(({ prediction }) => prediction?.current !== true);
  const wanted = lacking.map(({ id, revision }) => `${modelId ?? ''} ${id} ${String(revision)}`).join();
  const rest = status === undefined || status.model === null || status.jobId !== null || (status.leads === status.predicted && status.changed === 0) ? '' : `${status.model.modelId} ${String(status.leads)} ${String(status.predicted)} ${String(status.changed)}`;
  useEffect(() => {
    const leadIds = lacking.filter(({ id, revision }) => !asked.current.has(`${modelId ?? ''} ${id} ${String(revision)}`)).slice(0, leadsAtOnce).map(({ id }) => id);
    const refresh = (): void => {
      if (rest === '' || refreshed.current === rest) return;
      refreshed.current = rest;
      void call('models.predictions.refresh', {}).catch(() => undefined);
    };
    if (leadIds.length === 0) {
      refresh();
      return;
    }
    for (const { id, revision } of lacking) asked.current.add(`${modelId ?? ''} ${id} ${String(revision)}`);
    void runJob('models.predictions.predictBatch', { leadIds }).then(refresh, () => undefined);
    // Only other leads, or another standing, are a reason to ask.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [wanted, rest]);
  return status;
}
