import { fold } from '#domain/kernel/text';

/** The commonest small words of languages that people may ask in, folded. A word that English has too is left out. */
const smallWords: Readonly<Record<string, readonly string[]>> = {
  de: ['der', 'die', 'das', 'und', 'oder', 'nicht', 'mit', 'von', 'aus', 'alle', 'zeige', 'zeig', 'mir', 'wie', 'viele', 'welche', 'ohne', 'uber', 'unter', 'ist', 'sind', 'haben', 'interessenten', 'bewerber', 'seit', 'letzte', 'letzten', 'woche', 'fur', 'bitte', 'ein', 'eine'],
  fr: ['les', 'des', 'du', 'une', 'et', 'ou', 'avec', 'sans', 'pour', 'dans', 'montre', 'moi', 'tous', 'toutes', 'combien', 'quels', 'quelles', 'est', 'sont', 'qui', 'etudiants', 'depuis', 'semaine', 'derniere', 'le', 'la', 'sur', 'plus'],
  es: ['los', 'las', 'el', 'una', 'y', 'con', 'sin', 'para', 'muestrame', 'mostrar', 'todos', 'cuantos', 'cuales', 'que', 'son', 'estudiantes', 'desde', 'semana', 'pasada', 'del', 'mas', 'por'],
  it: ['il', 'gli', 'una', 'con', 'senza', 'per', 'mostrami', 'tutti', 'quanti', 'quali', 'che', 'sono', 'studenti', 'dalla', 'settimana', 'scorsa', 'della', 'degli', 'piu'],
  pt: ['os', 'uma', 'com', 'sem', 'para', 'mostre', 'todos', 'quantos', 'quais', 'que', 'sao', 'alunos', 'desde', 'semana', 'passada', 'dos', 'das', 'nao', 'mais'],
  nl: ['het', 'een', 'en', 'met', 'zonder', 'voor', 'van', 'toon', 'alle', 'hoeveel', 'welke', 'zijn', 'studenten', 'sinds', 'vorige', 'niet'],
  pl: ['wszystkie', 'pokaz', 'ile', 'ktore', 'bez', 'dla', 'jest', 'studenci', 'tydzien', 'ostatni', 'sie', 'nie', 'oraz'],
  tr: ['ve', 'ile', 'tum', 'goster', 'kac', 'hangi', 'icin', 'olan', 'ogrenciler', 'hafta', 'gecen', 'degil'],
};
const scripts: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Hiragana}|\p{Script=Katakana}/u, 'ja'],
  [/\p{Script=Han}/u, 'zh'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Arabic}/u, 'ar'],
  [/\p{Script=Cyrillic}/u, 'ru'],
  [/\p{Script=Greek}/u, 'el'],
  [/\p{Script=Devanagari}/u, 'hi'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Thai}/u, 'th'],
];

/**
 * The language of a question that is not English, as far as its script and its small words tell; null where it is English or cannot be told.
 *
 * @param english how many of its words are English words of questions
 * @returns an ISO 639-1 code; of a script that several languages share, the one with most speakers
 */
export function otherLanguage(text: string, english: number): string | null {
  const letters = [...text.matchAll(/\p{L}/gu)].length;
  const latin = [...text.matchAll(/\p{Script=Latin}/gu)].length;
  if (letters > 0 && latin < letters / 2) return scripts.find(([script]) => script.test(text))?.[1] ?? null;
  const words = fold(text).split(/[^\p{L}]+/u);
  const counts = Object.entries(smallWords).map(([language, small]) => [language, words.filter((word) => small.includes(word)).length] as const);
  const [best] = counts.sort((a, b) => b[1] - a[1]);
  return best !== undefined && best[1] >= 2 && best[1] > english ? best[0] : null;
}
