import type { PersonalDataType } from '#domain/platform/redaction/types';

/**
 * What a model may be asked for, one switch each. A feature names its own; what is switched off never leaves the machine, and the
 * feature answers from what is here.
 */
export const languagePurposes = ['ask', 'chat', 'explain', 'tutor', 'paths', 'compose', 'summarise'] as const;
export type LanguagePurpose = (typeof languagePurposes)[number];

/** A try of the key and the model from the settings: it carries no text of anybody. */
export const checkPurpose = 'check';
export type LedgerPurpose = LanguagePurpose | typeof checkPurpose;

/**
 * Kinds of personal data that may be allowed to leave as they are, because alone they point at nobody. All others (names, addresses,
 * numbers of every kind) are replaced always, whatever is set.
 */
export const indirectTypes = ['academic', 'date_of_birth', 'postcode'] as const satisfies readonly PersonalDataType[];
export type IndirectType = (typeof indirectTypes)[number];
