import { defaultAlertLimits } from '#domain/admissions/alerts/limits';
import type { Settings } from '#contract/platform/settings';
import type { Reader, Writer } from '../tx';

export type WorkspaceKind = 'admissions' | 'learning' | 'both';

export interface WorkspaceRow {
  readonly id: string;
  readonly name: string;
  readonly kind: WorkspaceKind;
  readonly sample: boolean;
}

interface StoredWorkspace extends Omit<WorkspaceRow, 'sample'> {
  readonly sample: number;
}

export function readWorkspace(reader: Reader): WorkspaceRow {
  const row = reader.get<StoredWorkspace>('select id, name, kind, sample from workspace where only = 1');
  if (row === undefined) throw new Error('The workspace file has no workspace.');
  return { ...row, sample: row.sample === 1 };
}

/** The id of the machine that this workspace is on. */
export function deviceOf(reader: Reader): string {
  return reader.value<string>('select device_id from workspace where only = 1') ?? '';
}

export function insertWorkspace(writer: Writer, row: WorkspaceRow & { readonly deviceId: string }, now: number): void {
  writer.run(
    'insert into workspace (only, id, name, kind, sample, device_id, created_at) values (1, ?, ?, ?, ?, ?, ?)',
    row.id,
    row.name,
    row.kind,
    row.sample ? 1 : 0,
    row.deviceId,
    now,
  );
}

/** What holds until somebody sets it otherwise. The name is the workspace's own. */
const defaultSettings: Omit<Settings, 'workspaceName'> = {
  timeZone: 'Europe/London',
  defaultCountry: 'GB',
  idleLockMinutes: 15,
  sessionHours: 12,
  convertedStage: 'enrolled',
  contactPauseDays: 3,
  maximumImportMegabytes: 512,
  language: 'en',
  alertHoursNormal: defaultAlertLimits.hours[1],
  alertHoursEscalated: defaultAlertLimits.hours[2],
  alertHoursUrgent: defaultAlertLimits.hours[3],
  quietFrom: defaultAlertLimits.quietFrom,
  quietUntil: defaultAlertLimits.quietUntil,
};

export function readSettings(reader: Reader): Settings {
  const stored = Object.fromEntries(
    reader.all<{ name: string; value: string }>('select name, value from settings').map(({ name, value }) => [name, JSON.parse(value) as unknown]),
  );
  return { ...defaultSettings, ...stored, workspaceName: readWorkspace(reader).name };
}

export function writeSettings(writer: Writer, changed: Partial<Settings>, now: number): void {
  const { workspaceName, ...rest } = changed;
  if (workspaceName !== undefined) writer.run('update workspace set name = ? where only = 1', workspaceName);
  for (const [name, value] of Object.entries<unknown>(rest)) {
    // A key may be there without a value; that is no change.
    if (value === undefined) continue;
    writer.run(
      `insert into settings (name, value, updated_at) values (?, ?, ?)
       on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at`,
      name,
      JSON.stringify(value),
      now,
    );
  }
}
