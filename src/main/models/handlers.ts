import type { HandlerParts } from '#main/app/parts';
import { analysisHandlers } from './analysis';
import { leadForecastHandlers } from './leadForecast';
import { predictionsHandlers } from './predictions';
import { registryHandlers } from './registry';
import { createPredictionRefresh } from './refresh';
import { createServing } from './serving';
import { studentPredictionsHandlers } from './students';
import { watchHandlers } from './watch';
import { trainingHandlers } from './training';

/** Everything about models; what was loaded once serves them all. */
export function modelsHandlers(parts: HandlerParts) {
  const serving = createServing();
  const refresh = createPredictionRefresh(parts);
  return { ...trainingHandlers(parts), ...registryHandlers(parts, serving, refresh), ...predictionsHandlers(parts, serving, refresh), ...analysisHandlers(parts, serving), ...leadForecastHandlers(parts, serving), ...watchHandlers(), ...studentPredictionsHandlers(serving) };
}
