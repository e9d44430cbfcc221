import type { training } from '#contract/models/training';
import { Refusal } from '#contract/errors';
import { selectExamples } from '#domain/models/frame';
import { countOutcomes, fewestOfEachOutcome, isEnough } from '#domain/models/gate';
import { leadFrame, outcomesOf } from '#domain/models/leads/table';
import { actorOf, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { words } from '#main/app/phrases';
import { filterSetting } from '#main/admissions/leads';
import { readLeads } from '#main/store/admissions/leadColumns';
import { countKnownOutcomes } from '#main/store/admissions/predictedLeads';
import { findModel, insertModel } from '#main/store/models/models';
import { readLeadTable } from '#main/store/models/leadTable';
import { checksumOf, columnNames, fieldNamed, keptReport, publicReport } from './serving';

const notes: Readonly<Record<string, string>> = {
  leakage: 'models.progress.leakage',
  search: 'models.progress.search',
  training: 'models.progress.training',
  importance: 'models.progress.importance',
};

/** Leads that are looked at for the columns that there are. */
const leadsForColumns = 500;

export function trainingHandlers(parts: HandlerParts): HandlersOf<typeof training> {
  const { pool, workspace, newId, now } = parts;
  return {
    'models.training.options': async (_input, context) => {
      const { store, scope } = context;
      await readLeads(store);
      const nameOf = columnNames(store);
      return {
        ...countKnownOutcomes(store, scope, filterSetting(parts, context), workspace.settings().convertedStage),
        needed: fewestOfEachOutcome,
        columns: leadFrame(readLeadTable(store, scope, { most: leadsForColumns })).names.map(({ field, knownAfterContact }) => ({ field, column: nameOf(field), knownAfterContact })),
      };
    },

    'models.training.run': async (input, context) => {
      const { target, seed, saveModel } = input;
      const type = input.modelType ?? input.config?.modelType ?? 'gradient_boosting';
      context.checkpoint(0, 100, words('models.progress.reading'));
      const table = readLeadTable(context.store, context.scope, {});
      const outcomes = outcomesOf(table, workspace.settings().convertedStage);
      const known = Int32Array.from(outcomes, (_, row) => row).filter((row) => outcomes[row] !== 2);
      const rowLimit = input.rowLimit ?? input.trainingDataLimit;
      const rows = rowLimit === undefined ? known : known.subarray(0, rowLimit);
      const { frame, names } = leadFrame(table);
      const examples = selectExamples({ frame, labels: outcomes.map((outcome) => (outcome === 1 ? 1 : 0)) }, rows);
      const counts = countOutcomes(examples.labels);
      if (!isEnough(counts)) {
        throw new Refusal(
          'conflict',
          `A model needs at least ${String(fewestOfEachOutcome)} leads that converted and ${String(fewestOfEachOutcome)} that did not. There are ${String(counts.positives)} and ${String(counts.negatives)}. Until then the rules say the chance.`,
          { ...counts, needed: fewestOfEachOutcome },
        );
      }
      const nameOf = columnNames(context.store);
      const keep = input.keepColumns.map((name) => {
        const field = fieldNamed(name, names, nameOf);
        if (field === null) throw new Refusal('invalid_input', `There is no column “${name}” to keep. Name it as the list of columns does.`, { column: name });
        return field;
      });
      const selected = input.selectColumns ?? (input.config?.featureSelection === true ? Math.min(30, frame.columns.length) : null);
      const { artefact, report } = await pool.run(
        'models.train',
        {
          type,
          examples,
          instants: Float64Array.from(rows, (row) => table.enquiredAt[row] ?? Number.NaN),
          rules: Float64Array.from(rows, (row) => table.rules[row] ?? Number.NaN),
          knownAfterContact: names.filter(({ knownAfterContact }) => knownAfterContact).map(({ field }) => field),
          keep,
          folds: input.folds ?? input.config?.crossValidationFolds ?? 5,
          selectColumns: selected,
          search: input.search,
          groupsBy: 'source',
          seed,
        },
        {
          signal: context.signal,
          onBatch: ({ done, note }) => {
            context.checkpoint(done, 100, words(notes[note] ?? 'models.progress.training'));
          },
        },
      );
      const modelId = saveModel ? newId() : null;
      const kept = { id: modelId ?? '', target, type, report: keptReport(report), artefact, checksum: checksumOf(artefact), userKey: actorOf(context).userKey };
      if (modelId !== null) {
        context.transact((writer, audit) => {
          const version = insertModel(writer, kept, now());
          audit.target(modelId);
          audit.detail('version', version);
          audit.detail('type', type);
          audit.detail('rows', report.rows);
        });
        context.changed('models', [modelId]);
      }
      const stored = modelId === null ? null : findModel(context.store, modelId);
      const { metrics, leakage, gate, card } = publicReport(stored ?? { ...kept, key: 0, version: 0, createdAt: now(), createdBy: null }, nameOf);
      return { modelId, modelType: type, metrics, leakage, gate, card };
    },
  };
}
