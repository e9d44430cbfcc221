import type { Figure, Grouped, Ordered } from './reading';
import type { AskedFilter } from './filters';

// The English of questions about leads: words and phrases with what they do. A phrase of more words goes before one of fewer.

/** What a word does in a question. */
export type Meaning =
  /** Says nothing: articles, verbs of showing, politeness. */
  | { readonly kind: 'filler' }
  /** Leads; `those` points back at what was asked before. */
  | { readonly kind: 'noun'; readonly back?: true }
  | { readonly kind: 'and' }
  | { readonly kind: 'or' }
  | { readonly kind: 'nor' }
  | { readonly kind: 'not' }
  /** Leaves out everything that follows: except, other than. */
  | { readonly kind: 'except' }
  | { readonly kind: 'neither' }
  /** Opens what an "or" divides. */
  | { readonly kind: 'either' }
  /** A condition by itself. */
  | { readonly kind: 'condition'; readonly filter: AskedFilter }
  /** Something that happens at a time; `alone` is what it means where no time is said. */
  | { readonly kind: 'event'; readonly field: string; readonly alone?: AskedFilter; readonly never?: AskedFilter; readonly filler?: true }
  /** A field by name. */
  | { readonly kind: 'field'; readonly field: string }
  /** A verb that counts: opened, visited. Alone it means once or more. */
  | { readonly kind: 'counted'; readonly field: string; readonly objects: readonly string[] }
  | { readonly kind: 'has' }
  | { readonly kind: 'lacks' }
  | { readonly kind: 'is' }
  | { readonly kind: 'compare'; readonly operator: 'moreThan' | 'atLeast' | 'lessThan' | 'atMost' | 'is' | 'between' | 'contains' | 'startsWith' }
  /** After a number: 60 or more. */
  | { readonly kind: 'orMore'; readonly operator: 'atLeast' | 'atMost' }
  | { readonly kind: 'preposition'; readonly fields: readonly string[] }
  | { readonly kind: 'sort' }
  | { readonly kind: 'direction'; readonly direction: 'ascending' | 'descending' }
  | { readonly kind: 'extreme'; readonly by: Ordered['field'] | null; readonly direction: 'ascending' | 'descending'; readonly filter?: AskedFilter }
  | { readonly kind: 'first' }
  | { readonly kind: 'figure'; readonly figure: Figure }
  | { readonly kind: 'by' }
  | { readonly kind: 'grouping'; readonly by: Grouped; readonly alone?: true }
  | { readonly kind: 'compared' }
  | { readonly kind: 'called' }
  | { readonly kind: 'onwards'; readonly later: boolean }
  /** How a question goes on from the one before. */
  | { readonly kind: 'follow'; readonly how: 'narrow' | 'replace' | 'widen' | 'remove' | 'restart' };

const filler: Meaning = { kind: 'filler' };
const noun: Meaning = { kind: 'noun' };
const back: Meaning = { kind: 'noun', back: true };
const has: Meaning = { kind: 'has' };
const condition = (filter: AskedFilter): Meaning => ({ kind: 'condition', filter });
const band = (is: string): Meaning => condition({ field: 'band', is });
const stage = (...values: string[]): Meaning => condition(values.length === 1 && values[0] !== undefined ? { field: 'stage', is: values[0] } : { field: 'stage', in: values });
const blocker = (is: string): Meaning => condition({ field: 'blocker', is });
const field = (name: string): Meaning => ({ kind: 'field', field: name });
const compare = (operator: Extract<Meaning, { kind: 'compare' }>['operator']): Meaning => ({ kind: 'compare', operator });
const figure = (name: Figure): Meaning => ({ kind: 'figure', figure: name });
const extreme = (by: Ordered['field'] | null, direction: Ordered['direction'], filter?: AskedFilter): Meaning => ({ kind: 'extreme', by, direction, ...(filter === undefined ? {} : { filter }) });
const follow = (how: Extract<Meaning, { kind: 'follow' }>['how']): Meaning => ({ kind: 'follow', how });
const counted = (name: string, ...objects: string[]): Meaning => ({ kind: 'counted', field: name, objects });
const places = ['city', 'country', 'campus'];

const contacted: Meaning = {
  kind: 'event',
  field: 'lastContactedAt',
  alone: { field: 'stage', is: 'contacted' },
  never: { field: 'lastContactedAt', isEmpty: true },
};
const called: Meaning = { kind: 'event', field: 'lastContactedAt', alone: { field: 'lastContactedAt', isNotEmpty: true }, never: { field: 'lastContactedAt', isEmpty: true } };
const beyondApplied = ['applied', 'offered', 'accepted', 'enrolled'];

/** Phrases by what they do; several are divided by a bar. */
export const lexicon: readonly (readonly [phrases: string, meaning: Meaning])[] = [
  ['the|a|an|me|us|please|can you|could you|i want|i need|i would like|we|i|do|does|did|doe|is there|are there|there|just for|to see|see|show|show me|list|give|give me|find|find me|get|get me|tell|tell me|display|fetch|pull|look up|search|search for|want|need to see|who|that|which|whose|what|where|when|of|in total|total|to|be|been|being|was|were|will|will be|have been|has been|had been|also have|our|all|all of|every|each of|any|some|everyone|everybody|anyone|anybody|somebody|someone|currently|now|right now|yet|still|already|ever|really|very|quite|both|their|them with|it|its|up|out|then|thank you|thanks|hi|hello|hey|ivy|okay|ok|well|more about|about|that we have|we can use|can|should|would|may|they|he|she|as|so|too|at all|in all|came|come|coming|us about|time|like|along|together|only one|main|currently have|else|given|make|made', filler],
  ['lead|people|person|student|prospect|enquiry|inquiry|enquirer|record|contact|candidate|individual|name and address', noun],
  ['those|these|them|one|the one|of those|of these|of them|which of those|which of these|which of them|those one|these one|that list|this list|the list|the result|result', back],
  ['and|but|with also|as well as|plus|who are also|while|&|yet not', { kind: 'and' }],
  ['or|and or', { kind: 'or' }],
  ['nor', { kind: 'nor' }],
  ['not|never|non|nobody|no one|none of|hasnt|havent|isnt|arent|didnt|dont|doesnt|wasnt|werent', { kind: 'not' }],
  ['except|except for|excluding|exclude|other than|apart from|leaving out|leave out|ignoring|ignore|omit|omitting|but for|besides|anything but|everything but|everyone but|anyone but|all but|everybody but|outside|outside of|away from', { kind: 'except' }],
  ['neither', { kind: 'neither' }],
  ['either', { kind: 'either' }],
  ['with|have|having|has|had|with a|got|got a|holding|there is|provided|gave|given us|available|reach by|reached by|reachable by|contactable by|contact by', has],
  ['without|no|missing|lacking|lack|unknown|blank|empty|without any|with no|have no|has no|no known|undefined', { kind: 'lacks' }],
  ['is|are|equal|equal to|=|:|am', { kind: 'is' }],

  // Comparisons.
  ['above|over|more than|greater than|higher than|bigger than|exceeding|exceed|beyond|better than|in excess of|>|larger than|north of', compare('moreThan')],
  ['at least|no less than|not less than|minimum|minimum of|min|from at least|>=|=>|≥|starting at|upwards of|a minimum of', compare('atLeast')],
  ['below|under|less than|fewer than|lower than|smaller than|worse than|<|beneath|south of', compare('lessThan')],
  ['at most|up to|no more than|not more than|maximum|maximum of|max|<=|=<|≤|a maximum of', compare('atMost')],
  ['exactly|precisely|equal', compare('is')],
  ['between|ranging from|in the range', compare('between')],
  ['or more|or higher|or above|or better|or over|and above|and over|and up|or greater|plus|+|and more|and higher|upward', { kind: 'orMore', operator: 'atLeast' }],
  ['or less|or lower|or below|or under|or fewer|and below|and under|or worse|and lower', { kind: 'orMore', operator: 'atMost' }],
  ['contain|containing|include|including|with the word', compare('contains')],
  ['start with|starting with|begin with|beginning with', compare('startsWith')],
  ['or later|or beyond|or further|and later|and beyond|onward|or after', { kind: 'onwards', later: true }],
  ['or earlier|or before|and earlier', { kind: 'onwards', later: false }],

  // Prepositions, with the fields that a value after them is likely of.
  ['from|come from|came from|coming from', { kind: 'preposition', fields: ['source', 'city', 'country', 'campus'] }],
  ['in|based in|living in|live in|lives in|located in|resident in', { kind: 'preposition', fields: ['city', 'country', 'campus', 'course', 'stage'] }],
  ['at|on campus', { kind: 'preposition', fields: ['campus', 'city'] }],
  ['for|interested in|studying|study|applying for|apply for|apply to|wanting|enquiring about|on the course|doing|looking at', { kind: 'preposition', fields: ['course', 'campus'] }],
  ['via|through|by way of|thanks to|sourced from|referred by|came through|found us through|found us via|came via', { kind: 'preposition', fields: ['source'] }],
  ['owned by|assigned to|belonging to|handled by|managed by|with owner|looked after by|belong to', { kind: 'preposition', fields: ['owner', 'team'] }],
  ['tagged|tagged with|tagged a|labelled|labeled|marked|marked a', { kind: 'preposition', fields: ['tags'] }],
  ['on', { kind: 'preposition', fields: ['course', 'campus'] }],
  ['came to|come to|went to|attending', { kind: 'preposition', fields: ['source', ...places] }],

  // Fields by name.
  ['score|lead score|scored|scoring|point|rating', field('score')],
  ['chance|chance of enrolling|chance of enrolment|probability|likelihood|conversion probability|conversion chance|probability of enrolling|chance of converting|enrolment probability|chance to enrol|conversion likelihood|odds', field('probability')],
  ['model chance|models chance|model\'s chance|chance by the model|chance of the model|model probability|predicted chance|predicted probability|learned chance|trained chance', field('modelChance')],
  ['model confidence|models confidence|model\'s confidence|confidence of the model|confidence of the prediction|prediction confidence', field('modelConfidence')],
  ['confidence|score confidence|certainty', field('confidence')],
  ['day to enrolment|eta|time to enrolment|expected day', field('etaDays')],
  ['email open|email opened|open rate', field('emailOpens')],
  ['click|link clicked|email click', field('emailClicks')],
  ['event|event attended', field('eventsAttended')],
  ['portal login|portal log in|login|log in', field('portalLogins')],
  ['visit|website visit|web visit|site visit|total visit', field('webVisits')],
  ['time on website|time on site|time on the website|time on the site|time spent on website|total time spent on website|website time|web time', field('webTime')],
  ['page per visit|page view per visit', field('pagesPerVisit')],
  ['conversation', field('conversations')],
  ['opened|open', counted('emailOpens', 'email', 'mail', 'message', 'newsletter')],
  ['clicked|clicked on', counted('emailClicks', 'link', 'email')],
  ['attended|came along to', counted('eventsAttended', 'event')],
  ['visited', counted('webVisits', 'website', 'site', 'page', 'web')],
  ['logged in|logged into', counted('portalLogins', 'portal')],
  ['spent', counted('webTime', 'website', 'site')],
  ['source|lead source|channel', field('source')],
  ['course|programme|program|subject|degree', field('course')],
  ['campus|campuse|site', field('campus')],
  ['country', field('country')],
  ['city|town', field('city')],
  ['owner|assignee|adviser|advisor|officer|who own|who owns', field('owner')],
  ['team', field('team')],
  ['tag|label', field('tags')],
  ['stage|status|lifecycle stage|pipeline stage', field('stage')],
  ['priority|band', field('band')],
  ['blocker|obstacle', field('blocker')],
  ['email|e mail|mail|email address|e mail address', field('hasEmail')],
  ['phone|phone number|telephone|telephone number|mobile|mobile number|number to call', field('hasPhone')],
  ['name|full name', field('name')],
  ['last activity|last seen|latest activity|last active', field('lastActivityAt')],
  ['enquiry date|date of enquiry|enquired at|date enquired', field('enquiredAt')],
  ['last contact|last contacted|contact date', field('lastContactedAt')],
  ['date added|added date', field('createdAt')],

  // Conditions in a word.
  ['high score|high scoring|high quality|high priority|hot|strong|promising|high value|good|great|high potential', band('high')],
  ['medium score|medium scoring|medium priority|warm|average scoring|mid scoring|middling', band('medium')],
  ['low score|low scoring|low priority|cold|weak|poor|low quality', band('low')],
  ['stalled|stalling|stuck|gone quiet|gone cold|went quiet|went cold|dormant|disengaged|unresponsive|not responding|idle', blocker('engagement_stall')],
  ['missing data|incomplete|incomplete data|data missing|missing detail|incomplete record', blocker('data_completeness')],
  ['weak source|poor source|bad source|low quality source', blocker('source_quality')],
  ['course full|course is full|full course|over capacity|no place left|course capacity|whose course is full|oversubscribed', blocker('course_capacity')],
  ['blocked|in their way|something in their way|with a blocker', condition({ field: 'blocker', isNotEmpty: true })],
  ['nothing in their way|nothing in the way|unblocked|no blocker|not blocked', condition({ field: 'blocker', isEmpty: true })],
  ['converted|conversion|who became student|won', condition({ field: 'converted', is: true })],
  ['unconverted|not yet converted|non converted', condition({ field: 'converted', isNot: true })],
  ['with application|an application|with an application|has applied|have applied|applicant|has an application|have an application|submitted an application|sent an application', stage(...beyondApplied)],
  ['qualified', stage('qualified')],
  ['applied', stage('applied')],
  ['offered|offer holder|offer made|with an offer|holding an offer|have an offer|has an offer|got an offer|been given an offer|been made an offer|received an offer', stage('offered')],
  ['accepted', stage('accepted')],
  ['enrolled', stage('enrolled')],
  ['lost|dropped out|withdrawn|gone elsewhere', stage('lost')],
  ['enquiry stage|stage enquiry|at enquiry|in enquiry', stage('enquiry')],
  ['open lead|in the pipeline|in pipeline|still open|open prospect|pipeline|still to be won|still in play', condition({ not: { field: 'stage', in: ['enrolled', 'lost'] } })],
  ['my|mine|i own|assigned to me|owned by me|belonging to me|my own|to me', condition({ field: 'owner', is: 'me' })],
  ['unassigned|no owner|without owner|without an owner|not assigned|nobody owns|unowned|not assigned to anyone|ownerless', condition({ field: 'owner', isEmpty: true })],
  ['my team|my team s|our team', condition({ field: 'team', is: 'mine' })],
  ['untagged|no tag|without tag|without a tag', condition({ field: 'tags', isEmpty: true })],
  ['reachable|contactable|can be reached', condition({ any: [{ field: 'hasEmail', is: true }, { field: 'hasPhone', is: true }] })],
  ['unreachable|uncontactable|cannot be reached', condition({ all: [{ field: 'hasEmail', is: false }, { field: 'hasPhone', is: false }] })],
  ['unscored|not scored', condition({ field: 'score', isEmpty: true })],
  ['gmail address|gmail|gmail account|google mail', condition({ field: 'email', contains: 'gmail' })],
  ['recent|recently|new|brand new|fresh|lately', { kind: 'event', field: 'enquiredAt', alone: { field: 'enquiredAt', withinLast: { amount: 7, unit: 'days' } } }],

  // What happens at a time.
  ['contacted|been contacted|was contacted', contacted],
  ['called|phoned|rung|emailed|e mailed|spoken to|reached out to|got in touch with|heard from u|been called|been emailed|touched', called],
  ['uncontacted|no contact|with no contact|without contact|without any contact|not been contacted', { kind: 'event', field: 'not lastContactedAt', alone: { field: 'lastContactedAt', isEmpty: true } }],
  ['active|activity|engaged|seen|with activity|been active|engagement', { kind: 'event', field: 'lastActivityAt', alone: { not: { field: 'blocker', is: 'engagement_stall' } } }],
  ['inactive|no activity|with no activity|silent|without activity|no engagement|not active|not been active|without any activity|quiet', { kind: 'event', field: 'not lastActivityAt', alone: { field: 'blocker', is: 'engagement_stall' } }],
  ['added|imported|created|entered', { kind: 'event', field: 'createdAt', filler: true }],
  ['enquired|inquired|came in|arrived|registered|joined|signed up|got in touch|received|applied to u|contacted u|who enquired', { kind: 'event', field: 'enquiredAt', filler: true }],

  // Order.
  ['sort|sorted by|sort by|sort them by|order by|ordered by|order them by|rank by|ranked by|in order of|arranged by|ordered|sorted|rank|order|sort them|rank them', { kind: 'sort' }],
  ['ascending|lowest first|low to high|smallest first|lowest to highest|increasing|worst first|asc', { kind: 'direction', direction: 'ascending' }],
  ['descending|highest first|high to low|largest first|highest to lowest|decreasing|best first|desc', { kind: 'direction', direction: 'descending' }],
  ['strongest|hottest|most promising|warmest|highest score|best score|highest scoring|best scoring|highest score first|best score first|top score|largest score|highest rated', extreme('score', 'descending')],
  ['weakest|coldest|least promising|lowest score|worst score|lowest scoring|lowest score first|smallest score|worst scoring', extreme('score', 'ascending')],
  ['newest|newest first|latest|latest first|most recent|most recent first|youngest', extreme('enquiredAt', 'descending')],
  ['oldest|oldest first|earliest|earliest first|longest waiting', extreme('enquiredAt', 'ascending')],
  ['highest chance|best chance|most likely to enrol|most likely to convert|most likely|likeliest|highest probability|most likely to enroll|highest likelihood', extreme('probability', 'descending')],
  ['highest model chance|best model chance|highest chance by the model|highest predicted chance|most likely by the model|most likely to enrol by the model|most likely to convert by the model|likeliest by the model', extreme('modelChance', 'descending')],
  ['lowest model chance|worst model chance|lowest chance by the model|lowest predicted chance|least likely by the model|least likely to enrol by the model|least likely to convert by the model', extreme('modelChance', 'ascending')],
  ['lowest chance|least likely to enrol|least likely to convert|least likely|lowest probability|worst chance', extreme('probability', 'ascending')],
  ['most recently active|most active|last active first|recently active first', extreme('lastActivityAt', 'descending')],
  ['least recently active|least active|longest quiet', extreme('lastActivityAt', 'ascending')],
  ['z to a', extreme('name', 'descending')],
  ['a to z|a to z order|a to z by name|alphabetically|alphabetical order|in alphabetical order|alphabetical|by alphabet', extreme('name', 'ascending')],
  ['top performing|top scoring|high performing|best performing', extreme('score', 'descending', { field: 'band', is: 'high' })],
  ['top|best|highest', extreme(null, 'descending')],
  ['bottom|worst|lowest', extreme(null, 'ascending')],
  ['who should i call first|whom should i call first|who should i contact first|whom to contact first|who to call first|who should i call|who should i contact|who should i call next|who to contact first|who is next', extreme('score', 'descending')],
  ['first', { kind: 'first' }],

  // Figures and groups.
  ['how many|number of|count of|count|how much|total number of|the number of|quantity of', figure('leads')],
  ['average score|mean score|avg score|average lead score|typical score|score on average|average', figure('meanScore')],
  ['conversion rate|rate of conversion|share converted|percentage converted|convert best|convert most|convert the best|convert worst|convert|converting|at converting|best conversion|best conversion rate|highest conversion rate|win rate|share that converted|percent converted', figure('rate')],
  ['expected enrolment|enrolment expected|enrolment to expect|expected enrollment|predicted enrolment|forecast enrolment|expected student|can we expect|do we expect|should we expect|to expect', figure('expected')],
  ['the most lead|most lead|fewest lead|the fewest lead', figure('leads')],
  ['by|per|in each|for each|across|by each|grouped by|group by|group|broken down by|break down by|split by|breakdown by|breakdown of|break down|for every|in every|on each|at each|on every|at every|of each|from each|differ between|differ by|differ across|vary by|vary between|vary across|difference between|across all|distribution by', { kind: 'by' }],
  ['where do our lead come from|where do lead come from|where lead come from|where our lead come from|where do they come from', { kind: 'grouping', by: 'source', alone: true }],
  ['month|enquiry month|month of enquiry|monthly', { kind: 'grouping', by: 'month' }],
  ['compare|versus|vs|compared to|compared with|against', { kind: 'compared' }],

  // Names.
  ['called|named|whose name is|by the name of|name is', { kind: 'called' }],
  ['likely to enrol|likely to convert|likely to enroll|likely to join|likely to come', condition({ field: 'probability', atLeast: 0.5 })],
  ['unlikely to enrol|unlikely to convert|unlikely to enroll|unlikely', condition({ field: 'probability', lessThan: 0.25 })],

  // How a question goes on from the one before.
  ['only|just|narrow to|narrow down to|limit to|filter to|of which|among them', follow('narrow')],
  ['what about|how about|same for|the same for|instead|rather|make it|change to|change it to|switch to|now for', follow('replace')],
  ['add|also|also include|as well|together with|and also', follow('widen')],
  ['remove|drop|forget|clear|take away|take off|without the filter', follow('remove')],
  ['start over|start again|new question|reset|forget all that', follow('restart')],
];

/** Words that a group can be made by, beyond the names of its field. */
export const groupedFields: Readonly<Record<string, Grouped>> = { source: 'source', stage: 'stage', owner: 'owner', team: 'team', course: 'course', campus: 'campus', country: 'country', city: 'city', band: 'band', tags: 'tags' };

/** Fields that a list can be put in order by, with the direction that people mean without saying it. */
export const orderedFields: Readonly<Record<string, Ordered>> = {
  score: { field: 'score', direction: 'descending' },
  probability: { field: 'probability', direction: 'descending' },
  modelChance: { field: 'modelChance', direction: 'descending' },
  name: { field: 'name', direction: 'ascending' },
  enquiredAt: { field: 'enquiredAt', direction: 'descending' },
  lastActivityAt: { field: 'lastActivityAt', direction: 'descending' },
  stage: { field: 'stage', direction: 'ascending' },
  source: { field: 'source', direction: 'ascending' },
};

/** What people and places of a country are called, and what it is called for short. */
export const countryWords: Readonly<Record<string, string>> = {
  uk: 'united kingdom', britain: 'united kingdom', british: 'united kingdom', gb: 'united kingdom', usa: 'united states', american: 'united states', america: 'united states',
  indian: 'india', nigerian: 'nigeria', chinese: 'china', irish: 'ireland', german: 'germany', french: 'france', spanish: 'spain', italian: 'italy', pakistani: 'pakistan',
  bangladeshi: 'bangladesh', kenyan: 'kenya', ghanaian: 'ghana', polish: 'poland', romanian: 'romania', portuguese: 'portugal', dutch: 'netherlands', turkish: 'turkey',
  greek: 'greece', swedish: 'sweden', norwegian: 'norway', danish: 'denmark', australian: 'australia', canadian: 'canada', brazilian: 'brazil', mexican: 'mexico',
  japanese: 'japan', korean: 'south korea', vietnamese: 'vietnam', malaysian: 'malaysia', singaporean: 'singapore', emirati: 'united arab emirates', uae: 'united arab emirates',
  saudi: 'saudi arabia', egyptian: 'egypt', nepali: 'nepal', nepalese: 'nepal', ukrainian: 'ukraine', russian: 'russia',
};

/** Numbers in words. */
export const numberWords: ReadonlyMap<string, number> = new Map(Object.entries({
  zero: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16,
  seventeen: 17, eighteen: 18, nineteen: 19, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90, hundred: 100, dozen: 12, once: 1, twice: 2,
}));
