/** The six kinds of conversation with the tutor: seed 3.2. */
export const conversationKinds = ['general_help', 'concept_explanation', 'exam_strategy', 'troubleshooting', 'study_planning', 'motivation'] as const;
export type ConversationKind = (typeof conversationKinds)[number];

/** What an answer from the machine itself can be made of. */
export const subjects = ['content', 'strategy', 'planning', 'motivation'] as const;
export type Subject = (typeof subjects)[number];

const ownSubject: Readonly<Record<ConversationKind, Subject>> = { general_help: 'content', concept_explanation: 'content', troubleshooting: 'content', exam_strategy: 'strategy', study_planning: 'planning', motivation: 'motivation' };

const wordsOf: readonly (readonly [Subject, RegExp])[] = [
  ['planning', /\b(?:(?:study|learning|weekly|my) (?:plan|schedule)|what (?:should|do|shall) i (?:do|study|learn|practi[cs]e|read) (?:next|now|today|first|this week)|plan (?:my|the|for) |how (?:many|much) (?:hours|time) )/iu],
  ['strategy', /\b(?:exam (?:strategy|tips?|technique|day|time)|(?:pass|sit|take|prepare for) (?:the|my|an|this) exam|pass mark|pacing|how (?:does|is) the exam|time per question|how many questions (?:are|does|has)|mock exams?|multiple.choice (?:tips?|strategy))/iu],
  ['motivation', /\b(?:motivat\w*|give up|giving up|burn(?:ed|t)? ?out|(?:am|feel|feeling|i'm|i’m) (?:\w+ )?(?:tired|stuck|overwhelmed|stupid|lost|anxious|nervous|behind)|can(?:no|['’])t do (?:this|it)|how am i doing|worth it)/iu],
];

/** What a question is about: its words say so where they are plain, else the kind of the conversation does. */
export function subjectOf(kind: ConversationKind, text: string): Subject {
  return wordsOf.find(([, form]) => form.test(text))?.[0] ?? ownSubject[kind];
}
