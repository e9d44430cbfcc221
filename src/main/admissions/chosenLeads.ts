import type { LeadChoice } from '#contract/admissions/leadChoice';
import type { CallContext } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { allLeadKeys, type LeadListQuery } from '#main/store/admissions/leadList';
import { findLeadKeys } from '#main/store/admissions/leadRows';
import { filterSetting } from './leads';
import { requireKeys } from './leadView';

/** The keys of the leads that a choice means, each once, those that match in an order, best score first where none is given. Named ones out of reach are refused. */
export function chosenKeys(parts: HandlerParts, context: CallContext, { matching, ids = [] }: LeadChoice, sort?: LeadListQuery['sort']): number[] {
  const named = requireKeys(context, ids);
  if (matching === undefined) return [...new Set(named)];
  const { filter, search, except = [] } = matching;
  const left = new Set(findLeadKeys(context.store, context.scope, except).values());
  const keys = new Set(allLeadKeys(context.store, context.scope, { filter, search }, filterSetting(parts, context), sort).filter((key) => !left.has(key)));
  for (const key of named) keys.add(key);
  return [...keys];
}
