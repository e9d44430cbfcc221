import { LRUCache } from 'lru-cache';
import { type Vocabulary, vocabularyOf } from '#domain/admissions/queries/vocabulary';
import type { OutputOf } from '#contract/index';
import type { CallContext } from '#main/app/context';
import { writesSoFar } from '#main/store/admissions/leadFigures';
import type { FilterSetting } from '#main/store/admissions/leadTests';
import type { Store } from '#main/store/open';
import { offeredFields } from './offeredFields';

/** The words of a workspace as one asker may know them. */
export interface KnownWords {
  readonly fields: OutputOf<'admissions.leads.options'>['fields'];
  readonly vocabulary: Vocabulary;
}

const kept = new WeakMap<Store, LRUCache<string, KnownWords>>();
/** Askers of different reach whose words are kept. */
const askersKept = 6;

/** What the words of the workspace are now; kept until something is written, because a name may be in any row. */
export async function knownWords(context: CallContext, setting: FilterSetting): Promise<KnownWords> {
  const { store, scope } = context;
  let words = kept.get(store);
  if (words === undefined) kept.set(store, (words = new LRUCache({ max: askersKept })));
  const key = JSON.stringify([scope, writesSoFar(store)]);
  const known = words.get(key);
  if (known !== undefined) return known;
  const { fields } = await offeredFields(context, setting);
  const made = { fields, vocabulary: vocabularyOf(fields) };
  words.set(key, made);
  return made;
}
