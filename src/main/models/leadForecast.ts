import { sourceRate, workspaceRate } from '#domain/admissions/sources/rates';
import { normaliseEmail, normalisePhone } from '#domain/admissions/leads/normalise';
import { packReach } from '#domain/admissions/leads/reach';
import { type Signal, signals } from '#domain/admissions/leads/signals';
import { stages } from '#domain/admissions/leads/stages';
import type { LeadFacts } from '#domain/admissions/triage/facts';
import { judgeLead } from '#domain/admissions/triage/judge';
import { civilClock } from '#domain/kernel/civil';
import { millisecondsPerDay } from '#domain/kernel/clock';
import { phrase } from '#domain/kernel/phrase';
import { round } from '#domain/kernel/stats';
import { type Frame, isMissing } from '#domain/models/frame';
import { fewestOfEachOutcome } from '#domain/models/gate';
import { predictRows } from '#domain/models/judgement';
import { remainingDays, seasonalFactors, shareWithin } from '#domain/models/leads/history';
import { leadFrame, type LeadTable } from '#domain/models/leads/table';
import { onOneThread } from '#domain/models/parallel';
import { contributionsOf } from '#domain/models/shap';
import type { TrainingReport } from '#domain/models/training';
import { Refusal } from '#contract/errors';
import type { modelForecast } from '#contract/admissions/modelForecast';
import type { DescribedLead } from '#contract/admissions/triage';
import type { Settings } from '#contract/platform/settings';
import { factsOfDescribed } from '#main/admissions/described';
import { currentSetting, judgeStored } from '#main/admissions/scoring';
import type { CallContext, HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say, words } from '#main/app/phrases';
import { outcomeCounts } from '#main/store/models/leadTable';
import { plainName, plainValue, valueOf } from './analysis';
import { askLeads, leadCalendar } from './leads';
import { requireKey } from './predictions';
import { columnNames, reportOf, type Serving } from './serving';

const target = 'lead.conversion';
/** What moves a lead most is told of so many columns. */
const toldDrivers = 5;
const toldImportance = 12;
/** Half the width of an 80 % interval of a normal distribution, in standard deviations. */
const deviationsOfInterval = 1.2816;
/** A cohort is high or low from so far above or below the rate of all. */
const tierStep = 0.25;

/** What is asked about: the lead as a model sees it, and as the rules do. */
interface Asked {
  readonly frame: Frame;
  readonly facts: LeadFacts;
  readonly ageDays: number;
}

/** A lead that the caller describes, as a row like those of the store. */
function describedTable(facts: LeadFacts, lead: Partial<DescribedLead>, settings: Settings, now: number): LeadTable {
  const one = (text: string | null): (string | null)[] => [text];
  return {
    ids: [facts.leadId],
    stages: Uint8Array.of(stages.indexOf(facts.stage)),
    converted: Float64Array.of(Number.NaN),
    texts: { source: one(facts.source?.name ?? null), course: one(facts.course?.name ?? null), campus: one(null), country: one(null), city: one(null), lastActivity: one(null) },
    reach: Uint8Array.of(packReach(facts)),
    emails: one(lead.email === undefined || lead.email === null ? null : normaliseEmail(lead.email)),
    phones: one(lead.phone === undefined || lead.phone === null ? null : normalisePhone(lead.phone, settings.defaultCountry)),
    enquiredAt: Float64Array.of(now),
    rules: Float64Array.of(Number.NaN),
    attributes: [],
    signals: Object.fromEntries(signals.map((signal) => [signal, Float64Array.of(facts.signals[signal] ?? Number.NaN)])) as Record<Signal, Float64Array>,
    brought: Uint8Array.of(255),
    activities: { rows: new Int32Array(0), at: new Float64Array(0), kinds: new Uint8Array(0) },
    moments: { at: Float64Array.of(now), open: Uint8Array.of(0), outcomeAt: Float64Array.of(Number.NaN) },
  };
}

/** Shares of what the model leans on; what chance explains is none. */
function importanceShares({ importance }: TrainingReport): Map<string, number> {
  const leaned = importance.filter(({ logLossRise, deviation }) => logLossRise > deviation && logLossRise > 0);
  const all = leaned.reduce((sum, { logLossRise }) => sum + logLossRise, 0);
  return new Map(leaned.map(({ column, logLossRise }) => [column, logLossRise / all]));
}

/** How much of what the model leans on is known of a row. */
function completeness(shares: ReadonlyMap<string, number>, frame: Frame): number {
  const byName = new Map(frame.columns.map((column) => [column.name, column]));
  let known = 0;
  for (const [name, share] of shares) {
    const column = byName.get(name);
    if (column !== undefined && !isMissing(column, 0)) known += share;
  }
  return shares.size === 0 ? 0 : Math.min(1, known);
}

interface Driver {
  readonly field: string;
  readonly column: string;
  readonly value: string | number | boolean | null;
  readonly contribution: number;
}

/** Columns that only together say when in the year an enquiry came. */
const seasonal = new Set(['yearSine', 'yearCosine', 'monthSine', 'monthCosine']);

/** What moves a lead, as people say it: totals as they are counted, the season as one; the strongest first. */
function plainDrivers(drivers: readonly Driver[]): Driver[] {
  const season = drivers.filter(({ field }) => seasonal.has(field)).reduce((sum, { contribution }) => sum + contribution, 0);
  return [
    ...drivers.filter(({ field }) => !seasonal.has(field)),
    { field: 'season', column: words('models.season'), value: null, contribution: season },
  ]
    .filter(({ contribution }) => contribution !== 0)
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
}

export function leadForecastHandlers({ workspace, now }: HandlerParts, serving: Serving): HandlersOf<typeof modelForecast> {
  const ask = (context: CallContext, leadId: string | undefined, leadFeatures: Partial<DescribedLead> | undefined, at: number): Asked => {
    const settings = workspace.settings();
    if (leadFeatures !== undefined) {
      const facts = factsOfDescribed(context.store, { ...leadFeatures, id: leadId ?? leadFeatures.id ?? 'described' }, settings);
      return { facts, ageDays: 0, frame: leadFrame(describedTable(facts, leadFeatures, settings, at), leadCalendar(context.store, settings)).frame };
    }
    const key = requireKey(context, leadId ?? '');
    const { setting } = currentSetting(context.store, settings, at);
    const judged = judgeStored(context.store, context.scope, [key], setting)[0];
    if (judged === undefined) throw new Refusal('not_found', 'That lead does not exist any more.');
    const { table, frame } = askLeads(context.store, context.scope, settings, { keys: [key], now: at });
    const [began = Number.NaN] = table.enquiredAt;
    return { facts: judged.facts, frame, ageDays: Number.isFinite(began) ? Math.max(0, (at - began) / millisecondsPerDay) : 0 };
  };

  const cohortOf = (context: CallContext, { source }: LeadFacts, at: number) => {
    const { setting } = currentSetting(context.store, workspace.settings(), at);
    const { baseline, configuration } = setting;
    const own = source === null ? undefined : baseline.sources[source.key];
    const overall = workspaceRate(baseline.outcomes, configuration.source);
    const counted = own ?? (source === null ? baseline.outcomes : { converted: 0, known: 0 });
    if (counted.known === 0) return null;
    const rate = own === undefined ? overall : sourceRate(own, baseline.outcomes, configuration.source);
    const relative = overall === 0 ? 1 : rate / overall;
    return {
      source: source?.name ?? null,
      cohortSize: counted.known,
      similarLeadsConversionRate: round(rate, 3),
      overallConversionRate: round(overall, 3),
      performanceTier: relative >= 1 + tierStep ? ('high' as const) : relative <= 1 - tierStep ? ('low' as const) : ('medium' as const),
    };
  };

  /** Why no model serves, and what is missing for one. */
  const whyNone = (context: CallContext): string => {
    const counts = outcomeCounts(context.store, context.scope, workspace.settings().convertedStage);
    const { positives, negatives } = counts;
    if (positives < fewestOfEachOutcome || negatives < fewestOfEachOutcome) return say(phrase('models.none.tooFew', { needed: fewestOfEachOutcome, positives, negatives }));
    return say(phrase('models.none.untrained', { positives, negatives }));
  };

  return {
    'admissions.forecast.model': ({ leadId, leadFeatures, includeConfidenceIntervals, includeCohortAnalysis, forecastHorizonDays, modelId }, context) => {
      if (leadId === undefined && leadFeatures === undefined) throw new Refusal('invalid_input', 'Name a lead by leadId, or describe one in leadFeatures.');
      const at = now();
      const settings = workspace.settings();
      const asked = ask(context, leadId, leadFeatures, at);
      const common = {
        leadId: leadId ?? leadFeatures?.id ?? null,
        cohortPerformance: includeCohortAnalysis ? cohortOf(context, asked.facts, at) : null,
        generatedAt: at,
      };
      const { served, broken } = modelId === undefined ? serving.active(context.store, target) : { served: serving.model(context.store, modelId, target), broken: null };
      if (served === null) {
        const notice = broken === null ? whyNone(context) : say(phrase('models.none.broken'));
        return { ...common, state: 'no_model' as const, notice, modelId: null, modelType: null, version: null, conversionProbability: null, confidenceInterval: null, etaDays: null, etaBasis: null, horizon: { days: forecastHorizonDays, probability: null }, featureImportance: {}, drivers: [], modelConfidence: null, seasonalFactors: null };
      }
      const { stored, predictor } = served;
      const report = reportOf(stored);
      const said = predictRows(predictor, asked.frame, onOneThread);
      const [probability = 0, lower = 0, upper = 0] = [said.probabilities[0], said.lower[0], said.upper[0]];
      const { setting } = currentSetting(context.store, settings, at);
      const byRules = judgeLead(asked.facts, setting).forecast.etaDays;
      const history = report.history ?? null;
      const byHistory = history === null ? null : remainingDays(history, asked.ageDays);
      const tells = probability >= setting.forecast.minProbabilityForEta;
      const within = history === null ? null : shareWithin(history, asked.ageDays, forecastHorizonDays);
      const shares = importanceShares(report);
      const season = history === null ? null : seasonalFactors(history, civilClock(settings.timeZone)(at).month);
      const nameOf = columnNames(context.store);
      const { columns, values } = contributionsOf(predictor.model, asked.frame);
      const byName = new Map(asked.frame.columns.map((column) => [column.name, column]));
      return {
        ...common,
        state: 'model' as const,
        notice: broken === null ? null : say(phrase('models.none.fallback')),
        modelId: stored.id,
        modelType: stored.type,
        version: stored.version,
        conversionProbability: probability,
        confidenceInterval: includeConfidenceIntervals ? { lower, upper, standardError: round((upper - lower) / (2 * deviationsOfInterval), 4) } : null,
        etaDays: tells ? (byHistory ?? byRules) : null,
        etaBasis: !tells ? null : byHistory !== null ? ('history' as const) : byRules !== null ? ('rules' as const) : null,
        horizon: { days: forecastHorizonDays, probability: within === null ? null : round(probability * within, 4) },
        featureImportance: Object.fromEntries([...shares].slice(0, toldImportance).map(([field, share]) => [field, round(share, 4)])),
        drivers: plainDrivers(columns.map((field, index) => ({ field, column: plainName(field, nameOf), value: plainValue(field, valueOf(byName.get(field), 0)), contribution: values[index] ?? 0 }))).slice(0, toldDrivers),
        modelConfidence: report.metrics.rocAuc === null ? null : round(completeness(shares, asked.frame) * report.metrics.rocAuc, 3),
        seasonalFactors: season === null ? null : { ...season, seasonalAdjustment: season.currentMonthFactor },
      };
    },
  };
}
