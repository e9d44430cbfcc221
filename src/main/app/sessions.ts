import { randomBytes } from 'node:crypto';
import type { Clock } from '#domain/kernel/clock';
import { Refusal } from '#contract/errors';
import { unwrapBySession } from '#main/store/keys';
import { sha256 } from '#main/store/open';
import { findSession, type SessionRow, setSessionLocked, touchSession } from '#main/store/platform/sessions';
import { findUser } from '#main/store/platform/users';
import type { Door } from './context';
import type { Actor } from './scope';
import type { Workspace } from './workspace';

export interface Authenticated {
  readonly actor: Actor;
  readonly session: SessionRow;
  readonly locked: boolean;
}

export interface Sessions {
  /** Who holds a token: null where nobody does any more. Opens the workspace where the token may (a remembered session). */
  authenticate(token: string | null): Authenticated | null;
  /** Somebody is still here. */
  touch(sessionId: string): void;
  newToken(): { readonly token: string; readonly hash: Buffer };
  forget(sessionId: string): void;
}

/** Doors at which a person sits, and may walk away from. */
const lockingDoors: readonly string[] = ['electron', 'web'] satisfies readonly Door[];
const touchEveryMilliseconds = 60_000;

export function createSessions(workspace: Workspace, now: Clock): Sessions {
  const seen = new Map<string, number>();
  return {
    authenticate(token) {
      if (token === null || token === '') return null;
      if (workspace.state() === 'locked') {
        const ring = workspace.keyring();
        const dataKey = ring === null ? null : unwrapBySession(ring, token, now());
        if (dataKey === null) return null;
        workspace.open(dataKey);
      }
      if (workspace.state() !== 'open') return null;
      const store = workspace.store();
      const session = findSession(store, sha256(token));
      if (session === null || session.expiresAt <= now()) return null;
      const user = findUser(store, session.userId);
      if (user?.active !== true) return null;
      const lastSeen = Math.max(session.lastSeenAt, seen.get(session.id) ?? 0);
      const hasPassPhrase = workspace.keyring()?.wraps.some((wrap) => wrap.kind === 'passPhrase' && wrap.userId === user.id) === true;
      const idle = now() - lastSeen > workspace.settings().idleLockMinutes * 60_000;
      let locked = session.locked;
      if (!locked && idle && hasPassPhrase && lockingDoors.includes(session.door)) {
        store.transaction((writer) => {
          setSessionLocked(writer, session.id, true, lastSeen);
        });
        locked = true;
      }
      return {
        session,
        locked,
        actor: {
          userKey: user.key,
          userId: user.id,
          name: user.name,
          role: user.role,
          teamKey: user.teamKey,
          departmentKey: user.departmentKey,
          sessionId: session.id,
        },
      };
    },
    touch(sessionId) {
      const at = now();
      const before = seen.get(sessionId) ?? 0;
      if (at - before < touchEveryMilliseconds && before <= at) return;
      seen.set(sessionId, at);
      workspace.store().transaction((writer) => {
        touchSession(writer, sessionId, at);
      });
    },
    newToken() {
      const token = randomBytes(32).toString('base64url');
      return { token, hash: sha256(token) };
    },
    forget(sessionId) {
      seen.delete(sessionId);
    },
  };
}

/** The refusal for a call that needs a signed-in person. */
export function signInRefusal(authenticated: Authenticated | null): Refusal | null {
  if (authenticated === null) return new Refusal('not_signed_in', 'Sign in first.');
  return authenticated.locked ? new Refusal('session_locked', 'This session is locked. Give your pass phrase to go on.') : null;
}
