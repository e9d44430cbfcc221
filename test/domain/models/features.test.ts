import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { academicWeek, calendarProblems, defaultCalendar, isIn } from '#domain/admissions/calendar/calendar';
import { civilClock } from '#domain/kernel/civil';
import { signals } from '#domain/admissions/leads/signals';
import { noCheckpoint } from '#domain/kernel/checkpoint';
import { seededRng } from '#domain/kernel/rng';
import { applyFeatures, type FeaturePlan, fitFeatures, noFeatures } from '#domain/models/features';
import { categoryColumn, type Column, type Examples, type Frame, numberColumn, selectRows } from '#domain/models/frame';
import { landmarkOf, type LeadActivities, shareOf } from '#domain/models/leads/moments';
import { emailQuality, phoneQuality } from '#domain/models/leads/quality';
import { leadFrame, type LeadTable } from '#domain/models/leads/table';
import { fitModel, predictModel } from '#domain/models/model';
import { onOneThread } from '#domain/models/parallel';
import { contributionsOf } from '#domain/models/shap';

const day = 86_400_000;
const monday = Date.UTC(2026, 9, 5, 9);
const london = { timeZone: 'Europe/London', calendar: defaultCalendar };
const valuesOf = (frame: Frame, name: string): (number | string | null)[] => {
  const column = frame.columns.find((each) => each.name === name);
  if (column === undefined) return [];
  return column.kind === 'category' ? Array.from(column.codes, (code) => column.levels[code] ?? null) : [...column.values];
};

type Happened = readonly (readonly [row: number, at: number, kind: number])[];

/** Two leads: the first with an outcome that became known ten days after its moment, the second open. */
function table(happened: Happened, later: Partial<LeadTable> = {}): LeadTable {
  const sorted = [...happened].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const activities: LeadActivities = { rows: Int32Array.from(sorted, ([row]) => row), at: Float64Array.from(sorted, ([, at]) => at), kinds: Uint8Array.from(sorted, ([, , kind]) => kind) };
  const counted = (row: number, kind: number): number => happened.filter((each) => each[0] === row && each[2] === kind).length;
  // Both have four visits by their file; what was done here makes the other totals known.
  const totals = Object.fromEntries(signals.map((signal, kind) => [signal, Float64Array.from([0, 1], (row) => (signal === 'webVisits' ? 4 + counted(row, kind) : counted(row, kind) === 0 ? Number.NaN : counted(row, kind)))]));
  return {
    ids: ['a', 'b'],
    stages: Uint8Array.of(6, 1),
    converted: Float64Array.of(Number.NaN, Number.NaN),
    texts: { source: ['UCAS', 'UCAS'], course: ['Law', null], campus: [null, null], country: [null, null], city: [null, null], lastActivity: [null, null] },
    reach: Uint8Array.of(3, 1),
    emails: ['a@uni.ac.uk', 'info@firm.co.uk'],
    phones: ['+447700900123', null],
    enquiredAt: Float64Array.of(monday - 40 * day, monday - 3 * day),
    rules: Float64Array.of(0.5, 0.5),
    attributes: [],
    signals: totals as LeadTable['signals'],
    brought: Uint8Array.of(1 << signals.indexOf('webVisits'), 1 << signals.indexOf('webVisits')),
    activities,
    moments: { at: Float64Array.of(monday - 20 * day, monday), open: Uint8Array.of(1, 1), outcomeAt: Float64Array.of(monday - 10 * day, Number.NaN) },
    ...later,
  };
}

const before: Happened = [
  [0, monday - 25 * day, signals.indexOf('emailOpens')],
  [0, monday - 22 * day, signals.indexOf('emailClicks')],
  [1, monday - 2 * day, signals.indexOf('emailOpens')],
];

describe('leads as columns', () => {
  it('tell when an enquiry came by the calendar and the clock of the workspace', () => {
    const { frame } = leadFrame(table(before), london);
    // 40 days before 5 October is 26 August, in clearing and in the summer holiday, in the last week of the year that began in September.
    expect([valuesOf(frame, 'inClearing')[0], valuesOf(frame, 'inHoliday')[0], valuesOf(frame, 'inPeak')[0]]).toEqual([1, 1, 0]);
    expect(valuesOf(frame, 'academicWeek')).toEqual([51, 4]);
    // 09:00 UTC is 10:00 in British summer.
    expect(valuesOf(frame, 'hour')[0]).toBe(10);
    expect(valuesOf(frame, 'monthSine')[1]).toBeCloseTo(Math.sin((2 * Math.PI * 9) / 12), 12);
  });

  it('tell how addresses can be reached, and what was done lately', () => {
    const { frame } = leadFrame(table(before), london);
    expect(valuesOf(frame, 'emailQuality')).toEqual([1, 0.6]);
    expect(valuesOf(frame, 'phoneQuality')).toEqual([1, 0]);
    expect(valuesOf(frame, 'daysSinceActivity')).toEqual([2, 2]);
    expect(valuesOf(frame, 'activityLastWeek')).toEqual([2, 1]);
    expect(valuesOf(frame, 'clickRate')).toEqual([1, Number.NaN]);
    // Noisy-or of the first rules: opens, 1 of 10; clicks, 1 of 5; visits, 4 of 10.
    const share = (total: number, cap: number): number => Math.log1p(total) / Math.log1p(cap);
    expect(valuesOf(frame, 'engagement')[0]).toBeCloseTo(1 - (1 - 0.2 * share(1, 10)) * (1 - 0.4 * share(1, 5)) * (1 - 0.25 * share(4, 10)), 12);
    expect(['', 'mailinator.com', 'example.com'].map((domain) => emailQuality(domain === '' ? null : `x@${domain}`))).toEqual([0, 0.3, 0]);
    expect([null, '+15550123', '+447777777777', '12', '+447900184562'].map(phoneQuality)).toEqual([0, 0.3, 0.3, 0, 1]);
  });

  it('read nothing beyond the moment that they describe: whatever comes after it, the same bits', () => {
    const asIs = leadFrame(table(before), london).frame;
    const kinds = [...signals.keys(), 255];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 5_000 }), fc.constantFrom(...kinds)), { maxLength: 12 }), fc.boolean(), fc.integer({ min: 0, max: 400 }), (after, won, days) => {
        const later: Happened = after.map(([hours, kind]) => [0, monday - 20 * day + hours * 3_600_000, kind]);
        const changed = leadFrame(
          table([...before, ...later], {
            stages: Uint8Array.of(won ? 6 : 7, 1),
            rules: Float64Array.of(Math.random(), 0.5),
            moments: { at: Float64Array.of(monday - 20 * day, monday), open: Uint8Array.of(1, 1), outcomeAt: Float64Array.of(monday - 20 * day + 1 + days * day, Number.NaN) },
          }),
          london,
        ).frame;
        const row = (frame: Frame): Frame => selectRows({ rows: 2, columns: frame.columns.filter(({ name }) => asIs.columns.some((each) => each.name === name)) }, Int32Array.of(0));
        expect(row(changed)).toEqual(row(asIs));
        // A column that only later activities have filled says nothing of this lead.
        for (const column of changed.columns) if (!asIs.columns.some(({ name }) => name === column.name)) expect(valuesOf(changed, column.name)[0]).toBeNaN();
      }),
      { numRuns: 60 },
    );
  });

  it('see something of what came before: the test above can fail', () => {
    const { frame } = leadFrame(table([...before, [0, monday - 21 * day, signals.indexOf('emailOpens')]]), london);
    expect(valuesOf(frame, 'emailOpens')[0]).toBeCloseTo(Math.log1p(2), 12);
  });

  it('are described at a moment of their open life that their id always gives', () => {
    expect(landmarkOf('a', 100, 200)).toBe(landmarkOf('a', 100, 200));
    expect(landmarkOf('a', 200, 100)).toBe(200);
    const shares = Array.from({ length: 2_000 }, (_, index) => shareOf(`019a${String(index)}-7c`));
    expect(shares.reduce((sum, share) => sum + share, 0) / 2_000).toBeCloseTo(0.5, 1);
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...shares)).toBeLessThan(1);
  });
});

describe('an academic calendar', () => {
  it('knows periods that run over the turn of a year, and such as come once', () => {
    const calendar = { yearBegins: '08-15', periods: [{ kind: 'holiday', name: 'Easter', from: '04-03', until: '04-17', year: 2026 }, { kind: 'peak', name: 'Winter', from: '12-20', until: '01-04', year: null }] } as const;
    expect(isIn(calendar, 'holiday', { year: 2026, month: 4, day: 3 })).toBe(true);
    expect(isIn(calendar, 'holiday', { year: 2027, month: 4, day: 3 })).toBe(false);
    expect([[2026, 12, 19], [2026, 12, 20], [2027, 1, 4], [2027, 1, 5]].map(([year = 0, month = 0, of = 0]) => isIn(calendar, 'peak', { year, month, day: of }))).toEqual([false, true, true, false]);
    expect(academicWeek(calendar, { year: 2026, month: 8, day: 14 })).toBe(52);
    expect(academicWeek(calendar, { year: 2026, month: 8, day: 15 })).toBe(0);
  });

  it('says what it lacks', () => {
    expect(calendarProblems(defaultCalendar)).toEqual([]);
    expect(calendarProblems({ yearBegins: '02-30', periods: [{ kind: 'peak', name: ' ', from: '04-31', until: '02-29', year: null }] }).map(({ path }) => path)).toEqual(['yearBegins', 'periods.0.name', 'periods.0.from']);
  });

  it('is read by a clock that knows when summer begins', () => {
    const clock = civilClock('Europe/London');
    expect(clock(Date.UTC(2026, 2, 29, 0, 59))).toMatchObject({ hour: 0, day: 29, weekday: 6 });
    expect(clock(Date.UTC(2026, 2, 29, 1, 0))).toMatchObject({ hour: 2 });
    expect(clock(Date.UTC(2026, 6, 31, 23, 30))).toMatchObject({ month: 8, day: 1, hour: 0, dayOfYear: 212 });
  });
});

const every: FeaturePlan = { transforms: true, percentiles: true, interactions: true, polynomial: true, rates: ['city'], missing: 'impute', most: null };

function examplesOf(rows: number, seed: number): Examples {
  const random = seededRng(seed);
  const x = Float64Array.from({ length: rows }, () => 4 * random() - 2);
  const z = Float64Array.from({ length: rows }, () => random());
  const labels = Uint8Array.from(x, (value) => Number(random() < 1 / (1 + Math.exp(2 - value * value))));
  const columns: Column[] = [
    numberColumn('x', x.map((value, row) => (row % 9 === 0 ? Number.NaN : value))),
    numberColumn('z', z),
    categoryColumn('city', Array.from(labels, (label) => (random() < 0.7 ? (label === 1 ? 'Leeds' : 'York') : random() < 0.5 ? 'Hull' : null))),
  ];
  return { frame: { rows, columns }, labels };
}

describe('columns that are made of others', () => {
  it('are the same for the same row, in training and when it is asked about alone', () => {
    const examples = examplesOf(300, 3);
    const { features } = fitFeatures(examples, every, 1);
    const all = applyFeatures(features, examples.frame);
    expect(all.columns.map(({ name }) => name)).toEqual(['x', 'z', 'city', 'square.x', 'cube.x', 'rank.x', 'square.z', 'cube.z', 'rank.z', 'product.x*z', 'rate.city']);
    for (const row of [0, 7, 299]) {
      const alone = applyFeatures(features, selectRows(examples.frame, Int32Array.of(row)));
      for (const { name } of all.columns) expect(valuesOf(alone, name)[0]).toEqual(valuesOf(all, name)[row]);
    }
    const reloaded = structuredClone(features);
    expect(applyFeatures(reloaded, examples.frame)).toEqual(all);
    expect(valuesOf(all, 'x').every((value) => Number.isFinite(value))).toBe(true);
  });

  it('rank by the examples: the median is half', () => {
    const frame: Frame = { rows: 101, columns: [numberColumn('n', Array.from({ length: 101 }, (_, row) => row))] };
    const { features } = fitFeatures({ frame, labels: Uint8Array.from({ length: 101 }, (_, row) => row % 2) }, { ...noFeatures, percentiles: true }, 1);
    const asked = applyFeatures(features, { rows: 3, columns: [numberColumn('n', [-5, 50, 1e9])] });
    expect(valuesOf(asked, 'rank.n').map((value) => Number(value))).toEqual([0, expect.closeTo(0.5, 1), 1]);
  });

  it('give a level the rate of what was known before, never the row’s own outcome nor a later one', () => {
    const examples = examplesOf(200, 5);
    const at = Float64Array.from({ length: 200 }, (_, row) => row * day);
    const dated: Examples = { ...examples, moments: { describedAt: at, outcomeAt: at.map((described) => described + 5 * day) } };
    const rates = (labels: Uint8Array): (number | string | null)[] => valuesOf(fitFeatures({ ...dated, labels }, { ...noFeatures, rates: ['city'] }, 1).examples.frame, 'rate.city');
    const asIs = rates(dated.labels);
    // Row 100 knows outcomes up to that of row 95, which came to be known on the same day.
    const turned = dated.labels.map((label, row) => (row >= 96 ? 1 - label : label));
    expect(rates(turned).slice(0, 101)).toEqual(asIs.slice(0, 101));
    expect(rates(turned).slice(101)).not.toEqual(asIs.slice(101));
    expect(asIs[0]).toBe(0.5);
  });

  it('keep the best by themselves where only some may stay, chosen by the rows that teach', () => {
    const { features } = fitFeatures(examplesOf(400, 7), { ...every, most: 3 }, 1);
    expect(features.kept).toHaveLength(3);
    expect(features.kept).toEqual(expect.arrayContaining(['square.x']));
    const { examples } = fitFeatures(examplesOf(400, 7), { ...noFeatures, missing: 'drop' }, 1);
    expect(examples.frame.rows).toBeLessThan(400);
  });

  it('help a model that adds up to see a curve, and are explained as the column that they come from', () => {
    const [examples, others] = [examplesOf(600, 11), examplesOf(300, 12)];
    const model = fitModel(examples, { type: 'logistic_regression', features: { ...noFeatures, transforms: true } }, noCheckpoint, onOneThread);
    const said = predictModel(model, others.frame, onOneThread);
    const { base, columns, values } = contributionsOf(model, others.frame);
    expect(columns).toEqual(['x', 'z', 'city']);
    for (let row = 0; row < 300; row += 1) {
      const sum = columns.reduce((total, _, index) => total + values[row * columns.length + index]!, base);
      expect(1 / (1 + Math.exp(-sum))).toBeCloseTo(said[row]!, 9);
    }
    const x = valuesOf(others.frame, 'x');
    const far = said.filter((_, row) => Math.abs(Number(x[row])) > 1.7);
    const near = said.filter((_, row) => Math.abs(Number(x[row])) < 0.5);
    expect(far.reduce((sum, chance) => sum + chance, 0) / far.length).toBeGreaterThan(2 * (near.reduce((sum, chance) => sum + chance, 0) / near.length));
  });
});
