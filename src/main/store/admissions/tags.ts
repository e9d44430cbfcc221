import { fold } from '#domain/kernel/text';
import type { Reader, Writer } from '../tx';

/** A tag as it is kept. */
export interface StoredTag {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly folded: string;
  /** The tag that stands for it, where it was merged. */
  readonly mergedInto: number | null;
  readonly removedAt: number | null;
  readonly createdBy: number | null;
}

const selectTag = 'select key, id, name, folded, merged_into as mergedInto, removed_at as removedAt, created_by as createdBy from tags';

/** Every tag that there ever was; a workspace has hundreds of them. */
export function allTags(reader: Reader): StoredTag[] {
  return reader.all<StoredTag>(`${selectTag} order by folded, key`);
}

export function findTag(reader: Reader, id: string): StoredTag | null {
  return reader.get<StoredTag>(`${selectTag} where id = ?`, id) ?? null;
}

/** The tag of a name however it is spelled, that is neither removed nor merged into another. */
export function findTagNamed(reader: Reader, name: string): StoredTag | null {
  return reader.get<StoredTag>(`${selectTag} where folded = ? and removed_at is null and merged_into is null`, fold(name)) ?? null;
}

/** Which tag each key stands for now: itself, or the one that it was merged into; none where that one was removed. */
export class TagSenses {
  private readonly byKey: ReadonlyMap<number, StoredTag>;
  private readonly senses = new Map<number, StoredTag | null>();

  constructor(tags: readonly StoredTag[]) {
    this.byKey = new Map(tags.map((tag) => [tag.key, tag]));
  }

  of(key: number): StoredTag | null {
    const known = this.senses.get(key);
    if (known !== undefined) return known;
    let tag = this.byKey.get(key);
    // A merge into oneself is refused when it is made; the count only keeps a damaged file from holding the program up.
    for (let steps = 0; tag !== undefined && tag.mergedInto !== null && tag.removedAt === null && steps < this.byKey.size; steps += 1) tag = this.byKey.get(tag.mergedInto);
    const sense = tag?.removedAt === null ? tag : null;
    this.senses.set(key, sense);
    return sense;
  }

  /** What several keys stand for, each tag once, by name. */
  ofAll(keys: Iterable<number>): StoredTag[] {
    const found = new Map<number, StoredTag>();
    for (const key of keys) {
      const tag = this.of(key);
      if (tag !== null) found.set(tag.key, tag);
    }
    return [...found.values()].sort((a, b) => a.folded.localeCompare(b.folded));
  }

  /** Every key that stands for a tag: its own, and those of what was merged into it. */
  keysFor(tagKey: number): number[] {
    return [...this.byKey.keys()].filter((key) => this.of(key)?.key === tagKey);
  }

  /** The tags that stand for themselves. */
  standing(): StoredTag[] {
    return [...this.byKey.values()].filter(({ key }) => this.of(key)?.key === key);
  }
}

export function tagSenses(reader: Reader): TagSenses {
  return new TagSenses(allTags(reader));
}

export function insertTag(writer: Writer, tag: { readonly id: string; readonly name: string; readonly createdBy: number }, now: number): number {
  return writer.run('insert into tags (id, name, folded, created_by, created_at, updated_at) values (?, ?, ?, ?, ?, ?)', tag.id, tag.name, fold(tag.name), tag.createdBy, now, now).key;
}

export function renameTag(writer: Writer, key: number, name: string, now: number): void {
  writer.run('update tags set name = ?, folded = ?, updated_at = ? where key = ?', name, fold(name), now, key);
}

/** Takes a tag away from all leads at once, or puts it back. */
export function setTagRemoved(writer: Writer, key: number, removed: boolean, now: number): void {
  writer.run('update tags set removed_at = ?, updated_at = ? where key = ?', removed ? now : null, now, key);
}

/** Lets a tag stand for another, or with null for itself again. */
export function setTagMergedInto(writer: Writer, key: number, into: number | null, now: number): void {
  writer.run('update tags set merged_into = ?, updated_at = ? where key = ?', into, now, key);
}

/** The keys of tags on a lead that was found within a scope before, as they lie in the store. */
export function tagKeysOf(reader: Reader, leadKey: number): number[] {
  return reader.column<number>('select tag_key from lead_tags where lead_key = ? order by tag_key', leadKey);
}

/** The same of many leads. */
export function tagKeysOfMany(reader: Reader, leadKeys: readonly number[]): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const [lead, tag] of reader.tuples<readonly [number, number]>('select lead_key, tag_key from lead_tags where lead_key in (select value from json_each(?)) order by lead_key, tag_key', JSON.stringify(leadKeys))) {
    const keys = found.get(lead);
    if (keys === undefined) found.set(lead, [tag]);
    else keys.push(tag);
  }
  return found;
}

/**
 * Puts tags on a lead and takes others off. The caller counts the lead's revision up, by which the columns in memory notice.
 */
export function changeLeadTags(writer: Writer, leadKey: number, added: readonly number[], removed: readonly number[]): void {
  for (const key of removed) writer.run('delete from lead_tags where lead_key = ? and tag_key = ?', leadKey, key);
  for (const key of added) writer.run('insert or ignore into lead_tags (lead_key, tag_key) values (?, ?)', leadKey, key);
}
