import { DateTime } from 'luxon';
import type { EngagementKind } from '#domain/admissions/engagement/events';
import { withLeftOut } from '#domain/admissions/engagement/totals';
import { deriveAlerts } from '#domain/admissions/alerts/derive';
import { configurationProblems, defaultTriageConfiguration, defaultWeights, factors, type TriageConfiguration, type Weights } from '#domain/admissions/triage/configuration';
import { judgeLead, type JudgeSetting } from '#domain/admissions/triage/judge';
import type { Blocker } from '#domain/admissions/triage/blockers';
import type { LeadScore } from '#domain/admissions/triage/score';
import { phrase } from '#domain/kernel/phrase';
import { Refusal } from '#contract/errors';
import type { ScoredLead, triage } from '#contract/admissions/triage';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say } from '#main/app/phrases';
import { currentConfiguration, currentWeights, insertConfiguration, insertWeights, listConfigurations, listWeightsChanges } from '#main/store/admissions/configuration';
import { countedEvents } from '#main/store/admissions/engagement';
import { type QueuePage, readQueue } from '#main/store/admissions/queue';
import { rowsOfSelected } from '#main/store/admissions/leadRows';
import { readLeadState } from '#main/store/admissions/leadWrites';
import { currentBaseline, type JudgedLead } from '#main/store/admissions/scores';
import { countTouchpointsSince } from '#main/store/admissions/touchpoints';
import { listUsers } from '#main/store/platform/users';
import { factsOfDescribed } from './described';
import { historyOf } from './history';
import { filterSetting } from './leads';
import { channelsOf, publicRow, requireKeys } from './leadView';
import { previewOf } from './preview';
import { currentSetting, judgeStored, rescoreAll } from './scoring';
import type { DescribedLead } from '#contract/admissions/triage';

export function sayBlocker(blocker: Blocker) {
  return {
    type: blocker.type,
    severity: blocker.severity,
    description: say(blocker.description),
    impact: say(blocker.impact),
    actionRequired: say(blocker.actionRequired),
    points: blocker.points,
  };
}

/** The reasons of a score in words: first what is known, by its points; then what is not. */
function reasonsOf(score: LeadScore): string[] {
  return [...score.factors].sort((a, b) => Number(b.known) - Number(a.known) || b.points - a.points).map(({ reason }) => say(reason));
}

/** A judgement as programs and screens get it, its reasons in words. */
export function scored({ score, withMachines = null }: CalledJudgement, asOf: number): ScoredLead {
  return {
    leadId: score.leadId,
    score: score.score,
    band: score.band,
    action: score.action,
    confidence: score.confidence,
    reasons: reasonsOf(score),
    factors: score.factors.map((factor) => ({ ...factor, reason: say(factor.reason) })),
    blockers: score.blockers.map(sayBlocker),
    alerts: deriveAlerts(score.leadId, score.band, score.blockers).map(({ id, level, blocker, title }) => ({
      id,
      level,
      severity: blocker.severity,
      title: say(title),
      actionRequired: say(blocker.actionRequired),
    })),
    withMachines,
    asOf,
  };
}

interface CalledJudgement extends Pick<JudgedLead, 'score' | 'forecast'> {
  readonly withMachines?: ScoredLead['withMachines'];
}

/** What a stored lead's score would be if nothing of its engagement was left out; null where nothing is. */
function scoreWithMachines(counted: ReturnType<typeof countedEvents>, { key, facts }: JudgedLead, setting: JudgeSetting): ScoredLead['withMachines'] {
  const out = (counted.get(key) ?? []).filter(({ verdict }) => verdict === 'machine' || verdict === 'unsure');
  if (out.length === 0) return null;
  const of = (kind: EngagementKind): number => out.reduce((sum, each) => sum + (each.kind === kind ? each.count : 0), 0);
  const left = { opens: of('opened'), clicks: of('clicked'), lastAt: Math.max(...out.map(({ at }) => at)) };
  const { score, band } = judgeLead(withLeftOut(facts, left), setting).score;
  return { score, band, opens: left.opens, clicks: left.clicks };
}

/** Judges what a call names: leads of the store by id, and leads that it describes. */
export function judgeCalled(parts: HandlerParts, context: CallContext, input: { readonly ids?: readonly string[] | undefined; readonly leads?: readonly DescribedLead[] | undefined }, setting: JudgeSetting): CalledJudgement[] {
  const { ids = [], leads = [] } = input;
  if (ids.length + leads.length === 0) throw new Refusal('invalid_input', 'Name leads by "ids", or describe them in "leads".');
  const settings = parts.workspace.settings();
  const stored = judgeStored(context.store, context.scope, requireKeys(context, ids), setting);
  const counted = countedEvents(context.store, stored.map(({ key }) => key));
  return [
    ...stored.map((judged) => ({ ...judged, withMachines: scoreWithMachines(counted, judged, setting) })),
    ...leads.map((lead) => judgeLead(factsOfDescribed(context.store, lead, settings), setting)),
  ];
}

/** Starts a job that scores every lead anew, on behalf of whoever changed what scores depend on. */
export function startRescore(parts: HandlerParts, context: CallContext): string {
  return parts.startJob('admissions.triage.rescore', {}, context);
}

/** From here on most of a queue lacks something, and it is worth a hint. */
const mostOfQueue = 0.5;
const fewestForHint = 20;
/** Earlier versions of the rules that one can go back to. */
const listedVersions = 50;

interface ChangedRules {
  readonly weights?: { readonly [Key in keyof Weights]?: number | undefined } | undefined;
  readonly configuration?: { readonly [Key in keyof TriageConfiguration]?: TriageConfiguration[Key] | undefined } | undefined;
}

/** The rules with a change to them; refused where they make no sense together. */
function changedRules({ store }: CallContext, changed: ChangedRules): { readonly weights: Weights; readonly configuration: TriageConfiguration } {
  const weights = mergedWeights(currentWeights(store).weights, changed.weights);
  const configuration: TriageConfiguration = { ...currentConfiguration<TriageConfiguration>(store, 'triage').value, ...withoutUndefined(changed.configuration ?? {}) };
  const problems = configurationProblems(weights, configuration);
  if (problems.length > 0) throw new Refusal('invalid_input', problems.join(' '), { problems });
  return { weights, configuration };
}

export function triageHandlers(parts: HandlerParts): HandlersOf<typeof triage> {
  const { workspace, newId, now } = parts;

  const hintOf = ({ open, unreachable, undated, totalIsExact }: QueuePage): string | null => {
    if (open < fewestForHint || !totalIsExact) return null;
    if (unreachable > open * mostOfQueue) return say(phrase('hints.unreachable', { count: unreachable, open }));
    if (undated > open * mostOfQueue) return say(phrase('hints.undated', { count: undated, open }));
    return null;
  };

  return {
    'admissions.triage.score': (input, context) => {
      const at = now();
      const { setting } = currentSetting(context.store, workspace.settings(), at);
      const weights = mergedWeights(setting.weights, input.weights);
      const problems = configurationProblems(weights, setting.configuration);
      if (problems.length > 0) throw new Refusal('invalid_input', problems.join(' '), { problems });
      return { leads: judgeCalled(parts, context, input, { ...setting, weights }).map((judged) => scored(judged, at)) };
    },

    'admissions.triage.history': (input, context) => historyOf(parts, context, input),

    'admissions.triage.queue': async ({ limit, offset = 0, after, whose }, context) => {
      const { store, scope } = context;
      const at = now();
      const settings = workspace.settings();
      const actor = actorOf(context);
      const from = after === undefined ? offset : Number(after) || 0;
      const today = DateTime.fromMillis(at, { zone: settings.timeZone }).startOf('day');
      const contactedSince = settings.contactPauseDays === 0 ? at : today.minus({ days: settings.contactPauseDays - 1 }).toMillis();
      const page = await readQueue(store, scope, { whose, userKey: actor.userKey, contactedSince, limit, offset: from }, filterSetting(parts, context));
      const { setting } = currentSetting(store, settings, at);
      const judged = new Map(judgeStored(store, scope, page.keys, setting).map((each) => [each.key, each]));
      const items = rowsOfSelected(store, page.keys).flatMap((row) => {
        const found = judged.get(row.key);
        const personKey = readLeadState(store, row.key)?.personKey;
        if (found === undefined || personKey === undefined) return [];
        return [
          {
            lead: publicRow(row),
            action: found.score.action,
            reasons: reasonsOf(found.score),
            blockers: found.score.blockers.map(sayBlocker),
            channels: channelsOf(store, row, personKey, at),
          },
        ];
      });
      const next = from + page.keys.length;
      return {
        items,
        total: page.total,
        totalIsExact: page.totalIsExact,
        nextKey: next < page.total ? String(next) : null,
        resting: page.resting,
        contactedToday: countTouchpointsSince(store, actor.userKey, today.toMillis()),
        hint: hintOf(page),
      };
    },

    'admissions.triage.rescore': async (_input, context) => {
      const result = await rescoreAll({
        store: context.store,
        pool: parts.pool,
        settings: workspace.settings(),
        now: now(),
        signal: context.signal,
        checkpoint: context.checkpoint,
      });
      context.transact((_writer, notes) => {
        notes.detail('scored', result.scored);
        notes.detail('changed', result.changed);
      });
      return result;
    },

    'admissions.triage.config.get': (_input, context) => {
      const { store } = context;
      const names = new Map(listUsers(store, true).map(({ id, name }) => [id, name]));
      const named = <Change extends { readonly by: string | null }>(change: Change): Change => ({ ...change, by: change.by === null ? null : (names.get(change.by) ?? null) });
      const baseline = currentBaseline(store);
      return {
        weights: currentWeights(store).weights,
        configuration: currentConfiguration<TriageConfiguration>(store, 'triage').value,
        defaults: { weights: defaultWeights, configuration: defaultTriageConfiguration },
        history: listWeightsChanges(store, listedVersions).map(named),
        configurations: listConfigurations<TriageConfiguration>(store, 'triage', listedVersions).map(named),
        baseline: baseline === null ? null : { at: baseline.createdAt, means: baseline.value.means },
      };
    },

    'admissions.triage.config.preview': (input, context) => previewOf(parts, context, 'score', changedRules(context, input)),

    'admissions.triage.config.update': (input, context) => {
      const actor = actorOf(context);
      const { weights, configuration } = changedRules(context, input);
      context.transact((writer, notes) => {
        if (input.weights !== undefined) {
          insertWeights(writer, { id: newId(), weights, userKey: actor.userKey, reason: input.reason }, now());
          for (const factor of factors) notes.detail(factor, weights[factor]);
        }
        if (input.configuration !== undefined) {
          insertConfiguration(writer, 'triage', configuration, actor.userKey, now());
          notes.detail('configuration', Object.keys(input.configuration).join(' '));
        }
      });
      return { weights, configuration, rescoreJobId: startRescore(parts, context) };
    },
  };
}

function withoutUndefined<Value extends object>(value: Value): { [Key in keyof Value]: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as { [Key in keyof Value]: Exclude<Value[Key], undefined> };
}

function mergedWeights(current: Weights, changed: { readonly [Key in keyof Weights]?: number | undefined } = {}): Weights {
  return { ...current, ...withoutUndefined(changed) };
}
