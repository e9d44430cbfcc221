import { suggestQuestions } from '#domain/admissions/queries/suggest';
import type { queries, SavedQuery } from '#contract/admissions/queries';
import { Refusal } from '#contract/errors';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { words } from '#main/app/phrases';
import { findQuery, forgetAsked, insertQuery, listAsked, listQueries, rememberAsked, setQueryRemoved, type StoredQuery, updateQuery } from '#main/store/admissions/queries';
import { filterSetting } from './leads';
import { analyseLeads } from './queryAnalysis';
import { answerQuestion } from './queryAnswers';
import { interpretQuestion } from './queryInterpretation';
import { knownWords } from './queryVocabulary';

/** Questions to begin with: those of the product's own description. */
const exampleKeys = ['stalled', 'highScores', 'lastWeek', 'top', 'averageBySource', 'uncontacted', 'noPhone', 'perMonth'] as const;

function publicQuery({ ownerKey, removed: _removed, ...query }: StoredQuery, userKey: number): SavedQuery {
  return { ...query, mine: ownerKey === userKey };
}

export function queriesHandlers(parts: HandlerParts): HandlersOf<typeof queries> {
  const { newId, now } = parts;

  /** A saved question that the caller owns. Another person's is refused, so that the refusal is audited. */
  const own = (context: CallContext, id: string): StoredQuery => {
    const found = findQuery(context.store, id);
    if (found === null) throw new Refusal('not_found', 'That question does not exist any more.');
    if (found.ownerKey !== actorOf(context).userKey) throw new Refusal('out_of_scope', 'That question belongs to somebody else. Save one of your own instead.', { id });
    return found;
  };
  const shown = (context: CallContext, id: string): SavedQuery => publicQuery(own(context, id), actorOf(context).userKey);

  return {
    'admissions.queries.ask': ({ text, before, limit }, context) => answerQuestion(parts, context, text, before, limit, filterSetting(parts, context)),

    'admissions.queries.interpret': ({ text, before, limit }, context) => interpretQuestion(parts, context, text, before, limit, filterSetting(parts, context)),

    'admissions.queries.suggest': async ({ text, limit }, context) => {
      const { userKey, teamKey } = actorOf(context);
      const { fields } = await knownWords(context, filterSetting(parts, context));
      const standing = <Question extends { readonly text: string; readonly before: unknown }>(some: readonly Question[]): string[] => some.filter(({ before }) => before === null).map((question) => question.text);
      return {
        items: suggestQuestions(
          text,
          {
            fields,
            history: standing(listAsked(context.store, userKey)),
            saved: standing(listQueries(context.store, userKey, teamKey)),
            examples: exampleKeys.map((key) => words(`queries.examples.${key}`)),
          },
          limit,
        ),
      };
    },

    'admissions.queries.analyse': ({ filter }, context) => analyseLeads(parts, context, filter, filterSetting(parts, context)),

    'admissions.queries.list': (_input, context) => {
      const { userKey, teamKey } = actorOf(context);
      return { saved: listQueries(context.store, userKey, teamKey).map((query) => publicQuery(query, userKey)), history: listAsked(context.store, userKey) };
    },

    'admissions.queries.record': ({ text, before }, context) => {
      const asked = { id: newId(), text, before, askedAt: now() };
      context.transact((writer) => {
        rememberAsked(writer, { ...asked, userKey: actorOf(context).userKey }, asked.askedAt);
      });
      return asked;
    },

    'admissions.queries.forget': ({ id }, context) => ({ forgotten: context.transact((writer) => forgetAsked(writer, actorOf(context).userKey, id)) }),

    'admissions.queries.save': (input, context) => {
      const { userKey, teamKey } = actorOf(context);
      const id = newId();
      context.transact((writer, notes) => {
        insertQuery(writer, { id, userKey, teamKey, ...input }, now());
        notes.target(id);
        notes.detail('audience', input.audience);
      });
      return shown(context, id);
    },

    'admissions.queries.update': ({ id, ...changes }, context) => {
      if (own(context, id).removed) throw new Refusal('not_found', 'That question was taken away. Put it back first.');
      context.transact((writer, notes) => {
        updateQuery(writer, id, changes, actorOf(context).teamKey, now());
        notes.target(id);
        notes.detail('changed', Object.keys(changes).join(' '));
        if (changes.audience !== undefined) notes.detail('audience', changes.audience);
      });
      return shown(context, id);
    },

    'admissions.queries.remove': ({ id, removed }, context) => {
      own(context, id);
      context.transact((writer, notes) => {
        setQueryRemoved(writer, id, removed, now());
        notes.target(id);
        notes.detail('removed', removed);
      });
      return { id, removed };
    },
  };
}
