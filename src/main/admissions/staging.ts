import type { ColumnType, KnownWhen } from '#domain/admissions/imports/fields';
import type { ColumnMapping } from '#domain/admissions/imports/mapping';
import { type AttributeValue, type ImportedLead, sortName } from '#domain/admissions/imports/rows';
import { phrase, type Phrase } from '#domain/kernel/phrase';
import { displayName } from '#domain/admissions/leads/normalise';
import { type Signal, signals } from '#domain/admissions/leads/signals';
import { openStages, type Stage, stages } from '#domain/admissions/leads/stages';
import type { RowScope } from '#main/app/scope';
import { ensureNamed, ensureOption, findAttribute, insertAttribute, type NamedTable } from '#main/store/admissions/catalogue';
import { signalColumns } from '#main/store/admissions/facts';
import { addProblem, findByEmailAndName, findExternal, type ImportCounts, isStaged, type KnownLead, noCounts, stageUpdate } from '#main/store/admissions/imports';
import { currentValues, differences, indexSearch, insertLead, isEmptyChange, type LeadChanges, type LeadColumns, type LeadState, type NewLead, type PersonColumns, readLeadState } from '#main/store/admissions/leadWrites';
import { type AttributeRowValue, insertAttributes, type KeptAttribute } from '#main/store/admissions/attributeValues';
import { isWithin } from '#main/store/admissions/merges';
import { isReadable } from '#main/store/admissions/scope';
import { type ConsentInput, insertConsents, insertPerson } from '#main/store/platform/people';
import type { Writer } from '#main/store/tx';
import type { ReadPiece } from '#main/worker/importTasks';

/** What an update of an import does to a lead that was there already. */
export interface UpdateChanges extends LeadChanges {
  readonly consents: Readonly<Partial<Record<'email' | 'phone', boolean>>>;
}

export interface StagingSetting {
  readonly importKey: number;
  readonly originKey: number;
  readonly teamKey: number;
  readonly scope: RowScope;
  readonly now: number;
  readonly newId: () => string;
}

interface Attribute {
  readonly key: number;
  readonly type: ColumnType;
}

/** The attributes that a mapping names; those that are new are made. A name that has another type already gets a number. */
export function ensureAttributes(writer: Writer, mapping: readonly ColumnMapping[], newId: () => string, now: number): ReadonlyMap<string, Attribute> {
  const found = new Map<string, Attribute>();
  for (const { target, type, header, knownWhen } of mapping) {
    if (target.kind !== 'attribute') continue;
    found.set(target.key, ensureAttribute(writer, { name: target.key, type, label: header, knownWhen }, newId, now));
  }
  return found;
}

function ensureAttribute(writer: Writer, wanted: { name: string; type: ColumnType; label: string; knownWhen: KnownWhen }, newId: () => string, now: number): Attribute {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted.name : `${wanted.name}${String(number)}`;
    const existing = findAttribute(writer, name);
    if (existing === null) return { key: insertAttribute(writer, { ...wanted, id: newId(), name }, now), type: wanted.type };
    if (existing.type === wanted.type) return existing;
  }
}

/** Options of one attribute that are remembered by their text. */
const optionsHeld = 20_000;

/** The map of a key in a map of maps; an empty one where there is none yet. */
function innerMap<Key, Name, Value>(maps: Map<Key, Map<Name, Value>>, key: Key): Map<Name, Value> {
  let map = maps.get(key);
  if (map === undefined) {
    map = new Map();
    maps.set(key, map);
  }
  return map;
}

function hasSignals(lead: ImportedLead): boolean {
  return Object.keys(lead.signals).length > 0;
}

/** Puts the rows of a file into the store, hidden, in short transactions; counts what became of them. */
export class Staging {
  private readonly tally = { ...noCounts };
  private readonly names = new Map<NamedTable, Map<string, number>>();
  private readonly options = new Map<number, Map<string, number>>();
  private problems = 0;
  private values: AttributeRowValue[] = [];
  private consents: ConsentInput[] = [];

  constructor(
    private readonly setting: StagingSetting,
    private readonly attributes: ReadonlyMap<string, Attribute>,
  ) {}

  get counts(): ImportCounts {
    return this.tally;
  }

  /** Takes over some rows within one transaction. */
  add(writer: Writer, leads: readonly ImportedLead[]): void {
    for (const lead of leads) this.addLead(writer, lead);
    insertAttributes(writer, this.values);
    insertConsents(writer, this.consents);
    this.values = [];
    this.consents = [];
  }

  addProblems(writer: Writer, problems: ReadPiece['problems']): void {
    for (const problem of problems) {
      this.problems += 1;
      addProblem(writer, this.setting.importKey, this.problems, problem);
      this.count(problem.kind === 'rejected' ? 'rejected' : 'warnings');
    }
  }

  /** Adds the duplicates that were found once all rows were in. */
  countDuplicates(duplicates: number): void {
    this.tally.duplicates = duplicates;
  }

  private count(what: keyof ImportCounts): void {
    this.tally[what] += 1;
  }

  private reject(writer: Writer, lead: ImportedLead, reason: Phrase): void {
    this.addProblems(writer, [{ line: lead.line, kind: 'rejected', header: null, reason, cells: [] }]);
  }

  private addLead(writer: Writer, lead: ImportedLead): void {
    const { importKey, originKey, scope } = this.setting;
    const known = this.findKnown(writer, lead);
    if (known?.importKey === importKey || (known !== null && isStaged(writer, importKey, known.key))) {
      this.reject(writer, lead, phrase('imports.problems.repeatedId', { value: lead.externalId ?? '' }));
      return;
    }
    if (known?.mergedInto !== undefined && known.mergedInto !== null) {
      const value = lead.externalId ?? lead.email ?? '';
      this.reject(writer, lead, isWithin(writer, scope, known.key) ? phrase('imports.problems.merged', { value }) : phrase('imports.problems.otherTeam', { value }));
      return;
    }
    if (known !== null) {
      if (!isReadable(writer, scope, known.key)) {
        this.reject(writer, lead, phrase('imports.problems.otherTeam', { value: lead.externalId ?? '' }));
        return;
      }
      this.stageUpdate(writer, known.key, lead);
      this.count('updated');
      return;
    }
    this.insert(writer, lead, originKey);
    this.count('imported');
  }

  /** The lead that a row is about: by its external id; without one, the lead of the same origin with the same e-mail and name. */
  private findKnown(writer: Writer, lead: ImportedLead): KnownLead | null {
    const { originKey, importKey } = this.setting;
    if (lead.externalId !== null) return findExternal(writer, originKey, lead.externalId);
    if (lead.email === null) return null;
    const known = findByEmailAndName(writer, originKey, lead.email, sortName(lead));
    // Two rows of one file that agree so far are two enquiries that look alike: duplicates to be judged, not an update.
    return known === null || known.importKey === importKey || isStaged(writer, importKey, known.key) ? null : known;
  }

  private insert(writer: Writer, lead: ImportedLead, originKey: number): void {
    const { importKey, teamKey, now, newId } = this.setting;
    const personKey = insertPerson(writer, { id: newId(), givenName: lead.givenName, familyName: lead.familyName, email: lead.email, phone: lead.phone }, now);
    const stage = lead.stage ?? (lead.converted === true ? 'enrolled' : 'enquiry');
    const { givenName, familyName, email, phone, externalId } = lead;
    const columns: NewLead['columns'] = {
      ...this.fileColumns(writer, lead),
      stage: stages.indexOf(stage),
      team_key: teamKey,
      opening: hasSignals(lead) ? JSON.stringify(lead.signals) : null,
    };
    for (const signal of signals) columns[signalColumns[signal]] = lead.signals[signal] ?? null;
    const consents = { email: lead.emailConsent, phone: lead.phoneConsent };
    const key = insertLead(writer, { id: newId(), personKey, importKey, originKey, externalId, givenName, familyName, email, phone, consents, columns }, now);
    for (const [attributeKey, value] of this.keptAttributes(writer, lead)) this.values.push([attributeKey, key, value]);
    indexSearch(writer, key, { name: displayName({ given: givenName, family: familyName }) ?? '', email, reference: externalId }, true);
    for (const channel of ['email', 'phone'] as const) {
      const granted = consents[channel];
      if (granted !== null) this.consents.push({ id: newId(), personKey, purpose: 'admissions', channel, granted, basis: 'import', userKey: null, at: now });
    }
  }

  /** The columns that a row may fill, its names turned into keys; null where it leaves one open. */
  private fileColumns(writer: Writer, lead: ImportedLead): LeadColumns {
    return {
      source_key: this.named(writer, 'sources', lead.source),
      course_key: this.named(writer, 'courses', lead.course),
      campus_key: this.named(writer, 'campuses', lead.campus),
      country_key: this.named(writer, 'countries', lead.country),
      city_key: this.named(writer, 'cities', lead.city),
      converted: lead.converted === null ? null : lead.converted ? 1 : 0,
      enquired_at: lead.enquiredAt,
      last_activity_at: lead.lastActivityAt,
      last_activity: lead.lastActivity,
    };
  }

  private named(writer: Writer, table: NamedTable, name: string | null): number | null {
    if (name === null) return null;
    const known = innerMap(this.names, table);
    const found = known.get(name);
    if (found !== undefined) return found;
    const key = ensureNamed(writer, table, name, this.setting.newId, this.setting.now);
    known.set(name, key);
    return key;
  }

  private keptAttributes(writer: Writer, lead: ImportedLead): [number, KeptAttribute][] {
    const kept: [number, KeptAttribute][] = [];
    for (const [name, value] of Object.entries(lead.attributes)) {
      const attribute = this.attributes.get(name);
      if (attribute !== undefined) kept.push([attribute.key, this.keptValue(writer, attribute, value)]);
    }
    return kept;
  }

  private keptValue(writer: Writer, { key, type }: Attribute, value: AttributeValue): KeptAttribute {
    if (typeof value === 'boolean') return value ? 1 : 0;
    if (type !== 'option' || typeof value === 'number') return value;
    const known = innerMap(this.options, key);
    const found = known.get(value);
    if (found !== undefined) return found;
    const option = ensureOption(writer, key, value);
    if (known.size < optionsHeld) known.set(value, option);
    return option;
  }

  private stageUpdate(writer: Writer, key: number, lead: ImportedLead): void {
    const state = readLeadState(writer, key);
    if (state === null) return;
    const changes = differences(state, {
      lead: this.wantedColumns(writer, state, lead),
      person: wantedPerson(lead),
      attributes: Object.fromEntries(this.keptAttributes(writer, lead)),
    });
    const consents = Object.fromEntries(
      ([['email', lead.emailConsent], ['phone', lead.phoneConsent]] as const).filter(([, granted]) => granted !== null),
    ) as UpdateChanges['consents'];
    if (isEmptyChange(changes) && Object.keys(consents).length === 0) return;
    const after: UpdateChanges = { ...changes, consents };
    stageUpdate(writer, this.setting.importKey, key, lead.line, currentValues(state, changes), after);
  }

  /** What the file says of a lead that is known: its values win, its gaps leave what is there, its totals replace the opening ones. */
  private wantedColumns(writer: Writer, state: LeadState, lead: ImportedLead): LeadColumns {
    const wanted: LeadColumns = Object.fromEntries(Object.entries(this.fileColumns(writer, lead)).filter(([, value]) => value !== null));
    const opening = (typeof state.columns.opening === 'string' ? JSON.parse(state.columns.opening) : {}) as Partial<Record<Signal, number>>;
    for (const signal of signals) {
      const total = lead.signals[signal];
      if (total === undefined) continue;
      const now = state.columns[signalColumns[signal]];
      wanted[signalColumns[signal]] = total + (typeof now === 'number' ? now - (opening[signal] ?? 0) : 0);
    }
    if (hasSignals(lead)) wanted.opening = JSON.stringify({ ...opening, ...lead.signals });
    const stage = this.wantedStage(state, lead);
    if (stage !== null) wanted.stage = stages.indexOf(stage);
    // An activity of an older export does not take back a newer one that was logged here.
    const { last_activity_at: last } = state.columns;
    if (typeof wanted.last_activity_at === 'number' && typeof last === 'number' && last > wanted.last_activity_at) {
      // Where the newer one is an open or a click that may yet be judged otherwise, this is what it goes back to.
      if (state.columns.engaged_at === last && Number(state.columns.activity_before ?? 0) < wanted.last_activity_at) wanted.activity_before = wanted.last_activity_at;
      delete wanted.last_activity_at;
    }
    return wanted;
  }

  private wantedStage(state: LeadState, lead: ImportedLead): Stage | null {
    if (lead.stage !== null) return lead.stage;
    const now = stages[Number(state.columns.stage)];
    return lead.converted === true && now !== undefined && openStages.includes(now) ? 'enrolled' : null;
  }
}

function wantedPerson(lead: ImportedLead): PersonColumns {
  const wanted: PersonColumns = { given_name: lead.givenName, family_name: lead.familyName, email: lead.email, phone: lead.phone };
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== null));
}

