import i18next from 'i18next';
import type { Phrase } from '#domain/kernel/phrase';
import english from '#resources/locales/en/phrases.json';

const catalogue = i18next.createInstance();
void catalogue.init({
  lng: 'en',
  fallbackLng: 'en',
  initAsync: false,
  resources: { en: { translation: english } },
  interpolation: { escapeValue: false },
});

/** Puts an engine's phrase into words. Signals are named by the catalogue too. */
export function say(phrase: Phrase): string {
  const params = Object.fromEntries(
    Object.entries(phrase.params).map(([name, value]) => [
      name,
      (name === 'first' || name === 'second') && typeof value === 'string' ? catalogue.t(`signals.${value}`) : value,
    ]),
  );
  return catalogue.t(phrase.key, params);
}

/** A fixed text of the catalogue. */
export function words(key: string): string {
  return catalogue.t(key);
}
