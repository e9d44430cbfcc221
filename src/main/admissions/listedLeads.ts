import type { ListedLead } from '#contract/admissions/leads';
import { attributesOfMany } from '#main/store/admissions/attributeValues';
import { type AttributeRow, listAttributes, listOptions } from '#main/store/admissions/catalogue';
import type { KeyedLeadRow } from '#main/store/admissions/leadRows';
import { type KeptPrediction, predictionsOfSelected } from '#main/store/models/predictions';
import { newestConsentsOfLeads } from '#main/store/platform/people';
import type { Reader } from '#main/store/tx';
import { channelsBy, publicRow } from './leadView';

export type ShownValue = string | number | boolean;

/** The attributes of some names, in that order; without names, all of them. Names that there are none of are left out. */
export function attributesNamed(reader: Reader, names: readonly string[] | null): AttributeRow[] {
  if (names?.length === 0) return [];
  const all = listAttributes(reader);
  if (names === null) return all;
  const byName = new Map(all.map((attribute) => [attribute.name, attribute]));
  return names.flatMap((name) => byName.get(name) ?? []);
}

/** Reads values of attributes on leads that were selected within a scope, as people see them. The options are read once for many pages. */
export function attributeReader(reader: Reader, attributes: readonly AttributeRow[]): (leadKeys: readonly number[]) => (leadKey: number, attribute: AttributeRow) => ShownValue | null {
  const options = new Map(attributes.filter(({ type }) => type === 'option').flatMap(({ key }) => listOptions(reader, key).map((option) => [option.key, option.text] as const)));
  return (leadKeys) => {
    const values = attributesOfMany(reader, attributes.map(({ key }) => key), leadKeys);
    return (leadKey, { key, type }) => {
      const value = values.get(leadKey)?.get(key);
      if (value === undefined) return null;
      return type === 'option' ? (options.get(Number(value)) ?? null) : type === 'boolean' ? value === 1 : value;
    };
  };
}

/** What the serving model says of a lead as lists and files show it, by the lead's revision of now. */
function shownPrediction(kept: KeptPrediction | undefined, revision: number): ListedLead['prediction'] {
  if (kept === undefined) return null;
  const { probability, lower, upper, confidence, leadRevision } = kept;
  return { probability, lower, upper, confidence, current: leadRevision === revision };
}

/** Leads as the list shows them: with how one may contact each, and with the attributes that were asked for. */
export function listedLeads(reader: Reader, rows: readonly KeyedLeadRow[], attributeNames: readonly string[], now: number): ListedLead[] {
  const keys = rows.map(({ key }) => key);
  const consents = newestConsentsOfLeads(reader, keys);
  const predictions = predictionsOfSelected(reader, keys);
  const attributes = attributesNamed(reader, attributeNames);
  const valueOf = attributeReader(reader, attributes)(keys);
  return rows.map((row) => ({
    ...publicRow(row),
    prediction: shownPrediction(predictions.get(row.key), row.revision),
    channels: channelsBy(row, (channel) => consents.get(row.key)?.get(channel) ?? null, now),
    attributes: Object.fromEntries(
      attributes.flatMap((attribute) => {
        const value = valueOf(row.key, attribute);
        return value === null ? [] : [[attribute.name, value]];
      }),
    ),
  }));
}
