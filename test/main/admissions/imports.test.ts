import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import writeXlsxFile from 'write-excel-file/node';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, workspaceApp } from '#test/support/app';
import { fileWith, smallCsv } from '#test/support/files';
import { hasLeadFile, leadFile } from '#test/support/realData';

describe('a small file', () => {
  it('is understood: delimiter, types, fields, placeholders and one spelling of a source', async () => {
    const { owner } = await workspaceApp();
    const preview = await owner.call('admissions.imports.preview', { path: fileWith(smallCsv) });
    expect(preview).toMatchObject({ delimiter: ',', encoding: 'utf-8', rowsSeen: 4, complete: true, remembered: false });
    const fields = Object.fromEntries(preview.columns.map((column) => [column.header, column.proposedField]));
    expect(fields).toEqual({
      'Lead ID': 'externalId',
      'First name': 'givenName',
      'Last name': 'familyName',
      Email: 'email',
      Phone: 'phone',
      Source: 'source',
      Course: 'course',
      Created: 'enquiredAt',
      'Last activity date': 'lastActivityAt',
      'Web visits': 'webVisits',
      Converted: 'converted',
      Occupation: 'attribute.occupation',
    });
    const column = (header: string) => preview.columns.find((each) => each.header === header)!;
    expect(column('Occupation').placeholders).toEqual(['Select']);
    expect(column('Source').spellings).toEqual([{ value: 'UCAS', variants: ['ucas'] }]);
    expect(column('Created')).toMatchObject({ type: 'date', dateFormat: 'iso' });
  });

  it('comes in whole: people, sources, courses, dates, signals, attributes and scores', async () => {
    const { owner } = await workspaceApp();
    const done = await owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
    expect(done).toMatchObject({ imported: 4, updated: 0, rejected: 0, duplicates: 0, warnings: 0 });
    const { items, total } = await owner.call('admissions.leads.list', { sort: [{ field: 'name', direction: 'ascending' }] });
    expect(total).toBe(4);
    expect(items.map((lead) => lead.name)).toEqual(['A-4', "Zoë O'Brien", 'Zara Patel', 'Jan van der Berg']);
    const zara = items.find((lead) => lead.name === 'Zara Patel')!;
    expect(zara).toMatchObject({ email: 'zara.patel@example.com', phone: '+447700900001', source: 'UCAS', course: 'Computer Science', stage: 'enquiry', externalId: 'A-1' });
    expect(zara.score).toBeGreaterThan(0);
    expect(items.find((lead) => lead.name === "Zoë O'Brien")!.source).toBe('UCAS');
    expect(items.find((lead) => lead.name === 'Jan van der Berg')!.stage).toBe('enrolled');
    const detail = await owner.call('admissions.leads.get', { id: zara.id });
    expect(detail.attributes).toEqual([{ name: 'occupation', label: 'Occupation', type: 'option', value: 'Student', knownWhen: 'at_enquiry' }]);
    expect(detail.signals).toEqual({ webVisits: 12 });
  });

  it('imported a second time updates, and takes over what has changed', async () => {
    const { owner } = await workspaceApp();
    const path = fileWith(smallCsv);
    await owner.call('admissions.imports.run', { path });
    writeFileSync(path, smallCsv.replace('2026-10-04,12,no', '2026-10-05,20,no').replace('UCAS,Computer Science', 'Open day,Computer Science'));
    expect(await owner.call('admissions.imports.run', { path })).toMatchObject({ imported: 0, updated: 4, rejected: 0 });
    const { items, total } = await owner.call('admissions.leads.list', { search: 'zara' });
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({ source: 'Open day' });
    expect((await owner.call('admissions.leads.get', { id: items[0]!.id })).signals).toEqual({ webVisits: 20 });
  });

  it('keeps its totals apart from what was logged here: a newer total replaces the opening one only', async () => {
    const { owner } = await workspaceApp();
    const csv = 'Lead ID,Email,Conversations\nA-1,zara@example.com,3\n';
    const path = fileWith(csv);
    await owner.call('admissions.imports.run', { path });
    const [lead] = (await owner.call('admissions.leads.list')).items;
    await owner.call('admissions.touchpoints.create', { leadId: lead!.id, kind: 'call', outcome: 'reached' });
    writeFileSync(path, csv.replace(',3', ',5'));
    await owner.call('admissions.imports.run', { path });
    expect((await owner.call('admissions.leads.get', { id: lead!.id })).signals).toEqual({ conversations: 6 });
  });

  it('is remembered: the mapping that was accepted is proposed for the next file of its shape', async () => {
    const { owner } = await workspaceApp();
    const path = fileWith(smallCsv, 'Fair 2026-09.csv');
    const { columns } = await owner.call('admissions.imports.preview', { path });
    const mapped = columns.map((column) => (column.header === 'Occupation' ? { ...column, proposedField: null } : column));
    await owner.call('admissions.imports.run', { path, columns: mapped, origin: 'Education fair' });
    const again = await owner.call('admissions.imports.preview', { path: fileWith(smallCsv, 'another.csv') });
    expect(again).toMatchObject({ remembered: true, origin: 'Education fair' });
    expect(again.columns.find(({ header }) => header === 'Occupation')!.proposedField).toBeNull();
  });

  it('tells rejected rows by line and reason, and writes them to a file', async () => {
    const { owner } = await workspaceApp();
    const csv = 'Lead ID,Created,Email\nA-1,2026-09-01,a@example.com\nA-2,2026-09-31,b@example.com\nA-3,2026-09-02,not an address\nA-1,2026-09-03,c@example.com\nA-5,2026-09-01\n';
    const path = fileWith(csv);
    const { columns } = await owner.call('admissions.imports.preview', { path });
    const mapped = columns.map((column) =>
      column.header === 'Created' ? { ...column, type: 'date' as const, proposedField: 'enquiredAt', dateFormat: 'iso' } : column.header === 'Email' ? { ...column, proposedField: 'email' } : column,
    );
    const check = await owner.call('admissions.imports.check', { path, columns: mapped });
    expect(check).toMatchObject({ rows: 5, imported: 2, rejected: 3, warnings: 1 });
    const done = await owner.call('admissions.imports.run', { path, columns: mapped });
    expect(done).toMatchObject({ imported: 2, rejected: 3, warnings: 1 });
    const target = join(temporaryFolder(), 'problems.csv');
    await owner.call('admissions.imports.problems', { importId: done.importId, path: target });
    const lines = readFileSync(target, 'utf8').replace('\uFEFF', '').split('\r\n');
    expect(lines[0]).toBe('Line,Outcome,Reason,Lead ID,Created,Email');
    expect(lines.find((line) => line.startsWith('3,'))).toContain('“2026-09-31” in “Created” is no date');
    expect(lines.find((line) => line.startsWith('4,'))).toContain('imported without “Email”');
    expect(lines.find((line) => line.startsWith('5,'))).toContain('stands already further up');
    expect(lines.find((line) => line.startsWith('6,'))).toContain('2 cells where the header has 3');
  });

  it('finds exact duplicates by e-mail and telephone however they are written', async () => {
    const { owner } = await workspaceApp();
    const csv = 'Lead ID,Email,Phone\nA-1,Zara@Example.com,+44 7700 900001\nA-2, zara@example.com ,\nA-3,,07700900001\nA-4,other@example.com,07700 900002\n';
    expect(await owner.call('admissions.imports.run', { path: fileWith(csv) })).toMatchObject({ imported: 4, duplicates: 2 });
    const { items } = await owner.call('admissions.leads.list', { search: 'A-1' });
    const first = await owner.call('admissions.leads.get', { id: items[0]!.id });
    expect(first.duplicates.map(({ name, basis }) => [name, basis]).sort()).toEqual([['A-2', 'email'], ['A-3', 'phone']]);
  });
});

describe('taking an import back', () => {
  it('removes what nobody touched, keeps what somebody did and lists it', async () => {
    const { owner } = await workspaceApp();
    const { importId } = await owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
    const { items } = await owner.call('admissions.leads.list', { search: 'patel' });
    await owner.call('admissions.touchpoints.create', { leadId: items[0]!.id, kind: 'call', outcome: 'reached' });
    const undone = await owner.call('admissions.imports.undo', { importId });
    expect(undone).toMatchObject({ removed: 3, kept: 1, keptLeads: [{ id: items[0]!.id, name: 'Zara Patel' }] });
    expect((await owner.call('admissions.leads.list')).items.map(({ name }) => name)).toEqual(['Zara Patel']);
    expect((await owner.call('admissions.leads.list', { search: 'van der berg' })).total).toBe(0);
    expect((await owner.call('admissions.sources.list')).items.map(({ name }) => name)).toEqual(['UCAS']);
    expect((await owner.refused('admissions.imports.undo', { importId })).code).toBe('conflict');
  });

  it('puts back what a second file had overwritten, unless it was changed since', async () => {
    const { owner } = await workspaceApp();
    const path = fileWith(smallCsv);
    await owner.call('admissions.imports.run', { path });
    writeFileSync(path, smallCsv.replaceAll('Computer Science', 'Medicine'));
    const { importId } = await owner.call('admissions.imports.run', { path });
    const { items } = await owner.call('admissions.leads.list', { filter: { field: 'course', is: 'medicine' } });
    expect(items).toHaveLength(2);
    const jan = items.find(({ name }) => name === 'Jan van der Berg')!;
    await owner.call('admissions.leads.update', { id: jan.id, course: 'Nursing' });
    expect(await owner.call('admissions.imports.undo', { importId })).toMatchObject({ removed: 0, restored: 1 });
    const courses = Object.fromEntries((await owner.call('admissions.leads.list')).items.map(({ name, course }) => [name, course]));
    expect(courses).toMatchObject({ 'Zara Patel': 'Computer Science', 'Jan van der Berg': 'Nursing' });
  });
});

describe('a cancelled import', () => {
  it('leaves nothing behind', async () => {
    const { owner, app } = await workspaceApp();
    const rows = Array.from({ length: 3_000 }, (_none, index) => `A-${String(index)},p${String(index)}@example.com,New source`).join('\n');
    const path = fileWith(`Lead ID,Email,Source\n${rows}\n`);
    const abort = new AbortController();
    const answer = await app.call(
      { entry: 'admissions.imports.run', input: { path }, token: owner.token(), door: 'cli', connection: 'c', requestId: 'r', wait: true },
      {
        signal: abort.signal,
        onProgress: ({ note }) => {
          if (note.startsWith('Indexing') || note.startsWith('Reading')) abort.abort();
        },
      },
    );
    expect(answer).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect((await owner.call('admissions.leads.list')).total).toBe(0);
    expect((await owner.call('admissions.imports.list')).total).toBe(0);
    expect((await owner.call('admissions.sources.list')).items).toEqual([]);
    expect((await owner.call('admissions.leads.list', { search: 'p12' })).total).toBe(0);
  });
});

describe('files of every kind', () => {
  const rows = [
    ['Nachname', 'E-Mail', 'Größe'],
    ['Müller', 'm@example.com', '1,5'],
    ['Öz', 'o@example.com', '2,5'],
  ];
  const text = (delimiter: string): string => rows.map((row) => row.join(delimiter)).join('\r\n');
  const utf16 = (content: string): Buffer => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(content, 'utf16le')]);
  it.each([
    ['semicolons in UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text(';')}`), ';', 'utf-8'],
    ['tabs in UTF-16', utf16(text('\t')), '\t', 'utf-16le'],
    ['bars in Windows-1252', Buffer.from(text('|'), 'latin1'), '|', 'windows-1252'],
  ])('%s', async (_name, content, delimiter, encoding) => {
    const { owner } = await workspaceApp();
    const preview = await owner.call('admissions.imports.preview', { path: fileWith(content) });
    expect(preview).toMatchObject({ delimiter, encoding });
    expect(preview.columns.map(({ header }) => header)).toEqual(rows[0]);
    expect(preview.rows[0]![0]).toBe('Müller');
    expect(preview.columns[2]).toMatchObject({ type: 'number', decimal: ',' });
  });

  it('Excel, with dates and numbers as they are', async () => {
    const { owner } = await workspaceApp();
    const path = join(temporaryFolder(), 'leads.xlsx');
    await writeXlsxFile([
      [{ value: 'Lead ID' }, { value: 'Created' }, { value: 'Web visits' }],
      [{ value: 'A-1' }, { value: new Date(Date.UTC(2026, 8, 1)), format: 'yyyy-mm-dd' }, { value: 7 }],
      [{ value: 'A-2' }, { value: new Date(Date.UTC(2026, 8, 2)), format: 'yyyy-mm-dd' }, {}],
    ]).toFile(path);
    expect(await owner.call('admissions.imports.run', { path })).toMatchObject({ imported: 2, rejected: 0 });
    const { items } = await owner.call('admissions.leads.list', { sort: [{ field: 'enquiredAt', direction: 'ascending' }] });
    expect(new Date(items[0]!.enquiredAt!).toISOString()).toBe('2026-08-31T23:00:00.000Z');
    expect((await owner.call('admissions.leads.get', { id: items[0]!.id })).signals).toEqual({ webVisits: 7 });
  });

  it('headers that repeat or are empty can be told apart', async () => {
    const { owner } = await workspaceApp();
    const preview = await owner.call('admissions.imports.preview', { path: fileWith(' Name ,Note,note,\nZara,a,b,c\n') });
    expect(preview.columns.map(({ header }) => header)).toEqual(['Name', 'Note', 'note (2)', 'Column 4']);
  });
});

describe('a file that is no table', () => {
  it.each([
    ['empty', '', 'unreadable_file', /is empty/],
    ['binary', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2, 3, 4, 5, 6, 0, 0, 0, 0]), 'unreadable_file', /no text file/],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3, 4]), 'unreadable_file', /before 2007/],
    ['a broken workbook', Buffer.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3, 4]), 'unreadable_file', /no Excel workbook/],
    ['a quote that is never closed', 'Lead ID,Note\nA-1,"begun\nA-2,x\nA-3,y\n', 'unreadable_file', /never closed/],
  ])('%s: says what to do, and nothing comes in', async (_name, content, code, message) => {
    const { owner } = await workspaceApp();
    const error = await owner.refused('admissions.imports.run', { path: fileWith(content) });
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect((await owner.call('admissions.leads.list')).total).toBe(0);
    expect((await owner.call('admissions.imports.list')).total).toBe(0);
  });

  it.each(['admissions.imports.preview', 'admissions.imports.run'] as const)('a header alone is refused by %s, and leaves nothing', async (entry) => {
    const { owner } = await workspaceApp();
    const error = await owner.refused(entry, { path: fileWith('Lead ID,Email\n') });
    expect(error).toMatchObject({ code: 'unreadable_file', message: 'leads.csv has a header but no rows below it. Choose a file with enquiries in it.' });
    expect((await owner.call('admissions.imports.list')).total).toBe(0);
  });

  it('a file that is missing, a folder, or over the limit', async () => {
    const { owner } = await workspaceApp();
    expect((await owner.refused('admissions.imports.preview', { path: '/nowhere/leads.csv' })).code).toBe('not_found');
    expect((await owner.refused('admissions.imports.preview', { path: temporaryFolder() })).code).toBe('unreadable_file');
    await owner.call('platform.settings.update', { maximumImportMegabytes: 1 });
    const error = await owner.refused('admissions.imports.preview', { path: fileWith(`a,b\n${'x,y\n'.repeat(400_000)}`) });
    expect(error).toMatchObject({ code: 'too_large' });
  });

  it('a path may be named on the command line only', async () => {
    const { signIn } = await workspaceApp();
    const inBrowser = await signIn('ada@school.example', 'web');
    expect((await inBrowser.refused('admissions.imports.preview', { path: fileWith(smallCsv) })).code).toBe('not_permitted');
  });

  it('a cell of 10,000 characters is kept as text and rejected as a name', async () => {
    const { owner } = await workspaceApp();
    const long = 'x'.repeat(10_000);
    const done = await owner.call('admissions.imports.run', { path: fileWith(`Lead ID,First name,Remark\nA-1,Zara,${long}\nA-2,${long},short\n`) });
    expect(done).toMatchObject({ imported: 1, rejected: 1 });
    const [lead] = (await owner.call('admissions.leads.list')).items;
    expect((await owner.call('admissions.leads.get', { id: lead!.id })).attributes[0]!.value).toHaveLength(10_000);
  });
});

describe.skipIf(!hasLeadFile)('the real lead file of 9,240 rows', () => {
  it('is proposed as a person would map it, with the seven columns of after the contact marked', async () => {
    const { owner } = await workspaceApp();
    const { columns, rowsSeen } = await owner.call('admissions.imports.preview', { path: leadFile });
    expect(rowsSeen).toBe(9_240);
    const by = (header: string) => columns.find((column) => column.header === header)!;
    expect(by('Prospect ID').proposedField).toBe('externalId');
    expect(by('Lead Source')).toMatchObject({ proposedField: 'source', spellings: [{ value: 'Google', variants: ['google'] }] });
    expect(by('Converted').proposedField).toBe('converted');
    expect(by('Specialization')).toMatchObject({ proposedField: 'course', placeholders: ['Select'] });
    expect(by('TotalVisits').proposedField).toBe('webVisits');
    expect(by('Total Time Spent on Website').proposedField).toBe('webTime');
    expect(by('Do Not Email').proposedField).toBe('doNotEmail');
    const after = ['Tags', 'Lead Quality', 'Lead Profile', 'Asymmetrique Activity Index', 'Asymmetrique Profile Index', 'Asymmetrique Activity Score', 'Asymmetrique Profile Score'];
    expect(columns.filter(({ knownWhen }) => knownWhen === 'after_contact').map(({ header }) => header).sort()).toEqual(after.sort());
  });

  it('comes in whole, takes recency for unknown, and ranks Reference above Olark Chat by outcomes alone', async () => {
    const { owner } = await workspaceApp();
    expect(await owner.call('admissions.imports.run', { path: leadFile })).toMatchObject({ imported: 9_240, rejected: 0, duplicates: 0 });
    expect((await owner.call('admissions.leads.list', { limit: 1 })).total).toBe(9_240);
    const { items: sources } = await owner.call('admissions.sources.list');
    const rate = (name: string): number => sources.find((source) => source.name === name)!.rate;
    // 490 of 534 shrunk by 20 leads of the workspace's 38.5 %: (490 + 20 · .385) / 554.
    expect(rate('Reference')).toBeCloseTo(0.8984, 3);
    expect(rate('Google')).toBeCloseTo((1_147 + 20 * 0.3853) / (2_873 + 20), 3);
    const queue = await owner.call('admissions.triage.queue', { limit: 5 });
    expect(queue.total).toBe(9_240 - 3_561);
    const top = queue.items[0]!;
    const [scored] = (await owner.call('admissions.triage.score', { ids: [top.lead.id] })).leads;
    expect(scored!.score).toBe(top.lead.score);
    expect(scored!.factors.find(({ factor }) => factor === 'recency')).toMatchObject({ known: false, value: 0.3 });
    expect(scored!.blockers[0]).toMatchObject({ type: 'data_completeness', severity: 'critical' });
  }, 60_000);
});
