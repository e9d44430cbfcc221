import { describe, expect, it } from 'vitest';
import { checkPack } from '#domain/learning/courses/check';
import { proposeBlueprint } from '#domain/learning/courses/blueprint';
import { columnFields, proposeMapping } from '#domain/learning/courses/columns';
import { questionKinds } from '#domain/learning/courses/pack';
import { readOwnFormat } from '#main/files/packs/ownFormat';
import { textOf } from '#test/support/sources';

const page = textOf('docs/course-packs.md');

/** The examples below a heading. */
function examplesOf(heading: string): string[] {
  const from = page.indexOf(`\n${heading}\n`);
  expect(from, heading).toBeGreaterThanOrEqual(0);
  const section = page.slice(from, page.indexOf('\n## ', from + heading.length));
  return [...section.matchAll(/```(?:yaml|markdown)\n([\s\S]*?)```/g)].map(([, text]) => text ?? '');
}

describe('docs/course-packs.md', () => {
  it('is a pack itself: its examples are read without a complaint', () => {
    const files = new Map(
      Object.entries({
        'pack.yaml': examplesOf('## pack.yaml')[0]!,
        'modules/basics/01-burns.md': examplesOf('## Sections')[0]!,
        'questions/burns.yaml': examplesOf('## Questions')[0]!,
        'flashcards/cards.yaml': examplesOf('## Flashcards')[0]!,
        'labs/call.yaml': examplesOf('## Labs')[0]!,
      }).map(([name, text]) => [name, Buffer.from(text)]),
    );
    const draft = readOwnFormat(files);
    const { blueprint, topics, cardTopics } = proposeBlueprint(draft, 'first-aid');
    const { pack, problems, rejected } = checkPack(draft, blueprint, topics, cardTopics);
    expect({ problems, rejected }).toEqual({ problems: [], rejected: 0 });
    expect(pack.questions.map(({ kind }) => kind)).toEqual(['single', 'multiple', 'truefalse', 'numeric', 'short']);
    expect(pack).toMatchObject({ exam: { questions: 40, minutes: 60, passMark: 0.7, passUnit: 'share', draw: 'weights' }, modules: [{ sections: [{ check: ['q-cool', 'q-minutes'], minutes: 4 }] }, { requires: ['basics'] }] });
    expect(pack.labs[0]?.steps).toHaveLength(1);
    expect(pack.flashcards).toHaveLength(1);
  });

  it('names every kind of question, and every column of a table by a head that is known', () => {
    for (const kind of questionKinds) expect(page.includes(`| \`${kind}\` |`), kind).toBe(true);
    const heads = ['Id', 'Question', 'A', 'B', 'Correct', 'Kind', 'Tolerance', 'Explanation', 'Reference', 'Domain', 'Topic', 'Difficulty', 'Objective', 'Flagged', 'Figure', 'Front', 'Back'];
    for (const head of heads.filter((each) => each !== 'B')) expect(page.includes(`\`${head}\``), head).toBe(true);
    expect(new Set(proposeMapping(heads, []).columns)).toEqual(new Set(columnFields));
  });
});
