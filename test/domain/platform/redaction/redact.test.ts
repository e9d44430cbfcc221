import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { redact, type RedactionLevel } from '#domain/platform/redaction/redact';
import { knowledge } from '#test/support/nameKnowledge';

const by = (key: string) => (text: string): string => createHmac('sha256', key).update(text).digest('hex');
const text = 'Maria Garcia (maria@example.com, 07700 900123) lives near NW1 6XE. Tell Maria Garcia that GB29 NWBK 6016 1331 9268 19 was paid.';
const at = (level: RedactionLevel, key = 'one') => redact(text, knowledge(), { level, digest: by(key) });

describe('a text without its personal data', () => {
  it('has labels in full', () => {
    expect(at('full').text).toBe('[REDACTED_NAME] ([REDACTED_EMAIL], [REDACTED_PHONE]) lives near [REDACTED_POSTCODE]. Tell [REDACTED_NAME] that [REDACTED_FINANCIAL] was paid.');
    expect(at('full').counts).toEqual({ name: 2, email: 1, phone: 1, postcode: 1, financial: 1 });
  });

  it('keeps ends in part, so that one recognises what one knows', () => {
    expect(at('partial').text).toBe('M***a G***a (m***@example.com, ***23) lives near NW1 ***. Tell M***a G***a that ***19 was paid.');
  });

  it('has tokens that are the same for the same value, and others with another key', () => {
    const [name, , , , again] = [...at('hashed').text.matchAll(/\b[0-9a-f]{16}\b/g)].map(([token]) => token);
    expect(again).toBe(name);
    const people = [...at('anonymized').text.matchAll(/PERSON_[0-9A-F]{8}/g)].map(([token]) => token);
    expect(people).toEqual([people[0], people[0]]);
    for (const level of ['hashed', 'anonymized'] as const) {
      expect(at(level, 'two').text).not.toBe(at(level).text);
      expect(at(level).text).not.toMatch(/Maria|Garcia|example|900123|6XE|NWBK/);
    }
  });

  it('is the text itself where there is nothing in it', () => {
    expect(redact('The exam has 35 questions.', knowledge(), { level: 'full', digest: by('one') })).toEqual({ text: 'The exam has 35 questions.', counts: {} });
  });
});
