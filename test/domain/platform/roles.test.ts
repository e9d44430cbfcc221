import { describe, expect, it } from 'vitest';
import { accessScope, hasPermission, mayGrantRole, permissions, resourceTypes, roleGrants, roles } from '#domain/platform/roles';

describe('the permission matrix', () => {
  it('has 5 roles, 19 permissions and 7 resource types', () => {
    expect(roles).toHaveLength(5);
    expect(new Set(permissions).size).toBe(19);
    expect(new Set(resourceTypes).size).toBe(7);
  });

  it('gives 2, 7, 12, 18 and 19 permissions, each role all of the one below', () => {
    expect(roles.map((role) => new Set(roleGrants[role].permissions).size)).toEqual([2, 7, 12, 18, 19]);
    for (let i = 1; i < roles.length; i += 1) {
      const below = roleGrants[roles[i - 1]!].permissions;
      expect(roleGrants[roles[i]!].permissions).toEqual(expect.arrayContaining([...below]));
    }
  });

  it('gives the scopes own, team, department, all and system', () => {
    expect(roles.map((role) => roleGrants[role].scope)).toEqual(['own', 'team', 'department', 'all', 'system']);
  });

  it('keeps backups to the owner', () => {
    expect(roles.filter((role) => hasPermission(role, 'backup_restore'))).toEqual(['super_admin']);
  });

  it('keeps leads from students, and lets managers use models but not change them', () => {
    expect(accessScope('student', 'lead_data', 'view')).toBeNull();
    expect(accessScope('staff', 'lead_data', 'view')).toBe('team');
    expect(accessScope('manager', 'ai_models', 'use')).toBe('department');
    expect(accessScope('manager', 'ai_models', 'update')).toBeNull();
  });

  it('lets nobody give a role above their own', () => {
    expect(mayGrantRole('admin', 'super_admin')).toBe(false);
    expect(mayGrantRole('admin', 'admin')).toBe(true);
    expect(mayGrantRole('manager', 'staff')).toBe(false);
  });
});
