import { createProgram } from './cli/program';
import { createTerminal } from './cli/terminal';
import { serveHost } from './host/serveHost';
import { version } from './version';

// The command-line door.

// What Ivy writes is for its person's eyes alone.
process.umask(0o077);

const interrupt = new AbortController();
let interrupted = 0;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interrupted += 1;
    // The first asks politely; whoever presses twice means it.
    if (interrupted > 1) process.exit(130);
    interrupt.abort();
  });
}

const program = createProgram({
  terminal: createTerminal(),
  mainFolder: new URL('.', import.meta.url),
  version,
  interrupt: interrupt.signal,
  serve: (options) => serveHost({ ...options, mainFolder: new URL('.', import.meta.url), until: interrupt.signal }),
});
process.exitCode = await program.run(process.argv.slice(2));
