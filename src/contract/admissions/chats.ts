import { z } from 'zod';
import { proposalKinds } from '#domain/admissions/chats/writing';
import { command, query, role } from '../define';
import { offline } from '../platform/language';
import { id, instant, listOf, page } from '../shapes';

/** How much one question may hold; a longer text belongs into a note or a file. */
export const longestChatQuestion = 4_000;

const chat = z.object({ id, title: z.string(), startedAt: instant, lastAt: instant });
const named = z.object({ id, name: z.string() });

export const chatMessage = z.object({
  id,
  role: z.enum(['person', 'ivy']),
  /** Plain text; lines that begin with "- " are a list. */
  text: z.string(),
  at: instant,
  /** Who wrote an answer; null for the person's words. */
  by: z.enum(['model', 'machine']).nullable(),
  /** Whether it was stopped or broke off before its end. */
  partial: z.boolean(),
  /** Why no model wrote it; null where one did, or none was wanted. */
  offline: offline.nullable(),
  /** Leads that the text names, all of them within the asker's reach when it was written. */
  leads: z.array(named),
  /** What could be done now. Each opens the dialog of every screen, and nothing happens before it is confirmed there. */
  proposals: z.array(z.object({ kind: z.enum(proposalKinds), lead: named, words: z.string().nullable() })),
  followUps: z.array(z.string()),
});
export type ChatMessage = z.output<typeof chatMessage>;

const allow = role('ai_chat', 'lead_data', 'view');

export const chats = {
  'admissions.chats.opening': query({
    reads: ['leads', 'language'],
    summary: 'What can be asked from here: about the lead on screen or about all, and whether a model would answer.',
    input: z.strictObject({ leadId: id.optional() }),
    output: z.object({
      lead: named.nullable(),
      suggestions: z.array(z.string()),
      /** Why no model would be asked; null where one would. */
      offline: offline.nullable(),
    }),
    allow,
  }),
  'admissions.chats.ask': command({
    summary: 'Ask about leads, or about the one on screen. A model answers where one may be asked; otherwise this machine does, from the same figures.',
    input: z.strictObject({
      /** A chat to go on with. One that is not there yet is begun under this id, so that whoever stops the answer finds it. */
      chatId: id.optional(),
      text: z
        .string()
        .trim()
        .min(1, { error: 'Write a question first.' })
        .max(longestChatQuestion, { error: `That is too long for one question. Ask about one thing in at most ${String(longestChatQuestion)} letters; a longer text can be kept as a note of its lead.` }),
      /** The lead on screen. */
      leadId: id.optional(),
      /** From this machine alone, though a model could be asked. */
      offline: z.boolean().default(false),
      /** Shows what would leave before it does. */
      preview: z.boolean().default(false),
      /** Where pieces of the answer are sent while it is written. */
      streamId: z.uuid().optional(),
    }),
    output: z.object({ chat, question: chatMessage, answer: chatMessage }),
    allow,
    changes: ['chats'],
  }),
  'admissions.chats.list': query({
    reads: ['chats'],
    summary: 'One’s own chats about leads, the newest first; with a search those that hold its words.',
    input: z.strictObject({ ...page, search: z.string().trim().max(200, { error: 'Look for at most 200 letters.' }).default('') }),
    output: listOf(chat.extend({
        messages: z.number().int(),
        /** The lead on screen when it was begun, where the caller still sees it. */
        lead: named.nullable(),
      })),
    allow,
  }),
  'admissions.chats.get': query({
    reads: ['chats'],
    summary: 'One of one’s own chats with what was said in it; of a long one the newest part.',
    input: z.strictObject({ id }),
    output: z.object({ chat, messages: z.array(chatMessage) }),
    allow,
  }),
  'admissions.chats.remove': command({
    summary: 'Delete one of one’s own chats, or take it back within a day with removed: false.',
    input: z.strictObject({ id, removed: z.boolean().default(true) }),
    output: z.object({ id, removed: z.boolean() }),
    allow,
    changes: ['chats'],
  }),
};
