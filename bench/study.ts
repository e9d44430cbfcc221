import { join } from 'node:path';
import { runnerImport } from 'vite';
import type { Figure } from '#bench/report';
import type * as Calibration from '#bench/study/calibration';
import type { Year, YearShape } from '#bench/study/year';
import { root } from '#scripts/prepare';

interface Years {
  readonly simulateYear: (shape: YearShape) => Year;
}

const cap = 60;
const shape = { students: 10, items: 400, days: 365, cap, newADay: 10, seed: 20_261_005 } as const;

/** A year of study under each schedule, by students whose memory follows ACT-R: told as it comes out. */
export async function benchStudy(): Promise<Figure[]> {
  const { module } = await runnerImport<Years>(join(root, 'bench', 'study', 'year.ts'), { root, logLevel: 'error', configFile: false });
  const schedules = [
    { name: 'FSRS at 90 %', scheduler: 'fsrs', retention: 0.9 },
    { name: 'FSRS at 80 %', scheduler: 'fsrs', retention: 0.8 },
    { name: '2-3-5-7', scheduler: 'fixed', retention: 0.9 },
  ] as const;
  return schedules.flatMap(({ name, scheduler, retention }): Figure[] => {
    const year = module.simulateYear({ ...shape, scheduler, retention });
    const note = `${year.meanDay.toFixed(1)} on the mean day, at most ${String(year.mostWaiting)} waited; ${(year.minutes / 60).toFixed(1)} hours a student`;
    return [
      { name: `${name}: reviews on the fullest day`, value: year.fullestDay, unit: 'cards', target: cap, note },
      { name: `${name}: recalled after a year`, value: year.recalled * 100, unit: '%', target: null, note: `of ${String(shape.items)} items; ${(year.success * 100).toFixed(1)} % of reviews were recalled` },
      { name: `${name}: recalled for an hour of study`, value: year.perHour, unit: '1/h', target: null, note: `${(year.perHour / 60).toFixed(3)} for a minute; ${String(shape.students)} students, memory by ACT-R` },
    ];
  });
}

/** Somebody who takes up ten new questions a day, and somebody who takes up three. */
const paces = [10, 3] as const;

/** What a chance of passing was worth over a year in which students of two paces learnt, kept and lost what they knew. */
export async function benchYearCalibration(): Promise<Figure[]> {
  const { module } = await runnerImport<typeof Calibration>(join(root, 'bench', 'study', 'calibration.ts'), { root, logLevel: 'error', configFile: false });
  const year = module.calibrateYear(paces.map((newADay) => ({ ...shape, newADay, scheduler: 'fsrs', retention: 0.9 })));
  const groups = year.groups.flatMap(({ told, passed, count }) => (count === 0 ? [] : [`${told.toFixed(2)}: ${passed.toFixed(2)} of ${String(count)}`])).join(', ');
  return [
    { name: 'readiness over a year: calibration error', value: year.error * 100, unit: '%', target: null, note: `${String(year.told)} chances told, ${String(year.untold)} times not enough data; ${(year.passed * 100).toFixed(0)} % passed; Brier ${year.brier.toFixed(3)}; ${(year.unseenError * 100).toFixed(1)} % while some questions had never been seen, ${(year.seenError * 100).toFixed(1)} % after; told and passed by tenths ${groups}` },
    { name: 'simulated exams over a year: calibration error', value: year.simulatedError * 100, unit: '%', target: null, note: `over the same exams; Brier ${year.simulatedBrier.toFixed(3)}` },
  ];
}
