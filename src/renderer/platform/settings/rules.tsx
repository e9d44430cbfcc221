import type { OutputOf } from '#contract/index';
import { signals } from '#domain/admissions/leads/signals';
import { fromPercent, type Limits, toPercent } from './numbers';

export type Configuration = OutputOf<'admissions.triage.config.get'>['configuration'];

interface Rule extends Limits {
  /** A share is edited as percent. */
  readonly percent?: boolean;
}

const share: Rule = { min: 0, max: 100, percent: true };
const days: Rule = { min: 0, max: 3_650 };

/** Every single number of the scoring, by its place in the configuration; `_` stands between the names. */
export const rules = {
  bands_high: { min: 0, max: 100 },
  bands_medium: { min: 0, max: 100 },
  recencyHalfLifeDays: { min: 0.1, max: 3_650 },
  minimumKnown: { min: 1, max: 1_000_000, whole: true },
  unknownMean: share,
  contact_email: share,
  contact_phone: share,
  source_prior: share,
  source_strength: { min: 0, max: 1_000_000 },
  source_unknownNamed: share,
  courseFit_open: share,
  courseFit_nearlyFull: share,
  courseFit_full: share,
  blockers_stallDays: days,
  blockers_longStallDays: days,
  blockers_nearlyFullShare: share,
  blockers_weakSourceLeads: { min: 1, max: 1_000_000, whole: true },
  blockers_weakSourceRatio: share,
} as const satisfies Readonly<Record<string, Rule>>;
export type RuleName = keyof typeof rules;

/** The numbers in the groups in which they are shown. */
export const groups = {
  bands: ['bands_high', 'bands_medium'],
  recency: ['recencyHalfLifeDays'],
  unknown: ['unknownMean', 'minimumKnown'],
  contact: ['contact_email', 'contact_phone'],
  source: ['source_prior', 'source_strength', 'source_unknownNamed'],
  courseFit: ['courseFit_open', 'courseFit_nearlyFull', 'courseFit_full'],
  blockers: ['blockers_stallDays', 'blockers_longStallDays', 'blockers_nearlyFullShare', 'blockers_weakSourceLeads', 'blockers_weakSourceRatio'],
} as const satisfies Readonly<Record<string, readonly RuleName[]>>;
export type GroupName = keyof typeof groups;
export const groupNames = Object.keys(groups) as GroupName[];
export const ruleNames = Object.keys(rules) as RuleName[];

/** What the form edits: the numbers flat, with shares as percent; signals and actions as they are. */
export interface RuleValues {
  numbers: Record<RuleName, number>;
  signals: Record<(typeof signals)[number], { weight: number; cap: number }>;
  actions: Configuration['actions'];
}

const ruleOf = (name: RuleName): Rule => rules[name];

function read(configuration: Configuration, name: RuleName): number {
  const [first = '', second] = name.split('_');
  const value = (configuration as unknown as Record<string, number | Record<string, number>>)[first];
  return (typeof value === 'object' ? value[second ?? ''] : value) ?? 0;
}

export function toValues(configuration: Configuration): RuleValues {
  return {
    numbers: Object.fromEntries(ruleNames.map((name) => [name, ruleOf(name).percent === true ? toPercent(read(configuration, name)) : read(configuration, name)])) as RuleValues['numbers'],
    signals: Object.fromEntries(signals.map((signal) => [signal, { weight: toPercent(configuration.signals[signal].weight), cap: configuration.signals[signal].cap }])) as RuleValues['signals'],
    actions: { ...configuration.actions },
  };
}

export function toConfiguration(values: RuleValues): Configuration {
  const made: Record<string, unknown> = { actions: values.actions };
  for (const name of ruleNames) {
    const value = ruleOf(name).percent === true ? fromPercent(values.numbers[name]) : values.numbers[name];
    const [first = '', second] = name.split('_');
    if (second === undefined) made[first] = value;
    else made[first] = { ...(made[first] as Record<string, number> | undefined), [second]: value };
  }
  made.signals = Object.fromEntries(signals.map((signal) => [signal, { weight: fromPercent(values.signals[signal].weight), cap: values.signals[signal].cap }]));
  return made as unknown as Configuration;
}

/** Whether every number is there: one that is being typed may not be. */
export function isComplete({ numbers, signals: engagement }: RuleValues): boolean {
  return ruleNames.every((name) => Number.isFinite(numbers[name])) && signals.every((signal) => Number.isFinite(engagement[signal].weight) && Number.isFinite(engagement[signal].cap));
}

/** Which numbers differ between two versions, and how much else does. */
export function changedRules(before: RuleValues, after: RuleValues): { readonly numbers: readonly { readonly name: RuleName; readonly from: number; readonly to: number }[]; readonly others: number } {
  const others = signals.filter((signal) => JSON.stringify(before.signals[signal]) !== JSON.stringify(after.signals[signal])).length + (JSON.stringify(before.actions) === JSON.stringify(after.actions) ? 0 : 1);
  return { numbers: ruleNames.flatMap((name) => (before.numbers[name] === after.numbers[name] ? [] : [{ name, from: before.numbers[name], to: after.numbers[name] }])), others };
}
