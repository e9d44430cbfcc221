import { runCommandLine } from './commandLine';

// The command-line door.

// What Ivy writes is for its person's eyes alone.
process.umask(0o077);

// Whoever reads the first lines and then closes the pipe has what they wanted.
process.stdout.on('error', () => undefined);

process.exitCode = await runCommandLine(process.argv.slice(2), new URL('.', import.meta.url));
