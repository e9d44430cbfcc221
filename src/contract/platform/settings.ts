import { z } from 'zod';
import { command, query, role } from '../define';
import { none } from '../shapes';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Give a time of day such as 20:00.');
const alertHours = z.number().min(0.25).max(24 * 60);

/** Everything about a workspace that a person may set outside the engines' own configuration. */
export const settings = z.object({
  workspaceName: z.string().trim().min(1).max(200),
  timeZone: z.string().min(1).max(100),
  /** For telephone numbers written without a country: an ISO 3166-1 alpha-2 code. */
  defaultCountry: z
    .string()
    .regex(/^[A-Z]{2}$/, 'Give a country as two capital letters, such as GB.'),
  idleLockMinutes: z.number().int().min(1).max(24 * 60),
  sessionHours: z.number().int().min(1).max(24 * 30),
  /** A lead counts as converted when it has reached this stage, or when an imported column says so. */
  convertedStage: z.enum(['applied', 'offered', 'accepted', 'enrolled']),
  /** A lead that was contacted leaves today's queue for so many days. */
  contactPauseDays: z.number().int().min(0).max(60),
  maximumImportMegabytes: z.number().int().min(1).max(4_096),
  language: z.enum(['en']),
  /** Hours after which an alert of a level goes to the manager. */
  alertHoursNormal: alertHours,
  alertHoursEscalated: alertHours,
  alertHoursUrgent: alertHours,
  /** Nobody is disturbed between these times of the workspace's day; equal times mean never. Alerts still come into the list. */
  quietFrom: timeOfDay,
  quietUntil: timeOfDay,
});
export type Settings = z.output<typeof settings>;

export const settingsEntries = {
  'platform.settings.get': query({
    reads: ['settings'],
    summary: 'The settings of this workspace.',
    input: none,
    output: settings,
    allow: { who: 'signedIn', why: 'Screens need the time zone and the language; no setting is a secret.' },
  }),
  'platform.settings.update': command({
    summary: 'Change settings of this workspace.',
    input: settings.partial().strict(),
    output: settings,
    allow: role('system_config', 'system_config', 'update'),
    rate: 'admin',
    changes: ['settings', 'workspaces'],
  }),
};
