/** Ways to reach a person. */
export const consentChannels = ['email', 'phone', 'post'] as const;
export type ConsentChannel = (typeof consentChannels)[number];

/** What a person may be contacted for: their own application, or news and events beside it. One says nothing about the other. */
export const consentPurposes = ['admissions', 'marketing'] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

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
