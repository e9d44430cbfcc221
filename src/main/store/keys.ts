import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { z } from 'zod';

const hex = z.string().regex(/^(?:[0-9a-f]{2})+$/);

const derivation = z.object({
  memoryKib: z.number().int().min(8).max(4_194_304),
  iterations: z.number().int().min(1).max(100),
  parallelism: z.number().int().min(1).max(16),
  salt: hex,
});
export type KeyDerivation = z.output<typeof derivation>;

const sealed = { nonce: hex, sealed: hex };

const wrap = z.discriminatedUnion('kind', [
  /** By the argon2id of a user's pass phrase. */
  z.object({ kind: z.literal('passPhrase'), userId: z.uuid(), login: hex, derivation, ...sealed }),
  /** By nothing: the user chose to have no pass phrase. */
  z.object({ kind: z.literal('open'), userId: z.uuid(), login: hex, dataKey: hex }),
  /** By the recovery key shown at set-up. */
  z.object({ kind: z.literal('recovery'), ...sealed }),
  /** By the token of a session that the command line keeps, until it expires. */
  z.object({ kind: z.literal('session'), userId: z.uuid(), sessionId: z.uuid(), expiresAt: z.number().int(), ...sealed }),
]);
export type Wrap = z.output<typeof wrap>;
export type UserWrap = Extract<Wrap, { kind: 'passPhrase' | 'open' }>;

/**
 * The small file beside the encrypted one: the data key, wrapped once per user and once by the recovery key. It holds no name and no
 * e-mail, only a keyed hash to find a user's wrap by.
 */
export const keyring = z.object({
  format: z.literal(1),
  workspaceId: z.uuid(),
  loginSalt: hex,
  wraps: z.array(wrap),
});
export type Keyring = z.output<typeof keyring>;

/** Cost of the pass phrase: 64 MiB and 3 passes. Source: RFC 9106, section 4, second recommended option. */
export const passPhraseCost = { memoryKib: 65_536, iterations: 3, parallelism: 1 };
export type PassPhraseCost = typeof passPhraseCost;

/** A new random 256-bit data key. */
export function newDataKey(): Buffer {
  return randomBytes(32);
}

/** A key for one purpose, derived from another so that no key serves two. */
export function deriveKey(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `ivy ${purpose}`, 32));
}

/** Encrypts with AES-256-GCM under a fresh nonce. */
export function seal(key: Buffer, plain: Buffer): { readonly nonce: string; readonly sealed: string } {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { nonce: nonce.toString('hex'), sealed: body.toString('hex') };
}

/** Opens what {@link seal} made, or answers null where the key is not the right one. */
export function unseal(key: Buffer, box: { readonly nonce: string; readonly sealed: string }): Buffer | null {
  const body = Buffer.from(box.sealed, 'hex');
  if (body.length < 16) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(box.nonce, 'hex'));
  decipher.setAuthTag(body.subarray(-16));
  try {
    return Buffer.concat([decipher.update(body.subarray(0, -16)), decipher.final()]);
  } catch {
    return null;
  }
}

async function passPhraseKey(passPhrase: string, by: KeyDerivation): Promise<Buffer> {
  return hashRaw(passPhrase.normalize('NFKC'), {
    memoryCost: by.memoryKib,
    timeCost: by.iterations,
    parallelism: by.parallelism,
    outputLen: 32,
    salt: Buffer.from(by.salt, 'hex'),
  });
}

/** Finds a user's wrap without the file telling who its users are. */
export function loginOf(ring: Pick<Keyring, 'loginSalt'>, email: string): string {
  return createHmac('sha256', Buffer.from(ring.loginSalt, 'hex')).update(email.trim().toLowerCase()).digest('hex');
}

/** Wraps the data key for a user: by their pass phrase, or by nothing where they chose none. */
export async function wrapForUser(
  ring: Pick<Keyring, 'loginSalt'>,
  dataKey: Buffer,
  user: { readonly id: string; readonly email: string },
  passPhrase: string | null,
  cost: PassPhraseCost = passPhraseCost,
): Promise<UserWrap> {
  const login = loginOf(ring, user.email);
  if (passPhrase === null) return { kind: 'open', userId: user.id, login, dataKey: dataKey.toString('hex') };
  const by = { ...cost, salt: randomBytes(16).toString('hex') };
  const key = await passPhraseKey(passPhrase, by);
  return { kind: 'passPhrase', userId: user.id, login, derivation: by, ...seal(key, dataKey) };
}

/** The data key from a user's wrap, or null where the pass phrase is wrong. */
export async function unwrapForUser(from: UserWrap, passPhrase: string): Promise<Buffer | null> {
  if (from.kind === 'open') return Buffer.from(from.dataKey, 'hex');
  return unseal(await passPhraseKey(passPhrase, from.derivation), from);
}

/** Letters and digits that nobody mistakes for each other. Source: Crockford's base 32. */
const recoveryAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A recovery key of 160 bits in groups of four, easy to write down. */
export function newRecoveryKey(): string {
  const characters = [...randomBytes(32)].map((byte) => recoveryAlphabet[byte % 32] ?? '0').join('');
  return characters.replace(/(.{4})(?=.)/g, '$1-');
}

/** Undoes what handwriting does to a recovery key: case, spaces, O for 0, I and L for 1. */
function canonicalRecoveryKey(written: string): string {
  return written.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1').replace(/[^0-9A-HJKMNP-TV-Z]/g, '');
}

function recoveryWrapKey(recoveryKey: string): Buffer {
  return deriveKey(Buffer.from(canonicalRecoveryKey(recoveryKey)), 'recovery');
}

export function wrapForRecovery(dataKey: Buffer, recoveryKey: string): Wrap {
  return { kind: 'recovery', ...seal(recoveryWrapKey(recoveryKey), dataKey) };
}

/** The data key by the recovery key, or null where it is wrong. */
export function unwrapByRecovery(ring: Keyring, recoveryKey: string): Buffer | null {
  const found = ring.wraps.find((each) => each.kind === 'recovery');
  return found === undefined ? null : unseal(recoveryWrapKey(recoveryKey), found);
}

export function wrapForSession(
  dataKey: Buffer,
  session: { readonly id: string; readonly userId: string; readonly expiresAt: number; readonly token: string },
): Wrap {
  return {
    kind: 'session',
    userId: session.userId,
    sessionId: session.id,
    expiresAt: session.expiresAt,
    ...seal(deriveKey(Buffer.from(session.token), 'session'), dataKey),
  };
}

/** The data key by the token of a remembered session, or null where none fits or it has expired. */
export function unwrapBySession(ring: Keyring, token: string, now: number): Buffer | null {
  const key = deriveKey(Buffer.from(token), 'session');
  for (const each of ring.wraps) {
    if (each.kind !== 'session' || each.expiresAt <= now) continue;
    const dataKey = unseal(key, each);
    if (dataKey !== null) return dataKey;
  }
  return null;
}

/** Compares two keys in a time that does not tell where they differ. */
export function sameKey(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
