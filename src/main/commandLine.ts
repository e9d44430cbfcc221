import { endSignal } from './app/interrupt';
import { createProgram, type ExitCode } from './cli/program';
import { createTerminal } from './cli/terminal';
import { serveHost } from './host/serveHost';
import { version } from './version';

/** Runs the command line once. The packaged program is it as well: `Ivy --cli …`. */
export function runCommandLine(args: readonly string[], mainFolder: URL): Promise<ExitCode> {
  const interrupt = endSignal();
  const program = createProgram({
    terminal: createTerminal(),
    mainFolder,
    version,
    interrupt,
    serve: (options) => serveHost({ ...options, mainFolder, until: interrupt }),
  });
  return program.run(args);
}
