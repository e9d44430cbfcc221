import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What somebody who starts the program wants: its window, or its command line. */
export type LaunchRequest =
  | { readonly kind: 'window'; readonly profileFolder: string | null }
  | { readonly kind: 'commandLine'; readonly args: readonly string[] };

/** Reads the arguments, among which Chromium and the development tools have their own. */
export function readLaunchRequest(argv: readonly string[]): LaunchRequest {
  const cli = argv.indexOf('--cli');
  if (cli !== -1) return { kind: 'commandLine', args: argv.slice(cli + 1) };
  const { values } = parseArgs({ args: argv.slice(1), options: { profile: { type: 'string' } }, strict: false, allowPositionals: true });
  return { kind: 'window', profileFolder: typeof values.profile === 'string' && values.profile !== '' ? resolve(values.profile) : null };
}
