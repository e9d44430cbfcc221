import { DateTime } from 'luxon';
import type { z } from 'zod';
import type { historyInput, ScoreHistory, ScoreVersionView } from '#contract/admissions/history';
import { Refusal } from '#contract/errors';
import { causesOfChange, type ExplainedScore } from '#domain/admissions/triage/causes';
import { defaultTriageConfiguration, defaultWeights, factors, type TriageConfiguration } from '#domain/admissions/triage/configuration';
import { factorDifferences } from '#domain/admissions/triage/differences';
import { emptyBaseline } from '#domain/admissions/triage/facts';
import { factsOfInputs } from '#domain/admissions/triage/kept';
import { bandOf, type TriageSetting } from '#domain/admissions/triage/score';
import { phrase } from '#domain/kernel/phrase';
import { round } from '#domain/kernel/stats';
import type { CallContext } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say } from '#main/app/phrases';
import { findNamed } from '#main/store/admissions/catalogue';
import { authorOfConfiguration, changeOfWeights, findConfiguration, findWeights } from '#main/store/admissions/configuration';
import { eventsBetween, findBaseline, type ScoreVersion, scoreVersions } from '#main/store/admissions/scores';
import { listUsers } from '#main/store/platform/users';
import { requireLead } from './leadView';
import { endOfDay } from './scoring';

type Cause = NonNullable<ScoreHistory['comparison']>['causes'][number];

/** More versions than a lead comes to in ten years of days. */
const mostVersions = 5_000;

/** Keeps what was found under a key, for versions share their weights and baselines. */
function remembering<Value>(find: (key: number) => Value): (key: number) => Value {
  const found = new Map<number, Value>();
  return (key) => {
    const known = found.get(key);
    if (known !== undefined) return known;
    const value = find(key);
    found.set(key, value);
    return value;
  };
}

/** Reads the story of one lead's score. */
function storyteller(context: CallContext, leadKey: number, timeZone: string) {
  const { store } = context;
  const names = new Map(listUsers(store, true).map(({ id, name }) => [id, name]));
  const weightsOf = remembering((key) => findWeights(store, key)?.weights ?? defaultWeights);
  const configurationOf = remembering((key) => findConfiguration<TriageConfiguration>(store, key) ?? defaultTriageConfiguration);
  const baselineOf = remembering((key) => findBaseline(store, key) ?? emptyBaseline);
  const nameOf = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? null));

  const settingOf = ({ asOf, versions }: ScoreVersion): TriageSetting => ({
    weights: weightsOf(versions.weightsKey),
    configuration: configurationOf(versions.configurationKey),
    baseline: baselineOf(versions.baselineKey),
    asOf: endOfDay(asOf, timeZone),
  });
  const explained = (version: ScoreVersion): ExplainedScore => ({
    score: version.score,
    facts: factsOfInputs(version.inputs, (name) => String(findNamed(store, 'sources', name) ?? '')),
    setting: settingOf(version),
  });

  const weightsText = ({ versions }: ScoreVersion): string => {
    const change = changeOfWeights(store, versions.weightsKey);
    const by = nameOf(change?.by ?? null);
    return by === null ? say(phrase('history.weights')) : say(phrase('history.weightsBy', { by, reason: change?.reason ?? '' }));
  };
  const configurationText = (key: number, kind: 'configuration' | 'forecast'): string => {
    const by = nameOf(authorOfConfiguration(store, key));
    return by === null ? say(phrase(`history.${kind}`)) : say(phrase(`history.${kind}By`, { by }));
  };

  /** Why one version came after another, the weightiest first. */
  const causesBetween = (before: ScoreVersion, after: ScoreVersion): Cause[] => {
    const happened = eventsBetween(store, leadKey, before.asOf, after.asOf);
    const fromFile = happened.file === null ? null : say(phrase('history.import', { file: happened.file }));
    const days = Math.round((endOfDay(after.asOf, timeZone) - endOfDay(before.asOf, timeZone)) / 86_400_000);
    const told: Readonly<Record<Cause['cause'], () => string>> = {
      ageing: () => say(phrase('history.ageing', { count: days })),
      activity: () => (happened.touchpoints > 0 ? say(phrase('history.touchpoints', { count: happened.touchpoints })) : (fromFile ?? say(phrase('history.activity')))),
      details: () => fromFile ?? say(phrase('history.details')),
      places: () => say(phrase('history.places')),
      workspace: () => say(phrase('history.workspace')),
      configuration: () => configurationText(after.versions.configurationKey, 'configuration'),
      weights: () => weightsText(after),
      forecast: () => configurationText(after.versions.forecastKey, 'forecast'),
      rest: () => say(phrase('history.rest')),
    };
    const shares: Omit<Cause, 'text'>[] = causesOfChange(explained(before), explained(after)).sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
    if (before.versions.forecastKey !== after.versions.forecastKey && before.probability !== after.probability) shares.push({ cause: 'forecast', points: 0 });
    return shares.map((share) => ({ ...share, text: told[share.cause]() }));
  };

  const view = (version: ScoreVersion, before: ScoreVersion | undefined): ScoreVersionView => ({
    number: version.number,
    at: version.asOf,
    score: version.score,
    band: bandOf(version.score, configurationOf(version.versions.configurationKey).bands),
    probability: version.probability,
    change: before === undefined ? null : round(version.score - before.score, 1),
    why: before === undefined ? [say(phrase('history.first'))] : causesBetween(before, version).map(({ text }) => text),
  });

  const partsOf = (version: ScoreVersion) => {
    const weights = weightsOf(version.versions.weightsKey);
    return {
      score: version.score,
      factors: factors.map((factor) => {
        const kept = version.factors.find((each) => each.factor === factor);
        return { factor, points: kept?.points ?? 0, maximum: weights[factor], known: kept?.known ?? false, reason: kept === undefined ? '' : say(kept.reason) };
      }),
    };
  };
  return { view, causesBetween, partsOf };
}

/** The versions of a lead's score, and two of them against each other: those that were asked for, or the last two. */
export function historyOf({ workspace }: HandlerParts, context: CallContext, input: z.output<typeof historyInput>): ScoreHistory {
  const row = requireLead(context, input.id);
  const { timeZone } = workspace.settings();
  const versions = scoreVersions(context.store, row.key, mostVersions);
  const story = storyteller(context, row.key, timeZone);
  const byNumber = new Map(versions.map((version) => [version.number, version]));
  const previous = ({ number }: ScoreVersion): ScoreVersion | undefined => byNumber.get(number - 1);

  const numbered = (number: number): ScoreVersion => {
    const found = byNumber.get(number);
    if (found === undefined) throw new Refusal('not_found', `This lead has no version ${String(number)} of its score: it has ${String(versions.length)}.`);
    return found;
  };
  /** What held at a moment; before the first score, the first. */
  const heldAt = (moment: string | number): ScoreVersion | undefined => {
    const at = typeof moment === 'number' ? moment : DateTime.fromISO(moment, { zone: timeZone }).endOf('day').toMillis();
    return versions.find(({ asOf }) => asOf <= at) ?? versions.at(-1);
  };
  const after = input.toVersion === undefined ? (input.to === undefined ? versions[0] : heldAt(input.to)) : numbered(input.toVersion);
  const before = input.fromVersion === undefined ? (input.from === undefined ? after && previous(after) : heldAt(input.from)) : numbered(input.fromVersion);
  if (before !== undefined && after !== undefined && before.number > after.number) throw new Refusal('invalid_input', 'The first of two moments must come before the second.');

  return {
    versions: versions.slice(0, input.limit).map((version) => story.view(version, previous(version))),
    total: versions.length,
    comparison:
      before === undefined || after === undefined
        ? null
        : {
            before: story.view(before, previous(before)),
            after: story.view(after, previous(after)),
            change: round(after.score - before.score, 1),
            factors: factorDifferences(story.partsOf(before), story.partsOf(after)),
            causes: story.causesBetween(before, after),
          },
  };
}
