import { driftAt } from '#domain/models/drift';
import type { registry } from '#contract/models/registry';
import { Refusal } from '#contract/errors';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say } from '#main/app/phrases';
import { findModel, insertActivation, listModels, servingOrder, type StoredModel } from '#main/store/models/models';
import { driftHealth, leadsForHealth, modelHealth } from './health';
import type { PredictionRefresh } from './refresh';
import { columnNames, publicReport, reportOf, type Serving } from './serving';
import { targetNamed } from './targets';

/** Figures where more is better; of all others less is. */
const moreIsBetter = new Set(['rocAuc', 'prAuc', 'accuracy', 'precision', 'recall', 'f1']);

export function registryHandlers(parts: HandlerParts, serving: Serving, refresh: PredictionRefresh): HandlersOf<typeof registry> {
  const { workspace, now } = parts;
  const activeKey = (context: CallContext, target: string): number | null => servingOrder(context.store, target)[0] ?? null;

  const entryOf = (context: CallContext, model: StoredModel) => {
    const report = reportOf(model);
    return {
      modelId: model.id,
      target: targetNamed(model.target).name,
      modelType: model.type,
      version: model.version,
      // What answers now: where the newest activation is of a model that is broken, it is the one before.
      active: serving.active(context.store, model.target).served?.stored.key === model.key,
      createdAt: model.createdAt,
      createdBy: model.createdBy,
      rows: report.rows,
      positives: report.positives,
      metrics: report.metrics,
      passesGate: report.gate.passes,
    };
  };

  const require = (context: CallContext, modelId: string): StoredModel => {
    const found = findModel(context.store, modelId);
    if (found === null) throw new Refusal('not_found', 'There is no such model.');
    return found;
  };

  const serve = (context: CallContext, model: StoredModel, reason: 'activated' | 'rolled_back'): void => {
    // Loaded first: a model that cannot answer does not begin to serve.
    serving.model(context.store, model.id, model.target);
    context.transact((writer, notes) => {
      insertActivation(writer, { target: model.target, modelKey: model.key, reason, userKey: actorOf(context).userKey }, now());
      notes.target(model.id);
      notes.detail('version', model.version);
    });
    // Leads follow at once: what is kept of another model is not shown any more. Of students it is said when somebody asks.
    if (targetNamed(model.target).ofLeads) refresh.start(context, model.key, true);
    context.changed('predictions');
  };

  return {
    'models.registry.list': ({ target }, context) => ({ items: listModels(context.store, target).map((model) => entryOf(context, model)) }),

    'models.registry.get': ({ modelId }, context) => {
      const model = require(context, modelId);
      return { ...entryOf(context, model), report: publicReport(model, columnNames(context.store)) };
    },

    'models.registry.compare': (input, context) => {
      const [first, second] = [require(context, input.first), require(context, input.second)];
      const nameOf = columnNames(context.store);
      const [a, b] = [publicReport(first, nameOf), publicReport(second, nameOf)];
      const metricNames = Object.keys(a.metrics) as (keyof typeof a.metrics)[];
      const columnsOf = ({ columns }: typeof a): Set<string> => new Set(columns.map(({ field }) => field));
      return {
        first: entryOf(context, first),
        second: entryOf(context, second),
        differences: metricNames.map((metric) => {
          const [left, right] = [a.metrics[metric], b.metrics[metric]];
          const lead = left === null || right === null || left === right ? 0 : (left > right ? 1 : -1) * (moreIsBetter.has(metric) ? 1 : -1);
          return { metric, first: left, second: right, better: lead === 0 ? ('neither' as const) : lead > 0 ? ('first' as const) : ('second' as const) };
        }),
        onlyFirst: a.columns.filter(({ field }) => !columnsOf(b).has(field)).map(({ column }) => column),
        onlySecond: b.columns.filter(({ field }) => !columnsOf(a).has(field)).map(({ column }) => column),
      };
    },

    'models.registry.activate': ({ modelId }, context) => {
      const model = require(context, modelId);
      const { gate } = reportOf(model);
      if (!gate.passes) {
        throw new Refusal('conflict', 'This model does not beat the rules and the base rate on leads that it had not seen, so it must not serve. Train another, with more leads or other columns.', { ...gate });
      }
      if (activeKey(context, model.target) !== model.key) serve(context, model, 'activated');
      // One that serves by name and cannot be read is not said to serve.
      else serving.model(context.store, model.id, model.target);
      return entryOf(context, model);
    },

    'models.registry.rollback': ({ target }, context) => {
      const before = servingOrder(context.store, target)[1];
      const model = listModels(context.store, target).find(({ key }) => key === before);
      if (model === undefined) throw new Refusal('conflict', 'No other model has served before this one.');
      serve(context, model, 'rolled_back');
      return entryOf(context, model);
    },

    'models.registry.health': ({ target }, context) => {
      const { served, broken } = serving.active(context.store, target);
      const nothing = { modelId: null, broken, checkedAt: now(), drift: [], calibration: null, retrain: [] };
      if (served === null) return { ...nothing, state: broken === null ? ('no_model' as const) : ('fallback' as const) };
      const { drift, calibration, retrain } = target !== 'lead.conversion' ? driftHealth(served, targetNamed(target).today(parts, context, leadsForHealth), columnNames(context.store)) : modelHealth(context.store, context.scope, workspace.settings(), served, now());
      const nameOf = columnNames(context.store);
      return {
        state: broken !== null ? 'fallback' : retrain.length > 0 ? 'watch' : 'healthy',
        modelId: served.stored.id,
        broken,
        checkedAt: now(),
        drift: drift.map(({ column, stability }) => ({ field: column, column: nameOf(column), stability, moved: stability >= driftAt })),
        calibration,
        retrain: retrain.map(say),
      };
    },
  };
}
