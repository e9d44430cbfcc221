import { defaultForecastConfiguration, type ForecastConfiguration, type LeadForecast } from '#domain/admissions/forecast/predict';
import type { Factor } from '#domain/admissions/triage/configuration';
import type { ChangedForecast, forecast } from '#contract/admissions/forecast';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say } from '#main/app/phrases';
import { currentConfiguration, insertConfiguration, listConfigurations } from '#main/store/admissions/configuration';
import { listUsers } from '#main/store/platform/users';
import { previewOf } from './preview';
import { currentSetting } from './scoring';
import { judgeCalled, startRescore } from './triage';

/** A forecast as programs and screens get it, what helps and hurts in words. */
export function told(forecast: LeadForecast, asOf: number) {
  return {
    leadId: forecast.leadId,
    probability: forecast.probability,
    etaDays: forecast.etaDays,
    confidence: forecast.confidence,
    drivers: forecast.drivers.map(({ reason }) => say(reason)),
    risks: forecast.risks.map(({ reason }) => say(reason)),
    explanation: forecast.explanation,
    asOf,
  };
}

/** The specification's own names of the weights, with those of the factors. */
const seedNames: Readonly<Record<string, Factor>> = {
  engagementPoints: 'engagement',
  recencyPoints: 'recency',
  sourcePoints: 'source',
  contactabilityPoints: 'contactability',
  courseFitPoints: 'courseFit',
};

/** Earlier versions that one can go back to. */
const listedVersions = 50;

/** The numbers of the forecast with a change to them. */
function changedForecast({ store }: CallContext, changed: ChangedForecast): ForecastConfiguration {
  const before = currentConfiguration<ForecastConfiguration>(store, 'forecast').value;
  const weights: Record<Factor, number> = { ...before.weights };
  for (const [name, value] of Object.entries(changed.weights ?? {})) {
    weights[seedNames[name] ?? (name as Factor)] = value;
  }
  return {
    bias: changed.bias ?? before.bias,
    etaBaseDays: changed.etaBaseDays ?? before.etaBaseDays,
    etaEngagementShorteningMax: changed.etaEngagementShorteningMax ?? before.etaEngagementShorteningMax,
    minProbabilityForEta: changed.minProbabilityForEta ?? before.minProbabilityForEta,
    weights,
  };
}

export function forecastHandlers(parts: HandlerParts): HandlersOf<typeof forecast> {
  const { workspace, now } = parts;
  return {
    'admissions.forecast.predict': (input, context) => {
      const at = now();
      const { setting } = currentSetting(context.store, workspace.settings(), at);
      return { leads: judgeCalled(parts, context, input, setting).map((judged) => told(judged.forecast, at)) };
    },

    'admissions.forecast.config.get': (_input, context) => {
      const { value, createdAt } = currentConfiguration<ForecastConfiguration>(context.store, 'forecast');
      const names = new Map(listUsers(context.store, true).map(({ id, name }) => [id, name]));
      return {
        configuration: value,
        defaults: defaultForecastConfiguration,
        changedAt: createdAt,
        configurations: listConfigurations<ForecastConfiguration>(context.store, 'forecast', listedVersions).map((change) => ({ ...change, by: change.by === null ? null : (names.get(change.by) ?? null) })),
      };
    },

    'admissions.forecast.config.preview': (input, context) => previewOf(parts, context, 'chance', { forecast: changedForecast(context, input) }),

    'admissions.forecast.config.update': (input, context) => {
      const configuration = changedForecast(context, input);
      context.transact((writer, notes) => {
        insertConfiguration(writer, 'forecast', configuration, actorOf(context).userKey, now());
        notes.detail('changed', Object.keys(input).join(' '));
      });
      return { configuration, rescoreJobId: startRescore(parts, context) };
    },
  };
}
