import type { HeatmapAnswer, heatmapsEntries } from '#contract/learning/heatmaps';
import type { Attempt } from '#domain/learning/attempts';
import { isoOf, mondayOf } from '#domain/learning/calendar';
import { domainByWeek, type Heatmap, type HeatmapKind, objectiveByAssessment, topicByDifficulty } from '#domain/learning/heatmaps/heatmaps';
import type { CallContext, HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { stemsOf } from '#main/store/learning/evidence';
import { keptHeatmap } from '#main/store/learning/standing';
import { type Evidence, gather, headOf, publicId, type StandingOf } from './standing';

/** The weeks that are kept by the run of each night. */
export const keptWeeks = 8;

/** A heatmap with public names: ids of domains and topics, dates of Mondays. */
export type NamedHeatmap = Pick<HeatmapAnswer, 'columns' | 'rows'>;

function named(evidence: Evidence, kind: HeatmapKind, { columns, rows }: Heatmap): NamedHeatmap {
  const place = kind === 'domainByWeek' ? 'domain' : 'topic';
  return {
    columns: kind === 'domainByWeek' ? columns.map((day) => isoOf(Number(day))) : [...columns],
    rows: rows.map(({ id, title, cells, all }) => ({ id: kind === 'objectiveByAssessment' ? id : publicId(evidence, place, Number(id)), title, cells: [...cells], all })),
  };
}

/** Draws up a heatmap from all answers. */
export function heatmapOf(evidence: Evidence, kind: HeatmapKind, weeks: number): NamedHeatmap {
  const { attempts, outline, calendar, facts, objectiveOf } = evidence;
  switch (kind) {
    case 'domainByWeek':
      return named(evidence, kind, domainByWeek(attempts, outline, (at) => calendar.dayOf(at), facts.today, weeks));
    case 'topicByDifficulty':
      return named(evidence, kind, topicByDifficulty(attempts, outline));
    case 'objectiveByAssessment':
      return named(evidence, kind, objectiveByAssessment(attempts, outline, objectiveOf));
  }
}

/** Which answers stand behind a cell. */
function behind(evidence: Evidence, kind: HeatmapKind, row: string, column: string): readonly Attempt[] {
  const { attempts, calendar, objectiveOf } = evidence;
  const rowIs = ({ domainKey, topicKey, questionKey }: Attempt): boolean => {
    if (kind === 'domainByWeek') return evidence.outline.ids.get(`domain ${String(domainKey)}`) === row;
    if (kind === 'topicByDifficulty') return evidence.outline.ids.get(`topic ${String(topicKey)}`) === row;
    const objective = objectiveOf(questionKey);
    return (objective === null ? `topic ${String(topicKey)}` : `objective ${objective}`) === row;
  };
  const columnIs = ({ at, difficulty, assessment }: Attempt): boolean => {
    if (kind === 'domainByWeek') return isoOf(mondayOf(calendar.dayOf(at))) === column;
    return (kind === 'topicByDifficulty' ? (difficulty ?? 'unknown') : assessment) === column;
  };
  return attempts.filter((attempt) => rowIs(attempt) && columnIs(attempt));
}

const mostQuestions = 50;

export function heatmapsHandlers({ workspace }: HandlerParts): HandlersOf<typeof heatmapsEntries> {
  const answer = (context: CallContext, input: StandingOf, kind: HeatmapKind, weeks: number): HeatmapAnswer => {
    const evidence = gather(context, input, workspace.settings().timeZone);
    const { student, course, facts, attempts } = evidence;
    const kept = kind === 'domainByWeek' && weeks !== keptWeeks ? null : (keptHeatmap(context.store, student, course.key, kind, facts.today, attempts.length) as NamedHeatmap | null);
    return { ...headOf(evidence, context), kind, ...(kept ?? heatmapOf(evidence, kind, weeks)) };
  };
  return {
    'learning.heatmaps.domainByWeek': ({ weeks, ...of }, context) => answer(context, of, 'domainByWeek', weeks),
    'learning.heatmaps.topicByDifficulty': (of, context) => answer(context, of, 'topicByDifficulty', keptWeeks),
    'learning.heatmaps.objectiveByAssessment': (of, context) => answer(context, of, 'objectiveByAssessment', keptWeeks),

    'learning.heatmaps.cell': ({ kind, row, column, weeks: _weeks, ...of }, context) => {
      const some = behind(gather(context, of, workspace.settings().timeZone), kind, row, column);
      const questions = new Map<number, { answers: number; correct: number; last: Attempt }>();
      for (const attempt of some) {
        const { answers, correct } = questions.get(attempt.questionKey) ?? { answers: 0, correct: 0 };
        questions.set(attempt.questionKey, { answers: answers + 1, correct: correct + (attempt.correct ? 1 : 0), last: attempt });
      }
      const worst = [...questions].sort(([, a], [, b]) => b.answers - b.correct - (a.answers - a.correct) || b.last.at - a.last.at).slice(0, mostQuestions);
      const stems = stemsOf(context.store, worst.map(([key]) => key));
      return {
        answers: some.length,
        correct: some.filter(({ correct }) => correct).length,
        questions: worst.flatMap(([key, { answers, correct, last }]) => {
          const question = stems.get(key);
          return question === undefined ? [] : [{ ...question, answers, correct, lastCorrect: last.correct, lastAt: last.at }];
        }),
      };
    },
  };
}
