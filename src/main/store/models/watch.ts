import type { Phrase } from '#domain/kernel/phrase';
import type { CalibrationDrift, ColumnDrift } from '#domain/models/drift';
import type { Reader, Writer } from '../tx';

/** One look at a model. */
export interface ModelLook {
  readonly modelKey: number;
  readonly at: number;
  /** Columns that have moved, the furthest first. */
  readonly drift: readonly ColumnDrift[];
  readonly calibration: CalibrationDrift | null;
  /** Why to train anew; empty where there is no reason. */
  readonly retrain: readonly Phrase[];
}

interface LookRow {
  readonly model_key: number;
  readonly at: number;
  readonly drift: string;
  readonly calibration: string | null;
  readonly retrain: string;
}

function asLook({ model_key: modelKey, at, drift, calibration, retrain }: LookRow): ModelLook {
  return {
    modelKey,
    at,
    drift: JSON.parse(drift) as ModelLook['drift'],
    calibration: calibration === null ? null : (JSON.parse(calibration) as CalibrationDrift),
    retrain: JSON.parse(retrain) as ModelLook['retrain'],
  };
}

/** The looks at a model, the newest first. */
export function listLooks(reader: Reader, modelKey: number, limit: number): ModelLook[] {
  return reader.all<LookRow>('select model_key, at, drift, calibration, retrain from model_watch where model_key = ? order by key desc limit ?', modelKey, limit).map(asLook);
}

/** Looks that are kept of a model; what is older tells nothing more. */
const keptLooks = 400;

export function insertLook(writer: Writer, { modelKey, at, drift, calibration, retrain }: ModelLook): void {
  writer.run('insert into model_watch (model_key, at, drift, calibration, retrain) values (?, ?, ?, ?, ?)', modelKey, at, JSON.stringify(drift), calibration === null ? null : JSON.stringify(calibration), JSON.stringify(retrain));
  writer.run('delete from model_watch where model_key = ? and key not in (select key from model_watch where model_key = ? order by key desc limit ?)', modelKey, modelKey, keptLooks);
}
