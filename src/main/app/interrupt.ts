/** A second request to end within this time is the same one: a terminal and the program that started us may both pass it on. */
const sameRequestMilliseconds = 500;

/**
 * A signal that is given when this process is asked to end, or when the program that started it over a channel is gone. The first
 * request asks politely; whoever asks again means it.
 */
export function endSignal(): AbortSignal {
  const end = new AbortController();
  let askedAt = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!end.signal.aborted) askedAt = performance.now();
      else if (performance.now() - askedAt > sameRequestMilliseconds) process.exit(130);
      end.abort();
    });
  }
  process.once('disconnect', () => {
    end.abort();
  });
  // Listening for that end must not keep alive what is done.
  process.channel?.unref();
  return end.signal;
}
