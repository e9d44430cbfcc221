import { useTranslation } from 'react-i18next';
import type { ModelReport } from '#contract/models/shapes';
import { useFormats } from '#renderer/data/format';
import { ChartFrame } from '#renderer/kit/charts/ChartFrame';
import { CurveChart } from '#renderer/kit/charts/CurveChart';
import { decimals } from '../figures';
import { useChartWords } from '../useChartWords';

const rounded = (share: number): number => Math.round(share * 1_000) / 10;

/** The ROC curve and the curve of precision over recall. */
export function Curves({ report }: { readonly report: ModelReport }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useChartWords();
  const { roc, precisionRecall, metrics, confusion } = report;
  const positives = confusion.truePositives + confusion.falseNegatives;
  const judged = positives + confusion.falsePositives + confusion.trueNegatives;
  return (
    <>
      <ChartFrame
        title={metrics.rocAuc === null ? t('models.roc.label') : t('models.roc.finding', { of: Math.round(metrics.rocAuc * 100) })}
        unit={t('models.roc.unit', { auc: decimals(metrics.rocAuc) })}
        fileName="roc-curve"
        words={words}
        table={{ columns: [t('models.roc.threshold'), t('models.roc.falsePositives'), t('models.roc.truePositives')], rows: roc.map(({ threshold, falsePositiveRate, truePositiveRate }) => [`${String(rounded(Math.min(1, threshold)))} %`, rounded(falsePositiveRate), rounded(truePositiveRate)]) }}
      >
        <CurveChart
          label={t('models.roc.label')}
          curves={[{ id: 'roc', name: t('models.roc.label'), points: [{ x: 0, y: 0 }, ...roc.map(({ falsePositiveRate, truePositiveRate }) => ({ x: falsePositiveRate, y: truePositiveRate }))] }]}
          diagonal
          xRange={[0, 1]}
          yRange={[0, 1]}
          formatX={formats.percent}
          formatY={formats.percent}
          xTitle={t('models.roc.falsePositives')}
          yTitle={t('models.roc.truePositives')}
        />
      </ChartFrame>
      <ChartFrame
        title={metrics.prAuc === null ? t('models.pr.label') : t('models.pr.finding', { precision: Math.round(metrics.prAuc * 100), rate: Math.round((100 * positives) / Math.max(1, judged)) })}
        unit={t('models.pr.unit', { auc: decimals(metrics.prAuc) })}
        fileName="precision-recall"
        words={words}
        table={{ columns: [t('models.pr.recall'), t('models.pr.precision')], rows: precisionRecall.map(({ recall, precision }) => [rounded(recall), rounded(precision)]) }}
      >
        <CurveChart
          label={t('models.pr.label')}
          curves={[{ id: 'pr', name: t('models.pr.label'), points: precisionRecall.map(({ recall, precision }) => ({ x: recall, y: precision })) }]}
          level={{ y: positives / Math.max(1, judged), name: t('models.pr.guessing') }}
          xRange={[0, 1]}
          yRange={[0, 1]}
          formatX={formats.percent}
          formatY={formats.percent}
          xTitle={t('models.pr.recall')}
          yTitle={t('models.pr.precision')}
        />
      </ChartFrame>
    </>
  );
}

/** Whether what it says happens: the observed rate over the chance, in groups. */
export function Agreement({ report }: { readonly report: ModelReport }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useChartWords();
  const { curve, kind } = report.calibration;
  return (
    <ChartFrame
      title={t('models.calibration.finding', { points: (100 * report.metrics.calibrationError).toFixed(1) })}
      unit={t(`models.calibration.kinds.${kind}`)}
      fileName="calibration"
      words={words}
      table={{ columns: [t('models.calibration.said'), t('models.calibration.happened'), t('models.registry.rows')], rows: curve.map(({ meanProbability, observedRate, rows }) => [rounded(meanProbability), rounded(observedRate), rows]) }}
    >
      <CurveChart
        label={t('models.calibration.label')}
        curves={[]}
        points={curve.map(({ meanProbability, observedRate, rows }) => ({ x: meanProbability, y: observedRate, weight: rows, name: t('models.calibration.point', { said: Math.round(meanProbability * 100), happened: Math.round(observedRate * 100), count: rows }) }))}
        diagonal
        xRange={[0, 1]}
        yRange={[0, 1]}
        formatX={formats.percent}
        formatY={formats.percent}
        xTitle={t('models.calibration.said')}
        yTitle={t('models.calibration.happened')}
      />
    </ChartFrame>
  );
}
