import type { DataScope, Role } from '#domain/platform/roles';

/** Somebody who is signed in. */
export interface Actor {
  readonly userKey: number;
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
  readonly teamKey: number | null;
  readonly departmentKey: number | null;
  readonly sessionId: string;
}

/** The rows of a scoped table that an actor may see. Every read of such a table takes one. */
export type RowScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'department'; readonly userKey: number; readonly departmentKey: number }
  | { readonly kind: 'team'; readonly userKey: number; readonly teamKey: number }
  | { readonly kind: 'own'; readonly userKey: number };

/** For work of the program itself, which serves everybody: imports, rescoring, the scheduler. Never for a request. */
export const systemScope: RowScope = { kind: 'all' };

/** Turns an actor and how far their role reaches into the rows that they may see. */
export function rowScope(actor: Actor, reach: DataScope): RowScope {
  switch (reach) {
    case 'system':
    case 'all':
      return { kind: 'all' };
    case 'department':
      return actor.departmentKey === null
        ? { kind: 'own', userKey: actor.userKey }
        : { kind: 'department', userKey: actor.userKey, departmentKey: actor.departmentKey };
    case 'team':
      return actor.teamKey === null
        ? { kind: 'own', userKey: actor.userKey }
        : { kind: 'team', userKey: actor.userKey, teamKey: actor.teamKey };
    case 'own':
      return { kind: 'own', userKey: actor.userKey };
  }
}
