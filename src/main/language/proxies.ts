import http from 'node:http';

/** Never through a proxy: a server of one’s own on this machine. */
const own = ['localhost', '127.0.0.1', '::1', '[::1]'];

let problem: string | null = null;

/** Why nothing can be sent although a proxy is named; null where one is used, or none is wanted. No name or password is in it. */
export const proxyProblem = (): string | null => problem;

/**
 * Sends what leaves this thread through the proxy that the machine names, as command lines name it: `HTTPS_PROXY`, `HTTP_PROXY`, and
 * `NO_PROXY` for what goes straight, in capitals or not. A name and a password may stand in the address. Without such a variable nothing
 * changes.
 *
 * @returns takes it back
 */
export function passThroughProxy(environment: Readonly<Record<string, string | undefined>>): () => void {
  const named = (name: string): string | undefined => {
    const value = (environment[name.toLowerCase()] ?? environment[name])?.trim();
    return value === '' ? undefined : value;
  };
  const plain = named('HTTP_PROXY');
  const secure = named('HTTPS_PROXY') ?? plain;
  problem = null;
  if (secure === undefined) return () => undefined;
  try {
    const back = http.setGlobalProxyFromEnv({
      https_proxy: secure,
      ...(plain === undefined ? {} : { http_proxy: plain }),
      no_proxy: [...own, ...(named('NO_PROXY')?.split(/[\s,]+/u) ?? [])].join(','),
    });
    return back;
  } catch {
    // Going round a proxy that somebody wants used is not for the program to decide.
    problem = 'HTTPS_PROXY or HTTP_PROXY holds no address of a proxy. Give one such as http://proxy.school.example:8080, and start Ivy again.';
    return () => { problem = null; };
  }
}

/** The status with which a proxy refused to pass a request on; null where it was none. */
export function proxyRefusal(error: unknown, depth = 0): number | null {
  if (depth > 4 || !(error instanceof Error)) return null;
  const status = /Proxy response \((\d{3})\)/u.exec(error.message)?.[1];
  return status === undefined ? proxyRefusal(error.cause, depth + 1) : Number(status);
}

/** What a person can do about a proxy that refused. */
export function proxyRefusalWords(status: number): string {
  return status === 407
    ? 'It was the proxy: it wants to know who asks (407). A name and a password can stand in HTTPS_PROXY, such as http://name:password@proxy.school.example:8080.'
    : `It was the proxy: it does not pass this on (${String(status)}). Whoever looks after the network can let the server’s address through.`;
}
