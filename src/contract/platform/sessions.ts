import { z } from 'zod';
import { permissions, roles } from '#domain/platform/roles';
import { command, query } from '../define';
import { done, id, instant, none } from '../shapes';
import { workspaceKinds } from './workspaces';

export const session = z.object({
  sessionId: id,
  user: z.object({
    id,
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    teamId: id.nullable(),
    hasPassPhrase: z.boolean(),
  }),
  permissions: z.array(z.enum(permissions)),
  workspace: z.object({
    id,
    name: z.string(),
    kind: z.enum(workspaceKinds),
    sample: z.boolean(),
    timeZone: z.string(),
  }),
  idleLockMinutes: z.number(),
  expiresAt: instant,
});
export type Session = z.output<typeof session>;

const credentials = {
  email: z.string().max(320).optional(),
  passPhrase: z.string().max(1_000).optional(),
};

export const sessions = {
  'platform.sessions.signIn': command({
    summary: 'Sign in. The e-mail may be left out where there is one user.',
    input: z.strictObject({ ...credentials, remember: z.boolean().default(false) }),
    output: session,
    allow: { who: 'anyone', why: 'This is the way in.' },
    rate: 'auth',
    changes: ['sessions'],
  }),
  'platform.sessions.signOut': command({
    summary: 'End this session.',
    input: none,
    output: done,
    allow: { who: 'signedIn', why: 'It ends one’s own session.' },
    changes: ['sessions'],
  }),
  'platform.sessions.current': query({
    reads: ['sessions', 'users', 'settings', 'workspaces'],
    summary: 'Who is signed in here, and what they may do.',
    input: none,
    output: session,
    allow: { who: 'signedIn', why: 'It tells one’s own session.' },
  }),
  'platform.sessions.touch': command({
    summary: 'Say that a person is still here, so that the session does not lock.',
    input: none,
    output: done,
    allow: { who: 'signedIn', why: 'It keeps one’s own session.' },
    changes: [],
    audited: false,
  }),
  'platform.sessions.lock': command({
    summary: 'Lock this session until the pass phrase is given again.',
    input: none,
    output: done,
    allow: { who: 'signedIn', why: 'It locks one’s own session.' },
    changes: ['sessions'],
  }),
  'platform.sessions.unlock': command({
    summary: 'Unlock this session with the pass phrase.',
    input: z.strictObject({ passPhrase: z.string().max(1_000) }),
    output: session,
    allow: { who: 'anyone', why: 'A locked session is not a signed-in one; it proves itself with the pass phrase.' },
    rate: 'auth',
    changes: ['sessions'],
  }),
  'platform.sessions.list': query({
    reads: ['sessions', 'users'],
    summary: 'The open sessions of this workspace.',
    input: none,
    output: z.object({
      items: z.array(
        z.object({
          sessionId: id,
          userId: id,
          userName: z.string(),
          door: z.string(),
          createdAt: instant,
          lastSeenAt: instant,
          locked: z.boolean(),
          current: z.boolean(),
        }),
      ),
    }),
    allow: { who: 'role', permission: 'user_view' },
  }),
  'platform.sessions.end': command({
    summary: 'End a session of another user, or of one’s own elsewhere.',
    input: z.strictObject({ sessionId: id }),
    output: done,
    allow: { who: 'role', permission: 'user_update' },
    rate: 'admin',
    changes: ['sessions'],
  }),
};
