import type { z } from 'zod';
import { millisecondsPerDay } from '#domain/kernel/clock';
import { civilClock } from '#domain/kernel/civil';
import type { Examples, Frame } from '#domain/models/frame';
import { selectExamples, withoutColumns } from '#domain/models/frame';
import { type LeadHistory, leadHistory } from '#domain/models/leads/history';
import { type ColumnName, type KeyedLeads, outcomesOf } from '#domain/models/leads/table';
import { studentFrame, type StudentTarget } from '#domain/models/students/table';
import type { target } from '#contract/models/shapes';
import type { CallContext } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { words } from '#main/app/phrases';
import { newestMoments, taughtReadiness, taughtRisk, type TaughtStudents } from '#main/store/models/studentTable';
import { askLeads, figureOf, readManyLeads } from './leads';

/** Everything of a target that training, judging and watching need. */
export interface GatheredExamples {
  readonly examples: Examples;
  /** When each row began, UTC milliseconds; NaN where unknown. */
  readonly instants: Float64Array;
  /** What the rules said of each row; NaN where they say nothing of this outcome. */
  readonly rules: Float64Array;
  /** Of each row whose it is, where one person may have several. */
  readonly groups?: readonly string[];
  readonly names: readonly ColumnName[];
  readonly history?: LeadHistory;
}

/** What a model may foretell: from which rows it learns, what counts as the outcome, and what is said where rows are too few. */
export interface ModelTarget {
  readonly name: z.output<typeof target>;
  /** Whether every column was written down by Ivy before the outcome, so that none can know it and the guard has nothing to look for. */
  readonly writtenBefore: boolean;
  /** The column whose groups are compared. */
  readonly groupsBy: string;
  /** Whether models of it say a chance of each lead in lists. */
  readonly ofLeads: boolean;
  gather(parts: HandlerParts, context: CallContext, options: { readonly rowLimit: number | undefined; readonly without: ReadonlySet<string> }): Promise<GatheredExamples>;
  tooFew(counts: { readonly positives: number; readonly negatives: number }, needed: number): string;
  /** The rows of today, the newest, to see whether columns have moved; at most so many. */
  today(parts: Pick<HandlerParts, 'workspace' | 'now'>, context: Pick<CallContext, 'store' | 'scope'>, most: number): Frame;
}

/** When leads enquired and how long those that converted took. A file says neither when an outcome came to be known. */
function historyOf({ enquired, outcomeAt, open }: Readonly<Record<'enquired' | 'outcomeAt' | 'open', Float64Array>>, rows: Int32Array, labels: Uint8Array, timeZone: string): LeadHistory {
  const clock = civilClock(timeZone);
  const at = (row: number): number => enquired[row] ?? Number.NaN;
  return leadHistory(
    labels,
    Float64Array.from(rows, (row) => (Number.isFinite(at(row)) ? clock(at(row)).month : Number.NaN)),
    Float64Array.from(rows, (row) => (open[row] === 1 ? ((outcomeAt[row] ?? Number.NaN) - at(row)) / millisecondsPerDay : Number.NaN)),
  );
}

const leadConversion: ModelTarget = {
  name: 'lead.conversion',
  writtenBefore: false,
  groupsBy: 'source',
  ofLeads: true,
  async gather({ workspace, now }, context, { rowLimit, without }) {
    const settings = workspace.settings();
    const leads = await readManyLeads(context.store, context.scope, settings, { now: now(), learnUntil: settings.convertedStage }, () => { context.checkpoint(0, 100, words('models.progress.reading')); });
    const figure = (of: (table: KeyedLeads) => Float64Array): Float64Array => figureOf(leads.tables, of);
    const outcomes = Uint8Array.from(figure((table) => Float64Array.from(outcomesOf(table, settings.convertedStage))));
    const known = Int32Array.from(outcomes, (_, row) => row).filter((row) => outcomes[row] !== 2);
    const rows = rowLimit === undefined ? known : known.subarray(0, rowLimit);
    const [described, outcomeAt, enquired, rules, open] = [figure(({ moments }) => moments.at), figure(({ moments }) => moments.outcomeAt), figure(({ enquiredAt }) => enquiredAt), figure((table) => table.rules), figure(({ moments }) => Float64Array.from(moments.open))];
    const examples = selectExamples({ frame: withoutColumns(leads.frame, without), labels: outcomes.map((outcome) => (outcome === 1 ? 1 : 0)), moments: { describedAt: described, outcomeAt } }, rows);
    return {
      examples,
      instants: Float64Array.from(rows, (row) => enquired[row] ?? Number.NaN),
      rules: Float64Array.from(rows, (row) => rules[row] ?? Number.NaN),
      names: leads.names,
      history: historyOf({ enquired, outcomeAt, open }, rows, examples.labels, settings.timeZone),
    };
  },
  tooFew: ({ positives, negatives }, needed) =>
    `A model needs at least ${String(needed)} leads that converted and ${String(needed)} that did not. There are ${String(positives)} and ${String(negatives)}. Until then the rules say the chance.`,
  today: ({ workspace, now }, { store, scope }, most) => askLeads(store, scope, workspace.settings(), { most, now: now() }).frame,
};

function studentTarget(name: StudentTarget, taught: (context: CallContext, now: number) => TaughtStudents, tooFew: ModelTarget['tooFew']): ModelTarget {
  return {
    name,
    writtenBefore: true,
    groupsBy: 'student.course',
    ofLeads: false,
    gather({ now }, context, { rowLimit, without }) {
      const { moments, labels, outcomeAt } = taught(context, now());
      // The newest first, as of leads.
      const rows = moments.map((moment, row) => ({ moment, label: labels[row] === true, known: outcomeAt[row] ?? Number.NaN })).sort((a, b) => b.moment.at - a.moment.at).slice(0, rowLimit);
      const told = rows.map(({ moment }) => moment);
      const frame = withoutColumns(studentFrame(told), without);
      return Promise.resolve({
        examples: {
          frame,
          labels: Uint8Array.from(rows, ({ label }) => Number(label)),
          moments: { describedAt: Float64Array.from(told, ({ at }) => at), outcomeAt: Float64Array.from(rows, ({ known }) => known) },
        },
        instants: Float64Array.from(told, ({ at }) => at),
        rules: Float64Array.from(told, ({ chance }) => (name === 'student.readiness' && chance !== null ? chance : Number.NaN)),
        groups: told.map(({ userKey }) => String(userKey)),
        names: frame.columns.map((column) => ({ field: column.name, label: null, knownAfterContact: false })),
      });
    },
    tooFew,
    today: (_parts, { store, scope }, most) => studentFrame(newestMoments(store, scope, { courseId: null, userIds: null }).slice(0, most)),
  };
}

/** How many outcomes of students are known, for the screen that says what there is to learn from. */
export function taughtStudents(name: StudentTarget, { store, scope }: Pick<CallContext, 'store' | 'scope'>, now: number): TaughtStudents {
  return name === 'student.risk' ? taughtRisk(store, scope, now) : taughtReadiness(store, scope);
}

const targets: readonly ModelTarget[] = [
  leadConversion,
  studentTarget('student.risk', (context, now) => taughtStudents('student.risk', context, now), ({ positives, negatives }, needed) =>
    `A model of risk needs at least ${String(needed)} students who stopped or failed within four weeks and ${String(needed)} who went on. There are ${String(positives)} and ${String(negatives)}. Until then the rules say who is at risk.`),
  studentTarget('student.readiness', (context, now) => taughtStudents('student.readiness', context, now), ({ positives, negatives }, needed) =>
    `A model of readiness needs at least ${String(needed)} exams that were passed and ${String(needed)} that were failed, each with a chance that was told before. There are ${String(positives)} and ${String(negatives)}. Until then the chance of passing is that of the rules.`),
];

/** The target of a name. */
export function targetNamed(name: string): ModelTarget {
  const found = targets.find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no target ${name}.`);
  return found;
}
