import { mayGrantRole } from '#domain/platform/roles';
import { Refusal } from '#contract/errors';
import type { Actor } from '#main/app/scope';
import type { TeamRow, UserRow } from '#main/store/platform/users';

const ofOwnDepartment = (actor: Actor, departmentKey: number | null): boolean => departmentKey !== null && departmentKey === actor.departmentKey;

/** Refuses whoever may not change a user or end their sessions: nobody touches a role above their own, a manager no other department. */
export function requireAuthority(actor: Actor, target: UserRow): void {
  if (target.id === actor.userId) return;
  if (actor.role !== 'manager') {
    if (mayGrantRole(actor.role, target.role)) return;
    throw new Refusal('not_permitted', 'You may not change somebody whose role is above yours.');
  }
  if (!ofOwnDepartment(actor, target.departmentKey) || target.role === 'admin' || target.role === 'super_admin') {
    throw new Refusal('out_of_scope', 'You may change users of your own department only.');
  }
}

/** Refuses whoever may not put somebody into a team, or take them out of any: a team decides which leads its people see. */
export function requireTeamAuthority(actor: Actor, team: TeamRow | null): void {
  if (actor.role !== 'manager' || ofOwnDepartment(actor, team?.departmentKey ?? null)) return;
  throw new Refusal('out_of_scope', 'You may choose among the teams of your own department only.');
}
