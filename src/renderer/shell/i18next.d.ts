import type { catalogue } from './catalogue';

// Every key that a screen uses is checked against the catalogue by the compiler.
declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof catalogue };
  }
}
