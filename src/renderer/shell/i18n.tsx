import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { catalogue } from './catalogue';

/** Words come from the catalogue, in every place; a second language is a second set of files. */
export async function startWords(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: catalogue } },
    interpolation: { escapeValue: false },
  });
}
