import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { logistic } from '#domain/kernel/stats';
import { crossValidateOutcomes, type KnownOutcome } from '#domain/learning/readiness/outcomes';
import { regressionFeatureNames, regressionFeatures } from '#domain/learning/readiness/regression';
import { fitLogistic, logOddsOf, sparseRows } from '#domain/learning/regression';
import { areaUnderCurve, brierScore, calibrationError } from '#bench/learning/scores';

type Row = Readonly<Record<string, string>>;

/** The day of the yardstick. */
const yardstickDay = 60;

/** A student of one presentation, as the university knew them at some day. */
export interface Enrolment {
  readonly student: string;
  readonly passed: boolean;
  readonly numbers: Readonly<Record<string, number | null>>;
  readonly words: Readonly<Record<string, string>>;
  readonly scores: readonly { readonly score: number; readonly at: number }[];
  /** Assessments that were due by then. */
  readonly due: number;
  readonly day: number;
  /** Share of the presentation that is still to come. */
  readonly ahead: number;
}

/** Who was still registered at a day of a presentation of 2013, with what they had handed in by then. */
export function readOutcomes(folder: string, day = yardstickDay): Enrolment[] {
  const read = (name: string): Row[] => parse(readFileSync(join(folder, `oulad_2013_${name}.csv`)), { columns: true, bom: true });
  const key = (row: Row): string => `${row.code_module!} ${row.code_presentation!} ${row.id_student!}`;
  const assessments = new Map(read('assessments').map((row) => [row.id_assessment!, row]));
  const registrations = new Map(read('studentRegistration').map((row) => [key(row), row]));
  const handedIn = new Map<string, { score: number; at: number }[]>();
  for (const row of read('studentAssessment')) {
    const at = Number(row.date_submitted);
    const of = assessments.get(row.id_assessment!);
    if (of === undefined || at > day || row.is_banked !== '0') continue;
    const place = `${of.code_module!} ${of.code_presentation!} ${row.id_student!}`;
    handedIn.set(place, [...(handedIn.get(place) ?? []), { score: row.score === '' ? Number.NaN : Number(row.score), at }]);
  }
  const lengths = new Map(read('courses').map((row) => [`${row.code_module!} ${row.code_presentation!}`, Number(row.module_presentation_length)]));
  const number = (text: string | undefined): number | null => (text === undefined || text === '' ? null : Number(text));
  return read('studentInfo').flatMap((info): Enrolment[] => {
    const registration = registrations.get(key(info));
    const left = number(registration?.date_unregistration);
    if (left !== null && left <= day) return [];
    const scores = handedIn.get(key(info)) ?? [];
    const known = scores.map(({ score }) => score).filter((score) => !Number.isNaN(score));
    const due = [...assessments.values()].filter((row) => row.code_module === info.code_module && row.code_presentation === info.code_presentation && row.date !== '' && Number(row.date) <= day).length;
    return [
      {
        student: info.id_student!,
        passed: info.final_result === 'Pass' || info.final_result === 'Distinction',
        numbers: {
          num_of_prev_attempts: number(info.num_of_prev_attempts),
          studied_credits: number(info.studied_credits),
          date_registration: number(registration?.date_registration),
          n: scores.length,
          mean: known.length === 0 ? null : known.reduce((sum, score) => sum + score, 0) / known.length,
          last: scores.length === 0 ? null : Math.max(...scores.map(({ at }) => at)),
        },
        words: Object.fromEntries(['code_module', 'code_presentation', 'gender', 'region', 'highest_education', 'imd_band', 'age_band', 'disability'].map((name) => [name, info[name] === '' ? 'NA' : info[name]!])),
        scores: scores.filter(({ score }) => !Number.isNaN(score)),
        due,
        day,
        ahead: Math.max(0, 1 - day / (lengths.get(`${info.code_module!} ${info.code_presentation!}`) ?? 250)),
      },
    ];
  });
}

export interface OutcomeFigures {
  readonly model: string;
  readonly students: number;
  readonly auc: number;
  readonly brier: number;
  readonly calibrationError: number;
}

/** All that the university recorded, as the regression on a workspace's own outcomes takes it. */
export const asOutcome = ({ student, passed, numbers, words }: Enrolment, index: number): KnownOutcome => ({ exam: String(index), person: student, passed, numbers, words });

/** A whole result of two imagined middling pieces of work, so that one good or bad piece is not all that is known. */
const imagined = { pieces: 2, share: 0.7 };
/** What the university asks for to pass. */
const passMark = 0.4;

/** What a student's own work says, in the units of the readiness engine; nothing of who they are. */
export function workOf({ scores, due, numbers, day, ahead }: Enrolment): number[] {
  const shares = [...scores].sort((a, b) => a.at - b.at).map(({ score }) => score / 100);
  const mean = (some: readonly number[]): number => some.reduce((sum, share) => sum + share, 0) / Math.max(1, some.length);
  const accuracy = (shares.reduce((sum, share) => sum + share, 0) + imagined.pieces * imagined.share) / (shares.length + imagined.pieces);
  const half = Math.floor(shares.length / 2);
  const { last } = numbers;
  return regressionFeatures({
    completion: due === 0 ? 0 : Math.min(1, scores.length / due),
    margin: accuracy - passMark,
    weakest: (shares.length === 0 ? accuracy : Math.min(...shares)) - passMark,
    trend: shares.length < 2 ? 0 : mean(shares.slice(-half)) - mean(shares.slice(0, half)),
    idleDays: day - (last ?? 0),
    ahead,
  });
}

type Cell = readonly [column: number, value: number];

const workCells = (row: Enrolment): Cell[] => workOf(row).map((value, column): Cell => [column, value]);
const fitWork = (rows: readonly Enrolment[]): Float64Array => {
  const columns = regressionFeatureNames.length;
  return fitLogistic(sparseRows(columns, rows.map(workCells)), Uint8Array.from(rows, ({ passed }) => (passed ? 1 : 0)), { penalties: new Float64Array(columns).fill(1).fill(1e-6, 0, 1) });
};

/** The chance of each student by a model of work that saw none of their presentations. */
function crossValidateWork(enrolments: readonly Enrolment[], folds = 5): number[] {
  const order = new Map<string, number>();
  for (const { student } of enrolments) if (!order.has(student)) order.set(student, order.size % folds);
  const chances = new Array<number>(enrolments.length).fill(0);
  for (let fold = 0; fold < folds; fold += 1) {
    const coefficients = fitWork(enrolments.filter(({ student }) => order.get(student) !== fold));
    const rows = sparseRows(regressionFeatureNames.length, enrolments.map(workCells));
    enrolments.forEach(({ student }, index) => {
      if (order.get(student) === fold) chances[index] = logistic(logOddsOf(rows, index, coefficients));
    });
  }
  return chances;
}

function figuresOf(model: string, enrolments: readonly Enrolment[], chances: readonly number[]): OutcomeFigures {
  const labels = enrolments.map(({ passed }) => (passed ? 1 : 0));
  return { model, students: enrolments.length, auc: areaUnderCurve(chances, labels), brier: brierScore(chances, labels), calibrationError: calibrationError(chances, labels) };
}

/** Days at which the model of work is fitted: how much a result says grows as the end comes nearer. */
const days = [30, 60, 90, 120, 150, 180, 210, 240] as const;

/** Runs it on the file and says what came out; null where the file is absent. */
export function traceOutcomes(sharedFolder: string, log: (line: string) => void): OutcomeFigures[] | null {
  const folder = join(sharedFolder, 'data/outcomes');
  if (!existsSync(folder)) return null;
  const atAllDays = days.flatMap((day) => readOutcomes(folder, day));
  const coefficients = fitWork(atAllDays);
  log(regressionFeatureNames.map((name, column) => `${name}: ${coefficients[column]!.toFixed(4)}`).join('\n'));
  const yardstick = readOutcomes(folder);
  const chances = crossValidateWork(atAllDays);
  return [figuresOf('own outcomes', yardstick, crossValidateOutcomes(yardstick.map(asOutcome))), ...days.map((day) => {
    const rows = atAllDays.map((row, index) => ({ row, chance: chances[index]! })).filter(({ row }) => row.day === day);
    return figuresOf(`work at day ${String(day)}`, rows.map(({ row }) => row), rows.map(({ chance }) => chance));
  })];
}
