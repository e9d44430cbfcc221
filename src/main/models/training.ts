import type { z } from 'zod';
import { civilClock } from '#domain/kernel/civil';
import { millisecondsPerDay } from '#domain/kernel/clock';
import { leadHistory, type LeadHistory } from '#domain/models/leads/history';
import type { FeaturePlan } from '#domain/models/features';
import type { ModelType } from '#domain/models/model';
import type { training } from '#contract/models/training';
import { Refusal } from '#contract/errors';
import { selectExamples, withoutColumns } from '#domain/models/frame';
import { countOutcomes, fewestOfEachOutcome, isEnough } from '#domain/models/gate';
import { columnGroups, type ColumnGroup, defaultFeatures, rateColumns } from '#domain/models/leads/plans';
import { type KeyedLeads, outcomesOf } from '#domain/models/leads/table';
import { actorOf, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { words } from '#main/app/phrases';
import { filterSetting } from '#main/admissions/leads';
import { readLeads } from '#main/store/admissions/leadColumns';
import { countKnownOutcomes } from '#main/store/admissions/predictedLeads';
import { findModel, insertModel } from '#main/store/models/models';
import { askLeads, figureOf, readManyLeads } from './leads';
import { checksumOf, columnNames, fieldNamed, keptReport, publicReport } from './serving';

const notes: Readonly<Record<string, string>> = {
  leakage: 'models.progress.leakage',
  search: 'models.progress.search',
  training: 'models.progress.training',
  importance: 'models.progress.importance',
};

type TrainingInput = z.output<(typeof training)['models.training.run']['input']>;

/** Columns that are taken where the specification of the first system only says that there should be fewer. */
const mostSelected = 30;

/** What is asked to be made of the columns, by either spelling, and which groups of them are to stay out. */
function featuresOf(type: ModelType, { features, featureConfig = {}, config, selectColumns }: TrainingInput): { readonly plan: FeaturePlan; readonly without: ReadonlySet<string> } {
  const usual = defaultFeatures(type);
  const wanted: Readonly<Record<ColumnGroup, boolean>> = {
    temporal: features.temporal ?? featureConfig.createTemporalFeatures ?? true,
    academicCalendar: features.academicCalendar ?? featureConfig.createAcademicCalendarFeatures ?? true,
    recency: features.recency ?? featureConfig.createLagFeatures ?? true,
    quality: features.quality ?? true,
  };
  return {
    plan: {
      transforms: features.transforms ?? featureConfig.createScoreTransformations ?? usual.transforms,
      percentiles: features.percentiles ?? usual.percentiles,
      interactions: features.interactions ?? featureConfig.createInteractionFeatures ?? usual.interactions,
      polynomial: features.polynomial ?? featureConfig.createPolynomialFeatures ?? usual.polynomial,
      rates: features.rates === undefined ? usual.rates : features.rates ? rateColumns : [],
      missing: features.missing ?? featureConfig.handleMissingValues ?? usual.missing,
      most: selectColumns ?? (config?.featureSelection === true ? mostSelected : null),
    },
    without: new Set((Object.keys(columnGroups) as ColumnGroup[]).flatMap((group) => (wanted[group] ? [] : columnGroups[group]))),
  };
}

/** When leads enquired and how long those that converted took. A file says neither when an outcome came to be known. */
function historyOf({ enquired, outcomeAt, open }: Readonly<Record<'enquired' | 'outcomeAt' | 'open', Float64Array>>, rows: Int32Array, labels: Uint8Array, timeZone: string): LeadHistory {
  const clock = civilClock(timeZone);
  const at = (row: number): number => enquired[row] ?? Number.NaN;
  return leadHistory(
    labels,
    Float64Array.from(rows, (row) => (Number.isFinite(at(row)) ? clock(at(row)).month : Number.NaN)),
    Float64Array.from(rows, (row) => (open[row] === 1 ? ((outcomeAt[row] ?? Number.NaN) - at(row)) / millisecondsPerDay : Number.NaN)),
  );
}

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
        columns: askLeads(store, scope, workspace.settings(), { most: leadsForColumns, now: now() }).names.map(({ field, knownAfterContact }) => ({ field, column: nameOf(field), knownAfterContact })),
      };
    },

    'models.training.run': async (input, context) => {
      const { target, seed, saveModel } = input;
      const type = input.modelType ?? input.config?.modelType ?? 'gradient_boosting';
      context.checkpoint(0, 100, words('models.progress.reading'));
      const settings = workspace.settings();
      const leads = await readManyLeads(context.store, context.scope, settings, { now: now(), learnUntil: settings.convertedStage }, () => { context.checkpoint(0, 100, words('models.progress.reading')); });
      const figure = (of: (table: KeyedLeads) => Float64Array): Float64Array => figureOf(leads.tables, of);
      const outcomes = Uint8Array.from(figure((table) => Float64Array.from(outcomesOf(table, settings.convertedStage))));
      const known = Int32Array.from(outcomes, (_, row) => row).filter((row) => outcomes[row] !== 2);
      const rowLimit = input.rowLimit ?? input.trainingDataLimit;
      const rows = rowLimit === undefined ? known : known.subarray(0, rowLimit);
      const features = featuresOf(type, input);
      const { frame: whole, names } = leads;
      const [described, outcomeAt, enquired, rules, open] = [figure(({ moments }) => moments.at), figure(({ moments }) => moments.outcomeAt), figure(({ enquiredAt }) => enquiredAt), figure((table) => table.rules), figure(({ moments }) => Float64Array.from(moments.open))];
      const frame = withoutColumns(whole, features.without);
      const examples = selectExamples({ frame, labels: outcomes.map((outcome) => (outcome === 1 ? 1 : 0)), moments: { describedAt: described, outcomeAt } }, rows);
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
      const { artefact, report } = await pool.run(
        'models.train',
        {
          type,
          examples,
          instants: Float64Array.from(rows, (row) => enquired[row] ?? Number.NaN),
          rules: Float64Array.from(rows, (row) => rules[row] ?? Number.NaN),
          knownAfterContact: names.filter(({ knownAfterContact }) => knownAfterContact).map(({ field }) => field),
          keep,
          folds: input.folds ?? input.config?.crossValidationFolds ?? 5,
          features: features.plan,
          search: input.search,
          history: historyOf({ enquired, outcomeAt, open }, rows, examples.labels, settings.timeZone),
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
