import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { booleanColumn, categoryColumn, type Examples, numberColumn } from '#domain/models/frame';

// Whether a student's next answer will be right, from the answers before. One problem is written as several rows where it needs several
// skills: their answers always agree, so that history must not move between them.

interface Answers {
  readonly skills: readonly string[];
  readonly answers: readonly number[];
}

function readStudents(folder: string): Answers[] {
  const lines = readFileSync(join(folder, 'data/tracing/assist2009_updated_train.csv'), 'utf8').trim().split(/\r?\n/);
  const cells = (line: string | undefined): string[] => (line ?? '').split(',').filter((cell) => cell !== '');
  const students: Answers[] = [];
  for (let line = 0; line + 2 < lines.length; line += 3) students.push({ skills: cells(lines[line + 1]), answers: cells(lines[line + 2]).map(Number) });
  return students;
}

/** In the order in which they are written: a problem's skills come in one order, and two problems in either. */
const pairOf = (first: string, second: string): string => `${first}|${second}`;

/** Pairs of skills whose neighbouring answers agree as no two answers of their own would. */
function skillsOfOneProblem(students: readonly Answers[]): ReadonlySet<string> {
  const counts = new Map<string, { times: number; agreed: number }>();
  for (const { skills, answers } of students) {
    for (let at = 1; at < skills.length; at += 1) {
      if (skills[at] === skills[at - 1]) continue;
      const pair = pairOf(skills[at - 1]!, skills[at]!);
      const count = counts.get(pair) ?? { times: 0, agreed: 0 };
      counts.set(pair, { times: count.times + 1, agreed: count.agreed + Number(answers[at] === answers[at - 1]) });
    }
  }
  return new Set([...counts].filter(([, { times, agreed }]) => times >= 5 && agreed >= 0.95 * times).map(([pair]) => pair));
}

interface History {
  times: number;
  right: number;
  recent: number;
  last: number;
  beforeLast: number;
  at: number;
}

const fresh = (): History => ({ times: 0, right: 0, recent: 0.5, last: Number.NaN, beforeLast: Number.NaN, at: Number.NaN });

function tell(history: History, answer: number, at: number, memory: number): void {
  history.times += 1;
  history.right += answer;
  history.recent = memory * history.recent + (1 - memory) * answer;
  history.beforeLast = history.last;
  history.last = answer;
  history.at = at;
}

const names = ['times', 'rate', 'recent', 'last', 'beforeLast', 'gap', 'timesOverall', 'rateOverall', 'recentOverall', 'lastOverall', 'beforeLastOverall', 'longOverall', 'skillsSeen', 'otherSkillsRate', 'run'] as const;

/** Each answer with what was known of its student before the problem. */
export function readTracing(folder: string): Examples & { readonly groups: readonly string[] } {
  const students = readStudents(folder);
  const together = skillsOfOneProblem(students);
  const columns: Record<(typeof names)[number], number[]> = Object.fromEntries(names.map((name) => [name, []])) as never;
  const skill: string[] = [];
  const sameSkill: (boolean | null)[] = [];
  const labels: number[] = [];
  const groups: string[] = [];
  students.forEach(({ skills, answers }, student) => {
    const bySkill = new Map<string, History>();
    const overall = fresh();
    let long = 0.6;
    let run = 0;
    for (let at = 0; at < skills.length; ) {
      let end = at + 1;
      while (end < skills.length && skills[end] !== skills[end - 1] && answers[end] === answers[at] && together.has(pairOf(skills[end - 1]!, skills[end]!))) end += 1;
      for (let row = at; row < end; row += 1) {
        const own = bySkill.get(skills[row]!) ?? fresh();
        const add = (values: Record<(typeof names)[number], number>): void => {
          for (const name of names) columns[name].push(values[name]);
        };
        const otherTimes = overall.times - own.times;
        add({
          times: own.times,
          rate: (own.right + 1.3) / (own.times + 2),
          recent: own.times === 0 ? Number.NaN : own.recent,
          last: own.last,
          beforeLast: own.beforeLast,
          gap: at - own.at,
          timesOverall: overall.times,
          rateOverall: (overall.right + 3.3) / (overall.times + 5),
          recentOverall: overall.recent,
          lastOverall: overall.last,
          beforeLastOverall: overall.beforeLast,
          longOverall: long,
          skillsSeen: bySkill.size,
          otherSkillsRate: (overall.right - own.right + 3.3) / (otherTimes + 5),
          run,
        });
        skill.push(skills[row]!);
        sameSkill.push(at === 0 ? null : skills[at - 1] === skills[row]);
        labels.push(answers[row]!);
        groups.push(String(student));
      }
      const answer = answers[at]!;
      for (let row = at; row < end; row += 1) {
        const own = bySkill.get(skills[row]!) ?? fresh();
        tell(own, answer, at, 0.7);
        bySkill.set(skills[row]!, own);
      }
      tell(overall, answer, at, 0.8);
      long = 0.95 * long + 0.05 * answer;
      run = answer === 1 ? Math.max(1, run + 1) : Math.min(-1, run - 1);
      at = end;
    }
  });
  return {
    frame: { rows: labels.length, columns: [...names.map((name) => numberColumn(name, columns[name])), categoryColumn('skill', skill), booleanColumn('sameSkill', sameSkill)] },
    labels: Uint8Array.from(labels),
    groups,
  };
}
