import type { Filter } from '#contract/filter';
import type { LeadSort } from '#contract/admissions/leadFields';
import type { Grouping } from '#domain/admissions/leads/groups';
import { modelQuestions } from '#test/support/modelQuestions';

// Questions as people put them, with what each of them means. They were written before the grammar was, the hard ones too; what the grammar
// misses stays in and is counted.

/** What a question means. What is left out is: no filter, the usual order, all leads, no groups. */
export interface Meaning {
  readonly filter?: Filter | null;
  readonly sort?: readonly [LeadSort, 'ascending' | 'descending'];
  readonly limit?: number;
  readonly by?: Grouping;
  readonly figure?: 'leads' | 'meanScore' | 'expected' | 'rate';
  /** Words that stand in its way: the reading may be anything, but must say that it is not sure. */
  readonly unsure?: true;
}

export interface Question extends Meaning {
  readonly ask: string;
  /** The question before, whose context is kept. */
  readonly after?: string;
}

const day = (from: string, to: string): Filter => ({ field: 'enquiredAt', between: [from, to] });
const since = (at: string): Filter => ({ field: 'enquiredAt', atLeast: at });
const score = { above: (value: number): Filter => ({ field: 'score', moreThan: value }), atLeast: (value: number): Filter => ({ field: 'score', atLeast: value }) };
const source = (is: string): Filter => ({ field: 'source', is });
const course = (is: string): Filter => ({ field: 'course', is });
const city = (is: string): Filter => ({ field: 'city', is });
const stage = (is: string): Filter => ({ field: 'stage', is });
const blocker = (is: string): Filter => ({ field: 'blocker', is });
const band = (is: string): Filter => ({ field: 'band', is });
const all = (...parts: Filter[]): Filter => ({ all: parts });
const any = (...parts: Filter[]): Filter => ({ any: parts });
const not = (part: Filter): Filter => ({ not: part });
const converted: Filter = { field: 'converted', is: true };
const stalled = blocker('engagement_stall');
const law = course('Law');
const nursing = course('Nursing');
const computing = course('Computer Science');
const ucas = source('UCAS');
const high = band('high');
const mine: Filter = { field: 'owner', is: 'me' };
const beyondApplied: Filter = { field: 'stage', in: ['applied', 'offered', 'accepted', 'enrolled'] };

/** Owners and teams of the workspace of the questions, by id as filters want them. */
export const ben = '01900000-0000-7000-8000-00000000000b';
export const priya = '01900000-0000-7000-8000-00000000000c';
export const ada = '01900000-0000-7000-8000-00000000000a';
export const admissionsTeam = '01900000-0000-7000-8000-0000000000a1';
export const internationalTeam = '01900000-0000-7000-8000-0000000000a2';

export const questions: readonly Question[] = [
  // The examples of the specification, and its kinds of question.
  { ask: 'Show me leads with scores above 80', filter: score.above(80) },
  { ask: 'Show me leads with high scores', filter: high },
  { ask: 'Leads from last week', filter: day('2026-09-28', '2026-10-04') },
  { ask: 'Converted leads', filter: converted },
  { ask: 'Stalled leads', filter: stalled },
  { ask: 'Inactive leads', filter: stalled },
  { ask: 'Leads from UCAS', filter: ucas },
  { ask: 'Computer Science leads', filter: computing },
  { ask: 'Mechanical Engineering students', filter: course('Mechanical Engineering') },
  { ask: 'Engineering students', filter: course('Mechanical Engineering') },
  { ask: 'Top performing leads', filter: high, sort: ['score', 'descending'] },
  { ask: 'New leads this month', filter: since('2026-10-01') },
  { ask: 'Organic search leads', filter: source('Organic Search') },
  { ask: 'Leads with applications', filter: beyondApplied },
  { ask: 'Show me all leads', filter: null },
  { ask: 'Find leads', filter: null },
  { ask: 'stalled leads from UCAS with score above 80', filter: all(stalled, ucas, score.above(80)) },

  // Numbers.
  { ask: 'score over 75', filter: score.above(75) },
  { ask: 'leads scoring at least 60', filter: score.atLeast(60) },
  { ask: 'leads with a score of 60 or more', filter: score.atLeast(60) },
  { ask: 'leads scoring 90+', filter: score.atLeast(90) },
  { ask: 'score >= 70', filter: score.atLeast(70) },
  { ask: 'score>70', filter: score.above(70) },
  { ask: 'score below 40', filter: { field: 'score', lessThan: 40 } },
  { ask: 'scored under forty', filter: { field: 'score', lessThan: 40 } },
  { ask: 'score between 50 and 70', filter: { field: 'score', between: [50, 70] } },
  { ask: 'scores from 50 to 70', filter: { field: 'score', between: [50, 70] } },
  { ask: 'leads with a score of 50-70', filter: { field: 'score', between: [50, 70] } },
  { ask: 'score no more than 30', filter: { field: 'score', atMost: 30 } },
  { ask: 'score up to 30', filter: { field: 'score', atMost: 30 } },
  { ask: 'score not below 50', filter: { field: 'score', atLeast: 50 } },
  { ask: 'score exactly 55', filter: { field: 'score', is: 55 } },
  { ask: 'leads with more than 5 website visits', filter: { field: 'webVisits', moreThan: 5 } },
  { ask: 'leads who visited the website more than five times', filter: { field: 'webVisits', moreThan: 5 } },
  { ask: 'leads that opened at least 3 emails', filter: { field: 'emailOpens', atLeast: 3 } },
  { ask: 'who clicked a link', filter: { field: 'emailClicks', atLeast: 1 } },
  { ask: 'leads who attended an event', filter: { field: 'eventsAttended', atLeast: 1 } },
  { ask: 'leads with a chance of enrolling above 60%', filter: { field: 'probability', moreThan: 0.6 } },
  { ask: 'conversion probability at least 0.5', filter: { field: 'probability', atLeast: 0.5 } },
  { ask: 'leads likely to enrol', filter: { field: 'probability', atLeast: 0.5 } },
  ...modelQuestions,
  { ask: 'confidence below 50 percent', filter: { field: 'confidence', lessThan: 0.5 } },
  { ask: 'leads above 80', filter: score.above(80) },
  { ask: 'time on website over 1,000', filter: { field: 'webTime', moreThan: 1000 } },
  { ask: 'leads who spent more than 10 minutes on the website', filter: { field: 'webTime', moreThan: 600 } },

  // Dates in words. Today is Monday, 5 October 2026.
  { ask: 'leads from today', filter: { field: 'enquiredAt', is: '2026-10-05' } },
  { ask: 'enquiries that came in yesterday', filter: { field: 'enquiredAt', is: '2026-10-04' } },
  { ask: 'leads this week', filter: since('2026-10-05') },
  { ask: 'leads from last month', filter: day('2026-09-01', '2026-09-30') },
  { ask: 'leads in the last 7 days', filter: { field: 'enquiredAt', withinLast: { amount: 7, unit: 'days' } } },
  { ask: 'enquired within the past two weeks', filter: { field: 'enquiredAt', withinLast: { amount: 2, unit: 'weeks' } } },
  { ask: 'leads from the last 24 hours', filter: { field: 'enquiredAt', withinLast: { amount: 24, unit: 'hours' } } },
  { ask: 'leads since 1 September', filter: since('2026-09-01') },
  { ask: 'leads after 20 September 2026', filter: { field: 'enquiredAt', moreThan: '2026-09-20' } },
  { ask: 'leads before August', filter: { field: 'enquiredAt', lessThan: '2026-08-01' } },
  { ask: 'leads in September', filter: day('2026-09-01', '2026-09-30') },
  { ask: 'leads from March 2026', filter: day('2026-03-01', '2026-03-31') },
  { ask: 'leads in May', filter: day('2026-05-01', '2026-05-31') },
  { ask: 'leads from 2025', filter: day('2025-01-01', '2025-12-31') },
  { ask: 'leads this year', filter: since('2026-01-01') },
  { ask: 'enquiries last quarter', filter: day('2026-07-01', '2026-09-30') },
  { ask: 'leads between 1 and 15 September', filter: day('2026-09-01', '2026-09-15') },
  { ask: 'leads between 1 September and 15 September', filter: day('2026-09-01', '2026-09-15') },
  { ask: 'leads on 12/09/2026', filter: { field: 'enquiredAt', is: '2026-09-12' } },
  { ask: 'leads since last Friday', filter: since('2026-10-02') },
  { ask: 'leads older than 3 months', filter: { field: 'enquiredAt', lessThan: '2026-07-05' } },
  { ask: 'leads that enquired more than 30 days ago', filter: { field: 'enquiredAt', lessThan: '2026-09-05' } },
  { ask: 'new leads', filter: { field: 'enquiredAt', withinLast: { amount: 7, unit: 'days' } } },
  { ask: 'no activity for 30 days', filter: not({ field: 'lastActivityAt', withinLast: { amount: 30, unit: 'days' } }) },
  { ask: 'leads inactive for more than 2 weeks', filter: not({ field: 'lastActivityAt', withinLast: { amount: 2, unit: 'weeks' } }) },
  { ask: 'leads with activity in the last 3 days', filter: { field: 'lastActivityAt', withinLast: { amount: 3, unit: 'days' } } },
  { ask: 'active this week', filter: { field: 'lastActivityAt', atLeast: '2026-10-05' } },
  { ask: 'leads contacted this month', filter: { field: 'lastContactedAt', atLeast: '2026-10-01' } },
  { ask: 'not contacted in the last two weeks', filter: not({ field: 'lastContactedAt', withinLast: { amount: 2, unit: 'weeks' } }) },
  { ask: 'leads nobody has contacted', filter: { field: 'lastContactedAt', isEmpty: true } },
  { ask: 'never contacted', filter: { field: 'lastContactedAt', isEmpty: true } },
  { ask: 'leads we have not called since August', filter: not({ field: 'lastContactedAt', atLeast: '2026-08-01' }) },
  { ask: 'added today', filter: { field: 'createdAt', is: '2026-10-05' } },

  // The workspace's own words.
  { ask: 'Nursing', filter: nursing },
  { ask: 'leads for nursing', filter: nursing },
  { ask: 'leads from London', filter: city('London') },
  { ask: 'leads at the London campus', filter: { field: 'campus', is: 'London' } },
  { ask: 'London campus leads for law', filter: all({ field: 'campus', is: 'London' }, law) },
  { ask: 'leads who live in Manchester', filter: city('Manchester') },
  { ask: 'Indian leads', filter: { field: 'country', is: 'India' } },
  { ask: 'leads from India', filter: { field: 'country', is: 'India' } },
  { ask: 'leads from the UK', filter: { field: 'country', is: 'United Kingdom' } },
  { ask: 'leads from Nigeria or India', filter: { field: 'country', in: ['Nigeria', 'India'] } },
  { ask: 'leads from the open day', filter: source('Open day') },
  { ask: 'leads via referral', filter: source('Referral') },
  { ask: 'source is paid social', filter: source('Paid social') },
  { ask: "Ben's leads", filter: { field: 'owner', is: ben } },
  { ask: 'leads owned by Ben Okafor', filter: { field: 'owner', is: ben } },
  { ask: 'leads assigned to Priya', filter: { field: 'owner', is: priya } },
  { ask: 'my leads', filter: mine },
  { ask: 'leads assigned to me', filter: mine },
  { ask: 'unassigned leads', filter: { field: 'owner', isEmpty: true } },
  { ask: 'leads of the International team', filter: { field: 'team', is: internationalTeam } },
  { ask: "my team's leads", filter: { field: 'team', is: admissionsTeam } },
  { ask: 'tagged VIP', filter: { field: 'tags', is: 'VIP' } },
  { ask: 'leads with the scholarship tag', filter: { field: 'tags', is: 'Scholarship' } },
  { ask: 'untagged leads', filter: { field: 'tags', isEmpty: true } },
  { ask: 'working professionals', filter: { field: 'attribute.occupation', is: 'Working Professional' } },
  { ask: 'leads whose occupation is student', filter: { field: 'attribute.occupation', is: 'Student' } },
  { ask: 'unemployed leads from Mumbai', filter: all({ field: 'attribute.occupation', is: 'Unemployed' }, city('Mumbai')) },
  { ask: 'activity score above 15', filter: { field: 'attribute.activityScore', moreThan: 15 } },
  { ask: 'entry year 2027', filter: { field: 'attribute.entryYear', is: 2027 } },
  { ask: 'leads who need a visa', filter: { field: 'attribute.needsVisa', is: true } },
  { ask: 'needs visa is no', filter: { field: 'attribute.needsVisa', is: false } },
  { ask: 'BTEC leads for graphic design', filter: all({ field: 'attribute.currentStudy', is: 'BTEC' }, course('Graphic Design')) },
  { ask: 'lead called Zara Patel', filter: { field: 'name', contains: 'Zara Patel' } },
  { ask: 'zara@example.com', filter: { field: 'email', is: 'zara@example.com' } },

  // Stages.
  { ask: 'leads in stage applied', filter: stage('applied') },
  { ask: 'qualified leads', filter: stage('qualified') },
  { ask: 'applied or offered', filter: { field: 'stage', in: ['applied', 'offered'] } },
  { ask: 'lost leads', filter: stage('lost') },
  { ask: 'leads that have applied', filter: beyondApplied },
  { ask: 'qualified or later', filter: { field: 'stage', in: ['qualified', 'applied', 'offered', 'accepted', 'enrolled'] } },
  { ask: 'offer holders', filter: stage('offered') },
  { ask: 'open leads', filter: not({ field: 'stage', in: ['enrolled', 'lost'] }) },
  { ask: "leads that haven't applied", filter: not(beyondApplied) },
  { ask: 'enrolled students for law', filter: all(stage('enrolled'), law) },

  // What is missing, and what stands in the way.
  { ask: 'leads without a phone number', filter: { field: 'hasPhone', is: false } },
  { ask: 'leads with no email', filter: { field: 'hasEmail', is: false } },
  { ask: 'leads that have a phone but no email', filter: all({ field: 'hasPhone', is: true }, { field: 'hasEmail', is: false }) },
  { ask: 'leads without a course', filter: { field: 'course', isEmpty: true } },
  { ask: 'leads with unknown source', filter: { field: 'source', isEmpty: true } },
  { ask: 'missing country', filter: { field: 'country', isEmpty: true } },
  { ask: 'leads with missing data', filter: blocker('data_completeness') },
  { ask: 'leads whose course is full', filter: blocker('course_capacity') },
  { ask: 'leads without score', filter: { field: 'score', isEmpty: true } },
  { ask: 'leads with nothing in their way', filter: { field: 'blocker', isEmpty: true } },

  // Negation.
  { ask: 'leads not from UCAS', filter: { field: 'source', isNot: 'UCAS' } },
  { ask: 'all leads except law', filter: { field: 'course', isNot: 'Law' } },
  { ask: 'leads excluding UCAS and referrals', filter: not({ field: 'source', in: ['UCAS', 'Referral'] }) },
  { ask: 'non-UCAS leads', filter: { field: 'source', isNot: 'UCAS' } },
  { ask: 'neither nursing nor law', filter: not({ field: 'course', in: ['Nursing', 'Law'] }) },
  { ask: "leads who aren't converted", filter: { field: 'converted', isNot: true } },
  { ask: 'unconverted leads with high scores', filter: all({ field: 'converted', isNot: true }, high) },
  { ask: 'high score leads that are not stalled', filter: all(high, { field: 'blocker', isNot: 'engagement_stall' }) },
  { ask: 'leads that did not open any email', filter: not({ field: 'emailOpens', atLeast: 1 }) },
  { ask: 'UCAS leads but not for law', filter: all(ucas, { field: 'course', isNot: 'Law' }) },
  { ask: 'leads for law other than from UCAS', filter: all(law, { field: 'source', isNot: 'UCAS' }) },

  // And, or.
  { ask: 'law or nursing leads', filter: { field: 'course', in: ['Law', 'Nursing'] } },
  { ask: 'leads from UCAS, referral or the website', filter: { field: 'source', in: ['UCAS', 'Referral', 'Website'] } },
  { ask: 'leads from UCAS and referral', filter: { field: 'source', in: ['UCAS', 'Referral'] } },
  { ask: 'stalled leads from UCAS or with score above 80', filter: all(stalled, any(ucas, score.above(80))) },
  { ask: 'law leads from UCAS or nursing leads from referral', filter: any(all(law, ucas), all(nursing, source('Referral'))) },
  { ask: 'either stalled or without a phone', filter: any(stalled, { field: 'hasPhone', is: false }) },
  { ask: 'tagged VIP and scholarship', filter: all({ field: 'tags', is: 'VIP' }, { field: 'tags', is: 'Scholarship' }) },
  { ask: 'leads from UCAS for law with a score above 60 and no phone', filter: all(ucas, law, score.above(60), { field: 'hasPhone', is: false }) },
  { ask: 'score above 80 or below 20', filter: any(score.above(80), { field: 'score', lessThan: 20 }) },
  { ask: 'hot leads in London or Leeds', filter: all(high, { field: 'city', in: ['London', 'Leeds'] }) },

  // Order and the first few.
  { ask: 'top 10 leads', sort: ['score', 'descending'], limit: 10 },
  { ask: 'top ten leads from UCAS', filter: ucas, sort: ['score', 'descending'], limit: 10 },
  { ask: 'best 5 nursing leads', filter: nursing, sort: ['score', 'descending'], limit: 5 },
  { ask: 'bottom 5 by score', sort: ['score', 'ascending'], limit: 5 },
  { ask: 'top 20 by chance of enrolling', sort: ['probability', 'descending'], limit: 20 },
  { ask: 'the 10 newest leads', sort: ['enquiredAt', 'descending'], limit: 10 },
  { ask: 'oldest leads first', sort: ['enquiredAt', 'ascending'] },
  { ask: 'law leads sorted by name', filter: law, sort: ['name', 'ascending'] },
  { ask: 'UCAS leads ordered by last activity', filter: ucas, sort: ['lastActivityAt', 'descending'] },
  { ask: 'leads by score, lowest first', sort: ['score', 'ascending'] },
  { ask: 'stalled leads, highest score first', filter: stalled, sort: ['score', 'descending'] },
  { ask: 'the five leads most likely to enrol', sort: ['probability', 'descending'], limit: 5 },
  { ask: 'leads with the lowest score', sort: ['score', 'ascending'] },
  { ask: 'first 3 leads for law alphabetically', filter: law, sort: ['name', 'ascending'], limit: 3 },

  // Groups and figures.
  { ask: 'average score by source', by: 'source', figure: 'meanScore' },
  { ask: 'how many leads per course', by: 'course', figure: 'leads' },
  { ask: 'how many leads from UCAS', filter: ucas, figure: 'leads' },
  { ask: 'how many stalled leads do we have?', filter: stalled, figure: 'leads' },
  { ask: 'number of leads in each campus', by: 'campus', figure: 'leads' },
  { ask: 'conversion rate by country', by: 'country', figure: 'rate' },
  { ask: 'mean score of nursing leads by stage', filter: nursing, by: 'stage', figure: 'meanScore' },
  { ask: 'leads by month', by: 'month', figure: 'leads' },
  { ask: 'break down stalled leads by owner', filter: stalled, by: 'owner', figure: 'leads' },
  { ask: 'which source converts best?', by: 'source', figure: 'rate' },
  { ask: 'which course has the most leads?', by: 'course', figure: 'leads' },
  { ask: 'expected enrolments by course', by: 'course', figure: 'expected' },
  { ask: "what is the average score of Ben's leads?", filter: { field: 'owner', is: ben }, figure: 'meanScore' },
  { ask: 'group leads by tag', by: 'tags', figure: 'leads' },
  { ask: 'UCAS leads by city', filter: ucas, by: 'city', figure: 'leads' },
  { ask: 'compare UCAS and referral', filter: { field: 'source', in: ['UCAS', 'Referral'] }, by: 'source', figure: 'leads' },

  // Typos.
  { ask: 'staled leeds from UCSA', filter: all(stalled, ucas) },
  { ask: 'leads for nursng', filter: nursing },
  { ask: 'compter sciense leads', filter: computing },
  { ask: 'leads form Manchestr', filter: city('Manchester') },
  { ask: 'hihg score leads', filter: high },
  { ask: 'avarage score by sorce', by: 'source', figure: 'meanScore' },
  { ask: 'leads wihtout phone', filter: { field: 'hasPhone', is: false } },
  { ask: 'convertd leads from referal', filter: all(converted, source('Referral')) },

  // Hard ones.
  { ask: 'who should I call first?', sort: ['score', 'descending'] },
  { ask: 'anyone from Leeds interested in law with an email we can use?', filter: all(city('Leeds'), law, { field: 'hasEmail', is: true }) },
  { ask: 'show me people who came to an open day but have not applied yet', filter: all(source('Open day'), not(beyondApplied)) },
  { ask: 'leads from UCAS except those from London with a score below 50', filter: all(ucas, not(all(city('London'), { field: 'score', lessThan: 50 }))) },
  { ask: 'which leads in Bristol have gone quiet?', filter: all(city('Bristol'), stalled) },
  { ask: 'give me everyone with a score of 70 or higher who has not been contacted this week', filter: all(score.atLeast(70), not({ field: 'lastContactedAt', atLeast: '2026-10-05' })) },
  { ask: 'leads that were offered a place in the last month', filter: stage('offered'), unsure: true },
  { ask: 'international leads', filter: { field: 'team', is: internationalTeam } },
  { ask: 'leads whose name starts with Mac', filter: { field: 'name', startsWith: 'Mac' } },
  { ask: 'leads with a gmail address', filter: { field: 'email', contains: 'gmail' } },
  { ask: 'law leads enquired in September with no contact since', filter: all(law, day('2026-09-01', '2026-09-30'), { field: 'lastContactedAt', isEmpty: true }), unsure: true },
  { ask: 'leads whose score fell last week', unsure: true },
  { ask: 'will it rain tomorrow?', unsure: true },
  { ask: 'leads with brown eyes', unsure: true },

  // Follow-ups that keep what was asked before.
  { after: 'stalled leads from UCAS', ask: 'only those from London', filter: all(stalled, ucas, city('London')) },
  { after: 'leads from UCAS', ask: 'what about referral?', filter: source('Referral') },
  { after: 'nursing leads from London', ask: 'and from Leeds?', filter: all(nursing, { field: 'city', in: ['London', 'Leeds'] }) },
  { after: 'nursing leads', ask: 'sort them by name', filter: nursing, sort: ['name', 'ascending'] },
  { after: 'nursing leads', ask: 'how many of them are stalled?', filter: all(nursing, stalled), figure: 'leads' },
  { after: 'nursing leads from UCAS', ask: 'without those from London', filter: all(nursing, ucas, { field: 'city', isNot: 'London' }) },
  { after: 'nursing leads with score above 50', ask: 'make it above 70', filter: all(nursing, score.above(70)) },
  { after: 'average score by source', ask: 'now by course', by: 'course', figure: 'meanScore' },
  { after: 'top 10 leads from UCAS', ask: 'only the top 5', filter: ucas, sort: ['score', 'descending'], limit: 5 },
  { after: 'nursing leads from UCAS', ask: 'remove the source', filter: nursing },
  { after: 'nursing leads', ask: 'just the ones with a phone', filter: all(nursing, { field: 'hasPhone', is: true }) },
  { after: 'nursing leads', ask: 'law leads', filter: law },
  { after: 'stalled leads', ask: 'which of those are mine?', filter: all(stalled, mine) },
  { after: 'nursing leads from UCAS', ask: 'same for law', filter: all(law, ucas) },
];
