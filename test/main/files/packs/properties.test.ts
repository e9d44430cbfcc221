import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noCheckpoint } from '#domain/kernel/checkpoint';
import { proposeBlueprint } from '#domain/learning/courses/blueprint';
import { checkPack } from '#domain/learning/courses/check';
import type { Draft, DraftOption, DraftQuestion } from '#domain/learning/courses/draft';
import { difficulties, type Pack, type PackDomain, type PackQuestion } from '#domain/learning/courses/pack';
import { openPack } from '#main/files/packs/openPack';
import { readOwnFormat } from '#main/files/packs/ownFormat';
import { readGift } from '#main/files/packs/gift';
import { giftOf, packTexts, writePackFile } from '#main/files/packs/writePack';
import { temporaryFolder } from '#test/support/app';

const at = { file: 'x', line: 1 };
const checked = (draft: Draft): Pack => {
  const { blueprint, topics, cardTopics } = proposeBlueprint(draft, 'x');
  return checkPack(draft, blueprint, topics, cardTopics).pack;
};

/** Words with all that formats trip over: quotes, signs that mean something, line breaks, formulas, other scripts, numbers, YAML's words. */
const piece = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
  fc.constantFrom('yes', 'null', '~', '1.10', '0x1F', '2026-01-01', '- a', '# b', 'a: b', '{=x ~y}', '\\n', '"q"', "'", '---', '|', '=SUM(A1)', '@x', '<b>', '&amp;', '$x^2$', '```', ':::', '[id:7]', '//', 'é', '\t', '%50%'),
);
const text = fc.array(piece, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' ')).filter((words) => words.trim() !== '');
const lines = fc.array(text, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('\n'));
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(value, { nil: null });
const code = fc.stringMatching(/^[a-z][a-z0-9._-]{0,8}$/);
const codes = (minLength: number, maxLength: number) => fc.uniqueArray(code, { minLength, maxLength });

const number = fc.integer({ min: -10_000, max: 10_000 }).map((value) => value / 10);
const optionsOf = (words: fc.Arbitrary<string>) =>
  fc.uniqueArray(words, { minLength: 2, maxLength: 5, selector: (each) => each.trim() }).chain((texts) =>
    fc.tuple(fc.subarray(texts, { minLength: 1 }), fc.array(maybe(words), { minLength: texts.length, maxLength: texts.length })).map(([right, feedback]) => texts.map((each, index): DraftOption => ({ text: each, correct: right.includes(each), feedback: feedback[index] ?? null }))),
  );

const question = (topics: readonly string[], words: fc.Arbitrary<string>): fc.Arbitrary<DraftQuestion> =>
  fc
    .oneof(
      optionsOf(words).map((options) => ({ kind: options.filter(({ correct }) => correct).length > 1 ? ('multiple' as const) : ('single' as const), options })),
      fc.boolean().map((isTrue) => ({ kind: 'truefalse' as const, options: [{ text: 'True', correct: isTrue }, { text: 'False', correct: !isTrue }] })),
      fc.tuple(number, fc.nat(20)).map(([value, tolerance]) => ({ kind: 'numeric' as const, options: [{ text: String(value), correct: true, tolerance }] })),
      fc.uniqueArray(words, { minLength: 1, maxLength: 3, selector: (each) => each.trim() }).map((texts) => ({ kind: 'short' as const, options: texts.map((each) => ({ text: each, correct: true })) })),
    )
    .chain(({ kind, options }) =>
      fc.record({ stem: words, topic: fc.constantFrom(...topics), difficulty: maybe(fc.constantFrom(...difficulties)), explanation: maybe(words), reference: maybe(words), objective: maybe(words), flagged: maybe(words) }).map(
        ({ topic, ...rest }): DraftQuestion => ({ at, id: null, domain: null, kind, options, topic: { code: topic, title: topic }, ...rest }),
      ),
    );

const questions = (topics: readonly string[], words: fc.Arbitrary<string>) =>
  fc.tuple(fc.array(question(topics, words), { minLength: 1, maxLength: 6 }), fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,8}[A-Za-z0-9]$/), { minLength: 6, maxLength: 6 })).map(([all, ids]) => all.map((each, index) => ({ ...each, id: ids[index] ?? null })));

const domains = (titles: fc.Arbitrary<string>): fc.Arbitrary<PackDomain[]> =>
  codes(3, 6).chain((all) =>
    fc.tuple(fc.array(titles, { minLength: 6, maxLength: 6 }), fc.array(maybe(fc.integer({ min: 0, max: 100 })), { minLength: 3, maxLength: 3 })).map(([names, weights]) => {
      const parts = [all.slice(0, 1), all.slice(1, 2), all.slice(2)];
      return parts.map((topics, index) => ({ code: `d${String(index)}`, title: names[index] ?? '', weight: weights[index] ?? null, topics: topics.map((topic, place) => ({ code: topic, title: names[place + 1] ?? '' })) }));
    }),
  );

const title = text.map((words) => words.trim().replace(/\s+/g, ' '));
const whole: fc.Arbitrary<Draft> = domains(title).chain((all) => {
  const topics = all.flatMap((domain) => domain.topics.map((topic) => topic.code));
  return questions(topics, lines).chain((asked) =>
    fc.record({
      code,
      title,
      description: lines,
      version: maybe(title),
      author: maybe(title),
      licence: maybe(title),
      notice: maybe(lines),
      language: fc.constantFrom('en', 'de'),
      exam: fc.record({ questions: maybe(fc.integer({ min: 10, max: 100 })), minutes: maybe(fc.integer({ min: 1, max: 300 })), passMark: maybe(fc.integer({ min: 1, max: 100 }).map((share) => share / 100)), passUnit: fc.constant('share' as const), draw: fc.constantFrom('weights' as const, 'one_per_topic' as const) }),
      domains: fc.constant(all),
      modules: codes(0, 3).chain((names) =>
        fc.array(fc.record({ title, summary: lines, sections: fc.array(fc.record({ title, topic: maybe(fc.constantFrom(...topics)), minutes: maybe(fc.integer({ min: 1, max: 30 })), body: lines, check: fc.subarray(asked.map(({ id }) => id ?? '')) }), { maxLength: 3 }) }), { minLength: names.length, maxLength: names.length }).map((modules) =>
          modules.map((module, index) => ({
            at,
            code: names[index] ?? '',
            ...module,
            requires: index === 0 ? [] : [names[index - 1] ?? ''],
            sections: module.sections.map((section, place) => ({ at, code: `${String(index)}-${String(place)}`, ...section })),
          })),
        ),
      ),
      questions: fc.constant(asked),
      flashcards: fc.array(fc.record({ front: lines, back: lines, topic: maybe(fc.constantFrom(...topics)) }), { maxLength: 3 }).map((cards) => cards.map(({ topic, ...card }, index) => ({ at, id: `f${String(index)}`, domain: null, topic: topic === null ? null : { code: topic, title: topic }, ...card }))),
      labs: fc.array(fc.record({ title, topic: maybe(fc.constantFrom(...topics)), intro: lines, prompt: title, steps: fc.array(fc.record({ task: title, accept: fc.array(title.filter((words) => !words.startsWith('/')), { minLength: 1, maxLength: 2 }), output: lines, hint: maybe(lines) }), { minLength: 1, maxLength: 2 }), answers: fc.array(fc.record({ input: title, output: lines }), { maxLength: 2 }) }), { maxLength: 2 }).map((labs) => labs.map((lab, index) => ({ at, code: `l${String(index)}`, ...lab }))),
      problems: fc.constant([]),
      rejected: fc.constant(0),
      unsupported: fc.constant({}),
    }),
  );
});

describe('what is written', () => {
  it('in our own format is read as exactly what it was', () => {
    fc.assert(
      fc.property(whole, (draft) => {
        const pack = checked(draft);
        const files = new Map([...packTexts(pack)].map(([name, content]) => [name, Buffer.from(content, 'utf8')]));
        const again = readOwnFormat(files);
        expect(again.problems.filter(({ severity }) => severity !== 'warning')).toEqual([]);
        expect(checked(again)).toEqual(pack);
      }),
      { numRuns: 40 },
    );
  });

  /** The questions of a pack that has nothing else. */
  const asked = (words: fc.Arbitrary<string>) => questions(['T1A', 'T1B', 'T2A'], words).map((all) => checked({ code: 'x', title: 'x', description: '', version: null, author: null, licence: null, notice: null, language: 'en', exam: null, modules: [], flashcards: [], labs: [], problems: [], rejected: 0, unsupported: {}, questions: all, domains: [{ code: 'T1', title: 'T1', weight: null, topics: [{ code: 'T1A', title: 'T1A' }, { code: 'T1B', title: 'T1B' }] }, { code: 'T2', title: 'T2', weight: null, topics: [{ code: 'T2A', title: 'T2A' }] }] }));
  const plain = (question: PackQuestion): PackQuestion => ({ ...question, options: question.options.map((option) => ({ ...option, tolerance: question.kind === 'numeric' ? option.tolerance : null })) });

  it('in GIFT is read as the questions that it was', () => {
    const oneLine = (words: string | null): string | null => (words === null ? null : words.replace(/\s+/g, ' ').trim());
    fc.assert(
      fc.property(asked(lines), (pack) => {
        const again = checked(readGift(giftOf(pack), 'x.gift'));
        expect(again.questions.map(plain)).toEqual(pack.questions.map((question) => plain({ ...question, reference: oneLine(question.reference), objective: oneLine(question.objective), flagged: oneLine(question.flagged) })));
      }),
      { numRuns: 40 },
    );
  });

  it('as a table is read as the questions that it was, without remarks on answers', async () => {
    const folder = temporaryFolder();
    // Several texts that may be typed stand apart by a bar, so a bar is no part of them; an apostrophe guards what looks like a formula.
    const words = lines.filter((each) => !each.includes('|') && !each.startsWith("'"));
    await fc.assert(
      fc.asyncProperty(asked(words), async (pack) => {
        const path = join(folder, 'x.csv');
        await writePackFile({ path, format: 'csv', pack }, noCheckpoint);
        const { draft } = await openPack({ path, name: 'x.csv', maximumBytes: 1e9 }, noCheckpoint);
        expect(checked(draft).questions).toEqual(pack.questions.map((question) => ({ ...question, options: question.options.map((option) => ({ ...option, feedback: null })) })));
      }),
      { numRuns: 40 },
    );
  });
});

describe('whatever a file holds', () => {
  it('it is read or refused, never the end of the program', async () => {
    const folder = temporaryFolder();
    const scraps = fc.constantFrom('{', '}', '=', '~', '::', '\n\n', '#', '$CATEGORY:', 'ANSWER: A', 'A. x', '<quiz>', '<question type="multichoice">', '</question>', '<assessmentItem>', 'Question,A,B,Correct\n', '"', ',', '\u0000', '%50%', '->', '\\');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(scraps, text), { maxLength: 30 }), fc.constantFrom('x.csv', 'x.txt', 'x.xml', 'x.gift'), async (parts, name) => {
        const path = join(folder, name);
        writeFileSync(path, parts.join(''));
        try {
          checked((await openPack({ path, name, maximumBytes: 1e9 }, noCheckpoint)).draft);
        } catch (error) {
          expect(error).toMatchObject({ name: 'Refusal' });
        }
      }),
      { numRuns: 40 },
    );
  });
});
