import { fold } from '#domain/kernel/text';
import { phrase, type Phrase } from '#domain/kernel/phrase';
import { matchingDateFormats, parseDate } from '../imports/columns';
import { headerKey } from '../imports/headers';
import { normaliseEmail } from '../leads/normalise';
import type { EngagementEvent, EngagementKind } from './events';

// Files of a mailer: one row an event.

/** What a column of such a file may hold. */
export const engagementFields = ['email', 'externalId', 'kind', 'at', 'message', 'link', 'agent', 'address'] as const;
export type EngagementField = (typeof engagementFields)[number];

/** The column of each field, where there is one. */
export type EngagementColumns = Readonly<Partial<Record<EngagementField, number>>>;

/** Headers by which a field is known, the plainest first. Compiled from the event exports of SendGrid, Mailchimp, Mailgun, Postmark and HubSpot. */
const synonyms: Readonly<Record<EngagementField, readonly string[]>> = {
  email: ['email', 'email address', 'recipient', 'recipient email', 'to', 'to email', 'rcpt to', 'e mail', 'contact email'],
  externalId: ['external id', 'lead id', 'contact id', 'prospect id', 'record id', 'applicant id', 'subscriber id'],
  kind: ['event', 'event type', 'activity', 'activity type', 'action', 'type', 'record type', 'event name'],
  at: ['time', 'timestamp', 'event time', 'date', 'occurred at', 'created at', 'created', 'when', 'event date', 'datetime', 'date time', 'processed'],
  message: ['message id', 'campaign', 'campaign id', 'campaign name', 'sg message id', 'email id', 'mailing', 'email name', 'subject', 'email subject', 'message'],
  link: ['url', 'link', 'clicked url', 'link url', 'original link', 'click url', 'clicked link'],
  agent: ['user agent', 'useragent', 'agent', 'browser', 'client user agent'],
  address: ['ip', 'ip address', 'client ip', 'location ip', 'remote ip', 'ipaddress'],
};

const kinds: readonly (readonly [EngagementKind, RegExp])[] = [
  ['clicked', /\bclick(s|ed)?\b/],
  ['opened', /\bopen(s|ed)?\b|\bviewed\b/],
  ['delivered', /\bdeliver(y|ed)\b/],
];

/** What an event of a mailer is, by its name; null for those that say nothing of a lead's interest, such as a bounce. */
export function kindOf(text: string): EngagementKind | null {
  const name = fold(text).replace(/[_-]+/g, ' ');
  return kinds.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
}

/** Which column is which field, by its header. */
export function proposeEngagementColumns(headers: readonly string[]): EngagementColumns {
  const keys = headers.map(headerKey);
  const found: Partial<Record<EngagementField, number>> = {};
  const taken = new Set<number>();
  for (const field of engagementFields) {
    const index = synonyms[field].map((name) => keys.indexOf(name)).find((each) => each >= 0 && !taken.has(each));
    if (index === undefined) continue;
    found[field] = index;
    taken.add(index);
  }
  return found;
}

/** What a file needs for its events to be put to leads. */
export function lacksFields({ email, externalId, kind, at }: EngagementColumns): EngagementField[] {
  return [...(email === undefined && externalId === undefined ? (['email'] as const) : []), ...(kind === undefined ? (['kind'] as const) : []), ...(at === undefined ? (['at'] as const) : [])];
}

/** Of the first rows, so many have to name an event that is known: a column "Type" alone makes no file of events. */
const knownShare = 0.5;

/** Whether a file holds events of e-mails, one row each, by its headers and its first rows. */
export function isEngagementFile(headers: readonly string[], rows: readonly (readonly string[])[]): boolean {
  const columns = proposeEngagementColumns(headers);
  const { kind } = columns;
  if (lacksFields(columns).length > 0 || kind === undefined || rows.length === 0) return false;
  return rows.filter((cells) => kindOf(cells[kind] ?? '') !== null).length >= knownShare * rows.length;
}

/** Seconds or milliseconds since 1970, as mailers write them. */
const epoch = /^\d{10}(?:\.\d+)?$|^\d{13}$/;

/** How the moments of some cells are written: 'epoch', a date format, or null where they are none. */
export function momentFormat(samples: readonly string[], zone: string): string | null {
  // A word such as "yesterday" does not spoil a column of moments: its row is told.
  const given = samples.map((text) => text.trim()).filter((text) => /\d.*\d.*\d/.test(text));
  if (given.length === 0) return null;
  if (given.every((text) => epoch.test(text))) return 'epoch';
  return matchingDateFormats(given, zone)[0] ?? null;
}

function moment(text: string, format: string, zone: string): number | null {
  if (format !== 'epoch') return parseDate(text, format, zone);
  const trimmed = text.trim();
  if (!epoch.test(trimmed)) return null;
  return /^\d{13}$/.test(trimmed) ? Number(trimmed) : Math.round(Number(trimmed) * 1_000);
}

/** An event of a file, with the lead that it names. */
export interface EngagementRow extends EngagementEvent {
  readonly line: number;
  readonly email: string | null;
  readonly externalId: string | null;
}

export type EngagementRowResult = { readonly kind: 'event'; readonly row: EngagementRow } | { readonly kind: 'ignored' } | { readonly kind: 'rejected'; readonly reason: Phrase };

/** Longer texts are cut: a link may carry pages of tracking. */
const longest = { message: 500, link: 1_000, agent: 500, address: 60 } as const;
/** A mailer's clock may be a little ahead. */
const slackMilliseconds = 24 * 3_600_000;

export interface EngagementReading {
  readonly columns: EngagementColumns;
  readonly format: string;
  readonly timeZone: string;
  readonly now: number;
}

/** Reads rows of a file of events. */
export function engagementRowReader({ columns, format, timeZone, now }: EngagementReading): (cells: readonly string[], line: number) => EngagementRowResult {
  const cell = (cells: readonly string[], field: EngagementField): string => {
    const index = columns[field];
    return index === undefined ? '' : (cells[index] ?? '').trim();
  };
  const text = (cells: readonly string[], field: keyof typeof longest): string | null => cell(cells, field).slice(0, longest[field]) || null;
  return (cells, line) => {
    if (cells.every((each) => each.trim() === '')) return { kind: 'ignored' };
    const kind = kindOf(cell(cells, 'kind'));
    if (kind === null) return { kind: 'ignored' };
    const at = moment(cell(cells, 'at'), format, timeZone);
    if (at === null) return { kind: 'rejected', reason: phrase('engagement.problems.noMoment', { value: cell(cells, 'at').slice(0, 60) }) };
    if (at > now + slackMilliseconds) return { kind: 'rejected', reason: phrase('engagement.problems.future', { value: cell(cells, 'at').slice(0, 60) }) };
    const email = normaliseEmail(cell(cells, 'email'));
    const externalId = cell(cells, 'externalId') || null;
    if (email === null && externalId === null) return { kind: 'rejected', reason: phrase('engagement.problems.nobody') };
    return { kind: 'event', row: { line, email, externalId, kind, at, message: text(cells, 'message'), link: text(cells, 'link'), agent: text(cells, 'agent'), address: text(cells, 'address') } };
  };
}
