import type { z } from 'zod';
import type { FeaturePlan } from '#domain/models/features';
import type { ModelType } from '#domain/models/model';
import type { training } from '#contract/models/training';
import { Refusal } from '#contract/errors';
import { countOutcomes, fewestOfEachOutcome, isEnough } from '#domain/models/gate';
import { studentColumns } from '#domain/models/students/table';
import { columnGroups, type ColumnGroup, defaultFeatures, rateColumns } from '#domain/models/leads/plans';
import { actorOf, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { words } from '#main/app/phrases';
import { filterSetting } from '#main/admissions/leads';
import { readLeads } from '#main/store/admissions/leadColumns';
import { countKnownOutcomes } from '#main/store/admissions/predictedLeads';
import { findModel, insertModel } from '#main/store/models/models';
import { askLeads } from './leads';
import { checksumOf, columnNames, fieldNamed, keptReport, publicReport } from './serving';
import { targetNamed, taughtStudents } from './targets';

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

/** Leads that are looked at for the columns that there are. */
const leadsForColumns = 500;

export function trainingHandlers(parts: HandlerParts): HandlersOf<typeof training> {
  const { pool, workspace, newId, now } = parts;
  return {
    'models.training.options': async ({ target }, context) => {
      const { store, scope } = context;
      const nameOf = columnNames(store);
      if (target !== 'lead.conversion') {
        const { labels, open } = taughtStudents(target, context, now());
        const converted = labels.filter(Boolean).length;
        return { converted, notConverted: labels.length - converted, open, needed: fewestOfEachOutcome, columns: studentColumns.map((field) => ({ field, column: nameOf(field), knownAfterContact: false })) };
      }
      await readLeads(store);
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
      const aim = targetNamed(target);
      const features = featuresOf(type, input);
      const gathered = await aim.gather(parts, context, { rowLimit: input.rowLimit ?? input.trainingDataLimit, without: features.without });
      const { examples, names } = gathered;
      const counts = countOutcomes(examples.labels);
      if (!isEnough(counts)) throw new Refusal('conflict', aim.tooFew(counts, fewestOfEachOutcome), { ...counts, needed: fewestOfEachOutcome });
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
          target,
          instants: gathered.instants,
          rules: gathered.rules,
          groups: gathered.groups,
          writtenBefore: aim.writtenBefore,
          knownAfterContact: names.filter(({ knownAfterContact }) => knownAfterContact).map(({ field }) => field),
          keep,
          folds: input.folds ?? input.config?.crossValidationFolds ?? 5,
          features: features.plan,
          search: input.search,
          history: gathered.history,
          groupsBy: aim.groupsBy,
          seed,
        },
        {
          signal: context.signal,
          onBatch: ({ done, note, point }) => {
            context.checkpoint(done, 100, words(notes[note] ?? 'models.progress.training'), point);
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
