import { Cancelled } from '#domain/kernel/checkpoint';
import type { Offline } from '#contract/platform/language';
import type { CallContext } from '#main/app/context';
import type { LanguageAnswer, LanguageGateway, LanguageMessage, LanguageQuestion } from './question';

/** A part of an answer that is shorter says nothing. */
const worthKeeping = 40;

/** Something that was said in a talk before. */
export interface EarlierTurn {
  readonly by: 'person' | 'program';
  readonly text: string;
  /** What it is where it is data rather than a model’s own words: what this machine answered from rows or from a course. */
  readonly data: string | null;
  /** The same as values, where it holds records of leads: those that are kept from models are then left out. Goes with `data`. */
  readonly records?: unknown;
}

/** Earlier turns as a model gets them: begun by the asker, in turns, ended by an answer. */
export function earlierTurns(turns: readonly EarlierTurn[]): LanguageMessage[] {
  const messages: LanguageMessage[] = [];
  for (const { by, text, data, records = text } of turns) {
    const role = by === 'person' ? 'user' : 'assistant';
    if (text === '' || messages.at(-1)?.role === role || (messages.length === 0 && role === 'assistant')) continue;
    messages.push({ role, content: data === null ? text : [{ data: records, from: data }] });
  }
  return messages.at(-1)?.role === 'user' ? messages.slice(0, -1) : messages;
}

/** How a talk keeps what came of a question. */
export interface TalkKeeping<Kept> {
  /** What of a model’s words is prose. */
  readonly prose: (written: string) => string;
  /** A model answered. */
  readonly answered: (given: Extract<LanguageAnswer, { readonly answered: true }>) => Kept;
  /** None did: the machine’s own answer, with the reason, and what had come before it broke off where that says something. */
  readonly instead: (offline: Offline | null, begun: string | null) => Kept;
  /** The person stopped it. Not called where nothing had come. */
  readonly stopped: (written: string) => void;
}

/**
 * Asks a model within a talk. Whatever happens, something is kept: the answer, the machine’s own answer with the reason, or the part that
 * had come when the person stopped it.
 *
 * @throws Cancelled where the person stopped it
 */
export async function askInTalk<Kept>(
  gateway: LanguageGateway,
  question: Omit<LanguageQuestion, 'onText'>,
  streamId: string | undefined,
  context: CallContext,
  keeping: TalkKeeping<Kept>,
): Promise<Kept> {
  let written = '';
  const stream = gateway.streamTo(streamId, context);
  const onText = (piece: string): void => {
    written += piece;
    stream?.(piece);
  };
  try {
    const given = await gateway.ask({ ...question, onText }, context);
    const prose = keeping.prose(given.text);
    if (given.answered) return prose === '' ? keeping.instead(null, null) : keeping.answered(given);
    return keeping.instead(given.offline, prose.length < worthKeeping ? null : prose);
  } catch (error) {
    if (error instanceof Cancelled && keeping.prose(written) !== '') keeping.stopped(written);
    throw error;
  }
}
