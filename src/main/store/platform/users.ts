import type { Role } from '#domain/platform/roles';
import type { Reader, Writer } from '../tx';

export interface UserRow {
  readonly key: number;
  readonly id: string;
  readonly personKey: number;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly teamKey: number | null;
  readonly teamId: string | null;
  readonly teamName: string | null;
  readonly departmentKey: number | null;
  readonly departmentName: string | null;
  readonly active: boolean;
  readonly createdAt: number;
  readonly lastSignInAt: number | null;
  readonly openSessions: number;
}

type StoredUser = Omit<UserRow, 'name' | 'active'> & {
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly active: number;
};

const selectUser = `
  select u.key, u.id, u.person_key as personKey, p.given_name as givenName, p.family_name as familyName, u.email, u.role,
         t.key as teamKey, t.id as teamId, t.name as teamName, d.key as departmentKey, d.name as departmentName,
         u.active, u.created_at as createdAt, u.last_sign_in_at as lastSignInAt,
         (select count(*) from sessions s where s.user_key = u.key and s.ended_at is null) as openSessions
  from users u
  join people p on p.key = u.person_key
  left join teams t on t.key = u.team_key
  left join departments d on d.key = t.department_key`;

function asUser({ givenName, familyName, active, ...row }: StoredUser): UserRow {
  return { ...row, active: active === 1, name: [givenName, familyName].filter((part) => part !== null).join(' ') };
}

export function listUsers(reader: Reader, includeInactive: boolean): UserRow[] {
  return reader
    .all<StoredUser>(`${selectUser} ${includeInactive ? '' : 'where u.active = 1'} order by u.active desc, p.family_name, p.given_name, u.key`)
    .map(asUser);
}

export function findUser(reader: Reader, id: string): UserRow | null {
  const row = reader.get<StoredUser>(`${selectUser} where u.id = ?`, id);
  return row === undefined ? null : asUser(row);
}

export function findUserByEmail(reader: Reader, email: string): UserRow | null {
  const row = reader.get<StoredUser>(`${selectUser} where u.email = ?`, email);
  return row === undefined ? null : asUser(row);
}

export function insertUser(
  writer: Writer,
  user: { readonly id: string; readonly personKey: number; readonly email: string; readonly role: Role; readonly teamKey: number | null },
  now: number,
): number {
  return writer.run(
    'insert into users (id, person_key, email, role, team_key, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?)',
    user.id,
    user.personKey,
    user.email,
    user.role,
    user.teamKey,
    now,
    now,
  ).key;
}

export function updateUser(
  writer: Writer,
  key: number,
  changes: { readonly email?: string; readonly role?: Role; readonly teamKey?: number | null; readonly active?: boolean; readonly lastSignInAt?: number },
  now: number,
): void {
  const set = (column: string, value: string | number | null | undefined): void => {
    if (value !== undefined) writer.run(`update users set ${column} = ?, updated_at = ? where key = ?`, value, now, key);
  };
  set('email', changes.email);
  set('role', changes.role);
  set('team_key', changes.teamKey);
  set('active', changes.active === undefined ? undefined : changes.active ? 1 : 0);
  set('last_sign_in_at', changes.lastSignInAt);
}

/** How many active owners there are: the last one can neither be deactivated nor given another role. */
export function countActiveOwners(reader: Reader): number {
  return reader.value<number>("select count(*) from users where role = 'super_admin' and active = 1") ?? 0;
}

export interface TeamRow {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly departmentKey: number;
  readonly departmentId: string;
  readonly departmentName: string;
  readonly members: number;
}

const selectTeam = `
  select t.key, t.id, t.name, d.key as departmentKey, d.id as departmentId, d.name as departmentName,
         (select count(*) from users u where u.team_key = t.key and u.active = 1) as members
  from teams t join departments d on d.key = t.department_key`;

export function listTeams(reader: Reader): TeamRow[] {
  return reader.all<TeamRow>(`${selectTeam} order by d.name, t.name`);
}

/** The oldest team: where the leads of somebody without a team go. */
export function firstTeamKey(reader: Reader): number {
  const key = reader.value<number>('select min(key) from teams');
  if (key === undefined) throw new Error('The workspace has no team.');
  return key;
}

export function findTeam(reader: Reader, id: string): TeamRow | null {
  return reader.get<TeamRow>(`${selectTeam} where t.id = ?`, id) ?? null;
}

/** The names of a team and of its department. */
export function renameTeam(writer: Writer, team: TeamRow, name: string, departmentName: string): void {
  writer.run('update teams set name = ? where key = ?', name, team.key);
  writer.run('update departments set name = ? where key = ?', departmentName, team.departmentKey);
}

/** The team of a name in a department of a name; both are made where they are missing. */
export function ensureTeam(writer: Writer, name: string, department: string, newId: () => string, now: number): { readonly id: string; readonly created: boolean } {
  const found = writer.value<number>('select key from departments where name = ?', department);
  const departmentKey =
    found ?? writer.run('insert into departments (id, name, created_at) values (?, ?, ?)', newId(), department, now).key;
  const existing = writer.value<string>('select id from teams where department_key = ? and name = ?', departmentKey, name);
  if (existing !== undefined) return { id: existing, created: false };
  const id = newId();
  writer.run('insert into teams (id, department_key, name, created_at) values (?, ?, ?, ?)', id, departmentKey, name, now);
  return { id, created: true };
}
