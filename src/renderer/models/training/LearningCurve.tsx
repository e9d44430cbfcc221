import { useTranslation } from 'react-i18next';
import type { ModelReport } from '#contract/models/shapes';
import { useFormats } from '#renderer/data/format';
import { ChartFrame } from '#renderer/kit/charts/ChartFrame';
import { CurveChart } from '#renderer/kit/charts/CurveChart';
import { decimals } from '../figures';
import { useChartWords } from '../useChartWords';

/** How the errors fell while it learned: on what it learned from, and on leads kept aside. Only boosting learns step by step. */
export function LearningCurve({ report }: { readonly report: ModelReport }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useChartWords();
  const curve = report.learningCurve;
  if (curve === null || curve.training.length < 2) return null;
  const { training, validation } = curve;
  const all = [...training, ...validation];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const room = (most - least) * 0.08;
  const share = (index: number, of: readonly number[]): number => (100 * (index + 1)) / of.length;
  const settles = validation.length > 1 && (validation.at(-1) ?? 0) - Math.min(...validation) < 0.1 * (most - least);
  return (
    <ChartFrame
      title={t(validation.length < 2 ? 'models.curve.alone' : settles ? 'models.curve.settles' : 'models.curve.turns')}
      unit={t('models.curve.unit')}
      fileName="learning-curve"
      words={words}
      table={{ columns: [t('models.curve.step'), t('models.curve.training'), t('models.curve.validation')], rows: training.map((loss, index) => [`${share(index, training).toFixed(0)} %`, Number(loss.toFixed(4)), validation[index] === undefined ? null : Number(validation[index].toFixed(4))]) }}
    >
      <CurveChart
        label={t('models.curve.label')}
        curves={[
          { id: 'training', name: t('models.curve.training'), points: training.map((y, index) => ({ x: share(index, training), y })) },
          ...(validation.length > 1 ? [{ id: 'validation', name: t('models.curve.validation'), points: validation.map((y, index) => ({ x: share(index, validation), y })) }] : []),
        ]}
        xRange={[0, 100]}
        yRange={[least - room, most + room]}
        formatX={(x) => `${formats.number(x)} %`}
        formatY={(y) => decimals(y, 2)}
        xTitle={t('models.curve.step')}
        yTitle={t('models.curve.loss')}
        height={220}
      />
    </ChartFrame>
  );
}
