import { z } from 'zod';
import { personalDataTypes } from '#domain/platform/redaction/types';
import { redactionLevels } from '#domain/platform/redaction/redact';
import { query, role } from '../define';
import { none } from '../shapes';

/** The longest text that is looked through in one call, in characters: some twenty pages. */
export const longestText = 50_000;

const text = z.string().max(longestText, `Give at most ${String(longestText)} characters at once; hand over a longer text in parts.`);
const type = z.enum(personalDataTypes);
const chosen = { text, types: z.array(type).min(1).optional(), minimumConfidence: z.number().min(0).max(1).optional() };

export const redaction = {
  'platform.redaction.detect': query({
    reads: [],
    summary: 'Find personal data in a text: what it is, where it stands in Unicode code points, and how sure that is.',
    input: z.strictObject(chosen),
    output: z.object({
      matches: z.array(
        z.object({
          type,
          value: z.string(),
          start: z.number().int(),
          /** Not part of the match. */
          end: z.number().int(),
          confidence: z.number(),
          context: z.string(),
          pattern: z.string(),
        }),
      ),
    }),
    allow: role('pii_detect', 'pii_data', 'view'),
  }),
  'platform.redaction.redact': query({
    reads: [],
    summary: 'Take personal data out of a text: by a label, by leaving its ends, by a keyed digest or by a pseudonym of this workspace.',
    input: z.strictObject({ ...chosen, level: z.enum(redactionLevels).default('full') }),
    output: z.object({ text: z.string(), counts: z.partialRecord(type, z.number().int()) }),
    allow: role('pii_redact', 'pii_data', 'view'),
  }),
  'platform.redaction.patterns': query({
    reads: [],
    summary: 'The forms of personal data that are looked for.',
    input: none,
    output: z.object({
      items: z.array(z.object({ id: z.string(), type, confidence: z.number(), onlyNearWords: z.boolean() })),
      levels: z.array(z.enum(redactionLevels)),
      defaultMinimumConfidence: z.number(),
    }),
    allow: role('pii_detect', 'pii_data', 'view'),
  }),
};
