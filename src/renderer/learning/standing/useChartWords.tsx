import { useTranslation } from 'react-i18next';
import type { ChartWords } from '#renderer/kit/charts/ChartFrame';

/** What the buttons of a chart are called here. */
export function useChartWords(): ChartWords {
  const { t } = useTranslation();
  return { table: t('standing.chart.table'), chart: t('standing.chart.chart'), csv: t('standing.chart.csv'), png: t('standing.chart.png') };
}
