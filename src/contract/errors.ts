/** Every way a call can be refused or fail. The renderer switches over them exhaustively; `details` say more to a program. */
export const errorCodes = [
  'invalid_input',
  'unknown_entry',
  'not_signed_in',
  'session_locked',
  'wrong_credentials',
  'locked_out',
  'not_permitted',
  'out_of_scope',
  'rate_limited',
  'not_found',
  'conflict',
  'too_large',
  'unreadable_file',
  'storage_full',
  'workspace_missing',
  'workspace_exists',
  'workspace_newer',
  'workspace_damaged',
  'profile_in_use',
  'cancelled',
  'unavailable',
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** An error as it crosses a process: what happened and what to do next, in words for a person. Stacks stay in the log. */
export interface CallError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Thrown inside the core to answer a call with a {@link CallError}. The message says what to do next. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details?: Readonly<Record<string, unknown>>,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  toCallError(): CallError {
    return this.details === undefined
      ? { code: this.code, message: this.message }
      : { code: this.code, message: this.message, details: this.details };
  }
}
