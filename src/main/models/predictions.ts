import { setImmediate as breathe } from 'node:timers/promises';
import { booleanColumn, categoryColumn, type Column, type Frame, numberColumn } from '#domain/models/frame';
import { intervalGroupRows, intervalShare } from '#domain/models/intervals';
import { type Prediction, predictRows } from '#domain/models/judgement';
import { onOneThread } from '#domain/models/parallel';
import { knownShares } from '#domain/models/knownShare';
import type { TrainingReport } from '#domain/models/training';
import type { predictions } from '#contract/models/predictions';
import { Refusal } from '#contract/errors';
import type { CallContext, HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { words } from '#main/app/phrases';
import { filterSetting } from '#main/admissions/leads';
import { readLeads } from '#main/store/admissions/leadColumns';
import { countPredicted, keysToPredict } from '#main/store/admissions/predictedLeads';
import { leadKeysOf } from '#main/store/models/leadTable';
import { artefactOf } from '#main/store/models/models';
import { savePredictions, servedModelKey } from '#main/store/models/predictions';
import { askLeads } from './leads';
import type { PredictionRefresh } from './refresh';
import { columnNames, fieldNamed, reportOf, type Serving } from './serving';

const target = 'lead.conversion';
/** Leads that are read, judged and kept at once, so that others get a turn between. */
const leadsPerTurn = 1_000;
/** Lists read again at most so often while a batch is under way. */
const tellEveryMilliseconds = 1_000;

function publicPrediction(said: Prediction, confidence: Float64Array, row: number, leadId: string | null) {
  return {
    leadId,
    probability: said.probabilities[row] ?? 0,
    interval: { lower: said.lower[row] ?? 0, upper: said.upper[row] ?? 0, share: intervalShare, groupRows: intervalGroupRows },
    confidence: confidence[row] ?? 0,
  };
}

type Described = Readonly<Record<string, string | number | boolean | null>>;

/** A frame of one row from what somebody said of it, in the kinds that the model knows. */
function describedFrame(context: CallContext, described: Described, report: TrainingReport): { readonly frame: Frame; readonly unknown: string[] } {
  const nameOf = columnNames(context.store);
  const names = report.columns.map((field) => ({ field, label: null, knownAfterContact: false }));
  const kinds = new Map(report.spreads.map(({ bins }) => [bins.name, bins.kind]));
  const unknown: string[] = [];
  const columns: Column[] = [];
  for (const [name, value] of Object.entries(described)) {
    const field = fieldNamed(name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()), names, nameOf) ?? fieldNamed(name, names, nameOf);
    const kind = field === null ? undefined : kinds.get(field);
    if (field === null || kind === undefined) {
      unknown.push(name);
      continue;
    }
    if (value === null) continue;
    if (kind === 'category') columns.push(categoryColumn(field, [String(value)]));
    else if (kind === 'boolean') columns.push(booleanColumn(field, [value === true || value === 1 || value === 'true' || value === 'yes']));
    else columns.push(numberColumn(field, [Number(value)]));
  }
  return { frame: { rows: 1, columns }, unknown };
}

export function predictionsHandlers(parts: HandlerParts, serving: Serving, refresh: PredictionRefresh): HandlersOf<typeof predictions> {
  const { pool, workspace, now } = parts;
  return {
    'models.predictions.predict': ({ leadId, leadData, modelId }, context) => {
      if ((leadId === undefined) === (leadData === undefined)) throw new Refusal('invalid_input', 'Name a lead, or describe one: one of leadId and leadData.');
      const { stored, predictor } = serving.model(context.store, modelId, target);
      const report = reportOf(stored);
      const answer = (frame: Frame, unknownColumns: string[]) => ({
        ...publicPrediction(predictRows(predictor, frame, onOneThread), knownShares(frame, report.importance), 0, leadId ?? null),
        modelId: stored.id,
        modelType: stored.type,
        unknownColumns,
      });
      if (leadData !== undefined) {
        const { frame, unknown } = describedFrame(context, leadData, report);
        return answer(frame, unknown);
      }
      return answer(askLeads(context.store, context.scope, workspace.settings(), { keys: [requireKey(context, leadId ?? '')], now: now() }).frame, []);
    },

    'models.predictions.predictBatch': async ({ leadIds, modelId, onlyChanged }, context) => {
      const { store, scope, signal } = context;
      const { stored, predictor } = serving.model(store, modelId, target);
      const artefact = artefactOf(store, stored.key);
      if (artefact === null) throw new Refusal('not_found', 'There is no such model.');
      const { importance } = reportOf(stored);
      context.checkpoint(0, 0, words('models.progress.reading'));
      const keys = leadIds === undefined ? await keysOfAll(context, onlyChanged) : [...leadKeysOf(store, scope, leadIds).values()].sort((a, b) => a - b);
      const items: ReturnType<typeof publicPrediction>[] = [];
      let scored = 0;
      let lastTold = performance.now();
      for (let from = 0; from < keys.length; from += leadsPerTurn) {
        context.checkpoint(from, keys.length, words('models.progress.predicting'));
        const { table, frame } = askLeads(store, scope, workspace.settings(), { keys: keys.slice(from, from + leadsPerTurn), now: now() });
        // A few leads that somebody looks at do not wait behind a training.
        const said = leadIds === undefined ? await pool.run('models.predict', { artefact, frame }, { signal }) : predictRows(predictor, frame, onOneThread);
        const confidence = knownShares(frame, importance);
        // Another model may have begun to serve meanwhile.
        if (servedModelKey(store) === stored.key) {
          context.transact((writer, notes) => {
            savePredictions(writer, stored.key, table.keys, { ...said, confidence, revisions: table.revisions }, now());
            notes.target(stored.id);
            notes.detail('leads', table.keys.length);
          });
        }
        scored += table.keys.length;
        if (leadIds !== undefined) items.push(...table.ids.map((id, row) => publicPrediction(said, confidence, row, id)));
        if (performance.now() - lastTold >= tellEveryMilliseconds) {
          lastTold = performance.now();
          context.changed('predictions');
        }
        await breathe();
      }
      context.changed('predictions');
      return { modelId: stored.id, scored, items };

      async function keysOfAll({ store: of, scope: within }: CallContext, changedOnly: boolean): Promise<number[]> {
        await readLeads(of, { predictions: changedOnly });
        return keysToPredict(of, within, filterSetting(parts, context), changedOnly);
      }
    },

    'models.predictions.status': async (_input, context) => {
      const { served, broken } = serving.active(context.store, target);
      await readLeads(context.store, { predictions: served !== null });
      const counts = countPredicted(context.store, context.scope, filterSetting(parts, context));
      return {
        state: broken !== null ? 'fallback' : served === null ? 'no_model' : 'serving',
        model: served === null ? null : { modelId: served.stored.id, modelType: served.stored.type, version: served.stored.version, trainedAt: served.stored.createdAt },
        broken,
        ...counts,
        jobId: refresh.running(),
      };
    },

    'models.predictions.refresh': ({ all }, context) => ({ jobId: refresh.start(context, serving.model(context.store, undefined, target).stored.key, all) }),
  };
}

/** The key of a lead that the caller sees. */
export function requireKey(context: CallContext, leadId: string): number {
  const key = leadKeysOf(context.store, context.scope, [leadId]).get(leadId);
  if (key === undefined) throw new Refusal('not_found', 'That lead does not exist, or is not yours to see.');
  return key;
}
