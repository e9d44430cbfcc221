import { describe, expect, it } from 'vitest';
import { workspaceApp } from '#test/support/app';
import { fileWith, smallCsv } from '#test/support/files';

const text = 'Dear Maria Garcia, call 07700 900123.';

describe('the check of a text for personal data', () => {
  it('finds, and takes out, for those who may', async () => {
    const { owner, newUser } = await workspaceApp();
    expect((await owner.call('platform.redaction.detect', { text })).matches.map(({ type, value, start, end }) => [type, value, start, end])).toEqual([
      ['name', 'Maria Garcia', 5, 17],
      ['phone', '07700 900123', 24, 36],
    ]);
    expect(await owner.call('platform.redaction.redact', { text, types: ['phone'] })).toEqual({ text: 'Dear Maria Garcia, call [REDACTED_PHONE].', counts: { phone: 1 } });
    const { items, levels } = await owner.call('platform.redaction.patterns');
    expect(items.length).toBeGreaterThan(25);
    expect(levels).toEqual(['full', 'partial', 'hashed', 'anonymized']);
    const student = await newUser('student');
    expect((await student.refused('platform.redaction.detect', { text })).code).toBe('not_permitted');
    expect((await owner.refused('platform.redaction.detect', { text: 'a'.repeat(50_001) })).message).toMatch(/in parts/);
  });

  it('gives a value the same pseudonym in every text of a workspace, and another in the next workspace', async () => {
    const [first, second] = [await workspaceApp(), await workspaceApp()];
    const pseudonym = async ({ owner }: typeof first, words: string): Promise<string | undefined> =>
      /PERSON_[0-9A-F]{8}/.exec((await owner.call('platform.redaction.redact', { text: words, level: 'anonymized' })).text)?.[0];
    const name = await pseudonym(first, text);
    expect(name).toBeDefined();
    expect(await pseudonym(first, 'I spoke with Maria Garcia today.')).toBe(name);
    expect(await pseudonym(second, text)).not.toBe(name);
  });

  it('knows the leads that the asker sees, and no others', async () => {
    const { owner, newUser } = await workspaceApp();
    const overseas = await owner.call('platform.teams.create', { name: 'International', department: 'Overseas' });
    const far = await newUser('staff', { teamId: overseas.id });
    await owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
    await owner.call('admissions.leads.create', { givenName: 'Silver', familyName: 'Garden' });
    const words = 'Silver Garden has sent the transcript.';
    expect((await owner.call('platform.redaction.detect', { text: words })).matches).toMatchObject([{ type: 'name', value: 'Silver Garden', pattern: 'name.known' }]);
    expect((await far.call('platform.redaction.detect', { text: words })).matches).toEqual([]);
  });
});
