import type { z } from 'zod';
import { alerts } from './admissions/alerts';
import { attachments } from './admissions/attachments';
import { bulkChanges } from './admissions/bulkChanges';
import { calendar } from './admissions/calendar';
import { attributes, courses, sources } from './admissions/catalogue';
import { consents } from './admissions/consents';
import { duplicates } from './admissions/duplicates';
import { engagement } from './admissions/engagement';
import { forecast } from './admissions/forecast';
import { imports } from './admissions/imports';
import { leads } from './admissions/leads';
import { modelForecast } from './admissions/modelForecast';
import { outreach } from './admissions/outreach';
import { notes } from './admissions/notes';
import { chats } from './admissions/chats';
import { queries } from './admissions/queries';
import { summaries } from './admissions/summaries';
import { tags } from './admissions/tags';
import { tasks } from './admissions/tasks';
import { touchpoints } from './admissions/touchpoints';
import { triage } from './admissions/triage';
import { weightProposals } from './admissions/weightProposals';
import { views } from './admissions/views';
import type { Entry } from './define';
import { studyCourses } from './learning/courses';
import { library } from './learning/library';
import { questions } from './learning/questions';
import { cards } from './learning/cards';
import { exams } from './learning/exams';
import { goals } from './learning/goals';
import { labs } from './learning/labs';
import { paths } from './learning/paths';
import { practice } from './learning/practice';
import { comparisonEntries } from './learning/comparison';
import { dashboardEntries } from './learning/dashboard';
import { heatmapsEntries } from './learning/heatmaps';
import { masteryEntries } from './learning/mastery';
import { readinessEntries } from './learning/readiness';
import { recommendationsEntries } from './learning/recommendations';
import { tutors } from './learning/tutors';
import { analysis } from './models/analysis';
import { predictions } from './models/predictions';
import { registry } from './models/registry';
import { studentPredictions } from './models/students';
import { watch } from './models/watch';
import { training } from './models/training';
import { audit } from './platform/audit';
import { backups } from './platform/backups';
import { jobs } from './platform/jobs';
import { language } from './platform/language';
import { redaction } from './platform/redaction';
import { sessions } from './platform/sessions';
import { settingsEntries } from './platform/settings';
import { users } from './platform/users';
import { workspaces } from './platform/workspaces';

/** Every entry of the program, by name: `area.noun.verb`. Screens, the command line and web requests can do what is here and no more. */
export const contract = {
  ...workspaces,
  ...sessions,
  ...users,
  ...audit,
  ...settingsEntries,
  ...jobs,
  ...backups,
  ...redaction,
  ...language,
  ...imports,
  ...leads,
  ...duplicates,
  ...views,
  ...queries,
  ...chats,
  ...tags,
  ...bulkChanges,
  ...touchpoints,
  ...engagement,
  ...tasks,
  ...notes,
  ...outreach,
  ...summaries,
  ...attachments,
  ...consents,
  ...triage,
  ...weightProposals,
  ...alerts,
  ...forecast,
  ...modelForecast,
  ...sources,
  ...courses,
  ...attributes,
  ...calendar,
  ...studyCourses,
  ...questions,
  ...library,
  ...goals,
  ...paths,
  ...practice,
  ...cards,
  ...exams,
  ...labs,
  ...readinessEntries,
  ...masteryEntries,
  ...heatmapsEntries,
  ...recommendationsEntries,
  ...comparisonEntries,
  ...dashboardEntries,
  ...tutors,
  ...training,
  ...studentPredictions,
  ...registry,
  ...watch,
  ...predictions,
  ...analysis,
};

export type Contract = typeof contract;
export type EntryName = keyof Contract;

/** What a caller may give; defaults and aliases are not yet applied. */
export type InputOf<Name extends EntryName> = z.input<Contract[Name]['input']>;
/** What a caller gets. For a job it is the result that the job ends with. */
export type OutputOf<Name extends EntryName> = z.output<Contract[Name]['output']>;

/** The entry of a name, or undefined where there is none. */
export function findEntry(name: string): Entry | undefined {
  return Object.hasOwn(contract, name) ? contract[name as EntryName] : undefined;
}

export const entryNames = Object.keys(contract) as EntryName[];
