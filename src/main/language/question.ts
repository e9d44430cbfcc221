import type { z } from 'zod';
import type { TokenCounts } from '#domain/platform/language/money';
import type { LanguagePurpose } from '#domain/platform/language/purposes';
import type { EntryName } from '#contract/index';
import type { Offline } from '#contract/platform/language';
import type { CallContext } from '#main/app/context';

/**
 * Material that is spoken about: a note, a row, a page of a course, a file. It is marked as data, so that nothing in it counts as an
 * instruction. Give values as they are, not as text: the names of fields tell what is personal in them.
 */
export interface DataPart {
  readonly data: unknown;
  /** What it is, in a word or two of the program: `lead`, `note`, `section of the course`. */
  readonly from: string;
}

/** One turn. Words of the asker are text; everything that somebody else wrote is a {@link DataPart}. */
export interface LanguageMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string | readonly (string | DataPart)[];
}

/** What a feature asks of a model. Give real values throughout: what is personal is replaced on the way out and put back on the way in. */
export interface LanguageQuestion<Value = undefined> {
  /** The switch that this falls under. */
  readonly purpose: LanguagePurpose;
  /**
   * What the model is to do, in the feature’s own words. The same text in every question of a feature: it is kept in the provider’s cache.
   * What changes belongs into the messages.
   */
  readonly system: string;
  /** The turns so far, the asker’s last. The first one is the asker’s. */
  readonly messages: readonly LanguageMessage[];
  /**
   * Leads that the question is about. Where one of them is kept from models, nothing is sent and the answer says why. Records of such leads
   * that come along in a {@link DataPart} or from a tool are left out of what is sent in any case.
   */
  readonly leads?: readonly string[];
  /** The form that the answer must have: it comes as `value`, checked, after one repair at most. Without it the answer is text. */
  readonly schema?: z.ZodType<Value>;
  /**
   * Entries that the model may look things up with. They run as the asker, with the asker’s permission and scope. One that changes
   * something waits for the asker’s yes each time.
   */
  readonly tools?: readonly EntryName[];
  /** Gets the answer in pieces as it is written, with the values put back. Pieces of several rounds of tools come after each other. */
  readonly onText?: (piece: string) => void;
  /** Shows the asker what would leave before it leaves, also where the settings ask for that on demand only. */
  readonly preview?: boolean;
  /** Tokens that the answer may have; the asker’s limit holds beside it. */
  readonly maximumTokens?: number;
  /** Stops the question; the call’s own signal does so too. */
  readonly signal?: AbortSignal;
}

/** A tool that ran for an answer. */
export interface ToolUse {
  readonly entry: EntryName;
  /** With the real values. */
  readonly input: unknown;
  readonly outcome: 'succeeded' | 'refused' | 'declined';
  /** What the entry answered, as it is here; undefined where it did not. */
  readonly result?: unknown;
}

/** An answer, or why there is none: then the feature answers from what is on the machine and shows the reason. */
export type LanguageAnswer<Value = undefined> =
  | {
      readonly answered: true;
      readonly text: string;
      readonly value: Value;
      /** Whether the text stops at the limit of tokens. */
      readonly cutOff: boolean;
      readonly usage: TokenCounts;
      readonly model: string;
      readonly tools: readonly ToolUse[];
      /** The row of the ledger. */
      readonly callId: string;
    }
  | {
      readonly answered: false;
      readonly offline: Offline;
      /** What had come before it broke off. */
      readonly text: string;
      readonly tools: readonly ToolUse[];
      /** The row of the ledger; null where nothing was about to leave. */
      readonly callId: string | null;
    };

/** The one way from the program to a model. */
export interface LanguageGateway {
  /**
   * Asks a model on behalf of whoever made the call. In this order: switch, key, consent, limits; personal data is replaced; the asker looks
   * at it where that is set; then it is sent, tools run, and the answer comes back with the values in it. Every call is written down.
   *
   * It answers also where it cannot ask (`answered: false` with the reason in words), so that every feature has an answer of its own.
   *
   * @throws Cancelled where the call or the question was stopped; nothing else
   */
  ask<Value = undefined>(question: LanguageQuestion<Value>, context: CallContext): Promise<LanguageAnswer<Value>>;
  /**
   * Whether asking for a purpose would be tried at all right now, without a network and without a cost: for a feature that prepares much
   * before it asks. Null means yes. With `leads`, also whether one of these must not be told to a model.
   */
  unavailable(purpose: LanguagePurpose, context: CallContext, leads?: readonly string[]): Offline | null;
  /**
   * A listener for `onText` that sends each piece to the asker’s windows under a name that the window chose; `useStreamedText` of the
   * renderer hears it. Undefined where the caller named no stream.
   */
  streamTo(streamId: string | undefined, context: CallContext): ((piece: string) => void) | undefined;
}
