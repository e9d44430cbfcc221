import { setImmediate as breathe } from 'node:timers/promises';
import type { leads, ListedLead } from '#contract/admissions/leads';
import type { CallContext, HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { words } from '#main/app/phrases';
import { writeCsv } from '#main/files/csvWriter';
import { type CellType, type SheetCell, writeXlsx } from '#main/files/xlsxWriter';
import { readLeads } from '#main/store/admissions/leadColumns';
import { allLeadKeys, needsOf, withoutRefusals } from '#main/store/admissions/leadList';
import { type KeyedLeadRow, readableAmong, rowsOfSelected } from '#main/store/admissions/leadRows';
import { type KeptPrediction, predictionsOfSelected, servedModelKey } from '#main/store/models/predictions';
import { newestConsentsOfLeads } from '#main/store/platform/people';
import { chosenKeys } from './chosenLeads';
import { filterSetting } from './leads';
import { channelsBy } from './leadView';
import { attributeReader, attributesNamed } from './listedLeads';

/** Leads that are read and written at once. */
const leadsPerPiece = 250;

/** What a row of the file is made of. */
interface Source {
  readonly row: KeyedLeadRow;
  readonly channels: ListedLead['channels'];
  readonly attribute: (name: string) => SheetCell;
  readonly prediction: KeptPrediction | undefined;
}

interface Column {
  readonly header: string;
  readonly type: CellType;
  readonly cell: (source: Source) => SheetCell;
}

const consent = (channel: 'email' | 'phone') => ({ channels }: Source): SheetCell => words(`consents.${channels[channel].consent}`);
/** Shares of a model to a thousandth: its figures are held in single precision. */
const rounded = (share: number | undefined): SheetCell => (share === undefined ? null : Math.round(share * 1_000) / 1_000);
const word = (value: string | null): SheetCell => (value === null ? null : words(`values.${value}`));

/** The columns of a lead itself, in the order in which all of them are written. */
const cells: Readonly<Record<string, readonly [CellType, Column['cell']]>> = {
  name: ['text', ({ row }) => row.name],
  externalId: ['text', ({ row }) => row.externalId],
  email: ['text', ({ row }) => row.email],
  emailConsent: ['text', consent('email')],
  phone: ['text', ({ row }) => row.phone],
  phoneConsent: ['text', consent('phone')],
  stage: ['text', ({ row }) => word(row.stage)],
  source: ['text', ({ row }) => row.source],
  course: ['text', ({ row }) => row.course],
  campus: ['text', ({ row }) => row.campus],
  country: ['text', ({ row }) => row.country],
  city: ['text', ({ row }) => row.city],
  owner: ['text', ({ row }) => row.owner?.name ?? null],
  team: ['text', ({ row }) => row.team.name],
  tags: ['text', ({ row }) => row.tags.map(({ name }) => name).join(', ')],
  blocker: ['text', ({ row }) => row.blockers.map((each) => words(`values.${each}`)).join(', ')],
  converted: ['boolean', ({ row }) => row.converted],
  score: ['number', ({ row }) => row.score],
  band: ['text', ({ row }) => word(row.band)],
  confidence: ['number', ({ row }) => row.confidence],
  probability: ['number', ({ row }) => row.probability],
  etaDays: ['number', ({ row }) => row.etaDays],
  modelChance: ['number', ({ prediction }) => rounded(prediction?.probability)],
  modelLower: ['number', ({ prediction }) => rounded(prediction?.lower)],
  modelUpper: ['number', ({ prediction }) => rounded(prediction?.upper)],
  modelConfidence: ['number', ({ prediction }) => rounded(prediction?.confidence)],
  enquiredAt: ['date', ({ row }) => row.enquiredAt],
  lastActivityAt: ['date', ({ row }) => row.lastActivityAt],
  lastContactedAt: ['date', ({ row }) => row.lastContactedAt],
  createdAt: ['date', ({ row }) => row.createdAt],
};

/** An address goes nowhere without what its owner said about being contacted there. */
const broughtAlong: Readonly<Record<string, readonly string[]>> = { email: ['email', 'emailConsent'], phone: ['phone', 'phoneConsent'], contact: ['emailConsent', 'phoneConsent'], modelRange: ['modelLower', 'modelUpper'] };

/** Columns of a model, which are empty while none serves. */
const ofModels = new Set(['modelChance', 'modelLower', 'modelUpper', 'modelConfidence']);

/** The columns of the file. A column that is gone, such as one of a view over a deleted attribute, is left out. */
function columnsOf(names: readonly string[] | undefined, attributes: readonly { readonly name: string; readonly label: string; readonly type: string }[], servesModel: boolean): Column[] {
  const byName = new Map(attributes.map((attribute) => [`attribute.${attribute.name}`, attribute]));
  const wanted = new Set((names ?? [...Object.keys(cells).filter((name) => servesModel || !ofModels.has(name)), ...byName.keys()]).flatMap((name) => broughtAlong[name] ?? [name]));
  return [...wanted].flatMap((name): Column[] => {
    const own = Object.hasOwn(cells, name) ? cells[name] : undefined;
    if (own !== undefined) return [{ header: words(`fields.${name}`), type: own[0], cell: own[1] }];
    const attribute = byName.get(name);
    if (attribute === undefined) return [];
    const type = attribute.type === 'number' || attribute.type === 'boolean' || attribute.type === 'date' ? attribute.type : 'text';
    return [{ header: attribute.label, type, cell: ({ attribute: valueOf }) => valueOf(attribute.name) }];
  });
}

export function leadExportHandlers(parts: HandlerParts): Pick<HandlersOf<typeof leads>, 'admissions.leads.export'> {
  return {
    'admissions.leads.export': async ({ filter, search, sort, chosen, format, columns: names, leaveOut = [], path }, context: CallContext) => {
      const { store, scope } = context;
      const { timeZone } = parts.workspace.settings();
      const kind = format ?? (path?.toLowerCase().endsWith('.xlsx') === true ? 'xlsx' : 'csv');
      const target = parts.files.target(`leads.${kind}`, path, context);
      const setting = filterSetting(parts, context);
      await readLeads(store, needsOf({ filter, search }, setting, [sort?.[0]?.field ?? 'score']));
      const found = chosen === undefined ? allLeadKeys(store, scope, { filter, search }, setting, sort?.[0]) : chosenKeys(parts, context, chosen, sort?.[0]);
      const keys = leaveOut.length === 0 ? found : withoutRefusals(store, found, leaveOut);
      const attributes = attributesNamed(store, names?.flatMap((name) => (name.startsWith('attribute.') ? [name.slice('attribute.'.length)] : [])) ?? null);
      const columns = columnsOf(names, attributes, servedModelKey(store) !== null);
      const byName = new Map(attributes.map((attribute) => [attribute.name, attribute]));
      const valuesOf = attributeReader(store, attributes);
      let rows = 0;
      const lines = async function* (): AsyncGenerator<SheetCell[]> {
        for (let from = 0; from < keys.length; from += leadsPerPiece) {
          context.checkpoint(from, keys.length, 'Writing');
          // What was merged or handed over meanwhile is not written.
          const piece = readableAmong(store, scope, keys.slice(from, from + leadsPerPiece));
          const consents = newestConsentsOfLeads(store, piece);
          const valueOf = valuesOf(piece);
          const predictions = predictionsOfSelected(store, piece);
          for (const row of rowsOfSelected(store, piece)) {
            rows += 1;
            const source: Source = {
              row,
              prediction: predictions.get(row.key),
              channels: channelsBy(row, (channel) => consents.get(row.key)?.get(channel) ?? null, context.now()),
              attribute: (name) => {
                const attribute = byName.get(name);
                return attribute === undefined ? null : valueOf(row.key, attribute);
              },
            };
            yield columns.map(({ cell }) => cell(source));
          }
          await breathe();
        }
      };
      const bytes =
        kind === 'xlsx'
          ? await writeXlsx(target.path, { name: words('fields.leads'), columns, timeZone }, lines(), context.signal)
          : await writeCsv(target.path, columns.map(({ header }) => header), inWords(lines(), columns), context.signal);
      context.transact((_writer, notes) => {
        notes.detail('rows', rows);
        notes.detail('format', kind);
        notes.detail('leftOut', found.length - keys.length);
      });
      return { downloadId: target.downloadId, name: target.name, rows, bytes, path: target.shownPath, leftOut: found.length - keys.length };
    },
  };
}

/** Dates as ISO texts: a CSV has no types. */
async function* inWords(lines: AsyncIterable<SheetCell[]>, columns: readonly Column[]): AsyncGenerator<SheetCell[]> {
  for await (const line of lines) yield line.map((cell, index) => (columns[index]?.type === 'date' && typeof cell === 'number' ? new Date(cell).toISOString() : cell));
}
