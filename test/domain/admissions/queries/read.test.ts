import { describe, expect, it } from 'vitest';
import type { Filter } from '#contract/filter';
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
