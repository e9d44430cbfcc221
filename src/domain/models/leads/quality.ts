// How good an e-mail address or a telephone number is to reach somebody by, before anybody has tried. Steps between 0 and 1; models learn
// what they are worth.

/** Services that give out addresses for minutes. */
const throwaway = new Set(['mailinator.com', 'guerrillamail.com', '10minutemail.com', 'tempmail.com', 'temp-mail.org', 'yopmail.com', 'trashmail.com', 'sharklasers.com', 'getnada.com', 'dispostable.com', 'maildrop.cc', 'throwawaymail.com']);
/** Domains that no mail is delivered to (RFC 2606), and what people type into a field that must not be empty. */
const unreal = /(^|\.)(example\.(com|net|org)|test|invalid|localhost|example|temp\.com|test\.com)$/;
/** Mailboxes of an office, not of a person (RFC 2142 and its kin). */
const offices = new Set(['info', 'admin', 'office', 'contact', 'sales', 'support', 'hello', 'enquiries', 'enquiry', 'noreply', 'no-reply', 'postmaster', 'webmaster', 'test', 'none', 'null']);
const academic = /\.(edu|ac\.[a-z]{2}|edu\.[a-z]{2}|sch\.[a-z]{2})$/;

/** 0 none or none that can be reached, .3 thrown away soon, .6 an office, .9 a person, 1 a person at a school. */
export function emailQuality(email: string | null): number {
  if (email === null) return 0;
  const at = email.lastIndexOf('@');
  const [name, domain] = [email.slice(0, at).toLowerCase(), email.slice(at + 1).toLowerCase()];
  if (at <= 0 || !domain.includes('.') || unreal.test(domain)) return 0;
  if (throwaway.has(domain)) return 0.3;
  if (offices.has(name)) return 0.6;
  return academic.test(`.${domain}`) ? 1 : 0.9;
}

/** 0 none, .3 one that looks made up, .6 short or long, 1 of the usual form. */
export function phoneQuality(phone: string | null): number {
  if (phone === null) return 0;
  const digits = phone.replace(/\D/g, '');
  if (digits.length < 7) return 0;
  const tail = digits.slice(-7);
  // Numbers of films (555 01xx), one digit over and over, or all in a row, are typed by whoever wants no call.
  if (/^(\d)\1+$/.test(tail) || '01234567890123456789'.includes(tail) || '98765432109876543210'.includes(tail) || /5550?1\d\d$/.test(digits)) return 0.3;
  return digits.length < 9 || digits.length > 14 ? 0.6 : 1;
}
