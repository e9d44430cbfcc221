/** What a draft may hold in place of what is known of its lead. A model gets these names and never what stands behind them. */
export const mergeFields = ['given_name', 'course', 'campus', 'sender', 'school'] as const;
export type MergeField = (typeof mergeFields)[number];
export type MergeValues = Readonly<Record<MergeField, string | null>>;

const written = /\{ ?([a-zA-Z_ ]{1,40}) ?\}/g;

const isField = (name: string): name is MergeField => (mergeFields as readonly string[]).includes(name);
const nameOf = (text: string): string => text.trim().toLowerCase().replaceAll(' ', '_');

export interface Filled {
  readonly text: string;
  /** Fields of which nothing is known for this lead: they stay in the text. */
  readonly missing: readonly MergeField[];
  /** Names in braces that are no field. */
  readonly unknown: readonly string[];
}

/** Puts what is known of a lead into a draft. What is not known stays as it is written, to be seen. */
export function fillFields(draft: string, values: MergeValues): Filled {
  const missing = new Set<MergeField>();
  const unknown = new Set<string>();
  const text = draft.replace(written, (whole, inner: string) => {
    const name = nameOf(inner);
    if (!isField(name)) {
      unknown.add(inner.trim());
      return whole;
    }
    const value = values[name];
    if (value !== null && value.trim() !== '') return value;
    missing.add(name);
    return whole;
  });
  return { text, missing: [...missing], unknown: [...unknown] };
}
