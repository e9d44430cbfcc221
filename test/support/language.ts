import { onTestFinished } from 'vitest';
import { languagePurposes } from '#domain/platform/language/purposes';
import { type MessagesServer, type ServerOptions, startMessagesServer, testKey } from '#test/doubles/messagesServer';
import type { DataPart, LanguageAnswer, LanguageMessage, LanguageQuestion } from '#main/language/question';
import type { Person, TestApp } from './app';

/** A server of the Messages API that is gone after the test. */
export async function messagesServer(options: ServerOptions = {}): Promise<MessagesServer> {
  const server = await startMessagesServer(options);
  onTestFinished(() => server.close());
  return server;
}

/** Everything on: the key, the server, every purpose, and the consent of each person. */
export async function connectLanguage(owner: Person, server: MessagesServer, ...others: readonly Person[]): Promise<void> {
  await owner.call('platform.language.update', { baseUrl: server.url, key: testKey, purposes: [...languagePurposes] });
  for (const person of [owner, ...others]) await person.call('platform.language.agree', { agreed: true });
}


/** Asks as a feature would that answers a call of this person. */
export function askAs<Value = undefined>(
  { app }: Pick<TestApp, 'app'>,
  person: Person,
  question: Partial<LanguageQuestion<Value>> & Pick<LanguageQuestion<Value>, 'messages'>,
  signal = new AbortController().signal,
): Promise<LanguageAnswer<Value>> {
  return app.inside.language.ask({ purpose: 'chat', system: 'Answer the question in a sentence.', ...question }, app.inside.contextOf(person.token(), 'platform.language.preview', signal));
}

/** One turn of the person. */
export const says = (...content: readonly (string | DataPart)[]): LanguageMessage[] => [{ role: 'user', content }];
