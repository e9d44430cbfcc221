import { receiveMessageOnPort } from 'node:worker_threads';
import { parallelWorks } from '#domain/models/parallelWorks';
import { claimPiece, controlAt, finishPiece, type HelperAnswer, type HelperMessage, type HelperStart } from './threads';

/** Does pieces of an engine's work until it is told to end. Blocks its thread. */
export function help({ control, port }: HelperStart): void {
  const sections = new Map<number, (piece: number, argument: number) => unknown>();
  const open = (wanted: number): ((piece: number, argument: number) => unknown) => {
    for (let received = receiveMessageOnPort(port); received !== undefined; received = receiveMessageOnPort(port)) {
      const message = received.message as HelperMessage;
      if (message.kind === 'close') sections.delete(message.section);
      else {
        const work = parallelWorks.get(message.work);
        if (work !== undefined) sections.set(message.section, work.prepare(message.data as never));
      }
    }
    const known = sections.get(wanted);
    if (known === undefined) throw new Error(`A helper was asked for a section that it does not know: ${String(wanted)}.`);
    return known;
  };
  while (Atomics.load(control, controlAt.quit) === 0) {
    const woken = Atomics.load(control, controlAt.wake);
    for (let piece = claimPiece(control); piece >= 0; piece = claimPiece(control)) {
      try {
        const section = Atomics.load(control, controlAt.section);
        const work = sections.get(section) ?? open(section);
        const result = work(piece, Atomics.load(control, controlAt.argument));
        if (result !== undefined) port.postMessage({ piece, result } satisfies HelperAnswer);
      } catch (error) {
        port.postMessage({ piece, error: String(error) } satisfies HelperAnswer);
      }
      finishPiece(control);
    }
    if (Atomics.load(control, controlAt.quit) === 1) return;
    Atomics.wait(control, controlAt.wake, woken);
  }
}
