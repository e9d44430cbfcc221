import type { Reader, Writer } from '../tx';
import { visible } from './scope';

// Of whom somebody still has to be told. The program asks for everybody at once; whom it tells is decided by owner, team and department.

/** Whom an alert is told: whoever works with the lead, or the manager that it went to. */
export type Audience = 'officer' | 'manager';

export interface UntoldGroup {
  readonly ownerKey: number | null;
  readonly teamKey: number;
  readonly departmentKey: number;
  readonly count: number;
}

const conditions: Readonly<Record<Audience, string>> = {
  officer: 'a.state = 0 and a.level = 3 and a.told_at is null',
  manager: 'a.escalated_at is not null and a.manager_told_at is null and a.state <> 3',
};
const columns: Readonly<Record<Audience, string>> = { officer: 'told_at', manager: 'manager_told_at' };

/** How many alerts nobody was told of, by who is responsible for the lead. */
export function untoldGroups(reader: Reader, audience: Audience): UntoldGroup[] {
  return reader.all<UntoldGroup>(
    `select l.owner_key as ownerKey, l.team_key as teamKey, t.department_key as departmentKey, count(*) as count
     from alerts a join leads l on l.key = a.lead_key join teams t on t.key = l.team_key
     where ${conditions[audience]} and ${visible} group by l.owner_key, l.team_key`,
  );
}

/** Marks some of a group's alerts as told. Answers how many; fewer than the limit means that none is left. */
export function markTold(writer: Writer, audience: Audience, group: Pick<UntoldGroup, 'ownerKey' | 'teamKey'>, now: number, limit: number): number {
  return writer.run(
    `update alerts set ${columns[audience]} = ? where (lead_key, cause) in (
       select a.lead_key, a.cause from alerts a join leads l on l.key = a.lead_key
       where ${conditions[audience]} and l.owner_key is ? and l.team_key = ? and ${visible} limit ?)`,
    now,
    group.ownerKey,
    group.teamKey,
    limit,
  ).changes;
}
