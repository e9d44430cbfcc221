import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assessments, type Attempt, attemptAt, attemptColumns, confidences, difficulties } from '#domain/learning/attempts';

const key = fc.integer({ min: 1, max: 2_147_483_647 });
const attempt: fc.Arbitrary<Attempt> = fc.record({
  questionKey: key,
  topicKey: key,
  domainKey: key,
  difficulty: fc.constantFrom(...difficulties, null),
  assessment: fc.constantFrom(...assessments),
  correct: fc.boolean(),
  confidence: fc.constantFrom(...confidences, null),
  milliseconds: fc.option(fc.integer({ min: 0, max: 86_400_000 })),
  at: fc.integer({ min: 0, max: 4_102_444_800_000 }),
});

it('attempts come out of columns as they went in', () => {
  fc.assert(
    fc.property(fc.array(attempt, { maxLength: 20 }), (attempts) => {
      const columns = attemptColumns(attempts);
      expect(attempts.map((_one, index) => attemptAt(columns, index))).toEqual(attempts);
    }),
  );
});
