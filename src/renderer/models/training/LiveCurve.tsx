import { useTranslation } from 'react-i18next';
import type { RunningJob } from '#renderer/data/jobs';
import { useFormats } from '#renderer/data/format';
import { CurveChart } from '#renderer/kit/charts/CurveChart';
import { decimals } from '../figures';

/** A little above the loss of saying "one in two" of everybody, .69: no curve of a model that learns begins higher. */
const mostLoss = 0.75;
const height = 200;

/**
 * How the errors on rows kept aside fall while a model learns. Its ranges and its place are fixed before the first point comes, so that nothing
 * jumps; who cannot see it hears how far the training is and can read the newest figure beneath.
 */
export function LiveCurve({ points }: { readonly points: RunningJob['points'] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const newest = points.at(-1);
  return (
    <div className="mt-4">
      <CurveChart
        label={t('models.curve.live')}
        curves={[{ id: 'aside', name: t('models.curve.validation'), points: points.map(({ share, loss }) => ({ x: 100 * share, y: loss })) }]}
        xRange={[0, 100]}
        yRange={[0, Math.max(mostLoss, ...points.map(({ loss }) => loss))]}
        formatX={(x) => `${formats.number(x)} %`}
        formatY={(y) => decimals(y, 1)}
        xTitle={t('models.curve.step')}
        yTitle={t('models.curve.loss')}
        height={height}
      />
      <p className="tabular text-sm text-muted">{newest === undefined ? t('models.curve.notYet') : t('models.curve.newest', { percent: Math.round(100 * newest.share), loss: decimals(newest.loss, 3) })}</p>
    </div>
  );
}
