import { assessments, type Assessment, type Attempt, difficulties, type Difficulty } from '#domain/learning/attempts';
import type { Blueprint } from '#domain/learning/blueprint';
import { mondayOf } from '#domain/learning/calendar';

/** The three heatmaps of the specification, section 3.6. */
export const heatmapKinds = ['domainByWeek', 'topicByDifficulty', 'objectiveByAssessment'] as const;
export type HeatmapKind = (typeof heatmapKinds)[number];

/** One cell: how many answers, and how many of them right. */
export interface HeatmapCell {
  readonly answers: number;
  readonly correct: number;
  /** Right of all, 0 to 1; null where nothing was answered. */
  readonly share: number | null;
  /** 0 to 6 from red to green; null where nothing was answered. */
  readonly level: number | null;
  /** Fewer answers than a share can be read from. */
  readonly few: boolean;
}

export interface HeatmapRow {
  readonly id: string;
  readonly title: string;
  readonly cells: readonly HeatmapCell[];
  /** All cells of the row together. */
  readonly all: HeatmapCell;
}

export interface Heatmap {
  readonly columns: readonly string[];
  readonly rows: readonly HeatmapRow[];
  readonly answers: number;
}

/** The lower ends of levels 1 to 6. 70 % is where a weakness ends and 80 % is mastery, so each is the border of a colour. */
export const levelBorders = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const;
/** Below so many answers a cell says that it rests on few. */
const fewAnswers = 5;

export function heatLevel(share: number): number {
  return levelBorders.filter((border) => share >= border - 1e-9).length;
}

function cellOf(answers: number, correct: number): HeatmapCell {
  const share = answers === 0 ? null : correct / answers;
  return { answers, correct, share, level: share === null ? null : heatLevel(share), few: answers > 0 && answers < fewAnswers };
}

/** Counts attempts into rows and columns. What has no row or no column is left out. */
function tabulate(attempts: readonly Attempt[], rows: readonly { readonly id: string; readonly title: string }[], columns: readonly string[], rowOf: (attempt: Attempt) => string | undefined, columnOf: (attempt: Attempt) => number): Heatmap {
  const places = new Map(rows.map(({ id }, index) => [id, index]));
  const width = columns.length;
  const answers = new Float64Array(rows.length * width);
  const correct = new Float64Array(rows.length * width);
  for (const attempt of attempts) {
    const row = places.get(rowOf(attempt) ?? '');
    const column = columnOf(attempt);
    if (row === undefined || column < 0 || column >= width) continue;
    const at = row * width + column;
    answers[at] = (answers[at] ?? 0) + 1;
    if (attempt.correct) correct[at] = (correct[at] ?? 0) + 1;
  }
  const sum = (values: Float64Array, from: number, to: number): number => values.subarray(from, to).reduce((total, value) => total + value, 0);
  return {
    columns,
    rows: rows.map(({ id, title }, row) => ({
      id,
      title,
      cells: columns.map((_name, column) => cellOf(answers[row * width + column] ?? 0, correct[row * width + column] ?? 0)),
      all: cellOf(sum(answers, row * width, (row + 1) * width), sum(correct, row * width, (row + 1) * width)),
    })),
    answers: sum(answers, 0, answers.length),
  };
}

const titled = (code: string, title: string): string => (code === title ? title : `${code} ${title}`);

/**
 * Right answers by domain and week.
 *
 * @param dayOf the study day of an instant
 * @param today the study day of now: its week is the last column
 * @param weeks how many weeks back, this one included
 * @returns columns are the study days of Mondays, as whole numbers in words
 */
export function domainByWeek(attempts: readonly Attempt[], { domains }: Pick<Blueprint, 'domains'>, dayOf: (at: number) => number, today: number, weeks: number): Heatmap {
  const first = mondayOf(today) - 7 * (weeks - 1);
  return tabulate(
    attempts,
    domains.map(({ key, code, title }) => ({ id: String(key), title: titled(code, title) })),
    Array.from({ length: weeks }, (_none, week) => String(first + 7 * week)),
    ({ domainKey }) => String(domainKey),
    ({ at }) => Math.floor((dayOf(at) - first) / 7),
  );
}

/** Right answers by topic and by how hard the question is; questions of which that is not known have a column of their own. */
export function topicByDifficulty(attempts: readonly Attempt[], { domains }: Pick<Blueprint, 'domains'>): Heatmap {
  const columns: readonly (Difficulty | 'unknown')[] = attempts.some(({ difficulty }) => difficulty === null) ? [...difficulties, 'unknown'] : difficulties;
  return tabulate(
    attempts,
    domains.flatMap(({ topics }) => topics.map(({ key, code, title }) => ({ id: String(key), title: titled(code, title) }))),
    columns,
    ({ topicKey }) => String(topicKey),
    ({ difficulty }) => columns.indexOf(difficulty ?? 'unknown'),
  );
}

/**
 * Right answers by learning objective and kind of assessment.
 *
 * @param objectiveOf the objective of a question, by its key; null where the pack names none, and then the topic stands for it
 */
export function objectiveByAssessment(attempts: readonly Attempt[], { domains }: Pick<Blueprint, 'domains'>, objectiveOf: (questionKey: number) => string | null): Heatmap {
  const topics = new Map(domains.flatMap((domain) => domain.topics.map(({ key, code, title }) => [key, titled(code, title)] as const)));
  const used = new Map<string, string>();
  const rowOf = ({ questionKey, topicKey }: Attempt): string => {
    const objective = objectiveOf(questionKey);
    const id = objective === null ? `topic ${String(topicKey)}` : `objective ${objective}`;
    if (!used.has(id)) used.set(id, objective ?? topics.get(topicKey) ?? String(topicKey));
    return id;
  };
  for (const attempt of attempts) rowOf(attempt);
  const present = assessments.filter((assessment) => attempts.some((attempt) => attempt.assessment === assessment));
  const columns: readonly Assessment[] = present.length === 0 ? ['quiz', 'practice', 'mock'] : present;
  const rows = [...used].map(([id, title]) => ({ id, title })).sort((a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : 0));
  return tabulate(attempts, rows, columns, rowOf, ({ assessment }) => columns.indexOf(assessment));
}
