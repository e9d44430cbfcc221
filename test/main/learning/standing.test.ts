import { describe, expect, it } from 'vitest';
import { monday, workspaceApp } from '#test/support/app';
import { giveAnswers, giveGoal, makeCourse, overDays, withStudent } from '#test/support/studied';

const day = 86_400_000;

describe('readiness', () => {
  it('is told with its interval, its parts, the simulated exams beside it and what would raise it', async () => {
    const { student, course } = await withStudent();
    const answer = await student.call('learning.readiness.get');
    expect(answer).toMatchObject({ course: { id: course.id, title: 'Operator' }, student: { self: true, name: 'Some student' }, answers: 120, state: 'estimated', missing: null, daysUntilExam: 20, examDate: '2026-10-25' });
    const { estimate, simulated } = answer;
    expect(estimate!.low < estimate!.chance && estimate!.chance < estimate!.high).toBe(true);
    expect(estimate!.parts.map(({ part, weight }) => [part, weight])).toEqual([['bayesian', 0.4], ['regression', 0.4], ['rules', 0.2]]);
    expect(simulated).toMatchObject({ questions: 20, passCount: 14 });
    expect(answer.agree).toBe(Math.abs(estimate!.chance - simulated!.chance) <= 0.15);
    expect(answer.domains.map(({ title, share, standing }) => [title, share, standing])).toEqual([['Asking', 0.6, 'strength'], ['Acting', 0.4, 'weakness']]);
    expect(answer.actions[0]).toMatchObject({ kind: 'domain', title: 'Acting' });
    expect(answer.actions[0]!.gain).toBeGreaterThan(0.02);
    expect(answer.topics).toHaveLength(4);
    expect(await student.call('learning.readiness.get')).toEqual(answer);
  });

  it('says what is missing to one who has just begun, and where there is no course', async () => {
    const test = await workspaceApp();
    const student = await test.newUser('student');
    expect(await student.call('learning.readiness.courses')).toEqual({ items: [] });
    expect((await student.refused('learning.readiness.get')).message).toContain('no course yet');
    const course = makeCourse(test.app, test.owner.userId);
    expect((await student.call('learning.readiness.courses')).items).toEqual([{ id: course.id, title: 'Operator', answered: false }]);
    const answer = await student.call('learning.readiness.get', { courseId: course.id });
    expect(answer).toMatchObject({ state: 'notEnough', missing: { reason: 'fewAnswers', have: 0, need: 30 }, estimate: null, simulated: null, actions: [] });
    expect((await student.refused('learning.readiness.get', { courseId: '01890000-0000-7000-8000-000000000000' })).code).toBe('not_found');
  });

  it('takes no answer of others for its own, and learns from them how hard a topic is', async () => {
    const { app, course, student, newUser } = await withStudent();
    const before = await student.call('learning.readiness.get');
    const other = await newUser('student');
    giveAnswers(app, course, other.userId, overDays([course.topics[0]], 400, 5, 0.2, monday));
    const after = await student.call('learning.readiness.get');
    expect(after.answers).toBe(before.answers);
    const words = (answer: typeof before) => answer.topics.find(({ title }) => title === 'Plans')!.chance;
    // Right answers on a topic that others find hard say more of the student, on every topic.
    expect(words(after)).not.toBe(words(before));
  });

  it('does not break when the clock is set back behind the answers', async () => {
    const { student, clock } = await withStudent();
    clock.set(monday - 30 * day);
    const answer = await student.call('learning.readiness.get');
    expect(answer).toMatchObject({ state: 'estimated', answers: 120 });
    expect((await student.call('learning.heatmaps.domainByWeek')).rows.every(({ all }) => all.answers > 0)).toBe(true);
  });

  it('follows numbers that an administrator changed, and goes back to the defaults', async () => {
    const { owner, student } = await withStudent();
    const config = await owner.call('learning.readiness.config.get');
    expect(config.changed).toEqual({ readiness: false, mastery: false, recommendations: false });
    const before = await student.call('learning.readiness.get');
    const changed = await owner.call('learning.readiness.config.update', { readiness: { ...config.readiness, ensemble: { bayesian: 100, regression: 0, rules: 0 } }, note: 'Only what was answered.' });
    expect(changed.changed.readiness).toBe(true);
    const after = await student.call('learning.readiness.get');
    expect(after.estimate!.chance).toBeCloseTo(before.estimate!.parts[0]!.chance);
    expect((await student.refused('learning.readiness.config.update', { mastery: null })).code).toBe('not_permitted');
    expect((await owner.refused('learning.readiness.config.update', { readiness: { ...config.readiness, ensemble: { bayesian: 0, regression: 0, rules: 0 } } })).code).toBe('invalid_input');
    expect((await owner.refused('learning.readiness.config.update', {})).code).toBe('invalid_input');
    await owner.call('learning.readiness.config.update', { readiness: null });
    expect(await student.call('learning.readiness.get')).toEqual(before);
  });
});

describe('whose records one sees', () => {
  it('is one’s own as a student, those of the team as staff, and all as the owner', async () => {
    const { owner, student, newUser } = await withStudent();
    const { items } = await owner.call('platform.teams.list');
    const elsewhere = await owner.call('platform.teams.create', { name: 'Elsewhere', department: 'Overseas' });
    const stranger = await newUser('staff', { teamId: elsewhere.id });
    const other = await newUser('student');
    expect(items.length).toBeGreaterThan(0);
    for (const entry of ['learning.readiness.get', 'learning.mastery.get', 'learning.heatmaps.domainByWeek', 'learning.recommendations.list', 'learning.comparison.get', 'learning.dashboard.get', 'learning.readiness.courses'] as const) {
      expect((await stranger.refused(entry, { userId: student.userId })).code, entry).toBe('out_of_scope');
      expect((await other.refused(entry, { userId: student.userId })).code, entry).toBe('out_of_scope');
      expect((await other.refused(entry, { userId: '01890000-0000-7000-8000-000000000000' })).code, entry).toBe('not_found');
    }
    expect(await owner.call('learning.readiness.get', { userId: student.userId })).toMatchObject({ answers: 120, student: { self: false } });
  });

  it('is a list of students at risk, those with an alert first, and only of one’s own team', async () => {
    const { app, owner, student, course, newUser, clock } = await withStudent();
    const team = await owner.call('platform.teams.create', { name: 'Evening', department: 'Learning' });
    const staff = await newUser('staff', { teamId: team.id });
    const idle = await newUser('student', { teamId: team.id });
    const fine = await newUser('student', { teamId: team.id });
    giveGoal(app, course, idle.userId, '2026-12-01');
    giveAnswers(app, course, idle.userId, overDays(course.topics, 60, 5, 0.8, monday - 8 * day));
    giveAnswers(app, course, fine.userId, overDays(course.topics, 60, 5, 0.9, monday - day));
    expect((await staff.call('learning.readiness.students', { courseId: course.id })).items).toEqual([]);
    const refreshed = await owner.call('learning.readiness.refresh');
    expect(refreshed).toEqual({ students: 3, interventions: 2 });
    const list = await staff.call('learning.readiness.students', { courseId: course.id });
    expect(list.items.map(({ id, interventions }) => [id, interventions])).toEqual([[idle.userId, ['low_engagement']], [fine.userId, []]]);
    expect(list.items[0]).toMatchObject({ answers: 60, daysWithoutStudy: 8, daysUntilExam: 57 });
    expect((await owner.call('learning.readiness.students', { courseId: course.id })).total).toBe(3);
    expect((await student.call('learning.readiness.students', { courseId: course.id })).items.map(({ id }) => id)).toEqual([student.userId]);
    // Who comes back loses the alert.
    clock.advance(3_600_000);
    giveAnswers(app, course, idle.userId, overDays(course.topics, 4, 0.01, 1, monday));
    await staff.call('learning.readiness.refresh');
    expect((await staff.call('learning.readiness.students', { courseId: course.id })).items.flatMap(({ interventions }) => interventions)).toEqual([]);
  });

  it('keeps what was told, day by day', async () => {
    const { owner, signIn, clock } = await withStudent();
    await owner.call('learning.readiness.refresh');
    clock.advance(15 * day);
    const [later, student] = [await signIn('ada@school.example'), await signIn('sam@school.example')];
    await later.call('learning.readiness.refresh');
    const { history } = await student.call('learning.readiness.get');
    expect(history.map((each) => each.day)).toEqual(['2026-10-05', '2026-10-20']);
    expect(history[0]!.chance).toBeGreaterThan(0);
    const { domains } = await student.call('learning.mastery.get');
    expect(domains[0]!.earlier).toMatchObject({ day: '2026-10-05' });
    expect((await student.call('learning.dashboard.get')).change).not.toBeNull();
  });
});

describe('heatmaps', () => {
  it('are drawn in three ways, and a cell opens', async () => {
    const { student } = await withStudent();
    const weeks = await student.call('learning.heatmaps.domainByWeek');
    expect(weeks).toMatchObject({ kind: 'domainByWeek', answers: 120 });
    expect(weeks.columns).toHaveLength(8);
    expect(weeks.columns.at(-1)).toBe('2026-10-05');
    expect(weeks.rows.map(({ title, all }) => [title, all.answers])).toEqual([['A Asking', 60], ['B Acting', 60]]);
    const difficulty = await student.call('learning.heatmaps.topicByDifficulty');
    expect(difficulty.columns).toEqual(['easy', 'medium', 'hard']);
    const objectives = await student.call('learning.heatmaps.objectiveByAssessment');
    expect(objectives.rows.map(({ title }) => title)).toEqual(['Name the words', 'T2 Sensors', 'T3 Packages', 'T4 Plans']);
    const row = weeks.rows[1]!;
    const column = weeks.columns.findIndex((_date, index) => row.cells[index]!.answers > 0);
    const cell = await student.call('learning.heatmaps.cell', { kind: 'domainByWeek', row: row.id, column: weeks.columns[column]! });
    expect(cell).toMatchObject({ answers: row.cells[column]!.answers, correct: row.cells[column]!.correct });
    expect(cell.questions[0]!.stem).toContain('What does');
    expect(cell.questions.reduce((sum, { answers }) => sum + answers, 0)).toBe(cell.answers);
    const byObjective = await student.call('learning.heatmaps.cell', { kind: 'objectiveByAssessment', row: objectives.rows[0]!.id, column: 'practice' });
    expect(byObjective.answers).toBe(30);
    const byTopic = await student.call('learning.heatmaps.cell', { kind: 'topicByDifficulty', row: difficulty.rows[0]!.id, column: 'easy' });
    expect(byTopic.answers).toBe(difficulty.rows[0]!.cells[0]!.answers);
  });

  it('are the same whether they were kept or are drawn anew, and never stale', async () => {
    const { app, owner, student, course } = await withStudent();
    const fresh = await student.call('learning.heatmaps.domainByWeek');
    await owner.call('learning.readiness.refresh');
    expect(await student.call('learning.heatmaps.domainByWeek')).toEqual(fresh);
    giveAnswers(app, course, student.userId, [{ topic: course.topics[0], correct: true, at: monday }]);
    expect((await student.call('learning.heatmaps.domainByWeek')).rows[0]!.all.answers).toBe(61);
  });
});

describe('mastery', () => {
  it('is told for each domain with a plan, or says why not', async () => {
    const { student } = await withStudent();
    const answer = await student.call('learning.mastery.get');
    expect(answer).toMatchObject({ target: 0.8, hoursAWeek: 5, daysUntilExam: 20 });
    expect(answer.domains.map(({ title, state }) => [title, state])).toEqual([['Asking', 'mastered'], ['Acting', 'noImprovement']]);
    expect(answer.domains[1]).toMatchObject({ questions: null, days: null, weeks: [] });
    expect(answer.domains[0]!.curve.length).toBeGreaterThan(5);
    expect(answer.domains[0]!.observed.reduce((sum, { count }) => sum + count, 0)).toBe(60);
  });
});

describe('recommendations', () => {
  it('are completed, dismissed and taken back; and what followed is measured', async () => {
    const { app, student, course, clock, signIn } = await withStudent();
    const list = await student.call('learning.recommendations.list');
    expect(list.items.map(({ id }) => id)).toEqual(expect.arrayContaining([`domain ${String(course.domains[1])}`, 'mock']));
    const weak = list.items.find(({ kind }) => kind === 'weak_domain')!;
    expect(weak).toMatchObject({ title: 'Practise Acting', priority: 'high' });
    expect(weak.reason).toContain('after 60 answers');
    expect(weak.target.domainId).not.toBeNull();
    expect(list.schedule.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(300);
    expect(list.items.find(({ kind }) => kind === 'resource')).toMatchObject({ title: 'Read “All about plans”', target: { to: 'section' } });

    expect(await student.call('learning.recommendations.complete', { id: weak.id })).toEqual({ id: weak.id, state: 'completed' });
    const after = await student.call('learning.recommendations.list');
    expect(after.items.map(({ id }) => id)).not.toContain(weak.id);
    expect(after.decided).toMatchObject([{ id: weak.id, state: 'completed' }]);
    expect(after.followThrough).toMatchObject({ completed: 1, followed: 0, before: null, since: null });
    giveAnswers(app, course, student.userId, overDays([course.topics[2]], 10, 0.02, 1, monday));
    expect((await student.call('learning.recommendations.list')).followThrough).toMatchObject({ followed: 1, before: expect.closeTo(0.4), since: 1 });

    await student.call('learning.recommendations.reopen', { id: weak.id });
    expect((await student.call('learning.recommendations.list')).items.map(({ id }) => id)).toContain(weak.id);
    expect((await student.refused('learning.recommendations.reopen', { id: weak.id })).code).toBe('not_found');
    await student.call('learning.recommendations.dismiss', { id: 'mock' });
    clock.advance(13 * day);
    const later = await signIn('sam@school.example');
    expect((await later.call('learning.recommendations.list')).items.map(({ id }) => id)).not.toContain('mock');
    clock.advance(day);
    const latest = await signIn('sam@school.example');
    expect((await latest.call('learning.recommendations.list')).items.map(({ id }) => id)).toEqual(expect.arrayContaining(['mock', 'low_engagement']));
    expect((await latest.refused('learning.recommendations.complete', { id: 'nothing' })).code).toBe('not_found');
  });
});

describe('a comparison', () => {
  it('is absent alone, and tells sums of five others or more', async () => {
    const { app, owner, student, course, newUser, clock } = await withStudent();
    expect(await student.call('learning.comparison.get')).toMatchObject({ state: 'alone', cohorts: [], minimumCell: 5 });
    const others = [];
    for (const share of [0.5, 0.55, 0.75, 0.8, 0.9]) {
      const other = await newUser('student');
      giveAnswers(app, course, other.userId, overDays(course.topics, 80, 4, share, monday - 3_600_000));
      others.push(other);
    }
    await owner.call('learning.readiness.refresh');
    const compared = await student.call('learning.comparison.get');
    expect(compared.state).toBe('compared');
    expect(compared.cohorts.map(({ kind }) => kind)).toEqual(['global']);
    const accuracy = compared.cohorts[0]!.metrics.find(({ metric }) => metric === 'accuracy')!;
    // 56 and 24 of 120 right; two of five others are below.
    expect(accuracy).toMatchObject({ own: expect.closeTo(2 / 3), percentile: 40, benchmark: { count: 5 } });
    expect(compared.cohorts[0]).toMatchObject({ weakest: 'Acting', strongest: 'Asking', message: 'middle' });
    expect((await student.call('learning.dashboard.get')).percentile).toBe(40);

    const again = await student.call('learning.comparison.get');
    expect(again.cache.hits).toBeGreaterThan(compared.cache.hits);
    expect(again.asOf).toBe(compared.asOf);
    clock.advance(3_600_001);
    expect((await student.call('learning.comparison.get')).asOf).toBe(clock());

    // One who takes themselves out leaves too few.
    await others[0]!.call('learning.comparison.choose', { optedOut: true });
    expect((await student.call('learning.comparison.get')).state).toBe('alone');
    expect((await others[0]!.call('learning.comparison.get')).state).toBe('optedOut');
    await others[0]!.call('learning.comparison.choose', { optedOut: false });
    expect((await student.call('learning.comparison.get')).state).toBe('compared');
  });
});

describe('the dashboard', () => {
  it('joins them', async () => {
    const { student } = await withStudent();
    const [dashboard, readiness, recommendations] = [await student.call('learning.dashboard.get'), await student.call('learning.readiness.get'), await student.call('learning.recommendations.list')];
    expect(dashboard.chance).toBe(readiness.estimate!.chance);
    expect(dashboard.next.map(({ id }) => id)).toEqual(recommendations.items.slice(0, 3).map(({ id }) => id));
    expect(dashboard.domains.map(({ title, standing, state }) => [title, standing, state])).toEqual([['Asking', 'strength', 'mastered'], ['Acting', 'weakness', 'noImprovement']]);
    expect(dashboard.days).toHaveLength(28);
    expect(dashboard.days.reduce((sum, count) => sum + count, 0)).toBe(120);
    expect(dashboard.rhythm.daysOfLastSeven).toBeGreaterThan(5);
    expect(dashboard.minutesThisWeek).toBeGreaterThan(0);
  });
});
