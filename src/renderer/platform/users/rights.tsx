import type { Session } from '#contract/platform/sessions';
import type { User } from '#contract/platform/users';
import { hasPermission, mayGrantRole } from '#domain/platform/roles';

/** What the person who looks may do with one user, so that nothing is offered that would be refused. The core decides again. */
export interface Rights {
  readonly edit: boolean;
  readonly changeRole: boolean;
  readonly deactivate: boolean;
  readonly reactivate: boolean;
}

export function rightsOver(session: Session, users: readonly User[], user: User): Rights {
  const mine = session.user;
  const self = mine.id === user.id;
  const department = users.find(({ id }) => id === mine.id)?.departmentName ?? null;
  const inDepartment = department !== null && user.departmentName === department && user.role !== 'admin' && user.role !== 'super_admin';
  const manages = self || mayGrantRole(mine.role, user.role) || (mine.role === 'manager' && inDepartment);
  return {
    edit: manages && hasPermission(mine.role, 'user_update'),
    changeRole: !self && user.active && mayGrantRole(mine.role, user.role),
    deactivate: !self && user.active && manages && hasPermission(mine.role, 'user_delete'),
    reactivate: !user.active && manages && hasPermission(mine.role, 'user_create'),
  };
}
