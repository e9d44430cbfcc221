import { fold } from '#domain/kernel/text';

/** What may be asked about one lead. */
export const leadTopics = ['score', 'blockers', 'forecast', 'alerts', 'tasks', 'contact', 'next'] as const;
export type LeadTopic = (typeof leadTopics)[number];

const topicWords: Readonly<Record<LeadTopic, RegExp>> = {
  score: /\b(scor\w*|priority|points|why|reasons?|rank\w*)\b/u,
  blockers: /\b(block\w*|obstacles?|barriers?|problems?|wrong|stuck|stall\w*|risks?|in the way|hold\w* back)\b/u,
  forecast: /\b(chances?|likely|likelihood|probab\w*|forecast\w*|predict\w*|enrol\w*|convert\w*|when will)\b/u,
  alerts: /\b(alerts?|urgent|warnings?)\b/u,
  tasks: /\b(tasks?|due|to-?do|deadlines?)\b/u,
  contact: /\b(contact\w*|call\w*|phone\w*|e-?mail\w*|reach\w*|spoke|spoken|heard|activity)\b/u,
  next: /\b(next|should (i|we)|recommend\w*|advice|advise|suggest\w*|do now|what now)\b/u,
};

/** Words that ask about one person. */
const one = /\b((this|that|the) (lead|person|student|applicant|one)|she|he|her|him|his|hers|this|their|them|they)\b/u;
/** Words that ask about many. */
const many = /\b(leads|people|students|applicants|everyone|everybody|those|how many|top \d*|list|show|average|mean|count|sort\w*|most|only|by (source|course|stage|owner|campus|city|country|month))\b/u;
const story = /\b(summar\w*|story|tell me about|who is|overview|brief|status|how is)\b/u;
const whole = /\b(overview|insights?|how are we|how is it going|summar\w*|stands? out|needs? attention|at risk|what should (i|we) know)\b/u;

/** Whether a question is about the lead in front of its asker, and what about it; no topics mean all of them. Null where it is about something else. */
export function aboutLead(text: string, name: string): readonly LeadTopic[] | null {
  const folded = fold(text);
  const topics = leadTopics.filter((topic) => topicWords[topic].test(folded));
  const named = fold(name).split(/\s+/u).some((part) => part.length > 2 && new RegExp(`(^|[^\\p{L}])${escaped(part)}($|[^\\p{L}])`, 'u').test(folded));
  if (named) return topics;
  if (many.test(folded)) return null;
  return one.test(folded) || topics.length > 0 || story.test(folded) ? topics : null;
}

/** Whether a question asks what stands out among all leads. */
export function asksForOverview(text: string): boolean {
  return whole.test(fold(text));
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
const mostNames = 3;

/** Names of people that a question may hold: runs of two words or more that begin with a capital. */
export function namesIn(text: string): string[] {
  const runs = text.match(/\p{Lu}[\p{L}'’-]+(?:\s+(?:(?:van|von|de|der|den|la|el|al|bin)\s+)*\p{Lu}[\p{L}'’-]+)+/gu) ?? [];
  return [...new Set(runs.flatMap((run) => [run, run.split(/\s+/u).slice(1).join(' ')]).filter((run) => run.includes(' ')))].slice(0, mostNames);
}
