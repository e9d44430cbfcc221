import { round } from '#domain/kernel/stats';
import { normaliseEmail } from '../leads/normalise';
import type { ColumnProfile } from './columns';
import { type ColumnType, fieldType, headerSynonyms, type ImportField, importFields, type KnownWhen, soundsAfterContact } from './fields';
import { attributeKey, headerKey } from './headers';

/** What becomes of one column. */
export type ColumnTarget =
  | { readonly kind: 'field'; readonly field: ImportField }
  | { readonly kind: 'attribute'; readonly key: string }
  | { readonly kind: 'ignore' };

/** What one column looks like and what is proposed for it. */
export interface ColumnProposal extends ColumnProfile {
  readonly index: number;
  readonly header: string;
  /** A field, `attribute.<key>`, or null for an empty column. */
  readonly proposedField: string | null;
  /** 0 to 1: how sure the proposal is. */
  readonly confidence: number;
  readonly knownWhen: KnownWhen;
  /** Area under the ROC curve of "is answered" against the outcome, where the file has one: far from .5 tells of leakage. */
  readonly missingnessAuc: number | null;
}

/** What a person accepted for one column; what an import runs with. */
export interface ColumnMapping {
  readonly index: number;
  readonly header: string;
  readonly target: ColumnTarget;
  readonly type: ColumnType;
  readonly dateFormat: string | null;
  readonly decimal: '.' | ',';
  readonly placeholders: readonly string[];
  readonly knownWhen: KnownWhen;
}

const compatible: Readonly<Record<ColumnType, readonly ColumnType[]>> = {
  text: ['text', 'option', 'number', 'date', 'boolean'],
  option: ['option', 'text', 'number', 'boolean'],
  number: ['number', 'boolean'],
  boolean: ['boolean'],
  date: ['date'],
};

/** How well a header names a field: 1 for its plain name, less for a looser likeness, 0 for none. */
export function headerLikeness(header: string, field: ImportField): number {
  const key = headerKey(header);
  const names = headerSynonyms[field];
  const exact = names.indexOf(key);
  if (exact >= 0) return exact === 0 ? 1 : 0.95 - Math.min(exact, 10) * 0.005;
  const words = new Set(key.split(' '));
  let best = 0;
  for (const name of names) {
    const nameWords = name.split(' ');
    if (nameWords.length === 1 && name.length < 4) continue;
    const shared = nameWords.filter((word) => words.has(word)).length;
    if (shared < nameWords.length) continue;
    best = Math.max(best, 0.75 * (nameWords.length / words.size));
  }
  return best;
}

/** What the cells themselves say for or against a field. */
function valueEvidence(profile: ColumnProfile, field: ImportField): number {
  if (profile.answered === 0) return 0.5;
  if (!compatible[fieldType(field)].includes(profile.type)) return 0;
  if (field === 'email') return profile.samples.every((sample) => normaliseEmail(sample) !== null) ? 1 : 0;
  if (field === 'phone') return profile.samples.every((sample) => /^[+(]?[\d\s().\-/+]{6,}(?:x\d+)?$/.test(sample)) ? 1 : 0;
  if (field === 'externalId') return profile.distinct >= Math.min(profile.answered, 5_000) * 0.8 ? 1 : 0;
  return 1;
}

interface Candidate {
  readonly index: number;
  readonly field: ImportField;
  readonly strength: number;
}

/**
 * Proposes what each column becomes. Every field is given to at most one column, the surest pairs first; a column that no field fits
 * becomes an attribute.
 *
 * @param columns profiles in the order of the file, with their cleaned headers
 */
export function proposeMapping(
  columns: readonly { readonly header: string; readonly profile: ColumnProfile; readonly missingnessAuc: number | null }[],
): ColumnProposal[] {
  const candidates: Candidate[] = columns.flatMap(({ header, profile }, index) =>
    importFields.flatMap((field): Candidate[] => {
      const evidence = valueEvidence(profile, field);
      const byValue = field === 'email' && evidence === 1 ? 0.8 : 0;
      const strength = Math.max(headerLikeness(header, field), byValue) * evidence;
      return strength >= 0.35 ? [{ index, field, strength }] : [];
    }),
  );
  const taken = new Map<number, Candidate>();
  const used = new Set<ImportField>();
  for (const candidate of candidates.sort((a, b) => b.strength - a.strength || a.index - b.index)) {
    if (taken.has(candidate.index) || used.has(candidate.field)) continue;
    taken.set(candidate.index, candidate);
    used.add(candidate.field);
  }
  const keys = new Set<string>();
  return columns.map(({ header, profile, missingnessAuc }, index) => {
    const candidate = taken.get(index);
    const common = { ...profile, index, header, missingnessAuc };
    if (candidate !== undefined) {
      return { ...common, proposedField: candidate.field, confidence: round(candidate.strength, 2), knownWhen: knownWhen(header, null) };
    }
    if (profile.answered === 0) return { ...common, proposedField: null, confidence: 1, knownWhen: 'unknown' };
    const base = attributeKey(header);
    let key = base;
    for (let number = 2; keys.has(key); number += 1) key = `${base}${String(number)}`;
    keys.add(key);
    return { ...common, proposedField: `attribute.${key}`, confidence: 0.6, knownWhen: knownWhen(header, missingnessAuc) };
  });
}

/** From here on, whether a cell is answered tells so much of the outcome that it was probably filled in afterwards. */
const tellingMissingness = 0.1;

function knownWhen(header: string, missingnessAuc: number | null): KnownWhen {
  if (soundsAfterContact(headerKey(header))) return 'after_contact';
  if (missingnessAuc !== null && Math.abs(missingnessAuc - 0.5) >= tellingMissingness) return 'unknown';
  return 'at_enquiry';
}

/** The mapping that accepts every proposal as it stands. */
export function acceptProposals(proposals: readonly ColumnProposal[]): ColumnMapping[] {
  return proposals.map((proposal) => ({
    index: proposal.index,
    header: proposal.header,
    target: targetOf(proposal.proposedField),
    type: proposal.type,
    dateFormat: proposal.dateFormat,
    decimal: proposal.decimal,
    placeholders: proposal.placeholders,
    knownWhen: proposal.knownWhen,
  }));
}

/** Reads a proposal's field name back into a target. */
export function targetOf(proposed: string | null): ColumnTarget {
  if (proposed === null) return { kind: 'ignore' };
  if (proposed.startsWith('attribute.')) return { kind: 'attribute', key: proposed.slice('attribute.'.length) };
  const field = importFields.find((each) => each === proposed);
  return field === undefined ? { kind: 'ignore' } : { kind: 'field', field };
}

/** Problems of a mapping, in words, or an empty list. */
export function mappingProblems(mapping: readonly ColumnMapping[]): string[] {
  const problems: string[] = [];
  const seen = new Map<string, string>();
  for (const { target, header, type, dateFormat } of mapping) {
    if (target.kind === 'ignore') continue;
    const name = target.kind === 'field' ? target.field : `attribute.${target.key}`;
    const other = seen.get(name);
    if (other !== undefined) problems.push(`“${other}” and “${header}” cannot both become ${name}.`);
    seen.set(name, header);
    const needed = target.kind === 'field' ? fieldType(target.field) : type;
    if (needed === 'date' && dateFormat === null) problems.push(`“${header}” needs a date format.`);
  }
  if (mapping.every(({ target }) => target.kind === 'ignore')) problems.push('Every column is left out: there is nothing to import.');
  return problems;
}
