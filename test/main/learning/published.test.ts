import { expect, it } from 'vitest';
import { temporaryFolder, workspaceApp } from '#test/support/app';
import { smallPack, writeFolder } from '#test/support/coursePacks';

const statistics = `statistics:
  students: 1240
  when: spring 2026
  right: { lower: 62, middle: 71, upper: 80 }
  domains:
    - id: burns
      right: { lower: 58, middle: 69, upper: 79 }
`;
const packWith = (added: string): string => writeFolder(temporaryFolder(), { ...smallPack, 'pack.yaml': smallPack['pack.yaml']!.replace('domains:\n', `${added}domains:\n`) });

it('whoever studies alone sees what the pack’s author published, and nothing where nothing was', async () => {
  const { owner } = await workspaceApp();
  const { courseId } = await owner.call('learning.courses.import', { path: packWith('') });
  expect(await owner.call('learning.comparison.get', { courseId })).toMatchObject({ state: 'alone', published: null });
  expect(await owner.call('learning.courses.import', { path: packWith(statistics) })).toMatchObject({ courseId, revision: 2 });
  // What was kept for an hour rests on the older pack.
  expect(await owner.call('learning.comparison.get', { courseId })).toMatchObject({ state: 'published', published: { students: 1240 } });
  const fresh = await workspaceApp();
  const { courseId: second } = await fresh.owner.call('learning.courses.import', { path: packWith(statistics) });
  const told = await fresh.owner.call('learning.comparison.get', { courseId: second });
  expect(told).toMatchObject({ state: 'published', cohorts: [], published: { students: 1240, when: 'spring 2026', source: null, right: { own: null, lower: 0.62, middle: 0.71, upper: 0.8 }, domains: [{ own: null, lower: 0.58, middle: 0.69, upper: 0.79 }] } });
  // The same file again changes nothing: statistics are part of what a pack is.
  expect(await fresh.owner.call('learning.courses.import', { path: packWith(statistics) })).toMatchObject({ revision: 1 });
  await fresh.owner.call('learning.comparison.choose', { optedOut: true });
  expect(await fresh.owner.call('learning.comparison.get', { courseId: second })).toMatchObject({ state: 'optedOut', published: null });
});

it.each([
  ['of fewer than five students', statistics.replace('1240', '4'), 'whole number of 5 or more'],
  ['whose quarters are out of order', statistics.replace('lower: 62', 'lower: 90'), 'none above the next'],
])('statistics %s are refused with their line', async (_why, added, reason) => {
  const { owner } = await workspaceApp();
  const { problems } = await owner.call('learning.courses.preview', { path: packWith(added) });
  const [problem] = problems.filter(({ severity }) => severity === 'fatal');
  expect(problem?.reason).toContain(reason);
  expect(problem?.line).toBeGreaterThan(0);
});

it('statistics of a domain that there is not are left out with a warning', async () => {
  const { owner } = await workspaceApp();
  const { problems } = await owner.call('learning.courses.preview', { path: packWith(statistics.replace('id: burns', 'id: nowhere')) });
  expect(problems.map(({ severity, reason }) => [severity, reason])).toContainEqual(['warning', expect.stringContaining('nowhere')]);
});
