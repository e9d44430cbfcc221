import { useTranslation } from 'react-i18next';
import type { ChartWords } from '#renderer/kit/charts/ChartFrame';

/** What the buttons of a chart are called here. */
export function useChartWords(): ChartWords {
  const { t } = useTranslation();
  return { table: t('models.chart.table'), chart: t('models.chart.chart'), csv: t('models.chart.csv'), png: t('models.chart.png') };
}
