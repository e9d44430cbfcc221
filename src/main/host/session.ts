import { createHash, randomBytes } from 'node:crypto';

/** Who stands at the host's door: links let a browser in once, and then it holds a key. All of it is in memory, and ends with the host. */
export interface Doorkeeper {
  /** A word for a fresh link. It opens once. */
  freshWord(): string;
  /** Takes a link's word for a key, or null where the word was used or never given. */
  admit(word: string): string | null;
  /** The name of the browser that holds a key, or null where the key is not ours. It tells nothing of the key. */
  browserOf(key: string | undefined): string | null;
}

/** Links that were printed and not yet used; an older one is forgotten. */
const maximumWords = 16;

const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
const secret = (): string => randomBytes(32).toString('base64url');

export function createDoorkeeper(): Doorkeeper {
  // Only digests are kept and compared, so that neither memory nor timing gives a secret away.
  const words = new Set<string>();
  const browsers = new Set<string>();
  return {
    freshWord() {
      const word = secret();
      words.add(digestOf(word));
      const oldest = words.size > maximumWords ? words.values().next().value : undefined;
      if (oldest !== undefined) words.delete(oldest);
      return word;
    },
    admit(word) {
      if (!words.delete(digestOf(word))) return null;
      const key = secret();
      browsers.add(digestOf(key));
      return key;
    },
    browserOf(key) {
      if (key === undefined) return null;
      const digest = digestOf(key);
      return browsers.has(digest) ? digest.slice(0, 16) : null;
    },
  };
}

/** The names of the host's cookies. A cookie belongs to a host name whatever the port, so the port is in the name. */
export function cookieNames(port: number): { readonly door: string; readonly session: string } {
  return { door: `ivy_door_${String(port)}`, session: `ivy_session_${String(port)}` };
}

/** Neither a script nor another site ever gets a cookie of ours to see or to send. */
export const cookieFlags = { httpOnly: true, sameSite: 'Strict', path: '/' } as const;
