import type Anthropic from '@anthropic-ai/sdk';
import { Cancelled } from '#domain/kernel/checkpoint';
import type { LanguagePurpose } from '#domain/platform/language/purposes';
import { actorOf } from '#main/app/context';
import type { Dispatch } from '#main/app/dispatch';
import type { Events } from '#main/app/events';
import { hostOf } from './addresses';
import type { Holds } from './holds';
import { end, type Journey } from './journey';
import type { ProviderAnswer, RequestBody } from './provider';
import { marked } from './request';
import type { Sender } from './sending';
import type { OfferedTool } from './tools';

/** Rounds of tools before a question is stopped, and tools in one round. */
const mostRounds = 8;
const mostTools = 8;
/** Letters of a tool’s result that are handed on. */
const longestResult = 24_000;

/** Asks, runs the tools that the model asks for, and asks again until there is an answer. */
export type Converse = (journey: Journey, first: RequestBody, offered: ReadonlyMap<string, OfferedTool>) => Promise<{ readonly answer: ProviderAnswer; readonly body: RequestBody }>;

export interface ConversationParts {
  readonly send: Sender['send'];
  readonly callWithin: Dispatch['callWithin'];
  readonly events: Events;
  readonly holds: Holds;
}

export function createConversation({ send, callWithin, events, holds }: ConversationParts): Converse {
  /** Runs what the model asked for, as the asker. */
  const runTool = async (journey: Journey, use: Anthropic.ToolUseBlock, offered: ReadonlyMap<string, OfferedTool>): Promise<Anthropic.ToolResultBlockParam> => {
    const { context, outgoing, signal } = journey;
    const failed = (content: string): Anthropic.ToolResultBlockParam => ({ type: 'tool_result', tool_use_id: use.id, is_error: true, content });
    const tool = offered.get(use.name);
    if (tool === undefined) return failed('There is no such tool.');
    const input = outgoing.pseudonyms.restoreWithin(use.input);
    if (tool.needsYes) {
      const actor = actorOf(context);
      const agreed =
        events.listening(actor.userId) &&
        (await holds.ask(
          actor.userId,
          { kind: 'tool', purpose: journey.purpose as LanguagePurpose, body: null, redactions: {}, host: hostOf(journey.settings.baseUrl), entry: tool.entry, summary: tool.summary, input: JSON.stringify(input, null, 2) },
          signal,
        ));
      if (signal.aborted) throw new Cancelled();
      if (!agreed) {
        journey.tools.push({ entry: tool.entry, input, outcome: 'declined' });
        return failed('The person did not agree. Nothing was changed.');
      }
    }
    const answer = await callWithin(context, tool.entry, input, signal);
    if (signal.aborted) throw new Cancelled();
    journey.tools.push({ entry: tool.entry, input, outcome: answer.ok ? 'succeeded' : 'refused', ...(answer.ok ? { result: answer.result } : {}) });
    if (!answer.ok) return failed(await outgoing.clean(`${answer.error.code}: ${answer.error.message}`));
    const text = JSON.stringify(await outgoing.cleanValue(answer.result));
    const cut = text.length > longestResult ? `${text.slice(0, longestResult)}… (cut off: ask for less at once)` : text;
    return { type: 'tool_result', tool_use_id: use.id, content: marked(cut, tool.entry) };
  };

  return async (journey, first, offered) => {
    let body = first;
    for (let round = 0; ; round += 1) {
      const answer = await send(journey, body);
      if (answer.stopReason === 'refusal') throw end('refused');
      if (answer.stopReason === 'model_context_window_exceeded') throw end('too_long');
      const uses = answer.content.filter((block) => block.type === 'tool_use');
      if (answer.stopReason !== 'tool_use' || uses.length === 0) return { answer, body };
      if (round + 1 >= mostRounds) throw end('tool_loop');
      const results: Anthropic.ToolResultBlockParam[] = [];
      for (const [index, use] of uses.entries()) {
        results.push(index < mostTools ? await runTool(journey, use, offered) : { type: 'tool_result', tool_use_id: use.id, is_error: true, content: 'Too many tools at once.' });
      }
      if (journey.text !== '' && !journey.text.endsWith('\n')) {
        journey.text += '\n\n';
        journey.onText?.('\n\n');
      }
      body = { ...body, messages: [...body.messages, { role: 'assistant', content: answer.content as Anthropic.ContentBlockParam[] }, { role: 'user', content: results }] };
    }
  };
}
