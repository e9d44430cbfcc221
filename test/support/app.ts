import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { onTestFinished } from 'vitest';
import type { CallError } from '#contract/errors';
import type { EntryName, InputOf, OutputOf } from '#contract/index';
import type { Role } from '#domain/platform/roles';
import { createApp, type App, type AppOptions } from '#main/app/createApp';
import type { AppEvent, Door } from '#main/app/context';
import { silentLog } from '#main/app/log';
import { createInlinePool } from '#main/worker/pool';

/** The cheapest pass phrase that is still argon2id: tests sign in often. */
const cheapPassPhrases = { memoryKib: 8, iterations: 1, parallelism: 1 };

/** Monday, 5 October 2026, 09:00 UTC. */
export const monday = Date.UTC(2026, 9, 5, 9);

export interface TestClock {
  (): number;
  advance(milliseconds: number): void;
  set(at: number): void;
}

export function fixedClock(start = monday): TestClock {
  let at = start;
  const clock = (() => at) as TestClock;
  clock.advance = (milliseconds) => {
    at += milliseconds;
  };
  clock.set = (to) => {
    at = to;
  };
  return clock;
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ivy-test-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

export const passPhrase = 'four ordinary words';

/** Somebody at a door, with a session of their own. */
export interface Person {
  call<Name extends EntryName>(entry: Name, input?: InputOf<Name>): Promise<OutputOf<Name>>;
  /** The error that a call is answered with; a call that succeeds fails the test. */
  refused(entry: string, input?: unknown): Promise<CallError>;
  token(): string | null;
  events: AppEvent[];
  listen(): void;
  userId: string;
}

export interface TestApp {
  readonly app: App;
  readonly clock: TestClock;
  readonly folder: string;
  /** Somebody who has not signed in. */
  stranger(door?: Door): Person;
  /** The owner of the workspace. */
  readonly owner: Person;
  readonly recoveryKey: string;
  /** A new user, signed in. */
  newUser(role: Role, options?: { teamId?: string; email?: string; door?: Door }): Promise<Person>;
  signIn(email: string, door?: Door): Promise<Person>;
}

let connections = 0;

function personAt(app: App, door: Door): Person {
  connections += 1;
  const connection = `test ${String(connections)}`;
  let token: string | null = null;
  const raw = async (entry: string, input: unknown): ReturnType<App['call']> => {
    const answer = await app.call(
      { entry, input, token, door, connection, requestId: v7(), wait: true },
      { signal: new AbortController().signal },
    );
    if (answer.token !== undefined) token = answer.token;
    return answer;
  };
  const person: Person = {
    events: [],
    userId: '',
    token: () => token,
    listen() {
      app.subscribe(connection, token, (event) => person.events.push(event));
    },
    async call(entry, input) {
      const answer = await raw(entry, input ?? {});
      if (!answer.ok) throw new Error(`${entry}: ${answer.error.code}: ${answer.error.message} ${JSON.stringify(answer.error.details ?? {})}`);
      return answer.result as OutputOf<typeof entry>;
    },
    async refused(entry, input) {
      const answer = await raw(entry, input ?? {});
      if (answer.ok) throw new Error(`${entry} should have been refused, and answered ${JSON.stringify(answer.result)}`);
      return answer.error;
    },
  };
  return person;
}

export interface TestAppOptions {
  readonly folder?: string;
  readonly clock?: TestClock;
  readonly door?: Door;
  readonly passPhrase?: string | null;
  readonly sample?: boolean;
  readonly languageTiming?: AppOptions['languageTiming'];
}

/** An app with no workspace yet, on a fresh folder, with a clock that stands still. */
export function emptyApp(options: TestAppOptions = {}): { app: App; clock: TestClock; folder: string; stranger(door?: Door): Person } {
  const folder = options.folder ?? temporaryFolder();
  const clock = options.clock ?? fixedClock();
  const app = createApp({
    profileFolder: folder,
    pool: createInlinePool(),
    checkOutput: true,
    now: clock,
    passPhraseCost: cheapPassPhrases,
    log: process.env.IVY_TEST_LOG === undefined ? silentLog : console,
    ...(options.languageTiming === undefined ? {} : { languageTiming: options.languageTiming }),
  });
  onTestFinished(() => app.close());
  return { app, clock, folder, stranger: (door = 'cli') => personAt(app, door) };
}

/** An app with a workspace and its owner signed in. */
export async function workspaceApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { app, clock, folder } = emptyApp(options);
  const owner = personAt(app, options.door ?? 'cli');
  const made = await owner.call('platform.workspaces.create', {
    name: 'Ada Lovelace',
    email: 'ada@school.example',
    passPhrase: options.passPhrase === undefined ? passPhrase : options.passPhrase,
    workspace: 'both',
    timeZone: 'Europe/London',
    sample: options.sample ?? false,
  });
  owner.userId = made.userId;
  const test: TestApp = {
    app,
    clock,
    folder,
    owner,
    recoveryKey: made.recoveryKey,
    stranger: (door = 'cli') => personAt(app, door),
    async signIn(email, door = 'cli') {
      const person = personAt(app, door);
      const session = await person.call('platform.sessions.signIn', { email, passPhrase });
      person.userId = session.user.id;
      return person;
    },
    async newUser(role, { teamId, email = `${role}-${v7()}@school.example`, door = 'cli' } = {}) {
      await owner.call('platform.users.create', {
        name: `Some ${role}`,
        email,
        role,
        passPhrase,
        ...(teamId === undefined ? {} : { teamId }),
      });
      return test.signIn(email, door);
    },
  };
  return test;
}
