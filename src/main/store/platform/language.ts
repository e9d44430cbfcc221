import type { TokenCounts } from '#domain/platform/language/money';
import type { LedgerPurpose } from '#domain/platform/language/purposes';
import type { PersonalDataType } from '#domain/platform/redaction/types';
import type { LanguageCall } from '#contract/platform/language';
import { displayName } from '#domain/admissions/leads/normalise';
import type { Reader, Writer } from '../tx';

/** What was set, as it was written; whoever reads it fills in what was not. */
export function readLanguageSettings(reader: Reader): Record<string, unknown> {
  const value = reader.value<string>('select value from language_settings where only = 1');
  return value === undefined ? {} : (JSON.parse(value) as Record<string, unknown>);
}

export function writeLanguageSettings(writer: Writer, settings: object, now: number): void {
  writer.run(
    'insert into language_settings (only, value, updated_at) values (1, ?, ?) on conflict (only) do update set value = excluded.value, updated_at = excluded.updated_at',
    JSON.stringify(settings),
    now,
  );
}

/** A key as it is kept: sealed, with the address that it was given for and its last letters to tell it by. */
export interface SealedKey {
  readonly baseUrl: string;
  readonly nonce: string;
  readonly sealed: string;
  readonly ending: string;
  readonly setAt: number;
}

export function readSealedKey(reader: Reader): SealedKey | null {
  return reader.get<SealedKey>('select base_url as baseUrl, nonce, sealed, ending, set_at as setAt from language_keys where only = 1') ?? null;
}

export function writeSealedKey(writer: Writer, key: SealedKey, userKey: number): void {
  forgetKey(writer);
  writer.run(
    'insert into language_keys (only, base_url, nonce, sealed, ending, set_at, set_by) values (1, ?, ?, ?, ?, ?, ?)',
    key.baseUrl,
    key.nonce,
    key.sealed,
    key.ending,
    key.setAt,
    userKey,
  );
}

export function forgetKey(writer: Writer): void {
  writer.run('delete from language_keys');
}

export function hasAgreed(reader: Reader, userKey: number): boolean {
  return reader.value<number>('select 1 from language_agreements where user_key = ?', userKey) === 1;
}

export function writeAgreement(writer: Writer, userKey: number, agreed: boolean, now: number): void {
  if (agreed) writer.run('insert or ignore into language_agreements (user_key, agreed_at) values (?, ?)', userKey, now);
  else writer.run('delete from language_agreements where user_key = ?', userKey);
}

/** One call as it is written down. `sent` and `answered` carry pseudonyms. */
export interface CallRecord extends TokenCounts {
  readonly id: string;
  readonly at: number;
  readonly userKey: number;
  readonly purpose: LedgerPurpose;
  readonly model: string;
  readonly host: string;
  readonly outcome: LanguageCall['outcome'];
  readonly requests: number;
  readonly costMicros: number | null;
  readonly milliseconds: number;
  readonly redactions: Readonly<Partial<Record<PersonalDataType, number>>>;
  readonly tools: readonly string[];
  readonly sent: string | null;
  readonly answered: string | null;
}

export function insertCall(writer: Writer, call: CallRecord): void {
  writer.run(
    `insert into language_calls (id, at, user_key, purpose, model, host, outcome, requests, input_tokens, output_tokens, cache_write_tokens,
       cache_read_tokens, cost_micros, milliseconds, redactions, tools, sent, answered)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    call.id,
    call.at,
    call.userKey,
    call.purpose,
    call.model,
    call.host,
    call.outcome,
    call.requests,
    call.inputTokens,
    call.outputTokens,
    call.cacheWriteTokens,
    call.cacheReadTokens,
    call.costMicros,
    Math.round(call.milliseconds),
    JSON.stringify(call.redactions),
    JSON.stringify(call.tools),
    call.sent,
    call.answered,
  );
}

/** Money spent since a moment, in millionths; null where no call had a price. By one person, by a role, or by all. */
export function spentSince(reader: Reader, since: number, whose: { readonly userKey?: number } = {}): number | null {
  return whose.userKey === undefined
    ? (reader.value<number | null>('select sum(cost_micros) from language_calls where at >= ?', since) ?? null)
    : (reader.value<number | null>('select sum(cost_micros) from language_calls where user_key = ? and at >= ?', whose.userKey, since) ?? null);
}

interface StoredCall extends Omit<LanguageCall, 'userName' | 'cost' | 'redactions' | 'tools' | 'hasTexts'> {
  readonly given: string | null;
  readonly family: string | null;
  readonly costMicros: number | null;
  readonly redactions: string;
  readonly tools: string;
  readonly hasTexts: number;
}

const selectCall = `
  select c.id, c.at, u.id as userId, p.given_name as given, p.family_name as family, c.purpose, c.model, c.host, c.outcome, c.requests,
         c.input_tokens as inputTokens, c.output_tokens as outputTokens, c.cache_write_tokens as cacheWriteTokens,
         c.cache_read_tokens as cacheReadTokens, c.cost_micros as costMicros, c.milliseconds, c.redactions, c.tools, c.sent is not null as hasTexts
  from language_calls c join users u on u.key = c.user_key join people p on p.key = u.person_key`;

function asCall({ given, family, costMicros, redactions, tools, hasTexts, ...call }: StoredCall): LanguageCall {
  return {
    ...call,
    userName: displayName({ given, family }) ?? '',
    cost: costMicros === null ? null : costMicros / 1_000_000,
    redactions: JSON.parse(redactions) as LanguageCall['redactions'],
    tools: JSON.parse(tools) as string[],
    hasTexts: hasTexts === 1,
  };
}

/** Calls, the newest first; of one person where their key is given. */
export function listCalls(
  reader: Reader,
  { userKey, purpose, limit, offset }: { readonly userKey: number | null; readonly purpose: LedgerPurpose | null; readonly limit: number; readonly offset: number },
): { items: LanguageCall[]; total: number } {
  const where = '(? is null or c.user_key = ?) and (? is null or c.purpose = ?)';
  const params = [userKey, userKey, purpose, purpose];
  return {
    items: reader.all<StoredCall>(`${selectCall} where ${where} order by c.key desc limit ? offset ?`, ...params, limit, offset).map(asCall),
    total: reader.value<number>(`select count(*) from language_calls c where ${where}`, ...params) ?? 0,
  };
}

export function findCall(reader: Reader, id: string): { readonly call: LanguageCall; readonly sent: string | null; readonly answered: string | null } | null {
  const row = reader.get<StoredCall>(`${selectCall} where c.id = ?`, id);
  const texts = reader.get<{ sent: string | null; answered: string | null }>('select sent, answered from language_calls where id = ?', id);
  return row === undefined || texts === undefined ? null : { call: asCall(row), ...texts };
}

/** What calls between two moments add up to, one row a purpose and person, with the moment for the day. */
export interface CallFigures extends TokenCounts {
  readonly at: number;
  readonly userId: string;
  readonly userName: string;
  readonly purpose: LedgerPurpose;
  readonly costMicros: number | null;
}

export function figuresBetween(reader: Reader, from: number, to: number): CallFigures[] {
  return reader
    .all<Omit<CallFigures, 'userName'> & { given: string | null; family: string | null }>(
      `select c.at, u.id as userId, p.given_name as given, p.family_name as family, c.purpose, c.input_tokens as inputTokens, c.output_tokens as outputTokens,
              c.cache_write_tokens as cacheWriteTokens, c.cache_read_tokens as cacheReadTokens, c.cost_micros as costMicros
       from language_calls c join users u on u.key = c.user_key join people p on p.key = u.person_key
       where c.at >= ? and c.at < ? order by c.at`,
      from,
      to,
    )
    .map(({ given, family, ...row }) => ({ ...row, userName: displayName({ given, family }) ?? '' }));
}

/** Takes out texts that are older than one moment and calls that are older than another; answers how many rows changed. */
export function forgetOldCalls(writer: Writer, textsBefore: number, callsBefore: number): number {
  return (
    writer.run('update language_calls set sent = null, answered = null where at < ? and (sent is not null or answered is not null)', textsBefore).changes +
    writer.run('delete from language_calls where at < ?', callsBefore).changes
  );
}
