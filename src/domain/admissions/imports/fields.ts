import { signals, type Signal } from '../leads/signals';

/** What a column of a file may become. Everything else becomes a typed attribute of the workspace. */
export const importFields = [
  'externalId',
  'fullName',
  'givenName',
  'familyName',
  'email',
  'phone',
  'source',
  'course',
  'campus',
  'country',
  'city',
  'stage',
  'converted',
  'enquiredAt',
  'lastActivityAt',
  'lastActivity',
  'doNotEmail',
  'doNotPhone',
  'consentEmail',
  'consentPhone',
  ...signals,
] as const;
export type ImportField = (typeof importFields)[number];

/** When the value of a column comes to be known: a model must not read what is only known after somebody spoke with the lead. */
export const knownWhens = ['at_enquiry', 'after_contact', 'unknown'] as const;
export type KnownWhen = (typeof knownWhens)[number];

export const columnTypes = ['text', 'option', 'number', 'boolean', 'date'] as const;
export type ColumnType = (typeof columnTypes)[number];

/** The type that a field needs its column to have. */
export function fieldType(field: ImportField): ColumnType {
  if (isSignal(field)) return 'number';
  switch (field) {
    case 'enquiredAt':
    case 'lastActivityAt':
      return 'date';
    case 'converted':
    case 'doNotEmail':
    case 'doNotPhone':
    case 'consentEmail':
    case 'consentPhone':
      return 'boolean';
    case 'source':
    case 'course':
    case 'campus':
    case 'country':
    case 'city':
    case 'stage':
    case 'lastActivity':
      return 'option';
    case 'externalId':
    case 'fullName':
    case 'givenName':
    case 'familyName':
    case 'email':
    case 'phone':
      return 'text';
  }
}

export function isSignal(field: ImportField): field is Signal {
  return (signals as readonly string[]).includes(field);
}

/**
 * Headers by which a field is known, folded, without punctuation. The first of a list are the plainest. Compiled from the headers of
 * public lead files and of the exports of common CRMs.
 */
export const headerSynonyms: Readonly<Record<ImportField, readonly string[]>> = {
  externalId: ['external id', 'lead id', 'prospect id', 'contact id', 'record id', 'id', 'crm id', 'enquiry id', 'applicant id', 'lead number', 'student id', 'reference number', 'uuid'],
  fullName: ['full name', 'name', 'lead name', 'contact name', 'applicant name', 'student name', 'applicant'],
  givenName: ['first name', 'given name', 'forename', 'firstname', 'given names', 'preferred name'],
  familyName: ['last name', 'family name', 'surname', 'lastname'],
  email: ['email', 'e mail', 'email address', 'e mail address', 'mail', 'contact email', 'primary email', 'personal email'],
  phone: ['phone', 'telephone', 'phone number', 'mobile', 'mobile number', 'tel', 'telephone number', 'contact number', 'cell', 'cell phone', 'mobile phone'],
  source: ['lead source', 'source', 'enquiry source', 'channel', 'utm source', 'original source', 'marketing source', 'referral source'],
  course: ['course', 'programme', 'program', 'specialization', 'specialisation', 'course of interest', 'programme of interest', 'course interest', 'degree', 'major', 'course name', 'subject', 'course declared', 'interested course'],
  campus: ['campus', 'location of study', 'study location', 'preferred campus', 'campus name', 'site'],
  country: ['country', 'country of residence', 'nationality', 'country name'],
  city: ['city', 'town', 'town city', 'home city'],
  stage: ['stage', 'lead stage', 'lifecycle stage', 'status', 'lead status', 'pipeline stage', 'funnel stage'],
  converted: ['converted', 'is converted', 'enrolled', 'conversion', 'won', 'is won', 'did enrol', 'outcome'],
  enquiredAt: ['enquiry date', 'inquiry date', 'created', 'created at', 'created date', 'date created', 'create date', 'lead date', 'date of enquiry', 'enquired at', 'date', 'registration date', 'submitted at'],
  lastActivityAt: ['last activity date', 'last activity at', 'last seen', 'last engaged', 'last contact date', 'last active', 'last engagement date', 'last touch', 'last modified date'],
  lastActivity: ['last activity', 'last activity type', 'recent activity'],
  doNotEmail: ['do not email', 'do not e mail', 'email opt out', 'opted out of email', 'unsubscribed', 'no email', 'unsubscribed from email'],
  doNotPhone: ['do not call', 'do not phone', 'phone opt out', 'no calls', 'do not contact by phone'],
  consentEmail: ['email consent', 'consent email', 'gdpr consent', 'marketing consent', 'email opt in', 'opt in', 'consent to email', 'gdpr'],
  consentPhone: ['phone consent', 'consent phone', 'call consent', 'consent to call', 'sms consent'],
  emailOpens: ['email opens', 'emails opened', 'opens', 'marketing emails opened'],
  emailClicks: ['email clicks', 'clicks', 'emails clicked', 'link clicks', 'marketing emails clicked'],
  eventsAttended: ['events attended', 'events', 'open days attended', 'event attendance', 'webinars attended'],
  portalLogins: ['portal logins', 'logins', 'portal visits'],
  webVisits: ['web visits', 'total visits', 'totalvisits', 'visits', 'website visits', 'sessions', 'number of sessions', 'page visits'],
  webTime: ['total time spent on website', 'time on site', 'time on website', 'time spent', 'minutes on website', 'web minutes', 'time on page'],
  pagesPerVisit: ['page views per visit', 'pages per visit', 'pages per session', 'average pageviews'],
  conversations: ['conversations', 'calls answered', 'calls', 'meetings', 'number of conversations'],
};

const afterContactWords = ['tag', 'tags', 'quality', 'disposition', 'asymmetrique', 'profile', 'qualification', 'outcome', 'result', 'reason lost', 'lost reason', 'closed', 'deal', 'revenue', 'paid', 'payment', 'fee', 'offer', 'accepted', 'enrolled', 'enrolment', 'enrollment', 'call notes', 'comments', 'remarks', 'decision', 'rating', 'grade', 'follow up', 'next step'];

/** Whether a header sounds like something that somebody filled in after a conversation with the lead. */
export function soundsAfterContact(foldedHeader: string): boolean {
  const padded = ` ${foldedHeader} `;
  return afterContactWords.some((word) => padded.includes(` ${word} `));
}
