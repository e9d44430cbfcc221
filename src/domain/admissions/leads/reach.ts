// How a lead can be reached, as one small number: it stands beside each lead, so that a list of a million can be filtered by it.

const hasEmail = 1;
const hasPhone = 2;
const refusedEmail = 4;
const refusedPhone = 8;
const consentRecorded = 16;

export interface Reach {
  readonly hasEmail: boolean;
  readonly hasPhone: boolean;
  /** False where the person said no to that channel. */
  readonly mayEmail: boolean;
  readonly mayPhone: boolean;
  /** Whether any consent, given or refused, is on record. */
  readonly consentRecorded: boolean;
}

export function packReach(reach: Reach): number {
  return (
    (reach.hasEmail ? hasEmail : 0) |
    (reach.hasPhone ? hasPhone : 0) |
    (reach.mayEmail ? 0 : refusedEmail) |
    (reach.mayPhone ? 0 : refusedPhone) |
    (reach.consentRecorded ? consentRecorded : 0)
  );
}

export function unpackReach(packed: number): Reach {
  return {
    hasEmail: (packed & hasEmail) !== 0,
    hasPhone: (packed & hasPhone) !== 0,
    mayEmail: (packed & refusedEmail) === 0,
    mayPhone: (packed & refusedPhone) === 0,
    consentRecorded: (packed & consentRecorded) !== 0,
  };
}
