import { setImmediate as breathe } from 'node:timers/promises';
import { booleanColumn, categoryColumn, type Column, type Frame, numberColumn } from '#domain/models/frame';
import { intervalGroupRows, intervalShare } from '#domain/models/intervals';
import { type Prediction, predictRows } from '#domain/models/judgement';
import { onOneThread } from '#domain/models/parallel';
import type { TrainingReport } from '#domain/models/training';
import type { predictions } from '#contract/models/predictions';
import { Refusal } from '#contract/errors';
import type { CallContext, HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { words } from '#main/app/phrases';
import { leadKeysOf } from '#main/store/models/leadTable';
import { artefactOf, savePredictions } from '#main/store/models/models';
import { askLeads, readManyLeads } from './leads';
import { columnNames, fieldNamed, reportOf, type Serving, servingOrder } from './serving';

const target = 'lead.conversion';
/** Predictions that are written at once, so that others get a turn between. */
const leadsPerTurn = 4_000;

export function publicPrediction(said: Prediction, row: number, leadId: string | null) {
  return {
    leadId,
    probability: said.probabilities[row] ?? 0,
    interval: { lower: said.lower[row] ?? 0, upper: said.upper[row] ?? 0, share: intervalShare, groupRows: intervalGroupRows },
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

export function predictionsHandlers({ pool, workspace, now }: HandlerParts, serving: Serving): HandlersOf<typeof predictions> {
  return {
    'models.predictions.predict': ({ leadId, leadData, modelId }, context) => {
      if ((leadId === undefined) === (leadData === undefined)) throw new Refusal('invalid_input', 'Name a lead, or describe one: one of leadId and leadData.');
      const { stored, predictor } = serving.model(context.store, modelId, target);
      const report = reportOf(stored);
      const answer = (frame: Frame, unknownColumns: string[]) => ({
        ...publicPrediction(predictRows(predictor, frame, onOneThread), 0, leadId ?? null),
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

    'models.predictions.predictBatch': async ({ leadIds, modelId }, context) => {
      const { stored } = serving.model(context.store, modelId, target);
      const artefact = artefactOf(context.store, stored.key);
      if (artefact === null) throw new Refusal('not_found', 'There is no such model.');
      context.checkpoint(0, 0, words('models.progress.reading'));
      const keys = leadIds === undefined ? undefined : [...leadKeysOf(context.store, context.scope, leadIds).values()];
      const leads = await readManyLeads(context.store, context.scope, workspace.settings(), { ...(keys === undefined ? {} : { keys }), now: now() }, () => { context.checkpoint(0, 0, words('models.progress.reading')); });
      const said = await pool.run('models.predict', { artefact, frame: leads.frame }, { signal: context.signal });
      const serves = (): boolean => servingOrder(context.store, target)[0] === stored.key;
      for (let from = 0; from < leads.keys.length && serves(); from += leadsPerTurn) {
        const to = Math.min(leads.keys.length, from + leadsPerTurn);
        context.checkpoint(from, leads.keys.length, words('models.progress.keeping'));
        context.transact((writer, notes) => {
          savePredictions(writer, stored.key, leads.keys, said, from, to, now());
          notes.target(stored.id);
          notes.detail('leads', to - from);
        });
        await breathe();
      }
      context.changed('leads');
      return {
        modelId: stored.id,
        scored: leads.keys.length,
        items: leadIds === undefined ? [] : leads.ids.map((id, row) => publicPrediction(said, row, id)),
      };
    },
  };
}

/** The key of a lead that the caller sees. */
export function requireKey(context: CallContext, leadId: string): number {
  const key = leadKeysOf(context.store, context.scope, [leadId]).get(leadId);
  if (key === undefined) throw new Refusal('not_found', 'That lead does not exist, or is not yours to see.');
  return key;
}
