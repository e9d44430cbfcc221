import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { Command, CommanderError } from 'commander';
import { type CallError, Refusal } from '#contract/errors';
import type { OutputOf } from '#contract/index';
import { workspaceKinds } from '#contract/platform/workspaces';
import { defaultProfileFolder } from '#main/app/profile';
import { describeEntries } from './entries';
import { forgetToken, rememberToken } from './rememberedSessions';
import { type CliOptions, type CliSession, openSession } from './session';
import type { Terminal } from './terminal';

/** 0 done, 1 refused or failed, 2 called wrongly. */
export type ExitCode = 0 | 1 | 2;

class UsageProblem extends Error {}

interface Shared {
  readonly profile?: string;
  readonly user?: string;
}

export interface ProgramParts {
  readonly terminal: Terminal;
  readonly mainFolder: URL;
  readonly version: string;
  readonly interrupt: AbortSignal;
  /** Serves the app to a browser until it is interrupted. */
  readonly serve: (options: { readonly profileFolder: string; readonly port: number; readonly openBrowser: boolean }) => Promise<void>;
}

function asCallError(error: unknown): CallError {
  if (error instanceof Refusal) return error.toCallError();
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}

/** JSON from an argument, or from standard input where the argument is `-`. */
async function jsonInput(argument: string | undefined): Promise<unknown> {
  const source = argument === '-' ? await text(process.stdin) : (argument ?? '{}');
  try {
    return source.trim() === '' ? {} : (JSON.parse(source) as unknown);
  } catch (error) {
    throw new UsageProblem(`The input is not JSON: ${error instanceof Error ? error.message : ''}`);
  }
}

/** One input a line in, one answer a line out, in one process. Answers whether all of them succeeded. */
async function callLines(session: CliSession, entry: string): Promise<boolean> {
  let allDone = true;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    let answer: unknown;
    try {
      answer = await session.call(entry, JSON.parse(line) as unknown);
    } catch (error) {
      allDone = false;
      answer = {
        error:
          error instanceof SyntaxError
            ? { code: 'invalid_input', message: `The line is not JSON: ${error.message}` }
            : asCallError(error),
      };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  return allDone;
}

interface PreviewAnswer {
  readonly columns: unknown;
}

type CourseCheck = Pick<OutputOf<'learning.courses.preview'>, 'format' | 'questions' | 'flagged' | 'sections' | 'flashcards' | 'labs' | 'rejected' | 'unsupported' | 'problems' | 'problemCount'>;

/** The command line: what it understands, and what each command does. */
export function createProgram(parts: ProgramParts): { run(argv: readonly string[]): Promise<ExitCode> } {
  const { terminal } = parts;
  let exit: ExitCode = 0;

  const optionsOf = (command: Command): CliOptions => {
    const { profile, user } = command.optsWithGlobals<Shared>();
    return {
      profileFolder: profile === undefined ? defaultProfileFolder() : resolve(profile),
      user,
      mainFolder: parts.mainFolder,
    };
  };

  const withSession = async (command: Command, work: (session: CliSession, options: CliOptions) => Promise<unknown>): Promise<void> => {
    const options = optionsOf(command);
    const session = await openSession(options, terminal, parts.interrupt);
    try {
      const result = await work(session, options);
      if (result !== undefined) terminal.result(result);
    } finally {
      await session.close();
    }
  };

  const program = new Command('ivy')
    .description('Ivy on the command line: every entry of its contract, and the usual chores.')
    .version(parts.version)
    .option('--profile <folder>', 'the folder of the workspace (or IVY_PROFILE)')
    .option('--user <email>', 'who signs in; may be left out where there is one user')
    .exitOverride()
    .configureOutput({ writeErr: (message) => process.stderr.write(message) })
    .showHelpAfterError('Run "ivy --help" to see what there is.');

  program
    .command('entries')
    .description('list the contract: name, permission and schemas of every entry, as JSON')
    .action(() => {
      terminal.result(describeEntries());
    });

  program
    .command('call <entry> [json]')
    .description('call an entry with JSON, or with - to read the JSON from standard input')
    .option('--lines', 'one input a line in, one answer a line out')
    .option('--detach', 'start a job and answer with its id')
    .action(async (entry: string, json: string | undefined, flags: { lines?: boolean; detach?: boolean }, command: Command) => {
      const input = flags.lines === true ? null : await jsonInput(json);
      await withSession(command, async (session) => {
        if (flags.lines !== true) return session.call(entry, input, { detach: flags.detach === true });
        if (!(await callLines(session, entry))) exit = 1;
        return undefined;
      });
    });

  program
    .command('init')
    .description('make a workspace and its owner; the pass phrase comes from IVY_PASSWORD or is asked for')
    .requiredOption('--name <name>', 'your name')
    .requiredOption('--email <email>', 'your e-mail address: what you sign in with')
    .requiredOption('--workspace <kind>', `one of ${workspaceKinds.join(', ')}`)
    .option('--workspace-name <name>', 'what the workspace is called')
    .option('--no-pass-phrase', 'have none: anybody who can open your files can open Ivy')
    .action(async (flags: { name: string; email: string; workspace: string; workspaceName?: string; passPhrase: boolean }, command: Command) => {
      if (!(workspaceKinds as readonly string[]).includes(flags.workspace)) {
        throw new UsageProblem(`--workspace is one of ${workspaceKinds.join(', ')}.`);
      }
      const passPhrase = !flags.passPhrase ? null : (process.env.IVY_PASSWORD ?? (await terminal.askSecret('Choose a pass phrase: ')));
      if (flags.passPhrase && passPhrase === null) {
        throw new UsageProblem('Set IVY_PASSWORD to choose a pass phrase, or say --no-pass-phrase to have none.');
      }
      const { name, email, workspace, workspaceName } = flags;
      await withSession(command, (session) =>
        session.call('platform.workspaces.create', {
          name,
          email,
          workspace,
          passPhrase,
          ...(workspaceName === undefined ? {} : { workspaceName }),
        }),
      );
    });

  program
    .command('login')
    .description('sign in and stay signed in on this command line')
    .action(async (_flags: unknown, command: Command) => {
      await withSession(command, async (session, options) => {
        const passPhrase = process.env.IVY_PASSWORD ?? (await terminal.askSecret('Pass phrase: ')) ?? '';
        const signedIn = (await session.call('platform.sessions.signIn', {
          ...(options.user === undefined ? {} : { email: options.user }),
          passPhrase,
          remember: true,
        })) as { user: { name: string; email: string }; expiresAt: number };
        const token = session.token();
        if (token !== null) rememberToken(options.profileFolder, token, signedIn.expiresAt);
        session.keep();
        return { user: signedIn.user, expiresAt: signedIn.expiresAt };
      });
    });

  program
    .command('logout')
    .description('end the session of "ivy login"')
    .action(async (_flags: unknown, command: Command) => {
      await withSession(command, async (session, options) => {
        try {
          return await session.call('platform.sessions.signOut', {});
        } finally {
          forgetToken(options.profileFolder);
        }
      });
    });

  const imports = program.command('import').description('bring a file in');
  imports
    .command('leads <file>')
    .description('import leads from a CSV or Excel file with the proposed mapping')
    .action(async (file: string, _flags: unknown, command: Command) => {
      const path = resolve(file);
      await withSession(command, async (session) => {
        const { columns } = (await session.call('admissions.imports.preview', { path })) as PreviewAnswer;
        const done = (await session.call('admissions.imports.run', { path, columns })) as Record<string, unknown>;
        const { importId, imported, updated, rejected, duplicates } = done;
        if (typeof rejected === 'number' && rejected > 0) {
          terminal.note(`${String(rejected)} rows were rejected. See them with: ivy call admissions.imports.problems '{"importId":"${String(importId)}","path":"rejected.csv"}'`);
        }
        return { importId, imported, updated, rejected, duplicates };
      });
    });

  imports
    .command('course <file>')
    .description('import a course pack (a folder or a file), or a file of questions, as it is proposed')
    .action(async (file: string, _flags: unknown, command: Command) => {
      const path = resolve(file);
      await withSession(command, async (session) => {
        const done = (await session.call('learning.courses.import', { path })) as OutputOf<'learning.courses.import'>;
        const { courseId, questions, flagged, rejected, unsupported } = done;
        if (unsupported.length > 0) terminal.note(`Types of question that Ivy does not ask: ${unsupported.map(({ type, count }) => `${type} (${String(count)})`).join(', ')}.`);
        if (rejected > 0) terminal.note(`${String(rejected)} questions were left out. See why with: ivy call learning.courses.preview '${JSON.stringify({ path })}'`);
        return { courseId, questions, flagged, rejected };
      });
    });

  program
    .command('check')
    .description('look whether a file can be taken, without taking it')
    .command('course <file>')
    .description('everything that is wrong with a course pack, with the file and line of each')
    .action(async (file: string, _flags: unknown, command: Command) => {
      await withSession(command, async (session) => {
        const { format, questions, flagged, sections, flashcards, labs, rejected, unsupported, problems, problemCount } = (await session.call('learning.courses.preview', { path: resolve(file) })) as CourseCheck;
        if (problems.some(({ severity }) => severity !== 'warning')) exit = 1;
        return { format, questions, flagged, sections, flashcards, labs, rejected, unsupported, problemCount, problems };
      });
    });

  program
    .command('sample')
    .description('make a workspace with sample data in an empty profile, to look around')
    .action(async (_flags: unknown, command: Command) => {
      await withSession(command, async (session) => {
        const made = await session.call('platform.workspaces.create', {
          name: 'Sample Owner',
          email: 'owner@ivy.example',
          passPhrase: process.env.IVY_PASSWORD ?? null,
          workspace: 'both',
          sample: true,
        });
        const filled = await session.call('admissions.imports.sample', {});
        const course = await session.call('learning.courses.sample', {});
        return { ...(made as object), ...(filled as object), ...(course as object) };
      });
    });

  program
    .command('serve')
    .description('serve the app to a browser on this machine')
    .option('--port <number>', 'the port; any free one where it is left out', '0')
    .option('--no-open', 'do not open the browser')
    .action(async (flags: { port: string; open: boolean }, command: Command) => {
      const port = Number(flags.port);
      if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageProblem('--port is a number from 0 to 65535.');
      await parts.serve({ profileFolder: optionsOf(command).profileFolder, port, openBrowser: flags.open });
    });

  program
    .command('backup <file>')
    .description('write the whole workspace, still encrypted, to one file')
    .action(async (file: string, _flags: unknown, command: Command) => {
      await withSession(command, (session) => session.call('platform.backups.create', { path: resolve(file) }));
    });

  program
    .command('restore <file>')
    .description('put a backup into an empty profile')
    .action(async (file: string, _flags: unknown, command: Command) => {
      await withSession(command, (session) => session.call('platform.backups.restore', { path: resolve(file) }));
    });

  return {
    async run(argv) {
      try {
        await program.parseAsync(argv, { from: 'user' });
        return exit;
      } catch (error) {
        if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
        if (error instanceof UsageProblem) {
          terminal.failure({ code: 'invalid_input', message: error.message });
          return 2;
        }
        terminal.failure(asCallError(error));
        return 1;
      }
    },
  };
}
