import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';
import { Refusal } from '#contract/errors';

const bare = (host: string): string => host.replace(/^\[|\]$/g, '');

/** Whether a host is this machine. */
export function isLoopback(host: string): boolean {
  const name = bare(host);
  return name === 'localhost' || (ipaddr.isValid(name) && ipaddr.parse(name).range() === 'loopback');
}

/** Whether a host is on a network of one’s own: there a server of one’s own may do without TLS. */
function isNear(host: string): boolean {
  const name = bare(host);
  return isLoopback(name) || (ipaddr.isValid(name) && ['private', 'uniqueLocal', 'linkLocal'].includes(ipaddr.parse(name).range())) || name.endsWith('.local') || !name.includes('.');
}

/** The address of a server in one form; refuses what is none, what carries a secret, and what would cross the internet in the clear. */
export function serverAddress(text: string): string {
  if (!URL.canParse(text)) throw new Refusal('invalid_input', `“${text.slice(0, 200)}” is no address. Give one such as https://api.anthropic.com.`, { field: 'baseUrl' });
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isNear(url.hostname))) {
    throw new Refusal('invalid_input', 'Give an address that begins with https://. Only a server on this machine or in your own network may use http://.', { field: 'baseUrl' });
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new Refusal('invalid_input', 'Give the address alone, without a name, a password or a question mark. The key has a field of its own.', { field: 'baseUrl' });
  }
  // The library adds the version itself.
  return `${url.origin}${url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '')}`;
}

export function hostOf(baseUrl: string): string {
  return new URL(baseUrl).host;
}

/** Whether this machine has a network that could lead to a host: known at once, without asking anybody. */
export function hasNetworkTo(baseUrl: string): boolean {
  if (isLoopback(new URL(baseUrl).hostname)) return true;
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal, address }) => !internal && !(ipaddr.isValid(address) && ipaddr.parse(address).range() === 'linkLocal')) === true);
}
