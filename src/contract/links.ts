// The only links that leave the program, each made here from what a person sees: never a URL that a screen put together.

const longestAddress = 320;
const longestLink = 2_048;

/** A link that starts the mail program, or null where the address is not one. */
export function mailLink(address: string): string | null {
  const plain = address.trim();
  if (plain.length > longestAddress) return null;
  const parts = /^([^\s@"<>(),:;\\[\]?&#%/]+)@([^\s@"<>(),:;\\[\]?&#%/]+\.[^\s@"<>(),:;\\[\]?&#%/.]+)$/u.exec(plain);
  if (parts?.[1] === undefined || parts[2] === undefined) return null;
  return `mailto:${encodeURIComponent(parts[1])}@${encodeURIComponent(parts[2])}`;
}

/** A link that dials, or null where the number is not one. */
export function telephoneLink(number: string): string | null {
  const plain = number.replace(/[\s().\-/\u00A0\u2010-\u2015]/gu, '');
  return /^\+?\d{3,20}$/.test(plain) ? `tel:${plain}` : null;
}

/** A link to a page on the web, or null where it is not https, hides a user's name in front of its host, or has no host. */
export function webLink(link: string): string | null {
  if (link.length > longestLink || !URL.canParse(link)) return null;
  const url = new URL(link);
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.hostname === '') return null;
  return url.href;
}

/** The link for one address of a person, by channel. */
export function contactLink(channel: 'email' | 'phone', address: string): string | null {
  return channel === 'email' ? mailLink(address) : telephoneLink(address);
}
