import { setImmediate as breathe } from 'node:timers/promises';
import { isQuiet } from '#domain/admissions/alerts/limits';
import { phrase } from '#domain/kernel/phrase';
import type { Settings } from '#contract/platform/settings';
import type { Events } from '#main/app/events';
import { say } from '#main/app/phrases';
import { type Audience, markTold, untoldGroups, type UntoldGroup } from '#main/store/admissions/untoldAlerts';
import { listUsers, type UserRow } from '#main/store/platform/users';
import type { Store } from '#main/store/open';
import { limitsOf } from './alertKeeping';

/** Alerts that are marked in one statement. */
const marksPerTurn = 1_000;

/** Who is told of a group: its owner, else its team; what waited too long, the managers of its department, else whoever runs the workspace. */
function audienceOf(audience: Audience, { ownerKey, teamKey, departmentKey }: UntoldGroup, users: readonly UserRow[]): readonly UserRow[] {
  if (audience === 'officer') {
    const owner = users.filter(({ key }) => key === ownerKey);
    return owner.length > 0 ? owner : users.filter((user) => user.teamKey === teamKey);
  }
  const managers = users.filter(({ role, departmentKey: own }) => role === 'manager' && own === departmentKey);
  return managers.length > 0 ? managers : users.filter(({ role }) => role === 'admin' || role === 'super_admin');
}

/**
 * Tells people of what is urgent and of what went to them as managers: one notice a person, however many alerts there are, and none in
 * the quiet hours. An alert counts as told once somebody was there to hear it; until then it waits for the next run.
 */
export async function tellOfAlerts(store: Store, events: Pick<Events, 'listening' | 'toUser'>, settings: Settings, now: number): Promise<number> {
  if (isQuiet(now, settings.timeZone, limitsOf(settings))) return 0;
  const users = listUsers(store, false).filter(({ id }) => events.listening(id));
  if (users.length === 0) return 0;
  const told = new Map<string, Record<Audience, number>>();
  for (const audience of ['officer', 'manager'] as const) {
    for (const group of untoldGroups(store, audience)) {
      const hearers = audienceOf(audience, group, users);
      for (const { id } of hearers) {
        const counts = told.get(id) ?? { officer: 0, manager: 0 };
        counts[audience] += group.count;
        told.set(id, counts);
      }
      if (hearers.length === 0) continue;
      while (store.transaction((writer) => markTold(writer, audience, group, now, marksPerTurn)) === marksPerTurn) await breathe();
    }
  }
  for (const [userId, { officer, manager }] of told) {
    const parts = [...(officer > 0 ? [say(phrase('alerts.urgent', { count: officer }))] : []), ...(manager > 0 ? [say(phrase('alerts.waiting', { count: manager }))] : [])];
    events.toUser(userId, { kind: 'notice', notice: { title: parts[0] ?? '', body: parts.slice(1).concat(say(phrase('alerts.look', {}))).join(' '), path: '/alerts' } });
  }
  return told.size;
}
