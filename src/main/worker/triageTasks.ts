import type { FactorSums } from '#domain/admissions/triage/baseline';
import type { TriageConfiguration } from '#domain/admissions/triage/configuration';
import type { Baseline } from '#domain/admissions/triage/facts';
import type { JudgeSetting } from '#domain/admissions/triage/judge';
import { type ChangedScores, judgePacked, type PackedNames, sumPacked } from '#domain/admissions/triage/packed';
import { previewPacked } from '#domain/admissions/triage/preview';

export interface SumPayload {
  readonly pack: Float64Array;
  readonly names: PackedNames;
  readonly partial: Pick<Baseline, 'signalCaps' | 'outcomes' | 'sources'>;
  readonly configuration: TriageConfiguration;
  readonly asOf: number;
}

/** The part of a baseline's means that some leads give. */
export function sumTask({ pack, names, partial, configuration, asOf }: SumPayload): FactorSums {
  return sumPacked(pack, names, partial, configuration, asOf);
}

export interface JudgePayload {
  readonly pack: Float64Array;
  readonly names: PackedNames;
  readonly setting: JudgeSetting;
}

/** The leads of a pack whose score changed. */
export function judgeTask({ pack, names, setting }: JudgePayload): ChangedScores {
  return judgePacked(pack, names, setting);
}

/** What other rules would make of the leads of a pack. */
export function previewLeadsTask({ pack, names, setting }: JudgePayload): Float64Array {
  return previewPacked(pack, names, setting);
}
