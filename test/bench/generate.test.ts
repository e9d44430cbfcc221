import { describe, expect, it } from 'vitest';
import { generateLeadFile, generateLeads, rareCourse } from '#bench/generate';
import { percentile, stateOf } from '#bench/report';

describe('the files that the bench generates', () => {
  it('are the same for the same seed, and others for another', () => {
    expect([...generateLeads(400, 1).lines()]).toEqual([...generateLeads(400, 1).lines()]);
    expect([...generateLeads(400, 1).lines()]).not.toEqual([...generateLeads(400, 2).lines()]);
  });

  it('hold as many rows, columns, exact copies and repeated ids as they say', () => {
    const generated = generateLeads(2_000, 1);
    const [header, ...rows] = [...generated.lines()];
    expect(header?.split(',')).toHaveLength(generated.columns);
    expect(generated).toMatchObject({ rows: 2_010, columns: 25, leads: 2_000, duplicates: 20, rejected: 10 });
    expect(rows).toHaveLength(generated.rows);
    expect(rows.every((row) => row.split(',').length === generated.columns)).toBe(true);
    const seen = new Set<string>();
    const copies = rows.filter((row) => seen.size === seen.add(row).size);
    const [withoutId, withId] = [copies.filter((row) => row.startsWith(',')), copies.filter((row) => !row.startsWith(','))];
    expect([withoutId.length, withId.length]).toEqual([generated.duplicates, generated.rejected]);
    // What has no id must be recognised by its address.
    expect(rows.filter((row) => row.startsWith(',')).every((row) => row.includes('@'))).toBe(true);
    expect(rows.filter((row) => row.includes(rareCourse))).toHaveLength(generated.leads / 100);
  });

  it('stand in for the real lead file with as many rows and columns', () => {
    const { lines, rows, columns } = generateLeadFile(1);
    const all = [...lines()];
    expect(all).toHaveLength(rows + 1);
    expect(all.every((line) => line.split(',').length === columns)).toBe(true);
    expect([rows, columns]).toEqual([9_240, 37]);
  });
});

describe('the report of the bench', () => {
  it('says of each figure whether it keeps to its target', () => {
    const figure = { name: 'import', unit: 's', note: '' } as const;
    expect(stateOf({ ...figure, value: 12, target: 12 })).toBe('ok');
    expect(stateOf({ ...figure, value: 12.1, target: 12 })).toBe('over');
    expect(stateOf({ ...figure, value: 12.1, target: null })).toBe('told');
  });

  it('takes the 95th percentile of a hundred times as the 95th of them', () => {
    expect(percentile(Array.from({ length: 100 }, (_none, index) => 100 - index), 0.95)).toBe(95);
    expect(percentile([7], 0.95)).toBe(7);
  });
});
