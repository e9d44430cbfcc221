import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '#main/app/profile';

const remembered = z.record(z.string(), z.object({ token: z.string(), expiresAt: z.number() }));
type Remembered = z.output<typeof remembered>;

/** Where the command line keeps the tokens of `ivy login`: with the person's own configuration, never in the profile that they open. */
export function sessionsFile(environment: NodeJS.ProcessEnv = process.env): string {
  const base =
    platform() === 'win32'
      ? (environment.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'))
      : (environment.XDG_CONFIG_HOME ?? join(homedir(), '.config'));
  return join(base, 'ivy', 'sessions.json');
}

function read(): Remembered {
  const file = sessionsFile();
  if (!existsSync(file)) return {};
  try {
    const parsed = remembered.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}

function write(all: Remembered): void {
  const file = sessionsFile();
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeWhole(file, JSON.stringify(all));
}

/** The token of `ivy login` for a profile, or null. */
export function rememberedToken(profileFolder: string, now: number): string | null {
  const found = read()[profileFolder];
  return found !== undefined && found.expiresAt > now ? found.token : null;
}

export function rememberToken(profileFolder: string, token: string, expiresAt: number): void {
  write({ ...read(), [profileFolder]: { token, expiresAt } });
}

export function forgetToken(profileFolder: string): void {
  const { [profileFolder]: _removed, ...rest } = read();
  write(rest);
}
