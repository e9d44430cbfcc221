/** The stages of an enquiry, in order. The store keeps the position, so the order never changes; a new stage goes to the end. */
export const stages = ['enquiry', 'contacted', 'qualified', 'applied', 'offered', 'accepted', 'enrolled', 'lost'] as const;
export type Stage = (typeof stages)[number];

/** Stages in which there is still something to win. */
export const openStages: readonly Stage[] = ['enquiry', 'contacted', 'qualified', 'applied', 'offered', 'accepted'];

/** Whether a stage lies at or beyond another on the way to enrolment. A lost lead has reached nothing. */
export function hasReached(stage: Stage, target: Stage): boolean {
  return stage !== 'lost' && stages.indexOf(stage) >= stages.indexOf(target);
}
