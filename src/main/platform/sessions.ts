import { normaliseEmail } from '#domain/admissions/leads/normalise';
import { roleGrants } from '#domain/platform/roles';
import { Refusal } from '#contract/errors';
import type { Session, sessions } from '#contract/platform/sessions';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { loginOf, type UserWrap, unwrapForUser, wrapForSession } from '#main/store/keys';
import { appendAudit } from '#main/store/platform/audit';
import { endSession, insertSession, listSessions, setSessionLocked } from '#main/store/platform/sessions';
import { findUser, listUsers, updateUser } from '#main/store/platform/users';
import { requireAuthority } from './authority';

const wrong = (): Refusal => new Refusal('wrong_credentials', 'E-mail and pass phrase do not match. Try again, or use the recovery key.');

/** What a signed-in person's screen needs to know about them. */
function describeSession(parts: HandlerParts, userId: string, session: { readonly id: string; readonly expiresAt: number }): Session {
  const store = parts.workspace.store();
  const user = findUser(store, userId);
  if (user === null) throw wrong();
  const settings = parts.workspace.settings();
  const { id, name, kind, sample } = parts.workspace.info();
  return {
    sessionId: session.id,
    user: {
      id: user.id,
      name: user.name,
      email: user.email,
      role: user.role,
      teamId: user.teamId,
      hasPassPhrase: hasPassPhrase(parts, user.id),
    },
    permissions: [...roleGrants[user.role].permissions],
    workspace: { id, name, kind, sample, timeZone: settings.timeZone },
    idleLockMinutes: settings.idleLockMinutes,
    expiresAt: session.expiresAt,
  };
}

/** Whether a user has a pass phrase, or chose to have none. */
export function hasPassPhrase(parts: HandlerParts, userId: string): boolean {
  return parts.workspace.keyring()?.wraps.some((wrap) => wrap.kind === 'passPhrase' && wrap.userId === userId) === true;
}

/**
 * Begins a session of a user whose proof was checked, and gives its token to the door. A remembered one can open the workspace by
 * itself until it expires.
 */
export function beginSession(parts: HandlerParts, context: CallContext, userId: string, remember: boolean): Session {
  const { workspace, newId } = parts;
  const user = findUser(workspace.store(), userId);
  if (user?.active !== true) throw wrong();
  const at = parts.now();
  const { token, hash } = parts.sessions.newToken();
  const session = { id: newId(), expiresAt: at + workspace.settings().sessionHours * 3_600_000 };
  workspace.store().transaction((writer) => {
    insertSession(writer, { ...session, userKey: user.key, tokenHash: hash, door: context.door }, at);
    updateUser(writer, user.key, { lastSignInAt: at }, at);
  });
  const ring = workspace.keyring();
  if (remember && ring !== null) {
    const live = ring.wraps.filter((wrap) => wrap.kind !== 'session' || wrap.expiresAt > at);
    workspace.saveKeyring({ ...ring, wraps: [...live, wrapForSession(workspace.dataKey(), { ...session, userId, token })] });
  }
  context.keepSession(token);
  return describeSession(parts, userId, session);
}

/** Takes the wraps of ended sessions out of the keyring. */
export function forgetSessionWraps(parts: HandlerParts, sessionIds: readonly string[]): void {
  const ring = parts.workspace.keyring();
  if (ring?.wraps.some((wrap) => wrap.kind === 'session' && sessionIds.includes(wrap.sessionId)) !== true) return;
  parts.workspace.saveKeyring({ ...ring, wraps: ring.wraps.filter((wrap) => wrap.kind !== 'session' || !sessionIds.includes(wrap.sessionId)) });
}

export function sessionsHandlers(parts: HandlerParts): HandlersOf<typeof sessions> {
  const { workspace, guard, now } = parts;

  const wrapOf = (email: string | undefined): { readonly wrap: UserWrap | null; readonly login: string } => {
    const ring = workspace.keyring();
    if (ring === null) {
      throw new Refusal('workspace_missing', 'There is no workspace here yet. Set one up in the window, or with "ivy init".');
    }
    const users = ring.wraps.filter((wrap): wrap is UserWrap => wrap.kind === 'passPhrase' || wrap.kind === 'open');
    if (email === undefined || email.trim() === '') {
      const only = users.length === 1 ? users[0] : undefined;
      if (only === undefined) throw new Refusal('invalid_input', 'Several people use this workspace. Say which one you are: give the e-mail.');
      return { wrap: only, login: only.login };
    }
    const login = loginOf(ring, normaliseEmail(email) ?? email);
    return { wrap: users.find((wrap) => wrap.login === login) ?? null, login };
  };

  /** The user who owns a wrap, once the pass phrase has opened it and the workspace. */
  const prove = async (wrap: UserWrap | null, login: string, passPhrase: string, context: CallContext): Promise<string> => {
    const at = now();
    guard.check(login, at);
    const dataKey = wrap === null ? null : await unwrapForUser(wrap, passPhrase);
    if (wrap === null || dataKey === null) {
      guard.failed(login, { at, door: context.door, code: 'wrong_credentials' }, workspace.state() === 'open');
      throw wrong();
    }
    workspace.open(dataKey);
    guard.succeeded(login);
    recordEarlierRefusals(parts, context.entry);
    return wrap.userId;
  };

  return {
    'platform.sessions.signIn': async (input, context) => {
      const { wrap, login } = wrapOf(input.email);
      const userId = await prove(wrap, login, input.passPhrase ?? '', context);
      const session = beginSession(parts, context, userId, input.remember);
      context.transact((_writer, notes) => {
        notes.by(userId);
        notes.target(userId);
        notes.detail('remember', input.remember);
      });
      return session;
    },

    'platform.sessions.signOut': (_input, context) => {
      const { sessionId } = actorOf(context);
      context.transact((writer, notes) => {
        notes.target(sessionId);
        endSession(writer, sessionId, now());
      });
      forgetSessionWraps(parts, [sessionId]);
      parts.sessions.forget(sessionId);
      parts.events.endSession(sessionId, 'signedOut');
      context.keepSession(null);
      return { done: true as const };
    },

    'platform.sessions.current': (_input, context) => {
      const { sessionId, userId } = actorOf(context);
      const row = listSessions(context.store, now()).find((session) => session.id === sessionId);
      return describeSession(parts, userId, { id: sessionId, expiresAt: row?.expiresAt ?? now() });
    },

    'platform.sessions.touch': (_input, context) => {
      parts.sessions.touch(actorOf(context).sessionId);
      return { done: true as const };
    },

    'platform.sessions.lock': (_input, context) => {
      const { sessionId, userId } = actorOf(context);
      if (!hasPassPhrase(parts, userId)) {
        throw new Refusal('conflict', 'You chose to have no pass phrase, so there is nothing to unlock with. Set one in the settings first.');
      }
      context.transact((writer, notes) => {
        notes.target(sessionId);
        setSessionLocked(writer, sessionId, true, now());
      });
      parts.events.endSession(sessionId, 'locked');
      return { done: true as const };
    },

    'platform.sessions.unlock': async (input, context) => {
      const { actor } = context;
      const ring = workspace.keyring();
      const wrap = ring?.wraps.find((each): each is UserWrap => (each.kind === 'passPhrase' || each.kind === 'open') && each.userId === actor?.userId);
      if (actor === null || wrap === undefined) throw new Refusal('not_signed_in', 'This session has ended. Sign in again.');
      await prove(wrap, wrap.login, input.passPhrase, context);
      context.transact((writer, notes) => {
        notes.target(actor.sessionId);
        setSessionLocked(writer, actor.sessionId, false, now());
      });
      const row = listSessions(context.store, now()).find((session) => session.id === actor.sessionId);
      return describeSession(parts, actor.userId, { id: actor.sessionId, expiresAt: row?.expiresAt ?? now() });
    },

    'platform.sessions.list': (_input, context) => {
      const names = new Map(listUsers(context.store, true).map((user) => [user.id, user.name]));
      return {
        items: listSessions(context.store, now()).map(({ id, userId, door, createdAt, lastSeenAt, locked }) => ({
          sessionId: id,
          userId,
          userName: names.get(userId) ?? '',
          door,
          createdAt,
          lastSeenAt,
          locked,
          current: id === context.actor?.sessionId,
        })),
      };
    },

    'platform.sessions.end': (input, context) => {
      const session = listSessions(context.store, 0).find(({ id }) => id === input.sessionId);
      const user = session === undefined ? null : findUser(context.store, session.userId);
      if (user !== null) requireAuthority(actorOf(context), user);
      const ended = context.transact((writer, notes) => {
        notes.target(input.sessionId);
        return endSession(writer, input.sessionId, now());
      });
      if (!ended) throw new Refusal('not_found', 'That session has ended already.');
      forgetSessionWraps(parts, [input.sessionId]);
      parts.sessions.forget(input.sessionId);
      parts.events.endSession(input.sessionId, 'signedOut');
      return { done: true as const };
    },
  };
}

/** Writes refusals from before the workspace was open into its audit. */
function recordEarlierRefusals(parts: HandlerParts, action: string): void {
  const earlier = parts.guard.takeUnrecorded();
  if (earlier.length === 0) return;
  parts.workspace.store().transaction((writer) => {
    for (const { at, door, code } of earlier) {
      appendAudit(writer, { at, actorId: null, door, action, resource: null, targetIds: [], outcome: 'refused', details: { code } });
    }
  });
}

