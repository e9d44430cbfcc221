import { citedIn, type NamedLead, partWriting, unmistakable, withoutNames } from '#domain/admissions/chats/writing';
import type { ChatMessage, chats } from '#contract/admissions/chats';
import type { AskedOutput } from '#contract/admissions/queries';
import { Refusal } from '#contract/errors';
import type { OutputOf } from '#contract/index';
import type { Offline } from '#contract/platform/language';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { words } from '#main/app/phrases';
import type { ToolUse } from '#main/language/question';
import { askInTalk } from '#main/language/talks';
import { chatMessages, findChat, insertChat, insertChatMessage, listChats, purgeChats, setChatRemoved, type StoredChat, type StoredChatMessage, touchChat } from '#main/store/admissions/chats';
import { findLead, type KeyedLeadRow, readableAmong, rowsOfSelected } from '#main/store/admissions/leadRows';
import { leadFacts, machineAnswer, type MachineAnswer } from './chatAnswers';
import { chatMessagesFor, chatRules, chatTools, leadsFound, recordsIn } from './chatModel';
import { publicRow, requireLead } from './leadView';

/** So many of the newest messages of a chat are shown. */
const mostMessages = 200;
const longestTitle = 80;
/** So long a deleted chat can be taken back, in milliseconds: a day. The next chat or deletion after it takes its words out of the file. */
const restFor = 86_400_000;
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
  /** Whoever the words name, also where a name points at several: for readers whose reach has changed. */
  readonly mentions?: readonly NamedLead[];
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

/**
 * The newest messages of a chat as its person may read them now: a lead that went out of their reach since is named no more, and nothing
 * is proposed for it.
 */
function readableMessages({ store, scope }: CallContext, chatKey: number): StoredChatMessage[] {
  const found = new Map<string, boolean>();
  const sees = (id: string): boolean => {
    const known = found.get(id) ?? findLead(store, scope, id) !== null;
    found.set(id, known);
    return known;
  };
  return chatMessages(store, chatKey, mostMessages).map((message) => {
    const details = message.details as Details;
    const { leads = [], mentions = leads, proposals = [], followUps = [] } = details;
    const seen = new Set(mentions.filter(({ id }) => sees(id)).map(({ id }) => id));
    if (seen.size === mentions.length) return message;
    const clean = (text: string): string => withoutNames(text, mentions, seen, words('chats.unseen'));
    const isSeen = ({ id }: NamedLead): boolean => seen.has(id);
    return {
      ...message,
      body: clean(message.body),
      details: { ...details, leads: leads.filter(isSeen), mentions: mentions.filter(isSeen), proposals: proposals.filter(({ lead }) => isSeen(lead)), followUps: followUps.filter((text) => clean(text) === text) },
    };
  });
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

  /** A model's answer: leads that the asker may see are linked where their name is theirs alone, proposals about any other are left out. */
  const fromModel = (context: CallContext, written: string, known: readonly NamedLead[], onScreen: string | null, tools: readonly ToolUse[], more: Details): Reply => {
    const { text, proposals, followUps } = partWriting(written);
    const candidates = [...new Map([...known, ...leadsFound(tools)].map((lead) => [lead.id, lead])).values()];
    const meant = new Set([...proposals.map(({ name }) => name), ...citedIn(`${text}\n${followUps.join('\n')}`, [...new Map(candidates.map((lead) => [lead.name, lead])).values()]).map(({ name }) => name)]);
    const mentions = candidates.filter(({ id, name }) => meant.has(name) && findLead(context.store, context.scope, id) !== null);
    const clear = unmistakable(mentions, onScreen);
    const proposed = proposals.flatMap(({ kind, name, words: task }) => {
      const lead = clear.find((each) => each.name === name);
      return lead === undefined ? [] : [{ kind, lead, words: task === '' ? null : task }];
    });
    const leads = [...new Map([...citedIn(text, clear).slice(0, mostCited), ...proposed.map(({ lead }) => lead)].map((lead) => [lead.id, lead])).values()];
    return { body: text, by: 'model', details: { ...more, leads, mentions, proposals: proposed, followUps } };
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
      const before = known === null ? [] : readableMessages(context, known.key);

      const save = (reply: Reply): Ask => {
        const at = now();
        const question: StoredChatMessage = { id: newId(), author: 'person', body: text, writtenBy: null, details: {}, at };
        const answer: StoredChatMessage = { id: newId(), author: 'ivy', body: reply.body, writtenBy: reply.by, details: reply.details, at };
        const id = known?.id ?? chatId ?? newId();
        context.transact((writer, notes) => {
          const key = known?.key ?? insertChat(writer, { id, userKey, title: text.replace(/\s+/gu, ' ').slice(0, longestTitle), leadKey: onScreen?.key ?? null }, at);
          for (const each of [question, answer]) insertChatMessage(writer, key, each);
          touchChat(writer, key, at);
          purgeChats(writer, userKey, at - restFor);
          notes.target(id);
          notes.detail('by', reply.by);
        });
        return { chat: publicChat(ownChat(context, id)), question: publicMessage(question), answer: publicMessage(answer) };
      };

      const local = await machineAnswer(parts, context, text, onScreen, askedBefore(before));
      const gateway = language();
      // An answer about one lead is a question about that lead; records of others are left out by themselves.
      const about = local.asked === null && local.leads.length === 1 ? local.leads.map(({ id }) => id) : [];
      const closed = alone ? null : gateway.unavailable('chat', context, about);
      if (alone || closed !== null) return save(fromMachine(local, { offline: closed }));

      const near: NamedLead[] = [...(onScreen === null ? [] : [{ id: onScreen.id, name: onScreen.name }]), ...local.leads];
      return askInTalk(
        gateway,
        {
          purpose: 'chat',
          system: chatRules,
          messages: chatMessagesFor(text, [...(onScreen === null ? [] : [{ data: leadData(context, onScreen), from: 'lead on screen' }]), { data: recordsIn(local.text, local.leads), from: 'answer of the machine' }], before),
          leads: about,
          tools: chatTools,
          maximumTokens: answerTokens,
          preview,
        },
        streamId,
        context,
        {
          prose: (written) => partWriting(written).text,
          answered: (given) => save(fromModel(context, given.text, near, onScreen?.id ?? null, given.tools, { partial: given.cutOff, asked: local.asked })),
          instead: (offline, begun) =>
            // What had come is kept, and what this machine says stands below it.
            save(begun === null ? fromMachine(local, { offline }) : fromMachine({ ...local, text: `${begun}\n\n${words('chats.brokenOff')}\n\n${local.text}` }, { offline, partial: true })),
          stopped: (written) => {
            save(fromModel(context, written, near, onScreen?.id ?? null, [], { partial: true, asked: local.asked }));
            context.changed('chats');
          },
        },
      );
    },

    'admissions.chats.list': ({ search, limit, offset, after }, context) => {
      const from = after === undefined ? (offset ?? 0) : Number(after) || 0;
      const { items, total } = listChats(context.store, actorOf(context).userKey, search, limit, from);
      const keys = readableAmong(context.store, context.scope, items.flatMap(({ leadKey }) => leadKey ?? []));
      const leads = new Map(rowsOfSelected(context.store, keys).map(({ key, id, name }) => [key, { id, name }]));
      return {
        items: items.map((each) => ({ ...publicChat(each), messages: each.messages, lead: each.leadKey === null ? null : (leads.get(each.leadKey) ?? null) })),
        total,
        totalIsExact: true,
        nextKey: from + items.length < total ? String(from + items.length) : null,
      };
    },

    'admissions.chats.get': ({ id }, context) => {
      const found = ownChat(context, id);
      return { chat: publicChat(found), messages: readableMessages(context, found.key).map(publicMessage) };
    },

    'admissions.chats.remove': ({ id, removed }, context) => {
      const found = ownChat(context, id);
      context.transact((writer, notes) => {
        purgeChats(writer, found.userKey, now() - restFor);
        setChatRemoved(writer, found.key, removed ? now() : null);
        notes.target(id);
        notes.detail('removed', removed);
      });
      return { id, removed };
    },
  };
}
