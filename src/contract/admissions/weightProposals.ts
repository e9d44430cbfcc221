import { z } from 'zod';
import { command, job, query, role } from '../define';
import { id, instant, none } from '../shapes';
import { weights } from './triage';

/** What fitting the weights anew came to. Log losses are per lead, on leads that the weights were not fitted on; the smaller the better. */
const weightProposal = z.object({
  id: z.string(),
  /** `open` may be decided; `outdated`: the weights have been changed since. */
  state: z.enum(['open', 'accepted', 'dismissed', 'outdated']),
  verdict: z.enum(['too_few', 'not_better', 'proposal']),
  rows: z.number().int(),
  positives: z.number().int(),
  /** Outcomes of each kind below which nothing is fitted. */
  needed: z.number().int(),
  today: weights,
  /** Null unless they are proposed. */
  proposed: weights.nullable(),
  logLossToday: z.number().nullable(),
  logLossRefit: z.number().nullable(),
  gain: z.number().nullable(),
  standardError: z.number().nullable(),
  at: instant,
});
export type WeightProposal = z.output<typeof weightProposal>;

const change = role('ai_analytics', 'lead_data', 'update');

export const weightProposals = {
  'admissions.triage.proposal.get': query({
    reads: ['triage'],
    summary: 'The newest look at whether other weights of the score would foretell outcomes better, beside today’s.',
    input: none,
    output: z.object({ proposal: weightProposal.nullable() }),
    allow: role('ai_lead_scoring', 'lead_data', 'view'),
  }),
  'admissions.triage.proposal.run': job({
    summary: 'Fit the weights of the score anew from outcomes and propose them where they do better. Nothing is applied.',
    input: none,
    output: z.object({ proposal: weightProposal }),
    allow: change,
    changes: ['triage'],
  }),
  'admissions.triage.proposal.accept': command({
    summary: 'Let proposed weights hold. All leads are rescored in a job.',
    input: z.strictObject({ id }),
    output: z.object({ weights, rescoreJobId: z.string() }),
    allow: change,
    rate: 'admin',
    changes: ['triage'],
  }),
  'admissions.triage.proposal.dismiss': command({
    summary: 'Leave the weights as they are. The same weights are not proposed again.',
    input: z.strictObject({ id }),
    output: z.object({ proposal: weightProposal }),
    allow: change,
    rate: 'admin',
    changes: ['triage'],
  }),
};
