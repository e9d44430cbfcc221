import type { ConfigurationPreview } from '#contract/admissions/preview';
import type { JudgeSetting } from '#domain/admissions/triage/judge';
import { type Mover, type PreviewMeasure, type QueuePlace, tellPreview } from '#domain/admissions/triage/preview';
import { actorOf, type CallContext, type Given } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { readLeads } from '#main/store/admissions/leadColumns';
import { rowsOfSelected } from '#main/store/admissions/leadRows';
import { queueOf, readableKeys } from '#main/store/admissions/queue';
import { countCovered, packLeads } from '#main/store/admissions/tallies';
import { filterSetting } from './leads';
import { currentSetting, measureBaseline, packedNames } from './scoring';

/** Leads that one thread judges at once; others get a turn between two packs. */
const leadsPerPack = 10_000;
/** Packs under way at once: one is judged while the next is made. */
const packsInFlight = 2;
/** Risers, fallers and places of the queue that are named. */
const named = 10;

/** A list of figures from several threads as one. */
function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let from = 0;
  for (const part of parts) {
    all.set(part, from);
    from += part.length;
  }
  return all;
}

/**
 * What other rules would make of the leads that the caller sees, against their scores as they are kept. The workspace is measured by the
 * other rules too, so that what is shown is what scoring anew would bring.
 */
export async function previewOf(parts: HandlerParts, context: CallContext, measure: PreviewMeasure, changed: Partial<Pick<JudgeSetting, 'weights' | 'configuration' | 'forecast'>>): Promise<Given<ConfigurationPreview>> {
  const { pool, workspace, now } = parts;
  const { store, scope, signal } = context;
  const settings = workspace.settings();
  const { setting: before } = currentSetting(store, settings, now());
  const filters = filterSetting(parts, context);
  await readLeads(store, { sorts: ['score'] });
  const keys = readableKeys(store, scope, filters);
  const everyone = { whose: 'everyone', userKey: actorOf(context).userKey, contactedSince: now(), limit: keys.length, offset: 0 } as const;
  const queue = queueOf(store, scope, everyone, filters).keys;
  const names = packedNames(store);
  const rules = { ...before, ...changed };
  const baseline = await measureBaseline({ store, pool, settings, signal }, rules.configuration, rules.asOf, names, countCovered(store, null));
  const setting: JudgeSetting = { ...rules, baseline };
  const figures: Float64Array[] = [];
  const underWay: Promise<Float64Array>[] = [];
  const take = async (): Promise<void> => {
    const next = await underWay.shift();
    if (next !== undefined) figures.push(next);
  };
  for (let from = 0; from < keys.length; from += leadsPerPack) {
    const judged = pool.run('triage.preview', { pack: packLeads(store, keys.subarray(from, from + leadsPerPack)), names, setting }, { signal });
    // Whoever stops before it is awaited must not leave an unheard refusal.
    judged.catch(() => undefined);
    underWay.push(judged);
    if (underWay.length >= packsInFlight) await take();
  }
  while (underWay.length > 0) await take();
  const told = tellPreview(joined(figures), { measure, bandsBefore: before.configuration.bands, bandsAfter: setting.configuration.bands, queue, named });
  const leads = new Map(rowsOfSelected(store, [...told.risers, ...told.fallers, ...told.queue, ...told.leaving].map(({ key }) => key)).map(({ key, id, name }) => [key, { id, name }]));
  const movers = (some: readonly Mover[]) => some.flatMap(({ key, ...rest }) => withLead(leads.get(key), rest));
  const places = (some: readonly QueuePlace[]) => some.flatMap(({ key, score, ...rest }) => withLead(leads.get(key), { ...rest, score: Number.isNaN(score) ? null : score }));
  return { measure, ...told, risers: movers(told.risers), fallers: movers(told.fallers), queue: places(told.queue), leaving: places(told.leaving) };
}

/** What is told of a lead, with its name; nothing where it is gone meanwhile. */
function withLead<Lead, Rest extends object>(lead: Lead | undefined, rest: Rest): (Rest & { readonly lead: Lead })[] {
  return lead === undefined ? [] : [{ ...rest, lead }];
}
