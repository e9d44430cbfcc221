import type { NamedTag, Tag, tags } from '#contract/admissions/tags';
import { Refusal } from '#contract/errors';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { systemScope } from '#main/app/scope';
import { readableTagCounts } from '#main/store/admissions/leadList';
import { readLeadState, updateLead } from '#main/store/admissions/leadWrites';
import { changeLeadTags, findTag, findTagNamed, insertTag, renameTag, setTagMergedInto, setTagRemoved, type StoredTag, tagKeysOf, tagSenses, type TagSenses } from '#main/store/admissions/tags';
import type { Writer } from '#main/store/tx';
import { filterSetting } from './leads';
import { requireKeys } from './leadView';

export const namedTagOf = ({ id, name }: StoredTag): NamedTag => ({ id, name });

/** The keys of tags by their names; those that are new are made, in the transaction of whoever uses them. */
export function ensureTags(writer: Writer, names: readonly string[], userKey: number, newId: () => string, now: number): number[] {
  return [...new Set(names.map((name) => findTagNamed(writer, name)?.key ?? insertTag(writer, { id: newId(), name, createdBy: userKey }, now)))];
}

/** What putting tags on a lead and taking others off comes to: the keys that its row gains and loses. */
export function tagDifference(held: readonly number[], wanted: { readonly added: readonly number[]; readonly removed: readonly number[] }, senses: TagSenses): { readonly added: number[]; readonly removed: number[] } {
  const carried = new Set(senses.ofAll(held).map(({ key }) => key));
  const removed = new Set(wanted.removed.flatMap((key) => senses.keysFor(key)));
  return { added: wanted.added.filter((key) => !carried.has(key)), removed: held.filter((key) => removed.has(key)) };
}

export function tagsHandlers(parts: HandlerParts): HandlersOf<typeof tags> {
  const { newId, now } = parts;

  const find = (context: CallContext, id: string): StoredTag => {
    const found = findTag(context.store, id);
    if (found === null) throw new Refusal('not_found', 'That tag does not exist any more.');
    return found;
  };

  const seen = (context: CallContext): Tag[] => {
    const { store, scope } = context;
    const { userKey } = actorOf(context);
    const senses = tagSenses(store);
    const setting = filterSetting(parts, context);
    const counts = readableTagCounts(store, scope, setting, senses);
    const everywhere = readableTagCounts(store, systemScope, setting, senses);
    return senses.standing().flatMap((each) => {
      const leads = counts.get(each.key) ?? 0;
      if (leads === 0 && scope.kind !== 'all' && each.createdBy !== userKey) return [];
      return [{ ...namedTagOf(each), leads, changeable: everywhere.get(each.key) === counts.get(each.key) }];
    });
  };

  /** Refuses a change of a tag that leads of other teams carry. */
  const requireChangeable = (context: CallContext, { key, id }: StoredTag): void => {
    const { store, scope } = context;
    const senses = tagSenses(store);
    const own = senses.of(key)?.key ?? key;
    const setting = filterSetting(parts, context);
    if (readableTagCounts(store, systemScope, setting, senses).get(own) !== readableTagCounts(store, scope, setting, senses).get(own)) {
      throw new Refusal('out_of_scope', 'Leads of other teams carry this tag too. Ask an administrator, or use a tag of your own.', { id });
    }
  };

  /** Refuses a name or a return that another tag stands in the way of. */
  const requireFree = (context: CallContext, name: string, key: number): void => {
    const other = findTagNamed(context.store, name);
    if (other !== null && other.key !== key) throw new Refusal('conflict', `There is a tag “${other.name}” already. Merge the two, or choose another name.`, { id: other.id });
  };

  const change = (context: CallContext, ids: readonly string[], make: (writer: Writer) => { readonly added: readonly number[]; readonly removed: readonly number[] }) => {
    const keys = requireKeys(context, [...new Set(ids)]);
    const at = now();
    const previous = context.transact((writer, notes) => {
      const wanted = make(writer);
      const senses = tagSenses(writer);
      const before: { id: string; tags: string[] }[] = [];
      [...new Set(ids)].forEach((id, index) => {
        const key = keys[index] ?? 0;
        const held = tagKeysOf(writer, key);
        const { added, removed } = tagDifference(held, wanted, senses);
        const state = added.length + removed.length === 0 ? null : readLeadState(writer, key);
        if (state === null) return;
        changeLeadTags(writer, key, added, removed);
        updateLead(writer, state, { lead: {}, person: {} }, true, at);
        before.push({ id, tags: senses.ofAll(held).map(({ name }) => name) });
        notes.target(id);
      });
      notes.detail('leads', before.length);
      return before;
    });
    context.changed('leads', previous.map(({ id }) => id));
    return { changed: previous.length, previous };
  };

  return {
    'admissions.tags.list': (_input, context) => ({ items: seen(context) }),

    'admissions.tags.add': ({ ids, tags: names }, context) => change(context, ids, (writer) => ({ added: ensureTags(writer, names, actorOf(context).userKey, newId, now()), removed: [] })),

    'admissions.tags.remove': ({ ids, tags: names }, context) => change(context, ids, (writer) => ({ added: [], removed: names.flatMap((name) => findTagNamed(writer, name)?.key ?? []) })),

    'admissions.tags.rename': ({ id, name }, context) => {
      const tag = find(context, id);
      requireChangeable(context, tag);
      requireFree(context, name, tag.key);
      context.transact((writer, notes) => {
        renameTag(writer, tag.key, name, now());
        notes.target(id);
      });
      const renamed = seen(context).find((each) => each.id === id);
      if (renamed === undefined) throw new Refusal('not_found', 'That tag was deleted or merged. Take that back first.');
      return renamed;
    },

    'admissions.tags.merge': ({ id, into }, context) => {
      const tag = find(context, id);
      const other = into === null ? null : find(context, into);
      requireChangeable(context, tag);
      if (other === null) requireFree(context, tag.name, tag.key);
      else {
        requireChangeable(context, other);
        const senses = tagSenses(context.store);
        if (senses.of(other.key) === null) throw new Refusal('not_found', 'That tag was deleted. Choose another.');
        if (senses.of(other.key)?.key === tag.key) throw new Refusal('invalid_input', 'A tag is not merged into itself. Choose another.');
      }
      context.transact((writer, notes) => {
        setTagMergedInto(writer, tag.key, other?.key ?? null, now());
        notes.target(id, ...(into === null ? [] : [into]));
      });
      return { id, into: other === null ? null : namedTagOf(other) };
    },

    'admissions.tags.delete': ({ id, deleted }, context) => {
      const tag = find(context, id);
      requireChangeable(context, tag);
      if (!deleted && tag.mergedInto === null) requireFree(context, tag.name, tag.key);
      context.transact((writer, notes) => {
        setTagRemoved(writer, tag.key, deleted, now());
        notes.target(id);
        notes.detail('deleted', deleted);
      });
      return { id, deleted };
    },
  };
}
