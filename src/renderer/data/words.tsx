import type { TFunction } from 'i18next';
import { getI18n } from 'react-i18next';

/**
 * The words of the catalogue, for what a table draws by the hundred: `useTranslation` keeps effects and listeners for each place it is used
 * in, for a language that changes and words that come late. Here the words are there before the first drawing, in one language.
 */
export function useWords(): { readonly t: TFunction; readonly language: string } {
  const { t, language } = getI18n();
  return { t, language };
}
