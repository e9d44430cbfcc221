import fc from 'fast-check';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { contract, type EntryName, entryNames } from '#contract/index';
import { errorCodes } from '#contract/errors';
import { inputsFor } from '#test/support/anyInput';
import { type Person, type TestApp, workspaceApp } from '#test/support/app';

/** What would end the game for everybody who plays it. */
const left: readonly EntryName[] = ['platform.workspaces.discardSample'];

/** Somebody who is signed in, whatever the last call has done. */
async function present(test: TestApp, person: Person, email: string): Promise<Person> {
  const state = await person.call('platform.sessions.current').then(() => true, () => false);
  if (state) return person;
  // A lockout or a rest after too many calls is over by then.
  test.clock.advance(3_600_000);
  return test.signIn(email, 'web');
}

describe('any JSON into any entry', () => {
  it('is answered, if need be with an error of the list that tells nothing of the inside', async () => {
    const test = await workspaceApp();
    const { owner, app, folder } = test;
    await owner.call('platform.settings.update', { sessionHours: 720, idleLockMinutes: 1_440 });
    const lead = await owner.call('admissions.leads.create', { givenName: 'Zara', email: 'zara@example.com', source: 'UCAS', course: 'Law' });
    const task = await owner.call('admissions.tasks.create', { title: 'Call', leadId: lead.id });
    await test.newUser('staff', { email: 'stan@school.example' });
    await test.newUser('super_admin', { email: 'mary@school.example' });
    let caller = await test.signIn('mary@school.example', 'web');
    const ids = [lead.id, task.id, owner.userId];
    const call = fc.constantFrom(...entryNames.filter((name) => !left.includes(name))).chain((entry) => fc.tuple(fc.constant(entry), inputsFor(contract[entry].input, ids)));
    await fc.assert(
      fc.asyncProperty(call, async ([entry, input]) => {
        test.clock.advance(15_000);
        caller = await present(test, caller, 'mary@school.example');
        const request = { entry, input, token: caller.token(), door: 'web', connection: v7(), requestId: v7(), wait: true } as const;
        const answer = await app.call(request, { signal: new AbortController().signal });
        if (answer.ok) return;
        expect(errorCodes).toContain(answer.error.code);
        expect(answer.error.code, `${entry}: ${answer.error.message}`).not.toBe('internal');
        const told = JSON.stringify(answer.error);
        expect(told).not.toMatch(/\\n\s+at |node:|SqliteError|ZodError|\.ts:|\.js:/);
        expect(told).not.toContain(folder);
        expect(answer.error.message).toMatch(/\w/);
      }),
      { numRuns: 1_200, seed: 20_261_005 },
    );
    caller = await present(test, caller, 'mary@school.example');
    expect(await caller.call('platform.backups.check')).toEqual({ intact: true, problems: [] });
  }, 60_000);
});
