import { calibrated } from '#domain/models/calibration';
import { effectsOf } from '#domain/models/effects';
import { type Column, isMissing } from '#domain/models/frame';
import { type Signal, signals } from '#domain/admissions/leads/signals';
import { partialDependence } from '#domain/models/importance';
import { predictRows } from '#domain/models/judgement';
import { predictModel } from '#domain/models/model';
import { onOneThread } from '#domain/models/parallel';
import { contributionsOf } from '#domain/models/shap';
import type { analysis } from '#contract/models/analysis';
import { Refusal } from '#contract/errors';
import type { HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { words } from '#main/app/phrases';
import { findModel } from '#main/store/models/models';
import { askLeads } from './leads';
import { requireKey } from './predictions';
import { columnNames, fieldNamed, publicReport, reportOf, type Serving } from './serving';

const target = 'lead.conversion';
/** Leads over which the mean of a partial dependence is taken, the newest first. */
const leadsForDependence = 1_000;

/** A column's value in a row as people read it; null is missing. */
export function valueOf(column: Column | undefined, row: number): string | number | boolean | null {
  if (column === undefined || isMissing(column, row)) return null;
  switch (column.kind) {
    case 'number':
      return column.values[row] ?? null;
    case 'boolean':
      return column.values[row] === 1;
    case 'category':
      return column.levels[column.codes[row] ?? -1] ?? null;
  }
}

/** Signals are learned from as logarithms; people read them as they were counted. */
function isSignal(field: string): field is Signal {
  return (signals as readonly string[]).includes(field);
}

export function plainName(field: string, nameOf: (field: string) => string): string {
  return isSignal(field) ? words(`fields.${field}`) : nameOf(field);
}

export function plainValue(field: string, value: string | number | boolean | null): string | number | boolean | null {
  return isSignal(field) && typeof value === 'number' ? Math.round(100 * Math.expm1(value)) / 100 : value;
}

export function analysisHandlers({ workspace, now }: HandlerParts, serving: Serving): HandlersOf<typeof analysis> {
  return {
    'models.analysis.importance': ({ modelId }, context) => {
      const { stored } = serving.model(context.store, modelId, (modelId === undefined ? null : findModel(context.store, modelId)?.target) ?? target);
      return { modelId: stored.id, items: publicReport(stored, columnNames(context.store)).importance };
    },

    'models.analysis.shap': ({ leadId, modelId }, context) => {
      const { stored, predictor } = serving.model(context.store, modelId, target);
      const { frame } = askLeads(context.store, context.scope, workspace.settings(), { keys: [requireKey(context, leadId)], now: now() });
      const nameOf = columnNames(context.store);
      const { base, columns, values, scale } = contributionsOf(predictor.model, frame);
      const rawProbability = predictModel(predictor.model, frame, onOneThread)[0] ?? 0;
      const byName = new Map(frame.columns.map((column) => [column.name, column]));
      const effects = effectsOf(scale, base, [...values]);
      return {
        modelId: stored.id,
        leadId,
        probability: calibrated(predictor.calibration, rawProbability),
        rawProbability,
        scale,
        base,
        contributions: columns
          .map((field, index) => ({ field, column: plainName(field, nameOf), value: plainValue(field, valueOf(byName.get(field), 0)), contribution: values[index] ?? 0, effect: effects[index] ?? 0 }))
          .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
      };
    },

    'models.analysis.partialDependence': ({ column, modelId, points }, context) => {
      const { stored, predictor } = serving.model(context.store, modelId, target);
      const { columns } = reportOf(stored);
      const nameOf = columnNames(context.store);
      const field = fieldNamed(column, columns.map((name) => ({ field: name, label: null, knownAfterContact: false })), nameOf);
      const { frame } = askLeads(context.store, context.scope, workspace.settings(), { most: leadsForDependence, now: now() });
      const curve = field === null ? null : partialDependence((rows) => predictRows(predictor, rows, onOneThread).probabilities, frame, field, points);
      if (field === null || curve === null) throw new Refusal('not_found', `The model does not know a column “${column}”.`, { column });
      return {
        modelId: stored.id,
        field,
        column: plainName(field, nameOf),
        kind: frame.columns.find(({ name }) => name === field)?.kind ?? 'number',
        leads: frame.rows,
        points: curve.map(({ value, ...point }) => ({ ...point, value: plainValue(field, value) })),
      };
    },
  };
}
