import { calibrationDrift, type CalibrationDrift, type ColumnDrift, driftAt, driftOf } from '#domain/models/drift';
import { type Frame, selectRows } from '#domain/models/frame';
import { predictRows } from '#domain/models/judgement';
import { columnGroups } from '#domain/models/leads/plans';
import { type KeyedLeads, outcomesOf } from '#domain/models/leads/table';
import { onOneThread } from '#domain/models/parallel';
import { phrase, type Phrase } from '#domain/kernel/phrase';
import type { Settings } from '#contract/platform/settings';
import type { RowScope } from '#main/app/scope';
import type { Reader } from '#main/store/tx';
import { askLeads } from './leads';
import { columnNames, reportOf, type ServedModel } from './serving';

/** Leads that are looked at to see whether columns have moved, the newest first. */
export const leadsForHealth = 2_000;
/** What moves with the clock and the calendar whichever leads come: the newest enquiries are always of one season. */
const movesByItself: ReadonlySet<string> = new Set([...columnGroups.temporal, ...columnGroups.academicCalendar, ...columnGroups.recency]);
/** Leads below which nobody can tell whether columns have moved. */
const fewestForDrift = 100;
/** Outcomes this far from what was said, in standard deviations, are no chance. */
const deviationsToTrain = 3;

export interface ModelHealth {
  readonly drift: readonly ColumnDrift[];
  readonly calibration: CalibrationDrift | null;
  /** Why to train anew. */
  readonly retrain: readonly Phrase[];
}

/** Outcomes of leads that came after the model was trained, so that it has not seen them. */
function recentCalibration({ stored, predictor }: ServedModel, leads: KeyedLeads, all: Frame, settings: Settings): CalibrationDrift | null {
  const outcomes = outcomesOf(leads, settings.convertedStage);
  const rows = Int32Array.from(outcomes, (_, row) => row).filter((row) => outcomes[row] !== 2 && (leads.enquiredAt[row] ?? 0) > stored.createdAt);
  const { probabilities } = predictRows(predictor, selectRows(all, rows), onOneThread);
  return calibrationDrift(Uint8Array.from(rows, (row) => outcomes[row] ?? 0), probabilities);
}

/** Whether a model still fits the leads of today, and why it should be trained anew if not. */
export function modelHealth(reader: Reader, scope: RowScope, settings: Settings, served: ServedModel, now: number): ModelHealth {
  const { table, frame } = askLeads(reader, scope, settings, { most: leadsForHealth, now });
  const nameOf = columnNames(reader);
  const drift = frame.rows < fewestForDrift ? [] : driftOf(reportOf(served.stored).spreads.filter(({ bins }) => !movesByItself.has(bins.name)), frame);
  const calibration = recentCalibration(served, table, frame, settings);
  const moved = drift.filter(({ stability }) => stability >= driftAt);
  return {
    drift,
    calibration,
    retrain: [
      ...(moved.length === 0 ? [] : [phrase('models.retrain.drift', { count: moved.length, column: nameOf(moved[0]?.column ?? '') })]),
      ...(calibration !== null && Math.abs(calibration.deviations) >= deviationsToTrain
        ? [phrase('models.retrain.calibration', { said: Math.round(100 * calibration.meanProbability), happened: Math.round(100 * calibration.observedRate) })]
        : []),
    ],
  };
}

/** The same of rows whose outcomes are not known to this look: only whether they are still of the kind that the model learned from. */
export function driftHealth(served: ServedModel, frame: Frame, nameOf: (field: string) => string): ModelHealth {
  const drift = frame.rows < fewestForDrift ? [] : driftOf(reportOf(served.stored).spreads, frame);
  const moved = drift.filter(({ stability }) => stability >= driftAt);
  return { drift, calibration: null, retrain: moved.length === 0 ? [] : [phrase('models.retrain.drift', { count: moved.length, column: nameOf(moved[0]?.column ?? '') })] };
}
