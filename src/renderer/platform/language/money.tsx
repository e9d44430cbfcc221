import { useTranslation } from 'react-i18next';

/** Money as the person’s language writes it; a dash where no price was known. Small sums keep the digits that say something. */
export function useMoney(currency: string): (value: number | null) => string {
  const { i18n } = useTranslation();
  const locale = navigator.languages.find((each) => each.startsWith(i18n.language)) ?? i18n.language;
  return (value) => (value === null ? '–' : new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: value !== 0 && value < 1 ? 4 : 2 }).format(value));
}
