import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestBox, type Place, scaleOf, scrolledTo } from '#renderer/kit/longScroll';

const sight = 600;
const million = 1_000_000 * 40;

describe('a list that is longer than a browser draws', () => {
  const scale = scaleOf(million, sight);

  it('lies in a box that every browser draws, end on end and in order', () => {
    expect(scale.box).toBe(longestBox);
    expect(scale.boxAt(0)).toBe(0);
    expect(scale.boxAt(million - sight)).toBe(longestBox - sight);
    expect(scale.listAt(longestBox - sight)).toBe(million - sight);
    fc.assert(
      fc.property(fc.double({ min: 0, max: million - sight, noNaN: true }), fc.double({ min: 1, max: 10_000, noNaN: true }), (list, further) => {
        expect(scale.listAt(scale.boxAt(list))).toBeCloseTo(list, 3);
        expect(scale.boxAt(list + further)).toBeGreaterThan(scale.boxAt(list));
      }),
    );
  });

  it('goes row by row with the wheel and the keys, wherever one is, and leaps with the scroll bar', () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: -3 * sight, max: 3 * sight }).map((by) => ({ by })) },
      { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }).map((share) => ({ share })) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        let place: Place = { list: 0, box: 0 };
        for (const move of steps) {
          const box = Math.max(0, Math.min(scale.lastBox, 'by' in move ? place.box + move.by : move.share * scale.lastBox));
          const next = scrolledTo(scale, place, box, sight);
          if ('by' in move) expect(next.list).toBeCloseTo(Math.max(0, Math.min(scale.lastList, place.list + move.by)), 3);
          else if (Math.abs(box - place.box) > 3 * sight) expect(next.list).toBeCloseTo(scale.listAt(box), 3);
          // The box has no end where the list has none.
          if (next.box <= 1) expect(next.list).toBeLessThanOrEqual(1);
          if (next.box >= scale.lastBox - 1) expect(next.list).toBeGreaterThanOrEqual(scale.lastList - 1);
          place = next;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is reached from one end to the other by steps alone', () => {
    const small = scaleOf(40_000, sight, 10_000);
    let place: Place = { list: 0, box: 0 };
    for (let steps = 0; steps < 400; steps += 1) place = scrolledTo(small, place, Math.min(small.lastBox, place.box + 120), sight);
    expect(place).toEqual({ list: small.lastList, box: small.lastBox });
    for (let steps = 0; steps < 400; steps += 1) place = scrolledTo(small, place, Math.max(0, place.box - 120), sight);
    expect(place).toEqual({ list: 0, box: 0 });
  });
});

it('a list that a browser can draw is left as it is', () => {
  const scale = scaleOf(40_000, sight);
  expect(scale.box).toBe(40_000);
  expect(scrolledTo(scale, { list: 0, box: 0 }, 20_000, sight)).toEqual({ list: 20_000, box: 20_000 });
});
