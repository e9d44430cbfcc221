import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Person, temporaryFolder, workspaceApp } from '#test/support/app';
import { questionPool, smallPack, writeFolder } from '#test/support/coursePacks';
import { hasPoolFile, poolFile } from '#test/support/realData';

function fileOf(name: string, content: string): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

const packAt = (changes: Readonly<Record<string, string>> = {}): string => writeFolder(temporaryFolder(), { ...smallPack, ...changes });

const questionNamed = async (person: Person, courseId: string, name: string) => {
  const { items } = await person.call('learning.questions.list', { courseId, limit: 500 });
  const found = items.find(({ externalId }) => externalId === name);
  if (found === undefined) throw new Error(`There is no question ${name}.`);
  return found;
};

describe('the amateur radio pool', () => {
  it.skipIf(!hasPoolFile)('comes in whole, its blueprint read from the ids', async () => {
    const { owner } = await workspaceApp();
    const preview = await owner.call('learning.courses.preview', { path: poolFile });
    expect(preview).toMatchObject({ format: 'table', questions: 409, flagged: 12, rejected: 0, problems: [], unsupported: [], updates: null, stated: false });
    expect(preview.blueprint).toMatchObject({ title: 'Amateur radio: Technician', exam: { questions: 35, passMark: 26, passUnit: 'questions', draw: 'one_per_topic' } });
    expect(preview.blueprint.domains).toHaveLength(10);
    expect(preview.blueprint.domains.flatMap(({ topics }) => topics)).toHaveLength(35);
    expect(preview.table).toMatchObject({ answers: 'letter' });
    const done = await owner.call('learning.courses.import', { path: poolFile });
    expect(done).toMatchObject({ questions: 409, flagged: 12, rejected: 0, added: 409, revision: 1 });
    // T1A01 is answered by C: "Advancing skills in the technical and communication phases of the radio art".
    const first = await questionNamed(owner, done.courseId, 'T1A01');
    expect(first).toMatchObject({ domain: 'T1', topic: 'T1A', kind: 'single', reference: '[97.1]', flagged: null });
    expect(first.options.map(({ correct }) => correct)).toEqual([false, false, true, false]);
  });

  it('or one of its shape does, and a second time changes nothing', async () => {
    const { owner } = await workspaceApp();
    const path = fileOf('pool_2026.csv', questionPool());
    const done = await owner.call('learning.courses.import', { path });
    expect(done).toMatchObject({ questions: 140, flagged: 3, rejected: 0, added: 140 });
    const again = await owner.call('learning.courses.import', { path });
    expect(again).toMatchObject({ courseId: done.courseId, questions: 140, flagged: 3, added: 0, changed: 0, retired: 0, revision: 1 });
    expect((await owner.call('learning.courses.history', { id: done.courseId })).items).toHaveLength(1);
    expect((await owner.call('learning.courses.list')).items).toHaveLength(1);
  });

  it('takes the names and the exam that a person confirms, and keeps them when a new pool comes', async () => {
    const { owner } = await workspaceApp();
    const path = fileOf('pool.csv', questionPool());
    const { courseId } = await owner.call('learning.courses.import', {
      path,
      title: 'Our radio course',
      exam: { questions: 20, minutes: 30, passMark: 0.8, passUnit: 'share', draw: 'weights' },
      domains: [{ code: 'T1', title: 'The rules', weight: 50, topics: [{ code: 'T1A', title: 'Purpose' }] }],
    });
    const newer = fileOf('pool.csv', questionPool().replace('the first of T1A', 'the very first of T1A').replace(/^T9B04.*\n/m, ''));
    expect((await owner.call('learning.courses.preview', { path: newer })).updates).toMatchObject({ id: courseId, changes: { added: 0, changed: 1, retired: 1, unchanged: 138 } });
    expect(await owner.call('learning.courses.import', { path: newer })).toMatchObject({ courseId, changed: 1, retired: 1, revision: 2 });
    const course = await owner.call('learning.courses.get', { id: courseId });
    expect(course).toMatchObject({ title: 'Our radio course', questions: 139, exam: { questions: 20, minutes: 30, passMark: 0.8 } });
    expect(course.domains[0]).toMatchObject({ code: 'T1', title: 'The rules', weight: 50, topics: [{ code: 'T1A', title: 'Purpose' }, {}, {}, {}, {}, {}] });
  });
});

describe('a pack in our own format', () => {
  it('is read with all that it holds', async () => {
    const { owner } = await workspaceApp();
    const done = await owner.call('learning.courses.import', { path: packAt() });
    expect(done).toMatchObject({ questions: 6, flagged: 0, rejected: 0, sections: 2, flashcards: 1, labs: 1 });
    const course = await owner.call('learning.courses.get', { id: done.courseId });
    expect(course).toMatchObject({ title: 'First aid', version: '1.0', notice: 'Written for tests.', exam: { questions: 4, minutes: 10, passMark: 0.75, passUnit: 'share', draw: 'weights' } });
    expect(course.modules).toMatchObject([
      { title: 'Basics', requires: [], sections: [{ title: 'Cooling a burn', minutes: 3, questions: 2 }] },
      { title: 'More of it', requires: ['basics'], sections: [{ title: 'Direct pressure', questions: 0 }] },
    ]);
    expect(await questionNamed(owner, done.courseId, 'q-minutes')).toMatchObject({ kind: 'numeric', options: [{ text: '20', correct: true, tolerance: 2 }] });
    expect(await questionNamed(owner, done.courseId, 'q-ice')).toMatchObject({ kind: 'truefalse', options: [{ text: 'True', correct: false }, { text: 'False', correct: true }] });
    expect(await questionNamed(owner, done.courseId, 'q-word')).toMatchObject({ kind: 'short' });
    expect(await questionNamed(owner, done.courseId, 'q-shock')).toMatchObject({ kind: 'single', domain: 'bleeding' });
  });

  it('updated keeps the old question for a session that is under way, and leaves what was written by hand', async () => {
    const { owner } = await workspaceApp();
    const { courseId } = await owner.call('learning.courses.import', { path: packAt() });
    const asked = await questionNamed(owner, courseId, 'q-cool');
    const byHand = await questionNamed(owner, courseId, 'q-ice');
    const mine = await owner.call('learning.questions.update', { id: byHand.id, stem: 'Ice belongs onto a burn.' });
    const changed = smallPack['questions/burns.yaml']!.replace('What cools a burn?', 'What cools a fresh burn?').replace('Ice is put onto a burn.', 'Ice is laid onto a burn.').replace('For how many minutes?\n', 'For how many minutes?\n  reference: ERC 2021\n');
    const minutes = await questionNamed(owner, courseId, 'q-minutes');
    const path = packAt({ 'questions/burns.yaml': changed });
    expect(await owner.call('learning.courses.import', { path })).toMatchObject({ courseId, added: 0, changed: 2, retired: 0, editedKept: 1, revision: 2 });
    // The old question is still there for whoever has it in front of them, with its answers; the new one has a row of its own.
    expect(await owner.call('learning.questions.get', { id: asked.id })).toMatchObject({ retired: true, stem: 'What cools a burn?', options: asked.options });
    expect((await questionNamed(owner, courseId, 'q-cool')).id).not.toBe(asked.id);
    // What stands around a question changes in its row.
    expect(await questionNamed(owner, courseId, 'q-minutes')).toMatchObject({ id: minutes.id, reference: 'ERC 2021' });
    expect(await questionNamed(owner, courseId, 'q-ice')).toMatchObject({ id: mine.id, stem: 'Ice belongs onto a burn.', edited: true });
    // Its checks follow to the new row.
    const { modules } = await owner.call('learning.courses.get', { id: courseId });
    const { questionIds } = await owner.call('learning.library.section', { id: modules[0]!.sections[0]!.id });
    expect(questionIds).toEqual([(await questionNamed(owner, courseId, 'q-cool')).id, minutes.id]);
    expect(await owner.call('learning.courses.import', { path, replaceEdited: true })).toMatchObject({ changed: 1, editedKept: 0 });
    expect(await questionNamed(owner, courseId, 'q-ice')).toMatchObject({ stem: 'Ice is laid onto a burn.', edited: false });
  });

  it('is taken back step by step: the update, then the course, which can be put back', async () => {
    const { owner, clock } = await workspaceApp();
    const { courseId } = await owner.call('learning.courses.import', { path: packAt() });
    const first = await questionNamed(owner, courseId, 'q-cool');
    clock.advance(1_000);
    await owner.call('learning.courses.import', { path: packAt({ 'questions/burns.yaml': smallPack['questions/burns.yaml']!.replace('What cools a burn?', 'What cools it?') }) });
    clock.advance(1_000);
    await owner.call('learning.courses.update', { id: courseId, title: 'First aid for all' });
    await owner.call('learning.questions.update', { id: (await questionNamed(owner, courseId, 'q-press')).id, explanation: 'By hand.' });
    expect(await owner.call('learning.courses.undo', { id: courseId })).toMatchObject({ removed: false, changed: 1, editedKept: 1 });
    // The row that asked this before asks it again, so that what was learned with it counts.
    expect((await questionNamed(owner, courseId, 'q-cool')).id).toBe(first.id);
    expect(await questionNamed(owner, courseId, 'q-press')).toMatchObject({ explanation: 'By hand.' });
    expect(await owner.call('learning.courses.get', { id: courseId })).toMatchObject({ title: 'First aid for all' });
    expect(await owner.call('learning.courses.undo', { id: courseId })).toMatchObject({ removed: true });
    expect((await owner.refused('learning.courses.undo', { id: courseId })).code).toBe('conflict');
    expect((await owner.call('learning.courses.list')).items).toEqual([]);
    await owner.call('learning.courses.remove', { id: courseId, removed: false });
    expect((await owner.call('learning.courses.list')).items).toMatchObject([{ id: courseId, questions: 6 }]);
    expect((await owner.call('learning.courses.history', { id: courseId })).items).toMatchObject([{ revision: 2, undoneAt: expect.any(Number) }, { revision: 1, undoneAt: null }]);
  });

  it('comes out as it went in', async () => {
    const { owner, folder } = await workspaceApp();
    const { courseId } = await owner.call('learning.courses.import', { path: packAt() });
    const path = join(temporaryFolder(), 'out.ivypack');
    expect(await owner.call('learning.courses.export', { id: courseId, path })).toMatchObject({ rows: 6, path });
    expect((await owner.call('learning.courses.preview', { path })).updates).toMatchObject({ id: courseId, changes: { added: 0, changed: 0, retired: 0, unchanged: 10 } });
    for (const format of ['csv', 'gift'] as const) {
      const questions = join(temporaryFolder(), `out.${format}`);
      await owner.call('learning.courses.export', { id: courseId, format, path: questions });
      expect((await owner.call('learning.courses.preview', { path: questions, courseId })).updates?.changes).toMatchObject({ added: 0, retired: 4 });
    }
    expect(folder).not.toBe('');
  });
});

describe('questions by hand', () => {
  it('are written, refused where they cannot be asked, taken out and put back', async () => {
    const { owner } = await workspaceApp();
    const { courseId } = await owner.call('learning.courses.import', { path: packAt() });
    const options = [{ text: 'Yes', correct: true }, { text: 'No', correct: false }];
    const written = await owner.call('learning.questions.create', { courseId, topic: 'shock', kind: 'single', stem: 'Lay them down?', options });
    expect(written).toMatchObject({ edited: true, domain: 'bleeding', retired: false });
    expect((await owner.refused('learning.questions.create', { courseId, topic: 'shock', kind: 'single', stem: 'Lay them down?', options })).code).toBe('conflict');
    const refused = async (input: object) => (await owner.refused('learning.questions.update', { id: written.id, ...input })).message;
    expect(await refused({ options: options.map((option) => ({ ...option, correct: false })) })).toContain('No answer is marked as right');
    expect(await refused({ options: options.map((option) => ({ ...option, correct: true })) })).toContain('Several answers are right');
    expect(await refused({ stem: '  ' })).toContain('asks nothing');
    expect(await refused({ topic: 'nowhere' })).toContain('no topic nowhere');
    await owner.call('learning.questions.retire', { id: written.id });
    expect((await owner.call('learning.questions.list', { courseId })).total).toBe(6);
    expect((await owner.refused('learning.questions.update', { id: written.id, stem: 'Again?' })).code).toBe('conflict');
    // One that was taken out of the pack by hand stays out when the pack comes again.
    const ice = await questionNamed(owner, courseId, 'q-ice');
    await owner.call('learning.questions.retire', { id: ice.id });
    await owner.call('learning.courses.import', { path: packAt() });
    expect((await owner.call('learning.questions.list', { courseId })).items.map(({ externalId }) => externalId)).not.toContain('q-ice');
    expect(await owner.call('learning.questions.retire', { id: ice.id, retired: false })).toMatchObject({ retired: false });
  });

  it('are found by what they say and where they belong', async () => {
    const { owner } = await workspaceApp();
    const { courseId } = await owner.call('learning.courses.import', { path: packAt() });
    const names = async (filter: object) => (await owner.call('learning.questions.list', { courseId, ...filter })).items.map(({ externalId }) => externalId);
    expect(await names({ domain: 'burns' })).toEqual(['q-cool', 'q-minutes', 'q-ice']);
    expect(await names({ difficulty: 'hard' })).toEqual(['q-press']);
    expect(await names({ kind: 'short' })).toEqual(['q-word']);
    expect(await names({ search: 'butt' })).toEqual(['q-cool']);
    expect(await names({ flagged: true })).toEqual([]);
    // Words are known by their stems; one that is still being typed is found all the same, letter by letter.
    for (const typed of ['dress', 'dressi', 'dressin', 'dressing', 'dressings']) expect(await names({ search: typed }), typed).toEqual(['q-word']);
    const found = await owner.call('learning.library.search', { search: 'cooling water' });
    expect(found.items[0]).toMatchObject({ kind: 'section', title: 'Cooling a burn', topicTitle: 'Cooling' });
    expect(found.items[0]!.excerpt.filter((piece) => piece.found).map(({ text }) => text)).toContain('water');
    expect((await owner.call('learning.library.search', { search: 'organs' })).items).toMatchObject([{ kind: 'flashcard', title: 'Shock' }]);
    expect((await owner.call('learning.library.search', { search: '"(*' })).items).toEqual([]);
    const { modules } = await owner.call('learning.courses.get', { id: courseId });
    const section = await owner.call('learning.library.section', { id: modules[1]!.sections[0]!.id });
    expect(section).toMatchObject({ title: 'Direct pressure', previous: { title: 'Cooling a burn' }, next: null });
    expect((await owner.call('learning.library.flashcards', { courseId })).items).toMatchObject([{ front: 'Shock', topicTitle: 'shock' }]);
  });
});

describe('who sees a course', () => {
  it('a student’s is their own; one that is shared is read by all and changed by its owner’s people', async () => {
    const { owner, newUser } = await workspaceApp();
    const student = await newUser('student');
    const other = await newUser('student');
    const { courseId } = await student.call('learning.courses.import', { path: packAt() });
    expect((await other.call('learning.courses.list')).items).toEqual([]);
    expect((await other.refused('learning.courses.get', { id: courseId })).code).toBe('out_of_scope');
    expect((await other.call('learning.library.search', { search: 'burn' })).items).toEqual([]);
    const question = await questionNamed(student, courseId, 'q-cool');
    expect((await other.refused('learning.questions.get', { id: question.id })).code).toBe('not_found');
    expect((await owner.call('learning.courses.list')).items).toMatchObject([{ id: courseId, mine: true, audience: 'nobody', owner: 'Some student' }]);
    await student.call('learning.courses.update', { id: courseId, audience: 'everyone' });
    expect((await other.call('learning.courses.list')).items).toMatchObject([{ id: courseId, mine: false }]);
    expect((await other.refused('learning.questions.update', { id: question.id, stem: 'Mine' })).code).toBe('out_of_scope');
    expect((await other.refused('learning.courses.undo', { id: courseId })).code).toBe('out_of_scope');
    // An import of the same pack by another makes a course of their own.
    expect((await other.call('learning.courses.import', { path: packAt() })).courseId).not.toBe(courseId);
  });
});
