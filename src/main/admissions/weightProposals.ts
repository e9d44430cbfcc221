import { factors } from '#domain/admissions/triage/configuration';
import { fewestOfEachOutcome } from '#domain/models/gate';
import { Refusal } from '#contract/errors';
import type { WeightProposal, weightProposals } from '#contract/admissions/weightProposals';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { currentWeights, findWeights, insertWeights } from '#main/store/admissions/configuration';
import { decideProposal, latestProposal, type StoredProposal } from '#main/store/admissions/weightProposals';
import type { Reader } from '#main/store/tx';
import { startRescore } from './triage';
import { lookAtWeights } from './weightRefit';

function told(reader: Reader, { id, weightsKey, refit, state, createdAt }: StoredProposal): WeightProposal {
  const now = currentWeights(reader);
  const { weights, ...rest } = refit;
  return {
    id,
    ...rest,
    state: state === 'open' && weightsKey !== now.key ? 'outdated' : state,
    needed: fewestOfEachOutcome,
    today: findWeights(reader, weightsKey)?.weights ?? now.weights,
    proposed: refit.verdict === 'proposal' ? weights : null,
    at: createdAt,
  };
}

/** The proposal of an id, while it may be decided. */
function openProposal({ store }: CallContext, id: string): StoredProposal & { readonly proposed: NonNullable<WeightProposal['proposed']> } {
  const found = latestProposal(store);
  if (found?.id !== id) throw new Refusal('not_found', 'That proposal is gone: a later look has taken its place. Read the newest.');
  const { state, proposed } = told(store, found);
  if (state !== 'open' || proposed === null) throw new Refusal('conflict', state === 'outdated' ? 'The weights have been changed since. Look again, so that the proposal is measured against those that hold.' : 'There is nothing to decide here.');
  return { ...found, proposed };
}

export function weightProposalsHandlers(parts: HandlerParts): HandlersOf<typeof weightProposals> {
  const { pool, workspace, newId, now } = parts;
  return {
    'admissions.triage.proposal.get': (_input, { store }) => {
      const found = latestProposal(store);
      return { proposal: found === null ? null : told(store, found) };
    },

    'admissions.triage.proposal.run': async (_input, context) => {
      const kept = await lookAtWeights({ store: context.store, pool, settings: workspace.settings(), now: now(), newId, signal: context.signal });
      context.transact((_writer, notes) => {
        notes.target(kept.id);
        notes.detail('verdict', kept.refit.verdict);
      });
      return { proposal: told(context.store, kept) };
    },

    'admissions.triage.proposal.accept': ({ id }, context) => {
      const { userKey } = actorOf(context);
      const { key, proposed, refit } = openProposal(context, id);
      context.transact((writer, notes) => {
        insertWeights(writer, { id: newId(), weights: proposed, userKey, reason: `Fitted to ${String(refit.rows)} known outcomes.` }, now());
        decideProposal(writer, key, 'accepted', userKey, now());
        notes.target(id);
        for (const factor of factors) notes.detail(factor, proposed[factor]);
      });
      return { weights: proposed, rescoreJobId: startRescore(parts, context) };
    },

    'admissions.triage.proposal.dismiss': ({ id }, context) => {
      const { key } = openProposal(context, id);
      context.transact((writer, notes) => {
        decideProposal(writer, key, 'dismissed', actorOf(context).userKey, now());
        notes.target(id);
      });
      const left = latestProposal(context.store);
      if (left === null) throw new Refusal('not_found', 'That proposal is gone.');
      return { proposal: told(context.store, left) };
    },
  };
}
