/** What can change, one noun each. A command names the topics it changes; screens that show them read again. */
export const topics = [
  'leads',
  'duplicates',
  'views',
  'queries',
  'chats',
  'tags',
  'bulkChanges',
  'touchpoints',
  'engagement',
  'tasks',
  'notes',
  'attachments',
  'consents',
  'alerts',
  'imports',
  'triage',
  'forecast',
  'sources',
  'courses',
  'campuses',
  'attributes',
  'calendar',
  'studyCourses',
  'goals',
  'paths',
  'practice',
  'cards',
  'exams',
  'labs',
  'tutors',
  'standing',
  'models',
  'predictions',
  'users',
  'sessions',
  'audit',
  'settings',
  'language',
  'languageHolds',
  'backups',
  'jobs',
  'workspaces',
] as const;
export type Topic = (typeof topics)[number];

/** One change as every window and tab hears of it. No `ids` means: anything of that topic. */
export interface Change {
  readonly topic: Topic;
  readonly ids?: readonly string[];
}

/** A named change carries at most this many ids; more are sent as "anything of that topic". */
export const maximumChangeIds = 100;
