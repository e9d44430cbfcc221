/** Ways to reach a person, and the one way that reaches nobody: a language model. */
export const consentChannels = ['email', 'phone', 'post', 'model'] as const;
export type ConsentChannel = (typeof consentChannels)[number];

/**
 * What a person may be contacted for: their own application, or news and events beside it. `ai` is about no contact: whether what is
 * written about them may be sent to a language model. One says nothing about the other.
 */
export const consentPurposes = ['admissions', 'marketing', 'ai'] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

/** The channels that a purpose can have. */
export function channelsOfPurpose(purpose: ConsentPurpose): readonly ConsentChannel[] {
  return purpose === 'ai' ? ['model'] : ['email', 'phone', 'post'];
}

/**
 * When what is written about a person may be sent to a language model: always but after a no, or only after a yes that still holds.
 */
export const modelConsentRules = ['unlessRefused', 'givenOnly'] as const;
export type ModelConsentRule = (typeof modelConsentRules)[number];

/** Whether the state of a person’s consent keeps them from a model. */
export function keepsFromModel(state: ConsentState, rule: ModelConsentRule): boolean {
  return state === 'refused' || (rule === 'givenOnly' && state !== 'given');
}

/** How a person says yes or no to somebody here. */
export const consentWays = ['spoken', 'form', 'email', 'letter'] as const;
/** How a consent came to be known at all: also by a file, by an edited lead, or with a merge. */
export const consentBases = [...consentWays, 'import', 'staff', 'merge'] as const;
export type ConsentBasis = (typeof consentBases)[number];

/** What holds now for a purpose and a channel. A yes that ran out is none; a no does not run out. */
export type ConsentState = 'given' | 'refused' | 'expired' | 'unknown';

/** One thing that a person said. Instants are UTC milliseconds. */
export interface ConsentSaid {
  readonly granted: boolean;
  readonly expiresAt: number | null;
}

/**
 * What holds, by the last thing that was said.
 *
 * @param said the newest record, or null where nobody was asked
 * @param now UTC milliseconds
 */
export function consentState(said: ConsentSaid | null, now: number): ConsentState {
  if (said === null) return 'unknown';
  if (!said.granted) return 'refused';
  return said.expiresAt !== null && said.expiresAt <= now ? 'expired' : 'given';
}
