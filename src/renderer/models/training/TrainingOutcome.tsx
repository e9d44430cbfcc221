import { CircleCheck, OctagonAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useEntry } from '#renderer/data/hooks';
import { Card, Tag } from '#renderer/kit/Marks';
import { ActivateButton } from '../registry/ActivateButton';
import { CardInWords } from '../registry/CardInWords';
import { GuardFindings } from './GuardFindings';
import { LearningCurve } from './LearningCurve';
import { type TrainingResult, useTrainingRun } from './trainingRun';

/** What came of a training: what the guard left out, the model in words, how it learned, and whether it may serve. */
export function TrainingOutcome({ result }: { readonly result: TrainingResult }) {
  const { t } = useTranslation();
  const { run, input, busy } = useTrainingRun();
  const { modelId, gate, leakage, card, modelType } = result;
  const kept = useEntry('models.registry.get', { modelId: modelId ?? '' }, { enabled: modelId !== null, keep: true });
  return (
    <>
      <Card
        title={t('models.outcome.title', { type: t(`models.types.${modelType}`) })}
        action={gate.passes ? <Tag tone="good">{t('models.gate.passes')}</Tag> : <Tag tone="bad">{t('models.gate.fails')}</Tag>}
      >
        <p role="status" className="mb-3 flex items-center gap-2 font-medium">
          {gate.passes ? <CircleCheck size={16} aria-hidden className="text-good" /> : <OctagonAlert size={16} aria-hidden className="text-critical" />}
          {t(gate.passes ? 'models.outcome.ready' : 'models.outcome.refused')}
        </p>
        <CardInWords card={card} />
        {modelId !== null && (
          <div className="mt-4 flex flex-wrap items-center gap-3">
            {kept.data !== undefined && <ActivateButton model={kept.data} />}
            <Link href={`/models/registry/${modelId}`} className="font-medium underline underline-offset-2">
              {t('models.outcome.open')}
            </Link>
          </div>
        )}
      </Card>
      <GuardFindings
        leakage={leakage}
        busy={busy}
        onTrain={(keep) => {
          if (input !== null) run({ ...input, keepColumns: [...keep] });
        }}
      />
      {kept.data !== undefined && <LearningCurve report={kept.data.report} />}
    </>
  );
}
