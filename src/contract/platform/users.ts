import { z } from 'zod';
import { roles } from '#domain/platform/roles';
import { command, query, role } from '../define';
import { done, id, instant, none } from '../shapes';
import { passPhrase } from './workspaces';

export const user = z.object({
  id,
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  teamId: id.nullable(),
  teamName: z.string().nullable(),
  departmentName: z.string().nullable(),
  active: z.boolean(),
  hasPassPhrase: z.boolean(),
  createdAt: instant,
  lastSignInAt: instant.nullable(),
  openSessions: z.number().int(),
});
export type User = z.output<typeof user>;

export const team = z.object({
  id,
  name: z.string(),
  departmentId: id,
  departmentName: z.string(),
  members: z.number().int(),
});

export const users = {
  'platform.users.list': query({
    reads: ['users', 'sessions'],
    summary: 'The users of this workspace.',
    input: z.strictObject({ includeInactive: z.boolean().default(true) }),
    output: z.object({ items: z.array(user) }),
    allow: role('user_view'),
  }),
  'platform.users.create': command({
    summary: 'Add a user. They sign in with this pass phrase and may change it.',
    input: z.strictObject({
      name: z.string().trim().min(1).max(200),
      email: z.email().max(320),
      role: z.enum(roles),
      teamId: id.nullable().optional(),
      passPhrase: passPhrase.nullable(),
    }),
    output: user,
    allow: role('user_create'),
    rate: 'admin',
    changes: ['users'],
  }),
  'platform.users.update': command({
    summary: 'Change a user’s name, e-mail or team.',
    input: z.strictObject({
      id,
      name: z.string().trim().min(1).max(200).optional(),
      email: z.email().max(320).optional(),
      teamId: id.nullable().optional(),
    }),
    output: user,
    allow: role('user_update'),
    rate: 'admin',
    changes: ['users'],
  }),
  'platform.users.changeRole': command({
    summary: 'Give a user another role, never one above one’s own.',
    input: z.strictObject({ id, role: z.enum(roles) }),
    output: user,
    allow: role('role_manage'),
    rate: 'admin',
    changes: ['users', 'sessions'],
  }),
  'platform.users.deactivate': command({
    summary: 'End a user’s access: their sessions end at once and their key is removed.',
    input: z.strictObject({ id }),
    output: user,
    allow: role('user_delete'),
    rate: 'admin',
    changes: ['users', 'sessions'],
  }),
  'platform.users.reactivate': command({
    summary: 'Give a deactivated user access again, with a new pass phrase.',
    input: z.strictObject({ id, passPhrase: passPhrase.nullable() }),
    output: user,
    allow: role('user_create'),
    rate: 'admin',
    changes: ['users'],
  }),
  'platform.users.changePassPhrase': command({
    summary: 'Change one’s own pass phrase, or set a first one.',
    input: z.strictObject({ current: z.string().max(1_000).optional(), next: passPhrase.nullable() }),
    output: done,
    allow: { who: 'signedIn', why: 'It changes one’s own pass phrase, and asks for the current one.' },
    rate: 'auth',
    changes: ['users'],
  }),
  'platform.teams.list': query({
    reads: ['users'],
    summary: 'Departments and their teams.',
    input: none,
    output: z.object({ items: z.array(team) }),
    allow: role('user_view'),
  }),
  'platform.teams.create': command({
    summary: 'Add a team, in an existing department or a new one.',
    input: z.strictObject({
      name: z.string().trim().min(1).max(200),
      department: z.string().trim().min(1).max(200),
    }),
    output: team,
    allow: role('user_create'),
    rate: 'admin',
    changes: ['users'],
  }),
  'platform.teams.update': command({
    summary: 'Give a team another name, or its department, for all of its teams.',
    input: z.strictObject({
      id,
      name: z.string().trim().min(1).max(200).optional(),
      departmentName: z.string().trim().min(1).max(200).optional(),
    }),
    output: team,
    allow: role('user_create'),
    rate: 'admin',
    changes: ['users'],
  }),
};
