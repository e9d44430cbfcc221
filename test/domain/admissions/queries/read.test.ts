import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Filter, filter as filterSchema } from '#contract/filter';
import type { Asked } from '#domain/admissions/queries/reading';
import { sureFrom } from '#domain/admissions/queries/reading';
import { readQuestion } from '#domain/admissions/queries/read';
import { questionSetting } from '#test/support/questionSetting';
import { freshQuestions } from '#test/support/freshQuestions';
import { type Question, questions } from '#test/support/questions';

/** A filter in one form: parts in a fixed order, nothing nested that need not be. */
function plain(filter: Filter | null): unknown {
  if (filter === null) return null;
  if ('all' in filter || 'any' in filter) {
    const [word, parts] = 'all' in filter ? (['all', filter.all] as const) : (['any', filter.any] as const);
    return { [word]: parts.map(plain).map((part) => JSON.stringify(part)).sort() };
  }
  if ('not' in filter) return { not: plain(filter.not) };
  const { field, ...rest } = 'in' in filter ? { ...filter, in: [...filter.in].sort() } : filter;
  return { field, ...rest };
}

function meant(question: Question): object {
  return { filter: plain(question.filter ?? null), sort: question.sort ?? null, limit: question.limit ?? null, by: question.by ?? null, figure: question.figure ?? null };
}

function read(question: Question) {
  const before: Asked | null = question.after === undefined ? null : readQuestion(question.after, questionSetting);
  const reading = readQuestion(question.ask, questionSetting, before);
  return { reading, said: { filter: plain(reading.filter as Filter | null), sort: reading.sort === null ? null : [reading.sort.field, reading.sort.direction], limit: reading.limit, by: reading.by, figure: reading.figure } };
}

describe('any text at all', () => {
  const words = [...new Set([...questions, ...freshQuestions].flatMap(({ ask }) => ask.split(' '))), 'constructor', '__proto__', 'toString', '99/99/9999', '31 February', '0', '-', '("', '>=', 'top 0', 'first 1.5', 'top 99999999', 'last 0 days', 'older than 99999 years', 'in the last 4,999 years'];
  const asked = fc.oneof(fc.string({ maxLength: 80 }), fc.array(fc.constantFrom(...words), { maxLength: 14 }).map((some) => some.join(' ')));

  it('is read without an error, as a filter that the contract takes, alone and after another', () => {
    fc.assert(
      fc.property(asked, asked, (first, second) => {
        const before = readQuestion(first, questionSetting);
        const after = readQuestion(second, questionSetting, before);
        for (const { filter: read, confidence, understood, limit } of [before, after]) {
          if (read !== null) expect(filterSchema.safeParse(read).success, `${first} / ${second}`).toBe(true);
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
          if (!understood) expect(confidence).toBe(0);
          expect(limit === null || (limit > 0 && limit <= 100_000)).toBe(true);
        }
      }),
      { numRuns: 250 },
    );
  });

  it('with numbers that no list and no calendar has leaves them out', () => {
    expect(readQuestion('top 0 leads', questionSetting)).toMatchObject({ limit: null, unused: ['0'] });
    expect(readQuestion('top 99999999 leads', questionSetting).limit).toBeNull();
    for (const ask of ['leads from the last 0 days', 'leads older than 99999 years', 'leads in the last 4,999 years', 'leads older than 4,999 years']) {
      const { filter: read } = readQuestion(ask, questionSetting);
      expect(read === null || filterSchema.safeParse(read).success, ask).toBe(true);
    }
  });

  it('of a thousand letters takes a moment', () => {
    const long = questions.map(({ ask }) => ask).join(' ').slice(0, 1_000);
    expect(readQuestion(long, questionSetting).confidence).toBeLessThanOrEqual(1);
  });
});

describe('the questions of the fixture', () => {
  it('are many, and each is put once', () => {
    const keys = questions.map(({ ask, after }) => `${after ?? ''} ${ask}`);
    expect(questions.length).toBeGreaterThanOrEqual(150);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([
    ['those that it was made with', questions, 0.99],
    ['those that were written later', freshQuestions, 0.95],
  ])('are read exactly as they are meant: %s', (what, some, least) => {
    const judged = some.map((question) => {
      const { reading, said } = read(question);
      const sure = reading.confidence >= sureFrom;
      const right = question.unsure === true && question.filter === undefined && question.by === undefined ? !sure : JSON.stringify(said) === JSON.stringify(meant(question)) && (question.unsure !== true || !sure);
      return { question, right, reading, said };
    });
    const wrong = judged.filter(({ right }) => !right);
    console.log(`${what}: ${String(judged.length - wrong.length)} of ${String(judged.length)} questions read exactly as meant (${((100 * (judged.length - wrong.length)) / judged.length).toFixed(1)} %)`);
    for (const { question, said, reading } of wrong) console.log(`- ${question.after === undefined ? '' : `(${question.after}) `}${question.ask} [${String(reading.confidence)}]\n    meant ${JSON.stringify(meant(question))}\n    read  ${JSON.stringify(said)} unused ${reading.unused.join(' ')}`);
    expect((judged.length - wrong.length) / judged.length).toBeGreaterThanOrEqual(least);
  });
});
