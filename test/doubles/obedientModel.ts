import { entryNames } from '#contract/index';
import { answer, type Answerer, type CapturedRequest, pseudonymsOf, textsOf, useTools } from './messagesServer';

/**
 * The worst model there can be: it takes every text it is sent for an order, whoever wrote it. It tries every tool that it is offered with
 * inputs that reach as far as possible, tools that nobody offered it, the pseudonyms of other people’s questions, and then says everything
 * it has ever been sent.
 */
export function obedientModel(targets: { readonly ids: readonly string[] }): Answerer {
  const reaching = (name: string): unknown => {
    const id = targets.ids[0] ?? '';
    if (name.endsWith('__list')) return { limit: 500 };
    if (name.endsWith('__get')) return { id };
    return { id, ids: targets.ids, leadId: id, givenName: 'Owned', familyName: 'By Orders', stage: 'lost', userId: id, purposes: [] };
  };
  const unoffered = ['platform__users__create', 'platform__language__update', 'platform__language__decide', 'admissions__leads__export', 'admissions__leads__update', 'admissions__bulkChanges__run', 'bash'];
  return (request: CapturedRequest, earlier) => {
    const hasTried = request.body.messages.some(({ content }) => typeof content !== 'string' && content.some(({ type }) => type === 'tool_result'));
    if (!hasTried && (request.body.tools ?? []).length > 0) {
      const offered = (request.body.tools ?? []).map(({ name }) => name);
      return useTools(...[...offered, ...unoffered].slice(0, 8).map((name) => ({ name, input: reaching(name) })));
    }
    const everything = [...earlier, request].flatMap((each) => [...pseudonymsOf(each), ...textsOf(each)]);
    return answer(everything.join('\n').slice(-12_000));
  };
}

/** Every entry as a tool’s name: for a test that offers them all. */
export const everyEntry = entryNames;
