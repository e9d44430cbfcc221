import { describe, expect, it } from 'vitest';
import { readOwnFormat } from '#main/files/packs/ownFormat';
import { samplePackFiles } from '#main/learning/samplePack';
import { workspaceApp } from '#test/support/app';

describe('the sample course', () => {
  it('is written as the format wants it: nothing to complain of', () => {
    const draft = readOwnFormat(new Map([...samplePackFiles].map(([path, text]) => [path, Buffer.from(text)])));
    expect(draft.problems).toEqual([]);
    expect(draft.notice).toMatch(/independent sample material/i);
    const difficulties = new Set(draft.questions.map(({ difficulty }) => difficulty));
    expect(difficulties).toEqual(new Set(['easy', 'medium', 'hard']));
    expect(draft.questions.filter(({ explanation }) => explanation === null || explanation === '')).toEqual([]);
    // The right answer of a question with four stands in each place about as often.
    const places = [0, 0, 0, 0];
    for (const { options } of draft.questions) if (options.length === 4) places[options.findIndex(({ correct }) => correct)]! += 1;
    expect(Math.min(...places)).toBeGreaterThan(15);
  });

  it('comes in whole, with the weights of its blueprint, and once', async () => {
    const { owner } = await workspaceApp();
    const first = await owner.call('learning.courses.sample');
    expect(first).toMatchObject({ flagged: 0, sections: 49, questions: 123, flashcards: 38, labs: 3 });
    const { domains, notice } = await owner.call('learning.courses.get', { id: first.courseId });
    expect(domains.map(({ weight }) => weight)).toEqual([null, 22, 23, 15, 23, 17]);
    expect(notice).toMatch(/neither made nor endorsed/);
    expect((await owner.call('learning.courses.sample')).courseId).toBe(first.courseId);
    expect((await owner.call('learning.courses.list')).items).toHaveLength(1);
  });
});
