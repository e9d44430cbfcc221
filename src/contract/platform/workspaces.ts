import { z } from 'zod';
import { command, query } from '../define';
import { id, none } from '../shapes';

export const workspaceKinds = ['admissions', 'learning', 'both'] as const;
/** Source: NIST SP 800-63B, section 5.1.1.2. */
export const minimumPassPhrase = 8;

/** Long enough to resist guessing on a stolen file; `null` or absent is the plainly labelled choice of none. */
export const passPhrase = z
  .string()
  .min(minimumPassPhrase, `A pass phrase has at least ${String(minimumPassPhrase)} characters. Four ordinary words are easy to remember and hard to guess.`)
  .max(1_000);

export const workspaceState = z.object({
  state: z.enum(['missing', 'locked', 'open']),
  name: z.string().nullable(),
  kind: z.enum(workspaceKinds).nullable(),
  sample: z.boolean(),
  users: z.number().int(),
  /** True when the only user chose to have no pass phrase. */
  opensWithoutPassPhrase: z.boolean(),
});

export const workspaces = {
  'platform.workspaces.status': query({
    reads: ['workspaces', 'users'],
    summary: 'Whether this profile has a workspace and whether it is open.',
    input: none,
    output: workspaceState,
    allow: { who: 'anyone', why: 'The first screen must know whether to set up or to sign in.' },
  }),
  'platform.workspaces.create': command({
    summary: 'Make the workspace of this profile and its owner. The recovery key is shown this once.',
    input: z.strictObject({
      name: z.string().trim().min(1, 'Say who you are: a name is needed.').max(200),
      email: z.email('Give an e-mail address: it is what you sign in with.').max(320),
      passPhrase: passPhrase.nullable().optional(),
      workspace: z.enum(workspaceKinds),
      workspaceName: z.string().trim().min(1).max(200).optional(),
      timeZone: z.string().max(100).optional(),
      sample: z.boolean().default(false),
    }),
    output: z.object({ workspaceId: id, userId: id, recoveryKey: z.string() }),
    allow: { who: 'anyone', why: 'Nobody exists yet. It is refused where a workspace exists.' },
    rate: 'auth',
    changes: ['workspaces', 'users', 'leads'],
  }),
  'platform.workspaces.recover': command({
    summary: 'Set a new pass phrase with the recovery key.',
    input: z.strictObject({
      recoveryKey: z.string().min(1).max(200),
      email: z.email().max(320),
      passPhrase,
    }),
    output: z.object({ userId: id }),
    allow: { who: 'anyone', why: 'The recovery key is the proof.' },
    rate: 'auth',
    changes: ['users', 'sessions'],
  }),
  'platform.workspaces.discardSample': command({
    summary: 'Delete a sample workspace with everything in it, so that a real one can be made in its place.',
    input: z.strictObject({ confirm: z.string() }),
    output: z.object({ discarded: z.literal(true) }),
    allow: { who: 'role', permission: 'backup_restore' },
    rate: 'admin',
    changes: ['workspaces'],
  }),
};
