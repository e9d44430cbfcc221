import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import type { CallError } from '#contract/errors';

/** JSON goes to standard output; everything for a person's eyes goes to standard error. */
export interface Terminal {
  result(value: unknown): void;
  note(text: string): void;
  failure(error: CallError): void;
  progress(progress: { readonly done: number; readonly total: number; readonly note: string }): void;
  endProgress(): void;
  /** Asks for a secret without showing it, or answers null where nobody can be asked. */
  askSecret(question: string): Promise<string | null>;
}

function writeLine(stream: Writable, text: string): void {
  stream.write(`${text}\n`);
}

export function createTerminal(): Terminal {
  let shown = false;
  let lastTenth = '';
  return {
    result(value) {
      writeLine(process.stdout, process.stdout.isTTY ? JSON.stringify(value, null, 2) : JSON.stringify(value));
    },
    note(text) {
      writeLine(process.stderr, text);
    },
    failure(error) {
      writeLine(process.stderr, JSON.stringify({ error }));
    },
    progress({ done, total, note }) {
      const share = total > 0 ? Math.floor((100 * done) / total) : 0;
      const text = total > 0 ? `${note} ${String(share)} %` : `${note} ${String(done)}`;
      if (process.stderr.isTTY) {
        process.stderr.write(`\r\u001b[K${text}`);
        shown = true;
        return;
      }
      // A log wants a line now and then, not one every tenth of a second.
      const tenth = `${note} ${total > 0 ? String(Math.floor(share / 10)) : ''}`;
      if (tenth === lastTenth) return;
      lastTenth = tenth;
      writeLine(process.stderr, text);
    },
    endProgress() {
      if (shown) process.stderr.write('\r\u001b[K');
      shown = false;
    },
    async askSecret(question) {
      if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
      process.stderr.write(question);
      const lines = createInterface({ input: process.stdin, terminal: true });
      return new Promise((answered) => {
        lines.question('', (answer) => {
          lines.close();
          process.stderr.write('\n');
          answered(answer);
        });
      });
    },
  };
}
