import type { WeightRefit } from '#domain/models/leads/weightRefit';
import type { Reader, Writer } from '../tx';

export interface StoredProposal {
  readonly key: number;
  readonly id: string;
  /** The weights that it was judged against. */
  readonly weightsKey: number;
  readonly refit: WeightRefit;
  readonly state: 'open' | 'accepted' | 'dismissed';
  readonly createdAt: number;
}

/** The newest look at the weights, or null where nobody has looked. */
export function latestProposal(reader: Reader): StoredProposal | null {
  const row = reader.get<{ key: number; id: string; weights_key: number; result: string; state: StoredProposal['state']; created_at: number }>('select * from weight_proposals order by key desc limit 1');
  if (row === undefined) return null;
  return { key: row.key, id: row.id, weightsKey: row.weights_key, refit: JSON.parse(row.result) as WeightRefit, state: row.state, createdAt: row.created_at };
}

export function insertProposal(writer: Writer, proposal: { readonly id: string; readonly weightsKey: number; readonly refit: WeightRefit }, now: number): void {
  writer.run(
    "insert into weight_proposals (id, weights_key, verdict, result, state, created_at) values (?, ?, ?, ?, 'open', ?)",
    proposal.id,
    proposal.weightsKey,
    proposal.refit.verdict,
    JSON.stringify(proposal.refit),
    now,
  );
}

/** Whether the same weights were proposed before, for the weights that hold, and were not wanted. */
export function wasDismissed(reader: Reader, weightsKey: number, refit: WeightRefit): boolean {
  return reader
    .all<{ result: string }>("select result from weight_proposals where weights_key = ? and verdict = 'proposal' and state = 'dismissed'", weightsKey)
    .some(({ result }) => JSON.stringify((JSON.parse(result) as WeightRefit).weights) === JSON.stringify(refit.weights));
}

export function decideProposal(writer: Writer, key: number, state: 'accepted' | 'dismissed', userKey: number, now: number): void {
  writer.run('update weight_proposals set state = ?, decided_at = ?, decided_by = ? where key = ?', state, now, userKey, key);
}
