import type { RowScope } from '#main/app/scope';
import { allOf, everything, type Fragment } from '../fragments';

const standing: Fragment = { sql: 'c.removed_at is null', params: [] };

const usersTeam = '(select team_key from users where key = ?)';

/**
 * The condition that turns a scope into rows of `study_courses c` that somebody may study: one's own, those that are shared with everyone
 * or with one's team, and those of whoever is within one's scope.
 */
export function readableCourses(scope: RowScope): Fragment {
  if (scope.kind === 'all') return standing;
  const shared = `c.audience = 'everyone' or c.audience = 'team' and c.team_key = ${usersTeam}`;
  const own = ownedCourses(scope);
  return allOf([standing, { sql: `${own.sql} or ${shared}`, params: [...own.params, scope.userKey] }]);
}

/** The condition on `study_courses c` of those that somebody may change. Courses that were taken away are among them. */
export function ownedCourses(scope: RowScope): Fragment {
  switch (scope.kind) {
    case 'all':
      return everything;
    case 'department':
      return { sql: 'c.owner_key = ? or c.team_key in (select key from teams where department_key = ?)', params: [scope.userKey, scope.departmentKey] };
    case 'team':
      return { sql: 'c.owner_key = ? or c.team_key = ?', params: [scope.userKey, scope.teamKey] };
    case 'own':
      return { sql: 'c.owner_key = ?', params: [scope.userKey] };
  }
}
