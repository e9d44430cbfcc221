/** The five roles, from the least to the most trusted. */
export const roles = ['student', 'staff', 'manager', 'admin', 'super_admin'] as const;
export type Role = (typeof roles)[number];

/** The nineteen permissions. */
export const permissions = [
  'pii_detect',
  'pii_redact',
  'pii_consent_view',
  'pii_consent_manage',
  'pii_gdpr_report',
  'ai_lead_scoring',
  'ai_chat',
  'ai_forecasting',
  'ai_analytics',
  'ai_model_training',
  'user_view',
  'user_create',
  'user_update',
  'user_delete',
  'role_manage',
  'system_health',
  'system_config',
  'audit_logs',
  'backup_restore',
] as const;
export type Permission = (typeof permissions)[number];

/** The seven kinds of resource that access is given to. */
export const resourceTypes = [
  'pii_data',
  'student_records',
  'lead_data',
  'ai_models',
  'system_config',
  'audit_logs',
  'backup_restore',
] as const;
export type ResourceType = (typeof resourceTypes)[number];

/** How far a person sees, from the narrowest to the widest. */
export const dataScopes = ['own', 'team', 'department', 'all', 'system'] as const;
export type DataScope = (typeof dataScopes)[number];

export const operations = ['view', 'use', 'create', 'update', 'delete', 'export'] as const;
export type Operation = (typeof operations)[number];

/** What a role may do with one kind of resource: which rows, and which operations on them. */
export interface ResourceGrant {
  readonly scope: DataScope;
  readonly operations: readonly Operation[];
}

export interface RoleGrant {
  readonly permissions: readonly Permission[];
  readonly resources: Readonly<Partial<Record<ResourceType, ResourceGrant>>>;
  readonly scope: DataScope;
}

const student: RoleGrant = {
  scope: 'own',
  permissions: ['pii_consent_view', 'ai_chat'],
  resources: {
    pii_data: { scope: 'own', operations: ['view'] },
    student_records: { scope: 'own', operations: operations },
  },
};

const staff: RoleGrant = {
  scope: 'team',
  permissions: ['pii_detect', 'pii_redact', 'pii_consent_view', 'ai_lead_scoring', 'ai_chat', 'ai_forecasting', 'user_view'],
  resources: {
    pii_data: { scope: 'team', operations: operations },
    student_records: { scope: 'team', operations: operations },
    lead_data: { scope: 'team', operations: operations },
  },
};

const manager: RoleGrant = {
  scope: 'department',
  permissions: [
    ...staff.permissions,
    'pii_consent_manage',
    'pii_gdpr_report',
    'ai_analytics',
    'user_update',
    'audit_logs',
  ],
  resources: {
    pii_data: { scope: 'department', operations: operations },
    student_records: { scope: 'department', operations: operations },
    lead_data: { scope: 'department', operations: operations },
    ai_models: { scope: 'department', operations: ['view', 'use'] },
  },
};

const everyResource = (scope: DataScope): RoleGrant['resources'] =>
  Object.fromEntries(resourceTypes.map((resource) => [resource, { scope, operations }]));

const admin: RoleGrant = {
  scope: 'all',
  permissions: [
    ...manager.permissions,
    'user_create',
    'user_delete',
    'role_manage',
    'ai_model_training',
    'system_health',
    'system_config',
  ],
  resources: everyResource('all'),
};

const superAdmin: RoleGrant = {
  scope: 'system',
  permissions,
  resources: everyResource('system'),
};

/**
 * The permission matrix of the five roles: 2, 7, 12, 18 and 19 permissions; scopes own, team, department, all, system.
 * Source: the product's user-management specification, section 5.2.
 */
export const roleGrants: Readonly<Record<Role, RoleGrant>> = { student, staff, manager, admin, super_admin: superAdmin };

/** Whether a role holds a permission. */
export function hasPermission(role: Role, permission: Permission): boolean {
  return roleGrants[role].permissions.includes(permission);
}

/** The rows of a resource that a role may touch with an operation, or null when it may not at all. */
export function accessScope(role: Role, resource: ResourceType, operation: Operation): DataScope | null {
  const grant = roleGrants[role].resources[resource];
  return grant?.operations.includes(operation) ? grant.scope : null;
}

/** Whether somebody of one role may give, change or take away another: never a role above one's own. */
export function mayGrantRole(granter: Role, granted: Role): boolean {
  return hasPermission(granter, 'role_manage') && roles.indexOf(granted) <= roles.indexOf(granter);
}
