import type { Answer } from '#contract/answer';
import type { ErrorCode } from '#contract/errors';
import type { EntryName, InputOf, OutputOf } from '#contract/index';

/** An error as the core answered it: its code says what kind, its message what to do. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure';
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

let nextId = 1;

/** Calls an entry through the bridge. Throws a {@link CallFailure}. */
export async function call<Name extends EntryName>(entry: Name, input: InputOf<Name>, signal?: AbortSignal): Promise<OutputOf<Name>> {
  const id = nextId;
  nextId += 1;
  const cancel = (): void => {
    window.ivy.cancel(id);
  };
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    const answer: Answer = await window.ivy.call(id, entry, input);
    if (!answer.ok) throw new CallFailure(answer.error.code, answer.error.message, answer.error.details);
    return answer.result as OutputOf<Name>;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

/** What an error says to a person. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What an error says to whoever is asked for help. */
export function detailsOf(error: unknown): string {
  return error instanceof CallFailure ? JSON.stringify({ code: error.code, message: error.message, details: error.details }, null, 2) : messageOf(error);
}
