import type { EntryName } from '#contract/index';

/** What the audit tells of, in the order in which one looks for it. Each has its words in the catalogue under `audit.actions`. */
export const auditedActions = [
  'platform.sessions.signIn',
  'platform.sessions.signOut',
  'platform.sessions.lock',
  'platform.sessions.unlock',
  'platform.sessions.end',
  'platform.users.create',
  'platform.users.update',
  'platform.users.changeRole',
  'platform.users.deactivate',
  'platform.users.reactivate',
  'platform.users.changePassPhrase',
  'platform.teams.create',
  'platform.teams.update',
  'platform.workspaces.create',
  'platform.workspaces.recover',
  'platform.settings.update',
  'platform.backups.create',
  'platform.audit.export',
  'platform.jobs.cancel',
  'admissions.imports.check',
  'admissions.imports.run',
  'admissions.imports.undo',
  'admissions.imports.problems',
  'admissions.imports.sample',
  'admissions.leads.create',
  'admissions.leads.update',
  'admissions.leads.assign',
  'admissions.leads.snooze',
  'admissions.leads.export',
  'admissions.bulkChanges.run',
  'admissions.bulkChanges.undo',
  'admissions.tags.add',
  'admissions.tags.remove',
  'admissions.tags.rename',
  'admissions.tags.merge',
  'admissions.tags.delete',
  'admissions.touchpoints.create',
  'admissions.touchpoints.remove',
  'admissions.tasks.create',
  'admissions.tasks.update',
  'admissions.triage.rescore',
  'admissions.triage.config.update',
  'admissions.forecast.config.update',
  'admissions.courses.create',
  'admissions.courses.update',
  'admissions.attributes.update',
] as const satisfies readonly EntryName[];

export type AuditedAction = (typeof auditedActions)[number];

/** Whether the catalogue has words for an action; what else was refused is shown by its entry's name. */
export function isAuditedAction(name: string): name is AuditedAction {
  return (auditedActions as readonly string[]).includes(name);
}
