import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelReport } from '#contract/models/shapes';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { ChartFrame } from '#renderer/kit/charts/ChartFrame';
import { CurveChart } from '#renderer/kit/charts/CurveChart';
import { IntervalBars } from '#renderer/kit/charts/IntervalBars';
import { Skeleton } from '#renderer/kit/Face';
import { Select } from '#renderer/kit/Field';
import { Card } from '#renderer/kit/Marks';
import { useChartWords } from '../useChartWords';

/** How the mean chance moves with one column, all else as it is. */
export function Dependence({ modelId, report }: { readonly modelId: string; readonly report: ModelReport }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useChartWords();
  const columns = report.importance.length > 0 ? report.importance : report.columns;
  const [field, setField] = useState(columns[0]?.field ?? '');
  const dependence = useEntry('models.analysis.partialDependence', { column: field, modelId }, { enabled: field !== '', keep: true });
  const said = (value: string | number | boolean | null): string => (value === null ? t('models.why.unknown') : typeof value === 'boolean' ? t(value ? 'models.why.yes' : 'models.why.no') : typeof value === 'number' ? formats.number(value) : value);
  const choose = <Select label={t('models.dependence.column')} labelHidden value={field} options={columns.map((each) => ({ value: each.field, label: each.column }))} onChange={(event) => { setField(event.target.value); }} />;
  if (dependence.error !== null || dependence.data === undefined) {
    return (
      <Card title={t('models.dependence.title')}>
        {choose}
        {dependence.error === null ? <Skeleton className="mt-3 h-56" /> : <p role="alert" className="mt-3 text-muted">{dependence.error.message}</p>}
      </Card>
    );
  }
  const { points, column, kind, leads } = dependence.data;
  const known = points.flatMap(({ value, meanProbability }) => (typeof value === 'number' ? [{ x: value, y: meanProbability }] : []));
  const chances = points.map(({ meanProbability }) => meanProbability);
  const [least, most] = [Math.min(...chances), Math.max(...chances)];
  const xs = known.map(({ x }) => x);
  const missing = points.find(({ value }) => value === null);
  return (
    <ChartFrame
      title={t('models.dependence.finding', { column, least: formats.percent(least), most: formats.percent(most) })}
      unit={t('models.dependence.unit', { count: leads })}
      fileName="partial-dependence"
      words={words}
      table={{ columns: [column, t('models.dependence.chance'), t('models.registry.rows')], rows: points.map(({ value, meanProbability, rows }) => [said(value), Math.round(meanProbability * 1_000) / 10, rows]) }}
    >
      <div className="mb-3">{choose}</div>
      {kind === 'number' && known.length > 1 ? (
        <>
          <CurveChart
            label={t('models.dependence.label', { column })}
            curves={[{ id: 'dependence', name: column, points: known, dots: true }]}
            {...(missing === undefined ? {} : { level: { y: missing.meanProbability, name: t('models.dependence.missing') } })}
            xRange={[Math.min(...xs), Math.max(...xs)]}
            yRange={[0, Math.min(1, Math.max(0.1, most * 1.15))]}
            formatX={formats.number}
            formatY={formats.percent}
            xTitle={column}
            yTitle={t('models.dependence.chance')}
            height={240}
          />
        </>
      ) : (
        <IntervalBars
          label={t('models.dependence.label', { column })}
          mark={null}
          bars={points.map(({ value, meanProbability, rows }) => ({ id: String(value), name: said(value), value: meanProbability, low: null, high: null, figure: formats.percent(meanProbability), detail: t('models.dependence.rows', { count: rows }), tone: 'plain' as const }))}
        />
      )}
    </ChartFrame>
  );
}
