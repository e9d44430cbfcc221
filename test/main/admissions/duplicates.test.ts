import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { type Person, temporaryFolder, workspaceApp } from '#test/support/app';
import { fileWith } from '#test/support/files';

const day = 86_400_000;

async function pairsOf(person: Person, state: 'open' | 'merged' | 'dismissed' = 'open') {
  return (await person.call('admissions.duplicates.list', { state })).items;
}

const totalOf = async (person: Person, search?: string) => (await person.call('admissions.leads.list', search === undefined ? {} : { search })).total;

/** Two enquiries of one person: the first with a refusal and a telephone, the second with a course and a contact. */
async function twins() {
  const app = await workspaceApp();
  const { owner, clock } = app;
  const first = await owner.call('admissions.leads.create', { givenName: 'Zara', familyName: 'Patel', email: 'zara@example.org', phone: '+44 7700 900001', source: 'Open day', enquiredAt: clock() - 9 * day, emailConsent: false });
  clock.advance(1_000);
  const second = await owner.call('admissions.leads.create', { givenName: 'Zara', familyName: 'Patell', email: 'zara@example.org', course: 'Law', city: 'Leeds', source: 'Website', enquiredAt: clock(), phoneConsent: true });
  clock.advance(1_000);
  return { ...app, first, second };
}

describe('a pair', () => {
  it('is found when a lead is made, exactly or by a like name, and says why', async () => {
    const { owner, first, second } = await twins();
    const [pair, ...others] = await pairsOf(owner);
    expect(others).toEqual([]);
    expect(pair).toMatchObject({ basis: 'email', state: 'open', first: { id: first.id }, second: { id: second.id } });
    expect(pair!.reasons).toEqual(['Same e-mail address', expect.stringMatching(/^Names are 9\d % alike$/)]);
    expect(pair!.fields.map(({ name, kept, choosable }) => [name, kept, choosable])).toEqual([
      ['familyName', 'survivor', true],
      ['phone', 'survivor', true],
      ['course', 'survivor', true],
      ['city', 'survivor', true],
      ['enquiredAt', 'first', false],
      ['source', 'first', false],
      ['emailConsent', 'first', false],
      ['phoneConsent', 'second', false],
    ]);
    const third = await owner.call('admissions.leads.create', { givenName: 'Sarah', familyName: 'Kowalski', city: 'Leeds' });
    const fourth = await owner.call('admissions.leads.create', { givenName: 'Sara', familyName: 'Kowalsky', city: 'Leeds' });
    expect(fourth.duplicates).toEqual([{ id: third.id, name: 'Sarah Kowalski', basis: 'name', pairId: expect.any(String) }]);
    // What speaks for a pair may go away again.
    await owner.call('admissions.leads.update', { id: fourth.id, city: 'York' });
    expect((await owner.call('admissions.leads.get', { id: fourth.id })).duplicates).toEqual([]);
  });

  it('is found among imported leads: the exact ones at once, and the fuzzy ones with the import or on demand', async () => {
    const { owner } = await workspaceApp();
    const csv = 'Lead ID,First name,Last name,Email,City,Postcode\nA-1,Katherine,Kowalski,kk@example.org,Leeds,LS1 4DY\nA-2,Catherine,Kowalski,,York,ls14dy\nA-3,Kate,K,KK@example.org,,\nA-4,Jan,Berg,jan@example.org,Oslo,\n';
    expect(await owner.call('admissions.imports.run', { path: fileWith(csv), likeNames: false })).toMatchObject({ imported: 4, duplicates: 1, likeNames: null });
    expect((await pairsOf(owner)).map(({ basis }) => basis)).toEqual(['email']);
    expect(await owner.call('admissions.duplicates.find')).toMatchObject({ compared: 4, found: 1, open: 2, capped: false });
    expect(await owner.call('admissions.duplicates.find')).toMatchObject({ compared: 4, found: 0, open: 2 });
    const fuzzy = (await pairsOf(owner)).find(({ basis }) => basis === 'name')!;
    expect(fuzzy.reasons).toContain('Same postcode');
    expect([fuzzy.first.name, fuzzy.second.name]).toEqual(['Katherine Kowalski', 'Catherine Kowalski']);
    const page = await owner.call('admissions.duplicates.list', { limit: 1 });
    expect(page).toMatchObject({ total: 2, totalIsExact: true });
    expect((await owner.call('admissions.duplicates.list', { limit: 1, after: page.nextKey! })).items[0]!.id).not.toBe(page.items[0]!.id);
  });

  it('is found with an import by like names, among its rows and with leads that were there, and is left alone where it was judged', async () => {
    const { owner } = await workspaceApp();
    const there = await owner.call('admissions.leads.create', { givenName: 'Katherine', familyName: 'Kowalski', city: 'Leeds' });
    const csv = 'Lead ID,First name,Last name,City,Postcode,Date of birth\nA-1,Catherine,Kowalski,Leeds,LS1 4DY,2004-05-06\nA-2,Chaterine,Kowalski,York,ls14dy,2004-05-06\nA-3,Katharine,Kowalsky,York,LS1 4DY,1999-01-01\nA-4,Zara,Patel,Leeds,,\n';
    const path = fileWith(csv);
    const done = await owner.call('admissions.imports.run', { path });
    expect(done).toMatchObject({ imported: 4, duplicates: 0, likeNames: 2 });
    expect((await owner.call('admissions.imports.list')).items[0]).toMatchObject({ likeNames: 2 });
    const pairs = await pairsOf(owner);
    // A-3 is alike too, but was born on another day than the two others of the file, and shares no fact with the one in Leeds.
    expect(pairs.map(({ first, second }) => [first.name, second.name]).sort()).toEqual([['Catherine Kowalski', 'Chaterine Kowalski'], [there.name, 'Catherine Kowalski']]);
    for (const { id } of pairs) await owner.call('admissions.duplicates.dismiss', { id });
    expect(await owner.call('admissions.imports.run', { path })).toMatchObject({ updated: 4, likeNames: 0 });
    expect(await pairsOf(owner)).toEqual([]);
    // A file that changes who somebody is brings a new pair.
    writeFileSync(path, csv.replace('A-4,Zara,Patel', 'A-4,Katherin,Kowalski'));
    expect(await owner.call('admissions.imports.run', { path })).toMatchObject({ updated: 4, likeNames: 1 });
    expect((await pairsOf(owner)).map(({ first, second }) => [first.name, second.name].sort())).toEqual(expect.arrayContaining([['Katherin Kowalski', 'Katherine Kowalski']]));
  });

  it('that is not the same person stays so, until that is taken back', async () => {
    const { owner, second } = await twins();
    const [pair] = await pairsOf(owner);
    expect(await owner.call('admissions.duplicates.dismiss', { id: pair!.id })).toEqual({ id: pair!.id, state: 'dismissed' });
    await owner.call('admissions.leads.update', { id: second.id, city: 'York' });
    expect(await owner.call('admissions.duplicates.find')).toMatchObject({ found: 0, open: 0 });
    expect((await owner.call('admissions.leads.get', { id: second.id })).duplicates).toEqual([]);
    expect((await pairsOf(owner, 'dismissed')).map(({ id }) => id)).toEqual([pair!.id]);
    await owner.call('admissions.duplicates.dismiss', { id: pair!.id, dismissed: false });
    expect(await pairsOf(owner)).toHaveLength(1);
  });
});

describe('a merge', () => {
  it('keeps history, points, tasks, the first enquiry and the stricter consent, and hides the other lead', async () => {
    const { owner, clock, first, second } = await twins();
    const { touchpointId } = await owner.call('admissions.touchpoints.create', { leadId: second.id, kind: 'call', outcome: 'reached' });
    await owner.call('admissions.tasks.create', { leadId: second.id, title: 'Send the prospectus' });
    clock.advance(1_000);
    const { mergeId, lead } = await owner.call('admissions.duplicates.merge', { survivorId: second.id, mergedId: first.id, fields: { familyName: 'merged' } });
    expect(lead).toMatchObject({
      id: second.id,
      name: 'Zara Patel',
      phone: '+447700900001',
      course: 'Law',
      city: 'Leeds',
      stage: 'contacted',
      source: 'Open day',
      enquiredAt: first.enquiredAt,
      signals: { conversations: 1 },
      channels: { email: { allowed: false, consent: 'refused' }, phone: { allowed: true, consent: 'given' } },
      duplicates: [],
    });
    expect(lead.scoredAt).toBe(clock());
    const { items } = await owner.call('admissions.leads.timeline', { id: second.id });
    expect(items.filter(({ kind }) => kind === 'merged').map(({ title }) => title)).toEqual(['Merged with Zara Patel']);
    expect(items.some(({ touchpointId: each }) => each === touchpointId)).toBe(true);
    // The other lead is in no list, no queue, no search and no sum.
    expect([await totalOf(owner), await totalOf(owner, 'zara')]).toEqual([1, 1]);
    expect((await owner.call('admissions.triage.queue')).items.map(({ lead: { id } }) => id)).not.toContain(first.id);
    expect((await owner.call('admissions.leads.list', { sort: [{ field: 'name', direction: 'ascending' }] })).items.map(({ id }) => id)).toEqual([second.id]);
    expect((await owner.call('admissions.courses.list')).items).toMatchObject([{ name: 'Law', leads: 1 }]);
    expect(await owner.refused('admissions.leads.get', { id: first.id })).toMatchObject({ code: 'not_found', message: expect.stringContaining('merged into Zara Patel'), details: { mergedInto: second.id } });
    expect(await pairsOf(owner, 'merged')).toMatchObject([{ merge: { id: mergeId, survivorId: second.id } }]);
    const audit = await owner.call('platform.audit.list', { action: 'admissions.duplicates.merge' });
    expect(audit.items[0]).toMatchObject({ outcome: 'succeeded', targetIds: [second.id, first.id] });
    expect(JSON.stringify(audit.items)).not.toContain('Patel');
  });

  it('moves contacts and tasks of the lead that goes, and takes over its other pairs', async () => {
    const { owner, first, second } = await twins();
    const third = await owner.call('admissions.leads.create', { givenName: 'Z', phone: '+44 7700 900001' });
    await owner.call('admissions.touchpoints.create', { leadId: first.id, kind: 'call', outcome: 'reached' });
    await owner.call('admissions.tasks.create', { leadId: first.id, title: 'Ask for grades' });
    const { lead } = await owner.call('admissions.duplicates.merge', { survivorId: second.id, mergedId: first.id });
    expect(lead.signals.conversations).toBe(1);
    expect(lead.duplicates.map(({ id }) => id)).toEqual([third.id]);
    expect((await owner.call('admissions.tasks.list', { leadId: second.id })).items.map(({ title }) => title)).toEqual(['Ask for grades']);
    // A contact that came with the merge can still be taken back.
    const moved = (await owner.call('admissions.leads.timeline', { id: second.id })).items.find(({ touchpointId }) => touchpointId !== null)!;
    await owner.call('admissions.touchpoints.remove', { id: moved.touchpointId! });
    expect((await owner.call('admissions.leads.get', { id: second.id })).signals).toEqual({});
    // A new lead that shares only what the hidden one had is still found.
    const fifth = await owner.call('admissions.leads.create', { givenName: 'Q', email: 'zara@example.org' });
    expect(fifth.duplicates.map(({ id }) => id)).toEqual([second.id]);
  });

  it('is undone: both are as they were', async () => {
    const { owner, clock, first, second } = await twins();
    const { touchpointId } = await owner.call('admissions.touchpoints.create', { leadId: first.id, kind: 'call', outcome: 'reached' });
    const before = await Promise.all([first, second].map(({ id }) => owner.call('admissions.leads.get', { id })));
    clock.advance(1_000);
    const { mergeId } = await owner.call('admissions.duplicates.merge', { survivorId: second.id, mergedId: first.id });
    clock.advance(1_000);
    expect(await owner.call('admissions.duplicates.unmerge', { mergeId })).toMatchObject({ survivor: { id: second.id }, merged: { id: first.id }, kept: [] });
    const after = await Promise.all([first, second].map(({ id }) => owner.call('admissions.leads.get', { id })));
    const plain = after.map((lead, index) => ({ ...lead, revision: before[index]!.revision, scoredAt: before[index]!.scoredAt }));
    expect(plain).toEqual(before);
    expect(await totalOf(owner)).toBe(2);
    expect((await owner.call('admissions.leads.list', { sort: [{ field: 'name', direction: 'ascending' }] })).items.map(({ id }) => id)).toEqual([first.id, second.id]);
    await owner.call('admissions.touchpoints.remove', { id: touchpointId });
    expect(await owner.call('admissions.leads.get', { id: first.id })).toMatchObject({ stage: 'enquiry', lastContactedAt: null });
    expect(await pairsOf(owner)).toHaveLength(1);
  });

  it('is undone after later edits, which stay, and what cannot be put back is named', async () => {
    const { owner, clock, first, second } = await twins();
    const gone = await owner.call('admissions.touchpoints.create', { leadId: first.id, kind: 'call', outcome: 'reached' });
    clock.advance(1_000);
    const { mergeId } = await owner.call('admissions.duplicates.merge', { survivorId: second.id, mergedId: first.id });
    clock.advance(1_000);
    await owner.call('admissions.leads.update', { id: second.id, phone: '+44 7700 900002', city: 'York', phoneConsent: false });
    await owner.call('admissions.touchpoints.create', { leadId: second.id, kind: 'call', outcome: 'reached' });
    await owner.call('admissions.touchpoints.remove', { id: gone.touchpointId });
    await owner.call('admissions.tasks.create', { leadId: second.id, title: 'Later' });
    clock.advance(1_000);
    const { kept } = await owner.call('admissions.duplicates.unmerge', { mergeId });
    expect(kept).toEqual([
      'Somebody asked not to be called after the merge: that holds for both.',
      'Phone was changed after the merge and stays with Zara Patell.',
      '1 contact that was logged after the merge stays with Zara Patell.',
      '1 contact of Zara Patel was taken back after the merge and is not restored.',
      '1 task that was made after the merge stays with Zara Patell.',
    ]);
    expect(await owner.call('admissions.leads.get', { id: second.id })).toMatchObject({ phone: '+447700900002', city: 'York', source: 'Website', enquiredAt: second.enquiredAt, signals: { conversations: 1 }, channels: { email: { consent: 'unknown' }, phone: { consent: 'refused' } } });
    expect(await owner.call('admissions.leads.get', { id: first.id })).toMatchObject({ phone: '+447700900001', stage: 'enquiry', signals: {}, channels: { email: { consent: 'refused' }, phone: { consent: 'refused' } } });
  });

  it('lets a second import of the hidden lead say what it left out', async () => {
    const { owner } = await workspaceApp();
    const path = fileWith('Lead ID,First name,Last name,Email,Website visits\nA-1,Zara,Patel,z@example.org,4\nA-2,Zara,Patel,z@example.org,6\n', 'fair.csv');
    await owner.call('admissions.imports.run', { path });
    const [pair] = await pairsOf(owner);
    const { lead } = await owner.call('admissions.duplicates.merge', { survivorId: pair!.first.id, mergedId: pair!.second.id });
    expect(lead.signals.webVisits).toBe(10);
    expect(await owner.call('admissions.imports.run', { path })).toMatchObject({ imported: 0, updated: 1, rejected: 1 });
    expect(await totalOf(owner)).toBe(1);
  });
});

describe('an import under way', () => {
  const two = 'Lead ID,First name,Last name,Email\nA-1,Zara,Patel,z@example.org\nA-2,Zahra,Patel,z@example.org\n';

  it('leaves out what it has read about a lead that is merged before it ends, and says so', async () => {
    const { app, owner } = await workspaceApp();
    const path = fileWith(two, 'fair.csv');
    await owner.call('admissions.imports.run', { path });
    const [pair] = await pairsOf(owner);
    writeFileSync(path, two.replaceAll('Patel', 'Patel-Smith'));
    const merges: Promise<unknown>[] = [];
    const answer = await app.call(
      { entry: 'admissions.imports.run', input: { path }, token: owner.token(), door: 'cli', connection: 'importer', requestId: v7(), wait: true },
      {
        signal: new AbortController().signal,
        onProgress({ note }) {
          if (note.startsWith('Reading') && merges.length === 0) merges.push(owner.call('admissions.duplicates.merge', { survivorId: pair!.first.id, mergedId: pair!.second.id }));
        },
      },
    );
    await Promise.all(merges);
    expect(answer).toMatchObject({ ok: true, result: { imported: 0, updated: 1, rejected: 1 } });
    const target = join(temporaryFolder(), 'problems.csv');
    await owner.call('admissions.imports.problems', { importId: (await owner.call('admissions.imports.list')).items[0]!.id, path: target });
    expect(readFileSync(target, 'utf8')).toMatch(/\n3,rejected,"A-2 was merged into another lead/);
    // The hidden lead is as it was, which taking the merge back shows.
    const { merge } = (await pairsOf(owner, 'merged'))[0]!;
    expect((await owner.call('admissions.duplicates.unmerge', { mergeId: merge!.id })).merged.name).toBe('Zahra Patel');
  });

  it('can be stopped while it looks for like names: what came in stays', async () => {
    const { app, owner } = await workspaceApp();
    const abort = new AbortController();
    const answer = await app.call(
      { entry: 'admissions.imports.run', input: { path: fileWith(two) }, token: owner.token(), door: 'cli', connection: 'importer', requestId: v7(), wait: true },
      {
        signal: abort.signal,
        onProgress({ note }) {
          if (note === 'Looking for like names') abort.abort();
        },
      },
    );
    expect(answer).toMatchObject({ ok: true, result: { imported: 2, duplicates: 1, likeNames: null } });
    expect(await totalOf(owner)).toBe(2);
    expect((await owner.call('admissions.imports.list')).items[0]).toMatchObject({ state: 'done', likeNames: null });
  });
});

describe('a merge that cannot be', () => {
  it('is refused in words: itself, twice, an older revision, undone twice, out of order, an unknown field', async () => {
    const { owner, first, second } = await twins();
    const third = await owner.call('admissions.leads.create', { givenName: 'Jan' });
    const merge = (survivorId: string, mergedId: string, more: object = {}) => ({ survivorId, mergedId, ...more });
    expect(await owner.refused('admissions.duplicates.merge', merge(first.id, first.id))).toMatchObject({ code: 'invalid_input', message: expect.stringContaining('with itself') });
    expect(await owner.refused('admissions.duplicates.merge', merge(first.id, second.id, { fields: { shoeSize: 'merged' } }))).toMatchObject({ code: 'invalid_input', message: expect.stringContaining('shoeSize') });
    await owner.call('admissions.leads.update', { id: first.id, city: 'York' });
    expect(await owner.refused('admissions.duplicates.merge', merge(first.id, second.id, { survivorRevision: first.revision }))).toMatchObject({ code: 'conflict' });
    const { mergeId } = await owner.call('admissions.duplicates.merge', merge(first.id, second.id));
    for (const input of [merge(first.id, second.id), merge(second.id, third.id)]) {
      expect(await owner.refused('admissions.duplicates.merge', input)).toMatchObject({ code: 'not_found', message: expect.stringContaining('was merged into') });
    }
    const later = await owner.call('admissions.duplicates.merge', merge(third.id, first.id));
    expect(await owner.refused('admissions.duplicates.unmerge', { mergeId })).toMatchObject({ code: 'conflict', details: { mergeId: later.mergeId } });
    expect(await owner.refused('admissions.leads.get', { id: second.id })).toMatchObject({ details: { mergedInto: third.id } });
    await owner.call('admissions.duplicates.unmerge', { mergeId: later.mergeId });
    await owner.call('admissions.duplicates.unmerge', { mergeId });
    expect(await owner.refused('admissions.duplicates.unmerge', { mergeId })).toMatchObject({ code: 'conflict', message: expect.stringContaining('already') });
    expect(await totalOf(owner)).toBe(3);
  });

  it('across teams is refused, and its pair is shown to nobody who sees but one of the two', async () => {
    const app = await workspaceApp();
    const { owner } = app;
    const team = await owner.call('platform.teams.create', { name: 'Elsewhere', department: 'Overseas' });
    const other = await app.newUser('staff', { teamId: team.id });
    const mine = await owner.call('admissions.leads.create', { givenName: 'Zara', email: 'zara@example.org' });
    const theirs = await other.call('admissions.leads.create', { givenName: 'Zara', email: 'zara@example.org' });
    const [pair] = await pairsOf(owner);
    expect(pair).toBeDefined();
    expect(await other.call('admissions.duplicates.list')).toMatchObject({ items: [], total: 0 });
    expect(await other.call('admissions.duplicates.list', { id: pair!.id })).toMatchObject({ items: [] });
    expect(await other.call('admissions.duplicates.find')).toMatchObject({ compared: 1, found: 0, open: 0 });
    expect(await other.refused('admissions.duplicates.dismiss', { id: pair!.id })).toMatchObject({ code: 'not_found' });
    for (const [survivorId, mergedId] of [[mine.id, theirs.id], [theirs.id, mine.id]]) {
      expect(await other.refused('admissions.duplicates.merge', { survivorId, mergedId })).toMatchObject({ code: 'out_of_scope' });
    }
    const { mergeId } = await owner.call('admissions.duplicates.merge', { survivorId: mine.id, mergedId: theirs.id });
    expect(await other.refused('admissions.duplicates.unmerge', { mergeId })).toMatchObject({ code: 'out_of_scope' });
    expect((await other.refused('admissions.leads.get', { id: theirs.id })).message).not.toContain('Zara');
    expect(await other.call('admissions.duplicates.list', { state: 'merged' })).toMatchObject({ items: [], total: 0 });
  });
});
