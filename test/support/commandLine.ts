import { join } from 'node:path';
import { passPhrase, temporaryFolder, workspaceApp } from './app';
import { runBuilt } from './processes';

/** How a command ended, and all that it said. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output, which is one value of JSON. */
  json(): unknown;
  /** The error on the last line of standard error. */
  error(): { readonly code: string; readonly message: string };
}

export interface CommandLine {
  readonly profile: string;
  /** Where the command line keeps its own sessions. */
  readonly configuration: string;
  /** Runs a command to its end; an environment variable that is undefined is not set. */
  run(args: readonly string[], options?: { readonly input?: string; readonly environment?: NodeJS.ProcessEnv }): Promise<Ended>;
}

/** A command line of a person's own: their profile, their configuration, and their pass phrase in the environment. */
export function commandLine(profile: string = join(temporaryFolder(), 'profile')): CommandLine {
  const configuration = temporaryFolder();
  return {
    profile,
    configuration,
    async run(args, { input, environment = {} } = {}) {
      const running = runBuilt('cli', args, {
        environment: { IVY_PROFILE: profile, IVY_PASSWORD: passPhrase, XDG_CONFIG_HOME: configuration, LOCALAPPDATA: configuration, ...environment },
        input: input === undefined ? 'ignore' : 'pipe',
      });
      if (input !== undefined) running.child.stdin?.end(input);
      const { code } = await running.ended;
      const [stdout, stderr] = [running.stdout(), running.stderr()];
      return {
        code,
        stdout,
        stderr,
        json: () => JSON.parse(stdout) as unknown,
        error: () => {
          const last = stderr.trim().split('\n').at(-1) ?? '';
          if (!last.startsWith('{')) throw new Error(`The command line ended without an error of its own: ${stderr}`);
          return (JSON.parse(last) as { error: { code: string; message: string } }).error;
        },
      };
    },
  };
}

/** The same with a workspace of Ada Lovelace in the profile, and nobody in it. */
export async function workspaceCommandLine(): Promise<CommandLine> {
  const { app, folder } = await workspaceApp();
  await app.close();
  return commandLine(folder);
}
