import { columnOrderingFeature, columnVisibilityFeature, createColumnHelper, tableFeatures } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { type LeadSort, leadSorts } from '#contract/admissions/leadFields';
import type { LeadRow, ListedLead } from '#contract/admissions/leads';
import { ContactCell } from '#renderer/admissions/contact/Consent';
import { TagChips } from '#renderer/admissions/tags/TagChips';
import { DueMark } from '#renderer/admissions/tasks/DueMark';
import { useFormats } from '#renderer/data/format';
import { useWords } from '#renderer/data/words';
import { Score, Tag } from '#renderer/kit/Marks';
import { ChanceOf, RangeOf } from '#renderer/models/predictions/Chance';
import type { FilterField } from './filters';

/** What of the table's library is used. The core sorts and filters: here are only pages of the list. */
export const leadTableFeatures = tableFeatures({ columnVisibilityFeature, columnOrderingFeature });

/** Every column that the table of leads can show, in the order of a person's first look. */
export const leadColumns = [
  'name', 'score', 'modelChance', 'modelRange', 'modelConfidence', 'band', 'probability', 'etaDays', 'confidence', 'stage', 'source', 'course', 'campus', 'country', 'city', 'owner', 'team',
  'tags', 'blocker', 'converted', 'contact', 'email', 'phone', 'externalId', 'enquiredAt', 'lastActivityAt', 'lastContactedAt', 'nextTaskAt', 'createdAt',
] as const; // prettier-ignore
export type LeadColumn = (typeof leadColumns)[number];
/** A column that an import brought. */
export type AttributeColumn = `attribute.${string}`;
export type Column = LeadColumn | AttributeColumn;

export function isAttribute(column: string): column is AttributeColumn {
  return column.startsWith('attribute.');
}

/** Columns of what a model says: offered while one serves. */
export const modelColumns: readonly string[] = ['modelChance', 'modelRange', 'modelConfidence'] satisfies readonly LeadColumn[];

/** Columns that go together, for one kind of work. */
export const columnSets = {
  contacting: ['name', 'score', 'contact', 'phone', 'email', 'stage', 'tags', 'owner', 'lastContactedAt'],
  pipeline: ['name', 'stage', 'probability', 'etaDays', 'blocker', 'course', 'campus', 'owner', 'tags', 'lastActivityAt'],
  quality: ['name', 'confidence', 'blocker', 'email', 'phone', 'source', 'course', 'country', 'enquiredAt', 'externalId', 'createdAt'],
} as const satisfies Readonly<Record<string, readonly LeadColumn[]>>;

interface ColumnLook {
  /** The track of the grid: a width, or a share of what is left. */
  readonly track: string;
  /** Least width in pixels, for the width of the whole table. */
  readonly least: number;
  readonly number?: true;
}

const figure = (least: number): ColumnLook => ({ track: `${String(least)}px`, least, number: true });
const words = (least: number): ColumnLook => ({ track: `minmax(${String(least)}px, 1fr)`, least });

/** How a column looks, as wide as somebody has made it. */
export function lookOf(column: Column, widths: Readonly<Record<string, number>>): ColumnLook {
  const look = isAttribute(column) ? words(128) : columnLooks[column];
  const width = widths[column];
  return width === undefined ? look : { ...look, track: `${String(width)}px`, least: width };
}

const columnLooks: Readonly<Record<LeadColumn, ColumnLook>> = {
  name: { track: 'minmax(200px, 2fr)', least: 200 },
  score: figure(84),
  band: { track: '96px', least: 96 },
  probability: figure(96),
  modelChance: figure(128),
  modelRange: figure(96),
  modelConfidence: figure(128),
  etaDays: figure(96),
  confidence: figure(112),
  stage: { track: '112px', least: 112 },
  source: words(128),
  course: words(128),
  campus: words(112),
  country: words(104),
  city: words(104),
  owner: words(120),
  team: words(112),
  tags: words(140),
  blocker: words(160),
  converted: { track: '96px', least: 96 },
  contact: { track: '92px', least: 92 },
  email: words(180),
  phone: { track: '144px', least: 144 },
  externalId: words(112),
  enquiredAt: { track: '120px', least: 120 },
  lastActivityAt: { track: '128px', least: 128 },
  lastContactedAt: { track: '128px', least: 128 },
  nextTaskAt: { track: '176px', least: 176 },
  createdAt: { track: '120px', least: 120 },
};

export function isSort(column: string): column is LeadSort {
  return (leadSorts as readonly string[]).includes(column);
}

/** An answer that is missing: a dash that is not read out as a word. */
function Missing() {
  return (
    <span aria-hidden className="text-faint">
      –
    </span>
  );
}

function When({ at, relative = false }: { readonly at: number | null; readonly relative?: boolean }) {
  const formats = useFormats();
  if (at === null) return <Missing />;
  return (
    <time dateTime={new Date(at).toISOString()} title={formats.moment(at)} className="tabular text-muted">
      {relative ? formats.ago(at) : formats.date(at)}
    </time>
  );
}

function Words({ children }: { readonly children: string | null }) {
  return children === null ? (
    <Missing />
  ) : (
    <span className="truncate" title={children}>
      {children}
    </span>
  );
}

function ScoreOf({ lead }: { readonly lead: LeadRow }) {
  const { t } = useWords();
  return <Score score={lead.score} band={lead.band} bandWord={lead.band === null ? '' : t(`words.values.${lead.band}`)} />;
}

function Percent({ share }: { readonly share: number | null }) {
  const formats = useFormats();
  return share === null ? <Missing /> : formats.percent(share);
}

function Days({ days }: { readonly days: number | null }) {
  const { t } = useWords();
  return days === null ? <Missing /> : t('leads.days', { count: Math.round(days) });
}

function Word({ of: value }: { readonly of: NonNullable<LeadRow['band']> | LeadRow['stage'] | LeadRow['blockers'][number] | null }) {
  const { t } = useWords();
  return value === null ? <Missing /> : t(`words.values.${value}`);
}

function Converted({ converted }: { readonly converted: boolean | null }) {
  const { t } = useWords();
  if (converted === null) return <Missing />;
  return <Tag tone={converted ? 'good' : 'plain'}>{t(converted ? 'leads.filter.yes' : 'leads.filter.no')}</Tag>;
}

function Blockers({ blockers }: { readonly blockers: LeadRow['blockers'] }) {
  const { t } = useWords();
  const said = blockers.map((blocker) => t(`words.values.${blocker}`)).join(', ');
  return said === '' ? <Missing /> : <Words>{said}</Words>;
}

function Attribute({ field, value }: { readonly field: FilterField | undefined; readonly value: ListedLead['attributes'][string] | undefined }) {
  const { t } = useWords();
  const formats = useFormats();
  if (value === undefined) return <Missing />;
  if (typeof value === 'boolean') return t(value ? 'leads.filter.yes' : 'leads.filter.no');
  if (typeof value === 'number') return <span className="tabular">{field?.type === 'instant' ? formats.date(value) : formats.number(value)}</span>;
  return <Words>{value}</Words>;
}

/** What one can do from within a cell. */
export interface CellActions {
  readonly contact: (lead: ListedLead, channel: 'email' | 'phone') => void;
}

const cells: Readonly<Record<Exclude<LeadColumn, 'contact'>, (lead: ListedLead) => ReactNode>> = {
  name: (lead) => (
    <span className="flex min-w-0 items-center gap-1.5">
      <Link href={`/leads/${lead.id}`} tabIndex={-1} title={lead.name} className="truncate font-medium underline-offset-2 hover:underline">
        {lead.name}
      </Link>
      {lead.nextTaskAt !== null && <DueMark at={lead.nextTaskAt} compact />}
    </span>
  ),
  score: (lead) => <ScoreOf lead={lead} />,
  band: (lead) => <Word of={lead.band} />,
  probability: (lead) => <Percent share={lead.probability} />,
  modelChance: (lead) => <ChanceOf prediction={lead.prediction} />,
  modelRange: (lead) => <RangeOf prediction={lead.prediction} />,
  modelConfidence: (lead) => <Percent share={lead.prediction?.confidence ?? null} />,
  etaDays: (lead) => <Days days={lead.etaDays} />,
  confidence: (lead) => <Percent share={lead.confidence} />,
  stage: (lead) => <Word of={lead.stage} />,
  source: (lead) => <Words>{lead.source}</Words>,
  course: (lead) => <Words>{lead.course}</Words>,
  campus: (lead) => <Words>{lead.campus}</Words>,
  country: (lead) => <Words>{lead.country}</Words>,
  city: (lead) => <Words>{lead.city}</Words>,
  owner: (lead) => <Words>{lead.owner?.name ?? null}</Words>,
  team: (lead) => <Words>{lead.team.name}</Words>,
  tags: (lead) => <TagChips tags={lead.tags} />,
  blocker: (lead) => <Blockers blockers={lead.blockers} />,
  converted: (lead) => <Converted converted={lead.converted} />,
  email: (lead) => <Words>{lead.email}</Words>,
  phone: (lead) => <Words>{lead.phone}</Words>,
  externalId: (lead) => <Words>{lead.externalId}</Words>,
  enquiredAt: (lead) => <When at={lead.enquiredAt} />,
  lastActivityAt: (lead) => <When at={lead.lastActivityAt} relative />,
  lastContactedAt: (lead) => <When at={lead.lastContactedAt} relative />,
  nextTaskAt: (lead) => (lead.nextTaskAt === null ? <Missing /> : <DueMark at={lead.nextTaskAt} />),
  createdAt: (lead) => <When at={lead.createdAt} />,
};

const helper = createColumnHelper<typeof leadTableFeatures, ListedLead>();

/** The columns for the table's library: it holds which are shown, in which order, and what is selected. */
export function columnDefinitions(attributes: readonly AttributeColumn[], fields: readonly FilterField[], { contact }: CellActions) {
  return helper.columns([
    ...leadColumns.map((id) =>
      helper.display({ id, cell: ({ row }) => (id === 'contact' ? <ContactCell lead={row.original} onContact={(channel) => { contact(row.original, channel); }} /> : cells[id](row.original)) }),
    ),
    ...attributes.map((id) => {
      const field = fields.find(({ name }) => name === id);
      return helper.display({ id, cell: ({ row }) => <Attribute field={field} value={row.original.attributes[id.slice('attribute.'.length)]} /> });
    }),
  ]);
}

/** What columns are called: their own words, or the name that an import gave. */
export function useColumnLabels(fields: readonly FilterField[]): (column: Column) => string {
  const { t } = useWords();
  return (column) => (isAttribute(column) ? (fields.find(({ name }) => name === column)?.label ?? column.slice('attribute.'.length)) : t(`leads.columns.${column}`));
}
