import { z } from 'zod';
import { checkDraft } from '#domain/admissions/outreach/checks';
import { momentOf, type Persona } from '#domain/admissions/outreach/personas';
import { fillFields, mergeFields, type MergeValues } from '#domain/admissions/outreach/mergeFields';
import type { Draft, draftPurposes, draftTones, outreach } from '#contract/admissions/outreach';
import type { Offline } from '#contract/platform/language';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { words } from '#main/app/phrases';
import { nameKnowledge } from '#main/language/nameLists';
import type { KeyedLeadRow } from '#main/store/admissions/leadRows';
import { detailOf, requireLead } from './leadView';

interface Text {
  readonly subject: string;
  readonly body: string;
}

interface Wish {
  readonly purpose: (typeof draftPurposes)[number];
  readonly tone: (typeof draftTones)[number];
  readonly variants: number;
  readonly persona: Persona;
}

/** The same for every draft: what changes stands in the message. */
const system = `You draft e-mails from a school's admissions office to somebody who is interested in studying there.

Write in plain, warm, correct English. Say one thing and ask for one thing. 60 to 140 words, a subject of at most 50 characters, no pressure, no exclamation marks, nothing that is not in what you are told. Never promise a place, a grant or a date.

Write merge fields in braces where such a value belongs, and no others: ${mergeFields.map((field) => `{${field}}`).join(', ')}. Begin with a greeting that uses {given_name} and end with {sender} and {school}. Never write a name of a person yourself.

Where two variants are asked for, they differ in how they begin and in what they ask for, so that one can learn from trying both.`;

const answer = z.object({ variants: z.array(z.object({ subject: z.string(), body: z.string() })).min(1) });

/** A draft from the phrases that everybody here has: greeting, where the lead stands, the purpose, what is asked, an end. */
function fromTemplates({ purpose, tone, variants, persona }: Wish, lead: KeyedLeadRow): Text[] {
  return (['a', 'b'] as const).slice(0, variants).map((variant) => ({
    subject: words(`outreach.subjects.${purpose}.${variant}`),
    body: [
      words(`outreach.greetings.${tone}`),
      [...(tone === 'brief' ? [] : [words(`outreach.stages.${lead.stage}`)]), words(`outreach.openings.${purpose}.${variant}`), ...(persona === 'general' || lead.stage === 'lost' ? [] : [words(`outreach.personas.${persona}.${momentOf(lead.stage)}`)]), words(`outreach.asks.${purpose}`)].join(' '),
      words(`outreach.closings.${tone}`),
    ].join('\n\n'),
  }));
}

const dayMilliseconds = 24 * 3_600_000;
const daysSince = (at: number | null, now: number): number | null => (at === null ? null : Math.max(0, Math.floor((now - at) / dayMilliseconds)));

export function outreachHandlers({ workspace, language, now }: HandlerParts): HandlersOf<typeof outreach> {
  const { isWord } = { isWord: (word: string): boolean => nameKnowledge(() => false).isWord(word) };

  const fromModel = async (wish: Wish & { readonly instructions?: string | undefined; readonly preview: boolean }, lead: KeyedLeadRow, context: CallContext): Promise<{ texts: Text[] } | { offline: Offline }> => {
    const got = await language().ask(
      {
        purpose: 'compose',
        system,
        leads: [lead.id],
        // Nothing that points at the lead: what is personal is put in here, after the draft has come.
        messages: [
          {
            role: 'user',
            content: [
              `Draft ${wish.variants === 1 ? 'one variant' : 'two variants'}. Purpose: ${words(`outreach.purposes.${wish.purpose}`)} Tone: ${wish.tone}. They write to: ${words(`outreach.personas.${wish.persona}.who`)}`,
              { data: { stage: lead.stage, daysSinceEnquiry: daysSince(lead.enquiredAt, now()), daysSinceContact: daysSince(lead.lastContactedAt, now()), hasCourse: lead.course !== null }, from: 'lead' },
              ...(wish.instructions === undefined || wish.instructions === '' ? [] : [`The writer adds: ${wish.instructions}`]),
            ],
          },
        ],
        schema: answer,
        preview: wish.preview,
        maximumTokens: 1_500,
      },
      context,
    );
    return got.answered ? { texts: got.value.variants.slice(0, wish.variants) } : { offline: got.offline };
  };

  return {
    'admissions.outreach.draft': async ({ leadId, offline: fromHere, ...wish }, context) => {
      const lead = requireLead(context, leadId);
      const values: MergeValues = {
        given_name: lead.givenName ?? lead.familyName,
        course: lead.course,
        campus: lead.campus,
        sender: actorOf(context).name,
        school: workspace.settings().workspaceName,
      };
      const got = fromHere ? null : await fromModel(wish, lead, context);
      const texts = got !== null && 'texts' in got ? got.texts : fromTemplates(wish, lead);
      const drafts: Draft[] = texts.map((template, index) => {
        const [subject, body] = [fillFields(template.subject, values), fillFields(template.body, values)];
        const missing = [...new Set([...subject.missing, ...body.missing])];
        const unknown = [...new Set([...subject.unknown, ...body.unknown])];
        return {
          label: index === 0 ? 'A' : 'B',
          template,
          subject: subject.text,
          body: body.text,
          checks: [
            ...(missing.length === 0 ? [] : [{ kind: 'missing' as const, words: missing }]),
            ...(unknown.length === 0 ? [] : [{ kind: 'unknown' as const, words: unknown }]),
            ...checkDraft(template, isWord).map(({ kind, words: about }) => ({ kind, words: [...about] })),
          ],
        };
      });
      const { allowed, reason } = detailOf(context, lead).channels.email;
      return {
        drafts,
        by: got !== null && 'texts' in got ? 'model' : 'template',
        offline: got !== null && 'offline' in got ? got.offline : null,
        fields: mergeFields.map((name) => ({ name, value: values[name] })),
        email: { allowed, reason },
      };
    },
  };
}
