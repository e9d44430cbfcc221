import { normaliseEmail, splitName } from '#domain/admissions/leads/normalise';
import { mayGrantRole } from '#domain/platform/roles';
import { Refusal } from '#contract/errors';
import type { User, users } from '#contract/platform/users';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { loginOf, type UserWrap, unwrapForUser, wrapForUser } from '#main/store/keys';
import { insertPerson, updatePerson } from '#main/store/platform/people';
import { endSessionsOf } from '#main/store/platform/sessions';
import { countActiveOwners, ensureTeam, findTeam, findUser, findUserByEmail, insertUser, listTeams, listUsers, renameTeam, type TeamRow, updateUser, type UserRow } from '#main/store/platform/users';
import type { Reader } from '#main/store/tx';
import { requireAuthority, requireTeamAuthority } from './authority';
import { hasPassPhrase } from './sessions';

export function usersHandlers(parts: HandlerParts): HandlersOf<typeof users> {
  const { workspace, newId, now } = parts;

  const view = (row: UserRow): User => ({
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    teamId: row.teamId,
    teamName: row.teamName,
    departmentName: row.departmentName,
    active: row.active,
    hasPassPhrase: hasPassPhrase(parts, row.id),
    createdAt: row.createdAt,
    lastSignInAt: row.lastSignInAt,
    openSessions: row.openSessions,
  });

  const find = (context: CallContext, id: string): UserRow => {
    const row = findUser(context.store, id);
    if (row === null) throw new Refusal('not_found', 'That user does not exist.');
    return row;
  };

  const emailOf = (text: string): string => {
    const email = normaliseEmail(text);
    if (email === null) throw new Refusal('invalid_input', 'Give an e-mail address: it is what the user signs in with.');
    return email;
  };

  const teamKeyOf = (context: CallContext, id: string | null): number | null => {
    const team = id === null ? null : findTeam(context.store, id);
    if (team === null && id !== null) throw new Refusal('not_found', 'That team does not exist.');
    requireTeamAuthority(actorOf(context), team);
    return team?.key ?? null;
  };

  const tellEnded = (sessionIds: readonly string[], reason: 'deactivated' | 'signedOut'): void => {
    for (const id of sessionIds) {
      parts.sessions.forget(id);
      parts.events.endSession(id, reason);
    }
  };

  const replaceWrap = (userId: string, wrap: UserWrap | null): void => {
    const ring = workspace.keyring();
    if (ring === null) return;
    const others = ring.wraps.filter((each) => each.kind === 'recovery' || each.userId !== userId);
    workspace.saveKeyring({ ...ring, wraps: wrap === null ? others : [...others, wrap] });
  };

  const wrapFor = async (user: { readonly id: string; readonly email: string }, passPhrase: string | null): Promise<UserWrap> => {
    const ring = workspace.keyring();
    if (ring === null) throw new Refusal('workspace_missing', 'There is no workspace here yet.');
    return wrapForUser(ring, workspace.dataKey(), user, passPhrase, parts.passPhraseCost);
  };

  return {
    'platform.users.list': (input, context) => ({ items: listUsers(context.store, input.includeInactive).map(view) }),

    'platform.users.create': async (input, context) => {
      const actor = actorOf(context);
      if (!mayGrantRole(actor.role, input.role)) throw new Refusal('not_permitted', 'You may not give a role above your own.');
      const email = emailOf(input.email);
      if (findUserByEmail(context.store, email) !== null) throw new Refusal('conflict', 'A user with that e-mail address exists already.');
      const id = newId();
      const teamKey = input.teamId === undefined ? actor.teamKey : teamKeyOf(context, input.teamId);
      const wrap = await wrapFor({ id, email }, input.passPhrase);
      const name = splitName(input.name);
      context.transact((writer, notes) => {
        const at = now();
        const personKey = insertPerson(writer, { id: newId(), givenName: name.given, familyName: name.family, email, phone: null }, at);
        insertUser(writer, { id, personKey, email, role: input.role, teamKey }, at);
        notes.target(id);
        notes.detail('role', input.role);
      });
      replaceWrap(id, wrap);
      return view(find(context, id));
    },

    'platform.users.update': (input, context) => {
      const user = find(context, input.id);
      requireAuthority(actorOf(context), user);
      const email = input.email === undefined ? undefined : emailOf(input.email);
      const other = email === undefined ? null : findUserByEmail(context.store, email);
      if (other !== null && other.id !== user.id) throw new Refusal('conflict', 'A user with that e-mail address exists already.');
      const teamKey = input.teamId === undefined || input.teamId === user.teamId ? undefined : teamKeyOf(context, input.teamId);
      context.transact((writer, notes) => {
        const at = now();
        notes.target(user.id);
        if (input.name !== undefined) {
          const name = splitName(input.name);
          updatePerson(writer, user.personKey, { givenName: name.given, familyName: name.family }, at);
        }
        if (email !== undefined) updatePerson(writer, user.personKey, { email }, at);
        updateUser(writer, user.key, { ...(email === undefined ? {} : { email }), ...(teamKey === undefined ? {} : { teamKey }) }, at);
      });
      const ring = workspace.keyring();
      if (email !== undefined && ring !== null) {
        const login = loginOf(ring, email);
        workspace.saveKeyring({
          ...ring,
          wraps: ring.wraps.map((wrap) => ((wrap.kind === 'passPhrase' || wrap.kind === 'open') && wrap.userId === user.id ? { ...wrap, login } : wrap)),
        });
      }
      return view(find(context, user.id));
    },

    'platform.users.changeRole': (input, context) => {
      const actor = actorOf(context);
      const user = find(context, input.id);
      if (!mayGrantRole(actor.role, input.role) || !mayGrantRole(actor.role, user.role)) {
        throw new Refusal('not_permitted', 'You may not give or take a role above your own.');
      }
      if (user.role === 'super_admin' && input.role !== 'super_admin' && countActiveOwners(context.store) < 2) {
        throw new Refusal('conflict', 'A workspace needs an owner. Give somebody else that role first.');
      }
      context.transact((writer, notes) => {
        updateUser(writer, user.key, { role: input.role }, now());
        notes.target(user.id);
        notes.detail('from', user.role);
        notes.detail('to', input.role);
      });
      return view(find(context, user.id));
    },

    'platform.users.deactivate': (input, context) => {
      const actor = actorOf(context);
      const user = find(context, input.id);
      if (user.id === actor.userId) throw new Refusal('conflict', 'You cannot deactivate yourself. Ask another administrator.');
      requireAuthority(actor, user);
      if (user.role === 'super_admin' && countActiveOwners(context.store) < 2) {
        throw new Refusal('conflict', 'A workspace needs an owner. Give somebody else that role first.');
      }
      // The key goes first: a crash in between leaves somebody locked out, never let in.
      replaceWrap(user.id, null);
      const ended = context.transact((writer, notes) => {
        updateUser(writer, user.key, { active: false }, now());
        notes.target(user.id);
        return endSessionsOf(writer, user.id, now());
      });
      tellEnded(ended, 'deactivated');
      return view(find(context, user.id));
    },

    'platform.users.reactivate': async (input, context) => {
      const user = find(context, input.id);
      requireAuthority(actorOf(context), user);
      if (user.active) throw new Refusal('conflict', 'That user is active.');
      const wrap = await wrapFor(user, input.passPhrase);
      context.transact((writer, notes) => {
        updateUser(writer, user.key, { active: true }, now());
        notes.target(user.id);
      });
      replaceWrap(user.id, wrap);
      return view(find(context, user.id));
    },

    'platform.users.changePassPhrase': async (input, context) => {
      const actor = actorOf(context);
      const user = find(context, actor.userId);
      const own = workspace.keyring()?.wraps.find((wrap): wrap is UserWrap => (wrap.kind === 'passPhrase' || wrap.kind === 'open') && wrap.userId === user.id);
      if (own === undefined || (own.kind === 'passPhrase' && (await unwrapForUser(own, input.current ?? '')) === null)) {
        throw new Refusal('wrong_credentials', 'The current pass phrase is not right.');
      }
      const wrap = await wrapFor(user, input.next);
      const ended = context.transact((writer, notes) => {
        notes.target(user.id);
        notes.detail('passPhrase', input.next !== null);
        // Every other session ends with the old pass phrase; this one goes on.
        return endSessionsOf(writer, user.id, now(), actor.sessionId);
      });
      replaceWrap(user.id, wrap);
      tellEnded(ended, 'signedOut');
      return { done: true as const };
    },

    'platform.teams.list': (_input, context) => ({
      items: listTeams(context.store).map(shown),
    }),

    'platform.teams.create': (input, context) => {
      const id = context.transact((writer, notes) => {
        const team = ensureTeam(writer, input.name, input.department, newId, now());
        if (!team.created) throw new Refusal('conflict', 'That department has a team of that name already.');
        notes.target(team.id);
        return team.id;
      });
      return teamOf(context.store, id);
    },

    'platform.teams.update': ({ id, name, departmentName }, context) => {
      context.transact((writer, notes) => {
        const team = findTeam(writer, id);
        if (team === null) throw new Refusal('not_found', 'That team does not exist.');
        const wanted = { name: name ?? team.name, departmentName: departmentName ?? team.departmentName };
        const others = listTeams(writer).filter((other) => other.id !== id);
        if (others.some((other) => other.departmentKey === team.departmentKey && other.name === wanted.name)) {
          throw new Refusal('conflict', 'That department has a team of that name already.');
        }
        if (others.some((other) => other.departmentKey !== team.departmentKey && other.departmentName === wanted.departmentName)) {
          throw new Refusal('conflict', 'There is another department of that name.');
        }
        renameTeam(writer, team, wanted.name, wanted.departmentName);
        notes.target(id);
      });
      return teamOf(context.store, id);
    },
  };
}

function shown({ id, name, departmentId, departmentName, members }: TeamRow) {
  return { id, name, departmentId, departmentName, members };
}

function teamOf(store: Reader, id: string) {
  const team = findTeam(store, id);
  if (team === null) throw new Error('A team that was just written is gone.');
  return shown(team);
}
