import { setImmediate as breathe } from 'node:timers/promises';
import { isEngagementFile } from '#domain/admissions/engagement/files';
import { shapeOf } from '#domain/admissions/imports/headers';
import { acceptProposals, type ColumnMapping, mappingProblems, targetOf } from '#domain/admissions/imports/mapping';
import { phrase } from '#domain/kernel/phrase';
import { Refusal } from '#contract/errors';
import type { imports } from '#contract/admissions/imports';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say } from '#main/app/phrases';
import { writeCsv } from '#main/files/csvWriter';
import type { TableChoice } from '#main/files/openTable';
import { beginImport, ensureOrigin, findImport, type ImportCounts, type ImportRow, importsIn, isImportInScope, isKnownExternal, lastPersonKey, listImports, listOrigins, rememberedMapping, rememberMapping, showImport, walkProblems } from '#main/store/admissions/imports';
import { readLeads } from '#main/store/admissions/leadColumns';
import { countCovered } from '#main/store/admissions/tallies';
import { firstTeamKey } from '#main/store/platform/users';
import type { RowProblem } from '#main/worker/importTasks';
import { findDuplicates, lookForLikeNames } from './importDuplicates';
import { applyUpdates, discardStaged, undoImport } from './importRuns';
import { rescoreAll } from './scoring';
import { ensureAttributes, Staging } from './staging';
import { startRescore } from './triage';
import { fillSample, writeSample } from './sample';

/** Rows that are taken over at once, so that the core can answer others between. */
const rowsPerTurn = 250;
/** Leads beyond which an import does not wait until all of them are scored anew: those that it brings are, the others follow. */
const leadsScoredAtOnce = 20_000;
/** Problems that a check shows; a run keeps them all. */
const shownProblems = 200;

interface RunInput {
  readonly path?: string | undefined;
  readonly fileId?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly encoding?: TableChoice['encoding'];
  readonly sheet?: string | undefined;
  readonly columns?: readonly MappedColumn[] | undefined;
  readonly origin?: string | undefined;
  readonly likeNames?: boolean | undefined;
}

interface RunResult extends ImportCounts {
  readonly importId: string;
  readonly likeNames: number | null;
  readonly milliseconds: number;
}

interface MappedColumn extends Omit<ColumnMapping, 'target'> {
  readonly proposedField: string | null;
}

export function importsHandlers(parts: HandlerParts): HandlersOf<typeof imports> {
  const { workspace, newId, now, pool } = parts;

  const tableOf = (input: RunInput, context: CallContext): TableChoice => {
    const file = parts.files.chosen(input, context);
    const { maximumImportMegabytes } = workspace.settings();
    const { delimiter, encoding, sheet } = input;
    return { path: file.path, name: file.name, delimiter, encoding, sheet, maximumBytes: maximumImportMegabytes * 1_048_576 };
  };

  const lookInto = async (table: TableChoice, context: CallContext) =>
    pool.run('imports.preview', { table, timeZone: workspace.settings().timeZone }, { signal: context.signal });

  /** What a file was mapped to, by its person, or else as it is proposed. */
  const mappingOf = async (input: RunInput, table: TableChoice, context: CallContext): Promise<{ mapping: readonly ColumnMapping[]; shape: string; bytes: number }> => {
    const { headers, bytes } = await pool.run('imports.header', table, { signal: context.signal });
    const shape = shapeOf(headers);
    const mapping =
      input.columns?.map(({ proposedField, ...column }) => ({ ...column, target: targetOf(proposedField) })) ??
      rememberedMapping(context.store, shape)?.mapping ??
      acceptProposals((await lookInto(table, context)).columns);
    const problems = mappingProblems(mapping);
    if (mapping.some(({ index }) => index >= headers.length)) problems.push('The mapping names a column that the file does not have.');
    if (problems.length > 0) throw new Refusal('invalid_input', problems.join(' '), { problems });
    return { mapping, shape, bytes };
  };

  const readPayload = (table: TableChoice, mapping: readonly ColumnMapping[]) => {
    const { timeZone, defaultCountry } = workspace.settings();
    return { table, mapping, timeZone, defaultCountry, now: now() };
  };

  const run = async (input: RunInput, context: CallContext): Promise<RunResult> => {
    const started = performance.now();
    const actor = actorOf(context);
    const { store } = context;
    const table = tableOf(input, context);
    context.checkpoint(0, 100, 'Looking into the file');
    const { mapping, shape, bytes } = await mappingOf(input, table, context);
    const at = now();
    const id = newId();
    const teamKey = actor.teamKey ?? firstTeamKey(store);
    const begun = store.transaction((writer) => {
      const originKey = ensureOrigin(writer, input.origin ?? rememberedMapping(writer, shape)?.origin ?? originName(table.name), newId, at);
      const importKey = beginImport(writer, { id, originKey, userKey: actor.userKey, teamKey, fileName: table.name, bytes, shape, mapping }, at);
      return { originKey, importKey, attributes: ensureAttributes(writer, mapping, newId, at), lastPerson: lastPersonKey(writer) };
    });
    const { importKey } = begun;
    await readLeads(store);
    const before = countCovered(store, null);
    const staging = new Staging({ importKey, originKey: begun.originKey, teamKey, scope: context.scope, now: at, newId }, begun.attributes);
    const bulk = store.bulk();
    // Of a hundred parts: what comes after the reading has the rest.
    const scored = input.likeNames === true ? 85 : 98;
    try {
      await pool.run('imports.read', readPayload(table, mapping), {
        signal: context.signal,
        async onBatch(piece) {
          for (let from = 0; from < piece.leads.length; from += rowsPerTurn) {
            const leads = piece.leads.slice(from, from + rowsPerTurn);
            bulk.write(leads.length, (writer) => {
              staging.add(writer, leads);
            });
            await breathe();
          }
          if (piece.problems.length > 0) {
            bulk.write(piece.problems.length, (writer) => {
              staging.addProblems(writer, piece.problems);
            });
          }
          context.checkpoint((60 * piece.bytesRead) / piece.bytes, 100, `Reading ${table.name}`);
        },
      });
      staging.countDuplicates(await findDuplicates(store, bulk, begun.lastPerson, newId, at));
      const { counts } = staging;
      const many = before > leadsScoredAtOnce;
      const rescore = (withImport: number | undefined) =>
        rescoreAll({
          store,
          pool,
          settings: workspace.settings(),
          now: at,
          signal: context.signal,
          ...(withImport === undefined ? {} : { withImport, importAlone: many }),
          checkpoint: (done, total, note) => {
            context.checkpoint(60 + ((scored - 60) * done) / Math.max(1, total), 100, note);
          },
        });
      // Scores come before the leads are shown, so that nobody sees a lead without one.
      const first = counts.updated === 0 || many;
      if (first) await rescore(importKey);
      context.checkpoint(first ? scored : 60, 100, 'Finishing');
      context.transact((writer, notes) => {
        showImport(writer, importKey, counts, now());
        rememberMapping(writer, shape, begun.originKey, mapping, at);
        notes.target(id);
        for (const [name, value] of Object.entries<number>({ ...counts })) notes.detail(name, value);
      });
      applyUpdates(store, importKey, newId, at);
      context.changed('leads');
      if (many) startRescore(parts, context);
      else if (!first) await rescore(undefined);
      parts.files.release(input.fileId);
      const likeNames = input.likeNames === true ? await lookForLikeNames({ pool, newId, now: at, from: scored }, context, importKey) : null;
      const { imported, updated, rejected, duplicates, warnings } = findImport(store, id) ?? counts;
      return { importId: id, imported, updated, rejected, duplicates, warnings, likeNames, milliseconds: Math.round(performance.now() - started) };
    } catch (error) {
      // Once shown, an import stays; before that, nothing of it does.
      if (importsIn(store, 'staging').some(({ key }) => key === importKey)) await discardStaged(store, importKey, at);
      throw error;
    } finally {
      bulk.end();
    }
  };

  return {
    'admissions.imports.preview': async (input, context) => {
      const table = tableOf(input, context);
      const seen = await lookInto(table, context);
      const shape = shapeOf(seen.columns.map(({ header }) => header));
      const remembered = rememberedMapping(context.store, shape);
      const columns = seen.columns.map((column) => {
        const kept = remembered?.mapping.find(({ index }) => index === column.index);
        if (kept === undefined) return column;
        const { target, type, dateFormat, decimal, placeholders, knownWhen } = kept;
        const proposedField = target.kind === 'field' ? target.field : target.kind === 'attribute' ? `attribute.${target.key}` : null;
        return { ...column, proposedField, type, dateFormat, decimal, placeholders, knownWhen, confidence: 1 };
      });
      return {
        fileName: table.name,
        format: seen.format,
        delimiter: seen.delimiter,
        encoding: seen.encoding,
        columns,
        rowsSeen: seen.rowsSeen,
        complete: seen.complete,
        bytes: seen.bytes,
        remembered: remembered !== null,
        origin: remembered?.origin ?? originName(table.name),
        origins: listOrigins(context.store),
        rows: seen.rows,
        holdsEvents: isEngagementFile(seen.columns.map(({ header }) => header), seen.rows),
      };
    },

    'admissions.imports.check': async (input, context) => {
      const table = tableOf(input, context);
      const { mapping, shape } = await mappingOf(input, table, context);
      const origin = input.origin ?? rememberedMapping(context.store, shape)?.origin ?? originName(table.name);
      const ids = new Set<string>();
      const counts = { imported: 0, updated: 0, rejected: 0, duplicates: 0, warnings: 0 };
      const problems: { line: number; kind: 'rejected' | 'warning'; header: string | null; reason: string; cells: string[] }[] = [];
      const { rows } = await pool.run('imports.read', readPayload(table, mapping), {
        signal: context.signal,
        onBatch(piece) {
          const problemsFound: RowProblem[] = [...piece.problems];
          for (const { externalId, line } of piece.leads) {
            if (externalId !== null && ids.has(externalId)) {
              problemsFound.push({ line, kind: 'rejected', header: null, reason: phrase('imports.problems.repeatedId', { value: externalId }), cells: [] });
              continue;
            }
            if (externalId !== null) ids.add(externalId);
            counts[externalId !== null && isKnownExternal(context.store, origin, externalId) ? 'updated' : 'imported'] += 1;
          }
          for (const problem of problemsFound) {
            counts[problem.kind === 'rejected' ? 'rejected' : 'warnings'] += 1;
            if (problems.length < shownProblems) problems.push({ ...problem, reason: say(problem.reason), cells: problem.cells.slice(0, 50) });
          }
          context.checkpoint(piece.bytesRead, piece.bytes, 'Checking');
        },
      });
      return { rows, ...counts, problems };
    },

    'admissions.imports.run': (input, context) => run(input, context),

    'admissions.imports.undo': async ({ importId }, context) => {
      const found = importInReach(context, importId);
      if (found.state !== 'done') {
        throw new Refusal('conflict', found.state === 'undone' ? 'That import was taken back already.' : 'That import is still under way. Wait until it has ended.');
      }
      const result = await undoImport(parts, context, importId);
      await rescoreAll({ store: context.store, pool, settings: workspace.settings(), now: now(), signal: context.signal, checkpoint: context.checkpoint });
      return result;
    },

    'admissions.imports.list': ({ limit, offset = 0, after }, context) => {
      const from = after === undefined ? offset : Number(after) || 0;
      const { items, total } = listImports(context.store, context.scope, limit, from);
      const next = from + items.length;
      return {
        items: items.map(({ key: _key, originKey: _origin, teamKey: _team, mapping: _mapping, ...item }) => item),
        total,
        totalIsExact: true,
        nextKey: next < total ? String(next) : null,
      };
    },

    'admissions.imports.problems': async ({ importId, path }, context) => {
      const found = importInReach(context, importId);
      const target = parts.files.target(`${found.fileName.replace(/\.[^.]*$/, '')}-problems.csv`, path, context);
      const headers = (JSON.parse(found.mapping) as ColumnMapping[]).map(({ header }) => header);
      let rows = 0;
      const lines = function* (): Generator<(string | number)[]> {
        for (const problem of walkProblems(context.store, found.key)) {
          rows += 1;
          const outcome = problem.kind === 'rejected' ? 'rejected' : `imported without “${problem.header ?? ''}”`;
          yield [problem.line, outcome, say(problem.reason), ...headers.map((_header, index) => problem.cells[index] ?? '')];
        }
      };
      const bytes = await writeCsv(target.path, ['Line', 'Outcome', 'Reason', ...headers], lines(), context.signal);
      context.transact((_writer, notes) => {
        notes.target(importId);
        notes.detail('rows', rows);
      });
      return { downloadId: target.downloadId, name: target.name, rows, bytes, path: target.shownPath };
    },

    'admissions.imports.sample': async (_input, context) => {
      if (!workspace.info().sample) throw new Refusal('conflict', 'Sample data belongs into a sample workspace. Make one in an empty profile.');
      const { fileId, sample } = await writeSample(parts, context);
      const { milliseconds: _milliseconds, ...counts } = await run({ fileId, origin: 'Sample' }, context);
      await fillSample(parts, context, sample);
      return counts;
    },
  };
}

/** The name of the system that a file seems to come from: its name without dates, numbers and ending. */
function originName(fileName: string): string {
  const name = fileName
    .replace(/\.[^.]*$/, '')
    .replace(/[\d_.()-]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return name === '' ? 'File' : name.slice(0, 200);
}

function importInReach({ store, scope }: CallContext, importId: string): ImportRow {
  const found = findImport(store, importId);
  if (found === null) throw new Refusal('not_found', 'That import does not exist.');
  if (!isImportInScope(store, scope, found.key)) {
    throw new Refusal('out_of_scope', 'That import belongs to another team. Ask somebody of that team, or an administrator.');
  }
  return found;
}
