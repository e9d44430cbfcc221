import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ErrorCode } from '#contract/errors';

/** The status that goes with each refusal, for those who look no further. The body says the same in words. */
export const statuses: Readonly<Record<ErrorCode, ContentfulStatusCode>> = {
  invalid_input: 400,
  unknown_entry: 404,
  not_signed_in: 401,
  session_locked: 423,
  wrong_credentials: 401,
  locked_out: 429,
  not_permitted: 403,
  out_of_scope: 403,
  rate_limited: 429,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unreadable_file: 422,
  storage_full: 507,
  workspace_missing: 409,
  workspace_exists: 409,
  workspace_newer: 409,
  workspace_damaged: 500,
  profile_in_use: 409,
  cancelled: 409,
  unavailable: 503,
  internal: 500,
};
