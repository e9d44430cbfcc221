/** What somebody says over a list of recommendations that the rules made. */
export interface AdviceProposal {
  /** Recommendations in the order in which they should be done. */
  readonly order: readonly string[];
  readonly notes: readonly { readonly id: string; readonly note: string }[];
  readonly summary: string;
}

export type CheckedAdvice =
  | { readonly ok: true; readonly order: readonly string[]; readonly notes: AdviceProposal['notes']; readonly summary: string }
  | { readonly ok: false; readonly unknown: readonly string[] };

/**
 * Holds a proposal against the list it is about. One that names anything else is refused as a whole. What is more urgent stays before what is
 * less: only within the same urgency does the proposed order count.
 *
 * @param items in the order of the rules
 */
export function checkAdvice(proposal: AdviceProposal, items: readonly { readonly id: string; readonly priority: string }[]): CheckedAdvice {
  const known = new Set(items.map(({ id }) => id));
  const unknown = [...new Set([...proposal.order, ...proposal.notes.map(({ id }) => id)])].filter((id) => !known.has(id));
  if (unknown.length > 0) return { ok: false, unknown };
  const urgency = [...new Set(items.map(({ priority }) => priority))];
  const place = new Map(proposal.order.map((id, index) => [id, index]));
  const order = [...items].sort((a, b) => urgency.indexOf(a.priority) - urgency.indexOf(b.priority) || (place.get(a.id) ?? items.length) - (place.get(b.id) ?? items.length)).map(({ id }) => id);
  const notes = new Map(proposal.notes.map((each) => [each.id, each]));
  return { ok: true, order, notes: [...notes.values()], summary: proposal.summary };
}
