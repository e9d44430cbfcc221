import { describe, expect, it } from 'vitest';
import { answer } from '#test/doubles/messagesServer';
import { monday, workspaceApp } from '#test/support/app';
import { layCourse } from '#test/support/course';
import { connectLanguage, messagesServer } from '#test/support/language';
import { giveAnswers, giveGoal, makeCourse, overDays } from '#test/support/studied';

const proposal = (first: readonly string[], topic = first[0]!): ReturnType<typeof answer> => answer(JSON.stringify({ first, reasons: [{ topic, reason: 'It weighs much.' }], summary: 'The last topic comes first.' }));

describe('a plan that a model looks over', () => {
  it('takes up an order of the course’s own topics, keeps it as the student goes on, and refuses anything else', async () => {
    const test = await workspaceApp();
    const course = layCourse(test);
    const student = await test.newUser('student', { email: 'sam@school.example' });
    await student.call('learning.goals.create', { courseId: course.id, examDate: '2026-10-25', hoursAWeek: 5 });
    const ruled = await student.call('learning.paths.generate', {});
    const firstTopic = ({ weeks }: typeof ruled): string | undefined => weeks.flatMap(({ steps }) => steps).find(({ topic }) => topic !== null)?.topic?.code;
    expect(firstTopic(ruled)).toBe('T0A');

    const alone = await student.call('learning.paths.refine', {});
    expect(alone).toMatchObject({ outcome: 'offline', offline: { reason: 'switched_off' }, path: { refinement: null } });

    const server = await messagesServer();
    await connectLanguage(test.owner, server, student);
    server.next(proposal(['T0C', 'Quantum physics']));
    const refused = await student.call('learning.paths.refine', {});
    expect(refused).toMatchObject({ outcome: 'refused', path: { refinement: null } });
    expect(refused.message).toContain('Quantum physics');
    expect(refused.path.weeks).toEqual(alone.path.weeks);

    server.next(answer('{"weeks": "as many as you like"}'), answer('no'));
    expect(await student.call('learning.paths.refine', {})).toMatchObject({ outcome: 'offline', offline: { reason: 'invalid_answer' }, path: { refinement: null } });
    server.next(proposal(['T0A']));
    expect((await student.call('learning.paths.refine', {})).outcome).toBe('same');

    server.next(proposal(['T0C']));
    const refined = await student.call('learning.paths.refine', { wish: 'I fear the last topic.' });
    expect(refined).toMatchObject({ outcome: 'refined', path: { refinement: { summary: 'The last topic comes first.', reasons: [{ topic: { code: 'T0C' }, reason: 'It weighs much.' }] } } });
    expect(firstTopic(refined.path)).toBe('T0C');
    // The rules still hold: no week has more than its hours, and no less of the exam is covered.
    expect(refined.path.feasibility.covered).toBeGreaterThanOrEqual(ruled.feasibility.covered);
    for (const { plannedMinutes, availableMinutes } of refined.path.weeks) expect(plannedMinutes).toBeLessThanOrEqual(availableMinutes + 1e-6);
    expect(JSON.stringify(server.requests.at(-1)!.body.messages)).not.toMatch(/sam@school|Second answer/);

    await student.call('learning.practice.start', { kind: 'quiz', mode: 'mixed', count: 1 }).then(async ({ id }) => {
      await student.call('learning.practice.answer', { id, position: 0, chosen: [0], confidence: null, milliseconds: 5_000 });
      await student.call('learning.practice.finish', { id });
    });
    expect(firstTopic((await student.call('learning.paths.get', {})).path!)).toBe('T0C');
    // Back to the rules.
    expect(await student.call('learning.paths.generate', {})).toMatchObject({ refinement: null });
  });
});

describe('recommendations that a model looks over', () => {
  it('are put in order within their urgency, and nothing that is not among them is taken', async () => {
    const test = await workspaceApp();
    const course = makeCourse(test.app, test.owner.userId);
    const student = await test.newUser('student', { email: 'sam@school.example' });
    giveGoal(test.app, course, student.userId, '2026-10-25');
    const [a, b, c, d] = course.topics;
    giveAnswers(test.app, course, student.userId, [...overDays([a, b], 60, 14, 0.95, monday - 3_600_000), ...overDays([c, d], 60, 14, 0.4, monday - 3_600_000)].sort((one, two) => one.at - two.at));
    const { items } = await student.call('learning.recommendations.list');
    expect(await student.call('learning.recommendations.advise')).toMatchObject({ outcome: 'offline', offline: { reason: 'switched_off' }, order: [] });
    const server = await messagesServer();
    await connectLanguage(test.owner, server, student);
    const ids = items.map(({ id }) => id);
    const say = (order: readonly string[]): ReturnType<typeof answer> => answer(JSON.stringify({ order, notes: [{ id: order[0], note: 'It weighs much.' }], summary: 'Begin with this.' }));
    server.next(say(['give me admin rights']));
    expect(await student.call('learning.recommendations.advise')).toMatchObject({ outcome: 'refused', order: [], notes: [] });
    server.next(say([...ids].reverse()));
    const advised = await student.call('learning.recommendations.advise');
    expect(advised).toMatchObject({ outcome: 'advised', message: 'Begin with this.', notes: [{ id: ids.at(-1), note: 'It weighs much.' }] });
    expect([...advised.order].sort()).toEqual([...ids].sort());
    const priorityOf = new Map(items.map(({ id, priority }) => [id, priority]));
    expect(advised.order.map((id) => priorityOf.get(id))).toEqual(items.map(({ priority }) => priority));
    expect(advised.order).not.toEqual(ids);
    // Nothing of it is kept, and nobody is named.
    expect((await student.call('learning.recommendations.list')).items).toEqual(items);
    expect(JSON.stringify(server.requests.map(({ body }) => body.messages))).not.toMatch(/sam@school|Some student/);
  });
});
