import { useTranslation } from 'react-i18next';

/** Says when a card comes back. */
export function useReturns(): (days: number) => string {
  const { t } = useTranslation();
  return (days) => (days <= 0 ? t('practice.returnsNow') : t('practice.returns', { count: days }));
}
