import fc from 'fast-check';
import { v7 } from 'uuid';
import { z } from 'zod';
import { leadFields } from '#contract/admissions/leadFields';
import { conditionOperators, durationUnits } from '#contract/filter';

const strange = [
  '', ' ', '\u0000', '\uD800', '𝕏'.repeat(300), 'x'.repeat(5_000), '%_\\\'";--', '__proto__', '{{7*7}}', '../../etc/passwd', '1e999',
  -1, 0, 1, 0.5, -0, 1e308, Number.MAX_SAFE_INTEGER, 8.64e15 + 1, null, true, [], {}, [[]], 'enquiry', 'name', 'ascending', 'GB', 'Mars/Olympus',
];

/** Values that a program might send by mistake, or somebody on purpose: ids of real rows among them. */
const anything = (ids: readonly string[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom<unknown>(...strange) },
    { weight: 3, arbitrary: fc.constantFrom(...ids, v7({ msecs: 0 })) },
    { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
    { weight: 1, arbitrary: fc.array(fc.constantFrom<unknown>(...ids, ...strange), { maxLength: 4 }) },
  );

const fields = [...leadFields.map(({ name }) => name), 'attribute.occupation', 'no such field'];
const operand = fc.oneof(
  fc.constantFrom<unknown>(...strange),
  fc.record({ amount: fc.double({ min: 0.1, max: 1e5, noNaN: true }), unit: fc.constantFrom(...durationUnits) }),
  fc.tuple(fc.constantFrom<unknown>(...strange), fc.integer()),
);
const strangeTexts = fc.constantFrom(...strange.filter((value) => typeof value === 'string'));
const numbers = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 30 }) },
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(-1, 0, 0.5, 1_790_000_000_000),
);

/** Filters that are right in shape, on fields of every type. */
const { filters } = fc.letrec((tie) => ({
  filters: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc
      .tuple(fc.constantFrom(...fields), fc.constantFrom(...conditionOperators), operand)
      .map(([field, operator, value]) => ({ field, [operator]: /^is(Not)?Empty$/.test(operator) ? true : value })),
    fc.array(tie('filters'), { maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('filters'), { maxLength: 3 }).map((any) => ({ any })),
    tie('filters').map((not) => ({ not })),
  ),
}));

/** Values of a schema, with a strange one here and there: most get through the first door and come to the handler. */
function shaped(schema: z.ZodType, ids: readonly string[], depth = 0): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return fc.option(shaped(schema.unwrap() as z.ZodType, ids, depth), { nil: undefined, freq: 1 });
  if (schema instanceof z.ZodNullable) return fc.option(shaped(schema.unwrap() as z.ZodType, ids, depth));
  if (schema instanceof z.ZodLazy) return filters;
  if (schema instanceof z.ZodPipe) return shaped(schema.out as z.ZodType, ids, depth);
  if (depth > 4) return anything(ids);
  if (schema instanceof z.ZodObject) {
    return fc.record(Object.fromEntries(Object.entries(schema.shape).map(([key, field]) => [key, shaped(field as z.ZodType, ids, depth + 1)])));
  }
  if (schema instanceof z.ZodArray) return fc.array(shaped(schema.element as z.ZodType, ids, depth + 1), { minLength: 1, maxLength: 3 });
  if (schema instanceof z.ZodUnion) return fc.oneof(...(schema.options as z.ZodType[]).map((option) => shaped(option, ids, depth + 1)));
  if (schema instanceof z.ZodEnum) return fc.constantFrom<unknown>(...schema.options);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodNumber) return numbers;
  if (schema instanceof z.ZodUUID) return fc.constantFrom(...ids, ...ids, v7({ msecs: 0 }));
  if (schema instanceof z.ZodString) {
    const usual = fc.constantFrom('zara@example.com', 'Europe/London', '2026-10-05', 'GB', ...ids);
    return fc.oneof({ weight: 3, arbitrary: fc.string({ minLength: 1 }) }, { weight: 3, arbitrary: usual }, strangeTexts);
  }
  return anything(ids);
}

/** Inputs for a schema: some of them anything at all, most of them nearly right. */
export function inputsFor(schema: z.ZodType, ids: readonly string[]): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 1, arbitrary: anything(ids) }, { weight: 4, arbitrary: shaped(schema, ids) });
}
