import type { Stage } from '../leads/stages';

/**
 * Whom a draft speaks to. A person chooses it, because a lead’s fields do not say it; `general` speaks to anybody. The three others are
 * those that the specification names.
 */
export const personas = ['general', 'professional', 'graduate', 'enthusiast'] as const;
export type Persona = (typeof personas)[number];

/** Where somebody stands, as far as it changes what a persona wants to hear. */
export const moments = ['looking', 'deciding', 'decided'] as const;
export type Moment = (typeof moments)[number];

const momentOfStage: Readonly<Record<Stage, Moment>> = { enquiry: 'looking', contacted: 'looking', qualified: 'looking', applied: 'deciding', offered: 'deciding', accepted: 'decided', enrolled: 'decided', lost: 'decided' };

/** The moment of a stage. */
export function momentOf(stage: Stage): Moment {
  return momentOfStage[stage];
}
