import { describe, expect, it } from 'vitest';
import { workspaceApp } from '#test/support/app';
import { layCourse } from '#test/support/course';

describe('a lab', () => {
  it('goes on where it was left, answers what it knows, and leaves the plan once it is done', async () => {
    const test = await workspaceApp();
    const course = layCourse(test);
    const student = await test.newUser('student');
    await student.call('learning.goals.create', { courseId: course.id, examDate: '2026-11-25', hoursAWeek: 5 });
    const [listed] = (await student.call('learning.labs.list')).items;
    expect(listed).toMatchObject({ title: 'Lab 0', steps: 2, stepsDone: 0, doneAt: null });
    const id = listed!.id;
    expect(await student.call('learning.labs.get', { id })).toMatchObject({ at: 0, prompt: 'console>', transcript: [], steps: [{ task: 'Say hello.', done: false, hint: null, hasHint: true }, { hasHint: false }] });

    expect((await student.call('learning.labs.type', { id, input: 'rm -rf /' })).transcript.at(-1)).toEqual({ input: 'rm -rf /', output: 'The console does not know that. Look at the step once more, or take the hint', accepted: false });
    expect((await student.call('learning.labs.type', { id, input: 'HELP' })).transcript.at(-1)).toMatchObject({ output: 'hello, list machines', accepted: false });
    expect((await student.call('learning.labs.hint', { id })).steps[0]!.hint).toBe('A greeting will do.');
    expect(await student.call('learning.labs.type', { id, input: ' hiii ' })).toMatchObject({ at: 1, steps: [{ done: true }, { done: false }] });
    const done = await student.call('learning.labs.type', { id, input: 'List  Machines' });
    expect(done).toMatchObject({ at: 2 });
    expect(done.doneAt).not.toBeNull();
    expect(await student.call('learning.labs.restart', { id })).toMatchObject({ at: 0, transcript: [], doneAt: done.doneAt });
    const again = await student.call('learning.paths.generate', {});
    expect(again.weeks.flatMap(({ steps }) => steps).filter(({ activity }) => activity === 'lab')).toEqual([]);

    expect((await student.refused('learning.labs.get', { id: course.id })).code).toBe('not_found');
    const hidden = layCourse(test, { audience: 'nobody' });
    expect((await student.refused('learning.labs.type', { id: hidden.labIds[0], input: 'hello' })).code).toBe('not_found');
  });
});
