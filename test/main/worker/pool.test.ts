import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Cancelled } from '#domain/kernel/checkpoint';
import { createInlinePool, createPool, type Pool } from '#main/worker/pool';
import { monday } from '#test/support/app';
import { root, whyNotBuilt } from '#test/support/built';
import { fileWith, smallCsv } from '#test/support/files';

const notBuilt = whyNotBuilt();
const pools = [
  { where: 'in this thread', because: null, create: createInlinePool },
  { where: 'in threads of their own', because: notBuilt, create: () => createPool(pathToFileURL(join(root, 'out', 'main', 'worker.js')).href, 1) },
];
const table = (path: string) => ({ path, name: 'leads.csv', delimiter: undefined, encoding: undefined, sheet: undefined, maximumBytes: 1_000_000 });

for (const { where, because, create } of pools) describe.skipIf(because !== null)(`tasks ${where}${because === null ? '' : ` (skipped: ${because})`}`, () => {
  const make = (): Pool => {
    const pool = create();
    onTestFinished(() => pool.close());
    return pool;
  };

  it('end with their result', async () => {
    const preview = await make().run('imports.preview', { table: table(fileWith(smallCsv)), timeZone: 'Europe/London' }, { signal: new AbortController().signal });
    expect(preview.rowsSeen).toBe(4);
  });

  it('refuse with a code and in words, wherever they run', async () => {
    const pool = make();
    const preview = (path: string) => pool.run('imports.preview', { table: table(path), timeZone: 'Europe/London' }, { signal: new AbortController().signal });
    await expect(preview('/nowhere/leads.csv')).rejects.toMatchObject({ name: 'Refusal', code: 'not_found', message: expect.stringMatching(/does not exist/) });
    await expect(preview(fileWith(''))).rejects.toMatchObject({ name: 'Refusal', code: 'unreadable_file' });
    await expect(preview(fileWith('a,b\n1,2\n'.repeat(200_000)))).rejects.toMatchObject({ name: 'Refusal', code: 'too_large' });
  });

  const rows = `Lead ID,Email\n${Array.from({ length: 20_000 }, (_, index) => `A-${String(index)},p${String(index)}@example.com`).join('\n')}\n`;
  const column = { type: 'text', dateFormat: null, decimal: '.', placeholders: [], knownWhen: 'unknown' } as const;
  const read = (pool: Pool, signal: AbortSignal, onBatch: () => void) =>
    pool.run(
      'imports.read',
      {
        table: table(fileWith(rows)),
        mapping: [{ ...column, index: 0, header: 'Lead ID', target: { kind: 'field', field: 'externalId' } }],
        timeZone: 'Europe/London',
        defaultCountry: 'GB',
        now: monday,
      },
      { signal, onBatch },
    );

  it('stop where they are cancelled', async () => {
    const pool = make();
    const abort = new AbortController();
    let pieces = 0;
    const reading = read(pool, abort.signal, () => {
      pieces += 1;
      abort.abort();
    });
    await expect(reading).rejects.toBeInstanceOf(Cancelled);
    expect(pieces).toBeLessThan(5);
    await expect(read(pool, abort.signal, () => undefined)).rejects.toBeInstanceOf(Cancelled);
  });

  it('stop where a piece cannot be taken, for the reason of whoever took it', async () => {
    const failing = read(make(), new AbortController().signal, () => {
      throw new Error('The shelf is full.');
    });
    await expect(failing).rejects.toThrow('The shelf is full.');
  });
});
