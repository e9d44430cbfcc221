import { randomBytes } from 'node:crypto';
import { normaliseEmail, splitName } from '#domain/admissions/leads/normalise';
import { defaultForecastConfiguration } from '#domain/admissions/forecast/predict';
import { defaultTriageConfiguration, defaultWeights } from '#domain/admissions/triage/configuration';
import { Refusal } from '#contract/errors';
import type { workspaces } from '#contract/platform/workspaces';
import type { HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { type Keyring, newDataKey, newRecoveryKey, unwrapByRecovery, wrapForRecovery, wrapForUser } from '#main/store/keys';
import { insertConfiguration, insertWeights } from '#main/store/admissions/configuration';
import { insertPerson } from '#main/store/platform/people';
import { endSessionsOf } from '#main/store/platform/sessions';
import { ensureTeam, findTeam, findUserByEmail, insertUser } from '#main/store/platform/users';
import { insertWorkspace, writeSettings } from '#main/store/platform/workspace';
import { beginSession } from './sessions';

/** A time zone that this machine knows, or null. */
export function knownTimeZone(name: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

const machineTimeZone = (): string => new Intl.DateTimeFormat('en').resolvedOptions().timeZone;

export function workspacesHandlers(parts: HandlerParts): HandlersOf<typeof workspaces> {
  const { workspace, newId, now } = parts;
  return {
    'platform.workspaces.status': () => {
      const state = workspace.state();
      const ring = workspace.keyring();
      const users = ring?.wraps.filter((wrap) => wrap.kind === 'passPhrase' || wrap.kind === 'open') ?? [];
      const info = state === 'open' ? workspace.info() : null;
      return {
        state,
        name: info?.name ?? null,
        kind: info?.kind ?? null,
        sample: info?.sample ?? false,
        users: users.length,
        opensWithoutPassPhrase: users.length === 1 && users[0]?.kind === 'open',
      };
    },

    'platform.workspaces.create': async (input, context) => {
      if (workspace.state() !== 'missing') {
        throw new Refusal('workspace_exists', 'This profile has a workspace already. Sign in, or choose another folder with --profile.');
      }
      const email = normaliseEmail(input.email);
      if (email === null) throw new Refusal('invalid_input', 'Give an e-mail address: it is what you sign in with.');
      const timeZone = input.timeZone === undefined ? machineTimeZone() : knownTimeZone(input.timeZone);
      if (timeZone === null) throw new Refusal('invalid_input', `There is no time zone ${input.timeZone ?? ''}. Give one such as Europe/London.`);
      const dataKey = newDataKey();
      const recoveryKey = newRecoveryKey();
      const owner = { id: newId(), email };
      const base = { format: 1 as const, workspaceId: newId(), loginSalt: randomBytes(16).toString('hex') };
      const ring: Keyring = {
        ...base,
        wraps: [
          await wrapForUser(base, dataKey, owner, input.passPhrase ?? null, parts.passPhraseCost),
          wrapForRecovery(dataKey, recoveryKey),
        ],
      };
      const name = splitName(input.name);
      workspace.create(dataKey, ring, (store) => {
        const at = now();
        store.transaction((writer) => {
          insertWorkspace(
            writer,
            {
              id: base.workspaceId,
              name: input.workspaceName ?? (input.sample ? 'Sample school' : `${input.name}’s workspace`),
              kind: input.workspace,
              sample: input.sample,
              deviceId: newId(),
            },
            at,
          );
          writeSettings(writer, { timeZone }, at);
          const team = ensureTeam(writer, 'Admissions', 'Admissions', newId, at);
          const personKey = insertPerson(writer, { id: newId(), givenName: name.given, familyName: name.family, email, phone: null }, at);
          const teamKey = findTeam(writer, team.id)?.key ?? null;
          const userKey = insertUser(writer, { id: owner.id, personKey, email, role: 'super_admin', teamKey }, at);
          insertWeights(writer, { id: newId(), weights: defaultWeights, userKey, reason: 'The defaults.' }, at);
          insertConfiguration(writer, 'triage', defaultTriageConfiguration, userKey, at);
          insertConfiguration(writer, 'forecast', defaultForecastConfiguration, userKey, at);
        });
      });
      context.transact((_writer, notes) => {
        notes.by(owner.id);
        notes.target(owner.id);
        notes.detail('kind', input.workspace);
        notes.detail('passPhrase', input.passPhrase !== undefined && input.passPhrase !== null);
      });
      beginSession(parts, context, owner.id, false);
      return { workspaceId: base.workspaceId, userId: owner.id, recoveryKey };
    },

    'platform.workspaces.recover': async (input, context) => {
      const ring = workspace.keyring();
      if (ring === null) throw new Refusal('workspace_missing', 'There is no workspace here yet. Set one up in the window, or with "ivy init".');
      const email = normaliseEmail(input.email);
      const dataKey = unwrapByRecovery(ring, input.recoveryKey);
      if (dataKey === null || email === null) {
        throw new Refusal('wrong_credentials', 'That recovery key does not open this workspace. Check each group; O and 0 are read alike.');
      }
      workspace.open(dataKey);
      const user = findUserByEmail(context.store, email);
      if (user?.active !== true) throw new Refusal('wrong_credentials', 'No active user of this workspace has that e-mail address.');
      const wrap = await wrapForUser(ring, dataKey, { id: user.id, email }, input.passPhrase, parts.passPhraseCost);
      const others = ring.wraps.filter((each) => each.kind === 'recovery' || each.userId !== user.id);
      const ended = context.transact((writer, notes) => {
        notes.by(user.id);
        notes.target(user.id);
        return endSessionsOf(writer, user.id, now());
      });
      workspace.saveKeyring({ ...ring, wraps: [wrap, ...others] });
      parts.guard.succeeded(wrap.login);
      for (const id of ended) parts.events.endSession(id, 'signedOut');
      beginSession(parts, context, user.id, false);
      return { userId: user.id };
    },

    'platform.workspaces.discardSample': (input, context) => {
      const info = workspace.info();
      if (!info.sample) throw new Refusal('not_permitted', 'Only a sample workspace can be deleted this way.');
      if (input.confirm !== info.name) throw new Refusal('invalid_input', `Write the name of the workspace, ${info.name}, to delete it.`);
      context.keepSession(null);
      // Answered first: this very call still reads from the store that it closes.
      queueMicrotask(() => {
        workspace.discard();
        parts.events.changed('workspaces');
      });
      return { discarded: true as const };
    },
  };
}
