import { defaultForecastConfiguration, type ForecastConfiguration, type LeadForecast } from '#domain/admissions/forecast/predict';
import type { Factor } from '#domain/admissions/triage/configuration';
import type { forecast } from '#contract/admissions/forecast';
import { actorOf, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say } from '#main/app/phrases';
import { currentConfiguration, insertConfiguration } from '#main/store/admissions/configuration';
import { currentSetting } from './scoring';
import { judgeCalled, startRescore } from './triage';

function told(forecast: LeadForecast, asOf: number) {
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
      return { configuration: value, defaults: defaultForecastConfiguration, changedAt: createdAt };
    },

    'admissions.forecast.config.update': (input, context) => {
      const before = currentConfiguration<ForecastConfiguration>(context.store, 'forecast').value;
      const weights: Record<Factor, number> = { ...before.weights };
      for (const [name, value] of Object.entries(input.weights ?? {})) {
        weights[seedNames[name] ?? (name as Factor)] = value;
      }
      const configuration: ForecastConfiguration = {
        bias: input.bias ?? before.bias,
        etaBaseDays: input.etaBaseDays ?? before.etaBaseDays,
        etaEngagementShorteningMax: input.etaEngagementShorteningMax ?? before.etaEngagementShorteningMax,
        minProbabilityForEta: input.minProbabilityForEta ?? before.minProbabilityForEta,
        weights,
      };
      context.transact((writer, notes) => {
        insertConfiguration(writer, 'forecast', configuration, actorOf(context).userKey, now());
        notes.detail('changed', Object.keys(input).join(' '));
      });
      return { configuration, rescoreJobId: startRescore(parts, context) };
    },
  };
}
