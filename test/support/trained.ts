import { setImmediate as breathe } from 'node:timers/promises';
import { seededRng } from '#domain/kernel/rng';
import { type Person, type TestApp, workspaceApp } from './app';
import { fileWith } from './files';

/** Leads whose visits, occupation and source tell how likely they convert, and whose tags were written when it was known. */
export function leadsCsv(rows: number, seed: number, prefix = 'L'): string {
  const random = seededRng(seed);
  const lines = Array.from({ length: rows }, (_, row) => {
    const visits = Math.floor(random() * 12);
    const occupation = random() < 0.5 ? 'Working' : 'Student';
    const source = random() < 0.5 ? 'Referral' : 'Advert';
    const converted = random() < 1 / (1 + Math.exp(3 - visits / 3 - (occupation === 'Working' ? 1.5 : 0) - (source === 'Referral' ? 0.8 : 0)));
    const tags = random() < 0.15 ? 'Ringing' : converted ? 'Will come' : 'Not interested';
    return `${prefix}-${String(row)},${prefix}${String(row)}@example.com,${source},${String(visits)},${converted ? 'yes' : 'no'},${occupation},${tags}`;
  });
  return `Lead ID,Email,Source,Web visits,Converted,Occupation,Tags\n${lines.join('\n')}\n`;
}

/** A workspace with leads whose outcomes can be learned. */
export async function school(rows = 320): Promise<TestApp & { leadIds: string[] }> {
  const made = await workspaceApp();
  await made.owner.call('admissions.imports.run', { path: fileWith(leadsCsv(rows, 5)) });
  const { items } = await made.owner.call('admissions.leads.list', { limit: 20, sort: [{ field: 'name', direction: 'ascending' }] });
  return { ...made, leadIds: items.map(({ id }) => id) };
}

/** A model that is trained within a moment. */
export const quick = { modelType: 'logistic_regression' } as const;

/** Trains a model and lets it serve. */
export async function serving(owner: Person, input: object = quick): Promise<string> {
  const { modelId } = await owner.call('models.training.run', input);
  await owner.call('models.registry.activate', { modelId: modelId ?? '' });
  return modelId ?? '';
}

/** Waits until nothing is being predicted. */
export async function predicted(owner: Person): Promise<void> {
  while ((await owner.call('models.predictions.status')).jobId !== null) await breathe();
}
