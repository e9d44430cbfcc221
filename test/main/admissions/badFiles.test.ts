import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, workspaceApp } from '#test/support/app';
import { fileWith } from '#test/support/files';
import { readTable } from '#test/support/tables';

describe('a preview', () => {
  it('can be accepted as it stands, whatever its headers are called', async () => {
    const { owner } = await workspaceApp();
    const headers = ['Lead ID', '2nd choice', 'very long words '.repeat(20).trim(), 'h'.repeat(1_200), '日本語', '???', '', 'Lead ID'];
    const path = fileWith(`${headers.join(',')}\nA-1,blue,cyan,drab,ecru,fawn,gold,hazel\n`);
    const { columns } = await owner.call('admissions.imports.preview', { path });
    expect(await owner.call('admissions.imports.run', { path, columns })).toMatchObject({ imported: 1, rejected: 0, warnings: 0 });
    const [lead] = (await owner.call('admissions.leads.list')).items;
    expect((await owner.call('admissions.leads.get', { id: lead!.id })).attributes.map(({ value }) => value).sort()).toEqual(['blue', 'cyan', 'drab', 'ecru', 'fawn', 'gold', 'hazel']);
  });
});

describe('a wrong encoding', () => {
  it('shows in the preview, and the right one brings every row in as it was written', async () => {
    const { owner } = await workspaceApp();
    const path = fileWith(Buffer.from('Lead ID,First name\nA-1,Zoë\nA-2,Jürgen\n'));
    expect((await owner.call('admissions.imports.preview', { path, encoding: 'windows-1252' })).rows[0]).toEqual(['A-1', 'ZoÃ«']);
    const { columns } = await owner.call('admissions.imports.preview', { path, encoding: 'utf-8' });
    expect(await owner.call('admissions.imports.run', { path, columns, encoding: 'utf-8' })).toMatchObject({ imported: 2 });
    expect((await owner.call('admissions.leads.list')).items.map(({ name }) => name).sort()).toEqual(['Jürgen', 'Zoë']);
  });
});

describe('ragged rows', () => {
  it('are rejected by line, the others come in, and a second import of the mended file loses nothing', async () => {
    const { owner } = await workspaceApp();
    const broken = 'Lead ID,First name,Town\nA-1,Zara,Leeds\n\nA-2,Jan\nA-3,Zoë,York,extra\nA-4,Li,Hull\n';
    const done = await owner.call('admissions.imports.run', { path: fileWith(broken, 'fair.csv') });
    expect(done).toMatchObject({ imported: 2, rejected: 2 });
    const target = join(temporaryFolder(), 'problems.csv');
    await owner.call('admissions.imports.problems', { importId: done.importId, path: target });
    const { all } = await readTable(readFileSync(target));
    expect(all.map(({ cells }) => cells)).toEqual([
      ['4', 'rejected', '2 cells where the header has 3', 'A-2', 'Jan', ''],
      ['5', 'rejected', '4 cells where the header has 3', 'A-3', 'Zoë', 'York'],
    ]);
    const mended = broken.replace('A-2,Jan\n', 'A-2,Jan,Bath\n').replace(',extra', '');
    expect(await owner.call('admissions.imports.run', { path: fileWith(mended, 'fair.csv') })).toMatchObject({ imported: 2, updated: 2, rejected: 0 });
    expect((await owner.call('admissions.leads.list')).total).toBe(4);
  });
});

describe('cells that a spreadsheet would run', () => {
  it('come in as texts and leave disarmed, line breaks inside their quotes', async () => {
    const { owner } = await workspaceApp();
    const cells = ['=1+1', '@evil', '+cmd|x', 'two\n=lines', 'plain'];
    const path = fileWith(`Lead ID,First name,Remark\n${cells.map((cell, index) => `A-${String(index)},"${cell}","${cell}"\n`).join('')}`);
    const { columns } = await owner.call('admissions.imports.preview', { path });
    const typed = columns.map((column) => (column.header === 'Remark' ? { ...column, type: 'text' as const } : column));
    await owner.call('admissions.imports.run', { path, columns: typed });
    const target = join(temporaryFolder(), 'leads.csv');
    expect(await owner.call('admissions.leads.export', { path: target })).toMatchObject({ rows: 5 });
    const { all, header } = await readTable(readFileSync(target));
    expect(all).toHaveLength(5);
    expect(all.map((row) => row.cells[header.indexOf('Remark')]).sort()).toEqual(["'+cmd|x", "'=1+1", "'@evil", 'plain', 'two\n=lines']);
    for (const { cells: written } of all) for (const cell of written) expect(cell).not.toMatch(/^[=@\t\r|]|^[+-](?!\d+$)/);
  });
});

describe('a path that nobody chose', () => {
  it('is neither read nor written from a window or a browser tab', async () => {
    const { signIn } = await workspaceApp();
    const target = join(temporaryFolder(), 'leads.csv');
    for (const door of ['web', 'electron'] as const) {
      const person = await signIn('ada@school.example', door);
      for (const entry of ['preview', 'check', 'run']) {
        const error = await person.refused(`admissions.imports.${entry}`, { path: fileWith('a,b\n1,2\n') });
        expect(error).toMatchObject({ code: 'not_permitted', message: expect.stringContaining('Choose the file in the dialog') });
      }
      expect((await person.refused('admissions.leads.export', { path: target })).code).toBe('not_permitted');
      expect((await person.refused('admissions.imports.run', { fileId: 'not-mine' })).code).toBe('not_found');
      expect((await person.refused('admissions.imports.run', {})).code).toBe('invalid_input');
    }
    expect(existsSync(target)).toBe(false);
  });

  it('was chosen by somebody else: the file is not at hand', async () => {
    const { app, owner, newUser } = await workspaceApp();
    const { fileId } = app.registerFile(owner.token(), { path: fileWith('Lead ID,First name\nA-1,Zara\n'), name: 'leads.csv', temporary: false });
    const officer = await newUser('staff');
    expect((await officer.refused('admissions.imports.preview', { fileId })).code).toBe('not_found');
    expect((await owner.call('admissions.imports.preview', { fileId })).rowsSeen).toBe(1);
  });
});
