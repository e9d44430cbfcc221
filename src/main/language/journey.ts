import type { TokenCounts } from '#domain/platform/language/money';
import type { LedgerPurpose } from '#domain/platform/language/purposes';
import type { LanguageSettings, Offline, OfflineReason } from '#contract/platform/language';
import type { CallContext } from '#main/app/context';
import type { Outgoing } from './outgoing';
import type { RequestBody } from './provider';
import type { ToolUse } from './question';
import { offlineBecause } from './reasons';

/** A question on its way, and what has become of it. */
export interface Journey {
  readonly context: CallContext;
  readonly purpose: LedgerPurpose;
  readonly settings: LanguageSettings;
  readonly key: string | null;
  readonly outgoing: Outgoing;
  readonly signal: AbortSignal;
  readonly started: number;
  readonly onText: ((piece: string) => void) | undefined;
  readonly preview: boolean;
  text: string;
  tokens: TokenCounts;
  requests: number;
  sent: RequestBody | null;
  answered: string;
  readonly tools: ToolUse[];
}

/** Why a question ends without an answer, from anywhere within it. */
export class Ended extends Error {
  override readonly name = 'Ended';

  constructor(readonly offline: Offline) {
    super(offline.reason);
  }
}

export const end = (reason: OfflineReason, more?: string): Ended => new Ended(offlineBecause(reason, more));
