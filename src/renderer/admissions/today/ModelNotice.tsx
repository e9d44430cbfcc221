import { Brain, Scale } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { call } from '#renderer/data/client';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { runJob } from '#renderer/data/jobs';
import { Button } from '#renderer/kit/Button';
import { toast } from '#renderer/kit/toasts';
import { useMay } from '#renderer/shell/session';
import { tellFailure } from '#renderer/shell/tellFailure';

const line = 'flex flex-wrap items-center gap-x-2 gap-y-1 rounded-md border border-line bg-surface px-3 py-2 text-sm';

/** What the engines propose and people decide: a new model where leads have changed, new weights where they do better. Nothing where neither is. */
export function ModelNotice() {
  const mayTrain = useMay('ai_model_training');
  const mayWeigh = useMay('ai_analytics');
  return (
    <>
      {mayTrain && <RetrainNotice />}
      {mayWeigh && <WeightsNotice />}
    </>
  );
}

function RetrainNotice() {
  const { t } = useTranslation();
  const formats = useFormats();
  const [training, setTraining] = useState(false);
  const watched = useEntry('models.registry.watch', {}, { keep: true });
  if (watched.data === undefined || watched.data.retrain.length === 0) return null;
  const { retrain, retrainSince, modelId } = watched.data;
  const train = async (): Promise<void> => {
    setTraining(true);
    try {
      const serving = modelId === null ? null : await call('models.registry.get', { modelId });
      const { modelId: made, gate } = await runJob('models.training.run', serving === null ? {} : { modelType: serving.modelType });
      if (made === null || !gate.passes) {
        toast({ title: t('today.retrain.worse') });
        return;
      }
      toast({ title: t('today.retrain.trained'), action: { label: t('today.retrain.activate'), run: () => { void call('models.registry.activate', { modelId: made }).catch(tellFailure); } } });
    } catch (error) {
      tellFailure(error);
    } finally {
      setTraining(false);
    }
  };
  return (
    <div className={line}>
      <Brain size={14} aria-hidden className="text-medium" />
      <span className="min-w-0 flex-1">
        {t('today.retrain.title')} {retrain.join(' ')}
        {retrainSince !== null && <span className="text-faint"> {t('today.retrain.since', { when: formats.ago(retrainSince) })}</span>}
      </span>
      <Button size="small" busy={training} onClick={() => void train()}>
        {t('today.retrain.train')}
      </Button>
    </div>
  );
}

function WeightsNotice() {
  const { t } = useTranslation();
  const asked = useEntry('admissions.triage.proposal.get', {}, { keep: true });
  const proposal = asked.data?.proposal;
  if (proposal?.state !== 'open' || proposal.proposed === null) return null;
  return (
    <p className={line}>
      <Scale size={14} aria-hidden className="text-medium" />
      <span>{t('today.weightsProposed')}</span>
      <Link href="/settings#proposed-weights" className="ml-auto font-medium underline underline-offset-2">
        {t('today.toWeights')}
      </Link>
    </p>
  );
}
