import { Cancelled } from '#domain/kernel/checkpoint';
import { citedIn, type NamedLead, partWriting } from '#domain/admissions/chats/writing';
import type { ChatMessage, chats } from '#contract/admissions/chats';
import type { AskedOutput } from '#contract/admissions/queries';
import { Refusal } from '#contract/errors';
import type { OutputOf } from '#contract/index';
import type { Offline } from '#contract/platform/language';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { words } from '#main/app/phrases';
import type { ToolUse } from '#main/language/question';
import { chatMessages, findChat, insertChat, insertChatMessage, listChats, setChatRemoved, type StoredChat, type StoredChatMessage, touchChat } from '#main/store/admissions/chats';
import { findLead, type KeyedLeadRow } from '#main/store/admissions/leadRows';
import { leadFacts, machineAnswer, type MachineAnswer } from './chatAnswers';
import { chatMessagesFor, chatRules, chatTools, leadsFound } from './chatModel';
import { publicRow, requireLead } from './leadView';

/** So many of the newest messages of a chat are shown. */
const mostMessages = 200;
const longestTitle = 80;
/** A part of an answer that is shorter says nothing. */
const worthKeeping = 40;
/** Tokens of an answer: some 600 words. */
const answerTokens = 1_200;
/** Leads that one answer links. */
const mostCited = 20;

type Ask = OutputOf<'admissions.chats.ask'>;

/** What is kept beside the words of a message. */
interface Details {
  readonly partial?: boolean;
  readonly offline?: Offline | null;
  readonly leads?: readonly NamedLead[];
  readonly proposals?: ChatMessage['proposals'];
  readonly followUps?: readonly string[];
  readonly asked?: AskedOutput | null;
}

interface Reply {
  readonly body: string;
  readonly by: 'model' | 'machine';
  readonly details: Details;
}

const publicChat = ({ id, title, startedAt, lastAt }: StoredChat): Ask['chat'] => ({ id, title, startedAt, lastAt });

function publicMessage({ id, author, body, writtenBy, details, at }: StoredChatMessage): ChatMessage {
  const { partial = false, offline = null, leads = [], proposals = [], followUps = [] } = details as Details;
  return { id, role: author, text: body, at, by: writtenBy, partial, offline, leads: [...leads], proposals: [...proposals], followUps: [...followUps] };
}

/** The caller's chat. Another's is refused, so that the refusal is audited. */
function ownChat(context: CallContext, id: string): StoredChat {
  const found = findChat(context.store, id);
  if (found === null) throw new Refusal('not_found', 'That chat is not there any more. Begin another one.', { id });
  if (found.userKey !== actorOf(context).userKey) throw new Refusal('out_of_scope', 'That chat belongs to somebody else.', { id });
  return found;
}

/** What the latest answer was about, for a question that goes on from it. */
function askedBefore(before: readonly StoredChatMessage[]): AskedOutput | null {
  return (before.findLast(({ author }) => author === 'ivy')?.details as Details | undefined)?.asked ?? null;
}

const fromMachine = ({ text, ...details }: MachineAnswer, more: Details = {}): Reply => ({ body: text, by: 'machine', details: { ...details, ...more } });

export function chatsHandlers(parts: HandlerParts): HandlersOf<typeof chats> {
  const { newId, now, language } = parts;

  /** A model's answer: leads that the asker may see are linked, proposals about any other are left out. */
  const fromModel = (context: CallContext, written: string, known: readonly NamedLead[], tools: readonly ToolUse[], more: Details): Reply => {
    const { text, proposals, followUps } = partWriting(written);
    const candidates = [...new Map([...known, ...leadsFound(tools)].map((lead) => [lead.id, lead])).values()];
    const proposed = proposals.flatMap(({ kind, name, words: task }) => {
      const lead = candidates.find((each) => each.name === name);
      return lead === undefined ? [] : [{ kind, lead, words: task === '' ? null : task }];
    });
    const named = [...new Map([...citedIn(text, candidates).slice(0, mostCited), ...proposed.map(({ lead }) => lead)].map((lead) => [lead.id, lead])).values()];
    const seen = new Set(named.filter(({ id }) => findLead(context.store, context.scope, id) !== null).map(({ id }) => id));
    return {
      body: text,
      by: 'model',
      details: { ...more, leads: named.filter(({ id }) => seen.has(id)), proposals: proposed.filter(({ lead }) => seen.has(lead.id)), followUps },
    };
  };

  /** The lead on screen as a model gets it: its row and what is made of it. */
  const leadData = (context: CallContext, row: KeyedLeadRow): object => {
    const { score, forecast, prediction, tasks } = leadFacts(parts, context, row);
    return { ...publicRow(row), score, forecast, modelPrediction: prediction, openTasks: tasks };
  };

  return {
    'admissions.chats.opening': ({ leadId }, context) => {
      const lead = leadId === undefined ? null : requireLead(context, leadId);
      return {
        lead: lead === null ? null : { id: lead.id, name: lead.name },
        suggestions: lead === null ? [words('chats.questions.overview'), ...['stalled', 'top', 'averageBySource'].map((key) => words(`queries.examples.${key}`))] : (['score', 'blockers', 'forecast', 'next'] as const).map((topic) => words(`chats.questions.${topic}`)),
        offline: language().unavailable('chat', context),
      };
    },

    'admissions.chats.ask': async ({ chatId, text, leadId, offline: alone, preview, streamId }, context) => {
      const { store } = context;
      const { userKey } = actorOf(context);
      const known = chatId === undefined || findChat(store, chatId) === null ? null : ownChat(context, chatId);
      const onScreen = leadId === undefined ? null : requireLead(context, leadId);
      const before = known === null ? [] : chatMessages(store, known.key, mostMessages);

      const save = (reply: Reply): Ask => {
        const at = now();
        const question: StoredChatMessage = { id: newId(), author: 'person', body: text, writtenBy: null, details: {}, at };
        const answer: StoredChatMessage = { id: newId(), author: 'ivy', body: reply.body, writtenBy: reply.by, details: reply.details, at };
        const id = known?.id ?? chatId ?? newId();
        context.transact((writer, notes) => {
          const key = known?.key ?? insertChat(writer, { id, userKey, title: text.replace(/\s+/gu, ' ').slice(0, longestTitle) }, at);
          for (const each of [question, answer]) insertChatMessage(writer, key, each);
          touchChat(writer, key, at);
          notes.target(id);
          notes.detail('by', reply.by);
        });
        return { chat: publicChat(ownChat(context, id)), question: publicMessage(question), answer: publicMessage(answer) };
      };

      const local = await machineAnswer(parts, context, text, onScreen, askedBefore(before));
      const gateway = language();
      const closed = alone ? null : gateway.unavailable('chat', context);
      if (alone || closed !== null) return save(fromMachine(local, { offline: closed }));

      const near: NamedLead[] = [...(onScreen === null ? [] : [{ id: onScreen.id, name: onScreen.name }]), ...local.leads];
      let written = '';
      const stream = gateway.streamTo(streamId, context);
      try {
        const given = await gateway.ask(
          {
            purpose: 'chat',
            system: chatRules,
            messages: chatMessagesFor(text, [...(onScreen === null ? [] : [{ data: leadData(context, onScreen), from: 'lead on screen' }]), { data: local.text, from: 'answer of the machine' }], before),
            tools: chatTools,
            maximumTokens: answerTokens,
            preview,
            onText: (piece) => {
              written += piece;
              stream?.(piece);
            },
          },
          context,
        );
        if (given.answered && partWriting(given.text).text !== '') return save(fromModel(context, given.text, near, given.tools, { partial: given.cutOff, asked: local.asked }));
        const offline = given.answered ? null : given.offline;
        const begun = partWriting(given.text).text;
        if (begun.length < worthKeeping) return save(fromMachine(local, { offline }));
        // What had come is kept, and what this machine says stands below it.
        return save(fromMachine({ ...local, text: `${begun}\n\n${words('chats.brokenOff')}\n\n${local.text}` }, { offline, partial: true }));
      } catch (error) {
        if (error instanceof Cancelled && partWriting(written).text !== '') {
          save(fromModel(context, written, near, [], { partial: true, asked: local.asked }));
          context.changed('chats');
        }
        throw error;
      }
    },

    'admissions.chats.list': ({ limit, offset, after }, context) => {
      const from = after === undefined ? (offset ?? 0) : Number(after) || 0;
      const { items, total } = listChats(context.store, actorOf(context).userKey, limit, from);
      return { items: items.map((each) => ({ ...publicChat(each), messages: each.messages })), total, totalIsExact: true, nextKey: from + items.length < total ? String(from + items.length) : null };
    },

    'admissions.chats.get': ({ id }, context) => {
      const found = ownChat(context, id);
      return { chat: publicChat(found), messages: chatMessages(context.store, found.key, mostMessages).map(publicMessage) };
    },

    'admissions.chats.remove': ({ id, removed }, context) => {
      const found = ownChat(context, id);
      context.transact((writer, notes) => {
        setChatRemoved(writer, found.key, removed ? now() : null);
        notes.target(id);
        notes.detail('removed', removed);
      });
      return { id, removed };
    },
  };
}
