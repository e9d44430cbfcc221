import admissions from '#resources/locales/en/admissions.json';
import learning from '#resources/locales/en/learning.json';
import models from '#resources/locales/en/models.json';
import phrases from '#resources/locales/en/phrases.json';
import platform from '#resources/locales/en/platform.json';
import shell from '#resources/locales/en/shell.json';

/** Every word of the screens by its key; `words` are those that the core says too. */
export const catalogue = { ...shell, ...platform, ...admissions, ...learning, ...models, words: phrases };
